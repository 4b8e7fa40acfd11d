//! To the tablet strengths there are, with the fewest tablets.
//!
//! ```
//! use posology::formula::rounding::{combination::Pick, tablets};
//! use posology::quantity::{Amount, Decimal, decimal::{Direction, Ties}};
//! let strengths = [Decimal::from(15), Decimal::from(20)];
//! let pick = Pick { direction: Direction::Nearest, ties: Ties::Up };
//! let (pieces, computed) = tablets::round(Amount::read("52 mg").unwrap(), &strengths, pick).unwrap();
//! assert_eq!(computed.value, Decimal::from(50));
//! assert_eq!(pieces.written("mg"), "1 × 20 mg + 2 × 15 mg");
//! ```

use rust_decimal::Decimal;

use super::combination::{self, Pick, Pieces};
use crate::formula::sheet::Sheet;
use crate::formula::{Computed, FormulaError};
use crate::quantity::Amount;

const NAME: &str = "rounding to tablets";

/// The tablets for the dose; strengths in the unit of the dose.
pub fn round(dose: Amount, strengths: &[Decimal], pick: Pick) -> Result<(Pieces, Computed), FormulaError> {
    let pieces = combination::make(dose.value, strengths, pick)?;
    let mut sheet = Sheet::new(NAME);
    let unit = dose.unit.written();
    sheet.step("whole tablets", pieces.written(unit), Some(pieces.total), unit)?;
    Ok((pieces, sheet.finish_dose()))
}
