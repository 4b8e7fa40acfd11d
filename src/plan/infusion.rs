//! How long an infusion runs on one occasion.

use crate::quantity::{Amount, Decimal, Period, PeriodUnit, decimal};
use crate::regimen::{Drug, Over, Stated};

/// The length of one infusion.
#[derive(Debug, Clone, PartialEq)]
pub enum Infusion {
    /// No source gives it.
    Unknown,
    /// So long.
    For(Period),
    /// Given at once.
    Bolus,
    /// From … to.
    Between(Period, Period),
    /// Not faster than a rate; were all of it given at that rate, so long. Slower steps before it are not counted, so
    /// that the length is no figure to plan or to calculate with.
    AtMost {
        /// The most in an hour.
        rate: Amount,
        /// The least time the dose can take.
        least: Period,
    },
}

impl Infusion {
    /// The length of the `occurrence`th infusion of a drug (from 1), for a dose.
    pub(super) fn of(drug: &Drug, occurrence: usize, loading: bool, dose: Amount) -> Option<Infusion> {
        if let Some(over) = drug.dosing.loading.as_ref().filter(|_| loading).and_then(|loading| loading.over) {
            return Some(match over {
                Stated::Is(period) => Infusion::For(period),
                Stated::Unknown => Infusion::Unknown,
            });
        }
        Some(match drug.over.as_ref()? {
            Over::Unknown => Infusion::Unknown,
            Over::Bolus => Infusion::Bolus,
            Over::Fixed(period) => Infusion::For(*period),
            Over::Between(from, through) => Infusion::Between(*from, *through),
            Over::ByOccurrence(periods) => {
                Infusion::For(*periods.get(occurrence.saturating_sub(1)).or(periods.last())?)
            }
            Over::AtMostPerHour(rate) => {
                let hours = dose.value.checked_div(rate.in_unit(dose.unit)?.value)?;
                let minutes = decimal::to_step(
                    hours.checked_mul(Decimal::from(60))?,
                    Decimal::ONE,
                    decimal::Direction::Up,
                    decimal::Ties::Up,
                )?;
                Infusion::AtMost { rate: *rate, least: Period { value: minutes, unit: PeriodUnit::Minutes } }
            }
        })
    }

    /// The length in minutes, where it is one figure.
    pub fn minutes(&self) -> Option<Decimal> {
        match self {
            Infusion::For(period) => period.minutes(),
            Infusion::Unknown | Infusion::Bolus | Infusion::Between(..) | Infusion::AtMost { .. } => None,
        }
    }
}

impl std::fmt::Display for Infusion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Infusion::Unknown => f.write_str("unknown"),
            Infusion::For(period) => period.fmt(f),
            Infusion::Between(from, through) => write!(f, "{from} to {through}"),
            Infusion::Bolus => f.write_str("bolus"),
            Infusion::AtMost { rate, least } => {
                write!(f, "not faster than {rate} an hour (at that rate throughout {least}; with slower steps longer)")
            }
        }
    }
}
