//! What must be said before a rule, or a reduced dose, can be told.

use crate::regimen::{ConditionPart, Rule};

use super::ObservationKind;

/// Something that must be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The rule that asks; where none does, the drug whose dose depends on it.
    pub by: AskedBy,
    /// What kind of finding answers it.
    pub kind: ObservationKind,
    /// Of which test, toxicity or event; empty of what is known of the subject.
    pub name: String,
    /// What it needs: `which occurrence it is`.
    pub needs: String,
    /// In which unit the answer is compared; of a result without one, a person compares it.
    pub unit: Option<&'static str>,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedBy {
    /// A rule or a criterion, by what it looks at.
    Rule(String),
    /// The dose of a drug, by its id.
    Dose(String),
}

impl Question {
    /// A question of a rule.
    pub(super) fn of_rule(rule: &Rule, about: (ObservationKind, &str), needs: impl Into<String>) -> Self {
        let (kind, name) = about;
        let by = AskedBy::Rule(rule.name.clone());
        Self { by, kind, name: name.to_owned(), needs: needs.into(), unit: None }
    }

    /// What must be said before a part of a condition can be read.
    pub(super) fn about(part: ConditionPart<'_>, by: &AskedBy) -> Self {
        let of =
            |kind, needs: &str| Self { by: by.clone(), kind, name: String::new(), needs: needs.to_owned(), unit: None };
        match part {
            ConditionPart::Genotype(_) => of(ObservationKind::Genotype, "the genotype"),
            ConditionPart::Age(_) | ConditionPart::AgeAtStart(_) => of(ObservationKind::Age, "the age"),
            ConditionPart::Weight(_) => of(ObservationKind::Weight, "the weight"),
            ConditionPart::Surface(_) => of(ObservationKind::Surface, "the body surface"),
            ConditionPart::Gfr(_) => of(ObservationKind::Gfr, "the kidney function"),
            ConditionPart::Test(test) => {
                let unit = Some(test.unit);
                Self { name: test.test.clone(), unit, ..of(ObservationKind::Test, &test.test) }
            }
            ConditionPart::Cohort(cohorts) => {
                let ids: Vec<&str> = cohorts.iter().map(|one| one.id.as_str()).collect();
                of(ObservationKind::Cohort, &format!("the cohort, one of {}", ids.join(", ")))
            }
        }
    }
}
