//! Which doses must be given, and which must not without an act: the doses of `tests/vectors/doses_in_use.csv` through the check
//! that file and plan ask, for somebody of 1.75 m² and 70 kg.

use crate::finding::Severity;
use crate::plausibility::doses::{self, Body, Given, Mode};
use crate::quantity::ProtocolDose;

use super::people::Way;

const LIST: &str = include_str!("../../tests/vectors/doses_in_use.csv");

/// A dose, as a file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the columns of the list
pub struct Dosed {
    pub substance: &'static str,
    pub route: &'static str,
    pub mode: &'static str,
    pub rescue: bool,
    pub dose: &'static str,
    pub way: Option<Way>,
}

/// Every dose on the list.
pub fn dosed() -> impl Iterator<Item = Dosed> {
    LIST.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let mut cell = || cells.next().unwrap_or("");
        let (substance, route, mode) = (cell(), cell(), cell());
        Dosed { substance, route, mode, rescue: cell() == "rescue", dose: cell(), way: Way::read(cell()) }
    })
}

impl Dosed {
    /// What the program asks of it; `None` where it cannot be read.
    pub fn asked(&self) -> Option<Way> {
        let mode = match self.mode {
            "push" => Some(Mode::Push),
            "short" => Some(Mode::Short),
            "long" => Some(Mode::Long),
            _ => None,
        };
        let weekly = self.mode == "weekly";
        let (substance, route, rescue) = (self.substance, Some(self.route), self.rescue);
        let given = Given { substance, route, mode, rescue, weekly, form: None };
        let dose = ProtocolDose::read(self.dose).ok()?;
        Some(match doses::large(&given, dose, Body::REFERENCE).map(|large| large.severity) {
            Some(Severity::Block) => Way::Closed,
            Some(Severity::Confirm) => Way::Confirm,
            Some(Severity::Warn | Severity::Note) | None => Way::Open,
        })
    }
}

/// How many are on the list, and those that are asked about otherwise than it says.
pub fn run() -> (usize, Vec<Dosed>) {
    (dosed().count(), dosed().filter(|one| one.way.is_none() || one.way != one.asked()).collect())
}
