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
    /// From amounts and times; `None` where something planned is nothing, or the actual time is nothing or runs backwards.
    pub fn of(delivered: Decimal, planned: Decimal, planned_time: Decimal, actual_time: Decimal) -> Option<Self> {
        if actual_time <= Decimal::ZERO {
            return None;
        }
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
