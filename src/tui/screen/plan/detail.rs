//! One day: doses in their order, volumes and vials, windows, assessments; and the working.

use crate::calendar::{self, Date, Window};
use crate::plan::{AdministrationState, Infusion};
use crate::present::words::squared;
use crate::present::{DoseRow, DoseState, Place, PlannedRow};
use crate::quantity::number::{self, plain};
use crate::regimen::{Doubt, marks_words};
use crate::tui::model::{Model, PlanView};
use crate::tui::rich::{Line, Role};
use crate::tui::session::Planned;

use super::days::{self, Day};

/// What stands on the day.
pub fn lines(model: &Model, planned: &Planned, view: &PlanView) -> Vec<Line> {
    let days = days::days(planned);
    let empty = Day::default();
    let day = days.get(&view.cursor).unwrap_or(&empty);
    let mut lines = heading(model, day, view.cursor);
    lines.extend(ended(model, planned, day, view.cursor));
    for row in day.doses.iter().filter_map(|row| planned.schedule.doses.get(*row)) {
        lines.push(Line::empty());
        lines.extend(dose(row, view.working));
    }
    lines.extend(runs(planned, day));
    lines.extend(ends(planned, day));
    lines.extend(tests(planned, day));
    lines.extend(doubts(planned, day, view.working));
    if let Some(note) = planned.schedule.regimen.note.as_ref().filter(|_| !day.doses.is_empty()) {
        lines.extend([Line::empty(), Line::new(format!("▲ {note}"), Role::Warn).hang(2)]);
    }
    if !day.busy() {
        lines.extend(nothing(planned, model.today, view.cursor, day));
    }
    lines
}

/// One quiet line a day for every figure in doubt; the working names them, each under its dose.
fn doubts(planned: &Planned, day: &Day, working: bool) -> Option<Line> {
    let rows = day.doses.iter().filter_map(|row| planned.schedule.doses.get(*row));
    let tests = day.tests.iter().filter_map(|row| planned.schedule.assessments.get(*row));
    let marks: Vec<Doubt> =
        rows.flat_map(DoseRow::marks).chain(tests.flat_map(|row| &row.marks)).map(|mark| mark.doubt).collect();
    let told = [Doubt::Conflict, Doubt::Unknown, Doubt::Unverified].into_iter().filter_map(|doubt| {
        let count = marks.iter().filter(|one| **one == doubt).count();
        (count > 0)
            .then(|| format!("{}: {}", doubt.words(), number::count(u64::try_from(count).unwrap_or(0), "figure")))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty() && !working).then(|| Line::new(format!("{} (w names them)", told.join("; ")), Role::Muted))
}

fn heading(model: &Model, day: &Day, date: Date) -> Vec<Line> {
    let mut line = Line::new(calendar::with_weekday(date), Role::Title);
    if let Some((cycle, number)) = day.code {
        line = line.and(format!("  {}\u{a0}{cycle},\u{a0}day\u{a0}{number}", model.cycle_word().one()), Role::Text);
    }
    if date == model.today {
        line = line.and("  today", Role::Today);
    }
    let mut lines = vec![line];
    let ended = model.planned().is_some_and(|planned| days::ended(planned, model.today).is_some());
    if day.busy() && !day.certain && !day.doses.is_empty() && !ended {
        lines.push(Line::new("only if treatment goes on", Role::Muted));
    }
    match (&day.closed, model.site.closures.reason(date)) {
        (Some(why), _) => lines.push(Line::new(format!("• NOTE closed day ({why}); nothing was moved"), Role::Note)),
        (None, Some(why)) if !day.busy() => lines.push(Line::new(format!("closed ({why})"), Role::Muted)),
        _ => {}
    }
    lines
}

/// That treatment has ended, from that day on; on the days before it what was open then.
fn ended(model: &Model, planned: &Planned, day: &Day, date: Date) -> Vec<Line> {
    let Some((on, why)) = days::ended(planned, model.today) else { return Vec::new() };
    let mut lines = Vec::new();
    if date >= on {
        lines.push(Line::new(format!("Treatment ended on {}: {why}.", calendar::print(on)), Role::Warn));
    }
    let rows = day.doses.iter().filter_map(|row| planned.plan.administrations.get(*row));
    if rows.filter(|one| one.state == AdministrationState::Projected).count() > 0 {
        lines.push(Line::new("Still open when treatment ended: nothing waits here any more.", Role::Muted));
    }
    lines
}

/// `122.5 mg`-style lines of one dose: what was given, else what is planned.
pub fn dose(row: &DoseRow, working: bool) -> Vec<Line> {
    let shown = row.portion().to_string();
    let mut lines = vec![Line::new(row.shown_apart(), Role::Drug).right(shown.clone(), Role::Dose)];
    if working {
        lines.extend(steps(row));
        lines.extend(marks_words(row.marks()).into_iter().map(|words| Line::new(words, Role::Muted).indent(1).hang(2)));
        return lines;
    }
    let mut add = |text: String, role: Role| lines.push(Line::new(text, role).indent(2));
    add(route(row), Role::Text);
    if let Some(warn) = &row.warn {
        add(format!("▲ {warn}"), Role::Warn);
    }
    if let Some(mark) = row.handling.mark() {
        add(mark.to_owned(), Role::Warn);
    }
    if let Some(supply) = row.supply() {
        add(supply, Role::Text);
    }
    if let Some(words) = row.handling.words() {
        add(words, Role::Text);
    }
    if let Some(bag) = row.as_planned().and_then(|planned| planned.preparation.bag_words()) {
        add(bag, Role::Text);
    }
    if let Some(spread) = row.planned().and_then(PlannedRow::spread_words) {
        add(spread, Role::Text);
    }
    if let Some(taken) = row.taken_words() {
        add(taken, Role::Home);
    }
    if let Some(all) = row.planned().and_then(PlannedRow::dispensed_words) {
        add(format!("{all} in all"), Role::Home);
    }
    if let Some(per) = row.planned().map(per).filter(|per| *per != shown) {
        add(per, Role::Muted);
    }
    if let Some(window) = row.window().filter(|window| window.earliest != window.latest) {
        add(format!("window {}", through(window)), Role::Window);
    }
    if row.state() != DoseState::Projected {
        add(happened(row), Role::Title);
    }
    if let Some(reason) = &row.reason {
        add(reason.clone(), Role::Muted);
    }
    if let Some(recorded) = &row.recorded {
        add(format!("recorded by {}", recorded.by), Role::Muted);
    }
    if let Some(note) = &row.note {
        add(note.clone(), Role::Muted);
    }
    lines
}

/// `given, in part, 1 day late, planned 149 mg for Mon 09-Nov-2026`
fn happened(row: &DoseRow) -> String {
    let beside = row.given().map(|given| given.beside(row.planned())).unwrap_or_default();
    std::iter::once(row.state().heading().to_lowercase()).chain(beside).collect::<Vec<_>>().join(", ")
}

/// `07-Dec-2026 through 10-Dec-2026`
fn through(window: Window) -> String {
    format!("{} through {}", calendar::print(window.earliest), calendar::print(window.latest))
}

/// Every step of the dose.
fn steps(row: &DoseRow) -> Vec<Line> {
    let steps = row.working().iter().enumerate();
    steps.map(|(nth, step)| Line::new(format!("{}. {step}", nth + 1), Role::Text).indent(1).hang(3)).collect()
}

fn route(row: &DoseRow) -> String {
    let over = row.over.as_ref().map_or_else(String::new, spell_over);
    let when = row.when.as_ref().map_or_else(String::new, |when| format!(", {when}"));
    let place = if row.place == Place::Home { ", at home" } else { "" };
    let part = row.part_words().map_or_else(String::new, |part| format!(", {part}"));
    format!("{}{over}{when}{place}{part}", row.route_words())
}

fn spell_over(over: &Infusion) -> String {
    match over {
        Infusion::Unknown => ", duration unknown".to_owned(),
        Infusion::Bolus => " as a bolus".to_owned(),
        Infusion::AtMost { .. } => format!(", {over}"),
        Infusion::For(_) | Infusion::Between(..) => format!(" over {over}"),
    }
}

fn per(planned: &PlannedRow) -> String {
    let mut text = squared(&planned.per.to_string());
    if planned.loading {
        text.push_str(", loading dose");
    }
    if planned.level != 0 {
        text = format!("{text}, level {}", planned.level);
    }
    if let Some(percent) = planned.percent {
        text = format!("{text}, {} %", plain(percent));
    }
    if let Some(uncapped) = planned.uncapped {
        text = format!("{text}; {} {} before the cap", plain(uncapped.value), uncapped.unit);
    }
    match planned.difference.filter(|difference| !difference.is_zero()) {
        None => text,
        Some(difference) => {
            let sign = if difference.is_sign_positive() { "+" } else { "" };
            format!("{text}; rounded {sign}{} %", plain(difference))
        }
    }
}

fn runs(planned: &Planned, day: &Day) -> Vec<Line> {
    let rows = day.runs.iter().filter_map(|row| planned.schedule.doses.get(*row));
    let mut lines = Vec::new();
    for row in rows {
        lines.push(Line::empty());
        lines.push(Line::new(row.shown_apart(), Role::Drug).right(row.portion().to_string(), Role::Dose));
        let words = row.taken_words().unwrap_or_default();
        lines.push(Line::new(format!("at home: {words}"), Role::Home).indent(2));
    }
    lines
}

fn ends(planned: &Planned, day: &Day) -> Vec<Line> {
    let rows = day.ends.iter().filter_map(|row| planned.schedule.ends.get(*row));
    rows.flat_map(|row| [Line::empty(), Line::new(format!("{}: {}", row.shown, row.visit), Role::Test)]).collect()
}

fn tests(planned: &Planned, day: &Day) -> Vec<Line> {
    let rows: Vec<_> = day.tests.iter().filter_map(|row| planned.schedule.assessments.get(*row)).collect();
    let mut lines = Vec::new();
    if !rows.is_empty() {
        lines.push(Line::empty());
    }
    for row in rows {
        lines.push(Line::new(format!("+ {}", row.name), Role::Test).hang(2));
        if let Some(window) = row.window.filter(|window| window.earliest != window.latest) {
            lines.push(Line::new(through(window), Role::Window).indent(2));
        }
    }
    lines
}

fn nothing(planned: &Planned, today: Date, date: Date, day: &Day) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some((cycle, window)) = days::window_of(planned, date) {
        let text = format!(
            "In the window of {} day 1: {} through {}.",
            planned.schedule.regimen.cycle_word.numbered(cycle),
            calendar::print(window.earliest),
            calendar::print(window.latest)
        );
        lines.push(Line::new(text, Role::Window));
    } else if day.window {
        lines.push(Line::new("In the window of a dose.", Role::Window));
    }
    if day.runs.is_empty() {
        lines.push(Line::new("Nothing is planned for this day.", Role::Muted));
    }
    let busy = days::busy(planned, today);
    if let Some(next) = busy.iter().find(|known| **known > date) {
        lines.push(Line::new(format!("next: {}  (n)", calendar::with_weekday(*next)), Role::Muted));
    }
    if let Some(last) = busy.iter().rev().find(|known| **known < date) {
        lines.push(Line::new(format!("previous: {}  (p)", calendar::with_weekday(*last)), Role::Muted));
    }
    lines
}
