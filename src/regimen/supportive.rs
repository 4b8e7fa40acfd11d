//! How much of the supportive care stands in a file, and who has compared the file with its sources.

use crate::calendar::Date;
use crate::quantity::{Basis, ProtocolDose};

use super::{Regimen, Role};

/// What a file says of premedication, hydration, antiemetics and whatever else goes with its treatment drugs.
///
/// A half list that looks whole is worse than none, so a file says which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupportiveCare {
    /// All that one source lists.
    AsListed {
        /// The id of that source.
        source: String,
        /// What it lists for when it is needed, which has no day.
        when_required: Vec<String>,
    },
    /// Something is missing.
    Partial {
        /// What, in the author's words.
        lacks: String,
        /// The source whose list it is a part of, where there is one.
        source: Option<String>,
        /// What is given when it is needed.
        when_required: Vec<String>,
    },
    /// None of it.
    NotIncluded,
}

impl SupportiveCare {
    /// The word of the three for lists and for programs.
    pub fn word(&self) -> &'static str {
        match self {
            SupportiveCare::AsListed { .. } => "as listed",
            SupportiveCare::Partial { .. } => "partial",
            SupportiveCare::NotIncluded => "not included",
        }
    }
}

impl Regimen {
    /// Whether its treatment is one that as a rule comes with supportive care: cytotoxic by the file's own word, dosed by body
    /// surface or a target AUC, or a drug that is not swallowed and of which the largest dose is known (the drugs of oncology and
    /// of the infusions that have taken their premedication from it). Vaccines, tablets and tapers are not asked.
    pub fn goes_with_supportive_care(&self) -> bool {
        let treats = self.drugs().filter(|drug| drug.role == Role::Treatment);
        treats.into_iter().any(|drug| {
            let sized = |dose: &ProtocolDose| matches!(dose.basis, Basis::PerM2 | Basis::Auc);
            let by_surface = drug.dosing.options().any(|one| sized(&one.dose));
            let swallowed = drug.route.known().is_some_and(|route| route == "oral");
            drug.handling.cytotoxic == Some(true) || by_surface || (!swallowed && drug.has_known_largest())
        })
    }
}

/// That somebody compared the file with a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Who, by name or by role.
    pub by: String,
    /// The day.
    pub on: Date,
    /// The ids of the sources it was compared with.
    pub against: Vec<String>,
    /// What was compared, where it was not everything.
    pub what: Option<String>,
}
