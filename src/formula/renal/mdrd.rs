//! MDRD with four variables, for a creatinine standardised to IDMS: indexed, in mL/min/1.73 m².
//!
//! Levey AS et al. 2006, Ann Intern Med 145:247-254.
//! 175 × Scr^(−1.154) × age^(−0.203), women × 0.742, with Scr in mg/dL. The race coefficient 1.212 of the paper
//! is used only when [`Inputs::race`] asks for it. Made for: adults from 18 with chronic kidney disease; too low
//! above 60. Refuses a missing age, sex or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::mdrd};
//! use posology::quantity::{Age, Creatinine, Sex, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("40").unwrap()),
//!     sex: Some(Sex::Male),
//!     creatinine: Some(Creatinine::read("0.5 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(mdrd::compute(&inputs).unwrap().value, 0).to_string(), "184");
//! ```

use rust_decimal::Decimal;

use super::powers::{Chain, INDEXED, label};
use crate::formula::sheet::Sheet;
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "mdrd";
const LEAD: Decimal = dec(175, 0);
const CREATININE: Decimal = Decimal::from_parts(1_154, 0, 0, true, 3);
const AGE: Decimal = Decimal::from_parts(203, 0, 0, true, 3);
const FEMALE: Decimal = dec(742, 3);
const BLACK: Decimal = dec(1_212, 3);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "MDRD",
    kind: Kind::RenalIndexed,
    citation: "Levey AS et al. 2006, Ann Intern Med 145:247-254",
    formula_text: "175 × Scr^(−1.154) × age^(−0.203); women × 0.742; race coefficient 1.212 only on request",
    unit: "mL/min/1.73 m²",
    valid_range: "adults from 18 with chronic kidney disease",
    needs: &[Need::Age, Need::Sex, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    with_lead(NAME, LEAD, inputs)
}

/// The equation with the leading constant of one calibration.
pub(super) fn with_lead(name: &'static str, lead: Decimal, inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (age, sex) = (inputs.age(name)?, inputs.sex(name)?);
    let mut sheet = Sheet::new(name);
    sheet.made_for_ages(age, 18, None);
    let creatinine = sheet.mg_per_dl(inputs.creatinine(name)?)?;
    let chain = Chain::new(lead).times_power(creatinine, CREATININE).times_power(age, AGE);
    chain.if_female(sex, FEMALE).if_black(inputs, BLACK).write(&mut sheet, label(name), INDEXED)?;
    sheet.finish("check the creatinine")
}
