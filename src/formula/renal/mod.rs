//! Kidney function.
//!
//! Two kinds of figure are in use and differ by the patient's size: *absolute* (mL/min), which is what the
//! kidneys of this body do and what Calvert wants, and *indexed* (mL/min/1.73 m²), what they would do in a
//! standard body. [`gfr`] answers with a [`Gfr`] that says which; [`indexing`] converts, with the body surface.
//!
//! ```
//! use posology::formula::{Inputs, renal::{self, RenalFormula}};
//! use posology::quantity::{Age, Creatinine, Decimal, Gfr, Sex, Weight};
//! let inputs = Inputs {
//!     age: Some(Age::read("60").unwrap()),
//!     sex: Some(Sex::Male),
//!     weight: Some(Weight::read("72").unwrap()),
//!     creatinine: Some(Creatinine::read("1 mg/dL").unwrap()),
//!     ..Inputs::default()
//! };
//! let (gfr, _) = renal::gfr(RenalFormula::CockcroftGault, &inputs).unwrap();
//! assert_eq!(gfr, Gfr::Absolute(Decimal::from(80)));
//! ```

pub mod bedside_schwartz;
pub mod chatelut;
pub mod ckd_epi_2009;
pub mod ckd_epi_2021;
pub mod cockcroft_gault;
pub mod creatinine_floor;
pub mod indexing;
pub mod mdrd;
pub mod mdrd_original;
mod powers;
pub mod schwartz;
pub mod wright;

use super::{Computed, FormulaError, Inputs, Kind, family};
use crate::quantity::Gfr;

family! {
    /// The formulas for the kidney function, and the carboplatin clearance.
    RenalFormula, "the kidney function", {
        CockcroftGault => cockcroft_gault::ENTRY,
        Mdrd => mdrd::ENTRY,
        MdrdOriginal => mdrd_original::ENTRY,
        CkdEpi2009 => ckd_epi_2009::ENTRY,
        CkdEpi2021 => ckd_epi_2021::ENTRY,
        BedsideSchwartz => bedside_schwartz::ENTRY,
        Schwartz => schwartz::ENTRY,
        Wright => wright::ENTRY,
        Chatelut => chatelut::ENTRY,
    }
}

/// Computes the figure, whatever its kind.
pub fn compute(formula: RenalFormula, inputs: &Inputs) -> Result<Computed, FormulaError> {
    (formula.entry().compute)(inputs)
}

/// Computes the kidney function and says whether it is absolute or indexed. `chatelut` is refused: it
/// gives the clearance of carboplatin, which is no GFR and never goes into Calvert.
pub fn gfr(formula: RenalFormula, inputs: &Inputs) -> Result<(Gfr, Computed), FormulaError> {
    let entry = formula.entry();
    let kind = match entry.kind {
        Kind::RenalAbsolute => Gfr::Absolute,
        Kind::RenalIndexed => Gfr::Indexed,
        _ => return Err(no_gfr(entry.name)),
    };
    let computed = (entry.compute)(inputs)?;
    Ok((kind(computed.value), computed))
}

fn no_gfr(formula: &'static str) -> FormulaError {
    FormulaError::OutOfRange {
        formula,
        what: "its result as a GFR",
        given: "carboplatin clearance".to_owned(),
        right: "multiply the clearance by the target AUC, or name a formula for the GFR".to_owned(),
    }
}
