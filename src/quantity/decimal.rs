//! Decimal helpers: the only place where a figure is rounded, rooted or raised to a power.
//!
//! Arithmetic is exact to 28 digits. Nothing here panics: what cannot be represented is `None`.
//!
//! ```
//! use posology::quantity::{Decimal, decimal};
//! // 137.7 cm and 42.5 kg: the root is exactly 1.275, which binary floating point makes 1.27.
//! let product = Decimal::new(1377, 1) * Decimal::new(425, 1) / Decimal::from(3600);
//! assert_eq!(decimal::half_up(decimal::sqrt(product).unwrap(), 2), Decimal::new(128, 2));
//! ```

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};

/// Rounds to `places` decimals, a tie away from zero ("half up").
pub fn half_up(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// `a × b`, or `None` when the product leaves the range of a decimal.
pub fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_mul(b)
}

/// `a ÷ b`, or `None` for division by zero or an overflow.
pub fn over(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_div(b)
}

/// The square root to as many digits as a decimal holds (28); `None` below zero.
///
/// The radicand is scaled to an integer, so the root is exact wherever an exact root exists; otherwise
/// the integer root has 19 digits and one Newton step doubles them.
pub fn sqrt(value: Decimal) -> Option<Decimal> {
    if value.is_sign_negative() && !value.is_zero() {
        return None;
    }
    // Scale by an even power of ten into u128: value = n / 10^(2k).
    let value = value.normalize();
    let mut scale = value.scale();
    let mut mantissa = value.mantissa().unsigned_abs();
    if scale % 2 == 1 {
        mantissa = mantissa.checked_mul(10)?;
        scale += 1;
    }
    while scale < 44 {
        match mantissa.checked_mul(100) {
            Some(larger) => {
                mantissa = larger;
                scale += 2;
            }
            None => break,
        }
    }
    let whole = mantissa.isqrt();
    let root = Decimal::try_from_i128_with_scale(i128::try_from(whole).ok()?, scale / 2).ok()?;
    if whole.checked_mul(whole) == Some(mantissa) {
        return Some(root.normalize());
    }
    let better = root.checked_add(value.checked_div(root)?)?.checked_div(Decimal::TWO)?;
    Some(better.normalize())
}

/// `base` to the power `exponent`; `None` unless the base is above zero.
#[allow(clippy::disallowed_methods)] // the one guarded home of checked_powd
pub fn pow(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    if base <= Decimal::ZERO {
        return None;
    }
    base.checked_powd(exponent)
}

/// The common logarithm; `None` unless the value is above zero.
pub fn log10(value: Decimal) -> Option<Decimal> {
    if value <= Decimal::ZERO {
        return None;
    }
    value.checked_log10()
}

/// Which way a figure goes to reach a multiple of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// To the nearest multiple; a tie goes as [`Ties`] says.
    Nearest,
    /// To the multiple at or below.
    Down,
    /// To the multiple at or above.
    Up,
}

/// Where a figure exactly between two multiples goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// To the larger multiple (2.5 becomes 3).
    Up,
    /// To the smaller multiple (2.5 becomes 2).
    Down,
    /// To the even multiple (2.5 becomes 2, 3.5 becomes 4), as some statistical software does.
    Even,
}

/// Rounds `value` to a multiple of `step`. `None` unless the step is above zero.
///
/// ```
/// use posology::quantity::{Decimal, decimal::{self, Direction, Ties}};
/// let dose = Decimal::new(1225, 1); // 122.5 mg
/// let to = |direction| decimal::to_step(dose, Decimal::ONE, direction, Ties::Up).unwrap();
/// assert_eq!(to(Direction::Nearest), Decimal::from(123));
/// assert_eq!(to(Direction::Down), Decimal::from(122));
/// ```
pub fn to_step(value: Decimal, step: Decimal, direction: Direction, ties: Ties) -> Option<Decimal> {
    if step <= Decimal::ZERO {
        return None;
    }
    let count = value.checked_div(step)?;
    // A quotient such as 100 / 0.3 is cut at 28 digits: what is a multiple must count as one.
    let whole = match count.checked_mul(step) {
        _ if count.fract().is_zero() => count,
        _ => {
            let near = half_up(count, 0);
            if near.checked_mul(step)? == value { near } else { count }
        }
    };
    let strategy = match (direction, ties) {
        (Direction::Down, _) => RoundingStrategy::ToNegativeInfinity,
        (Direction::Up, _) => RoundingStrategy::ToPositiveInfinity,
        (Direction::Nearest, Ties::Up) => RoundingStrategy::MidpointAwayFromZero,
        (Direction::Nearest, Ties::Down) => RoundingStrategy::MidpointTowardZero,
        (Direction::Nearest, Ties::Even) => RoundingStrategy::MidpointNearestEven,
    };
    Some(whole.round_dp_with_strategy(0, strategy).checked_mul(step)?.normalize())
}

/// `part` as a percentage of `whole`, signed, to one decimal: +0.4 for 123 against 122.5.
pub fn difference_percent(actual: Decimal, reference: Decimal) -> Option<Decimal> {
    let change = actual.checked_sub(reference)?;
    Some(half_up(change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(reference)?, 1))
}

/// The whole number, when the value is one and fits.
pub fn whole(value: Decimal) -> Option<i32> {
    value.fract().is_zero().then(|| value.to_i32()).flatten()
}
