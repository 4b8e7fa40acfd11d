//! To a dose band, as the national dose banding tables of NHS England do: each band is given for the doses
//! from its lower step (included) to the next band's lower step (excluded).
//!
//! The bands are the table's own; the steps between them are printed there and not recomputed.
//!
//! ```
//! use posology::formula::rounding::bands::{self, Band};
//! use posology::quantity::{Amount, Decimal};
//! let table = [(1_349, 14), (1_449, 15)].map(|(from, give)| Band { from: Decimal::new(from, 2), give: give.into() });
//! let band = |text: &str| bands::round(Amount::read(text).unwrap(), &table, Some(Decimal::new(1_549, 2)));
//! assert_eq!(band("14.48 mg").unwrap().value, Decimal::from(14));
//! assert_eq!(band("14.49 mg").unwrap().value, Decimal::from(15));
//! assert!(band("13.48 mg").is_err()); // below the table
//! assert!(band("15.49 mg").is_err()); // above it
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, FormulaError};
use crate::quantity::Amount;

const NAME: &str = "rounding to a dose band";

/// One band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The smallest dose of the band, included.
    pub from: Decimal,
    /// What is given.
    pub give: Decimal,
}

/// The band of a dose. `below` is where the last band ends (excluded); without it the last band is open.
pub fn round(dose: Amount, bands: &[Band], below: Option<Decimal>) -> Result<Computed, FormulaError> {
    let unit = dose.unit.written();
    ascending(bands)?;
    let at = bands.iter().rposition(|band| band.from <= dose.value);
    let band = at.and_then(|at| bands.get(at)).filter(|_| below.is_none_or(|end| dose.value < end));
    let Some(band) = band else {
        let first = bands.first().map_or(Decimal::ZERO, |band| band.from);
        let end = below.map_or(String::new(), |end| format!(" to below {} {unit}", figure(end)));
        let right = format!("the table covers doses from {} {unit}{end}", figure(first));
        return Err(FormulaError::OutOfRange { formula: NAME, what: "a dose", given: dose.to_string(), right });
    };
    let next = at.and_then(|at| bands.get(at.checked_add(1)?)).map(|band| band.from).or(below);
    let end = next.map_or(String::new(), |end| format!(" to below {} {unit}", figure(end)));
    let put_in = format!("{dose} is in the band from {} {unit}{end}", figure(band.from));
    let mut sheet = Sheet::new(NAME);
    sheet.step("dose band", put_in, Some(band.give), unit)?;
    Ok(sheet.finish_dose())
}

/// A table out of order would answer with a wrong band.
fn ascending(bands: &[Band]) -> Result<(), FormulaError> {
    let wrong = bands.windows(2).find_map(|pair| match pair {
        [low, high] if low.from >= high.from || low.give >= high.give => Some(high),
        _ => None,
    });
    wrong.map_or(Ok(()), |band| {
        let right = "list the bands in ascending order, each once".to_owned();
        Err(FormulaError::OutOfRange { formula: NAME, what: "a band from", given: figure(band.from), right })
    })
}
