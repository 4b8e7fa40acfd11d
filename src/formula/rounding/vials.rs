//! To whole vials: the least content that reaches the dose, in the fewest vials.
//!
//! ```
//! use posology::formula::rounding::vials;
//! use posology::quantity::{Amount, Decimal};
//! let (pieces, computed) =
//!     vials::at_least(Amount::read("155 mg").unwrap(), &[Decimal::from(50), Decimal::from(100)]).unwrap();
//! assert_eq!(computed.value, Decimal::from(200));
//! assert_eq!(pieces.written("mg"), "2 × 100 mg");
//! ```

use rust_decimal::Decimal;

use super::combination::{self, Pick, Pieces};
use crate::formula::sheet::Sheet;
use crate::formula::{Computed, FormulaError};
use crate::quantity::{
    Amount,
    decimal::{Direction, Ties},
};

const NAME: &str = "rounding to whole vials";

/// The vials that hold at least the dose; sizes in the unit of the dose.
pub fn at_least(dose: Amount, sizes: &[Decimal]) -> Result<(Pieces, Computed), FormulaError> {
    round(dose, sizes, Pick { direction: Direction::Up, ties: Ties::Up })
}

/// The vials whose content is taken whole: nearest, at most or at least the dose.
pub fn round(dose: Amount, sizes: &[Decimal], pick: Pick) -> Result<(Pieces, Computed), FormulaError> {
    let pieces = combination::make(dose.value, sizes, pick)?;
    let mut sheet = Sheet::new(NAME);
    let unit = dose.unit.written();
    sheet.step("whole vials", pieces.written(unit), Some(pieces.total), unit)?;
    Ok((pieces, sheet.finish_dose()))
}
