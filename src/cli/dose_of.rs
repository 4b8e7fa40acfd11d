//! A dose typed with its drug: `irinotecan=123 mg`.

use crate::failure::Failure;
use crate::quantity::{Amount, number};

/// A drug, with the part of the day where there are several, and its dose.
#[derive(Debug, Clone)]
pub(super) struct DoseOf {
    /// As typed; where only one dose is meant it may be left out.
    pub(super) drug: Option<String>,
    /// The dose.
    pub(super) dose: Amount,
}

impl DoseOf {
    /// Reads `irinotecan=123 mg`, or the dose alone.
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let wrong = |why: &str| {
            let text = format!("\"{}\" {why}", number::shown(text));
            Failure::unreadable(text).hint("write the drug and its dose: \"irinotecan=123 mg\"")
        };
        let (drug, dose) =
            text.split_once('=').map_or((None, text), |(drug, dose)| (Some(drug.trim().to_owned()), dose));
        Ok(Self { drug, dose: Amount::read(dose.trim()).map_err(|error| wrong(&error.wrong))? })
    }
}
