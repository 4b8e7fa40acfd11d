//! The clearance of carboplatin after Chatelut, in mL/min. It is no GFR: dose = clearance × target AUC.
//!
//! Chatelut E et al. 1995, J Natl Cancer Inst 87:573-580. 0.134 × W + 218 × W × (1 − 0.00457 × age) ×
//! (1 − 0.314 for women) ÷ Scr, with W in kg and Scr in µmol/L. Made for: adults with cancer. Refuses a missing
//! age, sex, weight or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::chatelut};
//! use posology::quantity::{Age, Creatinine, Sex, Weight, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("55").unwrap()),
//!     sex: Some(Sex::Male),
//!     weight: Some(Weight::read("70").unwrap()),
//!     creatinine: Some(Creatinine::read("88.4 umol/L").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(chatelut::compute(&inputs).unwrap().value, 4).to_string(), "138.6153");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "chatelut";
const PER_KG: Decimal = dec(134, 3);
const SLOPE: Decimal = dec(218, 0);
const YEAR: Decimal = dec(457, 5);
/// 1 − 0.314
const FEMALE: Decimal = dec(686, 3);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Chatelut, carboplatin clearance",
    kind: Kind::CarboplatinClearance,
    citation: "Chatelut E et al. 1995, J Natl Cancer Inst 87:573-580",
    formula_text: "0.134 × W + 218 × W × (1 − 0.00457 × age) × (1 − 0.314 for women) ÷ Scr in µmol/L",
    unit: "mL/min",
    valid_range: "adults from 18 with cancer",
    needs: &[Need::Age, Need::Sex, Need::Weight, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (age, sex, weight) = (inputs.age(NAME)?, inputs.sex(NAME)?, inputs.weight(NAME)?);
    let mut sheet = Sheet::new(NAME);
    sheet.made_for_ages(age, 18, None);
    let creatinine = sheet.umol_per_l(inputs.creatinine(NAME)?)?;
    let (factor, shown) = match sex {
        Sex::Female => (FEMALE, " × (1 − 0.314)"),
        Sex::Male => (Decimal::ONE, ""),
    };
    let put_in = format!(
        "0.134 × {0} + 218 × {0} × (1 − 0.00457 × {1}){shown} ÷ {2}",
        figure(weight),
        figure(age),
        figure(creatinine)
    );
    let value = || {
        let old = Decimal::ONE.checked_sub(YEAR.checked_mul(age)?)?;
        PER_KG.checked_mul(weight)?.checked_add(ratio(&[SLOPE, weight, old, factor], &[creatinine])?)
    };
    sheet.step("carboplatin clearance (chatelut)", put_in, value(), "mL/min")?;
    sheet.finish("check the age")
}
