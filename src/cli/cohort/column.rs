//! The columns of a list of subjects.

use crate::subject::Fact;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The subject's code.
    Code,
    /// A fact, written as the option of its name.
    Fact(Fact),
    /// Reduced doses.
    Level,
    /// What was received before.
    Exposure,
    /// Drugs given instead.
    Instead,
    /// What this command wrote beside the row.
    Ours,
}

/// What this command writes behind the cells of a row that it does not plan.
pub(super) const OURS: [&str; 3] = ["verdict", "reasons", "line"];

impl Column {
    /// The column of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "code" => Some(Column::Code),
            "level" => Some(Column::Level),
            "exposure" => Some(Column::Exposure),
            "instead" => Some(Column::Instead),
            ours if OURS.contains(&ours) => Some(Column::Ours),
            _ => Fact::ALL.iter().copied().find(|fact| fact.name() == name).map(Column::Fact),
        }
    }
}
