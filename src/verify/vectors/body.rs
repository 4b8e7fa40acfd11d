//! Body surface, body-mass index, ideal, adjusted and lean weights.

use rust_decimal::Decimal;

use super::csv::{Row, Table};
use super::{Answer, renal};
use crate::formula::{self, Computed, FormulaError, Inputs, weight};
use crate::quantity::{Bmi, Sex, Weight};

/// What the row knows about the body.
pub(super) fn inputs(row: &Row) -> Result<Inputs, String> {
    Ok(Inputs {
        height: row.height()?,
        weight: row.weight()?,
        sex: row.sex()?,
        age: row.age()?,
        creatinine: row.creatinine()?,
        bsa: row.bsa()?,
        race: renal::race(row)?,
        ideal: row.number("ibw_kg")?.map(Weight::new),
        factor: row.number("factor")?,
        ..Inputs::default()
    })
}

/// The figure of a calculation, or why there is none.
pub(super) fn figure(computed: Result<Computed, FormulaError>) -> Result<Answer, String> {
    value(computed).map(Answer::Figure)
}

/// The figure itself.
pub(super) fn value(computed: Result<Computed, FormulaError>) -> Result<Decimal, String> {
    computed.map(|computed| computed.value).map_err(|error| error.to_string())
}

/// Runs the formula of that name.
pub(super) fn by_name(name: &str, inputs: &Inputs) -> Result<Answer, String> {
    let entry = formula::entry(name).ok_or_else(|| format!("there is no formula \"{name}\""))?;
    figure((entry.compute)(inputs))
}

pub(super) fn surface(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    match row.text("formula") {
        "schlich_male" => by_name("schlich", &Inputs { sex: Some(Sex::Male), ..inputs }),
        "schlich_female" => by_name("schlich", &Inputs { sex: Some(Sex::Female), ..inputs }),
        other => by_name(&other.replace('_', "-"), &inputs),
    }
}

pub(super) fn index(row: &Row, _: &Table) -> Result<Answer, String> {
    by_name(row.text("formula"), &inputs(row)?)
}

pub(super) fn ideal(row: &Row, _: &Table) -> Result<Answer, String> {
    match row.text("formula") {
        "devine_floor_60in" => by_name("devine-floor", &inputs(row)?),
        "paediatric_standard_under_60in" | "paediatric_standard_60in_plus" => {
            Ok(Answer::Left("the paediatric standard weight is not offered"))
        }
        name => by_name(name, &inputs(row)?),
    }
}

pub(super) fn adjusted(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    match row.text("formula") {
        "adjusted_body_weight" => by_name("adjusted", &inputs),
        "dosing_weight_auto" => chosen_weight(&inputs),
        other => Err(format!("no formula for \"{other}\"")),
    }
}

/// The source's rule, for these rows only: adjusted above 1.2 × ideal, actual below ideal, else ideal.
fn chosen_weight(inputs: &Inputs) -> Result<Answer, String> {
    let ideal = value(weight::devine::compute(inputs))?;
    let actual = inputs.weight.map(Weight::value).ok_or("the row has no weight")?;
    let heavy = ideal.checked_mul(Decimal::new(12, 1)).ok_or("overflow")?;
    match actual {
        actual if actual > heavy => by_name("adjusted", inputs),
        actual if actual < ideal => Ok(Answer::Figure(actual)),
        _ => Ok(Answer::Figure(ideal)),
    }
}

pub(super) fn lean(row: &Row, _: &Table) -> Result<Answer, String> {
    let inputs = inputs(row)?;
    match (row.text("formula"), row.number("bmi_kg_m2")?) {
        ("hume_1966", _) => by_name("hume", &inputs),
        ("janmahasatian", Some(index)) => figure(weight::janmahasatian::from_bmi(&inputs, Bmi::new(index))),
        (name, _) => by_name(name, &inputs),
    }
}
