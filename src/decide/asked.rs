//! What a double check asks of the second person, and what they typed.

use crate::calendar::Date;
use crate::course::event::Looked;
use crate::course::{CycleKey, Key};
use crate::quantity::Amount;
use crate::regimen::{CycleWord, HalfDay};
use crate::subject::{Fact, Value};

/// A figure that the second person types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedFigure {
    /// From the source: the newest measurement or result.
    Fact(Fact),
    /// Worked out from the protocol.
    Dose(AskedDose),
}

/// A dose that the second person works out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedDose {
    /// Which administration.
    pub key: Key,
    /// The half of the day, where both differ.
    pub half: Option<HalfDay>,
    /// The drug in full, with its part of the day.
    pub label: String,
}

/// A figure as the second person typed it.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedFigure {
    /// A measurement or result.
    Fact(Value),
    /// A dose.
    Dose(AskedDose, Amount),
}

/// What is asked of the second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitToVerify {
    /// The cycle.
    pub cycle: CycleKey,
    /// What the trial calls it.
    pub word: CycleWord,
    /// The day of it.
    pub day: i32,
    /// The planned day.
    pub date: Date,
    /// Each figure, in the order in which it is asked.
    pub asked: Vec<AskedFigure>,
    /// What may be ticked of each dose beside its figure.
    pub ticks: Vec<(Key, Vec<Looked>)>,
    /// Who entered figures of the visit, or cleared it, and may not check it.
    pub entered_by: Vec<String>,
}

impl AskedFigure {
    /// What a form calls it: `Weight`, `capecitabine morning`.
    pub fn label(&self) -> &str {
        match self {
            AskedFigure::Fact(fact) => fact.described().label,
            AskedFigure::Dose(dose) => &dose.label,
        }
    }
}

impl TypedFigure {
    /// Whether it is the figure that is asked.
    pub(super) fn answers(&self, asked: &AskedFigure) -> bool {
        match (asked, self) {
            (AskedFigure::Fact(fact), TypedFigure::Fact(value)) => value.fact() == *fact,
            (AskedFigure::Dose(dose), TypedFigure::Dose(of, _)) => (&dose.key, dose.half) == (&of.key, of.half),
            _ => false,
        }
    }
}
