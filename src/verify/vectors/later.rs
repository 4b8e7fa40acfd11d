//! Families that other parts of the program answer for. They are embedded and counted, so that none is lost.

use super::Answer;
use super::csv::{Row, Table};
use crate::ledger;

type Outcome = Result<Answer, String>;

#[allow(clippy::unnecessary_wraps)] // all families share one signature
pub(super) fn label_tables(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("a label's table of doses by body surface or weight: a regimen's tiers, not a formula"))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn events(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("the timing of doses: plan and regimen reading"))
}

/// Rows of dose intensity run through `ledger`; schedules and divisions by zero do not.
pub(super) fn intensity(row: &Row, _: &Table) -> Outcome {
    let number = |column: &str| row.needed(column);
    let none = || "there is no figure for it".to_owned();
    let figure = match row.text("formula") {
        "rdi_fixed_cycles" => {
            let planned = (number("applications_planned")?, number("avg_dose_planned_pct")?);
            let (doses, average) = (number("applications")?, number("avg_dose_pct")?);
            let (actual, protocol) = (number("time_real_d")?, number("time_per_protocol_d")?);
            ledger::fixed_cycles(doses, average, actual, protocol, planned).ok_or_else(none)?.relative
        }
        "rdi_open_ended" => {
            let (doses, average) = (number("applications")?, number("avg_dose_pct")?);
            let (actual, protocol) = (number("time_real_d")?, number("time_per_protocol_d")?);
            ledger::open_ended(doses, average, actual, protocol).ok_or_else(none)?
        }
        "dose_intensity_total_over_planned" => {
            let (delivered, planned) = (number("actual_total_mg")?, number("planned_total_mg")?);
            let one = rust_decimal::Decimal::ONE;
            ledger::Intensity::of(delivered, planned, one, one).ok_or_else(none)?.relative
        }
        "dose_intensity_planned_zero" => {
            return Ok(Answer::Left("nothing planned: there is no intensity, not infinity"));
        }
        _ => return Ok(Answer::Left("the timing of doses: plan")),
    };
    let places = row.text("printed_precision").parse().map_err(|_| "printed_precision is no number".to_owned())?;
    Ok(Answer::Figure(crate::quantity::decimal::half_up(figure, places)))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn edge_cases(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("behaviour in words, some of it unsafe: nothing to compute"))
}
