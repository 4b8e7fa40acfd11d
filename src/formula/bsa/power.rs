//! The form most body-surface formulas share: factor × W^a × H^b, in m², with W in kg and H in cm. Each is a
//! row: what is published, and its three constants. All refuse a missing height or weight and figures no
//! body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! for (name, expected) in [("du-bois", "1.7536"), ("haycock", "1.7543")] {
//!     let surface = bsa::compute(BsaFormula::read(name).unwrap(), height, weight, None).unwrap();
//!     assert_eq!(decimal::half_up(surface.value, 4).to_string(), expected);
//! }
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, product};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::decimal;

/// Du Bois and Du Bois.
pub const DU_BOIS: Entry = entry(
    "du-bois",
    "Du Bois",
    "Du Bois D, Du Bois EF 1916, Arch Intern Med 17:863-871",
    "0.007184 × W^0.425 × H^0.725",
    "adults; derived from nine subjects",
    |inputs| power_law("du-bois", &Power { factor: dec(7184, 6), weight: dec(425, 3), height: dec(725, 3) }, inputs),
);

/// Haycock.
pub const HAYCOCK: Entry = entry(
    "haycock",
    "Haycock",
    "Haycock GB, Schwartz GJ, Wisotsky DH 1978, J Pediatr 93:62-66",
    "0.024265 × W^0.5378 × H^0.3964",
    "infants, children and adults",
    |inputs| power_law("haycock", &Power { factor: dec(24265, 6), weight: dec(5378, 4), height: dec(3964, 4) }, inputs),
);

/// Gehan and George.
pub const GEHAN_GEORGE: Entry = entry(
    "gehan-george",
    "Gehan and George",
    "Gehan EA, George SL 1970, Cancer Chemother Rep 54:225-235",
    "0.0235 × W^0.51456 × H^0.42246",
    "children and adults",
    |inputs| {
        power_law("gehan-george", &Power { factor: dec(235, 4), weight: dec(51456, 5), height: dec(42246, 5) }, inputs)
    },
);

/// Fujimoto.
pub const FUJIMOTO: Entry = entry(
    "fujimoto",
    "Fujimoto",
    "Fujimoto S et al. 1968, Nippon Eiseigaku Zasshi 5:443-450",
    "0.008883 × W^0.444 × H^0.663",
    "Japanese children and adults",
    |inputs| power_law("fujimoto", &Power { factor: dec(8883, 6), weight: dec(444, 3), height: dec(663, 3) }, inputs),
);

/// Takahira.
pub const TAKAHIRA: Entry = entry(
    "takahira",
    "Takahira",
    "Takahira H 1925, cited through Fujimoto S et al. 1968, Nippon Eiseigaku Zasshi 5:443-450",
    "0.007241 × W^0.425 × H^0.725",
    "Japanese adults",
    |inputs| power_law("takahira", &Power { factor: dec(7241, 6), weight: dec(425, 3), height: dec(725, 3) }, inputs),
);

/// Shuter and Aslani.
pub const SHUTER_ASLANI: Entry = entry(
    "shuter-aslani",
    "Shuter and Aslani",
    "Shuter B, Aslani A 2000, Eur J Appl Physiol 82:250-254",
    "0.00949 × W^0.441 × H^0.655",
    "adults; a refit of the data of Du Bois",
    |inputs| {
        power_law("shuter-aslani", &Power { factor: dec(949, 5), weight: dec(441, 3), height: dec(655, 3) }, inputs)
    },
);

const fn entry(
    name: &'static str,
    title: &'static str,
    citation: &'static str,
    formula_text: &'static str,
    valid_range: &'static str,
    compute: fn(&Inputs) -> Result<Computed, FormulaError>,
) -> Entry {
    let (kind, needs) = (Kind::BodySurface, &[Need::Height, Need::Weight]);
    Entry { name, title, kind, citation, formula_text, unit: "m²", valid_range, needs, compute }
}

/// The three constants of one formula.
pub(super) struct Power {
    pub(super) factor: Decimal,
    pub(super) weight: Decimal,
    pub(super) height: Decimal,
}

pub(super) fn power_law(name: &'static str, power: &Power, inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(name)?, inputs.weight(name)?);
    let put_in = format!(
        "{} × {}^{} × {}^{}",
        figure(power.factor),
        figure(weight),
        figure(power.weight),
        figure(height),
        figure(power.height)
    );
    let mut sheet = Sheet::new(name);
    sheet.step(super::label(name), put_in, value(power, weight, height), "m²")?;
    sheet.finish("check the height and the weight")
}

fn value(power: &Power, weight: Decimal, height: Decimal) -> Option<Decimal> {
    product(&[power.factor, decimal::pow(weight, power.weight)?, decimal::pow(height, power.height)?])
}
