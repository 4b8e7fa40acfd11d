//! A slip of the pen with height and weight: what was typed instead of what, and how it is undone.

use super::{Measurements, codes};
use crate::finding::Code;
use crate::quantity::size::{CM_PER_INCH, INCHES_A_FOOT, KG_PER_POUND};
use crate::quantity::{Decimal, Height, Weight, decimal};

const THOUSAND: Decimal = Decimal::ONE_THOUSAND;
const METRES_END: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// What is typed as a height with a point: 5 and 7 of 5.7, 5 and 11 of 5.11; the inches are as many as stand behind the point.
pub(super) fn feet_and_inches(height: Decimal) -> Option<(Decimal, Decimal)> {
    let text = height.to_string();
    let (feet, inches) = text.split_once('.').unwrap_or((&text, "0"));
    let (feet, inches) = (feet.parse::<u32>().ok()?, inches.parse::<u32>().ok()?);
    ((3..=8).contains(&feet) && inches < 12).then(|| (Decimal::from(feet), Decimal::from(inches)))
}

/// Height in cm and weight in kg, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) height: Option<Decimal>,
    pub(super) weight: Option<Decimal>,
}

impl Body {
    pub(super) fn typed(subject: &Measurements) -> Self {
        Self { height: subject.height.map(Height::value), weight: subject.weight.map(Weight::value) }
    }

    pub(super) fn bmi(self) -> Option<Decimal> {
        let (height, weight) = (self.height?, self.weight?);
        let squared = decimal::times(height, height)?;
        decimal::over(decimal::times(weight, Decimal::from(10_000))?, squared)
    }
}

/// Kind of slip; the order is the order of mention among equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    Swapped,
    Metres,
    Feet,
    Inches,
    Pounds,
    InchesAndPounds,
    TallerTen,
    SmallerTen,
    HeavierTen,
    LighterTen,
    Grams,
}

impl Slip {
    pub(super) const ALL: [Slip; 11] = [
        Slip::Swapped,
        Slip::Metres,
        Slip::Feet,
        Slip::Inches,
        Slip::Pounds,
        Slip::InchesAndPounds,
        Slip::TallerTen,
        Slip::SmallerTen,
        Slip::HeavierTen,
        Slip::LighterTen,
        Slip::Grams,
    ];

    pub(super) fn code(self) -> Code {
        match self {
            Slip::Swapped => codes::SWAPPED,
            Slip::Metres => codes::METRES,
            Slip::Feet => codes::FEET,
            Slip::Inches => codes::INCHES,
            Slip::Pounds => codes::POUNDS,
            Slip::InchesAndPounds => codes::INCHES_AND_POUNDS,
            Slip::TallerTen | Slip::SmallerTen => codes::TENFOLD_HEIGHT,
            Slip::HeavierTen | Slip::LighterTen => codes::TENFOLD_WEIGHT,
            Slip::Grams => codes::GRAMS,
        }
    }

    /// The height and weight that were meant, if this slip was made.
    pub(super) fn undo(self, height: Decimal, weight: Decimal) -> Option<(Decimal, Decimal)> {
        match self {
            Slip::Swapped => Some((weight, height)),
            Slip::Metres if height >= METRES_END => None,
            Slip::Metres => Some((decimal::times(height, Decimal::ONE_HUNDRED)?, weight)),
            Slip::Feet => {
                let (feet, inches) = feet_and_inches(height)?;
                let inches = decimal::times(feet, INCHES_A_FOOT)?.checked_add(inches)?;
                Some((decimal::times(inches, CM_PER_INCH)?, weight))
            }
            Slip::Inches => Some((decimal::times(height, CM_PER_INCH)?, weight)),
            Slip::Pounds => Some((height, decimal::times(weight, KG_PER_POUND)?)),
            Slip::InchesAndPounds => {
                Some((decimal::times(height, CM_PER_INCH)?, decimal::times(weight, KG_PER_POUND)?))
            }
            Slip::TallerTen => Some((decimal::over(height, Decimal::TEN)?, weight)),
            Slip::SmallerTen => Some((decimal::times(height, Decimal::TEN)?, weight)),
            Slip::HeavierTen => Some((height, decimal::over(weight, Decimal::TEN)?)),
            Slip::LighterTen => Some((height, decimal::times(weight, Decimal::TEN)?)),
            Slip::Grams => Some((height, decimal::over(weight, THOUSAND)?)),
        }
    }
}
