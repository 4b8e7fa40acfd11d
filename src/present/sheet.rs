//! What only the print-outs show: the cycles with their first days, measurements with their dates, and
//! why a dose or a date changed.

use crate::calendar::{Date, Window};
use crate::course::{Course, CycleKey, Delay, Reduction};
use crate::plan::{Administration, Plan, PlannedCycle, behind, effective};
use crate::quantity::number::print;
use crate::quantity::{Creatinine, Height, Weight};
use crate::regimen::{CycleWord, Phase, Regimen};

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
    /// Its name as people read it.
    pub phase_name: Option<String>,
    pub number: u32,
    /// What the trial calls it.
    pub word: CycleWord,
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

impl ReasonRow {
    /// `80 % of the dose: neuropathy grade 2`, `delayed by 7 days: neutrophils 0.9`
    pub fn words(&self) -> String {
        if self.why.is_empty() { self.what.clone() } else { format!("{}: {}", self.what, self.why) }
    }
}

/// The rows behind the print-outs.
pub(super) fn sheets(regimen: &Regimen, course: &Course, plan: &Plan) -> SheetRows {
    SheetRows {
        protocol: printed(regimen),
        cycles: plan.cycles.iter().map(|one| cycle(regimen, one)).collect(),
        measurements: measurements(course),
        reasons: reasons(regimen, course, plan),
    }
}

fn cycle(regimen: &Regimen, cycle: &PlannedCycle) -> CycleRow {
    CycleRow {
        phase: cycle.phase_id.clone(),
        phase_name: regimen.phases.get(cycle.phase).and_then(Phase::shown),
        number: cycle.number,
        word: cycle.word,
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
    let reduced = effective(regimen, &course.reductions).into_iter().map(reduced);
    let delayed = course.delays.iter().map(|(cycle, delay)| late(plan, cycle, delay));
    reduced.chain(delayed).collect()
}

/// Why the planned dose of an administration, or its day, is another than the first plan's: what set its level and its
/// percentage, and a delay of its cycle.
pub(super) fn changed(regimen: &Regimen, course: &Course, plan: &Plan, one: &Administration) -> Vec<ReasonRow> {
    // Nobody planned what was given beyond the plan.
    if one.planned.is_none() || (course.reductions.is_empty() && course.delays.is_empty()) {
        return Vec::new();
    }
    let at = (one.phase, one.key.cycle);
    let dose = behind(regimen, &course.reductions, &one.key.drug, at).into_iter().map(reduced);
    let cycle = (one.key.phase.clone(), one.key.cycle);
    let day = course.delays.get(&cycle).map(|delay| late(plan, &cycle, delay));
    dose.chain(day).collect()
}

fn reduced(reduction: &Reduction) -> ReasonRow {
    let level = reduction.level.map(|level| format!("dose level {level}"));
    let share = reduction.percent.map(|share| format!("{} % of the dose", print(share)));
    ReasonRow {
        phase: reduction.from.0.clone(),
        cycle: reduction.from.1,
        drug: Some(reduction.drug.clone()),
        what: level.into_iter().chain(share).collect::<Vec<_>>().join(", "),
        why: reduction.reason.clone(),
    }
}

fn late(plan: &Plan, (phase, cycle): &CycleKey, delay: &Delay) -> ReasonRow {
    ReasonRow {
        phase: phase.clone(),
        cycle: *cycle,
        drug: None,
        what: delayed(plan, (phase, *cycle), delay.days),
        why: delay.reason.clone(),
    }
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
