//! The floor under the creatinine: a low value (little muscle) would give too high a clearance.
//!
//! Some carboplatin protocols raise a creatinine below a stated figure, such as 0.7 mg/dL, to that figure before
//! the clearance is estimated. The floor is the protocol's and has no default.
//!
//! ```
//! use posology::formula::renal::creatinine_floor;
//! use posology::quantity::Creatinine;
//! let (low, floor) = (Creatinine::read("0.5 mg/dL").unwrap(), Creatinine::read("0.7 mg/dL").unwrap());
//! let (used, step) = creatinine_floor::apply(low, Some(floor)).unwrap();
//! assert_eq!(used, floor);
//! assert_eq!(step.unwrap().expression, "the larger of 0.5 mg/dL and 0.7 mg/dL");
//! ```

use crate::formula::{FormulaError, Line};
use crate::quantity::{Creatinine, lab::CreatinineUnit};

/// The creatinine to calculate with, and the step to show when there is a floor.
pub fn apply(measured: Creatinine, floor: Option<Creatinine>) -> Result<(Creatinine, Option<Line>), FormulaError> {
    let Some(floor) = floor else { return Ok((measured, None)) };
    let overflow = FormulaError::Overflow { formula: "creatinine floor" };
    let (Some(found), Some(least)) = (measured.mg_per_dl(), floor.mg_per_dl()) else { return Err(overflow) };
    let used = if found < least { floor } else { measured };
    let unit = match used.unit() {
        CreatinineUnit::MgPerDl => "mg/dL",
        CreatinineUnit::UmolPerL => "umol/L",
    };
    let expression = format!("the larger of {measured} and {floor}");
    let label = if found < least { "creatinine raised to the floor" } else { "creatinine, above the floor" };
    Ok((used, Some(Line { label: label.to_owned(), expression, value: used.value(), unit })))
}
