//! Between absolute and indexed kidney function, through the body surface.
//!
//! The standard surface of 1.73 m² is from `McIntosh` JF et al. 1928, J Clin Invest 6:467-483. Absolute = indexed ×
//! BSA ÷ 1.73; indexed = absolute × 1.73 ÷ BSA. A figure of the wrong kind is refused, never converted twice.
//!
//! ```
//! use posology::formula::renal::indexing;
//! use posology::quantity::{Bsa, Decimal, Gfr};
//! let bsa = Bsa::new(Decimal::new(173, 2));
//! let (absolute, _) = indexing::deindex(Gfr::Indexed(Decimal::from(80)), bsa).unwrap();
//! assert_eq!(absolute, Gfr::Absolute(Decimal::from(80)));
//! assert!(indexing::deindex(absolute, bsa).is_err());
//! ```

use rust_decimal::Decimal;

use super::powers::INDEXED;
use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::{Bsa, Gfr};

const STANDARD: Decimal = dec(173, 2);
const CITATION: &str = "McIntosh JF et al. 1928, J Clin Invest 6:467-483";

/// Indexed to absolute.
pub const DEINDEX: Entry = Entry {
    name: "deindex",
    title: "For this body",
    kind: Kind::Indexing,
    citation: CITATION,
    formula_text: "indexed GFR × BSA ÷ 1.73",
    unit: "mL/min",
    valid_range: "everyone",
    needs: &[Need::Gfr, Need::Bsa],
    compute: |inputs| convert(&DEINDEX, inputs),
};

/// Absolute to indexed.
pub const INDEX: Entry = Entry {
    name: "index",
    title: "For 1.73 m²",
    kind: Kind::Indexing,
    citation: CITATION,
    formula_text: "absolute GFR × 1.73 ÷ BSA",
    unit: INDEXED,
    valid_range: "everyone",
    needs: &[Need::Gfr, Need::Bsa],
    compute: |inputs| convert(&INDEX, inputs),
};

/// An indexed kidney function as an absolute one.
pub fn deindex(gfr: Gfr, bsa: Bsa) -> Result<(Gfr, Computed), FormulaError> {
    let computed = convert(&DEINDEX, &Inputs { gfr: Some(gfr), bsa: Some(bsa), ..Inputs::default() })?;
    Ok((Gfr::Absolute(computed.value), computed))
}

/// An absolute kidney function as an indexed one.
pub fn index(gfr: Gfr, bsa: Bsa) -> Result<(Gfr, Computed), FormulaError> {
    let computed = convert(&INDEX, &Inputs { gfr: Some(gfr), bsa: Some(bsa), ..Inputs::default() })?;
    Ok((Gfr::Indexed(computed.value), computed))
}

fn convert(entry: &Entry, inputs: &Inputs) -> Result<Computed, FormulaError> {
    let gfr = inputs.gfr.ok_or(FormulaError::Missing { formula: entry.name, input: Need::Gfr })?;
    let bsa = inputs.bsa(entry.name)?;
    let mut sheet = Sheet::new(entry.name);
    match (gfr, entry.unit) {
        (Gfr::Indexed(gfr), "mL/min") => {
            let put_in = format!("{} × {} ÷ 1.73", figure(gfr), figure(bsa));
            sheet.step("absolute GFR", put_in, ratio(&[gfr, bsa], &[STANDARD]), "mL/min")?;
        }
        (Gfr::Absolute(gfr) | Gfr::Measured(gfr, _), INDEXED) => {
            let put_in = format!("{} × 1.73 ÷ {}", figure(gfr), figure(bsa));
            sheet.step("indexed GFR", put_in, ratio(&[gfr, STANDARD], &[bsa]), INDEXED)?;
        }
        _ => return Err(wrong_kind(entry.name, gfr)),
    }
    sheet.finish("give a GFR above zero")
}

fn wrong_kind(formula: &'static str, gfr: Gfr) -> FormulaError {
    let right = match (gfr, formula) {
        (Gfr::Dialysis, _) => "there is no figure on dialysis".to_owned(),
        (_, "deindex") => "it is in mL/min already".to_owned(),
        _ => format!("it is in {INDEXED} already"),
    };
    FormulaError::OutOfRange { formula, what: "a GFR", given: gfr.to_string(), right }
}
