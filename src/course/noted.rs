//! What a remark tells of where it is more than a remark: that the subject consented again, or a deviation from the protocol.
//!
//! The first four kinds of deviation are those of ICH E3 (1995), section 10.2; an important one is what the questions and answers
//! to E3 (R1, 2012, question 7) call so: it may affect what the data are worth, or the subject's rights, safety or well-being.

use serde::{Deserialize, Serialize};

/// What a remark tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noted {
    /// The subject consented again, on the day of the entry.
    Reconsented,
    /// The protocol was departed from.
    Deviation(Departure),
}

/// A deviation as whoever noted it judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// What was departed from.
    pub kind: DepartureKind,
    /// Whether it is an important one.
    #[serde(default)]
    pub important: bool,
}

/// What was departed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DepartureKind {
    /// The subject entered without meeting the criteria of entry.
    Criteria,
    /// The subject was not withdrawn although the protocol asks for it.
    Withdrawal,
    /// The wrong treatment, or a wrong dose.
    Treatment,
    /// Another treatment that the protocol excludes.
    Medication,
    /// A visit, or what was to be done at it: an examination, a sample.
    Visit,
}

/// The word that is typed, the kind, and what it means.
const KINDS: [(&str, DepartureKind, &str); 5] = [
    ("criteria", DepartureKind::Criteria, "entry criteria not met"),
    ("withdrawal", DepartureKind::Withdrawal, "not withdrawn as the protocol asks"),
    ("treatment", DepartureKind::Treatment, "wrong treatment or dose"),
    ("medication", DepartureKind::Medication, "excluded medication"),
    ("visit", DepartureKind::Visit, "visit or assessment"),
];

impl DepartureKind {
    /// `wrong treatment or dose`
    pub fn words(self) -> &'static str {
        KINDS.iter().find(|(_, kind, _)| *kind == self).map_or("", |(.., words)| words)
    }

    /// Reads one of the words, or as much of it as tells it from the others.
    ///
    /// ```
    /// use posology::course::DepartureKind;
    /// assert_eq!(DepartureKind::read("Treat"), Ok(DepartureKind::Treatment));
    /// assert!(DepartureKind::read("").is_err() && DepartureKind::read("minor").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, String> {
        let typed = text.trim().to_lowercase();
        let found = KINDS.iter().find(|(word, ..)| !typed.is_empty() && word.starts_with(&typed));
        let wrong = || "a deviation is one of: criteria, withdrawal, treatment, medication or visit".to_owned();
        found.map(|(_, kind, _)| *kind).ok_or_else(wrong)
    }
}

impl Departure {
    /// `important` or `not important`
    pub fn grade(self) -> &'static str {
        if self.important { "important" } else { "not important" }
    }
}

impl Noted {
    /// Reads `consent`, `treatment`, `important treatment`.
    ///
    /// ```
    /// use posology::course::Noted;
    /// assert_eq!(Noted::read("cons"), Ok(Noted::Reconsented));
    /// assert_eq!(Noted::read("important vis").unwrap().to_string(), "important deviation: visit or assessment");
    /// ```
    pub fn read(text: &str) -> Result<Self, String> {
        let typed = text.trim().to_lowercase();
        if typed.len() >= 4 && "consent".starts_with(&typed) {
            return Ok(Noted::Reconsented);
        }
        let (important, kind) = match typed.strip_prefix("important ") {
            Some(kind) => (true, kind),
            None => (false, typed.as_str()),
        };
        let wanted =
            "a deviation (criteria, withdrawal, treatment, medication or visit), or consent, where it was given again";
        let kind = DepartureKind::read(kind).map_err(|_| wanted.to_owned())?;
        Ok(Noted::Deviation(Departure { kind, important }))
    }
}

impl std::fmt::Display for Noted {
    /// `consented again`, `important deviation: wrong treatment or dose`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Noted::Reconsented => f.write_str("consented again"),
            Noted::Deviation(one) => {
                let important = if one.important { "important " } else { "" };
                write!(f, "{important}deviation: {}", one.kind.words())
            }
        }
    }
}
