//! Which rows of a regimen's modification tables apply to what was found, and what each says.
//!
//! Every row that applies is listed with its source. Where several speak of one drug, the one that goes
//! furthest wins: stopping before omitting, holding, delaying and reducing, and of two reductions the lower
//! dose. What a rule needs and nobody said is asked, never assumed. The person decides.
//!
//! ```
//! use posology::advice::{Observations, advise};
//! # let text = include_str!("../../tests/corpus/valid/rules.toml");
//! let regimen = posology::checker::check(text.as_bytes(), &Default::default()).regimen.unwrap();
//! let mut observed = Observations::default();
//! observed.tests.push(("neutrophils".to_owned(), posology::quantity::Measured::read("0.9 10^9/L").unwrap()));
//! let advice = advise(&regimen, &observed);
//! assert_eq!(advice.drugs[0].now.unwrap().words(), "hold");
//! ```

pub mod codes;
mod contradictions;
mod dose;
mod graded;
mod implausible;
mod match_rule;
mod names;
mod observations;
mod pending_rule;
mod question;
mod table_inputs;

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::finding::{Finding, blocks};
use crate::quantity::{Decimal, Measured, ProtocolDose};

use crate::regimen::{Action, Assignment, Drug, Regimen, Role};
pub use contradictions::contradictions;
pub use implausible::implausible;
pub use names::{Unused, looked_at};
pub use observations::{ObservationKind, add, add_line};
pub use question::{AskedBy, Question};
pub use table_inputs::{TableInput, table_inputs};

/// What was found in one subject.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observations {
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
    /// The day of the cycle on which treatment is due.
    pub day: Option<i32>,
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
    /// The start and the ladder each drug was assigned by its id, where a plan knows them.
    pub starts: BTreeMap<String, Assignment>,
    /// The day of a fact, by its kind and (of a level) its drug id, where the record tells it.
    pub since: BTreeMap<(ObservationKind, String), Date>,
}

/// What the regimen says to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Advice {
    /// Every row that applies, in the order of the file; criteria to treat come last.
    pub rows: Vec<Applies>,
    /// What follows for each treatment drug.
    pub drugs: Vec<ForDrug>,
    /// What was said twice in two ways; while anything is, nothing is looked up.
    pub contradictions: Vec<Finding>,
    /// The grade 5 that was said, which is death (CTCAE): no dose follows.
    pub death: Option<String>,
    /// What must be said before a rule, or a reduced dose, can be told.
    pub open: Vec<Question>,
    /// What was said by another name of something that the file looks at: as typed, and the file's name.
    pub taken: Vec<(String, String)>,
    /// What was said and no rule looks at.
    pub unused: Vec<Unused>,
    /// What was said, and is looked at on other days of the cycle only.
    pub other_days: Vec<OtherDays>,
    /// What was said and cannot be meant, or is unusual. While one of them blocks there is no advice at all.
    pub implausible: Vec<Finding>,
}

/// Something that was found, and that a table looks at on other days than the one that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDays {
    /// The rule, or `criterion to treat`.
    pub rule: String,
    /// What was found.
    pub found: String,
    /// The days it is about.
    pub days: Vec<i32>,
    /// The day that was named.
    pub day: i32,
}

/// Where a row that applies stands in the file, by places from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowPlace {
    /// A row of a rule.
    Rule {
        /// The rule.
        rule: usize,
        /// Its row.
        row: usize,
    },
    /// A criterion, and whether it is met.
    Criterion {
        /// The criterion.
        criterion: usize,
        /// Whether what was found is within its limits.
        met: bool,
    },
}

/// A row that applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Applies {
    /// Where it stands.
    pub place: RowPlace,
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
    /// What the row that goes furthest says; `None` where no row speaks of it, and while it is not settled.
    pub now: Option<Action>,
    /// While it is not settled: what it comes to at least, whatever the answers are.
    pub at_least: Option<Action>,
    /// What must be said before it is settled, by place among the questions.
    pub asks: Vec<usize>,
    /// The row that goes furthest, as an index.
    pub by: Option<usize>,
    /// The lowest dose that any of the rows leads to, now or when treatment goes on.
    pub dose: Option<ReducedDose>,
    /// The row that leads to that dose, as an index.
    pub dose_by: Option<usize>,
    /// The reduced doses of the ladder that this subject is on; none while it is not known which that is.
    pub steps: Vec<ProtocolDose>,
}

impl ForDrug {
    /// A drug that no row speaks of.
    fn silent(drug: &Drug) -> Self {
        let drug = drug.id.clone();
        Self {
            drug,
            now: None,
            at_least: None,
            asks: Vec::new(),
            by: None,
            dose: None,
            dose_by: None,
            steps: Vec::new(),
        }
    }

    /// Whether nothing that is still asked could change it.
    pub fn is_settled(&self) -> bool {
        self.asks.is_empty()
    }
}

/// A reduced dose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReducedDose {
    /// What the row says.
    pub action: Action,
    /// The level it leads to, where it is one.
    pub level: Option<i32>,
    /// The protocol dose it leads to, where the file gives it; never above the dose in force.
    pub dose: Option<ProtocolDose>,
    /// What the row alone comes to, where that is above the dose in force: the dose in force stays.
    pub above: Option<ProtocolDose>,
}

impl Advice {
    /// The place of a question, which is asked once.
    fn ask(&mut self, question: Question) -> usize {
        let known = self.open.iter().position(|one| *one == question);
        known.unwrap_or_else(|| {
            self.open.push(question);
            self.open.len() - 1
        })
    }

    /// The drugs for which something must be said first, by id.
    pub fn unsettled(&self) -> Vec<&str> {
        self.drugs.iter().filter(|of| !of.is_settled()).map(|of| of.drug.as_str()).collect()
    }
}

/// Looks every fact up in every rule and criterion of a regimen.
pub fn advise(regimen: &Regimen, observed: &Observations) -> Advice {
    let contradictions = contradictions(regimen, observed);
    if !contradictions.is_empty() {
        return Advice { contradictions, ..Advice::default() };
    }
    let implausible = implausible(regimen, observed);
    if blocks(&implausible) {
        return Advice { implausible, ..Advice::default() };
    }
    let (mut observed, mut taken) = names::usual(regimen, observed);
    taken.extend(implausible::respell(regimen, &mut observed));
    let observed = &observed;
    let mut advice = Advice { taken, implausible, ..Advice::default() };
    let mut pending = Vec::new();
    for at in 0..regimen.rules.len() {
        match_rule::rule(regimen, at, observed, &mut advice, &mut pending);
    }
    for at in 0..regimen.criteria.len() {
        match_rule::criterion(regimen, at, observed, &mut advice, &mut pending);
    }
    advice.unused = names::unused(regimen, observed);
    let mut drugs: Vec<&Drug> = regimen.drugs().filter(|drug| drug.role == Role::Treatment).collect();
    let mut seen = std::collections::BTreeSet::new();
    drugs.retain(|drug| seen.insert(drug.id.clone()));
    // A grade 5 is death, and stopping the regimen stops every drug: neither leaves anything to ask.
    advice.death = observed.grades.iter().find(|(_, grade)| *grade == 5).map(|(name, _)| format!("{name} grade 5"));
    if advice.death.is_some() {
        advice.open.clear();
        advice.drugs = drugs.into_iter().map(ForDrug::silent).collect();
        return advice;
    }
    let stops = |row: &Applies| row.says.iter().any(|(_, one)| *one == Action::StopRegimen);
    let stop = advice.rows.iter().position(stops);
    for drug in drugs {
        let of = match stop {
            Some(by) => ForDrug { now: Some(Action::StopRegimen), by: Some(by), ..ForDrug::silent(drug) },
            None => judged(drug, observed, &mut advice, &pending),
        };
        advice.drugs.push(of);
    }
    advice
}

/// What the rows that apply come to for one drug, unless something that is still asked could change it.
fn judged(drug: &Drug, observed: &Observations, advice: &mut Advice, pending: &[pending_rule::PendingRule]) -> ForDrug {
    let (mut of, question) = dose::for_drug(drug, observed, &advice.rows);
    of.asks.extend(question.map(|question| advice.ask(question)));
    pending_rule::settle(&mut of, drug, observed, pending);
    of.steps = dose::reduced_doses(drug, observed);
    of
}
