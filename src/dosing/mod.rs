//! From a protocol dose to the amount one subject receives, with every step written down.
//!
//! The order is fixed: protocol dose (a dose level or a starting rule replaces it) × body size →
//! capped → percent of the capped dose (that of the start, then the one in force) → capped again →
//! rounded, once. Each [`Step`] carries its figure, so a pharmacist with a pocket calculator gets the same dose from the printed steps alone.

mod amount;
mod assigned;
pub mod codes;
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
pub use kidney::{estimated_gfr, measured_gfr};
pub use needs::{is_measured, needs, tests};
pub use rounding::{TooFar, rounded, too_far};
pub use size::{Size, size};
pub use supply::{Supply, prepared, supply, vials};

use marks::marks as dose_marks;

use std::sync::Arc;

use crate::finding::Finding;
use crate::formula::{FormulaError, Line, Need, figure};
use crate::quantity::number;
use crate::quantity::{Age, Amount, Basis, Creatinine, Decimal, Gfr, Height, ProtocolDose, Results, Sex, Weight};
use crate::regimen::Assignment;

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
    /// Morning and evening amounts, where the parts of a day differ.
    pub parts: Option<(Amount, Amount)>,
    /// A long infusion's dose of each 24 hours, where the file gives the total (or the total, where it gives the day).
    pub spread: Option<(String, Amount)>,
    /// Volume, vials, tablets of one administration.
    pub supply: Supply,
    /// Tablets of the morning and of the evening, where the parts of a day differ.
    pub part_tablets: Option<(Counted, Counted)>,
    /// Every step.
    pub steps: Vec<Step>,
    /// Keys nobody has verified, or in conflict, that enter this figure: `unverified: round`.
    pub marks: Vec<String>,
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
            parts: None,
            spread: None,
            supply: Supply::default(),
            part_tablets: None,
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

/// Why there is no dose.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DoseError {
    /// An input is missing.
    #[error("{drug}: {what} was not given, and the dose depends on it")]
    Missing {
        /// The drug.
        drug: String,
        /// What is missing.
        what: &'static str,
        /// The field.
        field: &'static str,
    },
    /// A formula refused.
    #[error("{drug}: {error}")]
    Formula {
        /// The drug.
        drug: String,
        /// The formula's word.
        error: FormulaError,
    },
    /// The ladder has no such level.
    #[error("{drug} has no dose level {level}; {then}")]
    NoLevel {
        /// The drug.
        drug: String,
        /// The level asked for.
        level: i32,
        /// What the protocol says follows.
        then: String,
    },
    /// The table has a row for this subject, and no source gives its dose.
    #[error("{drug}: no source gives a dose for {row}, so none is planned")]
    NotInTable {
        /// The drug.
        drug: String,
        /// Whom the row is for.
        row: String,
    },
    /// The larger first dose is said of another dose than this subject starts on.
    #[error(
        "{drug}: the loading dose of {loading} belongs to the full dose, and this subject starts on {assigned} ({why}); the regimen gives no loading dose for that start"
    )]
    LoadingOfAnother {
        /// The drug.
        drug: String,
        /// The loading dose the file gives.
        loading: ProtocolDose,
        /// What this subject starts on.
        assigned: Amount,
        /// Why.
        why: String,
    },
    /// The larger first dose comes to less than the dose it comes before.
    #[error("{drug}: the loading dose comes to {loading}, less than the {assigned} that follow it")]
    LoadingBelow {
        /// The drug.
        drug: String,
        /// What the loading dose comes to.
        loading: Amount,
        /// What the full dose comes to.
        assigned: Amount,
    },
    /// A reduced dose comes to more than the dose it reduces.
    #[error("{drug}: dose level {level} comes to {reduced}, more than the {above} it should reduce")]
    LevelAbove {
        /// The drug.
        drug: String,
        /// The level asked for.
        level: i32,
        /// What it comes to.
        reduced: Amount,
        /// What the full dose comes to.
        above: Amount,
    },
    /// No row of the table is for this subject.
    #[error("{drug}: no row of the table holds {known}, so no dose is planned")]
    NoRow {
        /// The drug.
        drug: String,
        /// What is known of the subject.
        known: String,
    },
    /// Rounding changes a dose that is the same for everybody by more than the regimen allows.
    #[error(
        "{drug}: rounding {calculated} to {rounded} changes it by {percent} %, more than the {within} % the regimen allows"
    )]
    RoundedTooFar {
        /// The drug.
        drug: String,
        /// Before.
        calculated: Amount,
        /// After.
        rounded: Amount,
        /// By how much.
        percent: Decimal,
        /// The limit.
        within: Decimal,
    },
    /// On dialysis, and the drug's doses depend on the kidney function.
    #[error("{drug}: its dose depends on the kidney function, and the file has no rule for dialysis")]
    NoDialysisRule {
        /// The drug.
        drug: String,
    },
    /// Above a stated maximum.
    #[error("{drug}: {amount} is above the maximum of {maximum} {of}")]
    AboveMaximum {
        /// The drug.
        drug: String,
        /// The dose.
        amount: Amount,
        /// The limit.
        maximum: Amount,
        /// Of what.
        of: &'static str,
    },
    /// The figures leave the range of a decimal, or units do not fit.
    #[error("{drug}: the figures are too large or too small to calculate with")]
    Overflow {
        /// The drug.
        drug: String,
    },
}

impl DoseError {
    /// As a finding for every face.
    pub fn finding(&self) -> Finding {
        let (code, field) = match self {
            DoseError::Missing { field, .. } => (codes::MISSING_INPUT, Some(*field)),
            DoseError::Formula { error: FormulaError::Missing { input, .. }, .. } => {
                (codes::MISSING_INPUT, Some(field_of(*input)))
            }
            DoseError::Formula { .. } => (codes::FORMULA, None),
            DoseError::NoLevel { .. } => (codes::NO_SUCH_LEVEL, Some("level")),
            DoseError::NotInTable { .. } => (codes::NO_DOSE_IN_TABLE, None),
            DoseError::LoadingOfAnother { .. } => (codes::LOADING_OF_ANOTHER, None),
            DoseError::LoadingBelow { .. } => (codes::LOADING_BELOW, None),
            DoseError::LevelAbove { .. } => (codes::LEVEL_ABOVE, Some("level")),
            DoseError::NoRow { .. } => (codes::NO_ROW_IN_TABLE, None),
            DoseError::RoundedTooFar { .. } => (codes::ROUNDED_TOO_FAR, None),
            DoseError::NoDialysisRule { .. } => (codes::NO_DIALYSIS_RULE, Some("gfr")),
            DoseError::AboveMaximum { .. } => (codes::ABOVE_MAXIMUM, None),
            DoseError::Overflow { .. } => (codes::OVERFLOW, None),
        };
        let finding = Finding::block(code, self.to_string());
        let finding = match self.help() {
            Some(help) => finding.help(help),
            None => finding,
        };
        match field {
            Some(field) => finding.field(field),
            None => finding,
        }
    }
}

impl DoseError {
    /// What to do about it, where the message does not say so itself.
    fn help(&self) -> Option<&'static str> {
        match self {
            DoseError::LoadingOfAnother { .. } => Some(
                "ask the prescriber; where a source says it, write the doses as a `table` whose rows bring their own `loading`",
            ),
            DoseError::LoadingBelow { .. } => {
                Some("ask the prescriber; the regimen's loading dose does not suit a subject of this size")
            }
            DoseError::LevelAbove { .. } => {
                Some("ask the prescriber; write the reduced doses in the unit of the dose, `mg/m2` below `mg/m2`")
            }
            _ => None,
        }
    }
}

/// The form's and the command line's name of a formula's input.
fn field_of(need: Need) -> &'static str {
    match need {
        Need::Height => "height",
        Need::Weight | Need::Factor => "weight",
        Need::Sex => "sex",
        Need::Age => "age",
        Need::Creatinine => "creatinine",
        Need::Bsa => "bsa",
        Need::Gfr => "gfr",
        Need::TargetAuc => "auc",
    }
}
