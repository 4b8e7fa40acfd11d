//! What a formula may be given, and the checks every formula makes before it calculates.

use rust_decimal::Decimal;

use super::{FormulaError, dec};
use crate::quantity::{Age, Bsa, Creatinine, Gfr, Height, Sex, Weight};

/// Something a formula cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Need {
    Height,
    Weight,
    Sex,
    Age,
    Creatinine,
    Bsa,
    Factor,
    Gfr,
    TargetAuc,
}

impl Need {
    /// As a sentence names it: `the height`.
    pub const fn written(self) -> &'static str {
        match self {
            Need::Height => "the height",
            Need::Weight => "the weight",
            Need::Sex => "the sex",
            Need::Age => "the age",
            Need::Creatinine => "the creatinine",
            Need::Bsa => "the body surface",
            Need::Factor => "the adjustment factor",
            Need::Gfr => "the GFR",
            Need::TargetAuc => "the target AUC",
        }
    }
}

/// The race coefficient of the older equations (1.212 in MDRD, 1.159 in CKD-EPI 2009).
///
/// It is used only when given. KDIGO (2024) and the NKF-ASN task force (2021) advise against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Race {
    /// The coefficient applies, as the original papers have it.
    Black,
    /// It does not.
    Other,
}

/// What is known. A formula takes what it needs and refuses when that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inputs {
    /// Body height.
    pub height: Option<Height>,
    /// Body weight; whichever weight the caller decided on.
    pub weight: Option<Weight>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age.
    pub age: Option<Age>,
    /// Serum creatinine.
    pub creatinine: Option<Creatinine>,
    /// Body surface area.
    pub bsa: Option<Bsa>,
    /// Race, where the caller wants a race coefficient.
    pub race: Option<Race>,
    /// The ideal weight that an adjusted weight starts from; computed by `devine` when absent.
    pub ideal: Option<Weight>,
    /// The share of the excess weight that an adjusted weight counts, such as 0.4.
    pub factor: Option<Decimal>,
    /// A measured or estimated kidney function.
    pub gfr: Option<Gfr>,
    /// The target area under the curve in mg/mL·min.
    pub target_auc: Option<Decimal>,
    /// The GFR above which Calvert counts no further, in mL/min.
    pub gfr_cap: Option<Decimal>,
}

/// Beyond these a figure is no human measurement and the formulas make no sense. Whether a figure is
/// *plausible* is decided elsewhere; here only nonsense is stopped.
const HEIGHT_LIMIT: Decimal = dec(300, 0);
const WEIGHT_LIMIT: Decimal = dec(1_000, 0);
const AGE_LIMIT: Decimal = dec(130, 0);
const BSA_LIMIT: Decimal = dec(10, 0);
const CREATININE_LIMIT: Decimal = dec(100, 0);
const LEAST: Decimal = dec(1, 3);

fn within(
    formula: &'static str,
    what: &'static str,
    value: Decimal,
    limit: Decimal,
    unit: &str,
) -> Result<(), FormulaError> {
    if value >= LEAST && value <= limit {
        return Ok(());
    }
    let figure = |value: Decimal| crate::quantity::number::print(value);
    Err(FormulaError::OutOfRange {
        formula,
        what,
        given: format!("{} {unit}", figure(value)),
        right: format!("give {what} from {} to {} {unit}", figure(LEAST), figure(limit)),
    })
}

macro_rules! required {
    ($(#[$doc:meta])* $name:ident, $kind:ty, $need:ident, $what:literal, $limit:ident) => {
        $(#[$doc])*
        pub(super) fn $name(&self, formula: &'static str) -> Result<Decimal, FormulaError> {
            let value = self.$name.ok_or(FormulaError::Missing { formula, input: Need::$need })?.value();
            within(formula, $what, value, $limit, <$kind>::UNIT)?;
            Ok(value)
        }
    };
}

impl Inputs {
    required!(
        /// The height in cm.
        height, Height, Height, "a height", HEIGHT_LIMIT
    );
    required!(
        /// The weight in kg.
        weight, Weight, Weight, "a weight", WEIGHT_LIMIT
    );
    required!(
        /// The body surface in m².
        bsa, Bsa, Bsa, "a body surface", BSA_LIMIT
    );
    required!(
        /// The age in years.
        age, Age, Age, "an age", AGE_LIMIT
    );

    /// The sex.
    pub(super) fn sex(&self, formula: &'static str) -> Result<Sex, FormulaError> {
        self.sex.ok_or(FormulaError::Missing { formula, input: Need::Sex })
    }

    /// The creatinine, once it is within what can be measured.
    pub(super) fn creatinine(&self, formula: &'static str) -> Result<Creatinine, FormulaError> {
        let creatinine = self.creatinine.ok_or(FormulaError::Missing { formula, input: Need::Creatinine })?;
        let mg_per_dl = creatinine.mg_per_dl().ok_or(FormulaError::Overflow { formula })?;
        within(formula, "a creatinine", mg_per_dl, CREATININE_LIMIT, "mg/dL")?;
        Ok(creatinine)
    }
}
