//! Volumes, and what follows from them: what is drawn up, how strong a bag is, how fast it runs.
//!
//! One rule prints them all. A figure that ends is printed whole; one that does not end (123 mg from 43 mg in
//! 10 mL) is printed with three significant figures, to the whole millilitre at the coarsest, behind the word
//! "about". So a small volume is never rounded away: half of 0.1 mL is 0.05 mL, not 0.1.
//!
//! ```
//! use posology::quantity::{Amount, Decimal, Volume};
//! let amount = |text| Amount::read(text).unwrap();
//! let vial = Volume::ml(Decimal::new(5, 2));
//! assert_eq!(Volume::drawn(amount("2 mg"), amount("2 mg"), vial).unwrap().to_string(), "0.05 mL");
//! let vial = Volume::ml(Decimal::TEN);
//! assert_eq!(Volume::drawn(amount("123 mg"), amount("43 mg"), vial).unwrap().to_string(), "about 28.6 mL");
//! ```

use rust_decimal::Decimal;

use super::decimal;
use super::dose::Amount;
use super::number;
use super::unit::DoseUnit;

/// The most decimals of a figure that ends: an amount which is itself cut at 28 digits ends nowhere.
const ENDS_WITHIN: u32 = 10;

/// A figure that came of a division, with whether it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotient {
    value: Decimal,
    ends: bool,
}

impl Quotient {
    fn exactly(value: Decimal) -> Self {
        Self { value: value.normalize(), ends: value.normalize().scale() <= ENDS_WITHIN }
    }

    /// `above` ÷ `below`; `None` by zero or beyond the range of a decimal.
    fn of(above: Decimal, below: Decimal) -> Option<Self> {
        let value = above.checked_div(below)?.normalize();
        let ends = value.scale() <= ENDS_WITHIN && value.checked_mul(below)? == above;
        Some(Self { value, ends })
    }

    /// To as many digits as a decimal holds.
    fn value(self) -> Decimal {
        self.value
    }

    /// What is printed: all of it where it ends, else three significant figures, to the whole number at the coarsest.
    fn shown(self) -> Decimal {
        if self.ends {
            return self.value;
        }
        // Each step past a tenth asks for a decimal more: 28.604… to one, 0.02860… to four.
        let mut places = 0;
        let mut size = self.value.abs();
        while size < Decimal::ONE_HUNDRED && places < 28 {
            let Some(ten) = size.checked_mul(Decimal::TEN) else { break };
            size = ten;
            places += 1;
        }
        decimal::half_up(self.value, places)
    }
}

impl std::fmt::Display for Quotient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let about = if self.ends { "" } else { "about " };
        write!(f, "{about}{}", number::print(self.shown()))
    }
}

/// A volume, in mL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Volume(Quotient);

impl Volume {
    /// A volume that somebody stated.
    pub fn ml(value: Decimal) -> Self {
        Self(Quotient::exactly(value))
    }

    /// What is drawn up for `amount` of a solution that holds `content` in `volume`; `None` where the units do not
    /// fit, or beyond the range of a decimal.
    pub fn drawn(amount: Amount, content: Amount, volume: Volume) -> Option<Self> {
        let content = content.in_unit(amount.unit)?.value;
        let above = amount.value.checked_mul(volume.value())?;
        Quotient::of(above, content).map(Self)
    }

    /// So many times as much.
    pub fn times(self, count: u32) -> Option<Self> {
        let value = self.value().checked_mul(Decimal::from(count))?;
        Some(Self(Quotient { value: value.normalize(), ends: self.0.ends }))
    }

    /// In mL, to as many digits as a decimal holds.
    pub fn value(self) -> Decimal {
        self.0.value()
    }

    /// In mL, as it is printed.
    pub fn shown(self) -> Decimal {
        self.0.shown()
    }

    /// The figure to work with, where the exact one does not end.
    pub fn about(self) -> Option<Decimal> {
        (!self.0.ends).then(|| self.0.shown())
    }

    /// How fast it runs, if all of it runs in so many minutes.
    pub fn over(self, minutes: Decimal) -> Option<Rate> {
        let quotient = Quotient::of(self.value().checked_mul(Decimal::from(60))?, minutes)?;
        Some(Rate(Quotient { ends: quotient.ends && self.0.ends, ..quotient }))
    }
}

impl std::fmt::Display for Volume {
    /// `0.05 mL`, `about 28.6 mL`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} mL", self.0)
    }
}

/// How fast an infusion runs, in mL an hour: never mL in 24 hours, which has been taken for it (ISMP 2015).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(Quotient);

impl Rate {
    /// In mL/h, as it is printed.
    pub fn shown(self) -> Decimal {
        self.0.shown()
    }

    /// In mL/h, to as many digits as a decimal holds.
    pub fn value(self) -> Decimal {
        self.0.value()
    }
}

impl std::fmt::Display for Rate {
    /// `250 mL/h`, `about 1.83 mL/h`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} mL/h", self.0)
    }
}

/// How much is in 1 mL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concentration {
    quotient: Quotient,
    unit: DoseUnit,
}

impl Concentration {
    /// `amount` in `volume`; `None` in a volume of nothing, or beyond the range of a decimal.
    pub fn of(amount: Amount, volume: Volume) -> Option<Self> {
        let quotient = Quotient::of(amount.value, volume.value())?;
        let ends = quotient.ends && volume.0.ends;
        Some(Self { quotient: Quotient { ends, ..quotient }, unit: amount.unit })
    }

    /// What is in 1 mL, to as many digits as a decimal holds.
    pub fn in_1_ml(self) -> Amount {
        Amount { value: self.quotient.value(), unit: self.unit }
    }

    /// What is in 1 mL, as it is printed.
    pub fn shown(self) -> Decimal {
        self.quotient.shown()
    }
}

impl std::fmt::Display for Concentration {
    /// `0.298 mg/mL`, `about 2.86 mg/mL`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}/mL", self.quotient, self.unit.written())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::read(text).unwrap()
    }

    fn drawn(dose: &str, content: &str, ml: &str) -> String {
        let volume = Volume::ml(number::parse(ml).unwrap());
        Volume::drawn(amount(dose), amount(content), volume).unwrap().to_string()
    }

    /// The doses that a volume to one decimal got wrong, each worked out by hand.
    #[test]
    fn small_volumes_are_not_rounded_away() {
        assert_eq!(drawn("2 mg", "2 mg", "0.05"), "0.05 mL");
        assert_eq!(drawn("0.02 mg", "1 mg", "1"), "0.02 mL");
        assert_eq!(drawn("5 units", "100 units", "1"), "0.05 mL");
        assert_eq!(drawn("0.25 mg", "1 mg", "1"), "0.25 mL");
        assert_eq!(drawn("0.95 mg", "10 mg", "1.5"), "0.1425 mL");
        assert_eq!(drawn("54 mg", "240 mg", "6"), "1.35 mL");
        assert_eq!(drawn("200 mcg", "3 mg", "1"), "about 0.0667 mL");
    }

    #[test]
    fn what_does_not_end_has_three_figures_and_says_about() {
        assert_eq!(drawn("123 mg", "43 mg", "10"), "about 28.6 mL");
        assert_eq!(drawn("1000 mg", "3 mg", "1"), "about 333 mL");
        assert_eq!(drawn("10000 mg", "3 mg", "1"), "about 3,333 mL");
        assert_eq!(drawn("2 mg", "3 mg", "1"), "about 0.667 mL");
        assert_eq!(drawn("5280 mg", "2500 mg", "50"), "105.6 mL");
    }

    #[test]
    fn rate_and_concentration_follow_the_same_rule() {
        let bag = Volume::ml(Decimal::from(500));
        assert_eq!(Concentration::of(amount("149 mg"), bag).unwrap().to_string(), "0.298 mg/mL");
        assert_eq!(bag.over(Decimal::from(120)).unwrap().to_string(), "250 mL/h");
        let pump = Volume::ml(Decimal::from(84));
        assert_eq!(pump.over(Decimal::from(46 * 60)).unwrap().to_string(), "about 1.83 mL/h");
        let four_days = Volume::drawn(amount("5280 mg"), amount("2500 mg"), Volume::ml(Decimal::from(50))).unwrap();
        assert_eq!(four_days.over(Decimal::from(96 * 60)).unwrap().to_string(), "1.1 mL/h");
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(Volume::ml(Decimal::TEN).over(Decimal::ZERO), None);
        assert_eq!(Concentration::of(amount("1 mg"), Volume::ml(Decimal::ZERO)), None);
    }
}
