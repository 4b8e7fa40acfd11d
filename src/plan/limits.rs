//! Lifetime limits along a plan: what was received before, what was given, what is still planned.
//!
//! Each dose counts as the limit is stated: by the body size it was dosed on, or as the amount alone,
//! times the factor of its drug. What cannot be added up is told, never left out in silence.

use crate::course::Course;
use crate::course::event::Before;
use crate::finding::{Finding, Severity};
use crate::quantity::{Basis, Decimal, ProtocolDose, decimal, number};
use crate::regimen::Regimen;
use crate::regimen::model::Limit;

use super::{Administration, AdministrationState, Plan};

/// Percentages from which a sum is told.
const STEPS: [(i64, Severity); 3] = [(75, Severity::Note), (90, Severity::Warn), (100, Severity::Warn)];

/// A sum against its limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The limit's name.
    pub name: String,
    /// The most.
    pub most: ProtocolDose,
    /// Received before; `None` where that is unknown or was not asked.
    pub before: Option<Decimal>,
    /// Given so far, without what was received before; `None` where it cannot be added up.
    pub given: Option<Decimal>,
    /// Given and still planned, without what was received before.
    pub planned: Option<Decimal>,
}

impl Sum {
    /// Before and given.
    pub fn so_far(&self) -> Option<Decimal> {
        self.before.unwrap_or_default().checked_add(self.given?)
    }

    /// How much of the limit that is, in percent.
    pub fn percent(&self) -> Option<Decimal> {
        percent(self.so_far()?, self.most.value)
    }
}

fn percent(part: Decimal, most: Decimal) -> Option<Decimal> {
    decimal::over(decimal::times(part, Decimal::ONE_HUNDRED)?, most)
}

/// Every limit's sums.
pub fn sums(regimen: &Regimen, course: &Course, plan: &Plan) -> Vec<Sum> {
    regimen.limits.iter().map(|limit| sum(limit, course, plan)).collect()
}

fn sum(limit: &Limit, course: &Course, plan: &Plan) -> Sum {
    let add = |given_only: bool| {
        let counted = counted(limit, plan).filter(|one| !given_only || one.state == AdministrationState::Given);
        counted.map(|one| counts(limit, plan, one)).try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one?))
    };
    Sum {
        name: limit.name.clone(),
        most: limit.most,
        before: before(limit, course),
        given: add(true),
        planned: add(false),
    }
}

/// What was received before, in the limit's unit.
fn before(limit: &Limit, course: &Course) -> Option<Decimal> {
    match course.exposure.get(&limit.name)? {
        Before::None => Some(Decimal::ZERO),
        Before::Unknown => None,
        Before::Amount(amount) if amount.basis == limit.most.basis => {
            amount.value.checked_mul(amount.unit.factor_to(limit.most.unit)?)
        }
        Before::Amount(_) => None,
    }
}

/// Doses that count, given or still to come.
fn counted<'a>(limit: &'a Limit, plan: &'a Plan) -> impl Iterator<Item = &'a Administration> {
    let happens =
        |one: &&Administration| matches!(one.state, AdministrationState::Given | AdministrationState::Projected);
    plan.administrations.iter().filter(happens).filter(|one| limit.factor(&one.key.drug).is_some())
}

/// What one administration counts.
fn counts(limit: &Limit, plan: &Plan, one: &Administration) -> Option<Decimal> {
    let factor = limit.factor(&one.key.drug)?;
    let amount = one.dose.amount.value.checked_mul(one.dose.amount.unit.factor_to(limit.most.unit)?)?;
    let times = Decimal::from(one.run.as_ref().map_or(1, |run| run.administrations));
    let all = amount.checked_mul(times)?.checked_mul(factor)?;
    if limit.most.basis == Basis::Flat {
        return Some(all);
    }
    all.checked_div(size(limit, plan, one)?)
}

/// The size the dose was worked out on; of a dose without one, that of the first day.
fn size(limit: &Limit, plan: &Plan, one: &Administration) -> Option<Decimal> {
    if one.dose.per.basis == limit.most.basis {
        return one.dose.size();
    }
    let first = plan.size.as_ref()?;
    match limit.most.basis {
        Basis::PerM2 => first.bsa.map(crate::quantity::Bsa::value),
        Basis::PerKg => Some(first.weight.value()),
        Basis::Flat | Basis::Auc => None,
    }
}

/// What is worth telling about every limit.
pub(super) fn findings(regimen: &Regimen, course: &Course, plan: &Plan) -> Vec<Finding> {
    regimen.limits.iter().flat_map(|limit| told(limit, course, plan)).collect()
}

fn told(limit: &Limit, course: &Course, plan: &Plan) -> Vec<Finding> {
    let mut all: Vec<Finding> = asked(limit, course).into_iter().collect();
    let mut total = before(limit, course).unwrap_or_default();
    let mut next = 0;
    for one in counted(limit, plan) {
        let Some(sum) = counts(limit, plan, one).and_then(|one| total.checked_add(one)) else {
            let text = format!("{} cannot be added to {}: the units do not compare.", one.key, limit.name);
            all.push(Finding::warn("limit-unknown", text));
            return all;
        };
        total = sum;
        let Some(percent) = percent(total, limit.most.value) else { break };
        let passed = STEPS.iter().skip(next).take_while(|(step, _)| percent >= Decimal::from(*step)).count();
        if let Some((_, severity)) = STEPS.get((next + passed).wrapping_sub(1)).filter(|_| passed > 0) {
            all.push(passes(limit, one, total, percent, *severity));
            next += passed;
        }
    }
    all
}

/// Exposure has to be asked about: none, unknown, or so much.
fn asked(limit: &Limit, course: &Course) -> Option<Finding> {
    let text = match course.exposure.get(&limit.name) {
        Some(Before::None) => return None,
        Some(Before::Amount(amount)) if amount.basis == limit.most.basis => return None,
        Some(Before::Amount(amount)) => format!("{amount} received before does not compare with {}", limit.most),
        Some(Before::Unknown) => "What was received before is unknown".to_owned(),
        None => "What was received before was not asked".to_owned(),
    };
    let help = format!("give none, unknown or an amount: --exposure \"{}=none\"", limit.name);
    let text = format!("{}: {text}; only what is given here is counted towards {}.", limit.name, limit.most);
    Some(Finding::note("exposure", text).field("exposure").help(help))
}

fn passes(limit: &Limit, one: &Administration, total: Decimal, percent: Decimal, severity: Severity) -> Finding {
    let sum = ProtocolDose { value: decimal::half_up(total, 1), ..limit.most };
    let percent = number::print(decimal::half_up(percent, 1));
    let verb = if one.state == AdministrationState::Given { "brought" } else { "would bring" };
    let text = format!(
        "{}: {} on {} {verb} the total to {sum}, {percent} % of at most {}.",
        limit.name,
        one.key,
        crate::calendar::with_weekday(one.date),
        limit.most
    );
    Finding::new(severity, "lifetime-limit", text)
}
