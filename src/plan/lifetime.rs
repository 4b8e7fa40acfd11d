//! Lifetime limits along a plan: what was received before, what was given, what is still planned.
//!
//! Each dose counts as the limit is stated: by the body size it was dosed on, or as the amount alone,
//! times the factor of its drug. What cannot be added up is told, never left out in silence.

use crate::course::Course;
use crate::course::event::Before;
use crate::finding::{Field, Finding, Remedy, Severity};
use crate::quantity::{Basis, Decimal, ProtocolDose, decimal, number};
use crate::regimen::Lifetime;
use crate::regimen::Regimen;

use super::{Administration, AdministrationState, Plan};

/// Percentages from which a sum is told.
const STEPS: [(i64, Severity); 3] = [(75, Severity::Note), (90, Severity::Warn), (100, Severity::Warn)];

/// A sum against its limit.
#[derive(Debug, Clone, PartialEq)]
pub struct LifetimeTotal {
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

impl LifetimeTotal {
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

/// A plan with what it came from.
#[derive(Clone, Copy)]
struct Along<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    plan: &'a Plan,
}

/// Every limit's sums.
pub fn sums(regimen: &Regimen, course: &Course, plan: &Plan) -> Vec<LifetimeTotal> {
    let along = Along { regimen, course, plan };
    regimen.lifetimes.iter().map(|limit| along.sum(limit)).collect()
}

/// What is worth telling about every limit.
pub(super) fn findings(regimen: &Regimen, course: &Course, plan: &Plan) -> Vec<Finding> {
    let along = Along { regimen, course, plan };
    regimen.lifetimes.iter().flat_map(|limit| along.findings(limit)).collect()
}

impl<'a> Along<'a> {
    fn sum(self, limit: &Lifetime) -> LifetimeTotal {
        let add = |given_only: bool| {
            let counted = self.counted(limit).into_iter();
            let counted = counted.filter(|(one, _)| !given_only || one.state == AdministrationState::Given);
            counted
                .map(|(one, factor)| self.counts(limit, one, factor))
                .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one?))
        };
        let (before, given, planned) = (self.before(limit), add(true), add(false));
        LifetimeTotal { name: limit.name.clone(), most: limit.limit, before, given, planned }
    }

    /// What was received before, in the limit's unit.
    fn before(self, limit: &Lifetime) -> Option<Decimal> {
        match self.course.exposure.get(&limit.name)? {
            Before::None => Some(Decimal::ZERO),
            Before::Amount(amount) if amount.basis == limit.limit.basis => {
                amount.value.checked_mul(amount.unit.factor_to(limit.limit.unit)?)
            }
            Before::Unknown | Before::Amount(_) => None,
        }
    }

    /// Doses that count, given or still to come, with the factor of their drug.
    fn counted(self, limit: &Lifetime) -> Vec<(&'a Administration, Decimal)> {
        let factor = |one| limit.factor(&self.plan.drug_of(self.regimen, one)?.name);
        let all = self.plan.administrations.iter().filter(|one| !one.state.is_left_out());
        all.filter_map(|one| Some((one, factor(one)?))).collect()
    }

    /// What one administration counts.
    fn counts(self, limit: &Lifetime, one: &Administration, factor: Decimal) -> Option<Decimal> {
        let all = one.total()?.in_unit(limit.limit.unit)?.value.checked_mul(factor)?;
        if limit.limit.basis == Basis::Flat { Some(all) } else { all.checked_div(self.size(limit, one)?) }
    }

    /// The size the dose was worked out on; of a dose without one, that of the first day.
    fn size(self, limit: &Lifetime, one: &Administration) -> Option<Decimal> {
        if one.dose.per.basis == limit.limit.basis {
            return one.dose.size();
        }
        let first = self.plan.size.as_ref()?;
        match limit.limit.basis {
            Basis::PerM2 => first.bsa.map(crate::quantity::Bsa::value),
            Basis::PerKg => Some(first.weight.value()),
            Basis::Flat | Basis::Auc => None,
        }
    }

    fn findings(self, limit: &Lifetime) -> Vec<Finding> {
        let mut all: Vec<Finding> = self.asked(limit).into_iter().collect();
        let mut total = self.before(limit).unwrap_or_default();
        let mut next = 0;
        for (one, factor) in self.counted(limit) {
            let Some(sum) = self.counts(limit, one, factor).and_then(|one| total.checked_add(one)) else {
                let text = format!(
                    "{} cannot be added to {}: the units do not compare.",
                    one.key.named(self.regimen),
                    limit.name
                );
                all.push(Finding::warn(super::codes::LIMIT_UNKNOWN, text));
                return all;
            };
            total = sum;
            let Some(percent) = percent(total, limit.limit.value) else { break };
            let passed = STEPS.iter().skip(next).take_while(|(step, _)| percent >= Decimal::from(*step)).count();
            if let Some((_, severity)) = STEPS.get((next + passed).wrapping_sub(1)).filter(|_| passed > 0) {
                all.push(passes(self.regimen, limit, one, (total, percent), *severity));
                next += passed;
            }
        }
        all
    }

    /// Exposure has to be asked about: none, unknown, or so much.
    fn asked(self, limit: &Lifetime) -> Option<Finding> {
        let text = match self.course.exposure.get(&limit.name) {
            Some(Before::None) => return None,
            Some(Before::Amount(amount)) if amount.basis == limit.limit.basis => return None,
            Some(Before::Amount(amount)) => format!("{amount} received before does not compare with {}", limit.limit),
            Some(Before::Unknown) => "What was received before is unknown".to_owned(),
            None => "What was received before was not asked".to_owned(),
        };
        let help = format!("say what was received before of {}: none, unknown or an amount", limit.name);
        let help = Remedy::of([Field::Exposure], help);
        let text = format!("{}: {text}; only what is given here is counted towards {}.", limit.name, limit.limit);
        Some(Finding::note(super::codes::EXPOSURE, text).field(Field::Exposure).help(help))
    }
}

/// Told without its day, which a delay moves and which then would be news.
fn passes(
    regimen: &Regimen,
    limit: &Lifetime,
    one: &Administration,
    (total, percent): (Decimal, Decimal),
    severity: Severity,
) -> Finding {
    let sum = ProtocolDose { value: decimal::half_up(total, 1), ..limit.limit };
    let percent = number::print(decimal::half_up(percent, 1));
    let lower: Vec<String> = limit.lower.iter().map(|(with, lower)| format!("{lower} with {with}")).collect();
    let lower = if lower.is_empty() { String::new() } else { format!(" ({})", lower.join("; ")) };
    let mark = limit.provenance.doubt("limit").map_or(String::new(), |doubt| format!(" [{}]", doubt.words()));
    let text = format!(
        "{}: {} brings the total to {sum}, {percent} % of at most {}{lower}{mark}.",
        limit.name,
        one.key.named(regimen),
        limit.limit
    );
    Finding::new(severity, super::codes::LIFETIME_LIMIT, text)
}
