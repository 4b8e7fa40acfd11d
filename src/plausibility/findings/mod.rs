//! What is said about measurements, one sentence a function, one file a subject; the codes are in `codes`.

mod age;
mod body;
mod kidney;
mod laboratory;
mod slips;

pub(super) use age::{Aging, age_range, child, measured_later, older_than_accepted, stale};
pub(super) use body::{
    WeightChange, bmi_range, bsa_range, bsa_uncapped, for_a_child, for_age, height_change, height_range, infant,
    weight_jump, weight_range, weight_rate,
};
pub(super) use kidney::{
    CreatinineTimes, Kidney, auc_range, creatinine_below_floor, creatinine_change, creatinine_low, creatinine_range,
    creatinine_times, creatinine_unit, gfr_above_cap, gfr_before_floor, gfr_range, indexed_gfr, no_kidney_function,
    no_target,
};
pub(super) use laboratory::LabFigure;
pub(super) use slips::slip;

use super::limits::{Grade, Side};
use crate::finding::{Code, Field, Figure, Finding, Lift, Severity};
use crate::quantity::{Decimal, decimal, number};

/// Of a figure that no living person has.
const ANOTHER: &str = "check the figure and enter it again: nothing is calculated with this one";
const CHECK: &str = "check the entry";

fn p(value: Decimal) -> String {
    number::print(value)
}

fn one_place(value: Decimal) -> String {
    p(decimal::half_up(value, 1))
}

fn two_places(value: Decimal) -> String {
    p(decimal::half_up(value, 2))
}

/// `below 140 cm`
fn words(grade: &Grade) -> String {
    let side = match grade.side {
        Side::Below => "below",
        Side::Above => "above",
        Side::From => "at or above",
        Side::Through => "at or below",
    };
    format!("{side} {} {}", p(grade.limit), grade.unit).trim_end().to_owned()
}

/// One sentence for a figure beyond a limit, with the help its severity calls for.
fn beyond(code: Code, field: Field, what: &str, figure: Decimal, grade: &Grade) -> Finding {
    let text = format!("{what} is {}.", words(grade));
    graded(Finding::new(grade.severity, code, text).field(field.clone()), Figure::Value(figure), vec![field])
}

/// What its grade asks for: another figure, these measured again, a reason.
fn graded(finding: Finding, figure: Figure, again: Vec<Field>) -> Finding {
    match finding.severity {
        Severity::Block => finding.help(ANOTHER),
        Severity::Confirm => {
            let help = match again.as_slice() {
                [Field::Height] => "measure the height again",
                [Field::Weight] => "weigh again",
                [Field::Height, Field::Weight] => "measure height and weight again",
                [Field::Creatinine] => "compare the creatinine and its unit with the report",
                [Field::Gfr] => "compare the kidney function and its unit with the report",
                _ => "check the figure",
            };
            finding.help(help).asking(Some(figure), Lift::Again(again))
        }
        Severity::Warn => finding.help(CHECK).asking(Some(figure), Lift::Reason),
        Severity::Note => finding,
    }
}
