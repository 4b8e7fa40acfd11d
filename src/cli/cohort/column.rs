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
    /// The unit of a bare figure beside it: `weight-unit`.
    Unit(Fact),
    /// Answers to what would be asked.
    Answer(Answered),
    /// What this command wrote beside the row.
    Ours,
}

/// How a row answers what would be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answered {
    /// A WARN, with the reason.
    Accept,
    /// A CONFIRM, with the reason.
    Confirm,
    /// Who confirms it.
    Second,
    /// The dose in question, as the second person works it out.
    SecondFigure,
}

/// Each with its column, written as the option of that name.
const ANSWERS: [(&str, Answered); 4] = [
    ("accept", Answered::Accept),
    ("confirm", Answered::Confirm),
    ("second", Answered::Second),
    ("second-figure", Answered::SecondFigure),
];

/// What may have its unit in a column of its own.
const WITH_UNIT: [Fact; 4] = [Fact::Height, Fact::Weight, Fact::Creatinine, Fact::Gfr];

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
            _ => {
                let fact = Fact::ALL.iter().copied().find(|fact| fact.name() == name).map(Column::Fact);
                let of_unit = |fact: &&Fact| name.strip_suffix("-unit") == Some(fact.name());
                let unit = || WITH_UNIT.iter().find(of_unit).map(|fact| Column::Unit(*fact));
                let answer = || ANSWERS.iter().find(|(one, _)| *one == name).map(|(_, how)| Column::Answer(*how));
                fact.or_else(unit).or_else(answer)
            }
        }
    }

    /// Every name that a list may have.
    pub(super) fn names() -> Vec<String> {
        let facts = Fact::ALL.iter().map(|fact| fact.name().to_owned());
        let units = WITH_UNIT.iter().map(|fact| format!("{}-unit", fact.name()));
        let answers = ANSWERS.iter().map(|(name, _)| (*name).to_owned());
        let others = ["level", "exposure", "instead"].map(str::to_owned);
        std::iter::once("code".to_owned()).chain(facts).chain(units).chain(others).chain(answers).collect()
    }
}
