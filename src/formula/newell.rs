//! Newell: the dose of carboplatin that reaches a target area under the curve in a child.
//!
//! Newell DR et al. 1993, J Clin Oncol 11:2314-2323 (United Kingdom Children's Cancer Study Group). Dose in mg = target AUC ×
//! (GFR + 0.36 × weight in kg), with the GFR *absolute*, in mL/min. What is not cleared by the kidney grows with the body, where
//! Calvert's 25 mL/min is an adult's.
//! Made for: 22 children of 5 to 63 kg, with a GFR measured by the clearance of 51Cr-EDTA.
//! Refuses a missing target, GFR or weight, an indexed GFR, and figures of zero.
//!
//! ```
//! use posology::formula::newell;
//! use posology::quantity::{Decimal, Gfr, Weight};
//! // Of 10.5 kg with 25 mL/min, AUC 5: 5 × (25 + 3.78) = 143.9 mg, where Calvert's formula gives 250.
//! let dose = newell::dose(Decimal::from(5), Gfr::Absolute(Decimal::from(25)), Weight::read("10.5").unwrap(), None).unwrap();
//! assert_eq!(dose.value.to_string(), "143.9");
//! ```

use rust_decimal::Decimal;

use super::calvert::{counted, target};
use super::sheet::{Sheet, figure};
use super::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::{Gfr, Weight};

const NAME: &str = "newell";
const NON_RENAL: Decimal = dec(36, 2);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Newell",
    kind: Kind::CarboplatinDose,
    citation: "Newell DR et al. 1993, J Clin Oncol 11:2314-2323",
    formula_text: "target AUC × (GFR in mL/min + 0.36 × weight)",
    unit: "mg",
    valid_range: "children of 5 to 63 kg",
    needs: &[Need::TargetAuc, Need::Gfr, Need::Weight],
    compute,
};

/// Computes it from [`Inputs::target_auc`], [`Inputs::gfr`], the weight and, where given, [`Inputs::gfr_cap`].
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let target = inputs.target_auc.ok_or(FormulaError::Missing { formula: NAME, input: Need::TargetAuc })?;
    let gfr = inputs.gfr.ok_or(FormulaError::Missing { formula: NAME, input: Need::Gfr })?;
    let weight = inputs.weight(NAME)?;
    dose(target, gfr, Weight::new(weight), inputs.gfr_cap)
}

/// The dose for a kidney function, which is cut at the cap where there is one.
pub fn dose(target_auc: Decimal, gfr: Gfr, weight: Weight, cap: Option<Decimal>) -> Result<Computed, FormulaError> {
    target(target_auc)?;
    let mut sheet = Sheet::new(NAME);
    let counted = counted(&mut sheet, gfr, cap)?;
    let weight = weight.value();
    let put_in = format!("{} × ({} + 0.36 × {} kg)", figure(target_auc), figure(counted), figure(weight));
    let value = weight.checked_mul(NON_RENAL).and_then(|body| counted.checked_add(body));
    let value = value.and_then(|sum| target_auc.checked_mul(sum));
    sheet.step("carboplatin dose (newell)", put_in, value, "mg")?;
    sheet.finish("give one target, such as 5")
}
