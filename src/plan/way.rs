//! A visit's way to its doses: planned, cleared, verified, prepared, given. Each step is an entry of the record; none of
//! them is needed for the next, and what is missing is told.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::course::fold::Delivered;
use crate::course::visit::{DoubleChecked, name_of_dose};
use crate::course::{CycleKey, Folded, Key};
use crate::quantity::Amount;
use crate::regimen::{HalfDay, Regimen, Role};

use super::{Administration, AdministrationState, Plan};

/// Whether the criteria to treat were looked at for a visit; the place of the entry that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Clearance {
    NotEntered,
    Met(u64),
    NotMet(u64),
}

/// Whether a second person worked a visit out; the place of the entry that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verification {
    /// Nobody did.
    NotDone,
    /// All was the same.
    Same(u64),
    /// All was the same, and a dose is another one since.
    Outdated(u64),
    /// Something differed.
    Differs(u64),
}

/// How far a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Cleared by an investigator.
    pub clearance: Clearance,
    /// Verified by a second person.
    pub verification: Verification,
    /// How many of its doses are prepared.
    pub prepared: usize,
    /// How many were given.
    pub given: usize,
    /// How many there are.
    pub doses: usize,
}

impl Way {
    /// The way of the visit on a day of a cycle.
    pub fn of(regimen: &Regimen, folded: &Folded, plan: &Plan, cycle: &CycleKey, day: i32) -> Self {
        let doses: Vec<&Administration> = of_visit(plan, cycle, day).filter(|one| stands(one)).collect();
        let given = |one: &&&Administration| is_given(folded, one);
        let prepared = |one: &&&Administration| folded.prepared.contains_key(&one.key) || given(one);
        let criteria = folded.criteria.iter().rev().find(|one| one.criteria.cycle == *cycle && one.criteria.day == day);
        let clearance = criteria.map_or(Clearance::NotEntered, |one| {
            if one.criteria.met { Clearance::Met(one.seq) } else { Clearance::NotMet(one.seq) }
        });
        let any_prepared = doses.iter().any(|one| folded.prepared.contains_key(&one.key));
        Self {
            clearance,
            verification: verification(regimen, folded, plan, cycle, day),
            prepared: if any_prepared { doses.iter().filter(prepared).count() } else { 0 },
            given: doses.iter().filter(given).count(),
            doses: doses.len(),
        }
    }

    /// The way of the visit to which a dose belongs.
    pub fn of_dose(regimen: &Regimen, folded: &Folded, plan: &Plan, one: &Administration) -> Self {
        Self::of(regimen, folded, plan, &(one.key.phase.clone(), one.key.cycle), one.key.day)
    }

    /// The word of how far it is; what stands against giving goes before what was done.
    pub fn word(&self) -> &'static str {
        match (self.given, self.clearance, self.verification) {
            (given, ..) if given > 0 && given == self.doses => "given",
            (given, ..) if given > 0 => "partly given",
            (_, Clearance::NotMet(_), _) => "not cleared",
            (_, _, Verification::Differs(_)) => "NOT verified",
            _ if self.prepared > 0 && self.prepared == self.doses => "prepared",
            _ if self.prepared > 0 => "partly prepared",
            (_, _, Verification::Same(_)) => "verified",
            (_, Clearance::Met(_), _) => "cleared",
            _ => "planned",
        }
    }

    /// Whether something stands against giving: criteria not met, a check that differs.
    pub fn is_barred(&self) -> bool {
        let against =
            matches!(self.clearance, Clearance::NotMet(_)) || matches!(self.verification, Verification::Differs(_));
        against && self.given == 0
    }

    /// What is missing before the doses are given.
    pub fn missing(&self) -> Vec<&'static str> {
        if self.doses == self.given {
            return Vec::new();
        }
        let criteria = match self.clearance {
            Clearance::NotEntered => Some("criteria"),
            Clearance::NotMet(_) => Some("criteria not met"),
            Clearance::Met(_) => None,
        };
        let check = match self.verification {
            Verification::NotDone => Some("double check"),
            Verification::Outdated(_) => Some("double check (dose changed since)"),
            Verification::Differs(_) => Some("double check differs"),
            Verification::Same(_) => None,
        };
        criteria.into_iter().chain(check).collect()
    }
}

impl std::fmt::Display for Way {
    /// `cleared; missing: double check`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let missing = self.missing();
        f.write_str(self.word())?;
        if missing.is_empty() { Ok(()) } else { write!(f, "; missing: {}", missing.join(", ")) }
    }
}

/// Everything planned on a day of a cycle; a dose given again is no part of the plan.
pub fn of_visit<'p>(plan: &'p Plan, cycle: &CycleKey, day: i32) -> impl Iterator<Item = &'p Administration> {
    let (phase, number) = (cycle.0.clone(), cycle.1);
    plan.administrations.iter().filter(move |one| {
        one.planned.is_some() && (&one.key.phase, one.key.cycle, one.key.day) == (&phase, number, day)
    })
}

/// Whether it is or was to be given: a held or omitted dose is neither prepared nor given.
fn stands(one: &Administration) -> bool {
    matches!(one.state, AdministrationState::Projected | AdministrationState::Given)
}

fn is_given(folded: &Folded, one: &Administration) -> bool {
    one.state == AdministrationState::Given || folded.course.taken.contains_key(&one.key)
}

/// The doses that a second person works out: those of the treatment that are still to be given.
pub fn to_verify<'p>(
    regimen: &'p Regimen,
    plan: &'p Plan,
    cycle: &CycleKey,
    day: i32,
) -> impl Iterator<Item = &'p Administration> {
    let open = |one: &&Administration| one.state == AdministrationState::Projected && is_treatment(regimen, plan, one);
    of_visit(plan, cycle, day).filter(open)
}

/// Whether a dose is one of the treatment, and no premedication or support.
pub fn is_treatment(regimen: &Regimen, plan: &Plan, one: &Administration) -> bool {
    plan.drug_of(regimen, one).is_some_and(|drug| drug.role == Role::Treatment)
}

/// The figures of a dose that are worked out: one, or a morning's and an evening's.
pub fn figures_of(one: &Administration) -> Vec<(Option<HalfDay>, Amount)> {
    let portion = one.portion();
    match portion.halves {
        Some((morning, evening)) => {
            vec![(Some(HalfDay::Morning), morning), (Some(HalfDay::Evening), evening)]
        }
        None => vec![(None, portion.amount)],
    }
}

fn verification(regimen: &Regimen, folded: &Folded, plan: &Plan, cycle: &CycleKey, day: i32) -> Verification {
    let Some((seq, last)) = folded.double_checks.iter().rev().find(|(_, one)| one.is_of(cycle, day)) else {
        return Verification::NotDone;
    };
    if !last.agrees() {
        return Verification::Differs(*seq);
    }
    let same = |one: &Administration| {
        figures_of(one).iter().all(|(half, amount)| holds(last, &one.key, name_of_dose(*half), *amount))
    };
    if to_verify(regimen, plan, cycle, day).all(same) { Verification::Same(*seq) } else { Verification::Outdated(*seq) }
}

fn holds(check: &DoubleChecked, key: &Key, name: &str, amount: Amount) -> bool {
    let this = |one: &&crate::course::visit::Compared| one.dose.as_ref() == Some(key) && one.name == name;
    check.figures.iter().find(this).is_some_and(|one| one.typed == amount.to_string())
}

/// The visits of which a dose of the treatment was given that no second person had worked out before, each once: its
/// first such dose.
pub fn unverified<'f>(regimen: &Regimen, folded: &'f Folded) -> Vec<&'f Delivered> {
    let mut seen: BTreeSet<(CycleKey, i32)> = BTreeSet::new();
    let visit = |one: &Delivered| ((one.given.key.phase.clone(), one.given.key.cycle), one.given.key.day);
    let all = folded.delivered.iter().filter(|one| treats(regimen, &one.given.key) && !was_verified(folded, one));
    all.filter(|one| seen.insert(visit(one))).collect()
}

/// What a drug that the regimen does not know is for, nobody knows.
fn treats(regimen: &Regimen, key: &Key) -> bool {
    let phase = regimen.phases.iter().find(|phase| phase.id == key.phase);
    let drug = phase.and_then(|phase| phase.drugs.iter().find(|drug| drug.id == key.drug && drug.in_cycle(key.cycle)));
    drug.is_none_or(|drug| drug.role == Role::Treatment)
}

/// Whether the newest check before a dose was given found all the same, the dose then planned among it.
fn was_verified(folded: &Folded, one: &Delivered) -> bool {
    let key = &one.given.key;
    let cycle = (key.phase.clone(), key.cycle);
    let before = folded.double_checks.iter().filter(|(seq, check)| *seq < one.seq && check.is_of(&cycle, key.day));
    let Some((_, last)) = before.max_by_key(|(seq, _)| *seq) else { return false };
    let planned = one.given.planned.map(|planned| planned.to_string());
    let same = |figure: &crate::course::visit::Compared| {
        figure.dose.as_ref() == Some(key) && Some(&figure.typed) == planned.as_ref()
    };
    last.agrees() && last.figures.iter().any(same)
}
