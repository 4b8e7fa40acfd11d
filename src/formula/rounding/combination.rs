//! What can be made of whole pieces (vials, tablets) of the sizes there are, with the fewest pieces.
//!
//! Every total up to the dose and one piece more is built from smaller totals, so the answer is exact:
//! 100 of {60, 50} is 2 × 50, which taking the largest first would miss.
//!
//! ```
//! use posology::formula::rounding::combination::{self, Pick};
//! use posology::quantity::{Decimal, decimal::{Direction, Ties}};
//! let sizes = [Decimal::from(60), Decimal::from(50)];
//! let pick = Pick { direction: Direction::Nearest, ties: Ties::Up };
//! let pieces = combination::make(Decimal::from(98), &sizes, pick).unwrap();
//! assert_eq!(pieces.total, Decimal::from(100));
//! assert_eq!(pieces.counts, [(Decimal::from(50), 2)]);
//! ```

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::formula::FormulaError;
use crate::formula::sheet::figure;
use crate::quantity::decimal::{Direction, Ties};

const NAME: &str = "rounding to whole pieces";
/// The finest table that is built; 20 g of 0.1 mg steps.
const MOST_STEPS: u64 = 200_000;

/// Which makeable total is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// At, above or below the dose.
    pub direction: Direction,
    /// Where a dose exactly between two totals goes.
    pub ties: Ties,
}

/// A total and the pieces it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// What they hold together.
    pub total: Decimal,
    /// Each size used, largest first, and how many.
    pub counts: Vec<(Decimal, u32)>,
}

impl Pieces {
    /// `1 × 100 mg + 2 × 50 mg`.
    pub fn written(&self, unit: &str) -> String {
        let each = |(size, count): &(Decimal, u32)| format!("{count} × {} {unit}", figure(*size));
        let parts: Vec<String> = self.counts.iter().map(each).collect();
        if parts.is_empty() { format!("0 × the smallest, 0 {unit}") } else { parts.join(" + ") }
    }

    /// How many pieces.
    pub fn count(&self) -> u32 {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}

/// The fewest pieces for the total that `pick` takes.
pub fn make(dose: Decimal, sizes: &[Decimal], pick: Pick) -> Result<Pieces, FormulaError> {
    let grid = Grid::new(dose, sizes)?;
    let table = fill(&grid);
    let total = choose(&grid, &table, pick)?;
    Ok(unpick(&grid, &table, total))
}

fn refuse(what: &'static str, given: String, right: &str) -> FormulaError {
    FormulaError::OutOfRange { formula: NAME, what, given, right: right.to_owned() }
}

/// Dose and sizes as whole numbers of one common step.
struct Grid {
    step: Decimal,
    /// Largest first.
    sizes: Vec<usize>,
    dose: Decimal,
    limit: usize,
}

impl Grid {
    fn new(dose: Decimal, sizes: &[Decimal]) -> Result<Self, FormulaError> {
        let overflow = || FormulaError::Overflow { formula: NAME };
        if dose < Decimal::ZERO {
            return Err(refuse("a dose", figure(dose), "give a dose of zero or more"));
        }
        if let Some(wrong) = sizes.iter().find(|size| **size <= Decimal::ZERO) {
            return Err(refuse("a size", figure(*wrong), "give sizes above zero, such as 50 and 100"));
        }
        let step = sizes.iter().try_fold(Decimal::ZERO, |a, b| divisor(a, *b)).ok_or_else(overflow)?;
        if step.is_zero() {
            return Err(refuse("a list of sizes", "nothing".to_owned(), "give at least one size"));
        }
        let whole = |value: Decimal| value.checked_div(step).and_then(|count| count.ceil().to_usize());
        let mut counts: Vec<usize> = sizes.iter().filter_map(|size| whole(*size)).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        counts.dedup();
        let largest = counts.first().copied().ok_or_else(overflow)?;
        let limit = whole(dose).and_then(|steps| steps.checked_add(largest)).ok_or_else(overflow)?;
        if limit as u64 > MOST_STEPS {
            return Err(refuse("a dose", figure(dose), "the dose is too large for pieces of these sizes"));
        }
        Ok(Self { step, sizes: counts, dose: dose.checked_div(step).ok_or_else(overflow)?, limit })
    }
}

/// The greatest common divisor of two decimals.
fn divisor(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (mut a, mut b) = (a, b);
    while !b.is_zero() {
        (a, b) = (b, a.checked_rem(b)?);
    }
    Some(a.normalize())
}

/// For every total: how many pieces it takes and the last one added. `None` cannot be made.
type Table = Vec<Option<(u32, usize)>>;

fn fill(grid: &Grid) -> Table {
    let mut table: Table = vec![Some((0, 0))];
    for total in 1..=grid.limit {
        let best = grid.sizes.iter().filter_map(|size| {
            let (pieces, _) = table.get(total.checked_sub(*size)?).copied().flatten()?;
            Some((pieces.checked_add(1)?, *size))
        });
        // `min_by_key` keeps the first of equals, which is the largest piece.
        let best = best.min_by_key(|(pieces, _)| *pieces);
        table.push(best);
    }
    table
}

fn choose(grid: &Grid, table: &Table, pick: Pick) -> Result<usize, FormulaError> {
    let makeable = || table.iter().enumerate().filter_map(|(total, entry)| entry.map(|_| total));
    let below = makeable().take_while(|total| Decimal::from(*total) <= grid.dose).last();
    let above = makeable().find(|total| Decimal::from(*total) >= grid.dose);
    let (Some(below), Some(above)) = (below, above) else {
        return Err(FormulaError::Overflow { formula: NAME });
    };
    let (down, up) = (grid.dose - Decimal::from(below), Decimal::from(above) - grid.dose);
    Ok(match (pick.direction, pick.ties) {
        (Direction::Nearest, Ties::Even) if down == up && below != above => {
            return Err(refuse("ties to even", "whole pieces".to_owned(), "state ties up or down"));
        }
        (Direction::Down, _) => below,
        (Direction::Nearest, ties) if down < up || (down == up && ties == Ties::Down) => below,
        (Direction::Up | Direction::Nearest, _) => above,
    })
}

fn unpick(grid: &Grid, table: &Table, total: usize) -> Pieces {
    let mut used: Vec<usize> = Vec::new();
    let mut rest = total;
    while rest > 0 {
        let Some((_, last)) = table.get(rest).copied().flatten() else { break };
        used.push(last);
        rest -= last;
    }
    let decimal = |steps: usize| Decimal::from(steps).checked_mul(grid.step).unwrap_or_default().normalize();
    let count = |size: &usize| u32::try_from(used.iter().filter(|piece| *piece == size).count()).unwrap_or(u32::MAX);
    let counts = grid.sizes.iter().map(|size| (decimal(*size), count(size))).filter(|(_, count)| *count > 0);
    Pieces { total: decimal(total), counts: counts.collect() }
}
