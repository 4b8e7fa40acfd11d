//! What a regimen means: a set of drugs given on stated days of repeating cycles.
//!
//! Valid by construction: everything here was checked by [`crate::format`]'s resolver, and code behind it never checks again.

pub mod coded;
pub mod codes;
pub(crate) mod completeness;
mod condition;
mod cycle_word;
mod dose;
mod dosing;
mod drug;
mod example;
pub mod genotype;
mod handling;
mod ladder;
pub mod largest;
mod moved;
mod naming;
mod owner;
mod phase;
mod plausible;
mod provenance;
mod range;
mod rule;
mod schedule;
mod source;
mod status;
mod steps;
pub mod substance;
mod supplied;
mod supportive;
mod trial;

pub use condition::{Condition, ConditionPart, KnownPart, TestRange};
pub use cycle_word::CycleWord;
pub use dose::{Decay, Dilution, DoseRow, FractionOfDrug, Loading, Ramp, RampLength, Start, StartDose};
pub use dosing::{Assigned, Doses, Dosing, NoDose, Spread, Whom};
pub use drug::{
    AgeAt, AucFormula, Cap, Drug, Ends, Form, GfrRule, Hours, Maximum, Missed, Over, Relative, Role, Rounding, Tablets,
    Vial, with_formulation,
};
pub use example::{Example, ExampleAdvice, ExampleCourse, ExampleDelay, Expect, Found, Holds, Wanted};
pub use handling::Handling;
pub use ladder::{Assignment, CohortDose, Ladder, Step, ThenStop};
pub use naming::NotOneDrug;
pub use phase::Phase;
pub use provenance::{Doubt, Mark, Provenance, key_name, marks_data, marks_words};
pub use range::Range;
pub use rule::{Action, Base, LooksAt, Rule, RuleRow, actions_words, days_words};
pub use schedule::{
    Assessment, AssessmentWhen, BeforeFirst, Begins, BeginsFrom, Clock, Count, CountKind, Cycle, Days, Event, Gap,
    HalfDay, Next, Numbering, Omitted, Room,
};
pub use source::Source;
pub use status::{Said, Setting, Status};
pub use supportive::{Checked, SupportiveCare};
pub use trial::{Cohort, Lifetime, Near};

use crate::calendar::Date;
use crate::formula::bsa::BsaFormula;
use crate::formula::weight::WeightFormula;
use crate::quantity::names::is_same;
use crate::quantity::{Bsa, Decimal, Sex};
use crate::subject::Fact;

/// A value the file states, or the word it puts in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated<T> {
    /// The value.
    Is(T),
    /// `"unknown"`: no source gives it, so no figure is shown for it.
    Unknown,
}

impl<T> Stated<T> {
    /// The value, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Stated::Is(value) => Some(value),
            Stated::Unknown => None,
        }
    }
}

/// A regimen.
#[derive(Debug, Clone, PartialEq)]
pub struct Regimen {
    /// Short name, unique in the library.
    pub id: String,
    /// The name people use.
    pub name: String,
    /// Who wrote the file, where it says so.
    pub author: Option<String>,
    /// Version of the file.
    pub version: String,
    /// What the file says of itself.
    pub said: Said,
    /// How far it may be relied on.
    pub status: Status,
    /// Trial or practice.
    pub setting: Setting,
    /// What it treats.
    pub indication: String,
    /// Other names it is found by.
    pub also: Vec<String>,
    /// Registry number.
    pub trial: Option<Stated<String>>,
    /// The protocol's number, version and amendment.
    pub protocol: Option<String>,
    /// Version of the protocol.
    pub protocol_version: Option<String>,
    /// Date of the amendment.
    pub amended: Option<Date>,
    /// How much of the supportive care is planned; `None` where the file does not say.
    pub supportive_care: Option<SupportiveCare>,
    /// A remark.
    pub note: Option<String>,
    /// What the trial calls a cycle.
    pub cycle_word: CycleWord,
    /// The number of the first: 0 or 1.
    pub cycles_from: u32,
    /// How body size is used; absent where no drug depends on it.
    pub body: Option<Body>,
    /// Limits at enrolment.
    pub eligibility: Eligibility,
    /// One phase or several, in order.
    pub phases: Vec<Phase>,
    /// Assessments.
    pub assessments: Vec<Assessment>,
    /// Criteria to treat.
    pub criteria: Vec<Criterion>,
    /// Dose modifications.
    pub rules: Vec<Rule>,
    /// Cohorts or arms, one of which is chosen for each subject.
    pub cohorts: Vec<Cohort>,
    /// Limits over a life.
    pub lifetimes: Vec<Lifetime>,
    /// Who compared the file with its sources.
    pub checked: Vec<Checked>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Worked cases.
    pub examples: Vec<Example>,
    /// SHA-256 of the text, after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
    /// The text by itself, where earlier versions stand behind it for the cycles begun on them.
    pub own: Option<std::sync::Arc<Regimen>>,
}

/// What a file says once for every table that does not say it.
const DEFAULTS: &str = "defaults";

impl Regimen {
    /// Whether a name means this laboratory test: its own, another of the same thing, or one that a rule on it gives.
    pub fn is_test(&self, test: &str, said: &str) -> bool {
        let by_rule =
            |rule: &Rule| matches!(rule.looks_at, LooksAt::Test { .. }) && rule.is_called(test) && rule.is_called(said);
        is_same(test, said) || self.rules.iter().any(by_rule)
    }

    /// The name under which a test is known: that of the rule on it, where it goes by another name there.
    pub(crate) fn test<'n>(&'n self, said: &'n str) -> &'n str {
        let on = |rule: &&Rule| matches!(rule.looks_at, LooksAt::Test { .. }) && rule.is_called(said);
        self.rules.iter().find(on).map_or(said, |rule| rule.name.as_str())
    }

    /// The days of a subject that visits are counted from, each once.
    pub fn reference_dates(&self) -> Vec<Fact> {
        let counted = |fact: Fact| {
            let from = |one: &Assessment| matches!(&one.when, AssessmentWhen::From { event, .. } if event.fact() == Some(fact));
            self.assessments.iter().any(from)
        };
        Fact::REFERENCE_DATES.iter().copied().filter(|fact| counted(*fact)).collect()
    }

    /// Whether any dose, or the end of a pump that is alone, follows from the clock time of hour 0.
    pub fn counts_hours(&self) -> bool {
        let alone = |phase: &Phase| phase.drugs.iter().filter(|drug| !drug.home).count() == 1;
        let pump = |phase: &Phase| alone(phase) && phase.drugs.iter().any(|drug| drug.ends.is_some());
        self.drugs().any(|drug| drug.hours.is_some()) || self.phases.iter().any(pump)
    }

    /// Every drug of every phase.
    pub fn drugs(&self) -> impl Iterator<Item = &Drug> {
        self.phases.iter().flat_map(|phase| &phase.drugs)
    }

    /// The marked keys of the whole file, as `irinotecan: round`.
    pub fn unverified(&self) -> Vec<String> {
        let marked = |from: &Provenance| {
            let keys = from.by_key.iter().filter(|(_, source)| *source == Provenance::UNVERIFIED);
            keys.map(|(key, _)| key.clone()).collect::<Vec<_>>()
        };
        self.listed(marked).into_iter().chain(self.unverified_rows()).collect()
    }

    fn unverified_rows(&self) -> impl Iterator<Item = String> {
        let rows =
            self.rules.iter().flat_map(|rule| (1..).zip(&rule.rows).map(move |(number, row)| (rule, number, row)));
        let rows = rows.filter(|(_, _, row)| row.source.as_deref() == Some(Provenance::UNVERIFIED));
        rows.map(|(rule, number, _)| format!("rule {}: row {number}", rule.name))
    }

    /// The same for people, a line for each drug or table: `irinotecan liposomal: dilution, rounding`.
    pub fn unverified_words(&self) -> Vec<String> {
        let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
        for (table, from) in self.tables(self.cycle_word, Drug::full_name, Phase::of_table_shown) {
            let keys = from.by_key.iter().filter(|(_, source)| *source == Provenance::UNVERIFIED);
            for (key, _) in keys {
                let name = key_name(key);
                let table = if from.by_default.contains(key) { DEFAULTS } else { &table };
                match lines.iter_mut().find(|(known, _)| known == table) {
                    Some((_, names)) if names.contains(&name) => {}
                    Some((_, names)) => names.push(name),
                    None => lines.push((table.to_owned(), vec![name])),
                }
            }
        }
        let lines = lines.into_iter().map(|(table, names)| format!("{table}: {}", names.join(", ")));
        lines.chain(self.unverified_rows()).collect()
    }

    /// The keys that come from a source, as `irinotecan: round`.
    pub(crate) fn coming_from(&self, id: &str) -> Vec<String> {
        self.listed(|from| from.by_key.iter().filter(|(_, source)| *source == id).map(|(key, _)| key.clone()).collect())
    }

    /// The keys on which sources disagree, in the same words.
    pub fn conflicts(&self) -> Vec<String> {
        self.listed(|from| from.conflict.keys().cloned().collect())
    }

    /// `table: key`, each once: two phases may have a table of one name.
    fn listed(&self, keys: impl Fn(&Provenance) -> Vec<String>) -> Vec<String> {
        let mut listed: Vec<String> = Vec::new();
        for (table, from) in self.provenances() {
            for key in keys(from) {
                let table = if from.by_default.contains(&key) { DEFAULTS } else { &table };
                let line = format!("{table}: {key}");
                if !listed.contains(&line) {
                    listed.push(line);
                }
            }
        }
        listed
    }

    /// Every table that says where its keys come from.
    fn provenances(&self) -> impl Iterator<Item = (String, &Provenance)> {
        self.tables(CycleWord::Cycle, |drug| drug.id.clone(), Phase::of_table)
    }

    /// The same, a cycle, each drug and each phase called as the caller wants it.
    fn tables(
        &self,
        word: CycleWord,
        drug_name: fn(&Drug) -> String,
        of: fn(&Phase, &str) -> String,
    ) -> impl Iterator<Item = (String, &Provenance)> {
        let phases = self.phases.iter().map(move |phase| (of(phase, "phase"), &phase.provenance));
        let cycles = self.phases.iter().map(move |phase| (of(phase, word.one()), &phase.cycle.provenance));
        let body = self.body.iter().map(|body| ("body".to_owned(), &body.provenance));
        let drugs = self.drugs().map(move |drug| (drug_name(drug), &drug.provenance));
        let who = std::iter::once(("eligibility".to_owned(), &self.eligibility.provenance));
        let criteria = self.criteria.iter().map(|one| (format!("criterion {}", one.test), &one.provenance));
        let rules = self.rules.iter().map(|rule| (format!("rule {}", rule.name), &rule.provenance));
        let limits = self.lifetimes.iter().map(|limit| (format!("lifetime {}", limit.name), &limit.provenance));
        let tests = self.assessments.iter().map(|one| (format!("assessment {}", one.name), &one.provenance));
        phases.chain(cycles).chain(body).chain(drugs).chain(who).chain(criteria).chain(rules).chain(limits).chain(tests)
    }
}

/// Which weight multiplies a dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum WeightKind {
    Actual,
    Ideal,
    Adjusted,
    /// The adjusted weight from a body-mass index of 25 kg/m², the actual one below it.
    AdjustedFromBmi25,
    /// Whichever of the two is lower.
    LowerOfIdealAndActual,
}

impl WeightKind {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            WeightKind::Actual => "actual",
            WeightKind::Ideal => "ideal",
            WeightKind::Adjusted => "adjusted",
            WeightKind::AdjustedFromBmi25 => "adjusted from BMI 25",
            WeightKind::LowerOfIdealAndActual => "lower of ideal and actual",
        }
    }

    /// `adjusted weight`
    pub fn phrase(self) -> &'static str {
        match self {
            WeightKind::Actual => "actual weight",
            WeightKind::Ideal => "ideal weight",
            WeightKind::Adjusted => "adjusted weight",
            WeightKind::AdjustedFromBmi25 => "weight adjusted from BMI 25",
            WeightKind::LowerOfIdealAndActual => "lower of ideal and actual weight",
        }
    }

    /// Whether an ideal weight must be known for it.
    pub fn takes_ideal(self) -> bool {
        self != WeightKind::Actual
    }

    /// Whether the share of the excess must be known for it.
    pub fn takes_factor(self) -> bool {
        matches!(self, WeightKind::Adjusted | WeightKind::AdjustedFromBmi25)
    }
}

/// How body size enters doses.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Formula for body surface; absent where no drug uses it.
    pub bsa: Option<BsaFormula>,
    /// Decimals it is rounded to, half up, before it multiplies.
    pub bsa_places: u32,
    /// Cap on the body surface.
    pub bsa_cap: Option<Bsa>,
    /// The weight used.
    pub weight: WeightKind,
    /// Formula for ideal weight.
    pub ideal: Option<WeightFormula>,
    /// Share of the excess counted by adjusted weight.
    pub adjusted_factor: Option<Decimal>,
    /// When a new weight changes the dose.
    pub recalculate: Recalculate,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// When a new weight changes the dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recalculate {
    /// At every cycle's newest weight.
    EveryCycle,
    /// Never: the first weight stays.
    Never,
    /// No source says it: the first weight stays, and a new one is asked about.
    Unknown,
    /// When the change reaches a percentage.
    Change {
        /// The percentage.
        percent: Decimal,
        /// `>=` (true) or `>`.
        reaching: bool,
        /// Against the weight last used (true) or that of cycle 1 day 1.
        last_used: bool,
    },
}

/// Limits at enrolment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Eligibility {
    /// Completed years.
    pub age: Option<Range>,
    /// Actual weight in kg.
    pub weight: Option<Range>,
    /// GFR in mL/min.
    pub gfr: Option<Range>,
    /// The only sex taken.
    pub sex: Option<Sex>,
    /// Criteria that are shown and not checked.
    pub other: Vec<String>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// A criterion to treat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What is looked at.
    pub test: String,
    /// Lowest allowed, as written.
    pub at_least: Option<String>,
    /// Highest allowed, as written.
    pub at_most: Option<String>,
    /// Cycle days.
    pub days: Vec<i32>,
    /// How old the result may be, in days.
    pub valid_for: Option<i32>,
    /// What follows when it fails.
    pub otherwise: String,
    /// Where each key comes from.
    pub provenance: Provenance,
}
