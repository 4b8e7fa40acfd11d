//! Which rows of a regimen's modification tables apply to what was found, and what each says.
//!
//! Every row that applies is listed with its source. Where several speak of one drug, the one that goes
//! furthest wins: stopping before omitting, holding, delaying and reducing, and of two reductions the lower
//! dose. What a rule needs and nobody said is asked, never assumed. The person decides.
//!
//! ```
//! use posology::regimen::advice::{Facts, advise};
//! # let text = include_str!("../../../tests/corpus/valid/rules.toml");
//! let regimen = posology::regimen::check(text.as_bytes(), &Default::default()).regimen.unwrap();
//! let mut facts = Facts::default();
//! facts.tests.push(("neutrophils".to_owned(), posology::quantity::Measured::read("0.9 10^9/L").unwrap()));
//! let advice = advise(&regimen, &facts);
//! assert_eq!(advice.drugs[0].now.unwrap().words(), "hold");
//! ```

mod asked;
mod dose;
mod doubts;
mod look;
mod names;
mod said;

use std::collections::BTreeMap;

use crate::finding::{Finding, blocks};
use crate::quantity::{Decimal, Measured, ProtocolDose};

use super::model::{Action, Drug, Regimen, Role};
pub use asked::{Asked, asked};
pub use doubts::doubts;
pub use names::{Unused, looked_at};
pub use said::Topic;

/// What was found in one subject.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Measured values by test.
    pub tests: Vec<(String, Measured)>,
    /// Upper limits of normal by test.
    pub limits: Vec<(String, Measured)>,
    /// Grades by toxicity.
    pub grades: Vec<(String, u32)>,
    /// What happened.
    pub events: Vec<String>,
    /// What did not.
    pub absent: Vec<String>,
    /// How often it has now happened, by test, toxicity or event.
    pub occurrences: Vec<(String, u32)>,
    /// Genotype as the laboratory writes it.
    pub genotype: Option<String>,
    /// The cohort or arm.
    pub cohort: Option<String>,
    /// Completed years.
    pub age: Option<Decimal>,
    /// Actual weight in kg.
    pub weight: Option<Decimal>,
    /// Body surface in m².
    pub bsa: Option<Decimal>,
    /// Kidney function in mL/min.
    pub gfr: Option<Decimal>,
    /// Dose levels in force by drug id; 0 where absent.
    pub levels: BTreeMap<String, i32>,
    /// Percentages in force by drug id, of the dose of the level; 100 where absent.
    pub percents: BTreeMap<String, Decimal>,
    /// The dose in force by drug id, level and percentage in it, where a plan knows it: nothing is advised above it.
    pub in_force: BTreeMap<String, ProtocolDose>,
}

/// What the regimen says to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Advice {
    /// Every row that applies, in the order of the file; criteria to treat come last.
    pub rows: Vec<Applies>,
    /// What follows for each treatment drug.
    pub drugs: Vec<ForDrug>,
    /// What must be said before a rule can be read.
    pub open: Vec<Question>,
    /// What was said by another name of something that the file looks at: as typed, and the file's name.
    pub taken: Vec<(String, String)>,
    /// What was said and no rule looks at.
    pub unused: Vec<Unused>,
    /// What was said and cannot be meant, or is unusual. While one of them blocks there is no advice at all.
    pub doubts: Vec<Finding>,
}

/// A row that applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Applies {
    /// The rule, or `criterion to treat`.
    pub rule: String,
    /// What was found: `neutrophils 0.9 10^9/L`, `diarrhoea grade 3 (CTCAE 5.0)`.
    pub found: String,
    /// When the row applies: `below 1.5 10^9/L`.
    pub row: String,
    /// What it says, by drug id.
    pub says: Vec<(String, Action)>,
    /// What follows when treatment goes on, by drug id.
    pub then: Vec<(String, Action)>,
    /// All it says in words: what follows, until when, what then, how long at most.
    pub words: Vec<String>,
    /// The id of its source.
    pub source: Option<String>,
    /// `unverified` or `conflict`.
    pub mark: Option<&'static str>,
}

/// What follows for one drug.
#[derive(Debug, Clone, PartialEq)]
pub struct ForDrug {
    /// Its id.
    pub drug: String,
    /// What the row that goes furthest says; `None` where no row speaks of it.
    pub now: Option<Action>,
    /// The row that goes furthest, as an index.
    pub by: Option<usize>,
    /// The lowest dose that any of the rows leads to, now or when treatment goes on.
    pub dose: Option<Lowered>,
    /// The row that leads to that dose, as an index.
    pub dose_by: Option<usize>,
}

/// A reduced dose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lowered {
    /// What the row says.
    pub action: Action,
    /// The level it leads to, where it is one.
    pub level: Option<i32>,
    /// The protocol dose it leads to, where the file gives it; never above the dose in force.
    pub dose: Option<ProtocolDose>,
    /// What the row alone comes to, where that is above the dose in force: the dose in force stays.
    pub above: Option<ProtocolDose>,
}

/// Something that must be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The rule that asks.
    pub rule: String,
    /// What kind of finding answers it.
    pub topic: Topic,
    /// Of which test, toxicity or event; empty of what is known of the subject.
    pub name: String,
    /// What it needs: `which occurrence it is`.
    pub needs: String,
    /// The option that says it: `--occurrence "diarrhoea 1"`.
    pub say: String,
}

/// Looks every fact up in every rule and criterion of a regimen.
pub fn advise(regimen: &Regimen, facts: &Facts) -> Advice {
    let doubts = doubts(regimen, facts);
    if blocks(&doubts) {
        return Advice { doubts, ..Advice::default() };
    }
    let (mut facts, mut taken) = names::usual(regimen, facts);
    taken.extend(doubts::respell(regimen, &mut facts));
    let facts = &facts;
    let mut advice = Advice { taken, doubts, ..Advice::default() };
    for rule in &regimen.rules {
        look::rule(rule, facts, &mut advice);
    }
    for criterion in &regimen.criteria {
        look::criterion(regimen, criterion, facts, &mut advice);
    }
    advice.unused = names::unused(regimen, facts);
    let mut ids: Vec<&Drug> = regimen.drugs().filter(|drug| drug.role == Role::Treatment).collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|drug| seen.insert(drug.id.clone()));
    advice.drugs = ids.into_iter().map(|drug| dose::of(drug, facts, &advice.rows)).collect();
    // Stopping the regimen stops every drug.
    if let Some(by) = advice.rows.iter().position(|row| row.says.iter().any(|(_, one)| *one == Action::StopRegimen)) {
        for drug in &mut advice.drugs {
            (drug.now, drug.by) = (Some(Action::StopRegimen), Some(by));
            (drug.dose, drug.dose_by) = (None, None);
        }
    }
    advice
}
