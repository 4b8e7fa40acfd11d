//! What a person fills in: facts about a subject, and the parts of an entry. The command line has an option for each,
//! a screen a field; neither is known here.

use std::fmt;

/// A fact or a part of an entry that a finding is about, or that its remedy is typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// Body height.
    Height,
    /// Body weight.
    Weight,
    /// Sex.
    Sex,
    /// Age, or the date of birth.
    Age,
    /// The date of birth, of which only the age is kept.
    Born,
    /// Serum creatinine.
    Creatinine,
    /// Measured kidney function.
    Gfr,
    /// Genotype.
    Genotype,
    /// Laboratory results.
    Lab,
    /// Upper limits of normal.
    UpperLimit,
    /// Cohort or arm.
    Cohort,
    /// A drug given instead of another.
    Instead,
    /// What was received before.
    Exposure,
    /// The first day of treatment.
    Start,
    /// The day of height and weight.
    Measured,
    /// The day of consent.
    Consented,
    /// The day of enrolment in the study.
    Enrolled,
    /// The day of randomisation.
    Randomised,
    /// How many cycles are planned.
    Cycles,
    /// A target AUC.
    Auc,
    /// A body surface typed as a figure.
    Surface,
    /// The subject's code.
    Subject,
    /// Who records.
    Who,
    /// The regimen.
    Regimen,
    /// An entry of the record.
    Entry,
    /// The phase of the regimen.
    Phase,
    /// The cycle.
    Cycle,
    /// The first cycle in which something holds.
    FromCycle,
    /// The day of the cycle.
    Day,
    /// The drug.
    Drug,
    /// The dose that was given.
    Dose,
    /// That it was a second dose under the same cycle and day.
    SecondDose,
    /// The day it happened.
    On,
    /// Days of a delay.
    Days,
    /// A dose level or percentage.
    Level,
    /// A number of tablets or doses.
    Count,
    /// Criteria to treat.
    Criteria,
    /// The reason.
    Reason,
    /// Another version of the regimen, to which the subject is moved.
    Version,
    /// The approval of a regimen.
    Approval,
    /// The history of a record.
    History,
    /// The folder of the record.
    Records,
    /// The enrolment of a subject.
    Enrolment,
    /// That what stands there is replaced.
    Replace,
    /// A look through the whole record.
    Verification,
    /// A backup, brought back.
    Backup,
    /// The dose of a drug, by its id.
    DoseOf(String),
    /// A key of a regimen file, by its path.
    Key(String),
}

/// Every field that has a word of its own.
const WORDS: &[(Field, &str)] = &[
    (Field::Height, "height"),
    (Field::Weight, "weight"),
    (Field::Sex, "sex"),
    (Field::Age, "age"),
    (Field::Born, "born"),
    (Field::Creatinine, "creatinine"),
    (Field::Gfr, "gfr"),
    (Field::Genotype, "genotype"),
    (Field::Lab, "lab"),
    (Field::UpperLimit, "uln"),
    (Field::Cohort, "cohort"),
    (Field::Instead, "instead"),
    (Field::Exposure, "exposure"),
    (Field::Start, "start"),
    (Field::Measured, "measured"),
    (Field::Consented, "consented"),
    (Field::Enrolled, "enrolled"),
    (Field::Randomised, "randomised"),
    (Field::Cycles, "cycles"),
    (Field::Auc, "auc"),
    (Field::Surface, "bsa"),
    (Field::Subject, "subject"),
    (Field::Who, "who"),
    (Field::Regimen, "regimen"),
    (Field::Entry, "entry"),
    (Field::Phase, "phase"),
    (Field::Cycle, "cycle"),
    (Field::FromCycle, "from"),
    (Field::Day, "day"),
    (Field::Drug, "drug"),
    (Field::Dose, "dose"),
    (Field::SecondDose, "second-dose"),
    (Field::On, "on"),
    (Field::Days, "days"),
    (Field::Level, "level"),
    (Field::Count, "count"),
    (Field::Criteria, "criteria"),
    (Field::Reason, "reason"),
    (Field::Version, "version"),
    (Field::Approval, "approval"),
    (Field::History, "history"),
    (Field::Records, "records"),
    (Field::Enrolment, "enrolment"),
    (Field::Replace, "replace"),
    (Field::Verification, "verification"),
    (Field::Backup, "backup"),
];

impl Field {
    /// Every field that has a word of its own.
    pub fn all() -> impl Iterator<Item = &'static Field> {
        WORDS.iter().map(|(field, _)| field)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::DoseOf(drug) => write!(f, "drug {drug}"),
            Field::Key(path) => f.write_str(path),
            field => f.write_str(WORDS.iter().find(|(one, _)| one == field).map_or("", |(_, word)| word)),
        }
    }
}

impl serde::Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// For rooms that still name their fields by a word.
impl From<&str> for Field {
    fn from(word: &str) -> Self {
        let known = WORDS.iter().find(|(_, known)| *known == word).map(|(field, _)| field.clone());
        known.unwrap_or_else(|| match word.strip_prefix("drug ") {
            Some(drug) => Field::DoseOf(drug.to_owned()),
            None => Field::Key(word.to_owned()),
        })
    }
}

impl From<String> for Field {
    fn from(word: String) -> Self {
        word.as_str().into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, WORDS};

    #[test]
    fn every_field_has_a_word_of_its_own() {
        for (place, (field, word)) in WORDS.iter().enumerate() {
            assert_eq!(field.to_string(), *word);
            assert!(WORDS.iter().take(place).all(|(_, other)| other != word), "{word} twice");
        }
        assert_eq!(Field::DoseOf("irinotecan".to_owned()).to_string(), "drug irinotecan");
    }
}
