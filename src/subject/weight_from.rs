//! Where a weight is from: put on a scale here, told, or taken over from another ward.

use serde::{Deserialize, Serialize};

use crate::quantity::QuantityError;

/// Where a weight is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightFrom {
    /// Measured here.
    Here,
    /// As the subject or somebody else said.
    Reported,
    /// Measured by another ward or clinic.
    Elsewhere,
}

impl WeightFrom {
    /// What is typed, and what is read of it.
    pub const WORDS: [(&'static str, WeightFrom, &'static str); 3] = [
        ("here", WeightFrom::Here, "measured here"),
        ("reported", WeightFrom::Reported, "as reported"),
        ("elsewhere", WeightFrom::Elsewhere, "measured on another ward"),
    ];

    /// `measured here`
    pub fn words(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one, _)| *one == self).map_or("", |(_, _, words)| words)
    }

    /// Reads `here`, `reported` or `elsewhere`; a beginning will do.
    ///
    /// ```
    /// use posology::subject::WeightFrom;
    /// assert_eq!(WeightFrom::read("Rep"), Ok(WeightFrom::Reported));
    /// assert!(WeightFrom::read("").is_err() && WeightFrom::read("home").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let typed = text.trim().to_lowercase();
        let is = |word: &str, words: &str| word.starts_with(&typed) || words == typed;
        let found = Self::WORDS.iter().find(|(word, _, words)| !typed.is_empty() && is(word, words));
        let wrong = || QuantityError::new(text, "says not where a weight is from", "here, reported or elsewhere");
        found.map(|(_, one, _)| *one).ok_or_else(wrong)
    }
}

impl std::fmt::Display for WeightFrom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}
