//! Bedside Schwartz, for children and an enzymatic creatinine: indexed, in mL/min/1.73 m².
//!
//! Schwartz GJ et al. 2009, J Am Soc Nephrol 20:629-637. 0.413 × H ÷ Scr, with H in cm and Scr in mg/dL.
//! Made for: children from 1 to 16 with chronic kidney disease; an age is not needed, but one outside of that
//! gives a caution. Refuses a missing height or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::bedside_schwartz};
//! use posology::quantity::{Creatinine, Height, decimal};
//! let inputs = Inputs {
//!     height: Some(Height::read("100").unwrap()),
//!     creatinine: Some(Creatinine::read("0.4 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(bedside_schwartz::compute(&inputs).unwrap().value.to_string(), "103.25");
//! ```

use rust_decimal::Decimal;

use super::powers::{INDEXED, label};
use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "bedside-schwartz";
const K: Decimal = dec(413, 3);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Bedside Schwartz",
    kind: Kind::RenalIndexed,
    citation: "Schwartz GJ et al. 2009, J Am Soc Nephrol 20:629-637",
    formula_text: "0.413 × H ÷ Scr",
    unit: "mL/min/1.73 m²",
    valid_range: "children from 1 to 16 with chronic kidney disease",
    needs: &[Need::Height, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let height = inputs.height(NAME)?;
    let mut sheet = Sheet::new(NAME);
    if inputs.age.is_some() {
        sheet.made_for_ages(inputs.age(NAME)?, 1, Some(17));
    }
    let creatinine = sheet.mg_per_dl(inputs.creatinine(NAME)?)?;
    let put_in = format!("0.413 × {} ÷ {}", figure(height), figure(creatinine));
    sheet.step(label(NAME), put_in, ratio(&[K, height], &[creatinine]), INDEXED)?;
    sheet.finish("check the height and the creatinine")
}
