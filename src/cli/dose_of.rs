//! A dose typed with its drug: `irinotecan=123 mg`.

use crate::course::event::Looked;
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

/// What was looked at of a dose, with its drug: `irinotecan=volume,route`.
#[derive(Debug, Clone)]
pub(super) struct LookedOf {
    /// As typed; where only one dose is meant it may be left out.
    pub(super) drug: Option<String>,
    /// What.
    pub(super) what: Vec<Looked>,
}

impl LookedOf {
    /// Reads `irinotecan=volume,route`, or the words alone.
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let (drug, words) =
            text.split_once('=').map_or((None, text), |(drug, words)| (Some(drug.trim().to_owned()), words));
        let known = Looked::ALL.map(Looked::word).join(", ");
        let one = |word: &str| {
            let text = format!("\"{}\" is nothing that is ticked", number::shown(word.trim()));
            Looked::read(word).ok_or_else(|| Failure::unreadable(text).hint(format!("write of {known}")))
        };
        Ok(Self { drug, what: words.split(',').map(one).collect::<Result<_, _>>()? })
    }
}
