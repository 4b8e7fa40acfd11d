//! Schwartz of 1976, with a factor by age, for children and the Jaffe creatinine of its day: indexed.
//!
//! Schwartz GJ et al. 1976, Pediatrics 58:259-263, and the authors' later factors. k × H ÷ Scr, with H in cm and
//! Scr in mg/dL; k is 0.45 below 1 year (born at term), 0.55 for children and adolescent girls, 0.7 for boys
//! above 13. Sources differ at exactly 13 years; here a boy of 13 is still 0.55. The factor 0.33 for the preterm
//! is not offered: nothing here knows a gestational age. With a modern enzymatic creatinine it reads too high.
//! Made for: children below 18. Refuses a missing age, sex, height or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::schwartz};
//! use posology::quantity::{Age, Creatinine, Height, Sex, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("0.5").unwrap()),
//!     sex: Some(Sex::Male),
//!     height: Some(Height::read("50").unwrap()),
//!     creatinine: Some(Creatinine::read("0.5 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(schwartz::compute(&inputs).unwrap().value.to_string(), "45");
//! ```

use rust_decimal::Decimal;

use super::powers::{INDEXED, label};
use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "schwartz";
const INFANT: Decimal = dec(45, 2);
const CHILD: Decimal = dec(55, 2);
const ADOLESCENT_BOY: Decimal = dec(7, 1);
const ADOLESCENT_ABOVE: Decimal = dec(13, 0);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Schwartz",
    kind: Kind::RenalIndexed,
    citation: "Schwartz GJ et al. 1976, Pediatrics 58:259-263, with the authors' later factors by age",
    formula_text: "k × H ÷ Scr; k 0.45 below 1 year, 0.55 children and girls, 0.7 boys above 13",
    unit: "mL/min/1.73 m²",
    valid_range: "children born at term, below 18",
    needs: &[Need::Age, Need::Sex, Need::Height, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (age, sex, height) = (inputs.age(NAME)?, inputs.sex(NAME)?, inputs.height(NAME)?);
    let mut sheet = Sheet::new(NAME);
    sheet.made_for_ages(age, 0, Some(18));
    let creatinine = sheet.mg_per_dl(inputs.creatinine(NAME)?)?;
    let k = factor(age, sex);
    let put_in = format!("{} × {} ÷ {}", figure(k), figure(height), figure(creatinine));
    sheet.step(label(NAME), put_in, ratio(&[k, height], &[creatinine]), INDEXED)?;
    sheet.finish("check the height and the creatinine")
}

fn factor(age: Decimal, sex: Sex) -> Decimal {
    match sex {
        _ if age < Decimal::ONE => INFANT,
        Sex::Male if age > ADOLESCENT_ABOVE => ADOLESCENT_BOY,
        _ => CHILD,
    }
}
