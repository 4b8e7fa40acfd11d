//! What if a cycle came later: every date that would move, the windows left, the closures hit.
//! Nothing is recorded.

use crate::regimen::CycleWord;
use ratatui::layout::Rect;

use crate::calendar::{self, print};
use crate::course::Delay;
use crate::finding::{Finding, Severity};
use crate::plan::Options;
use crate::tui::canvas::Canvas;
use crate::tui::field::TextField;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{DelayView, Effect, Model, Screen};
use crate::tui::rich::{Line, Role};
use crate::tui::session::{FieldId, Planned, Session, plan_course};

use super::{finding, moved};

/// Opens the preview for the cycle the plan stands on; for the next one where it is the first.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    if model.open_subject().is_some() {
        return crate::tui::record::commands::act(model, crate::tui::record::act::Act::Delay);
    }
    let cursor = model.plan_view().map(|view| view.cursor);
    let cycle = model.planned().zip(cursor).and_then(|(planned, cursor)| {
        let cycles = &planned.plan.cycles;
        let at = cycles.iter().rposition(|cycle| cycle.actual <= cursor).unwrap_or(0).max(1);
        cycles.get(at).or(cycles.last())
    });
    match cycle.filter(|cycle| cycle.place > 1 || cycle.phase > 0).map(crate::plan::PlannedCycle::key) {
        Some(cycle) => {
            let view = DelayView { cycle, days: TextField::with("7"), scroll: 0 };
            model.stack.push(Screen::Delay(view));
        }
        None => model.notify(Severity::Note, "Nothing comes after the first: change its start date with e."),
    }
    Vec::new()
}

/// A delay that is only tried.
pub fn tried(days: i32) -> Delay {
    Delay { days, reason: "tried out".to_owned(), required: false }
}

/// Whole days from 1 on.
pub fn read_days(text: &str) -> Result<i32, String> {
    match text.trim().trim_start_matches('+').parse() {
        Ok(days) if (1..=365).contains(&days) => Ok(days),
        _ => Err(format!("\"{text}\" is not a number of days from 1 to 365; write 7")),
    }
}

/// Another cycle.
pub fn cycle(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let keys: Vec<_> = model
        .planned()
        .iter()
        .flat_map(|planned| planned.plan.cycles.iter().skip(1))
        .map(crate::plan::PlannedCycle::key)
        .collect();
    if let Some(Screen::Delay(view)) = model.stack.last_mut() {
        let at = keys.iter().position(|key| *key == view.cycle).unwrap_or(0);
        let to = if chord.key == Key::BackTab { at + keys.len().max(1) - 1 } else { at + 1 };
        if let Some(key) = keys.get(to % keys.len().max(1)) {
            view.cycle = key.clone();
        }
    }
    Vec::new()
}

/// Uses the delay in the plan shown.
pub fn accept(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Delay(view)) = model.stack.last().cloned() else { return Vec::new() };
    let days = match read_days(&view.days.text) {
        Ok(days) => days,
        Err(why) => {
            model.notify(Severity::Block, why);
            return Vec::new();
        }
    };
    let mut trial = model.clone();
    if let Some(session) = &mut trial.session {
        session.delays.insert(view.cycle, tried(days));
    }
    trial.replan();
    if trial.planned().is_none() {
        model.notify(Severity::Block, "No plan can be made with this delay.");
        return Vec::new();
    }
    follow(model, &mut trial);
    *model = trial;
    model.stack.pop();
    model.notify(Severity::Note, "The plan shows this delay; nothing is recorded. u takes it back.");
    Vec::new()
}

/// The cursor goes with the visit it stood on.
fn follow(before: &Model, now: &mut Model) {
    let (Some(old), Some(new)) = (before.planned(), now.planned().cloned()) else { return };
    for screen in &mut now.stack {
        if let Screen::Plan(view) = screen {
            view.cursor = super::plan::followed(&old.plan, &new.plan, view.cursor);
        }
    }
}

/// Takes every delay that was tried back.
pub fn undo(model: &mut Model, _: Chord) -> Vec<Effect> {
    let before = model.clone();
    if let Some(session) = &mut model.session {
        session.delays.clear();
    }
    model.replan();
    follow(&before, model);
    model.notify(Severity::Note, "The plan is without a what-if delay again.");
    Vec::new()
}

fn delayed(model: &Model, session: &Session, planned: &Planned, view: &DelayView) -> Result<Planned, Vec<Finding>> {
    let days =
        read_days(&view.days.text).map_err(|why| vec![Finding::block(crate::decide::codes::DELAY_RANGE, why)])?;
    let mut course = planned.course.clone();
    course.delays.insert(view.cycle.clone(), tried(days));
    let cycles = session.text(FieldId::Cycles).trim().parse().ok();
    plan_course(&session.regimen, course, &model.site, Options { cycles, recorded: true, ..Options::default() })
}

/// What would move.
pub fn lines(model: &Model, view: &DelayView) -> Vec<Line> {
    let here = model.session.as_ref().and_then(|session| Some((session, session.planned.as_ref()?)));
    let Some((session, planned)) = here else { return vec![Line::new("There is no plan.", Role::Muted)] };
    match delayed(model, session, planned, view) {
        Ok(new) => moves(planned, &new, session.regimen.cycle_word),
        Err(findings) => findings.iter().map(finding).collect(),
    }
}

fn moves(old: &Planned, new: &Planned, word: CycleWord) -> Vec<Line> {
    let mut lines = Vec::new();
    let told = |one: &&Finding| !old.plan.findings.contains(one);
    let findings: Vec<Line> = new.plan.findings.iter().filter(told).map(finding).collect();
    let pairs: Vec<_> = old
        .plan
        .administrations
        .iter()
        .filter_map(|one| {
            let there = new.plan.administrations.iter().find(|other| other.key == one.key)?;
            (there.date != one.date).then_some((one, there))
        })
        .collect();
    let tests = new.schedule.assessments.iter().filter(|test| !old.schedule.assessments.contains(test)).count();
    lines.push(Line::new(format!("{} administrations would move; {tests} assessments.", pairs.len()), Role::Title));
    lines.extend(findings);
    lines.push(Line::empty());
    let mut last = None;
    for (one, there) in pairs {
        let visit = (one.key.cycle, one.key.day, one.date);
        if last == Some(visit) {
            continue;
        }
        last = Some(visit);
        let cycle = word.on_day(one.key.cycle, one.key.day);
        let mut line =
            Line::new(format!("{cycle}{}", "\u{a0}".repeat(8_usize.saturating_sub(cycle.len()))), Role::Muted)
                .and(print(one.date), Role::Text)
                .and("\u{a0}→\u{a0}", Role::Muted)
                .and(calendar::with_weekday(there.date).replace(' ', "\u{a0}"), Role::Changed)
                .hang(8);
        match there.window {
            Some(window) if !window.holds(there.date) => {
                line = line.and(
                    format!("  ▲ outside the window {} through {}", print(window.earliest), print(window.latest)),
                    Role::Warn,
                );
            }
            Some(window) => {
                line = line.and(format!("  inside the window through {}", print(window.latest)), Role::Window);
            }
            None => {}
        }
        if let Some(why) = &there.closed {
            line = line.and(format!("  • NOTE closed ({why})"), Role::Note);
        }
        lines.push(line);
    }
    let last = |planned: &Planned| planned.plan.administrations.iter().map(|one| one.date).max();
    if let (Some(before), Some(after)) = (last(old), last(new)) {
        lines.push(Line::empty());
        lines.push(Line::new(format!("Last administration: {} → {}", print(before), print(after)), Role::Text));
    }
    lines
}

/// Draws it.
pub fn draw(model: &Model, view: &DelayView, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "What if day 1 came later", true);
    if inside.height < 3 {
        return;
    }
    let (phase, cycle) = &view.cycle;
    let phase = phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
    let label = format!("{phase}{} comes later by ", model.cycle_word().numbered(*cycle));
    let used = canvas.put(inside.x + 1, inside.y, inside.width.saturating_sub(1), &label, Role::Focus);
    let columns = inside.width.saturating_sub(used + 2).min(5);
    canvas.field(inside.x + 1 + used, inside.y, columns, &view.days, true);
    let after = used + columns + 2;
    canvas.put(inside.x + after, inside.y, inside.width.saturating_sub(after), "days", Role::Focus);
    let rest =
        Rect { x: inside.x + 1, y: inside.y + 2, width: inside.width.saturating_sub(2), height: inside.height - 2 };
    let lines = lines(model, view);
    let skip = moved(view.scroll, 0, lines.len());
    canvas.lines(rest, &lines, skip);
}
