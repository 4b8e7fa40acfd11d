//! What the tables were read with, beside what was found: who takes part, since when, at which dose.

use crate::advice::{ObservationKind, Observations, table_inputs};
use crate::calendar::{self, Date};
use crate::quantity::number::{counted, print};
use crate::regimen::Regimen;

/// One fact, and its day where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// `weight`, `irinotecan liposomal level`
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
pub fn known(regimen: &Regimen, observed: &Observations, levels: bool) -> Vec<Known> {
    let inputs = table_inputs(regimen);
    let by_day = inputs.iter().any(|one| one.kind == ObservationKind::Day);
    let of_cycle = format!("day of the {}", regimen.cycle_word.one());
    let subject = [
        (ObservationKind::Age, "age", observed.age.map(|age| counted(age, "year"))),
        (ObservationKind::Weight, "weight", observed.weight.map(|weight| format!("{} kg", print(weight)))),
        (ObservationKind::Surface, "body surface", observed.bsa.map(|bsa| format!("{} m²", print(bsa)))),
        (ObservationKind::Gfr, "GFR", observed.gfr.map(|gfr| format!("{} mL/min", print(gfr)))),
        (ObservationKind::Genotype, "genotype", observed.genotype.clone()),
        (ObservationKind::Cohort, "cohort", observed.cohort.clone()),
        (ObservationKind::Day, of_cycle.as_str(), observed.day.filter(|_| by_day).map(|day| day.to_string())),
    ];
    let since = |kind: ObservationKind, name: &str| observed.since.get(&(kind, name.to_owned())).copied();
    let subject = subject
        .into_iter()
        .filter_map(|(kind, what, value)| Some(Known { what: what.to_owned(), value: value?, on: since(kind, "") }));
    let drugs = inputs.into_iter().filter(|one| one.kind == ObservationKind::Level).map(|one| one.name);
    let mut drugs: Vec<String> = drugs.filter(|_| levels).collect();
    let others = observed.percents.keys().filter(|drug| levels && !drugs.contains(drug)).cloned();
    drugs.extend(others.collect::<Vec<_>>());
    let drugs = drugs.into_iter().map(|drug| Known {
        what: format!("{} level", regimen.name_of(&drug, None, 1)),
        value: level(observed, &drug),
        on: since(ObservationKind::Level, &drug),
    });
    subject.chain(drugs).collect()
}

/// `-1, 75 %, 50 mg/m2 in force`
fn level(observed: &Observations, drug: &str) -> String {
    let percent = observed.percents.get(drug).map(|percent| format!(", {} %", print(*percent)));
    let dose = observed.in_force.get(drug).map(|dose| format!(", {dose} in force"));
    let level = observed.levels.get(drug);
    let level = level.map_or_else(|| "0, as none was said".to_owned(), ToString::to_string);
    format!("{level}{}{}", percent.unwrap_or_default(), dose.unwrap_or_default())
}
