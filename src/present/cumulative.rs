//! How much of each drug there has been, dose by dose.

use crate::calendar::Date;
use crate::course::Part;
use crate::quantity::Amount;
use crate::quantity::unit::DoseUnit;

use super::{DoseRow, Schedule};

/// The running total of one drug after one row of doses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct CumulativeRow {
    /// Drug id.
    pub id: String,
    pub shown: String,
    pub phase: Option<String>,
    pub cycle: u32,
    pub day: i32,
    /// Which of a day's doses, where a day has several.
    pub part: Option<Part>,
    pub date: Date,
    /// Amount of this row: of a run at home, all its doses.
    pub amount: Amount,
    /// Everything of this drug up to and with this row.
    pub total: Amount,
}

/// Running totals in the order of the doses; what was omitted or is held does not count. A row whose
/// total leaves the range of a decimal is left out together with all later ones of its drug.
pub fn cumulative(schedule: &Schedule) -> Vec<CumulativeRow> {
    running_totals(schedule).collect()
}

/// What is added up: name, formulation and what its unit measures. A liposome is another drug than the plain one: nobody adds their milligrams.
type Form<'a> = (&'a str, Option<&'a str>, DoseUnit);

/// The same, row by row.
pub fn running_totals(schedule: &Schedule) -> impl Iterator<Item = CumulativeRow> {
    let mut totals: Vec<(Form<'_>, Option<Amount>)> = Vec::new();
    let counted = schedule.doses.iter().filter(|dose| dose.counts());
    counted.filter_map(move |dose| {
        let key = (dose.drug.as_str(), dose.formulation.as_deref(), dose.portion().amount.unit.base());
        let amount = dose.total();
        let total = if let Some((_, total)) = totals.iter_mut().find(|(known, _)| *known == key) {
            *total = total.zip(amount).and_then(|(total, amount)| plus(total, amount));
            *total
        } else {
            totals.push((key, amount));
            amount
        };
        amount.zip(total).map(|(amount, total)| row(dose, amount, total))
    })
}

/// The sum of two amounts, in the unit of the first.
fn plus(total: Amount, amount: Amount) -> Option<Amount> {
    Some(Amount { value: total.value.checked_add(amount.in_unit(total.unit)?.value)?, ..total })
}

fn row(dose: &DoseRow, amount: Amount, total: Amount) -> CumulativeRow {
    CumulativeRow {
        id: dose.id.clone(),
        shown: dose.shown_apart(),
        phase: dose.phase.clone(),
        cycle: dose.cycle,
        day: dose.day,
        part: dose.part,
        date: dose.date(),
        amount,
        total,
    }
}
