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
    /// The option that says it: `--occurrence "diarrhoea …"`. It holds no figure that could be taken over.
    pub say: String,
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
    pub(super) fn of_rule(
        rule: &Rule,
        about: (ObservationKind, &str),
        needs: impl Into<String>,
        say: impl Into<String>,
    ) -> Self {
        let (kind, name) = about;
        let by = AskedBy::Rule(rule.name.clone());
        Self { by, kind, name: name.to_owned(), needs: needs.into(), say: say.into() }
    }

    /// What must be said before a part of a condition can be read.
    pub(super) fn about(part: ConditionPart<'_>, by: &AskedBy) -> Self {
        let of = |kind, needs: &str, say: &str| Self {
            by: by.clone(),
            kind,
            name: String::new(),
            needs: needs.to_owned(),
            say: say.to_owned(),
        };
        match part {
            ConditionPart::Genotype(_) => of(ObservationKind::Genotype, "the genotype", "--genotype \"…\""),
            ConditionPart::Age(_) => of(ObservationKind::Age, "the age", "--age …"),
            ConditionPart::Weight(_) => of(ObservationKind::Weight, "the weight", "--weight …"),
            ConditionPart::Surface(_) => of(ObservationKind::Surface, "the body surface", "--bsa \"… m2\""),
            ConditionPart::Gfr(_) => of(ObservationKind::Gfr, "the kidney function", "--gfr \"… mL/min\""),
            ConditionPart::Test(test) => {
                let say = format!("--lab \"{} … {}\"", test.test, test.unit);
                Self { name: test.test.clone(), ..of(ObservationKind::Test, &test.test, &say) }
            }
            ConditionPart::Cohort(cohorts) => {
                let ids: Vec<&str> = cohorts.iter().map(|(id, _)| id.as_str()).collect();
                of(ObservationKind::Cohort, &format!("the cohort, one of {}", ids.join(", ")), "--cohort …")
            }
        }
    }
}
