//! The NHS England dose banding table. The bands come from the rows that print the steps between them; the
//! looked-up doses are checked against the table put together from those.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Answer;
use super::body::value;
use super::csv::{Row, Table};
use crate::formula::rounding::bands::{self, Band};
use crate::quantity::{Amount, DoseUnit};

pub(super) fn banding(row: &Row, table: &Table) -> Result<Answer, String> {
    match row.text("formula") {
        "nhs_band_lookup" => lookup(row, table),
        "bsa_band_midpoint_chatelut_2012" => Ok(Answer::Left("banding of the body surface is not offered")),
        _ => Ok(Answer::Left("a row that prints the table; the looked-up doses are checked against it")),
    }
}

fn lookup(row: &Row, table: &Table) -> Result<Answer, String> {
    let expected = row.needed("expected_band_mg")?;
    let bands = put_together(table)?;
    if !bands.iter().any(|band| band.give == expected) {
        return Ok(Answer::Left("the lower step of this band is not among the recovered rows"));
    }
    let dose = Amount { value: row.needed("dose_mg")?, unit: DoseUnit::Mg };
    value(bands::round(dose, &bands, None)).map(Answer::Figure)
}

fn put_together(table: &Table) -> Result<Vec<Band>, String> {
    let mut gives = BTreeSet::new();
    for row in &table.rows {
        for column in ["band_mg", "next_band_mg", "expected_band_mg"] {
            gives.extend(row.number(column)?);
        }
    }
    let mut from = BTreeMap::new();
    for row in &table.rows {
        from.extend(step(row, &gives)?);
    }
    Ok(from.into_iter().map(|(give, from)| Band { from, give }).collect())
}

/// The band a row prints the lower step of, and the step.
fn step(row: &Row, gives: &BTreeSet<Decimal>) -> Result<Option<(Decimal, Decimal)>, String> {
    Ok(match row.text("formula") {
        "nhs_variance_at_lower_step" => Some((row.needed("band_mg")?, row.needed("dose_mg")?)),
        "nhs_step_between_bands" => Some((row.needed("next_band_mg")?, row.needed("expected_step_mg")?)),
        "nhs_variance_at_upper_step" => {
            let band = row.needed("band_mg")?;
            let next = gives.iter().find(|give| **give > band);
            next.map(|next| row.needed("dose_mg").map(|step| (*next, step))).transpose()?
        }
        // The table's first column, where no other row has the step.
        "nhs_band_lookup" if row.text("note").starts_with("From") => {
            Some((row.needed("expected_band_mg")?, row.needed("dose_mg")?))
        }
        _ => None,
    })
}
