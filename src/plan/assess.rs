//! Assessments: on the calendar from the first dose, or with each cycle.

use crate::calendar::{Date, Site, Window, plus};
use crate::course::Course;
use crate::finding::Finding;
use crate::quantity::Period;
use crate::regimen::{Assessment, AssessmentWhen, BeforeFirst, Event, Mark, Regimen, Role, Stated};

use super::range::{BeyondCalendar, around, cycle_day, later, later_by};
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
    /// Whether a delay of treatment moves it: with its cycle, or with the last dose.
    pub moves: bool,
    /// The cycle it belongs to, where it moves with one.
    pub cycle: Option<u32>,
    /// The cycle day it belongs to.
    pub day: Option<i32>,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
    /// Marks.
    pub marks: Vec<Mark>,
}

/// Every assessment up to the end of the last cycle.
pub(super) fn assessments(
    regimen: &Regimen,
    course: &Course,
    cycles: &[PlannedCycle],
    site: &Site,
) -> Result<Vec<Assessed>, BeyondCalendar> {
    let stopped = course.stopped.as_ref().map(|(stopped, _)| *stopped);
    let (Some(first), Some(last)) = (cycles.first(), cycles.last()) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for assessment in &regimen.assessments {
        match &assessment.when {
            AssessmentWhen::Calendar { every, before_first } => {
                if let Some(BeforeFirst { from, to }) = before_first {
                    let latest = later(first.actual, -to)?;
                    let window = Window { earliest: later(first.actual, -from)?, latest };
                    all.push(one(assessment, latest, Some(window), None, site));
                }
                let mut times = 1;
                let next = |times| every.and_then(|every| nth(first.actual, every, times));
                while let Some(date) = next(times).filter(|date| *date <= last.last_day) {
                    all.push(one(assessment, date, room(assessment, date)?, None, site));
                    times += 1;
                }
            }
            // Dated when the doses are known.
            AssessmentWhen::From { .. } => {}
            AssessmentWhen::Cycle { days, before } => {
                for cycle in cycles {
                    let Some(phase) = regimen.phases.get(cycle.phase) else { continue };
                    for day in days {
                        let date = cycle_day(phase.cycle.days, cycle.actual, *day)?;
                        // What belongs to a dose ends with the doses.
                        if stopped.is_some_and(|stopped| date > stopped) {
                            continue;
                        }
                        let window = match room(assessment, date)? {
                            Some(window) if *before == 0 => Some(window),
                            _ => Some(around(date, *before, 0)?),
                        };
                        all.push(one(assessment, date, window, Some((cycle.number, *day)), site));
                    }
                }
            }
        }
    }
    all.sort_by_key(|assessed| assessed.date);
    Ok(all)
}

/// Visits around the last dose or the end of treatment, as far as the plan knows the day; the rest is told.
pub(super) fn after_doses(
    regimen: &Regimen,
    course: &Course,
    site: &Site,
    plan: &mut Plan,
) -> Result<(), BeyondCalendar> {
    let (mut undated, mut repeated) = (Vec::new(), Vec::new());
    for assessment in &regimen.assessments {
        let AssessmentWhen::From { event, after, every, until, before } = &assessment.when else { continue };
        let told = || assessment.when.event_words().map(|words| format!("{}: {words}", assessment.name));
        // Until treatment has stopped, a delay moves the last dose and what is counted from it.
        let moves = *event == Event::LastDose && course.stopped.is_none();
        let day = match event {
            Event::LastDose => last_dose(regimen, course, plan),
            Event::Stop => course.stopped.as_ref().map(|(day, _)| *day),
            other => other.fact().and_then(|fact| course.subject.get(fact)?.date()),
        };
        let Some(day) = day else {
            undated.extend(told());
            continue;
        };
        // What is only "every 12 weeks from" an event is first due 12 weeks after it.
        let date = match after.or(every.filter(|_| before.is_none())) {
            Some(after) => later_by(day, after)?,
            None => day,
        };
        let repeats = until.zip(*every);
        repeated.extend(every.filter(|_| repeats.is_none()).and_then(|_| told()));
        let window = match before {
            Some(before) => Some(around(day, *before, 0)?),
            None => room(assessment, date)?,
        };
        plan.assessments.push(Assessed { moves, ..one(assessment, date, window, None, site) });
        let Some((until, every)) = repeats else { continue };
        let last = later_by(day, until)?;
        let mut next = following(day, *after, every, 1)?;
        for times in 2.. {
            if next > last {
                break;
            }
            plan.assessments.push(Assessed { moves, ..one(assessment, next, room(assessment, next)?, None, site) });
            next = following(day, *after, every, times)?;
        }
    }
    plan.assessments.sort_by_key(|assessed| assessed.date);
    if !repeated.is_empty() {
        let text = format!("Only the first is dated here, and more follow: {}.", repeated.join("; "));
        plan.findings.push(Finding::note(super::codes::FOLLOW_UP, text));
    }
    if !undated.is_empty() {
        let text = format!("Not dated here, because the day is not known: {}.", undated.join("; "));
        plan.findings.push(Finding::note(super::codes::FOLLOW_UP, text));
    }
    Ok(())
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

/// A later visit of a series from an event: counted from the event itself where the steps are of one unit, so that
/// months from the 31st do not drift to the 28th.
fn following(event: Date, after: Option<Period>, every: Period, times: i32) -> Result<Date, BeyondCalendar> {
    let first = after.unwrap_or(every);
    let more = Period { value: every.value.saturating_mul(times.into()), unit: every.unit };
    if first.unit == every.unit {
        return later_by(event, Period { value: first.value.saturating_add(more.value), ..more });
    }
    later_by(later_by(event, first)?, more)
}

fn nth(first: Date, every: Period, times: i32) -> Option<Date> {
    let value = every.value.checked_mul(times.into())?;
    let date = plus(first, Period { value, unit: every.unit })?;
    (date > first).then_some(date)
}

/// `None` where the regimen says "unknown".
fn room(assessment: &Assessment, date: Date) -> Result<Option<Window>, BeyondCalendar> {
    match assessment.window {
        Some(Stated::Is(room)) => around(date, room.early, room.late).map(Some),
        Some(Stated::Unknown) => Ok(None),
        None => Ok(Some(Window::exact(date))),
    }
}

fn one(
    assessment: &Assessment,
    date: Date,
    window: Option<Window>,
    cycle: Option<(u32, i32)>,
    site: &Site,
) -> Assessed {
    let keys = ["every", "days", "before", "after", "until", "window", "before_first_dose"];
    let provenance = &assessment.provenance;
    let marks = provenance.marks(&keys).collect();
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
