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

use crate::calendar::days_between;
use crate::course::event::Before;
use crate::course::{Course, Folded};
use crate::dosing::StepKind;
use crate::plan::{Administration, Plan};
use crate::quantity::{Amount, Basis, Decimal};
use crate::regimen::Regimen;
use crate::regimen::model::Role;

pub use intensity::{Intensity, fixed_cycles, open_ended};

/// The convention, printed beside the figures.
pub const CONVENTION: &str = "Relative dose intensity: delivered against planned dose (each per m², per kg or \
flat, as the regimen doses it; planned is the full dose at the size in force, before rounding), over the cycles in \
which something was given, times planned against actual time. Planned time is the sum of those cycles' lengths; actual \
time runs from day 1 of the first to day 1 of the last, plus one length. A wholly omitted cycle lengthens the time. \
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
    Course { reductions: Vec::new(), stopped: None, ..course.clone() }
}

/// Adds a course up. `full` is the plan of [`at_full_dose`].
pub fn ledger(regimen: &Regimen, folded: &Folded, full: &Plan) -> Ledger {
    let treated = folded.treated();
    let begun: Vec<_> = full.cycles.iter().filter(|cycle| treated.contains(&cycle.key())).collect();
    let length = |phase: usize| regimen.phases.get(phase).map_or(0, |phase| phase.cycle.length);
    let planned_days = begun.iter().fold(0_i32, |sum, cycle| sum.saturating_add(length(cycle.phase)));
    let actual_days = match (begun.first(), begun.last()) {
        (Some(first), Some(last)) => days_between(first.actual, last.actual).saturating_add(length(last.phase)),
        _ => 0,
    };
    let mut drugs: Vec<DrugLedger> = Vec::new();
    let mut treatment = Vec::new();
    for drug in regimen.drugs() {
        if drugs.iter().any(|known| known.drug == drug.id) {
            continue;
        }
        let of_drug = |one: &&Administration| one.key.drug == drug.id;
        let started = |one: &&Administration| treated.contains(&(one.key.phase.clone(), one.key.cycle));
        let planned: Vec<&Administration> = full.administrations.iter().filter(of_drug).filter(started).collect();
        let one = add_up(&drug.id, folded, &planned, full, (planned_days, actual_days));
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

fn add_up(
    drug: &str,
    folded: &Folded,
    planned: &[&Administration],
    full: &Plan,
    (planned_days, actual_days): (i32, i32),
) -> DrugLedger {
    let given: Vec<_> = folded.delivered.iter().filter(|one| one.given.key.drug == drug).collect();
    let doses = |one: &Administration| one.run.as_ref().map_or(1, |run| run.administrations);
    let mut sums = Sums::default();
    for one in planned {
        sums.plan(one.dose.calculated, size(one), doses(one));
    }
    for one in &given {
        let place = full.administrations.iter().find(|full| full.key == one.given.key);
        sums.deliver(one.given.dose, place.and_then(size), place.map_or(1, doses));
    }
    let days = |days: i32| Decimal::from(days);
    let intensity = match (sums.planned_by_size, sums.delivered_by_size) {
        (Some(planned), Some(delivered)) => Intensity::of(delivered, planned, days(planned_days), days(actual_days)),
        _ => None,
    };
    let before = folded.exposure.get(drug).cloned();
    DrugLedger {
        drug: drug.to_owned(),
        doses: given.len(),
        planned: sums.planned,
        delivered: sums.delivered,
        cumulative: cumulative(before.as_ref(), sums.delivered),
        before,
        intensity,
    }
}

fn cumulative(before: Option<&Before>, delivered: Option<Amount>) -> Option<Amount> {
    match before {
        None | Some(Before::None) => delivered,
        Some(Before::Unknown) => None,
        Some(Before::Amount(before)) => match delivered {
            None => Some(*before),
            Some(delivered) => {
                let value = before.in_unit(delivered.unit)?.value.checked_add(delivered.value)?;
                Some(Amount { value, ..delivered })
            }
        },
    }
}

/// The body surface or weight behind a dose: the product over the protocol's figure.
fn size(one: &Administration) -> Option<Decimal> {
    let per = one.dose.per;
    if per.basis == Basis::Flat {
        return Some(Decimal::ONE);
    }
    let product = one.dose.steps.iter().rev().find(|step| step.kind == StepKind::Multiply)?;
    product.value.checked_div(per.value)
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
    fn plan(&mut self, dose: Amount, size: Option<Decimal>, times: u32) {
        self.planned = add(self.planned, dose, times);
        self.planned_by_size = by_size(self.planned_by_size, self.planned, dose, size, times);
    }

    fn deliver(&mut self, dose: Amount, size: Option<Decimal>, times: u32) {
        let unit = self.planned.map_or(dose.unit, |planned| planned.unit);
        let Some(dose) = dose.in_unit(unit) else {
            self.delivered_by_size = None;
            return;
        };
        self.delivered = add(self.delivered, dose, times);
        self.delivered_by_size = by_size(self.delivered_by_size, self.delivered, dose, size, times);
    }
}

fn add(sum: Option<Amount>, dose: Amount, times: u32) -> Option<Amount> {
    let value = dose.value.checked_mul(Decimal::from(times))?;
    match sum {
        None => Some(Amount { value, ..dose }),
        Some(sum) => {
            let value = Amount { value, ..dose }.in_unit(sum.unit)?.value.checked_add(sum.value)?;
            Some(Amount { value, ..sum })
        }
    }
}

fn by_size(
    sum: Option<Decimal>,
    unit: Option<Amount>,
    dose: Amount,
    size: Option<Decimal>,
    times: u32,
) -> Option<Decimal> {
    let dose = dose.in_unit(unit?.unit)?.value.checked_mul(Decimal::from(times))?;
    sum?.checked_add(dose.checked_div(size?)?)
}

/// Delivered doses by drug, for charts: date and running sum.
pub fn running(folded: &Folded, drug: &str) -> Vec<(crate::calendar::Date, Amount)> {
    let mut sum: Option<Amount> = None;
    let mut by_day: BTreeMap<crate::calendar::Date, Amount> = BTreeMap::new();
    for one in folded.delivered.iter().filter(|one| one.given.key.drug == drug) {
        sum = add(sum, one.given.dose, 1);
        if let Some(sum) = sum {
            by_day.insert(one.on, sum);
        }
    }
    by_day.into_iter().collect()
}
