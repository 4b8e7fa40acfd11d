//! R076.

use crate::checker::{Context, timing};
use crate::finding::Finding;
use crate::quantity::Decimal;
use crate::regimen::{Drug, Over, Spread};

rule! {
    /// An infusion that has not ended when the next of the same drug begins.
    ///
    /// 46 hours on days 1 and 2 would run two pumps of one drug at once, and so would 96 hours twice daily, or 192 hours in a cycle
    /// of seven days. Either the days or the length is wrong.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// total = "70 mg/m2"
    /// over = "46 hours"
    /// days = [1, 2]
    /// missed = "ask"
    /// cycle_total = "140 mg/m2"
    /// # no dose
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// total = "70 mg/m2"
    /// over = "46 hours"
    /// days = [1, 8]
    /// missed = "ask"
    /// cycle_total = "140 mg/m2"
    /// # no dose
    /// source = "trial"
    /// ```
    INFUSIONS_OVERLAP, "infusions-overlap", Block, check
}

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
    let minutes = match (drug.spread, drug.over.as_ref()) {
        (Spread::Total { days } | Spread::PerDay { days }, _) => return Some(days),
        (Spread::Each, Some(Over::Fixed(period))) => period.minutes()?,
        (Spread::Each, Some(Over::ByOccurrence(periods))) => {
            periods.iter().filter_map(|period| period.minutes()).max()?
        }
        (Spread::Each, _) => return None,
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
