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
mod sums;
mod time;

use std::collections::BTreeMap;

use crate::course::event::{Before, SupplyAct};
use crate::course::fold::Delivered;
use crate::course::{AdministrationRecord, Course, Folded, Key};
use crate::plan::{Administration, Plan};
use crate::quantity::{Amount, Decimal};
use crate::regimen::Regimen;
use crate::regimen::{Clock, Role};

pub use intensity::Intensity;

use sums::{By, Sums, Tally, by};
use time::{Days, Time};

/// The convention, printed beside the figures.
pub const CONVENTION: &str = "Relative dose intensity: delivered against planned dose (each per m², per kg or \
flat, as the regimen doses it, and by amount where it doses a drug in two of these ways; planned is the protocol's full \
dose for this subject, as its tables and starting rules assign it, at the size in force, before rounding), over the \
cycles in which something was given (unknown while doses taken at home are not counted), times planned against actual time. Both run from day 1 of the first of these cycles \
to the end of the last: planned time as the protocol has it, gaps between phases included; actual time as it was, the \
last cycle at the length in force. A wholly omitted cycle lengthens the time; a drug with a clock of its own, which no \
delay moves, and one taken every day, which goes on through a delay, are not counted as delayed. \
The figure of the regimen is the mean over its treatment drugs.";

/// What one drug came to.
#[derive(Debug, Clone, PartialEq)]
pub struct DrugLedger {
    /// Drug id.
    pub drug: String,
    /// Doses given.
    pub doses: usize,
    /// Runs at home of the cycles begun of which nobody has said how much was taken: what they came to is unknown.
    pub uncounted: usize,
    /// Planned so far: the full doses of the cycles begun.
    pub planned: Option<Amount>,
    /// Delivered; `None` where a run was not counted.
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
    /// The mean over the treatment drugs, in percent; `None` where that of one of them is unknown.
    pub regimen: Option<Decimal>,
    /// Cycles begun.
    pub cycles: usize,
    /// Days planned for them.
    pub planned_days: i32,
    /// Days they took.
    pub actual_days: i32,
}

/// The course as it would be at full dose, on the days on which it was given: what the planned side of an intensity is
/// taken from.
pub fn at_full_dose(course: &Course) -> Course {
    let as_planned = |(key, record): (&Key, &AdministrationRecord)| {
        let record = match record {
            AdministrationRecord::Given { on, .. } => AdministrationRecord::Given { on: *on, dose: None },
            AdministrationRecord::Held(_) | AdministrationRecord::Omitted(_) => record.clone(),
        };
        (key.clone(), record)
    };
    let recorded = course.recorded.iter().map(as_planned).collect();
    Course { reductions: Vec::new(), stopped: None, extra: Vec::new(), recorded, ..course.clone() }
}

/// Adds a course up. `full` is the plan of [`at_full_dose`]; `plan` the one in force, where there is one.
pub fn ledger(regimen: &Regimen, folded: &Folded, full: &Plan, plan: Option<&Plan>) -> Ledger {
    let treated = folded.treated();
    let time = Time::of(regimen, full, plan, &treated);
    let books = Books { regimen, folded, full, plan, time: &time };
    let mut drugs: Vec<DrugLedger> = Vec::new();
    let (mut treatment, mut unknown) = (Vec::new(), false);
    for drug in regimen.drugs() {
        if drugs.iter().any(|known| known.drug == drug.id) {
            continue;
        }
        let of_drug = |one: &&Administration| one.key.drug == drug.id && one.planned.is_some();
        let started = |one: &&Administration| treated.contains(&(one.key.phase.clone(), one.key.cycle));
        let planned: Vec<&Administration> = full.administrations.iter().filter(of_drug).filter(started).collect();
        let one = books.add_up(&drug.id, drug.clock, &planned);
        if drug.role == Role::Treatment && one.planned.is_some() {
            treatment.extend(one.intensity.map(|intensity| intensity.relative));
            unknown |= one.uncounted > 0;
        }
        drugs.push(one);
    }
    let count = Decimal::from(treatment.len());
    let sum = treatment.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    let mean = sum.and_then(|sum| sum.checked_div(count)).filter(|_| !unknown);
    let Days { planned, actual } = time.course();
    Ledger { drugs, regimen: mean, cycles: time.cycles(), planned_days: planned, actual_days: actual }
}

/// What is added up.
struct Books<'a> {
    regimen: &'a Regimen,
    folded: &'a Folded,
    full: &'a Plan,
    plan: Option<&'a Plan>,
    time: &'a Time<'a>,
}

impl Books<'_> {
    fn add_up(&self, drug: &str, clock: Clock, planned: &[&Administration]) -> DrugLedger {
        let taken = taken(self.folded, drug);
        let of_drug = |one: &&Delivered| one.given.key.drug == drug && !taken.contains_key(&one.given.key);
        let given: Vec<&Delivered> = self.folded.delivered.iter().filter(of_drug).collect();
        let mut sums = Sums::default();
        for one in planned {
            sums.plan(self.planned(one, clock), by(one));
        }
        for one in &given {
            sums.deliver(self.delivered(one), self.by(&one.given.key));
        }
        for (key, count) in &taken {
            if let Some(run) = self.place(key) {
                let (mornings, evenings) = run.run.as_ref().map_or((*count, 0), |run| run.halves_of(*count));
                sums.deliver(run.portion().total(mornings, evenings), self.by(key));
            }
        }
        let uncounted = planned.iter().filter(|one| self.is_uncounted(one, &taken)).count();
        sums.delivered.lost |= uncounted > 0;
        let Days { planned, actual } = self.time.of_drug(drug, clock);
        let intensity = sums.compared().and_then(|(delivered, full)| {
            Intensity::of(delivered, full, Decimal::from(planned), Decimal::from(actual))
        });
        let before = self.folded.course.exposure.get(drug).cloned();
        DrugLedger {
            drug: drug.to_owned(),
            // What goes on after a dose that was broken off is a part of it.
            doses: given.iter().filter(|one| !(one.given.second && one.given.partly)).count() + taken.len(),
            uncounted,
            planned: sums.planned.amount(),
            delivered: sums.delivered.amount(),
            cumulative: cumulative(before.as_ref(), &sums.delivered),
            before,
            intensity,
        }
    }

    /// Whether a run at home is on no record: neither counted, nor given, nor left out by decision. One that treatment did
    /// not reach is known to be nothing.
    fn is_uncounted(&self, one: &Administration, taken: &BTreeMap<&Key, u32>) -> bool {
        let reached = self.folded.course.stopped.as_ref().is_none_or(|(day, _)| one.date <= *day);
        let told = taken.contains_key(&one.key) || self.folded.recorded.contains_key(&one.key);
        one.run.is_some() && reached && !told
    }

    /// The full dose of one row. A run of every day that began late has lost the days before it.
    fn planned(&self, one: &Administration, clock: Clock) -> Option<Amount> {
        let all = one.calculated_total(self.full.drug_of(self.regimen, one)?)?;
        let (late, days) = (self.time.late(one, clock), one.run.as_ref().map_or(1, |run| run.days));
        if late == 0 {
            return Some(all);
        }
        let whole = Decimal::from(days).checked_add(Decimal::from(late))?;
        let value = all.value.checked_mul(whole)?.checked_div(Decimal::from(days))?;
        Some(Amount { value: value.normalize(), ..all })
    }

    /// The body size by which a dose is counted: that of the dose planned in its place, else of another one planned of the
    /// drug in its cycle, else anywhere.
    fn by(&self, key: &Key) -> Option<By> {
        let of_drug =
            || self.full.administrations.iter().filter(|one| one.planned.is_some() && one.key.drug == key.drug);
        let cycle = |one: &&Administration| one.key.phase == key.phase && one.key.cycle == key.cycle;
        let planned = of_drug().find(|one| one.key == *key).or_else(|| of_drug().find(cycle));
        planned.or_else(|| of_drug().next()).and_then(by)
    }

    /// What was planned in the place of a dose: under the level in force, else at full dose.
    fn place(&self, key: &Key) -> Option<&Administration> {
        self.plan.and_then(|plan| place(plan, key)).or_else(|| place(self.full, key))
    }

    /// All that one entry says went in: of a run at home, what was due by the day on which treatment stopped.
    fn delivered(&self, one: &Delivered) -> Option<Amount> {
        let went = one.given.portion();
        let place = self.place(&one.given.key).filter(|_| !one.given.second);
        let Some(place) = place else { return went.total(1, 0) };
        let (mornings, evenings) = place.run.as_ref().map_or((1, 0), |run| {
            let stopped = self.folded.course.stopped.as_ref().map(|(day, _)| *day);
            run.halves_of(stopped.map_or(run.administrations, |day| run.doses_by(one.on, day)))
        });
        went.beside(place.portion()).total(mornings, evenings)
    }
}

fn place<'a>(plan: &'a Plan, key: &Key) -> Option<&'a Administration> {
    plan.administrations.iter().find(|one| one.planned.is_some() && one.key == *key)
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
fn cumulative(before: Option<&Before>, delivered: &Tally) -> Option<Amount> {
    if delivered.lost {
        return None;
    }
    let delivered = delivered.sum;
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
