//! From a protocol dose to the amount one subject receives, with every step written down.
//!
//! The order is fixed: protocol dose (a dose level or a starting rule replaces it) × body size →
//! capped → percent of the capped dose (that of the start, then the one in force) → capped again →
//! rounded, once. Each [`Step`] carries its figure, so a pharmacist with a pocket calculator gets the same dose from the printed steps alone.

mod amount;
mod assigned;
pub mod codes;
mod error;
mod halves;
mod kidney;
mod marks;
mod needs;
mod protocol;
mod rounding;
mod size;
mod supply;

pub use amount::dose;
pub use assigned::{assigned, doses_for, ladder_for};
pub use error::DoseError;
pub use kidney::{estimated_gfr, measured_gfr};
pub use needs::{is_measured, needs, tests};
pub use rounding::{TooFar, rounded, too_far};
pub use size::{Size, size};
pub use supply::{Supply, prepared, supply, vials};

use marks::marks as dose_marks;

use std::sync::Arc;

use crate::formula::{Line, figure};
use crate::quantity::number;
use crate::quantity::{Age, Amount, Basis, Creatinine, Decimal, Gfr, Height, ProtocolDose, Results, Sex, Weight};
use crate::regimen::{Assignment, Mark};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Body surface, ideal or adjusted weight.
    Size,
    /// Kidney function.
    Kidney,
    /// The protocol dose, a dose level or a starting rule.
    Protocol,
    /// Protocol dose × body size.
    Multiply,
    /// A cap.
    Cap,
    /// A percentage of the capped dose.
    Percent,
    /// Rounding.
    Round,
    /// How a day's dose or a long infusion is divided.
    Divide,
    /// Volume, vials, tablets.
    Supply,
    /// What was really given.
    Given,
}

/// One step of a dose, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// What it gives.
    pub label: String,
    /// The numbers put in.
    pub expression: String,
    /// The figure.
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
    /// Of a rounding: the change in percent.
    pub difference: Option<Decimal>,
    /// Of a figure that does not end: what to work with.
    pub about: Option<Decimal>,
}

impl Step {
    fn new(
        kind: StepKind,
        label: impl Into<String>,
        expression: impl Into<String>,
        value: Decimal,
        unit: &str,
    ) -> Self {
        Self {
            kind,
            label: label.into(),
            expression: expression.into(),
            value,
            unit: unit.to_owned(),
            difference: None,
            about: None,
        }
    }

    fn from_line(kind: StepKind, line: Line) -> Self {
        Self {
            kind,
            label: line.label,
            expression: line.expression,
            value: line.value,
            unit: line.unit.to_owned(),
            difference: None,
            about: None,
        }
    }

    /// The result with its unit: `122.5 mg`; `28.604651… mL, about 28.6 mL`.
    pub fn result(&self) -> String {
        if self.unit.is_empty() {
            return figure(self.value);
        }
        let about = self.about.map_or(String::new(), |about| format!(", about {} {}", number::print(about), self.unit));
        format!("{} {}{about}", figure(self.value), self.unit)
    }

    /// The step in one line: `dose: 70 mg/m² × 1.75 m² = 122.5 mg`.
    pub fn sentence(&self) -> String {
        let difference = self.difference.map_or(String::new(), |percent| format!(" ({})", number::percent(percent)));
        if self.expression.is_empty() {
            format!("{}: {}{difference}", self.label, self.result())
        } else {
            format!("{}: {} = {}{difference}", self.label, self.expression, self.result())
        }
    }
}

impl Dose {
    /// Which dose it starts from, where the subject decides that: `starting dose 50 mg/m² (genotype UGT1A1*28/*28)`.
    pub fn start_words(&self) -> Option<String> {
        let step = self.steps.iter().find(|step| step.kind == StepKind::Protocol && !step.expression.is_empty())?;
        Some(format!("{} {} ({})", step.label, step.result(), step.expression))
    }
}

/// Tablets by strength: how many of each.
pub type Counted = Vec<(u32, Amount)>;

/// The dose of one administration.
#[derive(Debug, Clone, PartialEq)]
pub struct Dose {
    /// What is given.
    pub amount: Amount,
    /// The last figure before rounding.
    pub calculated: Amount,
    /// The figure before a cap cut it.
    pub uncapped: Option<Amount>,
    /// Rounding difference in percent, against the last figure before it.
    pub difference: Option<Decimal>,
    /// The protocol dose in force.
    pub per: ProtocolDose,
    /// Dose level in force; 0 is the assigned start.
    pub level: i32,
    /// Percent in force: that of the start times that of a reduction.
    pub percent: Option<Decimal>,
    /// The start this subject was assigned, which levels are counted from; `None` of an amount without a calculation.
    pub start: Option<Arc<Assignment>>,
    /// Whether it is a loading dose.
    pub loading: bool,
    /// Whether it is a step before the full dose.
    pub step: bool,
    /// Morning and evening amounts, where the parts of a day differ.
    pub parts: Option<(Amount, Amount)>,
    /// A long infusion's dose of each 24 hours, where the file gives the total (or the total, where it gives the day).
    pub spread: Option<(String, Amount)>,
    /// Volume, vials, tablets of one administration.
    pub supply: Supply,
    /// Tablets of the morning and of the evening, where the parts of a day differ.
    pub part_tablets: Option<(Counted, Counted)>,
    /// The row of a table or starting rule that only the rounded kidney function lies in.
    pub by_rounding: Option<Arc<RowByRounding>>,
    /// Every step.
    pub steps: Vec<Step>,
    /// Keys nobody has verified, or in conflict, that enter this figure: `unverified: round`.
    pub marks: Vec<Mark>,
}

/// A kidney function whose rounding takes it over the edge of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowByRounding {
    /// As it was measured or estimated, in mL/min.
    pub found: Decimal,
    /// Rounded as the regimen says.
    pub used: Decimal,
    /// The dose of the row taken, and the percentage of a starting rule.
    pub taken: (ProtocolDose, Option<Decimal>),
    /// The same of the row in which the unrounded figure lies; `None` where it lies in none.
    pub other: Option<(ProtocolDose, Option<Decimal>)>,
}

impl Dose {
    /// The body surface or weight behind it: the product over the protocol's figure. 1 of a flat dose.
    pub fn size(&self) -> Option<Decimal> {
        if self.per.basis == Basis::Flat {
            return Some(Decimal::ONE);
        }
        let product = self.steps.iter().rev().find(|step| step.kind == StepKind::Multiply)?;
        product.value.checked_div(self.per.value)
    }

    /// An amount without a calculation: one step tells what it is.
    pub fn stated(amount: Amount, step: Step) -> Self {
        let per = ProtocolDose { value: amount.value, unit: amount.unit, basis: Basis::Flat };
        Self {
            amount,
            calculated: amount,
            uncapped: None,
            difference: None,
            per,
            level: 0,
            percent: None,
            start: None,
            loading: false,
            step: false,
            parts: None,
            spread: None,
            supply: Supply::default(),
            part_tablets: None,
            by_rounding: None,
            steps: vec![step],
            marks: Vec::new(),
        }
    }
}

/// What is known of a subject on one day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct SubjectOnDay<'a> {
    pub height: Option<Height>,
    pub weight: Option<Weight>,
    pub sex: Option<Sex>,
    pub age: Option<Age>,
    /// Age on the first day of treatment, where it is another day.
    pub age_at_start: Option<Age>,
    pub creatinine: Option<Creatinine>,
    pub gfr: Option<Gfr>,
    pub genotype: Option<&'a str>,
    pub tests: Option<&'a Results>,
    pub cohort: Option<&'a str>,
    /// What was known on day 1 of cycle 1, for a kidney function that is never computed again.
    pub first: Option<&'a SubjectOnDay<'a>>,
}

/// What is in force for one drug.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Modification {
    /// Dose level.
    pub level: i32,
    /// Percent of the capped dose.
    pub percent: Option<Decimal>,
    /// The first dose of a drug that loads.
    pub loading: bool,
    /// The step before the full dose, by its place.
    pub ramp: Option<usize>,
    /// The dose of which this drug's is a fraction.
    pub of: Option<Amount>,
}
