//! What is taken from the shelf for a dose: volume, vials, tablets.

use crate::formula::rounding::{combination, tablets};
use crate::quantity::decimal::{self, Direction, Ties};
use crate::quantity::{Amount, Decimal, Volume};
use crate::regimen::{Drug, Spread, Vial};

/// Volume, vials and tablets of one administration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Supply {
    /// Volume of the drug itself: what is drawn up, or swallowed.
    pub volume: Option<Volume>,
    /// Whole vials needed; `None` of a liquid that is poured from a bottle.
    pub vials: Option<(u32, Vial)>,
    /// Tablets by strength; the larger part, where the parts of a day differ.
    pub tablets: Vec<(u32, Amount)>,
}

/// What is prepared for one administration: of an infusion dosed by the day all of its days, since it is one
/// preparation; of anything else the dose. `None` beyond the range of a decimal.
pub fn prepared(drug: &Drug, amount: Amount) -> Option<Amount> {
    match drug.dosing.spread {
        Spread::PerDay { days } => Some(Amount { value: amount.value.checked_mul(days)?.normalize(), ..amount }),
        Spread::Each | Spread::Total { .. } | Spread::Divided { .. } => Some(amount),
    }
}

/// The supply for one administration of a drug.
pub fn supply(drug: &Drug, dose: Amount) -> Supply {
    let mut supply = Supply::default();
    let Some(amount) = prepared(drug, dose) else { return supply };
    if let Some(vial) = drug.vial {
        supply.vials = vials(amount, vial).filter(|_| !drug.is_oral_liquid()).map(|count| (count, vial));
        supply.volume = vial.volume.and_then(|volume| Volume::drawn(amount, vial.amount, volume));
    }
    if let Some(strengths) = &drug.tablets {
        let sizes: Option<Vec<Decimal>> =
            strengths.0.iter().map(|strength| strength.in_unit(amount.unit).map(|s| s.value)).collect();
        supply.tablets = sizes.map_or_else(Vec::new, |sizes| counted(amount, &sizes));
    }
    supply
}

/// Whole vials that hold the amount.
pub fn vials(amount: Amount, vial: Vial) -> Option<u32> {
    let content = vial.amount.in_unit(amount.unit)?.value;
    let count = decimal::to_step(amount.value.checked_div(content)?, Decimal::ONE, Direction::Up, Ties::Up)?;
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
