//! What the tables were read with, beside what was found: who takes part, since when, at which dose.

use crate::advice::{Facts, Topic, asked};
use crate::calendar::{self, Date};
use crate::quantity::number::print;
use crate::regimen::Regimen;

/// One fact, and its day where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// `weight`, `irinotecan level`
    pub what: String,
    /// `65 kg`, `-1, 50 mg/m2`
    pub value: String,
    /// The day it was found, or holds from.
    pub on: Option<Date>,
}

/// `weight 65 kg (07-Dec-2026)`
impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.what, self.value)?;
        self.on.map_or(Ok(()), |on| write!(f, " ({})", calendar::print(on)))
    }
}

/// Every fact about the subject; the levels in force where `levels` says so.
pub fn known(regimen: &Regimen, facts: &Facts, levels: bool) -> Vec<Known> {
    let subject = [
        (Topic::Age, "age", facts.age.map(|age| format!("{} years", print(age)))),
        (Topic::Weight, "weight", facts.weight.map(|weight| format!("{} kg", print(weight)))),
        (Topic::Surface, "body surface", facts.bsa.map(|bsa| format!("{} m²", print(bsa)))),
        (Topic::Gfr, "GFR", facts.gfr.map(|gfr| format!("{} mL/min", print(gfr)))),
        (Topic::Genotype, "genotype", facts.genotype.clone()),
        (Topic::Cohort, "cohort", facts.cohort.clone()),
    ];
    let since = |topic: Topic, name: &str| facts.since.get(&(topic, name.to_owned())).copied();
    let subject = subject
        .into_iter()
        .filter_map(|(topic, what, value)| Some(Known { what: what.to_owned(), value: value?, on: since(topic, "") }));
    let drugs = asked(regimen).into_iter().filter(|one| one.topic == Topic::Level).map(|one| one.name);
    let mut drugs: Vec<String> = drugs.filter(|_| levels).collect();
    let others = facts.percents.keys().filter(|drug| levels && !drugs.contains(drug)).cloned();
    drugs.extend(others.collect::<Vec<_>>());
    let drugs = drugs.into_iter().map(|drug| Known {
        what: format!("{drug} level"),
        value: level(facts, &drug),
        on: since(Topic::Level, &drug),
    });
    subject.chain(drugs).collect()
}

/// `-1, 75 %, 50 mg/m2 in force`
fn level(facts: &Facts, drug: &str) -> String {
    let percent = facts.percents.get(drug).map(|percent| format!(", {} %", print(*percent)));
    let dose = facts.in_force.get(drug).map(|dose| format!(", {dose} in force"));
    let level = facts.levels.get(drug);
    let level = level.map_or_else(|| "0, as none was said".to_owned(), ToString::to_string);
    format!("{level}{}{}", percent.unwrap_or_default(), dose.unwrap_or_default())
}
