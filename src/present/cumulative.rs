//! How much of each drug there has been, dose by dose.

use serde::Serialize;

use crate::quantity::Decimal;
use crate::quantity::number::plain;

use super::{DoseRow, Schedule};

/// The running total of one drug after one row of doses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CumulativeRow {
    /// Drug id.
    pub id: String,
    pub shown: String,
    pub phase: Option<String>,
    pub cycle: u32,
    pub day: i32,
    pub date: String,
    /// Amount of this row: of a run at home, all its doses.
    pub amount: String,
    /// Everything of this drug up to and with this row.
    pub total: String,
    pub unit: &'static str,
}

/// Running totals in the order of the doses; what was omitted or is held does not count. A row whose
/// total leaves the range of a decimal is left out together with all later ones of its drug.
pub fn cumulative(schedule: &Schedule) -> Vec<CumulativeRow> {
    running_totals(schedule).collect()
}

/// The same, row by row.
pub fn running_totals(schedule: &Schedule) -> impl Iterator<Item = CumulativeRow> {
    let mut totals: Vec<((&str, &str), Option<Decimal>)> = Vec::new();
    let counted = schedule.doses.iter().filter(|dose| matches!(dose.state, "projected" | "given"));
    counted.filter_map(move |dose| {
        let key = (dose.drug.as_str(), dose.unit);
        let amount: Option<Decimal> = dose.total.as_ref().and_then(|total| total.parse().ok());
        let total = if let Some((_, total)) = totals.iter_mut().find(|(known, _)| *known == key) {
            *total = total.zip(amount).and_then(|(total, amount)| total.checked_add(amount));
            *total
        } else {
            totals.push((key, amount));
            amount
        };
        amount.zip(total).map(|(amount, total)| row(dose, amount, total))
    })
}

fn row(dose: &DoseRow, amount: Decimal, total: Decimal) -> CumulativeRow {
    CumulativeRow {
        id: dose.id.clone(),
        shown: dose.shown.clone(),
        phase: dose.phase.clone(),
        cycle: dose.cycle,
        day: dose.day,
        date: dose.date.clone(),
        amount: plain(amount),
        total: plain(total),
        unit: dose.unit,
    }
}
