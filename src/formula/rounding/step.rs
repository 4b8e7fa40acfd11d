//! To a multiple of a step: 163.2 mg by 5 mg is 165 mg.
//!
//! The direction and where a tie goes are stated, never assumed: 250 by 100 is 300 with ties up and 200 with
//! ties to even, which is what statistical software does.
//!
//! ```
//! use posology::formula::rounding::step;
//! use posology::quantity::{Amount, Decimal, decimal::{Direction, Ties}};
//! let dose = Amount::read("250 mg").unwrap();
//! let to = |ties| step::round(dose, Decimal::from(100), Direction::Nearest, ties).unwrap();
//! assert_eq!(to(Ties::Up).value, Decimal::from(300));
//! assert_eq!(to(Ties::Even).value, Decimal::from(200));
//! assert_eq!(to(Ties::Up).steps[1].expression, "3 × 100 mg");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, FormulaError};
use crate::quantity::{
    Amount,
    decimal::{self, Direction, Ties},
};

const NAME: &str = "rounding to a step";

/// Rounds to a multiple of `step`, which is in the unit of the dose.
pub fn round(dose: Amount, step: Decimal, direction: Direction, ties: Ties) -> Result<Computed, FormulaError> {
    let overflow = FormulaError::Overflow { formula: NAME };
    if step <= Decimal::ZERO {
        let right = "give a step above zero, such as 5".to_owned();
        return Err(FormulaError::OutOfRange { formula: NAME, what: "a step", given: figure(step), right });
    }
    let unit = dose.unit.written();
    let given = decimal::to_step(dose.value, step, direction, ties).ok_or(overflow)?;
    let mut sheet = Sheet::new(NAME);
    let put_in = format!("{} {unit} ÷ {} {unit}", figure(dose.value), figure(step));
    sheet.step("steps in the dose", put_in, dose.value.checked_div(step), "")?;
    let count = given.checked_div(step).map(|count| decimal::half_up(count, 0));
    let put_in = format!("{} × {} {unit}", figure(count.unwrap_or_default()), figure(step));
    sheet.step(format!("rounded {}", words(direction, ties)), put_in, Some(given), unit)?;
    Ok(sheet.finish_dose())
}

fn words(direction: Direction, ties: Ties) -> &'static str {
    match (direction, ties) {
        (Direction::Down, _) => "down",
        (Direction::Up, _) => "up",
        (Direction::Nearest, Ties::Up) => "to the nearest, ties up",
        (Direction::Nearest, Ties::Down) => "to the nearest, ties down",
        (Direction::Nearest, Ties::Even) => "to the nearest, ties to even",
    }
}
