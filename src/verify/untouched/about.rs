//! One drug, what the examples say of it, and a row that is missing.

use crate::regimen::{Days, Drug, Numbering, Phase, Regimen, Whom};
use crate::verify::seen::{Seen, Tried, of};

/// Something that nobody has worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untouched {
    /// What it is, in words: `irinotecan at dose level -1`.
    pub what: String,
    /// What the subject of the example must be like, as keys of `subject`; nothing where anybody will do.
    pub subject: String,
    /// The row that is missing.
    pub row: MissingRow,
}

/// A row to be worked out, with its figures left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingRow {
    /// A row of `expect`: where it is, and the key that is left open.
    Expect {
        /// `cycle = 1, day = 8, drug = "paclitaxel"`
        place: String,
        /// `over = ""`
        open: String,
    },
    /// The number of administrations.
    Administrations,
    /// An example of the modification tables: what is found.
    Advise(String),
}

/// A drug, and what the examples say of it.
pub(super) struct About<'a> {
    pub(super) phase: &'a Phase,
    pub(super) several: bool,
    pub(super) drug: &'a Drug,
    pub(super) rows: Vec<&'a Seen>,
    pub(super) absent: Vec<i32>,
}

impl<'a> About<'a> {
    pub(super) fn new(
        regimen: &'a Regimen,
        tried: &'a Tried,
        place: (usize, usize),
        phase: &'a Phase,
        drug: &'a Drug,
    ) -> Self {
        let named = |name: &str| name == drug.id || name == drug.name;
        Self {
            phase,
            several: regimen.phases.len() > 1,
            drug,
            rows: tried.rows.iter().filter(|row| row.place == place).collect(),
            absent: tried.absent.iter().filter(|(name, _)| named(name)).map(|(_, day)| *day).collect(),
        }
    }

    /// The first day on which it is given.
    pub(super) fn first_day(&self) -> i32 {
        match &self.drug.days {
            Days::EveryDay => 1,
            Days::List(days) => days.first().copied().unwrap_or(1),
            Days::ByCycle(rows) => rows.first().and_then(|(_, _, days)| days.first()).copied().unwrap_or(1),
        }
    }

    /// A row about the drug on its first day, with these keys left open.
    pub(super) fn row(&self, open: &str) -> MissingRow {
        self.row_on(None, self.first_day(), open)
    }

    /// A row about a cycle and a day; the cycle is left open where it is not known which number it has.
    pub(super) fn row_on(&self, cycle: Option<u32>, day: i32, open: &str) -> MissingRow {
        let phase = self.phase.id.as_ref().filter(|_| self.several);
        let phase_key = phase.map_or(String::new(), |id| format!("phase = \"{id}\", "));
        let counted = phase.is_none() || self.phase.begins.is_none() || self.phase.numbering == Numbering::Restarts;
        let cycle = cycle.or_else(|| counted.then_some(self.drug.first_cycle.max(1)));
        let cycle = cycle.map_or(String::new(), |cycle| cycle.to_string());
        let place = format!("{phase_key}cycle = {cycle}, day = {day}, drug = \"{}\"", self.drug.id);
        MissingRow::Expect { place, open: open.to_owned() }
    }

    /// `docetaxel in phase after`
    pub(super) fn name(&self) -> String {
        of(self.several.then_some(self.phase), self.drug, Whom::Everybody)
    }

    /// Something of it that is not worked out.
    pub(super) fn gap(&self, what: &str, subject: impl Into<String>, row: MissingRow) -> Untouched {
        Untouched { what: format!("{}{what}", self.name()), subject: subject.into(), row }
    }
}
