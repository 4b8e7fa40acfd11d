//! MDRD with four variables in its original form, for a creatinine *not* standardised to IDMS: indexed.
//!
//! Levey AS et al. 2000, J Am Soc Nephrol 11:A0828.
//! 186 × Scr^(−1.154) × age^(−0.203), women × 0.742, with Scr in mg/dL. The race coefficient 1.212 of the paper
//! is used only when [`Inputs::race`] asks for it. Made for: adults from 18 with chronic kidney disease; too low
//! above 60. Refuses a missing age, sex or creatinine.
//!
//! ```
//! use posology::formula::{Inputs, renal::mdrd_original};
//! use posology::quantity::{Age, Creatinine, Sex, decimal};
//! let inputs = Inputs {
//!     age: Some(Age::read("40").unwrap()),
//!     sex: Some(Sex::Male),
//!     creatinine: Some(Creatinine::read("0.5 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(mdrd_original::compute(&inputs).unwrap().value, 0).to_string(), "196");
//! ```

use rust_decimal::Decimal;

use super::mdrd;
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "mdrd-original";
const LEAD: Decimal = dec(186, 0);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "MDRD, original",
    kind: Kind::RenalIndexed,
    citation: "Levey AS et al. 2000, J Am Soc Nephrol 11:A0828",
    formula_text: "186 × Scr^(−1.154) × age^(−0.203); women × 0.742; race coefficient 1.212 only on request",
    unit: "mL/min/1.73 m²",
    valid_range: "adults from 18 with chronic kidney disease",
    needs: &[Need::Age, Need::Sex, Need::Creatinine],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    mdrd::with_lead(NAME, LEAD, inputs)
}
