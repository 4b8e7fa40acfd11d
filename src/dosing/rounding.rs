//! The one rounding of a dose.

use crate::formula::{Line, figure, rounding as rules};
use crate::quantity::{Amount, Decimal, decimal, number};
use crate::regimen::{Drug, HalfDay, Rounding};

use super::{DoseError, Step, StepKind};

/// What rounding made of a dose.
pub(super) struct Rounded {
    /// One administration (the larger part, where parts differ).
    pub amount: Amount,
    /// Difference in percent, where it was rounded.
    pub difference: Option<Decimal>,
    /// Morning and evening, where they differ.
    pub parts: Option<(Amount, Amount)>,
    /// Steps.
    pub steps: Vec<Step>,
}

/// What rounding makes of a dose that is the same for everybody.
///
/// # Errors
/// Where the drug's own rounding changes it by more than the drug allows, or cannot be worked out.
pub fn rounded(drug: &Drug, dose: Amount) -> Result<Amount, DoseError> {
    round(drug, dose).map(|rounded| rounded.amount)
}

/// Rounds the dose of one administration as the drug says.
pub(super) fn round(drug: &Drug, dose: Amount) -> Result<Rounded, DoseError> {
    let plain = Rounded { amount: dose, difference: None, parts: None, steps: Vec::new() };
    match &drug.rounding {
        Rounding::None | Rounding::Unknown => Ok(plain),
        Rounding::Step { daily: Some(larger), .. } if drug.times == 2 => daily(drug, dose, *larger),
        Rounding::Step { within, .. } => {
            let (amount, text) = step(drug, dose, Decimal::ONE)?;
            finish(drug, dose, amount, text, *within)
        }
        Rounding::Bands { bands, within } => {
            let overflow = || DoseError::Overflow { drug: drug.full_name() };
            let mut table = Vec::with_capacity(bands.len());
            for (from, give) in bands {
                let from = from.in_unit(dose.unit).ok_or_else(overflow)?.value;
                let give = give.in_unit(dose.unit).ok_or_else(overflow)?.value;
                table.push(rules::bands::Band { from, give });
            }
            let computed = rules::bands::round(dose, &table, None)
                .map_err(|error| DoseError::Formula { drug: drug.full_name(), error })?;
            let amount = Amount { value: computed.value, unit: dose.unit };
            let text = computed.steps.first().map_or_else(String::new, |line: &Line| line.expression.clone());
            finish(drug, dose, amount, text, *within)
        }
    }
}

fn finish(
    drug: &Drug,
    dose: Amount,
    amount: Amount,
    text: String,
    within: Option<Decimal>,
) -> Result<Rounded, DoseError> {
    let difference = difference(drug, dose, amount, within)?;
    let step = Step::new(StepKind::Round, "rounded", text, amount.value, amount.unit.written());
    let step = Step { difference: Some(difference), ..step };
    Ok(Rounded { amount, difference: Some(difference), parts: None, steps: vec![step] })
}

/// The difference in percent, within what the drug allows.
pub(super) fn within(drug: &Drug, before: Amount, after: Amount) -> Result<Decimal, DoseError> {
    let (Rounding::Step { within, .. } | Rounding::Bands { within, .. }) = &drug.rounding else {
        return difference(drug, before, after, None);
    };
    difference(drug, before, after, *within)
}

fn difference(drug: &Drug, before: Amount, after: Amount, within: Option<Decimal>) -> Result<Decimal, DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    if before.value.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let change = after.value.checked_sub(before.value).ok_or_else(overflow)?;
    let exact = change.checked_mul(Decimal::ONE_HUNDRED).and_then(|hundred| hundred.checked_div(before.value));
    let exact = exact.ok_or_else(overflow)?;
    match within {
        Some(within) if exact.abs() > within => Err(DoseError::RoundedTooFar {
            drug: drug.full_name(),
            calculated: before,
            rounded: after,
            percent: decimal::half_up(exact, 1),
            within,
        }),
        _ => Ok(decimal::half_up(exact, 1)),
    }
}

/// To a multiple of the step; `times` multiplies the step (a day in equal parts).
fn step(drug: &Drug, dose: Amount, times: Decimal) -> Result<(Amount, String), DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    let Rounding::Step { step, whole, direction, ties, .. } = &drug.rounding else { return Err(overflow()) };
    let size = step.in_unit(dose.unit).and_then(|step| step.value.checked_mul(times)).ok_or_else(overflow)?;
    let value = decimal::to_step(dose.value, size, *direction, *ties).ok_or_else(overflow)?;
    let way = match direction {
        decimal::Direction::Nearest => "to the nearest",
        decimal::Direction::Down => "down to",
        decimal::Direction::Up => "up to the next",
    };
    let unit = whole.map_or(String::new(), |whole| format!("{whole} of "));
    let text = format!("{} {} {way} {unit}{step}", figure(dose.value), dose.unit);
    Ok((Amount { value, unit: dose.unit }, text))
}

/// The day's dose is rounded, then split; the named half is the larger.
fn daily(drug: &Drug, dose: Amount, larger: HalfDay) -> Result<Rounded, DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    let Rounding::Step { step: unit_step, within, .. } = &drug.rounding else { return Err(overflow()) };
    let two = Decimal::TWO;
    let day = Amount { value: dose.value.checked_mul(two).ok_or_else(overflow)?, unit: dose.unit };
    let mut steps = vec![Step::new(
        StepKind::Multiply,
        "daily total",
        format!("{} {} × 2 times a day", figure(dose.value), dose.unit),
        day.value,
        dose.unit.written(),
    )];
    let (total, text) = step(drug, day, Decimal::ONE)?;
    let difference = difference(drug, day, total, *within)?;
    let rounded = Step::new(StepKind::Round, "daily total rounded", text, total.value, dose.unit.written());
    steps.push(Step { difference: Some(difference), ..rounded });
    let size = unit_step.in_unit(dose.unit).ok_or_else(overflow)?.value;
    let half = total.value.checked_div(two).ok_or_else(overflow)?;
    let less = decimal::to_step(half, size, decimal::Direction::Down, decimal::Ties::Up).ok_or_else(overflow)?;
    let more = total.value.checked_sub(less).ok_or_else(overflow)?;
    let (morning, evening) = if larger == HalfDay::Morning { (more, less) } else { (less, more) };
    let put_in = format!("{} in the morning + {} in the evening", number::print(morning), number::print(evening));
    steps.push(Step::new(StepKind::Divide, "divided", put_in, total.value, dose.unit.written()));
    let of = |value| Amount { value, unit: dose.unit };
    let parts = (morning != evening).then_some((of(morning), of(evening)));
    Ok(Rounded { amount: of(more), difference: Some(difference), parts, steps })
}
