//! The dose intensity of a course: planned, delivered and relative, a line a drug and one of the regimen.

use crate::course::event::Before;
use crate::ledger::{DrugLedger, Ledger};
use crate::present::Schedule;
use crate::quantity::{Amount, Decimal, decimal};

/// Decimals of a percentage, and of an amount that was worked out.
const PLACES: u32 = 4;

/// One drug, or the regimen as a whole.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Drug id; `None` of the regimen.
    pub(super) drug: Option<String>,
    pub(super) doses: Option<u32>,
    pub(super) planned: Option<Decimal>,
    pub(super) delivered: Option<Decimal>,
    pub(super) unit: &'static str,
    /// Received before, in words; `None` where nobody asked.
    pub(super) before: Option<String>,
    pub(super) cumulative: Option<Decimal>,
    /// In percent.
    pub(super) dose: Option<Decimal>,
    pub(super) time: Option<Decimal>,
    pub(super) relative: Option<Decimal>,
    pub(super) cycles: Option<u32>,
    pub(super) planned_days: Option<i32>,
    pub(super) actual_days: Option<i32>,
}

/// A line a drug in the order of the regimen, then one of the regimen; none outside a record.
pub(super) fn lines(schedule: &Schedule) -> Vec<Line> {
    let whole = |ledger: &Ledger| Line {
        relative: ledger.regimen.map(short),
        cycles: u32::try_from(ledger.cycles).ok(),
        planned_days: Some(ledger.planned_days),
        actual_days: Some(ledger.actual_days),
        ..Line::default()
    };
    let of = |ledger: &Ledger| -> Vec<Line> { ledger.drugs.iter().map(line).chain([whole(ledger)]).collect() };
    schedule.ledger.as_ref().map(of).unwrap_or_default()
}

fn short(value: Decimal) -> Decimal {
    decimal::half_up(value, PLACES)
}

fn line(one: &DrugLedger) -> Line {
    // Nothing given of a drug is a sum too.
    let none = one
        .planned
        .filter(|_| one.doses == 0 && one.uncounted == 0)
        .map(|planned| Amount { value: Decimal::ZERO, ..planned });
    let delivered = one.delivered.or(none);
    let unit = one.planned.or(delivered).or(one.cumulative).map(|amount| amount.unit);
    let figure = |amount: Option<Amount>| Some(short(amount?.in_unit(unit?)?.value));
    let before = |before: &Before| match before {
        Before::None => "none".to_owned(),
        Before::Unknown => "unknown".to_owned(),
        Before::Amount(amount) => amount.to_string(),
    };
    Line {
        drug: Some(one.drug.clone()),
        doses: u32::try_from(one.doses).ok(),
        planned: figure(one.planned),
        delivered: figure(delivered),
        unit: unit.map_or("", crate::quantity::unit::DoseUnit::written),
        before: one.before.as_ref().map(before),
        cumulative: figure(one.cumulative),
        dose: one.intensity.map(|intensity| short(intensity.dose)),
        time: one.intensity.map(|intensity| short(intensity.time)),
        relative: one.intensity.map(|intensity| short(intensity.relative)),
        ..Line::default()
    }
}
