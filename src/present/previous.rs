//! A dose against the one of the cycle before.

use crate::quantity::number::percent;
use crate::quantity::{Decimal, Portion, decimal};

use super::{DoseRow, Schedule};

/// The dose of the cycle before, and how this one differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previous {
    /// `125 mg`
    pub dose: String,
    /// `-20 %`, or `none`.
    pub difference: String,
    /// Whether it differs.
    pub changed: bool,
    /// `125 mg in Cycle 1; now -20 %`
    pub words: String,
}

/// The last dose of the same entry of the regimen in an earlier cycle that was not held or omitted; of several
/// days, the one of the same day where there is one. A bolus is never compared with the infusion of the same
/// drug: where a phase gives the drug under another id, that entry is taken, and only if it is the only one.
///
/// What was ordered is compared, not what went in: a bag given in part changes no dose.
pub fn earlier<'a>(schedule: &'a Schedule, dose: &DoseRow) -> Option<&'a DoseRow> {
    let at = schedule.doses.iter().position(|one| std::ptr::eq(one, dose))?;
    let earlier =
        schedule.doses.get(..at)?.iter().rev().filter(|one| {
            one.drug == dose.drug && (one.cycle != dose.cycle || one.phase != dose.phase) && one.counts()
        });
    let earlier: Vec<&DoseRow> = earlier.filter(|one| one.planned().is_some()).collect();
    let known = earlier.iter().any(|one| one.id == dose.id);
    let mut earlier = earlier.into_iter().filter(|one| !known || one.id == dose.id).peekable();
    let newest = earlier.peek().map(|one| (one.cycle, one.phase.clone()))?;
    let same: Vec<&DoseRow> = earlier.take_while(|one| (one.cycle, one.phase.clone()) == newest).collect();
    let one_entry = same.iter().all(|one| Some(&one.id) == same.first().map(|first| &first.id));
    same.iter().find(|one| one.day == dose.day && one.part == dose.part).or(same.first()).filter(|_| one_entry).copied()
}

/// The dose against that one.
pub fn previous(schedule: &Schedule, dose: &DoseRow) -> Option<Previous> {
    let last = earlier(schedule, dose)?;
    let (before, now) = (last.to_prepare().portion, dose.to_prepare().portion);
    let changed = before != now;
    let difference = match (changed, difference(before, now)) {
        (false, _) => "none".to_owned(),
        (true, Some(share)) => percent(share),
        (true, None) => "other units".to_owned(),
    };
    let words = format!("{before} in Cycle {}; difference {difference}", last.cycle);
    Some(Previous { dose: before.to_string(), difference, changed, words })
}

fn difference(before: Portion, now: Portion) -> Option<Decimal> {
    if before.amount.unit != now.amount.unit {
        return None;
    }
    decimal::difference_percent(now.amount.value, before.amount.value)
}
