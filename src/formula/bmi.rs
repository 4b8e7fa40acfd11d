//! Body-mass index: weight over height squared.
//!
//! Keys A et al. 1972, J Chronic Dis 25:329-343. In kg/m² = W ÷ (H ÷ 100)², with W in kg and H in cm.
//! Made for: adults (children are judged by percentiles). Refuses a missing height or weight and figures
//! no body has.
//!
//! ```
//! use posology::formula::{Inputs, bmi};
//! use posology::quantity::{Height, Weight, decimal};
//! let inputs = Inputs {
//!     height: Some(Height::read("180").unwrap()),
//!     weight: Some(Weight::read("75").unwrap()),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(bmi::compute(&inputs).unwrap().value, 3).to_string(), "23.148");
//! ```

use rust_decimal::Decimal;

use super::sheet::{Sheet, figure, ratio};
use super::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "bmi";
const CM2_PER_M2: Decimal = dec(10_000, 0);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Body-mass index",
    kind: Kind::BodyMassIndex,
    citation: "Keys A et al. 1972, J Chronic Dis 25:329-343",
    formula_text: "W ÷ (H ÷ 100)²",
    unit: "kg/m²",
    valid_range: "adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(NAME)?, inputs.weight(NAME)?);
    let mut sheet = Sheet::new(NAME);
    let put_in = format!("{} kg ÷ ({} cm ÷ 100)²", figure(weight), figure(height));
    sheet.step("body-mass index", put_in, ratio(&[weight, CM2_PER_M2], &[height, height]), "kg/m²")?;
    sheet.finish("check the height and the weight")
}
