//! What rounding did to the dose, in percent of the dose before it: plus is more, minus is less.
//!
//! ```
//! use posology::formula::rounding::difference;
//! use posology::quantity::{Decimal, decimal};
//! let change = difference::percent(Decimal::from(20), Decimal::from(23)).unwrap();
//! assert_eq!(decimal::half_up(change.value, 1).to_string(), "-13");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, FormulaError};

const NAME: &str = "difference";

/// (given − calculated) ÷ calculated × 100, at full precision.
pub fn percent(given: Decimal, calculated: Decimal) -> Result<Computed, FormulaError> {
    if calculated <= Decimal::ZERO {
        let right = "compare with a dose above zero".to_owned();
        let given = figure(calculated);
        return Err(FormulaError::OutOfRange { formula: NAME, what: "a calculated dose", given, right });
    }
    let mut sheet = Sheet::new(NAME);
    let put_in = format!("({0} − {1}) ÷ {1} × 100", figure(given), figure(calculated));
    let value = || given.checked_sub(calculated)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(calculated);
    sheet.step("difference by rounding", put_in, value(), "%")?;
    Ok(sheet.finish_dose())
}
