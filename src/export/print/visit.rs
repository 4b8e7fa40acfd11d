//! How a visit is called, and whether it is wanted.

use crate::calendar::{Date, print_short, weekday};
use crate::present::{DoseRow, DoseState, Schedule};
use crate::regimen::CycleWord;

use super::super::Options;

/// `Cycle 2 Day 8`, with the phase where there are several.
pub(super) fn named(word: CycleWord, phase: Option<&str>, cycle: u32, day: i32) -> String {
    let phase = phase.map_or(String::new(), |phase| format!("{phase}, "));
    format!("{phase}{} Day {day}", word.titled(cycle))
}

/// The visit of a dose: of one so many hours after another that of its own day.
pub(super) fn visit(dose: &DoseRow) -> String {
    named(dose.cycle_word, dose.phase_name.as_deref(), dose.cycle, dose.own_day)
}

/// `Cycle 2`, or `Induction, cycle 2` where there are several phases.
pub(super) fn cycle_words(word: CycleWord, phase: Option<&str>, cycle: u32) -> String {
    phase.map_or_else(|| word.titled(cycle), |phase| format!("{phase}, {}", word.numbered(cycle)))
}

/// `Mon 07-Dec`, where the year stands nearby.
pub(super) fn short(date: Date) -> String {
    format!("{} {}", weekday(date).get(..3).unwrap_or_default(), print_short(date))
}

/// Whether the cycle is one of those that are printed.
pub(super) fn wanted(options: &Options, cycle: u32) -> bool {
    options.print.cycle.is_none_or(|wanted| wanted == cycle)
}

/// Whether a worksheet or a label is printed for a dose: it is still to be prepared, or it was given and somebody asks for the
/// sheets of what was done. A bag that is prepared a second time can be hung a second time, and after the end of treatment
/// nothing is prepared, not even what was never recorded.
pub(super) fn prepared(schedule: &Schedule, options: &Options, dose: &DoseRow) -> bool {
    match dose.state() {
        DoseState::Projected => schedule.discontinued.is_none(),
        DoseState::Given | DoseState::Incomplete => options.print.given,
        DoseState::Held | DoseState::Omitted | DoseState::Missed => false,
    }
}
