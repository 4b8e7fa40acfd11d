//! Lifetime limits over drugs that count together.

use crate::quantity::{Decimal, ProtocolDose};

use super::Provenance;

/// The most that anybody may receive in a lifetime.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// What counts together.
    pub name: String,
    /// The most.
    pub most: ProtocolDose,
    /// Drugs that count, and what an amount of each is multiplied by.
    pub factors: Vec<(String, Decimal)>,
    /// A remark.
    pub note: Option<String>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

impl Limit {
    /// Whether a person means this limit: by its name, or by how that begins.
    pub fn is_meant(&self, word: &str) -> bool {
        !word.is_empty() && self.name.to_lowercase().starts_with(&word.to_lowercase())
    }

    /// What an amount of a drug is multiplied by; `None` where it does not count.
    pub fn factor(&self, drug: &str) -> Option<Decimal> {
        self.factors.iter().find(|(id, _)| id == drug).map(|(_, factor)| *factor)
    }
}
