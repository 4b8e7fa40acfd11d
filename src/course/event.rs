//! What may happen to a subject, one event each. Events are only ever added: a mistake is mended by
//! another event that points at it, and both stay visible.
//!
//! Every event has an *effective date* (the day it happened, or holds from) and a place in the record
//! (its sequence number). The time at which it was typed is kept and never orders anything, because a
//! clock can be set back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{Clock, Date};
use crate::finding::Figure;
use crate::quantity::{
    Age, Amount, Creatinine, Decimal, DoseUnit, Gfr, Height, Portion, ProtocolDose, Results, Sex, Weight,
};
use crate::regimen::Regimen;
use crate::subject::{Fact, Subject, Value, WeightFrom};

pub use super::visit::{DoubleChecked, Looked, Prepared, Ticked};
use super::{CycleKey, Key, Noted, Product, Times, text};

/// The newest version of an event; each is written in the oldest that holds what it says ([`Event::version`]), so that older
/// programs go on with records that say nothing new.
pub const VERSION: u32 = 5;

/// An event as it stands in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place in the record; what corrections point at.
    pub seq: u64,
    /// The day it happened, or holds from.
    pub effective: Date,
    /// When it was typed, in UTC.
    pub recorded: String,
    /// Who typed it.
    pub who: String,
    /// What happened.
    pub event: Event,
    /// Warnings that were answered with it.
    pub answers: Vec<Answer>,
    /// The day that was taken for today when it was typed, where somebody set it by hand.
    pub today: Option<String>,
    /// The record it was imported from, by its identity; empty where it was recorded here.
    pub origin: String,
}

/// A warning, and the reason with which it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The finding's code.
    pub code: String,
    /// What it said.
    pub text: String,
    /// The typed reason.
    pub reason: String,
    /// The figure that was questioned.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
    /// How it was confirmed; `None` of a warning, for which the reason is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
    /// The second person, where one confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// While it is only tried: the doses that the second person typed. What is on record was held against the dose when it
    /// was recorded, and its figure is kept.
    #[serde(skip)]
    pub typed: Option<Vec<(String, Amount)>>,
}

/// How what was questioned was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Measured again and typed without seeing what was typed first.
    Again,
    /// By a second person.
    Second,
}

/// What may happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The subject starts on a regimen.
    Enrolled(Enrolled),
    /// Something was measured.
    Measured(Measured),
    /// A dose was given, wholly or in part.
    Given(Given),
    /// Doses are not given now; their date is open.
    Held(NotGiven),
    /// Doses are never given; dates stay.
    Omitted(NotGiven),
    /// A cycle starts later; what follows moves as the regimen's `next` says.
    Delayed(Delayed),
    /// A dose level or a percentage.
    Changed(Changed),
    /// Criteria to treat were looked at.
    Criteria(Criteria),
    /// A second person worked a visit out before it is given.
    DoubleChecked(DoubleChecked),
    /// A dose was prepared.
    Prepared(Prepared),
    /// Prior exposure (lifetime dose).
    Exposure(Exposure),
    /// Home doses handed out, brought back or taken.
    Supply(Supply),
    /// Treatment, or one drug of it, ended for good.
    Stopped(Stopped),
    /// Another version of the regimen holds from a cycle on.
    Moved(Moved),
    /// A remark.
    Note(Note),
    /// A second person checked an entry.
    Verified(Verified),
    /// An entry was wrong; this is what it should have said.
    Corrected(Corrected),
    /// An entry was wrong and should not be there.
    Undone(Undone),
    /// The texts of an entry were taken away for good.
    Redacted(Redacted),
}

/// A regimen version, pinned by the hash of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pinned {
    /// The regimen's id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// The subject starts on a regimen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Enrolled {
    pub regimen: Pinned,
    /// The code of the study; nothing in practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<String>,
    /// The site, as the study names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    #[serde(with = "text")]
    pub start: Date,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub height: Option<Height>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The age at the start; a date of birth is never kept.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
    /// The age on the day of consent, where it is another than at the start.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub age_consented: Option<Age>,
    /// Of a child born early: its age at the start, counted from the day it was due.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub corrected_age: Option<Age>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub creatinine: Option<Creatinine>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub gfr: Option<Gfr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genotype: Option<String>,
    /// Laboratory results that a dose depends on.
    #[serde(with = "text", default, skip_serializing_if = "Results::is_empty")]
    pub tests: Results,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// Drugs given instead of the ones they may replace.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<String>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Date>,
    /// Where the weight is from; not stated where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_from: Option<WeightFrom>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub consented: Option<Date>,
    /// The day of enrolment in the study.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub enrolled: Option<Date>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub randomised: Option<Date>,
    /// The clock time of hour 0.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Clock>,
    /// Height and weight were measured and typed a second time: of older entries; newer ones have it in their answers.
    #[serde(default)]
    pub remeasured: bool,
    /// What was received before, by drug or lifetime limit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub exposure: BTreeMap<String, Before>,
    /// Dose levels assigned at the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Changed>,
}

impl Enrolled {
    /// What a course starts from, without the date of birth.
    pub fn new(regimen: Pinned, start: Date, subject: &Subject, levels: Vec<Changed>) -> Self {
        Self {
            regimen,
            study: None,
            site: None,
            start,
            height: subject.height,
            weight: subject.weight,
            sex: subject.sex,
            age: subject.age_on(start),
            age_consented: subject.age_at_consent().filter(|age| subject.age_on(start) != Some(*age)),
            corrected_age: subject.corrected_age,
            creatinine: subject.creatinine,
            gfr: subject.gfr,
            genotype: subject.genotype.clone(),
            tests: subject.tests.clone(),
            cohort: subject.cohort.clone(),
            instead: subject.instead.clone(),
            measured: subject.measured,
            weight_from: subject.weight_from.filter(|_| subject.weight.is_some()),
            consented: subject.consented,
            enrolled: subject.enrolled,
            randomised: subject.randomised,
            at: subject.at.clone(),
            remeasured: subject.remeasured,
            exposure: BTreeMap::new(),
            levels,
        }
    }

    /// The subject on the first day.
    pub fn subject(&self) -> Subject {
        Subject {
            height: self.height,
            weight: self.weight,
            sex: self.sex,
            age: self.age,
            age_consented: self.age_consented,
            corrected_age: self.corrected_age,
            born: None,
            creatinine: self.creatinine,
            gfr: self.gfr,
            genotype: self.genotype.clone(),
            tests: self.tests.clone(),
            cohort: self.cohort.clone(),
            instead: self.instead.clone(),
            measured: self.measured,
            weight_from: self.weight_from,
            consented: self.consented,
            enrolled: self.enrolled,
            randomised: self.randomised,
            at: self.at.clone(),
            remeasured: self.remeasured,
        }
    }
}

impl Event {
    /// The version it is written in: 2 where it says where a weight is from, or the age on the day of consent, 3 where it says
    /// at what hours a dose went in, 4 where it says what a remark tells of.
    pub fn version(&self) -> u32 {
        match self {
            Event::Stopped(Stopped { drug: Some(_), .. }) => 5,
            Event::DoubleChecked(check) if !check.ticks.is_empty() => 5,
            Event::Note(Note { what: Some(_), .. }) => 4,
            Event::Enrolled(Enrolled { at: Some(_), .. } | Enrolled { age_consented: Some(_), .. }) => 3,
            Event::Given(given) if !given.times.is_empty() => 3,
            Event::Measured(Measured { weight_from: Some(_), .. })
            | Event::Enrolled(Enrolled { weight_from: Some(_), .. }) => 2,
            Event::Corrected(corrected) => corrected.event.version(),
            _ => 1,
        }
    }

    /// Takes in a fact, in the place of what the entry says of it; `false` where such an entry holds none of it.
    pub fn set(&mut self, value: Value) -> bool {
        match (self, value) {
            (Event::Enrolled(enrolled), Value::Start(start)) => enrolled.start = start,
            (Event::Enrolled(enrolled), value) => {
                let mut subject = enrolled.subject();
                subject.set(value);
                let (regimen, levels) = (enrolled.regimen.clone(), enrolled.levels.clone());
                let (exposure, study, site) =
                    (enrolled.exposure.clone(), enrolled.study.clone(), enrolled.site.clone());
                let anew = Enrolled::new(regimen, enrolled.start, &subject, levels);
                *enrolled = Enrolled { study, site, exposure, ..anew };
            }
            (Event::Measured(measured), Value::Height(height)) => measured.height = Some(height),
            (Event::Measured(measured), Value::Weight(weight)) => measured.weight = Some(weight),
            (Event::Measured(measured), Value::Creatinine(creatinine)) => measured.creatinine = Some(creatinine),
            (Event::Measured(measured), Value::Gfr(gfr)) => measured.gfr = Some(gfr),
            (Event::Measured(measured), Value::WeightFrom(from)) if measured.weight.is_some() => {
                measured.weight_from = Some(from);
            }
            _ => return false,
        }
        true
    }

    /// The facts it holds.
    pub fn facts(&self) -> Vec<Value> {
        match self {
            Event::Enrolled(enrolled) => {
                let subject = enrolled.subject();
                let known = Fact::ALL.iter().filter_map(|fact| subject.get(*fact));
                known.chain([Value::Start(enrolled.start)]).collect()
            }
            Event::Measured(one) => {
                let Measured { height, weight, creatinine, gfr, weight_from, .. } = *one;
                let subject = Subject { height, weight, creatinine, gfr, weight_from, ..Subject::default() };
                Fact::ALL.iter().filter_map(|fact| subject.get(*fact)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Something was measured; the effective date is the day of the measurement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Measured {
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub height: Option<Height>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub creatinine: Option<Creatinine>,
    /// Measured kidney function.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub gfr: Option<Gfr>,
    /// Where the weight is from; not stated where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_from: Option<WeightFrom>,
    /// Typed a second time, after a message had questioned it: of older entries; newer ones have it in their answers.
    #[serde(default)]
    pub remeasured: bool,
}

/// A dose was given; the effective date is the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Which administration.
    pub key: Key,
    /// What was given; of a home run, one dose; of halves that differ, the larger.
    #[serde(with = "text")]
    pub dose: Amount,
    /// Of a home run whose halves of the day differ, or could: the morning's dose.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub morning: Option<Amount>,
    /// And the evening's.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub evening: Option<Amount>,
    /// Of an infusion dosed by the day: the dose is that of each 24 hours, for so many days; 1 where the dose is all
    /// that went in.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Decimal>,
    /// What the plan said, where the administration was planned.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Amount>,
    /// The same in words, where it is more than one figure: halves of a day, an infusion dosed by the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_words: Option<String>,
    /// The day the plan said.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub planned_on: Option<Date>,
    /// The inputs behind the planned dose, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
    /// The kit and the lot it came from.
    #[serde(default, skip_serializing_if = "Product::is_empty")]
    pub product: Product,
    /// When it was begun and when it ended, where that was noted.
    #[serde(default, skip_serializing_if = "Times::is_empty")]
    pub times: Times,
    /// Only a part of the dose went in.
    #[serde(default)]
    pub partly: bool,
    /// A second dose under an identity that has one already.
    #[serde(default)]
    pub second: bool,
    /// Why it differs, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Given {
    /// The same with its doses in a unit, where they can be said in it.
    #[must_use]
    pub fn in_unit(&self, unit: DoseUnit) -> Self {
        let said = |dose: Amount| if dose.unit == unit { dose } else { dose.in_unit(unit).unwrap_or(dose) };
        let (dose, morning, evening) = (said(self.dose), self.morning.map(said), self.evening.map(said));
        Self { dose, morning, evening, ..self.clone() }
    }

    /// What went in each time.
    pub fn portion(&self) -> Portion {
        Portion { amount: self.dose, halves: self.morning.zip(self.evening), days: self.days }
    }
}

/// Doses held or omitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotGiven {
    /// Which administrations.
    pub keys: Vec<Key>,
    /// What was asked for, in words: `cycle 4`, `cycle 2 day 8`.
    pub scope: String,
    /// Why.
    pub reason: String,
    /// Of omitted doses: nobody decided it, they were due and were not given or taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missed: bool,
}

impl NotGiven {
    /// Which administrations, as people read them: `cycle 2 day 8 irinotecan liposomal`. The drug is named where only one is
    /// meant, the day likewise.
    pub fn words(&self, regimen: &Regimen) -> String {
        let Some(first) = self.keys.first() else { return self.scope.clone() };
        let mut words = first.phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
        words.push_str(&regimen.cycle_word.numbered(first.cycle));
        if self.keys.iter().all(|key| key.day == first.day) {
            words.push_str(&format!(" day {}", first.day));
        }
        if self.keys.iter().all(|key| key.drug == first.drug) {
            words.push_str(&format!(" {}", regimen.name_of(&first.drug, first.phase.as_deref(), first.cycle)));
        }
        words
    }
}

/// A cycle starts later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delayed {
    /// The cycle.
    pub cycle: CycleKey,
    /// Days after its planned day 1, in all.
    pub days: i32,
    /// Why.
    pub reason: String,
    /// The protocol requires it (criteria, toxicity): not out of window.
    pub required: bool,
}

/// A dose level or a percentage from a cycle on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// Drug id.
    pub drug: String,
    /// First cycle it holds in.
    pub from: CycleKey,
    /// Level (0, -1 …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<i32>,
    /// Percent of the capped dose.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// Why.
    pub reason: String,
}

/// Criteria to treat were looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    /// For which cycle.
    pub cycle: CycleKey,
    /// For which day of it.
    pub day: i32,
    /// Whether all of them are met.
    pub met: bool,
    /// What was found.
    pub found: String,
}

/// What was received of a drug, or of the drugs of a lifetime limit, before this regimen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// Drug id, or the name of a lifetime limit.
    pub drug: String,
    /// None, unknown, or so much.
    pub before: Before,
}

/// None, unknown, or so much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Before {
    /// Certainly none.
    None,
    /// Nobody knows.
    Unknown,
    /// So much.
    Amount(#[serde(with = "text")] ProtocolDose),
}

/// Home doses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// The run.
    pub key: Key,
    /// What happened to them.
    pub act: SupplyAct,
    /// How many: tablets handed out or brought back, doses taken.
    pub count: u32,
    /// Their kit and lot.
    #[serde(default, skip_serializing_if = "Product::is_empty")]
    pub product: Product,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What happened to home doses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum SupplyAct {
    Dispensed,
    Returned,
    Taken,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The text.
    pub reason: String,
    /// What it tells of, where it is more than a remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<Noted>,
}

/// The end of treatment, or of one drug of it. The day of the entry is the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stopped {
    /// Why.
    pub reason: String,
    /// The drug that is stopped while the others go on; `None` of all treatment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drug: Option<String>,
}

/// Another version of the regimen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// The version.
    pub to: Pinned,
    /// First cycle it holds in.
    pub from: CycleKey,
    /// Why.
    pub reason: String,
}

/// A second person checked an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verified {
    /// The entry.
    pub entry: u64,
    /// Whether what the second person typed, unseen, was the same.
    pub agrees: bool,
    /// The differences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<String>,
}

/// An entry was wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The entry it corrects.
    pub entry: u64,
    /// What it should have said.
    pub event: Box<Event>,
    /// The day it should have said.
    #[serde(with = "text")]
    pub effective: Date,
    /// Why.
    pub reason: String,
}

/// An entry should not be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undone {
    /// The entry.
    pub entry: u64,
    /// Why.
    pub reason: String,
}

/// The texts of an entry were taken away for good: they gave a person away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redacted {
    /// The entry.
    pub entry: u64,
    /// The ids of the texts, by which the record knows that they were there.
    #[serde(default)]
    pub texts: Vec<String>,
    /// Why.
    pub reason: String,
}
