//! The plan beside another one: another formula, weight, dose level, start or delay.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::calendar;
use crate::course::Reduction;
use crate::finding::Finding;
use crate::formula::bsa::BsaFormula;
use crate::plan::Options;
use crate::present::DoseRow;
use crate::quantity::Weight;
use crate::regimen::Regimen;
use crate::tui::canvas::Canvas;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Compare, Effect, Model, Screen, Vary};
use crate::tui::rich::{Line, Role, width};
use crate::tui::session::{Planned, Session, outcome};
use crate::tui::update::next_vary;
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
        compare.vary = next_vary(compare.vary, chord.key == Key::BackTab);
        compare.scroll = 0;
    }
    Vec::new()
}

/// Another formula or level.
pub fn choose(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let back = chord.key == Key::Left;
    let lowest = model.session.as_ref().map_or(0, |session| lowest(&session.regimen));
    if let Some(compare) = compare(model) {
        match compare.vary {
            Vary::Formula => compare.formula = another(compare.formula, back),
            Vary::Level if back => compare.level = (compare.level - 1).max(lowest),
            Vary::Level => compare.level = (compare.level + 1).min(0),
            _ => {}
        }
    }
    Vec::new()
}

/// The lowest level any drug has.
fn lowest(regimen: &Regimen) -> i32 {
    let steps = regimen.drugs().filter_map(|drug| drug.ladder.as_ref()).map(|ladder| ladder.steps.len());
    -i32::try_from(steps.max().unwrap_or(0)).unwrap_or(0)
}

fn another(formula: Option<usize>, back: bool) -> Option<usize> {
    let last = BsaFormula::ALL.len() - 1;
    match (formula, back) {
        (None, false) => Some(0),
        (None, true) => Some(last),
        (Some(at), false) => (at < last).then_some(at + 1),
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
    let refused = |text: String| vec![Finding::block("compare", text)];
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
        Vary::Level if compare.level == 0 => {
            let none = lowest(&session.regimen) == 0;
            return if none { Err(refused("No drug of this regimen has dose levels.".to_owned())) } else { Ok(None) };
        }
        Vary::Level => {
            course.reductions = levels(&regimen, compare.level);
            format!("level {}", compare.level)
        }
        Vary::Start if compare.start.text.is_empty() => return Ok(None),
        Vary::Start => {
            let start = when::read(&compare.start.text, model.today).map_err(|error| refused(error.to_string()))?;
            course.start = start;
            format!("start {}", calendar::print(start))
        }
        Vary::Delay if compare.delay.text.is_empty() => return Ok(None),
        Vary::Delay => {
            let days = super::delay::read_days(&compare.delay.text).map_err(refused)?;
            let second = planned.plan.cycles.get(1).ok_or_else(|| refused("There is only one cycle.".to_owned()))?;
            course.delays.insert(second.key(), super::delay::tried(days));
            format!("cycle {} {days} days later", second.number)
        }
    };
    let cycles = session.text(crate::tui::session::FieldId::Cycles).trim().parse().ok();
    outcome(&regimen, course, &model.site, Options { cycles }).map(|planned| Some((planned, what)))
}

/// The level for every drug that reaches so far down, from the first cycle.
fn levels(regimen: &Regimen, level: i32) -> Vec<Reduction> {
    let deep = |steps: usize| i32::try_from(steps).is_ok_and(|steps| -level <= steps);
    let mut all = Vec::new();
    for phase in &regimen.phases {
        let drugs =
            phase.drugs.iter().filter(|drug| drug.ladder.as_ref().is_some_and(|ladder| deep(ladder.steps.len())));
        all.extend(drugs.map(|drug| Reduction {
            drug: drug.id.clone(),
            from: (phase.id.clone(), 1),
            level: Some(level),
            percent: None,
            reason: "compared".to_owned(),
        }));
    }
    all
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
        Vary::Level => "← chooses the next lower dose level.",
        Vary::Start => "Type another start date.",
        Vary::Delay => "Type by how many days cycle 2 comes later.",
    }
}

/// Columns of the visit, of each side.
const VISIT: usize = 8;
const SIDE: usize = 26;

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
    let mut drug = "";
    for row in &old.doses {
        if drug != row.shown {
            drug = &row.shown;
            lines.push(Line::new(drug, Role::Drug));
        }
        let there = matching(&new.doses, row);
        let visit = format!("C{}D{}", row.cycle, row.day);
        let right = there.map_or_else(|| "none".to_owned(), cell);
        lines.push(two(&visit, &cell(row), &right, there.is_none_or(|there| differs(row, there)), Role::Text));
    }
    lines
}

fn two(label: &str, left: &str, right: &str, differs: bool, role: Role) -> Line {
    let mark = if differs { "≠ " } else { "\u{a0}\u{a0}" };
    let changed = if differs { Role::Changed } else { role };
    let tie = |text: &str| text.replace(' ', "\u{a0}");
    Line::new(format!("{mark}{}", pad(label, VISIT)), Role::Muted)
        .and(pad(&tie(left), SIDE), role)
        .and(format!("\u{200b}{}", tie(right)).replace('\u{200b}', ""), changed)
}

fn cell(row: &DoseRow) -> String {
    let date = calendar::read(&row.date).map_or_else(|_| row.date.clone(), calendar::print);
    format!("{date}  {}", row.dose_shown)
}

fn matching<'r>(rows: &'r [DoseRow], row: &DoseRow) -> Option<&'r DoseRow> {
    let same = |other: &&DoseRow| {
        (&other.id, &other.phase, other.cycle, other.day, &other.part)
            == (&row.id, &row.phase, row.cycle, row.day, &row.part)
    };
    rows.iter().find(same)
}

fn differs(row: &DoseRow, other: &DoseRow) -> bool {
    row.date != other.date || row.dose_shown != other.dose_shown
}

/// Draws it: what differs above, the two plans below.
pub fn draw(model: &Model, compare: &Compare, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Compare", true);
    if inside.height < 4 {
        return;
    }
    let formula =
        compare.formula.and_then(|at| BsaFormula::ALL.get(at)).map_or("the regimen's own", |formula| formula.name());
    let fields: [(Vary, &str, Result<&crate::tui::field::TextField, String>); 5] = [
        (Vary::Formula, "Formula", Err(format!("← {formula} →"))),
        (Vary::Weight, "Weight kg", Ok(&compare.weight)),
        (Vary::Level, "Dose level", Err(format!("← {} →", compare.level))),
        (Vary::Start, "Start date", Ok(&compare.start)),
        (Vary::Delay, "Cycle 2 later by days", Ok(&compare.delay)),
    ];
    let mut y = inside.y;
    let rows = if inside.height >= 12 { 5 } else { 1 };
    let chosen = fields.iter().position(|(vary, ..)| *vary == compare.vary).unwrap_or(0);
    for (nth, (vary, label, value)) in fields.into_iter().enumerate().filter(|(nth, _)| rows == 5 || *nth == chosen) {
        let focus = vary == compare.vary;
        let _ = nth;
        let mark = if focus { "▶" } else { " " };
        canvas.put(
            inside.x,
            y,
            inside.width,
            &format!("{mark} {label}"),
            if focus { Role::Focus } else { Role::Muted },
        );
        let (x, room) = (inside.x + 25, inside.width.saturating_sub(26).min(24));
        match value {
            Ok(field) => canvas.field(x, y, room, field, focus),
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
