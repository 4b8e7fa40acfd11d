//! What the modification tables say to what was found: fields above or left, rows and sources below or right.

use ratatui::layout::Rect;

use crate::advice::{Applies, ForDrug, ObservationKind, Observations, Question, TableInput};
use crate::finding::{Severity, in_full};
use crate::present::advice as words;
use crate::regimen::{self, Action, Regimen};
use crate::subjects::known;
use crate::tui::advice::{AdviceView, Field};
use crate::tui::canvas::Canvas;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, Model, Screen};
use crate::tui::record::act::{Act, FieldKind};
use crate::tui::record::commands as record;
use crate::tui::rich::{Line, Role, width};

use super::fields::{self, Row};
use super::moved;

/// What the plan knows of the subject.
fn observed(model: &Model) -> Observations {
    model
        .planned()
        .map_or_else(Observations::default, |planned| known(&planned.course, Some(&planned.plan), model.today))
}

/// Opens it with empty fields.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let known = observed(model);
    if let Some(session) = &model.session {
        let view = AdviceView::new(&session.regimen, &known, session.subject.is_some());
        model.stack.push(Screen::Advice(Box::new(view)));
    }
    Vec::new()
}

/// Looks everything up again after a key.
pub fn look_up_again(model: &mut Model) {
    let known = observed(model);
    let Model { session: Some(session), stack, .. } = model else { return };
    if let Some(Screen::Advice(view)) = stack.last_mut() {
        view.look_up(&session.regimen, known);
    }
}

/// The next or the previous field.
pub fn field(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(Screen::Advice(view)) = model.stack.last_mut() {
        view.step(matches!(chord.key, Key::BackTab | Key::Up));
    }
    look_up_again(model);
    Vec::new()
}

/// Another drug to record of.
pub fn drug(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(Screen::Advice(view)) = model.stack.last_mut() {
        view.drug = (view.drug + 1) % view.advice.drugs.len().max(1);
    }
    Vec::new()
}

/// Empties every field.
pub fn clear(model: &mut Model, chord: Chord) -> Vec<Effect> {
    model.stack.pop_if(|screen| matches!(screen, Screen::Advice(_)));
    open(model, chord)
}

/// Opens the act that the tables lead to for the chosen drug, its reason filled in: the person decides.
pub fn act(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Advice(view)) = model.stack.last() else { return Vec::new() };
    let Some(of) = view.chosen().cloned() else { return Vec::new() };
    let act = match act_of(view, &of) {
        Ok(act) => act,
        Err(why) => {
            let name = model.session.as_ref().map(|session| words::drug_name(&session.regimen, &of));
            model.notify(Severity::Note, format!("{}: {why}", name.unwrap_or_default()));
            return Vec::new();
        }
    };
    let Some(regimen) = model.session.as_ref().map(|session| &session.regimen) else { return Vec::new() };
    let filled = filled(regimen, view, &of, &act);
    let effects = record::act(model, act);
    if let Some(Screen::Act(view)) = model.stack.last_mut() {
        for (is, text) in filled {
            view.fill(&is, &text);
        }
    }
    record::decide_again(model);
    effects
}

/// The act of what follows for a drug, or why it has none.
fn act_of(view: &AdviceView, of: &ForDrug) -> Result<Act, &'static str> {
    if view.advice.death.is_some() {
        return Err("no dose follows; r s on the plan records the end of treatment.");
    }
    if !of.is_settled() {
        return Err("not settled: say first what is asked; the plan records what was decided meanwhile.");
    }
    match of.now {
        None => Err("no rule matches, so there is nothing to record."),
        Some(Action::Treat) => Err("the tables say treat, as planned; a on the plan records what was given."),
        Some(Action::Ask) => Err("the file leaves it to the prescriber; record from the plan what was decided."),
        Some(Action::Percent(..) | Action::Down(_) | Action::Level(_)) => Ok(Act::Level),
        Some(Action::Delay) => Ok(Act::Delay),
        Some(Action::Hold) => Ok(Act::Hold),
        Some(Action::Omit) => Ok(Act::Omit),
        Some(Action::StopDrug | Action::StopRegimen) => Ok(Act::Stop),
    }
}

/// What the fields of the act say already. A percentage is left open: the file's may be of another dose.
fn filled(regimen: &Regimen, view: &AdviceView, of: &ForDrug, act: &Act) -> Vec<(FieldKind, String)> {
    let drug = regimen.name_of(&of.drug, None, 1);
    let row = of.by.and_then(|by| view.advice.rows.get(by));
    let mut filled: Vec<(FieldKind, String)> =
        row.map(|row| (FieldKind::Reason, row.found.clone())).into_iter().collect();
    let alike = view.advice.drugs.iter().all(|one| one.now == of.now);
    match act {
        Act::Level => {
            let level = of.dose.and_then(|lowered| lowered.level).map(|level| level.to_string());
            filled.extend([(FieldKind::Drug, drug), (FieldKind::Level, level.unwrap_or_default())]);
        }
        Act::Hold | Act::Omit if !alike => filled.push((FieldKind::Drug, drug)),
        // Where no other drug of the treatment is left, stopping it is the end of the treatment.
        Act::Stop if of.now == Some(Action::StopDrug) && others_treat(regimen, of) => {
            filled.push((FieldKind::Drug, drug));
        }
        _ => {}
    }
    filled
}

/// Whether another drug of the regimen treats, too.
fn others_treat(whole: &Regimen, of: &ForDrug) -> bool {
    whole.drugs().any(|drug| drug.role == regimen::Role::Treatment && drug.id != of.drug)
}

/// Fields, and what follows from them.
pub fn draw(model: &Model, view: &AdviceView, canvas: &mut Canvas<'_>, area: Rect) {
    let lines = lines(model, view);
    let shown = view.fields.iter().filter(|field| field.shown).count();
    let (top, bottom) = fields::split(shown, area.height / 2, area);
    let inside = canvas.pane(top, "What was found", true);
    let labels: Vec<String> = view.fields.iter().map(|field| label(model, &field.asked)).collect();
    let longest = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 3;
    let wide = u16::try_from(longest).unwrap_or(u16::MAX).min(inside.width * 3 / 5);
    fields::draw(&rows(view, &labels), view.focus, wide, canvas, inside);
    if bottom.height >= 3 {
        let inside = within(canvas.pane(bottom, TITLE, false));
        canvas.lines(inside, &lines, moved(view.scroll, 0, lines.len() * 2));
    }
}

/// Labels from here on may be cut where there is little room.
const LONG: usize = 20;

const TITLE: &str = "What the tables say";

fn within(inside: Rect) -> Rect {
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

fn rows<'a>(view: &'a AdviceView, labels: &'a [String]) -> Vec<Row<'a>> {
    let all = view.fields.iter().zip(labels).enumerate().filter(|(_, (field, _))| field.shown);
    all.map(|(at, (field, label))| Row {
        hidden: false,
        at,
        label,
        above: false,
        text: &field.text,
        optional: at != view.focus,
        under: under(field, label, at == view.focus),
    })
    .collect()
}

/// What stands under a field: the fault, or how it may be said, with the whole of a long label.
fn under(field: &Field, label: &str, focus: bool) -> Option<Line> {
    let label = if width(label) > LONG { format!("{label}: ") } else { String::new() };
    match &field.fault {
        Some(fault) => Some(Line::new(fault.clone(), Role::Block).indent(2)),
        None if field.doubt.is_some() => field.doubt.clone().map(|doubt| Line::new(doubt, Role::Warn).indent(2)),
        None if focus => Some(Line::new(format!("{label}{}", field.asked.hint), Role::Muted).indent(2)),
        None => None,
    }
}

/// What follows from the fields.
pub fn lines(model: &Model, view: &AdviceView) -> Vec<Line> {
    let Some(session) = &model.session else { return Vec::new() };
    let (regimen, recorded) = (&session.regimen, session.subject.is_some());
    let mut lines: Vec<Line> = stopped(model).into_iter().collect();
    if regimen.rules.is_empty() {
        lines.extend([Line::new(words::NO_RULES, Role::Text), Line::empty()]);
    }
    if !view.is_filled() {
        lines.push(Line::new("Type what was found; what is left empty is not assumed.", Role::Text));
    }
    let faulty = view.fields.iter().filter(|field| field.fault.is_some());
    lines.extend(faulty.map(|field| {
        let label = label(model, &field.asked);
        Line::new(format!("{label} cannot be used and was not looked up."), Role::Block).hang(2)
    }));
    for clash in &view.advice.contradictions {
        lines.push(Line::new(in_full(&clash.text, clash.wanted()), Role::Block).hang(2));
    }
    if view.is_filled() {
        lines.extend(
            view.advice
                .drugs
                .iter()
                .enumerate()
                .map(|(at, of)| drug_line(regimen, view, of, recorded && at == view.drug)),
        );
        lines.extend((!view.advice.open.is_empty()).then(Line::empty));
        lines.extend(view.advice.open.iter().map(|open| asks(model, view, open)));
        let counts = view.advice.open.iter().any(|one| one.kind == ObservationKind::Occurrence);
        lines.extend(before(model).into_iter().filter(|_| counts));
        for (at, row) in view.advice.rows.iter().enumerate() {
            lines.extend(row_lines(regimen, view, at, row));
        }
        for other in &view.advice.other_days {
            lines.extend([Line::empty(), Line::new(words::other_days(other), Role::Muted).hang(2)]);
        }
    }
    lines.push(Line::empty());
    lines.extend(known_line(model));
    lines.push(Line::new(words::DECIDES, Role::Muted));
    lines
}

fn drug_line(regimen: &Regimen, view: &AdviceView, of: &ForDrug, chosen: bool) -> Line {
    let mark = if chosen { "▶ " } else { "\u{a0}\u{a0}" };
    let role = match (of.is_settled(), of.now) {
        (false, _) => Role::Warn,
        (true, Some(_)) => Role::Dose,
        (true, None) => Role::Muted,
    };
    Line::new(mark, Role::Focus)
        .and(format!("{}: ", words::drug_name(regimen, of)), Role::Drug)
        .and(words::follows(&view.advice, of), role)
        .hang(4)
}

/// The label of a field.
fn label(model: &Model, asked: &TableInput) -> String {
    model.session.as_ref().map_or_else(String::new, |session| words::label(&session.regimen, asked))
}

/// What is still asked, and in which field it is said.
fn asks(model: &Model, view: &AdviceView, open: &Question) -> Line {
    let field = view.fields.iter().find(|one| one.asked.kind == open.kind && one.asked.name == open.name);
    let field = field.map_or(String::new(), |field| format!("  → {}", label(model, &field.asked)));
    let needs = model.session.as_ref().map_or_else(String::new, |session| words::needs(&session.regimen, open));
    Line::new(format!("? {needs}."), Role::Warn).and(field, Role::Muted).hang(2)
}

/// Earlier holds and reductions on record, from which a person counts; the program does not.
fn before(model: &Model) -> Vec<Line> {
    let Some(subject) = model.open_subject() else { return Vec::new() };
    let entries = crate::subjects::words::modifications(&subject.0.opened.regimen, &subject.0.opened.folded);
    let head = (!entries.is_empty()).then(|| Line::new("On record so far, for you to count:", Role::Text).indent(2));
    let entry = |text: String| Line::new(text.trim().to_owned(), Role::Muted).indent(4).hang(2);
    head.into_iter().chain(entries.into_iter().map(entry)).collect()
}

fn row_lines(regimen: &Regimen, view: &AdviceView, at: usize, row: &Applies) -> Vec<Line> {
    let mut lines = vec![
        Line::empty(),
        Line::new(row.found.clone(), Role::Title).and(format!(": {}", row.row), Role::Text).hang(2),
    ];
    lines.extend(row.words.iter().map(|text| Line::new(text.clone(), Role::Text).indent(2).hang(2)));
    let furthest = words::furthest(regimen, &view.advice, at);
    lines.extend(furthest.map(|text| Line::new(text, Role::Changed).indent(2).hang(2)));
    let role = if row.mark.is_some() { Role::Warn } else { Role::Muted };
    lines.push(Line::new(format!("source: {}", words::source(regimen, row)), role).indent(2).hang(2));
    lines
}

/// That treatment of the subject has ended.
fn stopped(model: &Model) -> Option<Line> {
    let ended = model.open_subject()?.0.opened.folded.course.stopped.as_ref()?;
    Some(Line::new(words::ended(ended), Role::Warn).hang(2))
}

/// What the plan knows already of the subject.
fn known_line(model: &Model) -> Vec<Line> {
    let regimen = model.session.as_ref().map(|session| &session.regimen);
    let known = regimen
        .map_or_else(Vec::new, |regimen| words::known(regimen, &observed(model), model.open_subject().is_some()));
    if known.is_empty() {
        return Vec::new();
    }
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    let from = if model.open_subject().is_some() { "From the record: " } else { "From the form: " };
    vec![Line::new(from, Role::Muted).and(known.join(", "), Role::Text).hang(2)]
}

/// Fields and what follows, as text.
pub fn plain(model: &Model, view: &AdviceView) -> Vec<Line> {
    let field = |field: &Field| {
        let fault = field.fault.as_ref().map_or_else(String::new, |fault| format!("  BLOCK {fault}"));
        Line::new(format!("{}: {}{fault}", label(model, &field.asked), field.text.text), Role::Text)
    };
    let fields = view.fields.iter().filter(|field| field.shown).map(field);
    fields.chain([Line::empty()]).chain(lines(model, view)).collect()
}

/// What to type now, where lines are typed.
pub fn prompt(model: &Model) -> String {
    let Some(Screen::Advice(view)) = model.stack.last() else { return String::new() };
    let Some(field) = view.fields.get(view.focus) else { return "back; quit".to_owned() };
    let record = if model.open_subject().is_some() { "; \"record\" records, \"drug\" is another drug" } else { "" };
    format!("{} ({}){record}; clear; back; quit", label(model, &field.asked), field.asked.hint)
}
