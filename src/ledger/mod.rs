//! Planned and delivered doses: sums, cumulative dose, relative dose intensity, deviations.
//!
//! *Dose intensity* is the amount of drug a subject receives per unit of time; the *relative* dose
//! intensity sets it against the protocol's (Hryniuk and Bush 1984; per subject and over the whole
//! course as Lyman 2009 prefers). It falls for two reasons, told apart here: the *dose part* (less was
//! given each time) and the *time part* (it took longer).
//!
//! ```
//! use posology::ledger::Intensity;
//! use posology::quantity::Decimal;
//! // Four doses of which each was 90 %, in 70 days instead of 56.
//! let part = |n: i64| Decimal::from(n);
//! let intensity = Intensity::of(part(360), part(400), part(56), part(70)).unwrap();
//! assert_eq!(intensity.dose.to_string(), "90");
//! assert_eq!(intensity.time.to_string(), "80");
//! assert_eq!(intensity.relative.to_string(), "72");
//! ```

pub mod deviation;
mod intensity;

use std::collections::BTreeMap;

use crate::calendar::{Date, days_between};
use crate::course::event::{Before, SupplyAct};
use crate::course::fold::Delivered;
use crate::course::{Course, Folded, Key};
use crate::plan::{Administration, Plan, PlannedCycle};
use crate::quantity::{Amount, Decimal};
use crate::regimen::Regimen;
use crate::regimen::model::{Clock, Role};

pub use intensity::Intensity;

/// The convention, printed beside the figures.
pub const CONVENTION: &str = "Relative dose intensity: delivered against planned dose (each per m², per kg or \
flat, as the regimen doses it; planned is the full dose at the size in force, before rounding), over the cycles in \
which something was given, times planned against actual time. Planned time is the sum of those cycles' lengths; actual \
time runs from day 1 of the first to day 1 of the last, plus one length. A wholly omitted cycle lengthens the time; a \
drug with a clock of its own, which no delay moves, is not counted as delayed. \
The figure of the regimen is the mean over its treatment drugs.";

/// What one drug came to.
#[derive(Debug, Clone, PartialEq)]
pub struct DrugLedger {
    /// Drug id.
    pub drug: String,
    /// Doses given.
    pub doses: usize,
    /// Planned so far: the full doses of the cycles begun.
    pub planned: Option<Amount>,
    /// Delivered.
    pub delivered: Option<Amount>,
    /// What was received before.
    pub before: Option<Before>,
    /// Delivered and received before; `None` where that is unknown.
    pub cumulative: Option<Amount>,
    /// Relative dose intensity.
    pub intensity: Option<Intensity>,
}

/// What a course came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// By drug, in the regimen's order.
    pub drugs: Vec<DrugLedger>,
    /// The mean over the treatment drugs, in percent.
    pub regimen: Option<Decimal>,
    /// Cycles begun.
    pub cycles: usize,
    /// Days planned for them.
    pub planned_days: i32,
    /// Days they took.
    pub actual_days: i32,
}

/// The course as it would be at full dose: what the planned side of an intensity is taken from.
pub fn at_full_dose(course: &Course) -> Course {
    Course { reductions: Vec::new(), stopped: None, extra: Vec::new(), ..course.clone() }
}

/// Adds a course up. `full` is the plan of [`at_full_dose`]; `plan` the one in force, where there is one.
pub fn ledger(regimen: &Regimen, folded: &Folded, full: &Plan, plan: Option<&Plan>) -> Ledger {
    let treated = folded.treated();
    let begun: Vec<&PlannedCycle> = full.cycles.iter().filter(|cycle| treated.contains(&cycle.key())).collect();
    let planned_days = begun.iter().fold(0_i32, |sum, cycle| sum.saturating_add(cycle.length()));
    let actual_days = elapsed(&begun, |cycle| cycle.actual);
    let own_days = elapsed(&begun, |cycle| cycle.undelayed);
    let books = Books { regimen, folded, full, plan };
    let mut drugs: Vec<DrugLedger> = Vec::new();
    let mut treatment = Vec::new();
    for drug in regimen.drugs() {
        if drugs.iter().any(|known| known.drug == drug.id) {
            continue;
        }
        let of_drug = |one: &&Administration| one.key.drug == drug.id && one.planned;
        let started = |one: &&Administration| treated.contains(&(one.key.phase.clone(), one.key.cycle));
        let planned: Vec<&Administration> = full.administrations.iter().filter(of_drug).filter(started).collect();
        let took = if drug.clock == Clock::Own { own_days } else { actual_days };
        let one = books.add_up(&drug.id, &planned, (planned_days, took));
        if drug.role == Role::Treatment && one.planned.is_some() {
            treatment.extend(one.intensity.map(|intensity| intensity.relative));
        }
        drugs.push(one);
    }
    let count = Decimal::from(treatment.len());
    let sum = treatment.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    let mean = sum.and_then(|sum| sum.checked_div(count));
    Ledger { drugs, regimen: mean, cycles: begun.len(), planned_days, actual_days }
}

/// Days from day 1 of the first cycle to the end of the last.
fn elapsed(begun: &[&PlannedCycle], day_1: impl Fn(&PlannedCycle) -> Date) -> i32 {
    match (begun.first(), begun.last()) {
        (Some(first), Some(last)) => days_between(day_1(first), day_1(last)).saturating_add(last.length()),
        _ => 0,
    }
}

/// What is added up.
struct Books<'a> {
    regimen: &'a Regimen,
    folded: &'a Folded,
    full: &'a Plan,
    plan: Option<&'a Plan>,
}

impl Books<'_> {
    fn add_up(&self, drug: &str, planned: &[&Administration], (planned_days, actual_days): (i32, i32)) -> DrugLedger {
        let taken = taken(self.folded, drug);
        let of_drug = |one: &&Delivered| one.given.key.drug == drug && !taken.contains_key(&one.given.key);
        let given: Vec<&Delivered> = self.folded.delivered.iter().filter(of_drug).collect();
        let mut sums = Sums::default();
        for one in planned {
            let all = self.full.drug_of(self.regimen, one).and_then(|drug| one.calculated_total(drug));
            sums.plan(all, one.dose.size());
        }
        for one in &given {
            let place = place(self.full, &one.given.key);
            sums.deliver(self.delivered(one, place), self.size(&one.given.key));
        }
        for (key, count) in &taken {
            if let Some(run) = self.plan.and_then(|plan| place(plan, key)).or_else(|| place(self.full, key)) {
                let (mornings, evenings) = run.run.as_ref().map_or((*count, 0), |run| run.halves_of(*count));
                sums.deliver(run.portion().total(mornings, evenings), run.dose.size());
            }
        }
        let days = |days: i32| Decimal::from(days);
        let intensity = match (sums.planned_by_size, sums.delivered_by_size) {
            (Some(planned), Some(delivered)) => {
                Intensity::of(delivered, planned, days(planned_days), days(actual_days))
            }
            _ => None,
        };
        let before = self.folded.course.exposure.get(drug).cloned();
        DrugLedger {
            drug: drug.to_owned(),
            doses: given.len() + taken.len(),
            planned: sums.planned,
            delivered: sums.delivered,
            cumulative: cumulative(before.as_ref(), sums.delivered),
            before,
            intensity,
        }
    }

    /// The body size by which a dose is counted: that of the dose planned in its place, else of another one planned of the
    /// drug in its cycle, else anywhere.
    fn size(&self, key: &Key) -> Option<Decimal> {
        let of_drug = || self.full.administrations.iter().filter(|one| one.planned && one.key.drug == key.drug);
        let cycle = |one: &&Administration| one.key.phase == key.phase && one.key.cycle == key.cycle;
        let planned = of_drug().find(|one| one.key == *key).or_else(|| of_drug().find(cycle));
        planned.or_else(|| of_drug().next()).and_then(|one| one.dose.size())
    }

    /// All that one entry says went in: of a run at home, what was due by the day on which treatment stopped.
    fn delivered(&self, one: &Delivered, place: Option<&Administration>) -> Option<Amount> {
        let went = one.given.portion();
        let Some(place) = place.filter(|_| !one.given.second) else { return went.total(1, 0) };
        let (mornings, evenings) = place.run.as_ref().map_or((1, 0), |run| {
            let stopped = self.folded.course.stopped.as_ref().map(|(day, _)| *day);
            run.halves_of(stopped.map_or(run.administrations, |day| run.doses_by(one.on, day)))
        });
        went.beside(place.portion()).total(mornings, evenings)
    }
}

fn place<'a>(plan: &'a Plan, key: &Key) -> Option<&'a Administration> {
    plan.administrations.iter().find(|one| one.key == *key)
}

/// Home doses counted as taken, by run: they are what was delivered, whatever was handed out.
fn taken<'a>(folded: &'a Folded, drug: &str) -> BTreeMap<&'a Key, u32> {
    let of_drug = folded.supplies.iter().filter(|(_, one)| one.act == SupplyAct::Taken && one.key.drug == drug);
    of_drug.fold(BTreeMap::new(), |mut taken, (_, one)| {
        let count: &mut u32 = taken.entry(&one.key).or_default();
        *count = count.saturating_add(one.count);
        taken
    })
}

/// Delivered and received before, where what was received is an amount and no figure by body size.
fn cumulative(before: Option<&Before>, delivered: Option<Amount>) -> Option<Amount> {
    match before {
        None | Some(Before::None) => delivered,
        Some(Before::Unknown) => None,
        Some(Before::Amount(before)) => {
            let before = before.flat()?;
            let Some(delivered) = delivered else { return Some(before) };
            let value = before.in_unit(delivered.unit)?.value.checked_add(delivered.value)?;
            Some(Amount { value, ..delivered })
        }
    }
}

/// Sums in one unit; a figure that cannot be added takes the sum with it.
struct Sums {
    planned: Option<Amount>,
    delivered: Option<Amount>,
    planned_by_size: Option<Decimal>,
    delivered_by_size: Option<Decimal>,
}

impl Default for Sums {
    fn default() -> Self {
        let zero = Some(Decimal::ZERO);
        Self { planned: None, delivered: None, planned_by_size: zero, delivered_by_size: zero }
    }
}

impl Sums {
    fn plan(&mut self, all: Option<Amount>, size: Option<Decimal>) {
        self.planned = all.and_then(|all| add(self.planned, all));
        self.planned_by_size = by_size(self.planned_by_size, self.planned, all, size);
    }

    fn deliver(&mut self, all: Option<Amount>, size: Option<Decimal>) {
        let Some(all) = all.and_then(|all| all.in_unit(self.planned.map_or(all.unit, |planned| planned.unit))) else {
            self.delivered_by_size = None;
            return;
        };
        self.delivered = add(self.delivered, all);
        self.delivered_by_size = by_size(self.delivered_by_size, self.delivered, Some(all), size);
    }
}

fn add(sum: Option<Amount>, all: Amount) -> Option<Amount> {
    let Some(sum) = sum else { return Some(all) };
    let value = all.in_unit(sum.unit)?.value.checked_add(sum.value)?;
    Some(Amount { value, ..sum })
}

fn by_size(sum: Option<Decimal>, unit: Option<Amount>, all: Option<Amount>, size: Option<Decimal>) -> Option<Decimal> {
    let all = all?.in_unit(unit?.unit)?.value;
    sum?.checked_add(all.checked_div(size?)?)
}
