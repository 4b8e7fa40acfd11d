//! The subject form: what the regimen needs and no more, with what follows at each key.

use ratatui::layout::Rect;

use crate::dosing::StepKind;
use crate::finding::{Finding, InUnits, Lift, Severity, blocks};
use crate::subject::Fact;
use crate::tui::canvas::Canvas;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Model, PlanView, Screen};
use crate::tui::record::act::{FieldKind, Outcome};
use crate::tui::record::commands::decide_again;
use crate::tui::rich::{Line, Role};
use crate::tui::session::{FieldId, Session};

use super::finding;
use super::form_fields::FormFields;

/// The next field that must be filled; the plan when none must.
pub fn enter(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let Some(session) = model.session.as_mut() else { return Vec::new() };
    if session.planned.is_some() {
        return plan(model, chord);
    }
    let blocked = session.findings.iter().find(|one| one.severity <= Severity::Confirm);
    let wrong = blocked.and_then(|one| field_of(session, one));
    match session.next_open().or(wrong) {
        Some(field) => session.focus = field,
        None => model.notify(Severity::Note, "There is no plan while a message says BLOCK or CONFIRM."),
    }
    Vec::new()
}

/// The field a finding is about.
fn field_of(session: &Session, finding: &Finding) -> Option<FieldId> {
    let about = finding.field.as_ref()?;
    session.fields.iter().map(|field| field.id).find(|id| id.label().about == *about)
}

/// The next field.
pub fn next(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.session.iter_mut().for_each(|session| session.move_focus(1));
    Vec::new()
}

/// The previous field.
pub fn previous(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.session.iter_mut().for_each(|session| session.move_focus(-1));
    Vec::new()
}

/// The figure as it counts where no unit is said.
pub fn first_unit(model: &mut Model, _: Chord) -> Vec<Effect> {
    take_unit(model, 0)
}

/// The figure in the other unit.
pub fn second_unit(model: &mut Model, _: Chord) -> Vec<Effect> {
    take_unit(model, 1)
}

/// Why neither key does anything.
pub fn no_unit_asked(model: &Model) -> Option<&'static str> {
    offered_units(model).is_none().then_some("no unit is asked about")
}

fn offered_units(model: &Model) -> Option<&[InUnits]> {
    let findings: &[Finding] = match model.stack.last()? {
        Screen::Form => &model.session.as_ref()?.findings,
        Screen::Calculators(view) => &view.findings,
        Screen::Act(view) => match &view.outcome {
            Outcome::Asks(findings, _) => findings,
            Outcome::Open(..) | Outcome::Refused(_) | Outcome::Ready(..) => return None,
        },
        _ => return None,
    };
    let asked = findings.iter().filter(|finding| finding.severity == Severity::Confirm);
    asked.into_iter().find_map(|finding| match finding.lift() {
        Some(Lift::Unit(ways)) => Some(ways.as_slice()),
        _ => None,
    })
}

fn take_unit(model: &mut Model, place: usize) -> Vec<Effect> {
    let Some(way) = offered_units(model).and_then(|ways| ways.get(place)).cloned() else { return Vec::new() };
    for (field, typed) in &way.typed {
        let Some(fact) = Fact::called(&field.to_string()) else { continue };
        match model.stack.last_mut() {
            Some(Screen::Act(view)) => view.fill(&FieldKind::Fact(fact), typed),
            Some(Screen::Calculators(view)) => view.fill(FieldId::Fact(fact), typed),
            _ => model.session.iter_mut().for_each(|session| session.fill(FieldId::Fact(fact), typed)),
        }
    }
    match model.stack.last() {
        Some(Screen::Act(_)) => decide_again(model),
        Some(Screen::Calculators(_)) => super::calculators::again(model),
        _ => model.replan(),
    }
    Vec::new()
}

/// Empties every field.
pub fn clear(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let typed =
        model.session.iter().flat_map(|session| &session.fields).any(|field| !field.text.text.trim().is_empty());
    if model.asks_twice(chord, typed, "Everything typed here would go", "empties every field") {
        return Vec::new();
    }
    if let Some(session) = &mut model.session {
        *session = Session::new(session.regimen.clone());
    }
    model.replan();
    Vec::new()
}

/// Shows the plan, standing on its first day.
pub fn plan(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(first) = model.planned().and_then(|planned| planned.plan.cycles.first()).map(|cycle| cycle.actual) else {
        return Vec::new();
    };
    let before = model.plan_view().cloned();
    // One form and one plan, however often one went from one to the other.
    model.stack.retain(|screen| !matches!(screen, Screen::Plan(_) | Screen::Form));
    model.stack.push(Screen::Form);
    model.stack.push(Screen::Plan(PlanView::again(before.as_ref(), first)));
    Vec::new()
}

/// The fields left, what follows right; one above the other in a narrow window.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(session) = &model.session else { return };
    let (left, right) = if area.width >= 64 {
        let columns = (area.width / 2).min(60);
        (Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area })
    } else {
        let rows = (area.height * 3 / 5).max(3).min(area.height);
        (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
    };
    fields(session).draw("Subject", canvas, left);
    let inside = canvas.pane(right, "What follows", false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    canvas.lines(inside, &follows(session), 0);
}

fn fields(session: &Session) -> FormFields<'_> {
    FormFields { all: &session.fields, focus: Some(session.focus), findings: &session.findings }
}

/// Body surface, body-mass index, kidney function, doses; or what is still needed for them.
pub fn follows(session: &Session) -> Vec<Line> {
    let mut lines = Vec::new();
    let blind = session.fields.iter().any(|field| session.is_hidden(field.id));
    if let Some((bsa, formula)) = session.bsa.as_ref().filter(|_| !blind) {
        lines.push(
            Line::new("Body surface ", Role::Text)
                .and(format!("({formula})"), Role::Muted)
                .right(bsa.clone(), Role::Dose),
        );
    }
    if let Some(bmi) = session.bmi.filter(|_| !blind) {
        lines.push(Line::new("Body-mass index", Role::Text).right(bmi.to_string(), Role::Dose));
    }
    lines.extend(
        session.tried_delays().map(|text| Line::new(text, Role::Changed).and("; F9 empties the form", Role::Muted)),
    );
    lines.extend(doses(session));
    if !session.missing.is_empty() {
        lines.push(Line::empty());
        let still = session.missing.join(", ").to_lowercase();
        lines.push(Line::new("Still needed: ", Role::Muted).and(still, Role::Text));
        lines.push(Line::new("No dose is shown until everything is there.", Role::Muted));
    } else if session.planned.is_none() && !blocks(&session.findings) {
        lines.push(Line::new("A field holds something that cannot be read; no dose is shown.", Role::Muted));
    }
    let loose: Vec<&Finding> = session.findings.iter().filter(|one| field_of(session, one).is_none()).collect();
    let grave: Vec<Line> = loose.iter().filter(|one| one.severity != Severity::Note).map(|one| finding(one)).collect();
    let notes = loose.len() - grave.len();
    if !loose.is_empty() {
        lines.push(Line::empty());
    }
    lines.extend(grave);
    if notes > 0 {
        let notes = if notes == 1 { "1 NOTE".to_owned() } else { format!("{notes} NOTES") };
        lines.push(
            Line::new(format!("• {notes}"), Role::Note).and(" about the regimen: on the plan, under m", Role::Muted),
        );
    }
    while lines.first().is_some_and(|line| *line == Line::empty()) {
        lines.remove(0);
    }
    lines
}

/// Kidney function, then the doses of the first cycle, each drug once.
fn doses(session: &Session) -> Vec<Line> {
    let Some(planned) = &session.planned else { return Vec::new() };
    let mut lines = vec![Line::empty(), Line::new("Enter", Role::Key).and(" shows every date", Role::Text)];
    let mut kidney: Vec<String> = Vec::new();
    let first = planned.plan.administrations.iter().zip(&planned.schedule.doses);
    let mut seen: Vec<&str> = Vec::new();
    for (one, row) in first {
        if seen.contains(&row.id.as_str()) {
            continue;
        }
        seen.push(&row.id);
        for step in one.dose.steps.iter().filter(|step| step.kind == StepKind::Kidney) {
            let text = step.sentence();
            if !kidney.contains(&text) {
                lines.push(Line::new(text.clone(), Role::Muted).hang(2));
                kidney.push(text);
            }
        }
        lines.push(Line::empty());
        lines.push(Line::new(row.shown_apart(), Role::Drug).right(row.portion().to_string(), Role::Dose));
        let per = row.planned().map_or(String::new(), |planned| format!("{}, ", planned.per));
        let when = format!("{per}first on {} day {}", row.cycle_word.numbered(row.cycle), row.day);
        lines.push(Line::new(when, Role::Muted).indent(2));
    }
    lines.push(Line::empty());
    lines.push(Line::new(crate::present::NOT_AN_ORDER, Role::Muted));
    lines
}

/// Fields, what stands under them, and what follows.
pub fn plain(model: &Model) -> Vec<Line> {
    let Some(session) = &model.session else { return Vec::new() };
    let mut lines = fields(session).plain();
    lines.push(Line::empty());
    lines.extend(follows(session));
    lines
}
