//! What the rows that apply come to for one drug: how far they go, and to which dose.

use crate::quantity::{Decimal, ProtocolDose};
use crate::regimen::{Action, Assigned, Assignment, Base, ConditionPart, Drug, KnownPart, Ladder, NoDose, ThenStop};

use super::question::AskedBy;
use super::{Applies, ForDrug, Observations, Question, ReducedDose};

/// What follows for one drug of all the rows, and what must be said before its reduced dose can be told.
pub(super) fn for_drug(drug: &Drug, observed: &Observations, rows: &[Applies]) -> (ForDrug, Option<Question>) {
    let (mut actions, mut doses, mut asks) = (Vec::new(), Vec::new(), None);
    for (at, row) in rows.iter().enumerate() {
        let says = row.says.iter().map(|one| (one, true)).chain(row.then.iter().map(|one| (one, false)));
        for ((_, action), now) in says.filter(|((id, _), _)| *id == drug.id) {
            let (action, lowered) = settled(drug, observed, *action, &mut asks);
            doses.extend(lowered.map(|lowered| (lowered, at)));
            // A wait that ends in a stop is a stop.
            if now || action.severity() > Action::Omit.severity() {
                actions.push((action, at));
            }
        }
    }
    let dose = lowest(&doses);
    let mut now = actions.iter().copied().reduce(|known, one| if goes_further(one.0, known.0) { one } else { known });
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
pub(super) fn comes_to(drug: &Drug, observed: &Observations, action: Action) -> Action {
    settle(drug, observed, action, &mut None).0
}

/// Whether the one action goes further than the other. Of two that go as far the order of the file is no reason to tell
/// one of them: their words decide.
pub(super) fn goes_further(one: Action, other: Action) -> bool {
    let by_words = || one.words() < other.words();
    one.severity() > other.severity() || (one.severity() == other.severity() && one != other && by_words())
}

/// The lowest of the doses. Where several are as low, or cannot be compared, the order of the file decides as little.
fn lowest(doses: &[(ReducedDose, usize)]) -> Option<(ReducedDose, usize)> {
    let least = doses.iter().filter(|(one, _)| !doses.iter().any(|(other, _)| lower(*other, *one)));
    least.min_by_key(|(one, _)| (one.dose.map(|dose| dose.to_string()), one.action.words())).copied()
}

/// Whether the one dose is below the other; a dose that is not known comes last.
fn lower(one: ReducedDose, other: ReducedDose) -> bool {
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
fn capped(drug: &Drug, observed: &Observations, lowered: ReducedDose, asks: &mut Option<Question>) -> ReducedDose {
    let Some(dose) = lowered.dose else { return lowered };
    let Some(now) = in_force(drug, observed, asks) else { return lowered };
    match is_below(now, dose) {
        Some(false) => lowered,
        Some(true) => ReducedDose { dose: Some(now), above: Some(dose), ..lowered },
        None => ReducedDose { dose: None, ..lowered },
    }
}

/// The dose in force: what the plan says, else the dose of the level with its percentage.
fn in_force(drug: &Drug, observed: &Observations, asks: &mut Option<Question>) -> Option<ProtocolDose> {
    if let Some(known) = observed.in_force.get(&drug.id) {
        return Some(*known);
    }
    let start = assigned(drug, observed, asks)?;
    let taken = observed.levels.get(&drug.id).copied().unwrap_or(0).unsigned_abs();
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    let dose = start.ladder.as_ref().map_or(Some(start.dose), |ladder| at_level(&start, ladder, taken))?;
    match observed.percents.get(&drug.id) {
        Some(percent) => of_it(dose, *percent),
        None => Some(dose),
    }
}

/// So many percent of a dose.
fn of_it(dose: ProtocolDose, percent: Decimal) -> Option<ProtocolDose> {
    let value = dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
    Some(ProtocolDose { value, ..dose })
}

fn settled(
    drug: &Drug,
    observed: &Observations,
    action: Action,
    asks: &mut Option<Question>,
) -> (Action, Option<ReducedDose>) {
    let (action, lowered) = settle(drug, observed, action, asks);
    let lowered = lowered.map(|lowered| capped(drug, observed, lowered, asks));
    (action, lowered)
}

/// What an action comes to for a drug at its level: past the last level, what the ladder says follows.
fn settle(
    drug: &Drug,
    observed: &Observations,
    action: Action,
    asks: &mut Option<Question>,
) -> (Action, Option<ReducedDose>) {
    let now = observed.levels.get(&drug.id).copied().unwrap_or(0);
    let level = match action {
        Action::Down(down) => i32::try_from(down).ok().and_then(|down| now.checked_sub(down)),
        Action::Level(level) => Some(level.min(now)),
        Action::Percent(percent, base) => return (action, Some(share(drug, observed, (action, percent, base), asks))),
        _ => return (action, None),
    };
    let Some(start) = assigned(drug, observed, asks) else {
        return (action, Some(ReducedDose { action, level, dose: None, above: None }));
    };
    let taken = level.and_then(i32::checked_neg).and_then(|down| usize::try_from(down).ok()).unwrap_or(0);
    let Some(ladder) = start.ladder.as_ref().filter(|ladder| taken <= ladder.steps.len()) else {
        let then = start.ladder.as_ref().map_or(Action::Ask, |ladder| match ladder.then {
            ThenStop::Drug => Action::StopDrug,
            ThenStop::Regimen => Action::StopRegimen,
            ThenStop::Ask => Action::Ask,
        });
        return (then, None);
    };
    (action, Some(ReducedDose { action, level, dose: at_level(&start, ladder, taken), above: None }))
}

fn at_level(start: &Assignment, ladder: &Ladder, taken: usize) -> Option<ProtocolDose> {
    let step = ladder.steps.iter().take(taken).rev().find_map(|step| step.dose);
    step.map_or(Some(start.dose), |step| start.percent.map_or(Some(step), |percent| of_it(step, percent)))
}

fn share(
    drug: &Drug,
    observed: &Observations,
    (action, percent, base): (Action, Decimal, Base),
    asks: &mut Option<Question>,
) -> ReducedDose {
    let of = match base {
        Base::Protocol => protocol(drug, observed, asks),
        Base::Starting => assigned(drug, observed, asks).map(|start| start.dose),
        Base::Last => in_force(drug, observed, asks),
    };
    ReducedDose { action, level: None, dose: of.and_then(|dose| of_it(dose, percent)), above: None }
}

/// The assigned start and its ladder: what the plan says, else what was said; `None` where it depends on something
/// nobody said, which is then asked.
fn assigned(drug: &Drug, observed: &Observations, asks: &mut Option<Question>) -> Option<Assignment> {
    if let Some(known) = observed.starts.get(&drug.id) {
        return Some(known.clone());
    }
    settled_dose(drug.dosing.for_subject(|part| known(drug, observed, part)), asks)?.assignment()
}

/// The doses of the ladder that this subject is on, from the first step down.
pub(super) fn reduced_doses(drug: &Drug, observed: &Observations) -> Vec<ProtocolDose> {
    let ladder = assigned(drug, observed, &mut None).and_then(|start| start.ladder);
    ladder.map_or_else(Vec::new, |ladder| ladder.steps.iter().filter_map(|step| step.dose).collect())
}

/// What the protocol says for this subject, before any starting rule.
fn protocol(drug: &Drug, observed: &Observations, asks: &mut Option<Question>) -> Option<ProtocolDose> {
    if let Some(known) = observed.starts.get(&drug.id) {
        return Some(known.protocol);
    }
    settled_dose(drug.dosing.base_for(|part| known(drug, observed, part)), asks).map(|base| base.dose)
}

/// The dose, or what must be said first.
fn settled_dose<'r>(
    found: Result<Assigned<'r>, NoDose<'r, Question>>,
    asks: &mut Option<Question>,
) -> Option<Assigned<'r>> {
    match found {
        Ok(assigned) => Some(assigned),
        Err(NoDose::Unknown(question)) => {
            asks.get_or_insert(question);
            None
        }
        Err(NoDose::NotInRow(_) | NoDose::NotInCohort(_) | NoDose::NoRow) => None,
    }
}

fn known(drug: &Drug, observed: &Observations, part: ConditionPart<'_>) -> Result<KnownPart, Question> {
    observed.known(part).ok_or_else(|| Question::about(part, &AskedBy::Dose(drug.id.clone())))
}
