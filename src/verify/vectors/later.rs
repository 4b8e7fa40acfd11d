//! Families that other parts of the program answer for. They are embedded and counted, so that none is lost.

use super::Answer;
use super::csv::{Row, Table};

type Outcome = Result<Answer, String>;

#[allow(clippy::unnecessary_wraps)] // all families share one signature
pub(super) fn label_tables(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("a label's table of doses by body surface or weight: a regimen's tiers, not a formula"))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn events(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("the timing of doses: plan and regimen reading"))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn intensity(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("relative dose intensity is part of plan"))
}

#[allow(clippy::unnecessary_wraps)]
pub(super) fn edge_cases(_: &Row, _: &Table) -> Outcome {
    Ok(Answer::Left("behaviour in words, some of it unsafe: nothing to compute"))
}
