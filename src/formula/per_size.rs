//! A dose by the size of the body: so much per m² or per kg, times the square metres or kilograms.
//!
//! ```
//! use posology::formula::per_size;
//! use posology::quantity::{Bsa, Decimal, ProtocolDose};
//! let dose = per_size::per_m2(ProtocolDose::read("70 mg/m2").unwrap(), Bsa::new(Decimal::new(175, 2))).unwrap();
//! assert_eq!(dose.steps[0].to_string(), "dose = 70 mg/m² × 1.75 m² = 122.5 mg");
//! ```

use super::sheet::{Sheet, figure};
use super::{Computed, FormulaError};
use crate::quantity::{Bsa, ProtocolDose, Weight, number};

const NAME: &str = "dose by size";

/// So much per m². The dose must be one per m².
pub fn per_m2(per: ProtocolDose, bsa: Bsa) -> Result<Computed, FormulaError> {
    let unit = per.unit.written();
    let put_in = format!("{} {unit}/m² × {bsa}", number::print(per.value));
    let mut sheet = Sheet::new(NAME);
    sheet.step("dose", put_in, per.value.checked_mul(bsa.value()), unit)?;
    Ok(sheet.finish_dose())
}

/// So much per kg; `kind` stands behind a weight that is not the actual one: ` (adjusted)`. The dose must be one per kg.
pub fn per_kg(per: ProtocolDose, weight: Weight, kind: &str) -> Result<Computed, FormulaError> {
    let unit = per.unit.written();
    let put_in = format!("{} {unit}/kg × {} kg{kind}", number::print(per.value), figure(weight.value()));
    let mut sheet = Sheet::new(NAME);
    sheet.step("dose", put_in, per.value.checked_mul(weight.value()), unit)?;
    Ok(sheet.finish_dose())
}
