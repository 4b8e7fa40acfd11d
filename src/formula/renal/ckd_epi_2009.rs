//! CKD-EPI 2009, from creatinine: indexed, in mL/min/1.73 m².
//!
//! Levey AS et al. 2009, Ann Intern Med 150:604-612.
//! 141 × min(Scr ÷ κ, 1)^α × max(Scr ÷ κ, 1)^(−1.209) × 0.993^age, women × 1.018,
//! with Scr in mg/dL; κ is 0.7 for women and 0.9 for men, α −0.329 and −0.411.
//! The race coefficient 1.159 of the paper is used only when [`Inputs::race`] asks for it.
//! Made for: adults from 18. Refuses a missing age, sex or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::ckd_epi_2009};
//! use posology::quantity::{Age, Creatinine, Sex, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("48").unwrap()),
//!     sex: Some(Sex::Male),
//!     creatinine: Some(Creatinine::read("0.9 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(ckd_epi_2009::compute(&inputs).unwrap().value, 2).to_string(), "100.64");
//! ```

use rust_decimal::Decimal;

use super::powers::{Chain, INDEXED, label};
use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "ckd-epi-2009";
const LEAD: Decimal = dec(141, 0);
const ABOVE: Decimal = Decimal::from_parts(1209, 0, 0, true, 3);
const YEAR: Decimal = dec(993, 3);
const FEMALE: Decimal = dec(1018, 3);
const BLACK: Decimal = dec(1_159, 3);
/// κ and α.
const WOMEN: (Decimal, Decimal) = (dec(7, 1), Decimal::from_parts(329, 0, 0, true, 3));
const MEN: (Decimal, Decimal) = (dec(9, 1), Decimal::from_parts(411, 0, 0, true, 3));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "CKD-EPI 2009",
    kind: Kind::RenalIndexed,
    citation: "Levey AS et al. 2009, Ann Intern Med 150:604-612",
    formula_text: "141 × min(Scr ÷ κ, 1)^α × max(Scr ÷ κ, 1)^(−1.209) × 0.993^age; women × 1.018; κ women 0.7, men 0.9; α women −0.329, men −0.411; race coefficient 1.159 only on request",
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
    chain.if_black(inputs, BLACK).write(&mut sheet, label(NAME), INDEXED)?;
    sheet.finish("check the creatinine")
}
