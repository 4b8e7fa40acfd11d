//! The worked cases of a regimen file, run against the plan they promise.

use crate::calendar::{self, Site};
use crate::course::{Course, Part, Reduction};
use crate::finding::{Finding, Severity};
use crate::plan::{self, Administration, Options, Plan};
use crate::quantity::Amount;
use crate::regimen::{Example, Expect, HalfDay, Regimen};

use super::coverage::Tried;
use super::findings;

/// One finding for every example that does not come out as written, which no file with it is calculated from; and one for
/// every dose that no row is about.
pub fn examples(regimen: &Regimen, site: &Site) -> Vec<Finding> {
    let mut tried = Tried::default();
    let mut findings = Vec::new();
    for example in &regimen.examples {
        findings.extend(run(regimen, example, site, &mut tried));
    }
    findings.extend(tried.findings(regimen));
    findings
}

/// The course an example describes.
pub fn course(example: &Example) -> Course {
    let mut course = Course::new(example.start, example.subject.clone());
    for (drug, level) in &example.levels {
        course.reductions.push(Reduction {
            drug: drug.clone(),
            from: (None, 1),
            level: Some(*level),
            percent: None,
            reason: "example".to_owned(),
        });
    }
    course
}

fn run(regimen: &Regimen, example: &Example, site: &Site, tried: &mut Tried) -> Vec<Finding> {
    let mut course = course(example);
    let first = regimen.phases.first().and_then(|phase| phase.id.clone());
    for reduction in &mut course.reductions {
        reduction.from.0.clone_from(&first);
    }
    match plan::plan(regimen, &course, site, Options { open: example.cycles, recorded: true, ..Options::default() }) {
        Ok(plan) => {
            let mut findings = Vec::new();
            for expect in &example.expect {
                match meant(regimen, &plan, expect) {
                    Some(one) => {
                        tried.add(one);
                        findings.extend(compare(one, expect));
                    }
                    None => findings.push(findings::no_dose(expect)),
                }
            }
            findings.extend(all(example, &plan));
            findings
        }
        Err(findings) => {
            let blocks = findings.into_iter().filter(|finding| finding.severity == Severity::Block);
            let why: Vec<String> = blocks.map(|finding| finding.text).collect();
            vec![findings::no_plan(example, &why)]
        }
    }
}

/// The number of administrations: nothing may follow, or stand between, that nobody expects.
fn all(example: &Example, plan: &Plan) -> Option<Finding> {
    let expected = example.administrations?;
    let planned = plan.administrations.len();
    if usize::try_from(expected) == Ok(planned) {
        return None;
    }
    Some(findings::other_number(example, planned, expected))
}

/// The administration that a row is about.
fn meant<'p>(regimen: &Regimen, plan: &'p Plan, expect: &Expect) -> Option<&'p Administration> {
    let named = |one: &&Administration| {
        let drug = plan.drug_of(regimen, one);
        one.key.drug == expect.drug || drug.is_some_and(|drug| drug.name == expect.drug)
    };
    let same_visit = |one: &&Administration| {
        let later = one.run.as_ref().map_or(one.key.day, |run| run.through_day.max(one.key.day));
        expect.phase.as_ref().is_none_or(|phase| one.key.phase.as_ref() == Some(phase))
            && one.key.cycle == expect.cycle
            && (one.key.day..=later).contains(&expect.day)
    };
    let part = |one: &&Administration| match (expect.part, one.key.part) {
        (Some(half), Some(part)) => part == Part::Half(half),
        _ => true,
    };
    let found = || plan.administrations.iter().filter(named).filter(same_visit).filter(part);
    // Two entries of one drug on one day (bolus and infusion) are told apart by their ids or doses.
    let exact = |one: &&Administration| expect.dose.is_some_and(|dose| equal(dose, shown(one, expect.part)));
    found().find(exact).or_else(|| found().next())
}

/// What a row says otherwise than the plan.
fn compare(one: &Administration, expect: &Expect) -> Option<Finding> {
    let mut wrong = Vec::new();
    // A run at home stands on its first day; a later day of it is so many days on.
    let on = calendar::plus_days(one.date, days_on(one, expect.day)).unwrap_or(one.date);
    if let Some(date) = expect.date.filter(|date| *date != on) {
        wrong.push(format!("the date is {}, not {}", calendar::iso(on), calendar::iso(date)));
    }
    let dose = shown(one, expect.part);
    if let Some(expected) = expect.dose.filter(|expected| !equal(*expected, dose)) {
        wrong.push(format!("the dose is {dose}, not {expected}"));
    }
    if wrong.is_empty() {
        return None;
    }
    if let (Some(halves), None, Some(_)) = (one.dose.parts, expect.part, expect.dose) {
        return Some(findings::which_half(expect, halves));
    }
    Some(findings::otherwise(expect, &wrong))
}

/// The calendar days from the first day of an administration to another day of its run: where no day is numbered 0, day 1 is the
/// day after day -1.
fn days_on(one: &Administration, day: i32) -> i32 {
    let on = day.saturating_sub(one.key.day);
    let without_zero = one.run.as_ref().is_some_and(|run| {
        let numbered = run.through_day.saturating_sub(one.key.day);
        calendar::plus_days(one.date, numbered).is_some_and(|through| through != run.through)
    });
    if without_zero && one.key.day < 0 && day > 0 { on.saturating_sub(1) } else { on }
}

fn shown(one: &Administration, part: Option<HalfDay>) -> Amount {
    match (one.dose.parts, part) {
        (Some((morning, _)), Some(HalfDay::Morning)) => morning,
        (Some((_, evening)), Some(HalfDay::Evening)) => evening,
        _ => one.dose.amount,
    }
}

fn equal(a: Amount, b: Amount) -> bool {
    b.in_unit(a.unit).is_some_and(|b| b.value == a.value)
}
