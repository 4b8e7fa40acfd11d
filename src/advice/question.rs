//! What must be said before a rule, or a reduced dose, can be told.

use crate::regimen::{Asked as Part, Rule};

use super::Topic;

/// Something that must be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The rule that asks; where none does, the drug whose dose depends on it.
    pub by: Asker,
    /// What kind of finding answers it.
    pub topic: Topic,
    /// Of which test, toxicity or event; empty of what is known of the subject.
    pub name: String,
    /// What it needs: `which occurrence it is`.
    pub needs: String,
    /// The option that says it: `--occurrence "diarrhoea …"`. It holds no figure that could be taken over.
    pub say: String,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// A rule or a criterion, by what it looks at.
    Rule(String),
    /// The dose of a drug, by its id.
    Dose(String),
}

impl Question {
    /// A question of a rule.
    pub(super) fn of_rule(rule: &Rule, about: (Topic, &str), needs: impl Into<String>, say: impl Into<String>) -> Self {
        let (topic, name) = about;
        let by = Asker::Rule(rule.name.clone());
        Self { by, topic, name: name.to_owned(), needs: needs.into(), say: say.into() }
    }

    /// What must be said before a part of a condition can be read.
    pub(super) fn about(part: Part<'_>, by: &Asker) -> Self {
        let of = |topic, needs: &str, say: &str| Self {
            by: by.clone(),
            topic,
            name: String::new(),
            needs: needs.to_owned(),
            say: say.to_owned(),
        };
        match part {
            Part::Genotype(_) => of(Topic::Genotype, "the genotype", "--genotype \"…\""),
            Part::Age(_) => of(Topic::Age, "the age", "--age …"),
            Part::Weight(_) => of(Topic::Weight, "the weight", "--weight …"),
            Part::Surface(_) => of(Topic::Surface, "the body surface", "--bsa \"… m2\""),
            Part::Gfr(_) => of(Topic::Gfr, "the kidney function", "--gfr \"… mL/min\""),
            Part::Test(test) => {
                let say = format!("--lab \"{} … {}\"", test.test, test.unit);
                Self { name: test.test.clone(), ..of(Topic::Test, &test.test, &say) }
            }
            Part::Cohort(cohorts) => {
                let ids: Vec<&str> = cohorts.iter().map(|(id, _)| id.as_str()).collect();
                of(Topic::Cohort, &format!("the cohort, one of {}", ids.join(", ")), "--cohort …")
            }
        }
    }
}
