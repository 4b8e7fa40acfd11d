//! Why there is no dose, and what to do about it.

use crate::finding::Finding;
use crate::formula::{FormulaError, Need};
use crate::quantity::{Amount, Decimal, ProtocolDose};

use super::codes;

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
