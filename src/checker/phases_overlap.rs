//! R102.

use crate::format::codes;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::regimen::{BeginsFrom, CountKind, Days, Drug, Numbering, Phase, Role};

pub const RULE: Rule = Rule::checked(codes::PHASES_OVERLAP, "phases-overlap", Severity::Block, check);

/// Cycles of a phase that are looked at, at most.
const MOST: u32 = 100;
/// Cycles of a phase that goes on until stopped.
const OPEN: u32 = 6;

type Identity = (String, Option<String>, Option<String>, Role);

/// A dose: phase, cycle, day and drug.
type Dose<'a> = (usize, u32, i32, &'a Drug);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen.filter(|regimen| regimen.phases.len() > 1) else { return };
    let mut known: BTreeMap<(Identity, i32), Vec<Dose<'_>>> = BTreeMap::new();
    let mut laid: Vec<Laid> = Vec::new();
    for (at, phase) in regimen.phases.iter().enumerate() {
        let Some(one) = lay(phase, at, &regimen.phases, &laid) else { return };
        let mut told = false;
        for (number, start) in one.cycles() {
            for (day, offset, drug) in doses(phase, number) {
                let Some(day_of) = start.checked_add(offset) else { continue };
                let there = known.entry((drug.identity(), day_of)).or_default();
                let earlier = there.iter().find(|other| other.0 != at && both(other.3, drug));
                if let Some(other) = earlier.filter(|_| !told) {
                    told = true;
                    let name =
                        |at: usize| regimen.phases.get(at).and_then(|phase| phase.id.clone()).unwrap_or_default();
                    let text = format!(
                        "{} would be given twice on one day: phase {} cycle {} day {}, and phase {} cycle {number} day {day}",
                        drug.full_name(),
                        name(other.0),
                        other.1,
                        other.2,
                        name(at),
                    );
                    let finding = RULE.finding(text).at(place(context, at), "begins too early");
                    findings.push(finding.help("let the phase begin later, or leave the drug out of one of the two"));
                }
                there.push((at, number, day, drug));
            }
        }
        laid.push(one);
    }
}

fn place(context: &Context, at: usize) -> Range<usize> {
    let def = context.definition.phase.get(at);
    let begins = def.and_then(|def| def.begins.as_ref()).map(|begins| begins.span.clone());
    begins.or(def.map(|def| def.span.clone())).unwrap_or(0..0)
}

/// A phase laid out in days from the first day of treatment, if nothing is delayed.
struct Laid {
    start: i32,
    length: i32,
    first: u32,
    count: u32,
    /// The day of the last treatment dose.
    last_dose: i32,
}

impl Laid {
    /// The number and the first day of each cycle.
    fn cycles(&self) -> impl Iterator<Item = (u32, i32)> + use<> {
        let (start, length, first) = (self.start, self.length, self.first);
        (0..self.count).map(move |place| (first.saturating_add(place), start.saturating_add(days(place, length))))
    }

    fn last_start(&self) -> i32 {
        self.start.saturating_add(days(self.count.saturating_sub(1), self.length))
    }
}

fn days(cycles: u32, length: i32) -> i32 {
    i32::try_from(cycles).unwrap_or(i32::MAX).saturating_mul(length)
}

fn lay(phase: &Phase, at: usize, phases: &[Phase], laid: &[Laid]) -> Option<Laid> {
    let start = match &phase.begins {
        None => 0,
        Some(begins) => {
            let after =
                phases.iter().position(|one| one.id.as_ref() == Some(&begins.after)).filter(|after| *after < at)?;
            let before = laid.get(after)?;
            let from = match begins.from {
                BeginsFrom::Day1 => before.last_start(),
                BeginsFrom::End => before.last_start().checked_add(before.length)?,
                BeginsFrom::LastDose => before.last_dose,
            };
            from.checked_add(begins.gap.shortest_days()?)?
        }
    };
    let first = match phase.numbering {
        Numbering::Restarts => 1,
        Numbering::Continues => laid.last().map_or(1, |last| last.first.saturating_add(last.count)),
    };
    let count = match phase.cycle.count.kind {
        CountKind::UpTo(count) | CountKind::Planned(count) | CountKind::Between(_, count) => count.min(MOST),
        CountKind::UntilStopped => OPEN,
    };
    let mut one = Laid { start, length: phase.cycle.length, first, count, last_dose: 0 };
    let last = one.cycles().last()?;
    let treats = doses(phase, last.0).into_iter().filter(|(_, _, drug)| drug.role == Role::Treatment);
    let reach = treats.map(|(_, offset, _)| offset).max();
    one.last_dose = last.1.checked_add(reach.unwrap_or(one.length.saturating_sub(1)))?;
    Some(one)
}

/// Every day of every drug in a cycle of a phase, with the days from day 1.
fn doses(phase: &Phase, number: u32) -> Vec<(i32, i32, &Drug)> {
    let mut all = Vec::new();
    for drug in phase.drugs.iter().filter(|drug| drug.in_cycle(number)) {
        let days: Vec<i32> = match drug.days.in_cycle(number) {
            Some(days) => days.to_vec(),
            None => (1..=phase.cycle.length).collect(),
        };
        all.extend(days.into_iter().map(|day| (day, phase.cycle.days.offset(day), drug)));
    }
    all
}

/// Whether one subject may get both. A drug of every day that goes on in the next phase makes room for itself.
fn both(one: &Drug, other: &Drug) -> bool {
    let arms = one.cohorts.is_empty()
        || other.cohorts.is_empty()
        || one.cohorts.iter().any(|cohort| other.cohorts.contains(cohort));
    let goes_on = one.id == other.id && one.days == Days::EveryDay && other.days == Days::EveryDay;
    arms && !goes_on && one.instead_of.is_none() && other.instead_of.is_none()
}
