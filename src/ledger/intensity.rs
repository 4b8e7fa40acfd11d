//! Relative dose intensity and its two parts.

use crate::quantity::{Decimal, decimal};

/// A relative dose intensity, in percent, and why it is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intensity {
    /// Delivered against planned dose.
    pub dose: Decimal,
    /// Planned against actual time.
    pub time: Decimal,
    /// Both together.
    pub relative: Decimal,
}

impl Intensity {
    /// From amounts and times; `None` where something planned or the actual time is nothing.
    pub fn of(delivered: Decimal, planned: Decimal, planned_time: Decimal, actual_time: Decimal) -> Option<Self> {
        let dose = percent(delivered, planned)?;
        let time = percent(planned_time, actual_time)?;
        // One division at the end: a quotient cut at 28 digits is not multiplied on.
        let above = delivered.checked_mul(planned_time)?;
        let relative = percent(above, planned.checked_mul(actual_time)?)?;
        Some(Self { dose, time, relative })
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    decimal::over(decimal::times(part, Decimal::ONE_HUNDRED)?, whole).map(|value| value.normalize())
}

/// Of a planned number of doses: each at `average` percent, in `actual` days where the protocol takes
/// `protocol` for as many. Doses beyond the number planned scale the plan.
pub fn fixed_cycles(
    doses: Decimal,
    average: Decimal,
    actual: Decimal,
    protocol: Decimal,
    planned: (Decimal, Decimal),
) -> Option<Intensity> {
    let (count, planned_average) = planned;
    let delivered = decimal::times(doses, average)?;
    let wanted = decimal::times(count.max(doses), planned_average)?;
    Intensity::of(delivered, wanted, protocol, actual)
}

/// Of a treatment without a planned number: never above 100 percent; one dose at no elapsed time is all
/// that was planned, and no dose is none.
pub fn open_ended(doses: Decimal, average: Decimal, actual: Decimal, protocol: Decimal) -> Option<Decimal> {
    if doses.is_zero() {
        return Some(Decimal::ZERO);
    }
    if actual.is_zero() {
        return Some(average.min(Decimal::ONE_HUNDRED));
    }
    let intensity = Intensity::of(average, Decimal::ONE_HUNDRED, protocol, actual)?;
    Some(intensity.relative.min(Decimal::ONE_HUNDRED))
}
