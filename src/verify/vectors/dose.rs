//! Calvert, rounding, and doses per m² or kg.

use rust_decimal::Decimal;

use super::Answer;
use super::body::{figure, inputs};
use super::csv::{Row, Table};
use super::renal::surface;
use crate::formula::bsa::BsaFormula;
use crate::formula::calvert as carboplatin;
use crate::formula::rounding::{difference, step, vials};
use crate::quantity::{
    Amount, Bsa, DoseUnit, Gfr, Weight,
    decimal::{Direction, Ties},
};

const CAP: Decimal = Decimal::from_parts(125, 0, 0, false, 0);

pub(super) fn calvert(row: &Row, _: &Table) -> Result<Answer, String> {
    let cap = match row.text("cap_125") {
        "yes" => Some(CAP),
        "no" => None,
        other => return Err(format!("cap_125 is \"{other}\", not yes or no")),
    };
    let gfr = Gfr::Absolute(row.needed("gfr_ml_min")?);
    figure(carboplatin::dose(row.needed("target_auc")?, gfr, cap))
}

pub(super) fn rounding(row: &Row, _: &Table) -> Result<Answer, String> {
    let dose = Amount { value: row.needed("dose_mg")?, unit: DoseUnit::Mg };
    let by = |direction| step::round(dose, row.needed("increment_mg")?, direction, Ties::Up).map_err(|e| e.to_string());
    match row.text("formula") {
        "nearest_increment" => Ok(Answer::Figure(by(Direction::Nearest)?.value)),
        "floor_increment" => Ok(Answer::Figure(by(Direction::Down)?.value)),
        "ceiling_increment" => Ok(Answer::Figure(by(Direction::Up)?.value)),
        "nearest_increment_deviation_pct" => figure(difference::percent(by(Direction::Nearest)?.value, dose.value)),
        "vial_combination_at_least_dose" => {
            let sizes: Result<Vec<Decimal>, _> = row.text("vials_mg").split(';').map(Decimal::from_str_exact).collect();
            let sizes = sizes.map_err(|error| error.to_string())?;
            figure(vials::at_least(dose, &sizes).map(|(_, shown)| shown))
        }
        other => Err(format!("no formula for \"{other}\"")),
    }
}

pub(super) fn calculation(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    let size = match row.text("formula") {
        "mg_per_m2" => capped(row, inputs.bsa.ok_or("the row has no body surface")?)?,
        "mg_per_m2_from_height_weight_mosteller" => capped(row, surface(BsaFormula::Mosteller, &inputs)?)?,
        "mg_per_kg" => inputs.weight.map(Weight::value).ok_or("the row has no weight")?,
        other => return Err(format!("no formula for \"{other}\"")),
    };
    let dose = row.needed("dose_per_m2_or_kg")?.checked_mul(size).ok_or("overflow")?;
    Ok(Answer::Figure(value_of(row, dose)?))
}

fn capped(row: &Row, surface: Bsa) -> Result<Decimal, String> {
    Ok(row.number("bsa_cap_m2")?.map_or(surface.value(), |cap| cap.min(surface.value())))
}

/// The share of the dose, where the row has one; no row counts cycles.
fn value_of(row: &Row, dose: Decimal) -> Result<Decimal, String> {
    if row.number("cycles")?.is_some() {
        return Err("no row is expected to count cycles".to_owned());
    }
    let percent = row.number("percent")?.unwrap_or(Decimal::ONE_HUNDRED);
    let share = dose.checked_mul(percent).and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
    share.ok_or_else(|| "overflow".to_owned())
}
