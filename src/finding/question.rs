//! What a finding asks of a person, and the figure that is in question.

use super::Field;
use crate::quantity::{Amount, Decimal};

/// What lifts a finding that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lift {
    /// A reason.
    Reason,
    /// These measured again, and typed without seeing what was typed first; with a reason.
    Again(Vec<Field>),
    /// The unit, typed behind the figure: nothing else is asked. One way for each unit it may be in, as typed first.
    Unit(Vec<InUnits>),
    /// A second person, with a reason; where a dose is in question they work it out and type it, without seeing it.
    Second(Option<DoseInQuestion>),
}

/// A dose that the second person types: how much goes in each time, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoseInQuestion {
    /// The drug, by its full name.
    pub drug: String,
    /// What may be typed: one dose, each half of a day, all days of an infusion.
    pub doses: Vec<Amount>,
}

impl DoseInQuestion {
    /// Whether what was typed for a drug is its dose, in whatever unit.
    pub fn is(&self, drug: &str, typed: Amount) -> bool {
        self.drug == drug && self.doses.iter().any(|dose| dose.plain() == typed.plain())
    }
}

/// What is typed into which field, so that the unit is said: `133kg` as the weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUnits {
    /// Each field with its text.
    pub typed: Vec<(Field, String)>,
}

impl InUnits {
    /// `133kg`, `67in and 143lb`
    pub fn words(&self) -> String {
        self.typed.iter().map(|(_, typed)| typed.as_str()).collect::<Vec<_>>().join(" and ")
    }
}

/// The figure in question, by which an answer is known to hold still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// In the unit of the finding: an answer holds within 5 %.
    Value(Decimal),
    /// Of a child, in standard deviations from the mean of its age: an answer holds within one.
    Deviations(Decimal),
}

/// An answer holds while the figure is within 5 % of the one it was given for.
const NEAR: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl Figure {
    /// Whether an answer to `other` answers this too.
    pub fn is_near(self, other: Self) -> bool {
        let apart = |a: Decimal, b: Decimal| a.checked_sub(b).map(|apart| apart.abs());
        match (self, other) {
            (Figure::Value(now), Figure::Value(then)) => {
                let room = then.abs().checked_mul(NEAR);
                apart(now, then).zip(room).is_some_and(|(apart, room)| apart < room || apart.is_zero())
            }
            (Figure::Deviations(now), Figure::Deviations(then)) => {
                apart(now, then).is_some_and(|apart| apart < Decimal::ONE)
            }
            _ => false,
        }
    }
}

/// What is in question and what would answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The figure; `None` where the answer holds whatever it is.
    pub figure: Option<Figure>,
    /// What lifts it.
    pub lift: Lift,
}

#[cfg(test)]
mod tests {
    use super::Figure::{Deviations, Value};
    use super::*;

    #[test]
    fn an_answer_holds_until_the_figure_moves() {
        let of = |value: i64| Value(Decimal::new(value, 1));
        assert!(of(1045).is_near(of(1000)) && of(955).is_near(of(1000)));
        assert!(!of(1050).is_near(of(1000)) && !of(950).is_near(of(1000)));
        let z = |value: i64| Deviations(Decimal::new(value, 1));
        assert!(z(-40).is_near(z(-31)) && !z(-41).is_near(z(-31)) && !z(10).is_near(of(10)));
    }
}
