//! How what the pharmacy hands over is handled.

use crate::quantity::Period;

/// How what is handed over is handled, as far as the file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handling {
    /// How it is stored: `2 to 8 °C, protected from light`.
    pub store: Option<String>,
    /// How long after its preparation it may be used.
    pub use_within: Option<Period>,
    /// Whether it is handled as a cytotoxic drug.
    pub cytotoxic: Option<bool>,
}

impl Handling {
    /// What stands on labels of what is cytotoxic.
    pub const CYTOTOXIC: &str = "CYTOTOXIC";

    /// That it is cytotoxic; nothing where it is not, or nobody says.
    pub fn mark(&self) -> Option<&'static str> {
        self.cytotoxic.filter(|cytotoxic| *cytotoxic).map(|_| Self::CYTOTOXIC)
    }

    /// `use within 24 hours of its preparation`
    pub fn use_words(&self) -> Option<String> {
        self.use_within.map(|period| format!("use within {period} of its preparation"))
    }

    /// `store: 2 to 8 °C, protected from light; use within 24 hours of its preparation`
    pub fn words(&self) -> Option<String> {
        let store = self.store.as_ref().map(|store| format!("store: {store}"));
        let parts: Vec<String> = store.into_iter().chain(self.use_words()).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}
