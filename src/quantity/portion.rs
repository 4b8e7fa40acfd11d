//! What goes in each time, and what it comes to over a whole administration.
//!
//! One figure is not always the whole: a morning and an evening may differ, and an infusion over several
//! days may be dosed by the day (`100 mg/m2` in each 24 hours for 7 days). A [`Portion`] says which, so that
//! a sum, an export and a sentence cannot take a part for the whole.
//!
//! ```
//! use posology::quantity::{Amount, Decimal, Portion};
//! let amount = |text| Amount::read(text).unwrap();
//! // Seven days at 200 mg in each 24 hours.
//! let week = Portion { days: Some(Decimal::from(7)), ..Portion::once(amount("200 mg")) };
//! assert_eq!(week.total(1, 0).unwrap().to_string(), "1,400 mg");
//! assert_eq!(week.to_string(), "200 mg in each 24 hours, 1,400 mg in all");
//! // Fourteen days of 1,500 mg in the morning and 2,000 mg in the evening.
//! let halves = Some((amount("1500 mg"), amount("2000 mg")));
//! let daily = Portion { halves, ..Portion::once(amount("2000 mg")) };
//! assert_eq!(daily.total(14, 14).unwrap().to_string(), "49,000 mg");
//! ```

use rust_decimal::Decimal;

use super::dose::Amount;

/// What goes in each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// One dose; of halves that differ, the larger; of an infusion dosed by the day, that of each 24 hours.
    pub amount: Amount,
    /// Morning and evening, where they differ.
    pub halves: Option<(Amount, Amount)>,
    /// How many days an infusion dosed by the day lasts.
    pub days: Option<Decimal>,
}

impl Portion {
    /// An amount that is all there is each time.
    pub fn once(amount: Amount) -> Self {
        Self { amount, halves: None, days: None }
    }

    /// All of it: so many morning and so many evening doses. Where the halves do not differ, only how many
    /// there are in all counts. `None` beyond the range of a decimal.
    pub fn total(self, mornings: u32, evenings: u32) -> Option<Amount> {
        let unit = self.amount.unit;
        let times = |amount: Amount, count: u32| amount.in_unit(unit)?.value.checked_mul(Decimal::from(count));
        let value = match self.halves {
            Some((morning, evening)) => times(morning, mornings)?.checked_add(times(evening, evenings)?)?,
            None => times(self.amount, mornings.checked_add(evenings)?)?,
        };
        let value = value.checked_mul(self.days.unwrap_or(Decimal::ONE))?.normalize();
        Some(Amount { value, unit })
    }

    /// What goes in each morning; all of it alike where the halves do not differ.
    #[must_use]
    pub fn morning(self) -> Self {
        Self { amount: self.halves.map_or(self.amount, |(morning, _)| morning), halves: None, ..self }
    }

    /// What goes in each evening; all of it alike where the halves do not differ.
    #[must_use]
    pub fn evening(self) -> Self {
        Self { amount: self.halves.map_or(self.amount, |(_, evening)| evening), halves: None, ..self }
    }

    /// What a record says was given, seen beside what was planned. A record names halves and days where they
    /// differ from one plain dose; one that names neither speaks of the plan's own.
    #[must_use]
    pub fn beside(self, planned: Portion) -> Self {
        let same = self.amount.in_unit(planned.amount.unit).is_some_and(|same| same.value == planned.amount.value);
        Self { halves: self.halves.or(planned.halves.filter(|_| same)), days: self.days.or(planned.days), ..self }
    }

    /// Whether the one amount is all there is each time.
    pub fn is_plain(self) -> bool {
        let alike = self.halves.is_none_or(|(morning, evening)| morning == evening);
        alike && self.days.is_none_or(|days| days == Decimal::ONE)
    }
}

impl From<Amount> for Portion {
    fn from(amount: Amount) -> Self {
        Self::once(amount)
    }
}

impl std::fmt::Display for Portion {
    /// `123 mg`; `1,500 mg in the morning, 2,000 mg in the evening`; `200 mg in each 24 hours, 1,400 mg in all`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_plain() {
            return self.amount.fmt(f);
        }
        match self.halves {
            Some((morning, evening)) => write!(f, "{morning} in the morning, {evening} in the evening")?,
            None => self.amount.fmt(f)?,
        }
        match (self.days, self.total(1, 0)) {
            (Some(_), Some(total)) if self.halves.is_none() => write!(f, " in each 24 hours, {total} in all"),
            (Some(_), _) => f.write_str(" in each 24 hours"),
            (None, _) => Ok(()),
        }
    }
}
