//! Families that other parts of the program answer for. They are embedded and counted, so that none is lost.

use super::Answer;
use super::csv::{Row, Table};
use crate::ledger::Intensity;
use crate::quantity::{Decimal, decimal};

type Outcome = Result<Answer, String>;

#[allow(clippy::unnecessary_wraps)] // all families share one signature
pub(super) fn label_tables(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("a label's table of doses by body surface or weight: a regimen's tiers, not a formula"))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn events(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("the timing of doses: run row by row through plans and exports (tests/it/vector_rows.rs)"))
}

/// Rows of dose intensity: the amounts and times of a row, through the one function that the ledger uses.
pub(super) fn intensity(row: &Row, _: &Table) -> Outcome {
    let number = |column: &str| row.needed(column);
    let none = || "there is no figure for it".to_owned();
    let times = |a: Decimal, b: Decimal| a.checked_mul(b).ok_or_else(none);
    let relative = |delivered, planned, protocol, actual| {
        Intensity::of(delivered, planned, protocol, actual).map(|one| one.relative).ok_or_else(none)
    };
    let figure = match row.text("formula") {
        // Doses beyond the number planned were planned too: `ledger` takes them from the cycles that were begun.
        "rdi_fixed_cycles" => {
            let (doses, average) = (number("applications")?, number("avg_dose_pct")?);
            let planned = times(number("applications_planned")?.max(doses), number("avg_dose_planned_pct")?)?;
            relative(times(doses, average)?, planned, number("time_per_protocol_d")?, number("time_real_d")?)?
        }
        "rdi_open_ended" if number("time_real_d")?.is_zero() => {
            return Ok(Answer::Left("no time elapsed: here a cycle's length counts from its first dose on"));
        }
        "rdi_open_ended" if number("time_real_d")? < number("time_per_protocol_d")? => {
            return Ok(Answer::Left("faster than planned: here that is shown above 100 %, and not cut off"));
        }
        "rdi_open_ended" => {
            let (average, full) = (number("avg_dose_pct")?, Decimal::ONE_HUNDRED);
            relative(average, full, number("time_per_protocol_d")?, number("time_real_d")?)?
        }
        "dose_intensity_total_over_planned" => {
            relative(number("actual_total_mg")?, number("planned_total_mg")?, Decimal::ONE, Decimal::ONE)?
        }
        "dose_intensity_planned_zero" => {
            return Ok(Answer::Left("nothing planned: there is no intensity, not infinity"));
        }
        _ => return Ok(Answer::Left("the timing of doses: plan")),
    };
    let places = row.text("printed_precision").parse().map_err(|_| "printed_precision is not a number".to_owned())?;
    Ok(Answer::Figure(decimal::half_up(figure, places)))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn edge_cases(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("behaviour in words: run row by row (tests/it/vector_rows.rs)"))
}
