//! What only the print-outs show: the cycles with their first days, measurements with their dates, and
//! why a dose or a date changed.

use crate::calendar::{Date, Window};
use crate::course::Course;
use crate::plan::{Plan, PlannedCycle, effective};
use crate::quantity::number::print;
use crate::quantity::{Creatinine, Height, Weight};
use crate::regimen::Regimen;

use super::activities::{ProtocolRow, printed};

/// Rows behind the print-outs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetRows {
    /// The regimen as it is printed.
    pub protocol: ProtocolRow,
    /// Cycles in order.
    pub cycles: Vec<CycleRow>,
    /// Measurements in order of date.
    pub measurements: Vec<MeasurementRow>,
    /// Why doses and dates differ from the start.
    pub reasons: Vec<ReasonRow>,
}

/// One cycle.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CycleRow {
    pub phase: Option<String>,
    pub number: u32,
    /// Where day 1 stands.
    pub first: Date,
    pub last: Date,
    /// Room around the planned day 1; `None` where the regimen does not say.
    pub window: Option<Window>,
    pub certain: bool,
}

/// What was measured on one day.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct MeasurementRow {
    /// `None` where nobody wrote the day down.
    pub on: Option<Date>,
    pub height: Option<Height>,
    pub weight: Option<Weight>,
    pub creatinine: Option<Creatinine>,
}

/// Why something changed, from a cycle on.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ReasonRow {
    pub phase: Option<String>,
    pub cycle: u32,
    /// Drug id; `None` for a delay of the whole cycle.
    pub drug: Option<String>,
    /// `dose level -1`, `75 % of the dose`, `delayed by 7 days`.
    pub what: String,
    pub why: String,
}

/// The rows behind the print-outs.
pub(super) fn sheets(regimen: &Regimen, course: &Course, plan: &Plan) -> SheetRows {
    SheetRows {
        protocol: printed(regimen),
        cycles: plan.cycles.iter().map(cycle).collect(),
        measurements: measurements(course),
        reasons: reasons(regimen, course, plan),
    }
}

fn cycle(cycle: &PlannedCycle) -> CycleRow {
    CycleRow {
        phase: cycle.phase_id.clone(),
        number: cycle.number,
        first: cycle.actual,
        last: cycle.last_day,
        window: cycle.window,
        certain: cycle.certain,
    }
}

fn measurements(course: &Course) -> Vec<MeasurementRow> {
    let subject = &course.subject;
    let first = MeasurementRow {
        on: subject.measured,
        height: subject.height,
        weight: subject.weight,
        creatinine: subject.creatinine,
    };
    let later = course.measurements.iter().map(|one| MeasurementRow {
        on: Some(one.on),
        height: one.height,
        weight: one.weight,
        creatinine: one.creatinine,
    });
    std::iter::once(first).chain(later).collect()
}

fn reasons(regimen: &Regimen, course: &Course, plan: &Plan) -> Vec<ReasonRow> {
    let reduced = effective(regimen, &course.reductions).into_iter().map(|reduction| {
        let level = reduction.level.map(|level| format!("dose level {level}"));
        let share = reduction.percent.map(|share| format!("{} % of the dose", print(share)));
        ReasonRow {
            phase: reduction.from.0.clone(),
            cycle: reduction.from.1,
            drug: Some(reduction.drug.clone()),
            what: level.into_iter().chain(share).collect::<Vec<_>>().join(", "),
            why: reduction.reason.clone(),
        }
    });
    let delayed = course.delays.iter().map(|((phase, cycle), delay)| ReasonRow {
        phase: phase.clone(),
        cycle: *cycle,
        drug: None,
        what: delayed(plan, (phase, *cycle), delay.days),
        why: delay.reason.clone(),
    });
    reduced.chain(delayed).collect()
}

/// The delay as it came about: a cycle may have begun on another day than it was delayed to.
fn delayed(plan: &Plan, (phase, number): (&Option<String>, u32), recorded: i32) -> String {
    let in_days = |days: i32| format!("{days} {}", if days == 1 { "day" } else { "days" });
    let cycle = plan.cycles.iter().find(|one| one.begun && one.number == number && one.phase_id == *phase);
    match cycle.map_or(recorded, |cycle| cycle.delay) {
        days if days == recorded => format!("delayed by {}", in_days(days)),
        0 => format!("begun on the planned day ({} of delay recorded)", in_days(recorded)),
        days if days < 0 => format!("begun {} early ({} of delay recorded)", in_days(-days), in_days(recorded)),
        days => format!("delayed by {} ({} recorded)", in_days(days), in_days(recorded)),
    }
}
