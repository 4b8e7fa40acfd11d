//! Unit conversion as the program reads it: creatinine, pounds and inches.

use rust_decimal::Decimal;

use super::Answer;
use super::csv::{Row, Table};
use crate::quantity::{Creatinine, Height, Weight, lab::CreatinineUnit, number, size::KG_PER_POUND};

pub(super) fn conversion(row: &Row, _: &Table) -> Result<Answer, String> {
    let value = row.needed("value")?;
    let typed = |unit: &str| format!("{}{unit}", number::plain(value));
    match (row.text("unit_in"), row.text("unit_out")) {
        ("umol/L", "mg/dL") => {
            converted(creatinine(row, value, CreatinineUnit::UmolPerL)?.mg_per_dl()).map(Answer::Figure)
        }
        ("mg/dL", "umol/L") => {
            converted(creatinine(row, value, CreatinineUnit::MgPerDl)?.umol_per_l()).map(Answer::Figure)
        }
        ("lb", "kg") => {
            let weight = Weight::read(&typed("lb")).map_err(|error| error.to_string())?;
            mass(row, weight.value())
        }
        ("kg", "lb") => mass(row, converted(value.checked_div(KG_PER_POUND))?),
        ("in", "cm") => {
            Height::read(&typed("in")).map(|height| Answer::Figure(height.value())).map_err(|e| e.to_string())
        }
        ("oz", _) => Ok(Answer::Left("ounces are not read")),
        (_, "ft2") => Ok(Answer::Left("square feet are not written")),
        (from, to) => Err(format!("no conversion from \"{from}\" to \"{to}\"")),
    }
}

fn creatinine(row: &Row, value: Decimal, unit: CreatinineUnit) -> Result<Creatinine, String> {
    let creatinine = Creatinine::new(value, unit);
    Ok(row.number("factor")?.map_or(creatinine, |factor| creatinine.with_factor(factor)))
}

/// The pound is fixed here, so a source with a shortened factor may be 0.03 % off (the README's rule).
fn mass(row: &Row, kilograms: Decimal) -> Result<Answer, String> {
    if row.number("factor")?.is_none() {
        return Ok(Answer::Figure(kilograms));
    }
    let share = kilograms.checked_mul(Decimal::new(3, 4)).ok_or("overflow")?;
    Ok(Answer::Within(kilograms, row.number("tolerance")?.unwrap_or_default().max(share)))
}

fn converted(value: Option<Decimal>) -> Result<Decimal, String> {
    value.ok_or_else(|| "overflow".to_owned())
}
