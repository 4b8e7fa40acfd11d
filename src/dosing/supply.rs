//! What is taken from the shelf for a dose: volume, vials, tablets.

use crate::formula::rounding::{combination, tablets};
use crate::quantity::decimal::{self, Direction, Ties};
use crate::quantity::{Amount, Decimal};
use crate::regimen::{Drug, Vial};

/// Volume, vials and tablets of one administration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Supply {
    /// Volume in mL, to one decimal.
    pub volume: Option<Decimal>,
    /// Whole vials needed.
    pub vials: Option<(u32, Vial)>,
    /// Tablets by strength; the larger part, where the parts of a day differ.
    pub tablets: Vec<(u32, Amount)>,
}

/// The supply for an amount of a drug.
pub fn supply(drug: &Drug, amount: Amount) -> Supply {
    let mut supply = Supply::default();
    if let Some(vial) = drug.vial
        && let Some(content) = vial.amount.in_unit(amount.unit)
    {
        supply.vials = vials(amount.value, content.value).map(|count| (count, vial));
        supply.volume = vial.volume.and_then(|volume| {
            let exact = amount.value.checked_mul(volume)?.checked_div(content.value)?;
            Some(decimal::half_up(exact, 1))
        });
    }
    if let Some(strengths) = &drug.tablets {
        let sizes: Option<Vec<Decimal>> =
            strengths.0.iter().map(|strength| strength.in_unit(amount.unit).map(|s| s.value)).collect();
        supply.tablets = sizes.map_or_else(Vec::new, |sizes| counted(amount, &sizes));
    }
    supply
}

fn vials(dose: Decimal, content: Decimal) -> Option<u32> {
    let count = decimal::to_step(dose.checked_div(content)?, Decimal::ONE, Direction::Up, Ties::Up)?;
    u32::try_from(decimal::whole(count)?).ok()
}

/// Tablets that make exactly the dose; none when they cannot.
fn counted(amount: Amount, sizes: &[Decimal]) -> Vec<(u32, Amount)> {
    let pick = combination::Pick { direction: Direction::Nearest, ties: Ties::Up };
    match tablets::round(amount, sizes, pick) {
        Ok((pieces, _)) if pieces.total == amount.value => {
            pieces.counts.into_iter().map(|(value, count)| (count, Amount { value, unit: amount.unit })).collect()
        }
        _ => Vec::new(),
    }
}
