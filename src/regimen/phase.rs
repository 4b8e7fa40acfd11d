//! A phase: cycles of one length with their drugs.

use super::{Begins, Cycle, Drug, Numbering, Provenance};

/// A phase: a run of cycles of one length with its own drugs.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Short name; `None` in a regimen of one phase.
    pub id: Option<String>,
    /// The name people use.
    pub name: Option<String>,
    /// How its cycles are numbered.
    pub numbering: Numbering,
    /// When it begins; `None` for the first.
    pub begins: Option<Begins>,
    /// Its cycle.
    pub cycle: Cycle,
    /// Its drugs, in the order they are given.
    pub drugs: Vec<Drug>,
    /// Where `numbering` and `begins` come from.
    pub provenance: Provenance,
}

impl Phase {
    /// As people read it: its name, else its short name; `None` in a regimen of one phase.
    pub fn shown(&self) -> Option<String> {
        self.name.as_ref().or(self.id.as_ref()).filter(|_| self.id.is_some()).cloned()
    }

    /// A table of the file that belongs to it, by its short name: `cycle induction`.
    pub(super) fn of_table(&self, table: &str) -> String {
        self.id.as_ref().map_or(table.to_owned(), |id| format!("{table} {id}"))
    }

    /// The same as people read it: `cycle of Induction`.
    pub(super) fn of_table_shown(&self, table: &str) -> String {
        self.shown().map_or(table.to_owned(), |name| format!("{table} of {name}"))
    }
}
