//! Schlich: from body scans, with constants of its own for each sex.
//!
//! Schlich E, Schumm M, Schlich M 2010, Ernährungs Umschau 57:178-183. Body surface in m², W in kg, H in cm:
//! men 0.000579479 × W^0.38 × H^1.24; women 0.000975482 × W^0.46 × H^1.08.
//! Made for: adults. Refuses a missing height, weight or sex and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Sex, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = |sex| bsa::compute(BsaFormula::Schlich, height, weight, sex);
//! assert_eq!(decimal::half_up(surface(Some(Sex::Female)).unwrap().value, 4).to_string(), "1.7063");
//! assert!(surface(None).is_err());
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "schlich";
const MALE: Power = Power { factor: dec(579_479, 9), weight: dec(38, 2), height: dec(124, 2) };
const FEMALE: Power = Power { factor: dec(975_482, 9), weight: dec(46, 2), height: dec(108, 2) };

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Schlich",
    kind: Kind::BodySurface,
    citation: "Schlich E, Schumm M, Schlich M 2010, Ernährungs Umschau 57:178-183",
    formula_text: "men 0.000579479 × W^0.38 × H^1.24; women 0.000975482 × W^0.46 × H^1.08",
    unit: "m²",
    valid_range: "adults",
    needs: &[Need::Height, Need::Weight, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let power = match inputs.sex(NAME)? {
        Sex::Male => &MALE,
        Sex::Female => &FEMALE,
    };
    power_law(NAME, power, inputs)
}
