//! Kidney function, and the conversion between absolute and indexed.

use rust_decimal::Decimal;

use super::Answer;
use super::body::{by_name, figure, inputs, value};
use super::csv::{Row, Table};
use crate::formula::bsa::{self, BsaFormula};
use crate::formula::renal::{self, RenalFormula, indexing};
use crate::formula::{Inputs, Race, bmi, weight};
use crate::quantity::{Bsa, Creatinine, Gfr, Weight};

/// The race the row states; no race is no coefficient.
pub(super) fn race(row: &Row) -> Result<Option<Race>, String> {
    match row.text("race") {
        "" => Ok(None),
        "black" => Ok(Some(Race::Black)),
        "other" => Ok(Some(Race::Other)),
        text => Err(format!("the race \"{text}\" is not known")),
    }
}

/// The factor of both sources of the Wright rows.
const WRIGHT_FACTOR: Decimal = Decimal::from_parts(8_842, 0, 0, false, 2);

pub(super) fn cockcroft_gault(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    // 0.4 is the factor of every source of these rows.
    let adjust = Inputs { factor: Some(Decimal::new(4, 1)), ..inputs };
    let weight = match row.text("formula") {
        "cockcroft_gault_actual" => inputs.weight,
        "cockcroft_gault_ideal" => Some(Weight::new(value(weight::devine::compute(&inputs))?)),
        "cockcroft_gault_adjusted" => Some(Weight::new(value(weight::adjusted::compute(&adjust))?)),
        "cockcroft_gault_bmi_selected_weight" => Some(by_index(&adjust)?),
        other => return Err(format!("no formula for \"{other}\"")),
    };
    by_name("cockcroft-gault", &Inputs { weight, ..inputs })
}

/// The source's rule, for these rows only: actual below a BMI of 18.5, the smaller of actual and ideal up to
/// 24.9, adjusted above.
fn by_index(inputs: &Inputs) -> Result<Weight, String> {
    let index = value(bmi::compute(inputs))?;
    let actual = inputs.weight.ok_or("the row has no weight")?;
    if index < Decimal::new(185, 1) {
        return Ok(actual);
    }
    if index <= Decimal::new(249, 1) {
        return Ok(actual.min(Weight::new(value(weight::devine::compute(inputs))?)));
    }
    Ok(Weight::new(value(weight::adjusted::compute(inputs))?))
}

pub(super) fn mdrd(row: &Row, _: &Table) -> Result<Answer, String> {
    match row.text("formula") {
        "mdrd4_175" => by_name("mdrd", &inputs(row)?),
        "mdrd4_186" => by_name("mdrd-original", &inputs(row)?),
        other => Err(format!("no formula for \"{other}\"")),
    }
}

pub(super) fn ckd_epi(row: &Row, _: &Table) -> Result<Answer, String> {
    by_name(&row.text("formula").replace('_', "-"), &inputs(row)?)
}

pub(super) fn schwartz(row: &Row, _: &Table) -> Result<Answer, String> {
    match row.text("formula") {
        "bedside_schwartz_2009" => by_name("bedside-schwartz", &inputs(row)?),
        "schwartz_1976_k_by_age" => by_name("schwartz", &inputs(row)?),
        other => Err(format!("no formula for \"{other}\"")),
    }
}

pub(super) fn wright(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    let creatinine = inputs.creatinine.map(|creatinine: Creatinine| creatinine.with_factor(WRIGHT_FACTOR));
    let bsa = match inputs.bsa {
        Some(bsa) => bsa,
        None => surface(BsaFormula::DuBois, &inputs)?,
    };
    by_name("wright", &Inputs { creatinine, bsa: Some(bsa), ..inputs })
}

pub(super) fn chatelut(row: &Row, _: &Table) -> Result<Answer, String> {
    by_name("chatelut", &inputs(row)?)
}

pub(super) fn surface(formula: BsaFormula, inputs: &Inputs) -> Result<Bsa, String> {
    let height = inputs.height.ok_or("the row has no height")?;
    let weight = inputs.weight.ok_or("the row has no weight")?;
    value(bsa::compute(formula, height, weight, inputs.sex)).map(Bsa::new)
}

pub(super) fn deindex(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    let formula = row.text("formula");
    let bsa = match inputs.bsa {
        Some(bsa) => bsa,
        None if formula.ends_with("mosteller") => surface(BsaFormula::Mosteller, &inputs)?,
        None => surface(BsaFormula::DuBois, &inputs)?,
    };
    let estimate = match formula {
        "relative_to_absolute" => Gfr::Indexed(row.needed("egfr_ml_min_1_73")?),
        "absolute_to_relative" => {
            return figure(indexing::index(Gfr::Absolute(row.needed("gfr_ml_min")?), bsa).map(|(_, shown)| shown));
        }
        name if name.starts_with("ckd_epi_2021") => estimate(RenalFormula::CkdEpi2021, &inputs)?,
        name if name.starts_with("ckd_epi_2009") => estimate(RenalFormula::CkdEpi2009, &inputs)?,
        other => return Err(format!("no formula for \"{other}\"")),
    };
    figure(indexing::deindex(estimate, bsa).map(|(_, shown)| shown))
}

fn estimate(formula: RenalFormula, inputs: &Inputs) -> Result<Gfr, String> {
    renal::gfr(formula, inputs).map(|(gfr, _)| gfr).map_err(|error| error.to_string())
}
