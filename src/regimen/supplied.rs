//! Tablets as a study or a site supplies them: a fact of the place, which goes before what a file states for everybody.

use std::collections::BTreeMap;

use crate::quantity::decimal::{Direction, Ties};
use crate::quantity::{Amount, Decimal};

use super::{Drug, HalfDay, Regimen, Rounding, Tablets};

/// How many pieces of the largest strength a dose may come to; far above any dose that is swallowed.
const MOST_PIECES: u32 = 40;
/// How many pieces of each smaller strength are taken beside it, as the library's own bands are made.
const MOST_SMALLER: u32 = 2;

impl Drug {
    /// The strengths supplied of it, by any of its names.
    pub fn supplied<'s>(&self, strengths: &'s BTreeMap<String, Vec<Amount>>) -> Option<&'s Vec<Amount>> {
        let called = |(name, _): &(&String, &Vec<Amount>)| **name == self.substance || self.is_called(name);
        strengths.iter().find(called).map(|(_, strengths)| strengths).filter(|one| !one.is_empty())
    }

    /// Whether it is swallowed, in pieces of other strengths than the file states.
    fn takes_other(&self, strengths: &[Amount]) -> bool {
        let oral = self.route.known().is_some_and(|route| route == "oral");
        oral && !self.is_oral_liquid() && self.tablets.as_ref().is_none_or(|tablets| tablets.0 != strengths)
    }

    /// Made of these strengths. A rounding to pieces of other strengths becomes one to these.
    fn made_of(&mut self, strengths: &[Amount]) {
        let in_pieces = match &self.rounding {
            Rounding::None | Rounding::Unknown => false,
            Rounding::Bands { .. } => self.tablets.is_some(),
            Rounding::Step { whole, .. } => whole.is_some() || self.tablets.is_some(),
        };
        if in_pieces && let Some(rounding) = self.rounding_to(strengths) {
            self.rounding = rounding;
        }
        self.tablets = Some(Tablets(strengths.to_vec()));
    }

    fn rounding_to(&self, strengths: &[Amount]) -> Option<Rounding> {
        let (within, stated) = match &self.rounding {
            Rounding::Step { within, direction, ties, daily, .. } => (*within, Some((*direction, *ties, *daily))),
            Rounding::Bands { within, .. } => (*within, None),
            Rounding::None | Rounding::Unknown => return None,
        };
        if let [only] = strengths {
            let (direction, ties, daily) = stated.unwrap_or((Direction::Nearest, Ties::Up, None));
            // Two doses a day of one strength come nearest as a day's dose, the larger half in the evening.
            let daily = daily.or((self.times == 2).then_some(HalfDay::Evening));
            return Some(Rounding::Step { step: *only, whole: Some("tablet"), direction, ties, within, daily });
        }
        Some(Rounding::Bands { bands: bands(strengths)?, within })
    }
}

/// What whole pieces make, each from half way to the one below: any number of the largest, and at most two of each smaller.
fn bands(strengths: &[Amount]) -> Option<Vec<(Amount, Amount)>> {
    let (largest, smaller) = strengths.split_first()?;
    let unit = largest.unit;
    let mut made: Vec<Decimal> = (0..=MOST_PIECES).map(|count| Decimal::from(count) * largest.value).collect();
    for size in smaller {
        let size = size.in_unit(unit)?.value;
        let with = |total: &Decimal| {
            (0..=MOST_SMALLER).filter_map(|n| total.checked_add(Decimal::from(n) * size)).collect::<Vec<_>>()
        };
        made = made.iter().flat_map(with).collect();
    }
    made.sort_unstable();
    made.dedup();
    let half = |low: &Decimal, high: &Decimal| low.checked_add(*high)?.checked_div(Decimal::TWO);
    let of = |value: Decimal| Amount { value: value.normalize(), unit };
    let pairs = made.iter().zip(made.iter().skip(1));
    pairs.map(|(low, high)| Some((of(half(low, high)?), of(*high)))).collect()
}

impl Regimen {
    /// The regimen with the tablets that are supplied; `None` where they change nothing of it.
    pub fn with_tablets(&self, strengths: &BTreeMap<String, Vec<Amount>>) -> Option<Regimen> {
        let mut changed = None;
        for (at, phase) in self.phases.iter().enumerate() {
            for (index, drug) in phase.drugs.iter().enumerate() {
                let Some(supplied) = drug.supplied(strengths).filter(|one| drug.takes_other(one)) else { continue };
                let whole = changed.get_or_insert_with(|| self.clone());
                if let Some(drug) = whole.phases.get_mut(at).and_then(|phase| phase.drugs.get_mut(index)) {
                    drug.made_of(supplied);
                }
            }
        }
        changed
    }
}
