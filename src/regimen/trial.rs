//! What is assigned to a subject, and what is counted over a life.

use crate::quantity::{Decimal, ProtocolDose};

use crate::regimen::substance;

use super::Provenance;

/// A cohort of an escalation, or an arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Short name.
    pub id: String,
    /// The name people use.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// A limit on everything a subject has ever received of some drugs.
///
/// Doses are added as `amount × factor`, for a limit per m² divided by the body surface of that day, with
/// everything received before this regimen. What was received elsewhere and is not known stays unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifetime {
    /// What is counted: `anthracyclines`.
    pub name: String,
    /// Drug names, in lower case, with what one unit of each counts for.
    pub counts: Vec<(String, Decimal)>,
    /// The published set the factors are from; `None` for one drug alone.
    pub equivalence: Option<String>,
    /// The limit, flat or per m² or kg.
    pub limit: ProtocolDose,
    /// Lower limits, with the condition in the source's words.
    pub lower: Vec<(String, ProtocolDose)>,
    /// A remark.
    pub note: Option<String>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// How near a limit a total is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Below 75 %.
    Below,
    /// From 75 %.
    Watch,
    /// From 90 %.
    Close,
    /// From 100 %.
    Reached,
}

impl Lifetime {
    /// Whether a person means this limit: by its name, or by how that begins.
    pub fn is_meant(&self, word: &str) -> bool {
        !word.is_empty() && self.name.to_lowercase().starts_with(&word.to_lowercase())
    }

    /// What one unit of a drug counts for, by its name or as another salt of it; `None` where it is not counted.
    pub fn factor(&self, drug: &str) -> Option<Decimal> {
        let by_name = self.counts.iter().find(|(name, _)| name.eq_ignore_ascii_case(drug));
        let base = substance::base(drug);
        by_name
            .or_else(|| self.counts.iter().find(|(name, _)| substance::base(name) == base))
            .map(|(_, factor)| *factor)
    }

    /// A total in percent of the limit, to one decimal, and how near that is.
    ///
    /// ```
    /// # use posology::regimen::{Lifetime, Near};
    /// # use posology::quantity::{Decimal, ProtocolDose};
    /// # let limit = Lifetime { name: "anthracyclines".into(), counts: vec![], equivalence: None,
    /// #     limit: ProtocolDose::read("550 mg/m2").unwrap(), lower: vec![], note: None, provenance: Default::default() };
    /// // 4 × 60 mg/m² doxorubicin and 3 × 100 mg/m² epirubicin at 0.8 are 480 mg/m².
    /// let (percent, near) = limit.standing(Decimal::from(480)).unwrap();
    /// assert_eq!((percent.to_string().as_str(), near), ("87.3", Near::Watch));
    /// ```
    pub fn standing(&self, total: Decimal) -> Option<(Decimal, Near)> {
        let percent = total.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.limit.value)?;
        let near = match percent {
            percent if percent >= Decimal::ONE_HUNDRED => Near::Reached,
            percent if percent >= Decimal::from(90) => Near::Close,
            percent if percent >= Decimal::from(75) => Near::Watch,
            _ => Near::Below,
        };
        Some((crate::quantity::decimal::half_up(percent, 1), near))
    }
}
