//! What decides a drug's dose beside the protocol dose: tables, starting doses, ramps, loading, fractions.

use crate::quantity::{Amount, Decimal, Period, ProtocolDose, Volume};

use super::{Condition, Ladder, Stated};

/// One row of a table of doses.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseRow {
    /// Whom it is for.
    pub when: Condition,
    /// The dose; `None` where no source gives one.
    pub dose: Option<ProtocolDose>,
    /// Morning and evening, where they differ.
    pub parts: Option<(Amount, Amount)>,
    /// The larger first dose.
    pub loading: Option<ProtocolDose>,
    /// Days from one day 1 to the next.
    pub length: Option<i32>,
    /// The ladder from here.
    pub ladder: Option<Ladder>,
}

/// A starting dose under a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// When.
    pub when: Condition,
    /// What.
    pub dose: StartDose,
    /// The ladder from here.
    pub ladder: Option<Ladder>,
}

/// What a condition changes.
#[derive(Debug, Clone, PartialEq)]
pub enum StartDose {
    /// The protocol dose is replaced.
    Dose(ProtocolDose),
    /// A percentage of the capped dose.
    Percent(Decimal),
}

/// A dose that is a fraction of another drug's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FractionOfDrug {
    /// The other drug's id.
    pub drug: String,
    /// Percent of its dose.
    pub percent: Decimal,
    /// What the fraction comes to where the other drug is not given: so many percent of its protocol dose.
    pub dose: ProtocolDose,
}

/// A step before the full dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ramp {
    /// Its dose.
    pub dose: ProtocolDose,
    /// How long it lasts.
    pub lasts: RampLength,
    /// Shortest and longest interval to the next dose, in days.
    pub next: Option<(Option<i32>, Option<i32>)>,
}

/// How long a step lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RampLength {
    /// Days from its first dose.
    Days(i32),
    /// So many doses.
    Doses(u32),
}

/// How a radioactive dose decays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decay {
    /// Half-life in hours.
    pub half_life: Decimal,
    /// The supplier's reference time lies so many hours before use.
    pub ordered_before: Option<Decimal>,
}

impl Decay {
    /// What one unit at the time of use must be so many hours before: 2 to the power of hours ÷ half-life.
    ///
    /// ```
    /// # use posology::regimen::Decay;
    /// # use posology::quantity::Decimal;
    /// let radium = Decay { half_life: Decimal::new(2736, 1), ordered_before: None };
    /// let doubled = radium.before(Decimal::new(2736, 1)).unwrap(); // one half-life before
    /// assert!((doubled - Decimal::TWO).abs() < Decimal::new(1, 9));
    /// ```
    pub fn before(&self, hours: Decimal) -> Option<Decimal> {
        crate::quantity::decimal::pow(Decimal::TWO, hours.checked_div(self.half_life)?)
    }
}

/// How a dose is diluted.
#[derive(Debug, Clone, PartialEq)]
pub struct Dilution {
    /// The diluent; `None` where it is given undiluted.
    pub fluid: Option<String>,
    /// Diluents that must not be used.
    pub never: Vec<String>,
    /// Volume of the bag; `None` where nobody knows it.
    pub volume: Option<Volume>,
    /// Lowest concentration allowed, in 1 mL.
    pub from: Option<Amount>,
    /// Highest concentration allowed, in 1 mL.
    pub through: Option<Amount>,
}

/// A larger first dose.
#[derive(Debug, Clone, PartialEq)]
pub struct Loading {
    /// Dose; `None` where every row of the table brings its own.
    pub dose: Option<ProtocolDose>,
    /// Length of that infusion.
    pub over: Option<Stated<Period>>,
    /// Again when the last dose is this many days ago; unknown is told.
    pub again_after: Option<Stated<i32>>,
}
