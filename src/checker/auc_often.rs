//! R124.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, Decimal, number};
use crate::regimen::{Days, Drug};

pub const RULE: Rule = Rule::checked(codes::AUC_OFTEN, "auc-in-three-weeks", Severity::Warn, check);

/// Three weeks, the usual cycle of carboplatin.
const WEEKS: i32 = 21;

/// The most in three weeks without a word: above AUC 7 every three weeks, and above AUC 2 weekly. A judgement of this checker,
/// unverified; it finds a target of three weeks that is given weekly.
const MOST: Decimal = Decimal::from_parts(8, 0, 0, false, 0);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(length) = context.phase_of(drug).map(|phase| phase.cycle.length) else { continue };
        let targets = figures::full_doses(def).into_iter().filter(|(_, dose)| dose.basis == Basis::Auc);
        let Some((at, dose)) = targets.max_by_key(|(_, dose)| dose.value) else { continue };
        let sum = Decimal::from(times(drug, length)).checked_mul(dose.value);
        let Some(sum) = sum.filter(|sum| *sum > MOST && dose.value <= Decimal::from(7)) else { continue };
        let text = format!("{} comes to AUC {} in three weeks", drug.full_name(), number::print(sum));
        let finding = RULE.finding(text).at(at.span.clone(), "each time");
        findings.push(finding.help("look at the protocol once more: is this the target of three weeks, given weekly?"));
    }
}

/// How often it is given within three weeks, at most.
fn times(drug: &Drug, length: i32) -> i32 {
    let lists: Vec<&Vec<i32>> = match &drug.days {
        Days::EveryDay => return WEEKS,
        Days::List(days) => vec![days],
        Days::ByCycle(rows) => rows.iter().map(|(_, _, days)| days).collect(),
    };
    let count = |days: &Vec<i32>| {
        let first = days.first().copied().unwrap_or(1);
        let within = days.iter().filter(|day| day.saturating_sub(first) < WEEKS).count();
        i32::try_from(within).unwrap_or(i32::MAX).saturating_mul((WEEKS / length.max(1)).max(1))
    };
    lists.into_iter().map(count).max().unwrap_or(0)
}
