//! Body surface area.
//!
//! Doses per m² are multiplied by an *estimate* of the body surface, and the estimates differ: for
//! one patient Mosteller and Du Bois can be a vial apart. A regimen therefore names its formula; there
//! is no default. A review of the formulas: Redlarski G et al. 2016, Sci Rep 6:27966.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight};
//! let surface = bsa::compute(
//!     BsaFormula::read("mosteller").unwrap(),
//!     Height::new(Decimal::from(180)),
//!     Weight::new(Decimal::from(80)),
//!     None,
//! );
//! assert_eq!(surface.unwrap().value, Decimal::TWO);
//! ```

pub mod boyd;
pub mod livingston_lee;
pub mod mosteller;
pub mod power;
pub mod schlich;

use super::{Computed, FormulaError, Inputs, family};
use crate::quantity::{Height, Sex, Weight};

family! {
    /// The formulas for the body surface.
    BsaFormula, "the body surface", {
        Mosteller => mosteller::ENTRY,
        DuBois => power::DU_BOIS,
        Haycock => power::HAYCOCK,
        GehanGeorge => power::GEHAN_GEORGE,
        Boyd => boyd::ENTRY,
        Fujimoto => power::FUJIMOTO,
        Takahira => power::TAKAHIRA,
        ShuterAslani => power::SHUTER_ASLANI,
        Schlich => schlich::ENTRY,
        LivingstonLee => livingston_lee::ENTRY,
    }
}

/// Computes the body surface. The sex matters to `schlich` only.
pub fn compute(
    formula: BsaFormula,
    height: Height,
    weight: Weight,
    sex: Option<Sex>,
) -> Result<Computed, FormulaError> {
    let inputs = Inputs { height: Some(height), weight: Some(weight), sex, ..Inputs::default() };
    (formula.entry().compute)(&inputs)
}

fn label(name: &str) -> String {
    format!("body surface ({name})")
}
