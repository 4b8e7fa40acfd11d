//! What a drug comes to in a day and in a cycle, beside the most that the file allows.

use crate::dosing::{Dose, DoseError};
use crate::quantity::{Amount, Decimal};
use crate::regimen::{CycleWord, Drug, Spread};

use super::{Administration, PlannedDose};

/// A day's total above its maximum. The first dose may be a larger one than the others.
pub(super) fn day(drug: &Drug, first: &Dose, others: &Dose) -> Option<DoseError> {
    let total = in_day(drug, others)?;
    let replaced = others.parts.map_or(others.amount, |(morning, _)| morning);
    let more = if first.loading && !others.loading {
        first.amount.in_unit(total.unit)?.value.checked_sub(replaced.in_unit(total.unit)?.value)?
    } else {
        Decimal::ZERO
    };
    let total = Amount { value: total.value.checked_add(more)?, ..total };
    above(drug, total, drug.maximum.day?, "for one day")
}

/// A cycle's total of a drug above its maximum.
pub(super) fn cycle(drug: &Drug, of_cycle: &[Administration], word: CycleWord) -> Option<DoseError> {
    let maximum = drug.maximum.cycle?;
    let mut planned = of_cycle.iter().filter_map(|one| one.planned.as_ref()).map(PlannedDose::total);
    let first = planned.next()?;
    let add = |sum: Amount, more: Option<Amount>| {
        Some(Amount { value: sum.value.checked_add(more?.in_unit(sum.unit)?.value)?, ..sum })
    };
    match first.and_then(|first| planned.try_fold(first, add)) {
        Some(sum) => above(drug, sum, maximum, word.for_one()),
        None => Some(DoseError::Overflow { drug: drug.full_name() }),
    }
}

fn above(drug: &Drug, amount: Amount, maximum: Amount, of: &'static str) -> Option<DoseError> {
    let limit = maximum.in_unit(amount.unit)?;
    (amount.value > limit.value).then(|| DoseError::AboveMaximum { drug: drug.full_name(), amount, maximum, of })
}

/// What goes in within 24 hours: both halves of a day, every dose of it, one day's worth of a long infusion.
fn in_day(drug: &Drug, dose: &Dose) -> Option<Amount> {
    let unit = dose.amount.unit;
    let value = match (dose.parts, drug.dosing.spread) {
        (Some((morning, evening)), _) if drug.times == 2 => {
            morning.in_unit(unit)?.value.checked_add(evening.in_unit(unit)?.value)?
        }
        (_, Spread::Total { days }) if days > Decimal::ONE => dose.amount.value.checked_div(days)?,
        _ => dose.amount.value.checked_mul(Decimal::from(doses_a_day(drug)))?,
    };
    Some(Amount { value, unit })
}

/// The most doses within 24 hours.
fn doses_a_day(drug: &Drug) -> usize {
    let Some(hours) = &drug.hours else { return usize::try_from(drug.times.max(1)).unwrap_or(usize::MAX) };
    let day = Decimal::from(24);
    let within = |first: &Decimal, hour: &Decimal| {
        hour.checked_sub(*first).is_some_and(|later| later >= Decimal::ZERO && later < day)
    };
    let from = |first: &Decimal| hours.at.iter().filter(|hour| within(first, hour)).count();
    hours.at.iter().map(from).max().unwrap_or(1)
}
