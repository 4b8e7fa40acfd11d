//! Calvert: the dose of carboplatin that reaches a target area under the curve.
//!
//! Calvert AH et al. 1989, J Clin Oncol 7:1748-1756. Dose in mg = target AUC × (GFR + 25), with the GFR
//! *absolute*, in mL/min. Above 125 mL/min the FDA (communication of October 2010) advises to count no further;
//! that cap, and a floor under the creatinine, are the protocol's and have no default here.
//! Made for: adults with a GFR from 33 to 136 mL/min (measured by a 51Cr-EDTA clearance).
//! Refuses a missing target or GFR, an indexed GFR, and figures of zero.
//!
//! ```
//! use posology::formula::calvert;
//! use posology::quantity::{Decimal, Gfr};
//! let gfr = Gfr::Absolute(Decimal::from(140));
//! let dose = |cap| calvert::dose(Decimal::from(6), gfr, cap).unwrap();
//! assert_eq!(dose(None).value, Decimal::from(990));
//! assert_eq!(dose(Some(Decimal::from(125))).value, Decimal::from(900));
//! assert_eq!(dose(Some(Decimal::from(125))).steps[0].expression, "the smaller of 140 mL/min and 125 mL/min");
//! ```

use rust_decimal::Decimal;

use super::renal::{cockcroft_gault, creatinine_floor};
use super::sheet::{Sheet, figure};
use super::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::{Creatinine, Gfr};

const NAME: &str = "calvert";
const NON_RENAL: Decimal = dec(25, 0);
/// Targets in use run from 1.5 to 7.5; beyond this one the figure is no AUC.
const TARGET_LIMIT: Decimal = dec(20, 0);
const GFR_LIMIT: Decimal = dec(1_000, 0);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Calvert",
    kind: Kind::CarboplatinDose,
    citation: "Calvert AH et al. 1989, J Clin Oncol 7:1748-1756",
    formula_text: "target AUC × (GFR in mL/min + 25)",
    unit: "mg",
    valid_range: "adults with a GFR from 33 to 136 mL/min",
    needs: &[Need::TargetAuc, Need::Gfr],
    compute,
};

/// Computes it from [`Inputs::target_auc`], [`Inputs::gfr`] and, where given, [`Inputs::gfr_cap`].
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let target = inputs.target_auc.ok_or(FormulaError::Missing { formula: NAME, input: Need::TargetAuc })?;
    let gfr = inputs.gfr.ok_or(FormulaError::Missing { formula: NAME, input: Need::Gfr })?;
    dose(target, gfr, inputs.gfr_cap)
}

/// The dose for a kidney function, which is cut at the cap where there is one.
pub fn dose(target_auc: Decimal, gfr: Gfr, cap: Option<Decimal>) -> Result<Computed, FormulaError> {
    finish(Sheet::new(NAME), target_auc, gfr, cap)
}

/// The dose by way of Cockcroft and Gault: the creatinine raised to the floor, the clearance, the cap, the dose.
/// The target AUC and the cap come from `inputs` too.
pub fn from_creatinine(inputs: &Inputs, floor: Option<Creatinine>) -> Result<Computed, FormulaError> {
    let target = inputs.target_auc.ok_or(FormulaError::Missing { formula: NAME, input: Need::TargetAuc })?;
    let measured = inputs.creatinine(NAME)?;
    let mut sheet = Sheet::new(NAME);
    let (used, raised) = creatinine_floor::apply(measured, floor)?;
    sheet.include_lines(raised);
    let clearance = cockcroft_gault::compute(&Inputs { creatinine: Some(used), ..*inputs })?;
    let gfr = Gfr::Absolute(sheet.include(clearance));
    finish(sheet, target, gfr, inputs.gfr_cap)
}

fn finish(mut sheet: Sheet, target_auc: Decimal, gfr: Gfr, cap: Option<Decimal>) -> Result<Computed, FormulaError> {
    target(target_auc)?;
    let counted = counted(&mut sheet, gfr, cap)?;
    let put_in = format!("{} × ({} + 25)", figure(target_auc), figure(counted));
    let value = counted.checked_add(NON_RENAL).and_then(|sum| target_auc.checked_mul(sum));
    sheet.step("carboplatin dose (calvert)", put_in, value, "mg")?;
    sheet.finish(RIGHT)
}

const RIGHT: &str = "give one target, such as 5";

/// Whether a target is one that can be calculated with.
pub(super) fn target(auc: Decimal) -> Result<(), FormulaError> {
    above_zero("a target AUC", auc, TARGET_LIMIT, &figure(auc), RIGHT)
}

/// The kidney function that counts: absolute, and cut at the cap where there is one.
pub(super) fn counted(sheet: &mut Sheet, gfr: Gfr, cap: Option<Decimal>) -> Result<Decimal, FormulaError> {
    if gfr == Gfr::Dialysis {
        return sheet.step("GFR counted", "on dialysis".to_owned(), Some(Decimal::ZERO), "mL/min");
    }
    let gfr = absolute(gfr)?;
    let Some(cap) = cap else { return Ok(gfr) };
    above_zero("a GFR cap", cap, GFR_LIMIT, &format!("{} mL/min", figure(cap)), "give the cap, such as 125")?;
    let put_in = format!("the smaller of {} mL/min and {} mL/min", figure(gfr), figure(cap));
    sheet.step("GFR counted", put_in, Some(gfr.min(cap)), "mL/min")
}

fn absolute(gfr: Gfr) -> Result<Decimal, FormulaError> {
    match gfr {
        // Nothing is cleared by the kidney: the dose is what is cleared otherwise.
        Gfr::Dialysis => Ok(Decimal::ZERO),
        Gfr::Absolute(value) | Gfr::Measured(value, _) => {
            above_zero("a GFR", value, GFR_LIMIT, &gfr.to_string(), "give the GFR in mL/min, such as 90")?;
            Ok(value)
        }
        Gfr::Indexed(_) => Err(FormulaError::OutOfRange {
            formula: NAME,
            what: "a GFR",
            given: gfr.to_string(),
            right: "de-index it with the body surface first: Calvert wants mL/min".to_owned(),
        }),
    }
}

fn above_zero(
    what: &'static str,
    value: Decimal,
    limit: Decimal,
    given: &str,
    right: &str,
) -> Result<(), FormulaError> {
    if value > Decimal::ZERO && value <= limit {
        return Ok(());
    }
    let right = format!("{right}, above 0 and at most {}", figure(limit));
    Err(FormulaError::OutOfRange { formula: NAME, what, given: given.to_owned(), right })
}
