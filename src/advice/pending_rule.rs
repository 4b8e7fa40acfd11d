//! What a rule that still waits for an answer may come to: while that is more than what is known, a drug is not settled.

use crate::regimen::{Action, Drug};

use super::{ForDrug, Observations, dose};

/// How far a lower dose goes.
const LESS: u8 = Action::Down(1).severity();

/// What a row, or a criterion met or not, says: now and when treatment goes on, by drug id.
#[derive(Debug, Clone)]
pub(super) struct RowEffect {
    pub(super) says: Vec<(String, Action)>,
    pub(super) then: Vec<(String, Action)>,
}

/// A rule or criterion that waits: what it asks, by place, and the effects of which one will hold.
#[derive(Debug, Clone)]
pub(super) struct PendingRule {
    pub(super) asks: Vec<usize>,
    pub(super) effects: Vec<RowEffect>,
}

/// Takes back what was settled for a drug where a rule that waits could go further, and tells how far it goes at least.
pub(super) fn settle(of: &mut ForDrug, drug: &Drug, observed: &Observations, pending: &[PendingRule]) {
    let mut least = of.now;
    for one in pending.iter().filter(|one| one.matters(of.now, drug, observed)) {
        of.asks.extend(one.asks.iter().filter(|at| !of.asks.contains(at)).copied().collect::<Vec<_>>());
        least = further(least, one.least(drug, observed));
    }
    if !of.asks.is_empty() {
        of.at_least = least.filter(|action| action.severity() > 0);
        of.now = None;
    }
}

fn further(one: Option<Action>, other: Option<Action>) -> Option<Action> {
    match (one, other) {
        (Some(known), Some(new)) if dose::goes_further(new, known) => other,
        (Some(_), _) => one,
        (None, _) => other,
    }
}

impl PendingRule {
    /// Whether any effect goes further than what is known, or lowers the dose of a drug that goes on.
    fn matters(&self, known: Option<Action>, drug: &Drug, observed: &Observations) -> bool {
        let known = known.map_or(0, Action::severity);
        let severity = |action: Action| dose::comes_to(drug, observed, action).severity();
        let ends = |severity: u8| severity > Action::Omit.severity();
        let effect = |effect: &RowEffect| {
            let now = effect.says(drug).map_or(0, severity);
            let mut then = effect.then.iter().filter(|(id, _)| *id == drug.id).map(|(_, action)| severity(*action));
            now > known || now == LESS || then.any(|then| then == LESS || ends(then))
        };
        !ends(known) && self.effects.iter().any(effect)
    }

    /// What every effect comes to at least; nothing where they lower the dose in different ways.
    fn least(&self, drug: &Drug, observed: &Observations) -> Option<Action> {
        let all: Option<Vec<Action>> = self
            .effects
            .iter()
            .map(|effect| effect.says(drug).map(|action| dose::comes_to(drug, observed, action)))
            .collect();
        let all = all?;
        let least = all.iter().min_by_key(|action| action.severity()).copied()?;
        let alike = |least: Action| all.iter().all(|one| *one == least || one.severity() > least.severity());
        Some(least).filter(|least| alike(*least))
    }
}

impl RowEffect {
    /// What it says of a drug; the end of the regimen is the end of each.
    fn says(&self, drug: &Drug) -> Option<Action> {
        let ends = self.says.iter().any(|(_, action)| *action == Action::StopRegimen);
        let own = self.says.iter().find(|(id, _)| *id == drug.id).map(|(_, action)| *action);
        if ends { Some(Action::StopRegimen) } else { own }
    }
}
