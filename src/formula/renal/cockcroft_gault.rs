//! Creatinine clearance after Cockcroft and Gault: absolute, in mL/min.
//!
//! Cockcroft DW, Gault MH 1976, Nephron 16:31-41. (140 − age) × W ÷ (72 × Scr), women × 0.85, with W in kg
//! and Scr in mg/dL. It was made with actual weight and a creatinine method of its day; protocols differ on
//! the weight, so the caller passes the one meant. Made for: adults with a stable creatinine. Refuses a
//! missing age, sex, weight or creatinine, and ages from 140.
//!
//! ```
//! use posology::formula::{Inputs, renal::cockcroft_gault};
//! use posology::quantity::{Age, Creatinine, Sex, Weight, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("40").unwrap()),
//!     sex: Some(Sex::Female),
//!     weight: Some(Weight::read("80").unwrap()),
//!     creatinine: Some(Creatinine::read("1 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! let clearance = cockcroft_gault::compute(&inputs).unwrap();
//! assert_eq!(decimal::half_up(clearance.value, 4).to_string(), "94.4444");
//! assert_eq!(clearance.steps[0].expression, "(140 − 40) × 80 ÷ (72 × 1) × 0.85");
//! ```

use rust_decimal::Decimal;

use super::powers::label;
use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "cockcroft-gault";
const AGE: Decimal = dec(140, 0);
const DIVISOR: Decimal = dec(72, 0);
const FEMALE: Decimal = dec(85, 2);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Cockcroft and Gault",
    kind: Kind::RenalAbsolute,
    citation: "Cockcroft DW, Gault MH 1976, Nephron 16:31-41",
    formula_text: "(140 − age) × W ÷ (72 × Scr); women × 0.85",
    unit: "mL/min",
    valid_range: "adults from 18 with a stable creatinine",
    needs: &[Need::Age, Need::Sex, Need::Weight, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (age, sex, weight) = (inputs.age(NAME)?, inputs.sex(NAME)?, inputs.weight(NAME)?);
    let mut sheet = Sheet::new(NAME);
    sheet.made_for_ages(age, 18, None);
    let creatinine = sheet.mg_per_dl(inputs.creatinine(NAME)?)?;
    let (factor, shown) = match sex {
        Sex::Female => (FEMALE, " × 0.85"),
        Sex::Male => (Decimal::ONE, ""),
    };
    let put_in = format!("(140 − {}) × {} ÷ (72 × {}){shown}", figure(age), figure(weight), figure(creatinine));
    let value = || ratio(&[AGE.checked_sub(age)?, weight, factor], &[DIVISOR, creatinine]);
    sheet.step(label(NAME), put_in, value(), "mL/min")?;
    sheet.finish("check the age")
}
