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
