//! What the rows that apply come to for one drug: how far they go, and to which dose.

use crate::quantity::{Decimal, ProtocolDose};
use crate::regimen::{Action, Base, Condition, Drug, Ladder, StartDose, ThenStop};

use super::question::Asker;
use super::{Applies, Facts, ForDrug, Lowered, Question};

/// What follows for one drug of all the rows, and what must be said before its reduced dose can be told.
pub(super) fn of(drug: &Drug, facts: &Facts, rows: &[Applies]) -> (ForDrug, Option<Question>) {
    let told = |list: &[(String, Action)]| {
        list.iter().filter(|(id, _)| *id == drug.id).map(|(_, one)| *one).collect::<Vec<_>>()
    };
    let mut now: Option<(Action, usize)> = None;
    let mut dose: Option<(Lowered, usize)> = None;
    let mut asks = None;
    for (at, row) in rows.iter().enumerate() {
        for action in told(&row.says) {
            let (action, lowered) = settled(drug, facts, action, &mut asks);
            if let Some(lowered) = lowered.filter(|lowered| dose.is_none_or(|(known, _)| lower(*lowered, known))) {
                dose = Some((lowered, at));
            }
            if now.is_none_or(|(known, _)| action.severity() > known.severity()) {
                now = Some((action, at));
            }
        }
        for action in told(&row.then) {
            let (action, lowered) = settled(drug, facts, action, &mut asks);
            let lowered = lowered.filter(|lowered| dose.is_none_or(|(known, _)| lower(*lowered, known)));
            dose = lowered.map(|lowered| (lowered, at)).or(dose);
            // A wait that ends in a stop is a stop.
            if action.severity() > Action::Omit.severity()
                && now.is_none_or(|(known, _)| action.severity() > known.severity())
            {
                now = Some((action, at));
            }
        }
    }
    if let (Some((known, _)), Some((lowered, at))) = (now, dose)
        && known.severity() == lowered.action.severity()
    {
        now = Some((lowered.action, at));
    }
    let ends = now.is_some_and(|(known, _)| known.severity() > Action::Omit.severity());
    let of = ForDrug {
        now: now.map(|(action, _)| action),
        by: now.map(|(_, at)| at),
        dose: dose.map(|(lowered, _)| lowered).filter(|_| !ends),
        dose_by: dose.map(|(_, at)| at).filter(|_| !ends),
        ..ForDrug::silent(drug)
    };
    (of, asks.filter(|_| !ends))
}

/// What an action comes to: past the last level, what the ladder says follows.
pub(super) fn comes_to(drug: &Drug, facts: &Facts, action: Action) -> Action {
    settle(drug, facts, action, &mut None).0
}

/// Whether the one dose is below the other; a dose that is not known comes last.
fn lower(one: Lowered, other: Lowered) -> bool {
    match (one.dose, other.dose) {
        (Some(one), Some(other)) => is_below(one, other) == Some(true),
        (Some(_), None) => true,
        _ => false,
    }
}

/// Whether the one dose is below the other; `None` where they cannot be compared.
fn is_below(one: ProtocolDose, other: ProtocolDose) -> Option<bool> {
    let factor = one.unit.factor_to(other.unit).filter(|_| one.basis == other.basis)?;
    Some(one.value.checked_mul(factor)? < other.value)
}

/// What a row comes to, held at the dose in force: advice never raises. A dose that cannot be compared with the one
/// in force is not shown at all.
fn capped(drug: &Drug, facts: &Facts, lowered: Lowered, asks: &mut Option<Question>) -> Lowered {
    let Some(dose) = lowered.dose else { return lowered };
    let Some(now) = in_force(drug, facts, asks) else { return lowered };
    match is_below(now, dose) {
        Some(false) => lowered,
        Some(true) => Lowered { dose: Some(now), above: Some(dose), ..lowered },
        None => Lowered { dose: None, ..lowered },
    }
}

/// The dose in force: what the plan says, else the dose of the level with its percentage.
fn in_force(drug: &Drug, facts: &Facts, asks: &mut Option<Question>) -> Option<ProtocolDose> {
    if let Some(known) = facts.in_force.get(&drug.id) {
        return Some(*known);
    }
    let start = assigned(drug, facts, asks)?;
    let taken = facts.levels.get(&drug.id).copied().unwrap_or(0).unsigned_abs();
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    let dose = start.ladder.map_or(Some(start.dose), |ladder| at_level(start, ladder, taken))?;
    match facts.percents.get(&drug.id) {
        Some(percent) => of_it(dose, *percent),
        None => Some(dose),
    }
}

/// So many percent of a dose.
fn of_it(dose: ProtocolDose, percent: Decimal) -> Option<ProtocolDose> {
    let value = dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
    Some(ProtocolDose { value, ..dose })
}

fn settled(drug: &Drug, facts: &Facts, action: Action, asks: &mut Option<Question>) -> (Action, Option<Lowered>) {
    let (action, lowered) = settle(drug, facts, action, asks);
    let lowered = lowered.map(|lowered| capped(drug, facts, lowered, asks));
    (action, lowered)
}

/// What an action comes to for a drug at its level: past the last level, what the ladder says follows.
fn settle(drug: &Drug, facts: &Facts, action: Action, asks: &mut Option<Question>) -> (Action, Option<Lowered>) {
    let now = facts.levels.get(&drug.id).copied().unwrap_or(0);
    let level = match action {
        Action::Down(down) => i32::try_from(down).ok().and_then(|down| now.checked_sub(down)),
        Action::Level(level) => Some(level.min(now)),
        Action::Percent(percent, base) => return (action, Some(share(drug, facts, (action, percent, base), asks))),
        _ => return (action, None),
    };
    let Some(start) = assigned(drug, facts, asks) else {
        return (action, Some(Lowered { action, level, dose: None, above: None }));
    };
    let taken = level.and_then(i32::checked_neg).and_then(|down| usize::try_from(down).ok()).unwrap_or(0);
    let Some(ladder) = start.ladder.filter(|ladder| taken <= ladder.steps.len()) else {
        let then = start.ladder.map_or(Action::Ask, |ladder| match ladder.then {
            ThenStop::Drug => Action::StopDrug,
            ThenStop::Regimen => Action::StopRegimen,
            ThenStop::Ask => Action::Ask,
        });
        return (then, None);
    };
    (action, Some(Lowered { action, level, dose: at_level(start, ladder, taken), above: None }))
}

/// Where a subject began: the percentage of the start is in the dose, and in every level too.
#[derive(Clone, Copy)]
struct Began<'d> {
    dose: ProtocolDose,
    ladder: Option<&'d Ladder>,
    percent: Option<Decimal>,
}

fn at_level(start: Began<'_>, ladder: &Ladder, taken: usize) -> Option<ProtocolDose> {
    let step = ladder.steps.iter().take(taken).rev().find_map(|step| step.dose);
    step.map_or(Some(start.dose), |step| start.percent.map_or(Some(step), |percent| of_it(step, percent)))
}

fn share(
    drug: &Drug,
    facts: &Facts,
    (action, percent, base): (Action, Decimal, Base),
    asks: &mut Option<Question>,
) -> Lowered {
    let of = match base {
        Base::Protocol => Some(drug.dose),
        Base::Starting => assigned(drug, facts, asks).map(|start| start.dose),
        Base::Last => in_force(drug, facts, asks),
    };
    Lowered { action, level: None, dose: of.and_then(|dose| of_it(dose, percent)), above: None }
}

/// The assigned start and its ladder: what the plan says, else what was said; `None` where it depends on something
/// nobody said, which is then asked.
fn assigned<'d>(drug: &'d Drug, facts: &'d Facts, asks: &mut Option<Question>) -> Option<Began<'d>> {
    if let Some(known) = facts.starts.get(&drug.id) {
        return Some(Began { dose: known.dose, ladder: known.ladder.as_ref(), percent: known.percent });
    }
    let (dose, ladder) = by_table(drug, facts, asks)?;
    let beside = drug.starts_by.iter().map(|start| &start.when);
    for start in &drug.starts_by {
        if !known(drug, &start.when, &beside, facts, asks)? {
            continue;
        }
        let (dose, percent) = match start.dose {
            StartDose::Dose(dose) => (dose, None),
            StartDose::Percent(percent) => (of_it(dose, percent)?, Some(percent)),
        };
        return Some(Began { dose, ladder: start.ladder.as_ref().or(ladder), percent });
    }
    Some(Began { dose, ladder, percent: None })
}

/// The dose of the cohort, or the row of the drug's table, where it has one; `None` where that depends on something
/// nobody said.
fn by_table<'d>(
    drug: &'d Drug,
    facts: &Facts,
    asks: &mut Option<Question>,
) -> Option<(ProtocolDose, Option<&'d Ladder>)> {
    if !drug.by_cohort.is_empty() {
        let given = |(id, _): &&(String, ProtocolDose)| Some(id) == facts.cohort.as_ref();
        let found = drug.by_cohort.iter().find(given).map(|(_, dose)| *dose);
        if found.is_none() {
            asks.get_or_insert_with(|| Question::cohort(drug));
        }
        return found.map(|dose| (dose, drug.ladder.as_ref()));
    }
    let beside = drug.table.iter().map(|row| &row.when);
    for row in &drug.table {
        if known(drug, &row.when, &beside, facts, asks)? {
            return Some((row.dose?, row.ladder.as_ref().or(drug.ladder.as_ref())));
        }
    }
    Some((drug.dose, drug.ladder.as_ref()))
}

/// Whether a condition holds of what was said; `None` where that depends on something nobody said, which is asked.
fn known<'r>(
    drug: &Drug,
    when: &Condition,
    beside: &(impl Iterator<Item = &'r Condition> + Clone),
    facts: &Facts,
    asks: &mut Option<Question>,
) -> Option<bool> {
    let by = Asker::Dose(drug.id.clone());
    let holds = when.holds(beside, |part| facts.known(part).ok_or_else(|| Question::about(part, &by)));
    holds.map_err(|question| asks.get_or_insert(question).clone()).ok()
}
