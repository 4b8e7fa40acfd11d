//! A worked case: what somebody calculated by hand, and the program must agree with.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::calendar::Date;
use crate::quantity::Amount;
use crate::subject::Subject;

use super::HalfDay;

/// A worked case.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub note: Option<String>,
    /// The subject.
    pub subject: Subject,
    /// Day 1 of cycle 1, or day 0.
    pub start: Date,
    /// Cycles to plan.
    pub cycles: Option<u32>,
    /// How many administrations there are in all; a run of days at home counts once.
    pub administrations: Option<u32>,
    /// Dose levels by drug id.
    pub levels: BTreeMap<String, i32>,
    /// What must come out.
    pub expect: Vec<Expect>,
    /// Where the example stands in the text.
    pub span: Range<usize>,
}

/// One administration an example expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// Phase.
    pub phase: Option<String>,
    /// Cycle.
    pub cycle: u32,
    /// Day.
    pub day: i32,
    /// Part of the day.
    pub part: Option<HalfDay>,
    /// Drug id or name.
    pub drug: String,
    /// Date.
    pub date: Option<Date>,
    /// Dose.
    pub dose: Option<Amount>,
    /// Where it stands in the text.
    pub span: Range<usize>,
}
