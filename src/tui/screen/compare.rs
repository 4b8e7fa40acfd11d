//! The plan beside another one: another formula, weight, dose level, start or delay.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::calendar;
use crate::course::{Course, Reduction};
use crate::dosing;
use crate::finding::Finding;
use crate::formula::bsa::BsaFormula;
use crate::plan::{Options, PlannedCycle};
use crate::present::DoseRow;
use crate::quantity::Weight;
use crate::regimen::Regimen;
use crate::tui::canvas::Canvas;
use crate::tui::key::{Chord, Key, Motion};
use crate::tui::model::{Compare, Effect, Model, Screen, Vary};
use crate::tui::rich::{Line, Role, width};
use crate::tui::session::{Planned, Session, plan_course};
use crate::tui::when;

use super::{finding, moved};

/// Opens the comparison.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.push(Screen::Compare(Compare::default()));
    Vec::new()
}

fn compare(model: &mut Model) -> Option<&mut Compare> {
    match model.stack.last_mut() {
        Some(Screen::Compare(compare)) => Some(compare),
        _ => None,
    }
}

/// Another thing that differs.
pub fn field(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(compare) = compare(model) {
        compare.vary = compare.vary.next(matches!(chord.key, Key::BackTab | Key::Up));
        compare.scroll = 0;
    }
    Vec::new()
}

/// Another formula, level or cycle.
pub fn choose(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let back = chord.motion().is_some_and(Motion::is_back);
    let session = model.session.as_ref();
    let steps = session.and_then(|session| Some(steps(&session.regimen, &session.planned.as_ref()?.course).len()));
    let steps = steps.unwrap_or(0);
    let cycles = model.planned().map_or(0, |planned| planned.plan.cycles.len().saturating_sub(1));
    if let Some(compare) = compare(model) {
        match compare.vary {
            Vary::Formula => compare.formula = another(compare.formula, BsaFormula::ALL.len(), back),
            Vary::Level => compare.level = another(compare.level, steps, back),
            Vary::Cycle => compare.cycle = moved(compare.cycle, if back { -1 } else { 1 }, cycles),
            _ => {}
        }
        compare.scroll = 0;
    }
    Vec::new()
}

/// A dose level of one drug.
struct Rung {
    drug: String,
    level: i32,
    /// `gemcitabine, level -1 (800 mg/m2)`
    words: String,
}

/// Every step of the ladder that the subject is on, drug by drug, going down.
fn steps(regimen: &Regimen, course: &Course) -> Vec<Rung> {
    let mut all: Vec<Rung> = Vec::new();
    for drug in regimen.drugs() {
        let ladder = dosing::ladder_for(regimen, drug, course);
        for (level, step) in (1..).map(|nth: i32| -nth).zip(ladder.iter().flat_map(|ladder| &ladder.steps)) {
            if all.iter().any(|known| known.drug == drug.id && known.level == level) {
                continue;
            }
            let dose = step.dose.as_ref().map_or_else(String::new, |dose| format!(" ({dose})"));
            let name = regimen.name_of(&drug.id, None, 1);
            all.push(Rung { drug: drug.id.clone(), level, words: format!("{name}, level {level}{dose}") });
        }
    }
    all
}

/// The next or the one before of so many, with one more place for none of them.
fn another(chosen: Option<usize>, count: usize, back: bool) -> Option<usize> {
    match (chosen, back) {
        (None, false) => (count > 0).then_some(0),
        (None, true) => count.checked_sub(1),
        (Some(at), false) => (at + 1 < count).then_some(at + 1),
        (Some(at), true) => at.checked_sub(1),
    }
}

/// The other plan, and what is different in it; `Ok(None)` while nothing is.
fn other(
    model: &Model,
    session: &Session,
    planned: &Planned,
    compare: &Compare,
) -> Result<Option<(Planned, String)>, Vec<Finding>> {
    let mut course = planned.course.clone();
    let mut regimen = Arc::clone(&session.regimen);
    let refused = |text: String| vec![Finding::block(crate::tui::codes::COMPARE, text)];
    let what = match compare.vary {
        Vary::Formula => {
            let Some(formula) = compare.formula.and_then(|at| BsaFormula::ALL.get(at)) else { return Ok(None) };
            match Arc::make_mut(&mut regimen).body.as_mut().filter(|body| body.bsa.is_some()) {
                Some(body) => body.bsa = Some(*formula),
                None => return Err(refused("No dose of this regimen depends on the body surface.".to_owned())),
            }
            formula.name().to_owned()
        }
        Vary::Weight if compare.weight.text.is_empty() => return Ok(None),
        Vary::Weight => {
            let weight = Weight::read(&compare.weight.text).map_err(|error| refused(error.to_string()))?;
            course.subject.weight = Some(weight);
            weight.to_string()
        }
        Vary::Level => {
            let steps = steps(&session.regimen, &planned.course);
            if steps.is_empty() {
                return Err(refused("No drug of this regimen has dose levels.".to_owned()));
            }
            let Some(step) = compare.level.and_then(|at| steps.get(at)) else { return Ok(None) };
            course.reductions = reductions(&regimen, step);
            step.words.clone()
        }
        Vary::Start if compare.start.text.is_empty() => return Ok(None),
        Vary::Start => {
            let start = when::read(&compare.start.text, model.today).map_err(|error| refused(error.to_string()))?;
            course.start = start;
            format!("start {}", calendar::print(start))
        }
        Vary::Cycle | Vary::Delay if compare.delay.text.is_empty() => return Ok(None),
        Vary::Cycle | Vary::Delay => {
            let days = super::delay::read_days(&compare.delay.text).map_err(refused)?;
            let later = planned.plan.cycles.get(compare.cycle + 1);
            let later = later.ok_or_else(|| refused("Nothing comes after the first.".to_owned()))?;
            course.delays.insert(later.key(), super::delay::tried(days));
            format!("{} {days} days later", cycle_name(later))
        }
    };
    let cycles = session.text(crate::tui::session::FieldId::Cycles).trim().parse().ok();
    plan_course(&regimen, course, &model.site, Options { cycles, recorded: true, ..Options::default() })
        .map(|planned| Some((planned, what)))
}

/// The level in every phase that has the drug, from the first cycle.
fn reductions(regimen: &Regimen, step: &Rung) -> Vec<Reduction> {
    let mut all = Vec::new();
    for phase in &regimen.phases {
        let drugs = phase.drugs.iter().filter(|drug| drug.id == step.drug && drug.dosing.ladders().next().is_some());
        all.extend(drugs.map(|drug| Reduction {
            drug: drug.id.clone(),
            from: (phase.id.clone(), regimen.cycles_from),
            level: Some(step.level),
            percent: None,
            reason: "compared".to_owned(),
        }));
    }
    all
}

fn cycle_name(cycle: &PlannedCycle) -> String {
    let (phase, name) = (cycle.phase_id.clone(), cycle.named());
    phase.map_or_else(|| name.clone(), |phase| format!("{phase} {name}"))
}

/// The two plans, row by row.
pub fn lines(model: &Model, compare: &Compare) -> Vec<Line> {
    let Some((session, planned)) =
        model.session.as_ref().and_then(|session| Some((session, session.planned.as_ref()?)))
    else {
        return vec![Line::new("There is no plan to compare with.", Role::Muted)];
    };
    match other(model, session, planned, compare) {
        Ok(None) => vec![Line::new(hint(compare.vary), Role::Muted)],
        Ok(Some((other, what))) => table(planned, &other, &what),
        Err(findings) => findings.iter().map(finding).collect(),
    }
}

fn hint(vary: Vary) -> &'static str {
    match vary {
        Vary::Formula => "← → choose another formula for the body surface.",
        Vary::Weight => "Type another weight in kg.",
        Vary::Level => "← → choose a drug and its dose level.",
        Vary::Start => "Type another start date.",
        Vary::Cycle => "← → choose what is late; then Tab, and type by how many days.",
        Vary::Delay => "Type by how many days it comes later.",
    }
}

/// Columns of the visit, of each side.
const VISIT: usize = 8;
const SIDE: usize = 22;

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", "\u{a0}".repeat(columns.saturating_sub(width(text))))
}

fn table(planned: &Planned, other: &Planned, what: &str) -> Vec<Line> {
    let (old, new) = (&planned.schedule, &other.schedule);
    let differing = |row: &&DoseRow| matching(&new.doses, row).is_none_or(|there| differs(row, there));
    let count = old.doses.iter().filter(differing).count();
    let sizes = [&planned.plan, &other.plan]
        .map(|plan| plan.size.as_ref().and_then(|size| size.bsa).map(|bsa| bsa.to_string()));
    let mut lines =
        vec![Line::new(format!("{count} of {} rows differ (≠)", old.doses.len()), Role::Title), Line::empty()];
    lines.push(two("", "this plan", what, false, Role::Muted));
    if let [Some(here), Some(there)] = &sizes {
        lines.push(two("BSA", here, there, here != there, Role::Text));
    }
    let mut drugs: Vec<String> = Vec::new();
    for drug in old.doses.iter().map(DoseRow::shown_apart) {
        if !drugs.contains(&drug) {
            drugs.push(drug);
        }
    }
    for drug in drugs {
        lines.push(Line::new(drug.as_str(), Role::Drug));
        for row in old.doses.iter().filter(|row| row.shown_apart() == drug) {
            let there = matching(&new.doses, row);
            let visit = row.on_day();
            let right = there.map_or_else(|| "none".to_owned(), cell);
            lines.push(two(&visit, &cell(row), &right, there.is_none_or(|there| differs(row, there)), Role::Text));
        }
    }
    lines
}

fn two(label: &str, left: &str, right: &str, differs: bool, role: Role) -> Line {
    let mark = if differs { "≠ " } else { "\u{a0}\u{a0}" };
    let changed = if differs { Role::Changed } else { role };
    let tie = |text: &str| text.replace(' ', "\u{a0}");
    Line::new(format!("{mark}{}", pad(label, VISIT)), Role::Muted)
        .and(pad(&tie(left), SIDE), role)
        .and(format!(" {}", tie(right)), changed)
        .hang(VISIT + 2)
}

fn cell(row: &DoseRow) -> String {
    format!("{}  {}", calendar::print(row.date()), row.portion())
}

fn matching<'r>(rows: &'r [DoseRow], row: &DoseRow) -> Option<&'r DoseRow> {
    let same = |other: &&DoseRow| {
        (&other.id, &other.phase, other.cycle, other.day, &other.part)
            == (&row.id, &row.phase, row.cycle, row.day, &row.part)
    };
    rows.iter().find(same)
}

fn differs(row: &DoseRow, other: &DoseRow) -> bool {
    row.date() != other.date() || row.portion() != other.portion()
}

/// Draws it: what differs above, the two plans below.
pub fn draw(model: &Model, compare: &Compare, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Compare", true);
    if inside.height < 4 {
        return;
    }
    let formula =
        compare.formula.and_then(|at| BsaFormula::ALL.get(at)).map_or("the regimen's own", |formula| formula.name());
    let session = model.session.as_ref();
    let level = session
        .zip(compare.level)
        .and_then(|(session, at)| steps(&session.regimen, &session.planned.as_ref()?.course).into_iter().nth(at));
    let level = level.map_or_else(|| "every drug as it is".to_owned(), |step| step.words);
    let cycle = model.planned().and_then(|planned| planned.plan.cycles.get(compare.cycle + 1));
    let cycle = cycle.map_or_else(|| "nothing comes after the first".to_owned(), cycle_name);
    let fields: [(Vary, &str, Result<&crate::tui::field::TextField, String>); 6] = [
        (Vary::Formula, "Formula", Err(format!("← {formula} →"))),
        (Vary::Weight, "Weight kg", Ok(&compare.weight)),
        (Vary::Level, "Dose level", Err(format!("← {level} →"))),
        (Vary::Start, "Start date", Ok(&compare.start)),
        (Vary::Cycle, "What is late", Err(format!("← {cycle} →"))),
        (Vary::Delay, "  later by days", Ok(&compare.delay)),
    ];
    let mut y = inside.y;
    let all = inside.height >= 13;
    let chosen = fields.iter().position(|(vary, ..)| *vary == compare.vary).unwrap_or(0);
    for (_, (vary, label, value)) in fields.into_iter().enumerate().filter(|(nth, _)| all || *nth == chosen) {
        let focus = vary == compare.vary;
        let mark = if focus { "▶" } else { " " };
        canvas.put(
            inside.x,
            y,
            inside.width,
            &format!("{mark} {label}"),
            if focus { Role::Focus } else { Role::Muted },
        );
        let (x, room) = (inside.x + 21, inside.width.saturating_sub(22));
        match value {
            Ok(field) => canvas.field(x, y, room.min(24), field, focus),
            Err(text) => {
                canvas.put(x, y, room, &text, if focus { Role::Chosen } else { Role::Muted });
            }
        }
        y += 1;
    }
    let rest = Rect {
        x: inside.x + 1,
        y: y + 1,
        width: inside.width.saturating_sub(2),
        height: inside.bottom().saturating_sub(y + 1),
    };
    let lines = lines(model, compare);
    let skip = moved(compare.scroll, 0, lines.len());
    canvas.lines(rest, &lines, skip);
}
