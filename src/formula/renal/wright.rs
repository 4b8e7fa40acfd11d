//! Wright, for cancer patients, Jaffe creatinine, without creatine kinase: absolute, in mL/min.
//!
//! Wright JG et al. 2001, Br J Cancer 84:452-459. (6580 − 38.8 × age) × BSA × (1 − 0.168 for women) ÷ Scr, with
//! BSA in m² (the paper: Du Bois) and Scr in µmol/L. Made for: adults with cancer. Refuses a missing age, sex,
//! body surface or creatinine, and ages that give no positive result.
//!
//! ```
//! use posology::formula::{Inputs, renal::wright};
//! use posology::quantity::{Age, Bsa, Creatinine, Decimal, Sex, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("50").unwrap()),
//!     sex: Some(Sex::Male),
//!     bsa: Some(Bsa::new(Decimal::TWO)),
//!     creatinine: Some(Creatinine::read("80 umol/L").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(wright::compute(&inputs).unwrap().value.to_string(), "116"); // (6580 − 1940) × 2 ÷ 80
//! ```

use rust_decimal::Decimal;

use super::powers::label;
use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "wright";
const BASE: Decimal = dec(6_580, 0);
const YEAR: Decimal = dec(388, 1);
/// 1 − 0.168
const FEMALE: Decimal = dec(832, 3);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Wright",
    kind: Kind::RenalAbsolute,
    citation: "Wright JG et al. 2001, Br J Cancer 84:452-459 (Jaffe creatinine, no creatine kinase)",
    formula_text: "(6580 − 38.8 × age) × BSA × (1 − 0.168 for women) ÷ Scr in µmol/L",
    unit: "mL/min",
    valid_range: "adults from 18 with cancer",
    needs: &[Need::Age, Need::Sex, Need::Bsa, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (age, sex, bsa) = (inputs.age(NAME)?, inputs.sex(NAME)?, inputs.bsa(NAME)?);
    let mut sheet = Sheet::new(NAME);
    sheet.made_for_ages(age, 18, None);
    let creatinine = sheet.umol_per_l(inputs.creatinine(NAME)?)?;
    let (factor, shown) = match sex {
        Sex::Female => (FEMALE, " × (1 − 0.168)"),
        Sex::Male => (Decimal::ONE, ""),
    };
    let put_in = format!("(6,580 − 38.8 × {}) × {}{shown} ÷ {}", figure(age), figure(bsa), figure(creatinine));
    let value = || ratio(&[BASE.checked_sub(YEAR.checked_mul(age)?)?, bsa, factor], &[creatinine]);
    sheet.step(label(NAME), put_in, value(), "mL/min")?;
    sheet.finish("check the age")
}
