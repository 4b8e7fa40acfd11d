//! The one rounding of a dose.

use crate::formula::rounding::combination::{self, Pick, Pieces};
use crate::formula::{Line, figure, rounding as rules};
use crate::quantity::{Amount, Decimal, decimal};
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

/// A rounding that changes a dose by more than its drug allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFar {
    /// Before; of unequal halves of a day both together.
    pub before: Amount,
    /// After, likewise.
    pub after: Amount,
    /// By how much, in percent, at full precision.
    pub percent: Decimal,
    /// What the drug allows, in percent.
    pub within: Decimal,
}

/// Whether what was calculated and what it was rounded to, in halves where those differ, are further apart than the drug allows.
pub fn too_far(drug: &Drug, calculated: Amount, rounded: Amount, halves: Option<(Amount, Amount)>) -> Option<TooFar> {
    let (Rounding::Step { within, .. } | Rounding::Bands { within, .. }) = &drug.rounding else { return None };
    let within = (*within)?;
    let (before, after) = match halves {
        Some((morning, evening)) => {
            let evening = evening.in_unit(morning.unit)?.value;
            (calculated.value.checked_mul(Decimal::TWO)?, morning.value.checked_add(evening)?)
        }
        None => (calculated.value, rounded.value),
    };
    let percent = after.checked_sub(before)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before)?;
    let of = |value| Amount { value, unit: rounded.unit };
    (percent.abs() > within).then(|| TooFar { before: of(before), after: of(after), percent, within })
}

/// What rounding makes of a dose that is the same for everybody.
///
/// # Errors
/// Where the drug's own rounding changes it by more than the drug allows, or cannot be worked out.
pub fn rounded(drug: &Drug, dose: Amount) -> Result<Amount, DoseError> {
    let rounded = round(drug, dose, false)?;
    match too_far(drug, dose, rounded.amount, rounded.parts) {
        Some(far) => Err(DoseError::RoundedTooFar {
            drug: drug.full_name(),
            calculated: far.before,
            rounded: far.after,
            percent: decimal::half_up(far.percent, 1),
            within: far.within,
        }),
        None => Ok(rounded.amount),
    }
}

/// Rounds the dose of one administration as the drug says. A reduced dose goes to no more whole tablets, capsules or vials
/// than it comes to: they are coarse, and rounded up they would take the reduction back.
pub(super) fn round(drug: &Drug, dose: Amount, reduced: bool) -> Result<Rounded, DoseError> {
    let plain = Rounded { amount: dose, difference: None, parts: None, steps: Vec::new() };
    match &drug.rounding {
        Rounding::None | Rounding::Unknown => Ok(plain),
        Rounding::Step { daily: Some(larger), .. } if drug.times == 2 => daily(drug, dose, *larger, reduced),
        Rounding::Step { .. } => {
            let (amount, text) = step(drug, dose, reduced)?;
            finish(drug, dose, amount, text)
        }
        Rounding::Bands { bands, .. } => {
            let overflow = || DoseError::Overflow { drug: drug.full_name() };
            let mut table = Vec::with_capacity(bands.len());
            for (from, give) in bands {
                let from = from.in_unit(dose.unit).ok_or_else(overflow)?.value;
                let give = give.in_unit(dose.unit).ok_or_else(overflow)?.value;
                table.push(rules::bands::Band { from, give });
            }
            let computed = rules::bands::round(dose, &table, None)
                .map_err(|error| DoseError::Formula { drug: drug.full_name(), error })?;
            let text = computed.steps.first().map_or_else(String::new, |line: &Line| line.expression.clone());
            let rises = reduced && drug.tablets.is_some() && computed.value > dose.value;
            let below = table.iter().map(|band| band.give).filter(|give| rises && *give <= dose.value).max();
            let (value, text) = match below {
                Some(below) => (below, format!("{dose} is reduced: no more than it, in tablets")),
                None => (computed.value, text),
            };
            finish(drug, dose, Amount { value, unit: dose.unit }, text)
        }
    }
}

fn finish(drug: &Drug, dose: Amount, amount: Amount, text: String) -> Result<Rounded, DoseError> {
    let difference = difference(drug, dose, amount)?;
    let step = Step::new(StepKind::Round, "rounded", text, amount.value, amount.unit.written());
    let step = Step { difference: Some(difference), ..step };
    Ok(Rounded { amount, difference: Some(difference), parts: None, steps: vec![step] })
}

/// The difference in percent. Whether it is more than the drug allows is asked when a plan is made of it.
pub(super) fn difference(drug: &Drug, before: Amount, after: Amount) -> Result<Decimal, DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    if before.value.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let change = after.value.checked_sub(before.value).ok_or_else(overflow)?;
    let exact = change.checked_mul(Decimal::ONE_HUNDRED).and_then(|hundred| hundred.checked_div(before.value));
    exact.map(|exact| decimal::half_up(exact, 1)).ok_or_else(overflow)
}

/// To a multiple of the step; a reduced dose in whole units never above itself.
fn step(drug: &Drug, dose: Amount, reduced: bool) -> Result<(Amount, String), DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    let Rounding::Step { step, whole, direction, ties, .. } = &drug.rounding else { return Err(overflow()) };
    let size = step.in_unit(dose.unit).ok_or_else(overflow)?.value;
    let stays = reduced && (whole.is_some() || drug.tablets.is_some());
    // Less than one whole unit is rounded as the file says: a reduction never ends in no dose.
    let direction = if stays && dose.value >= size { decimal::Direction::Down } else { *direction };
    if let Some(sizes) = pieces(drug, dose) {
        let pick = Pick { direction, ties: *ties };
        let made = make(drug, dose.value, &sizes, pick)?;
        let unit = dose.unit.written();
        let text = format!("{} {unit} to what whole tablets make: {}", figure(dose.value), made.written(unit));
        return Ok((Amount { value: made.total, unit: dose.unit }, text));
    }
    let value = decimal::to_step(dose.value, size, direction, *ties).ok_or_else(overflow)?;
    let way = match direction {
        decimal::Direction::Nearest => "to the nearest",
        decimal::Direction::Down => "down to",
        decimal::Direction::Up => "up to the next",
    };
    let unit = whole.map_or(String::new(), |whole| format!("{whole} of "));
    let text = format!("{} {} {way} {unit}{step}", figure(dose.value), dose.unit);
    Ok((Amount { value, unit: dose.unit }, text))
}

/// The strengths of a dose that is rounded to whole tablets, where there is more than one; in its unit.
fn pieces(drug: &Drug, dose: Amount) -> Option<Vec<Decimal>> {
    let Rounding::Step { whole: Some("tablet"), .. } = &drug.rounding else { return None };
    let strengths = drug.tablets.as_ref().map(|tablets| &tablets.0).filter(|strengths| strengths.len() > 1)?;
    strengths.iter().map(|strength| strength.in_unit(dose.unit).map(|size| size.value)).collect()
}

fn make(drug: &Drug, dose: Decimal, sizes: &[Decimal], pick: Pick) -> Result<Pieces, DoseError> {
    combination::make(dose, sizes, pick).map_err(|error| DoseError::Formula { drug: drug.full_name(), error })
}

/// The smaller half of a day's dose that whole tablets make so that they make the rest as well.
fn smaller_half(drug: &Drug, total: Decimal, sizes: &[Decimal]) -> Result<Decimal, DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    let down = Pick { direction: decimal::Direction::Down, ties: decimal::Ties::Down };
    let mut below = total.checked_div(Decimal::TWO).ok_or_else(overflow)?;
    loop {
        let half = make(drug, below, sizes, down)?.total;
        let rest = total.checked_sub(half).ok_or_else(overflow)?;
        if half.is_zero() || make(drug, rest, sizes, down)?.total == rest {
            return Ok(half);
        }
        below = half.checked_sub(Decimal::new(1, 6)).ok_or_else(overflow)?;
    }
}

/// The day's dose is rounded, then split; the named half is the larger.
fn daily(drug: &Drug, dose: Amount, larger: HalfDay, reduced: bool) -> Result<Rounded, DoseError> {
    let overflow = || DoseError::Overflow { drug: drug.full_name() };
    let Rounding::Step { step: unit_step, .. } = &drug.rounding else { return Err(overflow()) };
    let two = Decimal::TWO;
    let day = Amount { value: dose.value.checked_mul(two).ok_or_else(overflow)?, unit: dose.unit };
    let mut steps = vec![Step::new(
        StepKind::Multiply,
        "daily total",
        format!("{} {} × 2 times a day", figure(dose.value), dose.unit),
        day.value,
        dose.unit.written(),
    )];
    let (total, text) = step(drug, day, reduced)?;
    let difference = difference(drug, day, total)?;
    let rounded = Step::new(StepKind::Round, "daily total rounded", text, total.value, dose.unit.written());
    steps.push(Step { difference: Some(difference), ..rounded });
    let size = unit_step.in_unit(dose.unit).ok_or_else(overflow)?.value;
    let half = total.value.checked_div(two).ok_or_else(overflow)?;
    let less = match pieces(drug, total) {
        Some(sizes) => smaller_half(drug, total.value, &sizes)?,
        None => decimal::to_step(half, size, decimal::Direction::Down, decimal::Ties::Up).ok_or_else(overflow)?,
    };
    let more = total.value.checked_sub(less).ok_or_else(overflow)?;
    let (morning, evening) = if larger == HalfDay::Morning { (more, less) } else { (less, more) };
    let of = |value| Amount { value, unit: dose.unit };
    let put_in = format!("{} in the morning + {} in the evening", of(morning), of(evening));
    steps.push(Step::new(StepKind::Divide, "divided", put_in, total.value, dose.unit.written()));
    let parts = (morning != evening).then_some((of(morning), of(evening)));
    Ok(Rounded { amount: of(more), difference: Some(difference), parts, steps })
}
