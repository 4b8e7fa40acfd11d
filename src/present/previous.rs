//! A dose against the one of the cycle before; a step against the step before.

use std::cmp::Ordering;

use crate::quantity::number::percent;
use crate::quantity::{Amount, decimal};

use super::{DoseRow, Occasion, Schedule};

/// The dose of the cycle before, and how this one differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previous {
    /// `125 mg`
    pub dose: String,
    /// `-20 %`, or `none`.
    pub difference: String,
    /// Whether it differs.
    pub changed: bool,
    /// Whether it is more or less; `None` where the two cannot be compared.
    pub way: Option<Ordering>,
    /// `125 mg in Cycle 1; now -20 %`
    pub words: String,
}

/// The last dose of the same entry of the regimen in an earlier cycle that was not held or omitted; of several
/// days, the one of the same day where there is one. A bolus is never compared with the infusion of the same
/// drug: where a phase gives the drug under another id, that entry is taken, and only if it is the only one.
///
/// Steps before the full dose, and doses that would be held to a step, are compared with the one just before, in whichever
/// cycle that is: of 20, 50, 100 and 200 mg in the weeks of one cycle each is held to the last.
///
/// What was ordered is compared, not what went in: a bag given in part changes no dose.
pub fn earlier<'a>(schedule: &'a Schedule, dose: &DoseRow) -> Option<&'a DoseRow> {
    let at = schedule.doses.iter().position(|one| std::ptr::eq(one, dose))?;
    let rows = schedule.doses.get(..at)?;
    let last = of_cycle_before(rows, dose);
    let own = |one: &&DoseRow| one.id == dose.id && one.date() < dose.date() && one.counts() && one.planned().is_some();
    let just_before = rows.iter().rev().find(own);
    let steps = |one: &DoseRow| one.planned().is_some_and(|planned| planned.step);
    if [Some(dose), just_before, last].into_iter().flatten().any(steps) { just_before.or(last) } else { last }
}

fn of_cycle_before<'a>(rows: &'a [DoseRow], dose: &DoseRow) -> Option<&'a DoseRow> {
    let earlier = rows
        .iter()
        .rev()
        .filter(|one| one.drug == dose.drug && (one.cycle != dose.cycle || one.phase != dose.phase) && one.counts());
    let earlier: Vec<&DoseRow> = earlier.filter(|one| one.planned().is_some()).collect();
    let known = earlier.iter().any(|one| one.id == dose.id);
    let mut earlier = earlier.into_iter().filter(|one| !known || one.id == dose.id).peekable();
    let newest = earlier.peek().map(|one| (one.cycle, one.phase.clone()))?;
    let same: Vec<&DoseRow> = earlier.take_while(|one| (one.cycle, one.phase.clone()) == newest).collect();
    let one_entry = same.iter().all(|one| Some(&one.id) == same.first().map(|first| &first.id));
    same.iter().find(|one| one.day == dose.day && one.part == dose.part).or(same.first()).filter(|_| one_entry).copied()
}

/// The dose against that one. All that is taken on a day is compared: of 1,500 and 2,000 mg a day neither is the dose.
pub fn previous(schedule: &Schedule, dose: &DoseRow) -> Option<Previous> {
    // What was given beyond the plan was ordered by nobody: another part of a dose is no dose of its own.
    dose.planned()?;
    let last = earlier(schedule, dose)?;
    let (before, now) = (last.to_prepare(), dose.to_prepare());
    let changed = before.portion != now.portion || times(before) != times(now);
    let days = a_day(before).zip(a_day(now)).and_then(|(before, now)| Some((before, now.in_unit(before.unit)?)));
    let share = days.and_then(|(before, now)| decimal::difference_percent(now.value, before.value));
    let difference = match (changed, share) {
        (false, _) => "none".to_owned(),
        (true, Some(share)) => percent(share),
        (true, None) => "other units".to_owned(),
    };
    let way = days.map(|(before, now)| now.value.cmp(&before.value));
    let dose = before.portion.to_string();
    // Of a record: what nobody gave is no last dose.
    let open = last.given().is_none() && !schedule.history.is_empty();
    let planned = if open { " planned" } else { "" };
    let open = if open { ", not on record as given" } else { "" };
    let words = format!("{dose}{planned} in {}{open}; difference {difference}", last.cycle_word.titled(last.cycle));
    Some(Previous { dose, difference, changed, way, words })
}

/// How many doses a day.
fn times(at: &Occasion) -> u32 {
    at.run.as_ref().map_or(1, |run| run.times_a_day.max(1))
}

/// All that goes in on a day on which it is taken: every dose of that day, of an infusion all of it.
fn a_day(at: &Occasion) -> Option<Amount> {
    let times = if at.portion.halves.is_some() { 2 } else { times(at) };
    at.portion.total(times - times / 2, times / 2)
}

/// The same, where the day has several doses.
pub fn all_day(at: &Occasion) -> Option<Amount> {
    a_day(at).filter(|_| times(at) > 1 || at.portion.halves.is_some())
}
