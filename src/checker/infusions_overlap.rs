//! R076.

use crate::checker::{Context, Rule, timing};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Decimal;
use crate::regimen::{Drug, Over, Spread};

pub const RULE: Rule = Rule::checked(codes::INFUSIONS_OVERLAP, "infusions-overlap", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(length) = days_of(drug) else { continue };
        let Some(phase) = context.phase_of(drug) else { continue };
        let within = Decimal::ONE.checked_div(Decimal::from(drug.times.max(1))).unwrap_or(Decimal::ONE);
        let overlaps = Decimal::from(timing::closest(drug, phase)) < length
            || (drug.times > 1 && within < length)
            || by_hours(drug, length);
        if overlaps {
            let place = def.days.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("an infusion of {} of {} is still running when the next begins", long(length), drug.id);
            let help = "correct the days, how often a day, the length of the cycle, or the length under `over`";
            findings.push(RULE.finding(text).at(place, "too close").help(help));
        }
    }
}

/// How long one infusion runs, in days.
fn days_of(drug: &Drug) -> Option<Decimal> {
    let minutes = match (drug.dosing.spread, drug.over.as_ref()) {
        (Spread::Total { days } | Spread::PerDay { days }, _) => return Some(days),
        (Spread::Each | Spread::Divided { .. }, Some(Over::Fixed(period))) => period.minutes()?,
        (Spread::Each | Spread::Divided { .. }, Some(Over::ByOccurrence(periods))) => {
            periods.iter().filter_map(|period| period.minutes()).max()?
        }
        (Spread::Each | Spread::Divided { .. }, _) => return None,
    };
    minutes.checked_div(Decimal::from(24 * 60))
}

/// Whether stated hours lie closer together than one infusion runs.
fn by_hours(drug: &Drug, length: Decimal) -> bool {
    let Some(hours) = length.checked_mul(Decimal::from(24)) else { return false };
    let mut at: Vec<Decimal> = drug.hours.iter().flat_map(|hours| &hours.at).copied().collect();
    at.sort_unstable();
    at.windows(2).any(|pair| matches!(pair, [a, b] if b.checked_sub(*a).is_some_and(|gap| gap < hours)))
}

/// `8 days`, `20 hours`.
fn long(days: Decimal) -> String {
    if days >= Decimal::ONE {
        return format!("{} days", crate::quantity::number::print(crate::quantity::decimal::half_up(days, 2)));
    }
    let hours = days.checked_mul(Decimal::from(24)).unwrap_or(days);
    format!("{} hours", crate::quantity::number::print(crate::quantity::decimal::half_up(hours, 2)))
}
