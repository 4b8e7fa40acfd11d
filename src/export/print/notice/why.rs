//! Why a dose changed: what was measured, what was decided, what the regimen orders from this cycle on.

use crate::calendar::{Date, with_weekday};
use crate::plan::Reading;
use crate::present::{CycleRow, DoseRow, PlannedRow, Schedule, words};
use crate::quantity::number::percent;
use crate::quantity::{Decimal, decimal};

use super::Change;

/// One reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// `Weight 65 kg → 58 kg (−10.8 %)`
    pub(super) what: String,
    /// What stands behind it.
    pub(super) more: Vec<String>,
}

/// Every reason of the changes of a cycle, each once.
pub(super) fn reasons(schedule: &Schedule, cycle: &CycleRow, changes: &[Change<'_>]) -> Vec<Reason> {
    let mut all: Vec<Reason> = Vec::new();
    for change in changes {
        let (Some(before), Some(now)) = (change.before.planned(), change.now.planned()) else { continue };
        let mut own = measured(before, now);
        own.extend(decided(schedule, change));
        if before.per != now.per && own.is_empty() {
            own.push(ordered(change.now, before, now));
        }
        if own.is_empty() {
            let what = format!("{}: worked out anew", change.now.shown_apart());
            own.push(Reason { what, more: vec!["The working is beside the dose.".to_owned()] });
        }
        all.extend(own.into_iter().filter(|reason| !all.contains(reason)).collect::<Vec<_>>());
    }
    let delays = schedule
        .sheets
        .reasons
        .iter()
        .filter(|reason| reason.drug.is_none() && reason.cycle == cycle.number && reason.phase == cycle.phase);
    all.extend(delays.map(|reason| Reason {
        what: format!("The {} is {}", cycle.word.one(), reason.what),
        more: vec![reason.why.clone()],
    }));
    all
}

/// What was measured anew.
fn measured(before: &PlannedRow, now: &PlannedRow) -> Vec<Reason> {
    let (was, is) = (&before.inputs, &now.inputs);
    let mut reasons = Vec::new();
    reasons.extend(moved("Weight", was.weight, is.weight, |weight| Some(weight.value())));
    reasons.extend(moved("Height", was.height, is.height, |_| None));
    reasons.extend(moved("Creatinine", was.creatinine, is.creatinine, |_| None));
    reasons.extend(moved("Kidney function", was.gfr, is.gfr, |_| None));
    let size = |row: &PlannedRow| row.inputs.size.as_ref().and_then(|size| size.bsa);
    if let (Some(first), Some(was), Some(is)) = (reasons.first_mut(), size(before), size(now))
        && was != is
    {
        first.more.push(format!("Body surface {was} → {is}."));
    }
    reasons
}

fn moved<T: PartialEq + Copy + std::fmt::Display>(
    name: &str,
    was: Option<Reading<T>>,
    is: Option<Reading<T>>,
    figure: impl Fn(T) -> Option<Decimal>,
) -> Option<Reason> {
    let (was, is) = (was?, is?);
    if was.value == is.value {
        return None;
    }
    let share = figure(was.value).zip(figure(is.value)).and_then(|(was, is)| decimal::difference_percent(is, was));
    let share = share.map_or(String::new(), |share| format!(" ({})", percent(share)));
    let on = |on: Option<Date>| on.map_or("on a day not stated".to_owned(), |on| format!("on {}", with_weekday(on)));
    let more = format!("{} measured {}; doses until now were made from {}.", is.value, on(is.on), was.value);
    Some(Reason { what: format!("{name} {} → {}{share}", was.value, is.value), more: vec![more] })
}

/// Levels and percentages that came into force between the two doses.
fn decided(schedule: &Schedule, change: &Change<'_>) -> Vec<Reason> {
    let (before, now) = (change.before, change.now);
    let since = |cycle: u32| cycle <= now.cycle && (before.phase != now.phase || cycle > before.cycle);
    let own =
        schedule.sheets.reasons.iter().filter(|reason| {
            reason.drug.as_deref() == Some(&now.id) && reason.phase == now.phase && since(reason.cycle)
        });
    own.map(|reason| Reason { what: format!("{}: {}", now.shown_apart(), reason.what), more: vec![reason.why.clone()] })
        .collect()
}

/// A step of the regimen itself.
fn ordered(dose: &DoseRow, before: &PlannedRow, now: &PlannedRow) -> Reason {
    let per = |row: &PlannedRow| words::squared(&row.per.to_string());
    let what = format!("{}: {} → {}", dose.shown_apart(), per(before), per(now));
    let more = if before.loading { "The loading dose is over." } else { "The regimen orders it so from now on." };
    Reason { what, more: vec![more.to_owned()] }
}
