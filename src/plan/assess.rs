//! Assessments: on the calendar from the first dose, or with each cycle.

use crate::calendar::{Date, Site, Window, plus, plus_days};
use crate::course::Course;
use crate::finding::Finding;
use crate::regimen::{Assessment, AssessmentWhen, Event, Regimen, Role, Stated};

use super::{Administration, AdministrationState, Plan, PlannedCycle};

/// A dated assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// What is done.
    pub name: String,
    /// The day; of a test before a cycle day, the last day on which it may be done.
    pub date: Date,
    /// First and last day allowed; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// Whether a delay moves it.
    pub moves: bool,
    /// The cycle it belongs to, where it moves with one.
    pub cycle: Option<u32>,
    /// The cycle day it belongs to.
    pub day: Option<i32>,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
    /// Marks.
    pub marks: Vec<String>,
}

/// Every assessment up to the end of the last cycle.
pub(super) fn assessments(
    regimen: &Regimen,
    course: &Course,
    cycles: &[PlannedCycle],
    site: &Site,
) -> Option<Vec<Assessed>> {
    let stopped = course.stopped.as_ref().map(|(stopped, _)| *stopped);
    let (Some(first), Some(last)) = (cycles.first(), cycles.last()) else { return Some(Vec::new()) };
    let mut all = Vec::new();
    for assessment in &regimen.assessments {
        match &assessment.when {
            AssessmentWhen::Calendar { every, before_first } => {
                if let Some(days) = before_first {
                    let window = Window { earliest: plus_days(first.actual, -days)?, latest: first.actual };
                    all.push(one(assessment, window.latest, Some(window), None, site));
                }
                let mut times = 1;
                while let Some(date) = nth(first.actual, *every, times).filter(|date| *date <= last.last_day) {
                    all.push(one(assessment, date, room(assessment, date)?, None, site));
                    times += 1;
                }
            }
            // Dated when the doses are known.
            AssessmentWhen::From { .. } => {}
            AssessmentWhen::Cycle { days, before } => {
                for cycle in cycles {
                    for day in days {
                        let count = regimen.phases.get(cycle.phase)?.cycle.days;
                        let date = count.date(cycle.actual, *day)?;
                        // What belongs to a dose ends with the doses.
                        if stopped.is_some_and(|stopped| date > stopped) {
                            continue;
                        }
                        let window = match room(assessment, date)? {
                            Some(window) if *before == 0 => Some(window),
                            _ => Some(Window::around(date, *before, 0)?),
                        };
                        all.push(one(assessment, date, window, Some((cycle.number, *day)), site));
                    }
                }
            }
        }
    }
    all.sort_by_key(|assessed| assessed.date);
    Some(all)
}

/// Visits around the last dose or the end of treatment, as far as the plan knows the day; the rest is told.
pub(super) fn after_doses(regimen: &Regimen, course: &Course, site: &Site, plan: &mut Plan) -> Option<()> {
    let (mut undated, mut repeated) = (Vec::new(), Vec::new());
    for assessment in &regimen.assessments {
        let AssessmentWhen::From { event, after, every, before } = &assessment.when else { continue };
        let told = || assessment.when.event_words().map(|words| format!("{}: {words}", assessment.name));
        let day = match event {
            Event::LastDose => last_dose(regimen, course, plan),
            Event::Stop => course.stopped.as_ref().map(|(day, _)| *day),
            Event::Enrolment | Event::Randomisation | Event::Progression => None,
        };
        let Some(day) = day else {
            undated.extend(told());
            continue;
        };
        // What is only "every 12 weeks from" an event is first due 12 weeks after it.
        let date = match after.or(every.filter(|_| before.is_none())) {
            Some(after) => plus(day, after)?,
            None => day,
        };
        repeated.extend(every.and_then(|_| told()));
        let window = match before {
            Some(before) => Some(Window::around(day, *before, 0)?),
            None => room(assessment, date)?,
        };
        plan.assessments.push(one(assessment, date, window, None, site));
    }
    plan.assessments.sort_by_key(|assessed| assessed.date);
    if !repeated.is_empty() {
        let text = format!("Only the first is dated here, and more follow: {}.", repeated.join("; "));
        plan.findings.push(Finding::note("follow-up", text));
    }
    if !undated.is_empty() {
        let text = format!("Not dated here, because the day is not known: {}.", undated.join("; "));
        plan.findings.push(Finding::note("follow-up", text));
    }
    Some(())
}

/// The day of the last treatment dose, where the number of cycles is known or treatment has stopped.
fn last_dose(regimen: &Regimen, course: &Course, plan: &Plan) -> Option<Date> {
    if plan.continues && course.stopped.is_none() {
        return None;
    }
    let treats = |one: &&Administration| plan.drug_of(regimen, one).is_some_and(|drug| drug.role == Role::Treatment);
    let given = plan.administrations.iter().filter(treats);
    let not = |one: &&Administration| match one.state {
        AdministrationState::Omitted(_) => true,
        AdministrationState::Held(_) => course.stopped.is_some(),
        AdministrationState::Projected | AdministrationState::Given => false,
    };
    let given = given.filter(|one| !not(one));
    given.map(|one| one.run.as_ref().map_or(one.date, |run| run.through)).max()
}

fn nth(first: Date, every: crate::quantity::Period, times: i32) -> Option<Date> {
    let value = every.value.checked_mul(times.into())?;
    let date = plus(first, crate::quantity::Period { value, unit: every.unit })?;
    (date > first).then_some(date)
}

/// `Some(None)` where the regimen says nothing or "unknown".
fn room(assessment: &Assessment, date: Date) -> Option<Option<Window>> {
    match assessment.window {
        Some(Stated::Is(room)) => Some(Some(Window::around(date, room.early, room.late)?)),
        Some(Stated::Unknown) => Some(None),
        None => Some(Some(Window::exact(date))),
    }
}

fn one(
    assessment: &Assessment,
    date: Date,
    window: Option<Window>,
    cycle: Option<(u32, i32)>,
    site: &Site,
) -> Assessed {
    let keys = ["every", "days", "before", "window", "before_first_dose"];
    let provenance = &assessment.provenance;
    let marks = keys.iter().filter_map(|key| provenance.mark(key).map(|mark| format!("{mark}: {key}"))).collect();
    Assessed {
        name: assessment.name.clone(),
        date,
        window,
        moves: cycle.is_some(),
        cycle: cycle.map(|(number, _)| number),
        day: cycle.map(|(_, day)| day),
        closed: site.closures.reason(date).map(str::to_owned),
        marks,
    }
}
