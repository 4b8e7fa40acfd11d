//! Every code a finding may have, of every room.

use crate::finding::Code;
use crate::{advice, decide, dosing, format, library, plan, plausibility, regimen, study, subjects, tui};

/// The list of each room.
const ROOMS: &[&[Code]] = &[
    format::codes::ALL,
    plausibility::codes::CODES,
    regimen::codes::CODES,
    dosing::codes::CODES,
    plan::codes::CODES,
    advice::codes::CODES,
    decide::codes::CODES,
    library::codes::CODES,
    study::codes::CODES,
    subjects::codes::CODES,
    tui::codes::CODES,
];

/// Every code, room by room: those of the checker first.
pub fn all() -> impl Iterator<Item = Code> {
    ROOMS.iter().flat_map(|room| room.iter().copied())
}

/// Every code that is no rule of the checker, by name.
pub fn words() -> Vec<Code> {
    let mut codes: Vec<Code> = ROOMS.iter().skip(1).flat_map(|room| room.iter().copied()).collect();
    codes.sort_by_key(|code| code.name());
    codes
}
