//! CKD-EPI 2021, from creatinine: indexed, in mL/min/1.73 m².
//!
//! Inker LA et al. 2021, N Engl J Med 385:1737-1749.
//! 142 × min(Scr ÷ κ, 1)^α × max(Scr ÷ κ, 1)^(−1.200) × 0.9938^age, women × 1.012,
//! with Scr in mg/dL; κ is 0.7 for women and 0.9 for men, α −0.241 and −0.302.
//! It has no race coefficient.
//! Made for: adults from 18. Refuses a missing age, sex or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::ckd_epi_2021};
//! use posology::quantity::{Age, Creatinine, Sex, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("48").unwrap()),
//!     sex: Some(Sex::Male),
//!     creatinine: Some(Creatinine::read("0.9 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(ckd_epi_2021::compute(&inputs).unwrap().value, 2).to_string(), "105.35");
//! ```

use rust_decimal::Decimal;

use super::powers::{Chain, INDEXED, label};
use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "ckd-epi-2021";
const LEAD: Decimal = dec(142, 0);
const ABOVE: Decimal = Decimal::from_parts(1200, 0, 0, true, 3);
const YEAR: Decimal = dec(9938, 4);
const FEMALE: Decimal = dec(1012, 3);
/// κ and α.
const WOMEN: (Decimal, Decimal) = (dec(7, 1), Decimal::from_parts(241, 0, 0, true, 3));
const MEN: (Decimal, Decimal) = (dec(9, 1), Decimal::from_parts(302, 0, 0, true, 3));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "CKD-EPI 2021",
    kind: Kind::RenalIndexed,
    citation: "Inker LA et al. 2021, N Engl J Med 385:1737-1749",
    formula_text: "142 × min(Scr ÷ κ, 1)^α × max(Scr ÷ κ, 1)^(−1.200) × 0.9938^age; women × 1.012; κ women 0.7, men 0.9; α women −0.241, men −0.302",
    unit: "mL/min/1.73 m²",
    valid_range: "adults from 18",
    needs: &[Need::Age, Need::Sex, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (age, sex) = (inputs.age(NAME)?, inputs.sex(NAME)?);
    let mut sheet = Sheet::new(NAME);
    sheet.made_for_ages(age, 18, None);
    let creatinine = sheet.mg_per_dl(inputs.creatinine(NAME)?)?;
    let (kappa, alpha) = if sex == Sex::Female { WOMEN } else { MEN };
    let put_in = format!("{} ÷ {}", figure(creatinine), figure(kappa));
    let share = sheet.step("creatinine over κ", put_in, creatinine.checked_div(kappa), "")?;
    let exponent = if share < Decimal::ONE { alpha } else { ABOVE };
    let chain = Chain::new(LEAD).times_power(share, exponent).times_power(YEAR, age).if_female(sex, FEMALE);
    chain.write(&mut sheet, label(NAME), INDEXED)?;
    sheet.finish("check the creatinine")
}
