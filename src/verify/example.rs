//! The worked cases of a regimen file, run against the plan and the advice they promise.

use crate::calendar::Site;
use crate::course::{Course, Delay, Reduction};
use crate::finding::{Finding, Severity};
use crate::plan::{self, Options, Plan};
use crate::regimen::{Example, ExampleCourse, ExampleDelay, Expect, Holds, Regimen};

use super::seen::Tried;
use super::untouched::{self, Untouched};
use super::{advised, coverage, findings, row};

/// What running the examples of a file comes to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// One finding for every example that does not come out as written, which no file with it is calculated from; and one for
    /// every dose that no row is about.
    pub findings: Vec<Finding>,
    /// What no example touches.
    pub untouched: Vec<Untouched>,
}

/// Runs every example.
pub fn tried(regimen: &Regimen, site: &Site) -> Outcome {
    let mut tried = Tried::default();
    let mut findings = Vec::new();
    for example in &regimen.examples {
        findings.extend(run(regimen, example, site, &mut tried));
    }
    findings.extend(coverage::findings(regimen, &tried));
    Outcome { findings, untouched: untouched::all(regimen, &tried) }
}

/// The findings of [`tried`] alone.
pub fn examples(regimen: &Regimen, site: &Site) -> Vec<Finding> {
    tried(regimen, site).findings
}

/// The course an example describes; `None` of an example of the modification tables alone.
pub fn course(example: &Example) -> Option<Course> {
    let planned = example.course.as_ref()?;
    let mut course = Course::new(planned.start, example.subject.clone());
    for (drug, level) in &example.levels {
        course.reductions.push(Reduction {
            drug: drug.clone(),
            from: (None, 1),
            level: Some(*level),
            percent: None,
            reason: "example".to_owned(),
        });
    }
    for delay in &planned.delayed {
        let later = Delay { days: delay.days, reason: "example".to_owned(), required: delay.required };
        course.delays.insert((delay.phase.clone(), delay.cycle), later);
    }
    Some(course)
}

fn run(regimen: &Regimen, example: &Example, site: &Site, tried: &mut Tried) -> Vec<Finding> {
    let mut findings: Vec<Finding> = advised::run(regimen, example, tried).into_iter().collect();
    let Some((planned, mut course)) = example.course.as_ref().zip(course(example)) else { return findings };
    let first = regimen.phases.first().and_then(|phase| phase.id.clone());
    for reduction in &mut course.reductions {
        reduction.from.0.clone_from(&first);
    }
    let options = Options { open: planned.cycles, recorded: true, ..Options::default() };
    match plan::plan(regimen, &course, site, options) {
        Ok(plan) => {
            let is_there =
                |delay: &&ExampleDelay| plan.cycles.iter().any(|one| one.key() == (delay.phase.clone(), delay.cycle));
            findings.extend(
                planned.delayed.iter().find(|delay| !is_there(delay)).map(|delay| findings::no_cycle(example, delay)),
            );
            findings.extend(planned.expect.iter().filter_map(|expect| compared(regimen, &plan, expect, tried)));
            findings.extend(all(example, planned, &plan, tried));
        }
        Err(told) => {
            let blocks = told.into_iter().filter(|finding| finding.severity == Severity::Block);
            let why: Vec<String> = blocks.map(|finding| finding.text).collect();
            findings.push(findings::no_plan(example, &why));
        }
    }
    findings
}

/// What one row says otherwise than the plan.
fn compared(regimen: &Regimen, plan: &Plan, expect: &Expect, tried: &mut Tried) -> Option<Finding> {
    match (&expect.holds, row::meant(regimen, plan, expect)) {
        (Holds::Present(wanted), Some(one)) => {
            tried.add(one, expect, wanted);
            row::compare(regimen, plan, one, expect, wanted)
        }
        (Holds::Present(_), None) => Some(findings::no_dose(expect)),
        (Holds::Absent, Some(one)) => Some(findings::not_absent(expect, one.dose.amount)),
        (Holds::Absent, None) => {
            tried.absent(expect);
            None
        }
    }
}

/// The number of administrations: nothing may follow, or stand between, that nobody expects.
fn all(example: &Example, course: &ExampleCourse, plan: &Plan, tried: &mut Tried) -> Option<Finding> {
    let expected = course.administrations?;
    tried.counted();
    let planned = plan.administrations.len();
    if usize::try_from(expected) == Ok(planned) {
        return None;
    }
    Some(findings::other_number(example, planned, expected))
}
