//! A worked case: what somebody calculated by hand, and the program must agree with.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::calendar::{Date, Window};
use crate::quantity::{Amount, Decimal, Measured, Volume};
use crate::subject::Subject;

use super::{Action, HalfDay, Over};

/// A worked case.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub note: Option<String>,
    /// Who worked it out, where the file says so.
    pub worked_by: Option<String>,
    /// The subject.
    pub subject: Subject,
    /// Dose levels by drug id.
    pub levels: BTreeMap<String, i32>,
    /// What must be planned; `None` of an example of the modification tables alone.
    pub course: Option<ExampleCourse>,
    /// What the modification tables must say.
    pub advice: Option<ExampleAdvice>,
    /// Where the example stands in the text.
    pub span: Range<usize>,
}

/// The planned part of a worked case.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleCourse {
    /// Day 1 of cycle 1, or day 0.
    pub start: Date,
    /// Cycles that begin later than planned.
    pub delayed: Vec<ExampleDelay>,
    /// Cycles to plan.
    pub cycles: Option<u32>,
    /// How many administrations there are in all; a run of days at home counts once.
    pub administrations: Option<u32>,
    /// What must come out.
    pub expect: Vec<Expect>,
}

/// A cycle of a worked case that begins later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleDelay {
    /// The phase; `None` in a regimen of one.
    pub phase: Option<String>,
    /// The cycle.
    pub cycle: u32,
    /// Days later than planned.
    pub days: i32,
    /// Whether the protocol requires it.
    pub required: bool,
}

/// What was found of the subject, and what must follow.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleAdvice {
    /// What was found.
    pub found: Found,
    /// What follows now, by drug id; of a treatment drug that is not here, nothing.
    pub now: Vec<(String, Action)>,
    /// What follows when treatment goes on, by drug id; not compared where it is not said.
    pub then: Option<Vec<(String, Action)>>,
}

/// What was found of a subject, as it stands in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Measured values by test.
    pub tests: Vec<(String, Measured)>,
    /// Upper limits of normal by test.
    pub limits: Vec<(String, Measured)>,
    /// Grades by toxicity.
    pub grades: Vec<(String, u32)>,
    /// How often it has now happened.
    pub occurrences: Vec<(String, u32)>,
    /// What happened.
    pub events: Vec<String>,
    /// What did not.
    pub absent: Vec<String>,
    /// The day of the cycle.
    pub day: Option<i32>,
}

/// One administration an example expects.
#[derive(Debug, Clone, PartialEq)]
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
    /// What must hold there.
    pub holds: Holds,
    /// Where it stands in the text.
    pub span: Range<usize>,
}

/// What must hold of an administration, or that there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    /// Nothing of the drug falls on that day.
    Absent,
    /// It falls there, and is so.
    Present(Box<Wanted>),
}

/// What an administration must be; what is not said is not compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// Date.
    pub date: Option<Date>,
    /// Dose.
    pub dose: Option<Amount>,
    /// How long the infusion runs.
    pub over: Option<Over>,
    /// The drug before it on that day, by id or name.
    pub after: Option<String>,
    /// Vials that are opened.
    pub vials: Option<u32>,
    /// What is drawn up or swallowed.
    pub volume: Option<Volume>,
    /// Tablets by strength.
    pub tablets: Option<Vec<(u32, Amount)>>,
    /// Whether it is planned whatever happens.
    pub certain: Option<bool>,
    /// Its window.
    pub window: Option<Window>,
    /// Hours after the drug it belongs to.
    pub hour: Option<Decimal>,
}

impl Example {
    /// The rows of its planned part.
    pub fn expected(&self) -> impl Iterator<Item = &Expect> {
        self.course.iter().flat_map(|course| &course.expect)
    }
}

impl Expect {
    /// What must be there; `None` of a day on which nothing is.
    pub fn wanted(&self) -> Option<&Wanted> {
        match &self.holds {
            Holds::Absent => None,
            Holds::Present(wanted) => Some(wanted),
        }
    }

    /// The dose it must come to.
    pub fn dose(&self) -> Option<Amount> {
        self.wanted()?.dose
    }

    /// The date it must fall on.
    pub fn date(&self) -> Option<Date> {
        self.wanted()?.date
    }
}
