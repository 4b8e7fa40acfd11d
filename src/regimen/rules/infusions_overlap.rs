//! R076.

use crate::finding::Finding;
use crate::quantity::Decimal;
use crate::regimen::model::{Days, Spread};
use crate::regimen::rules::Context;

rule! {
    /// An infusion that has not ended when the next of the same drug begins.
    ///
    /// 46 hours on days 1 and 2 would run two pumps of one drug at once. Either the days or the length is wrong.
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
        let (Spread::Total { days: length } | Spread::PerDay { days: length }) = drug.spread else { continue };
        let close = |list: &[i32]| {
            list.windows(2).any(|pair| matches!(pair, [a, b] if Decimal::from(b.saturating_sub(*a)) < length))
        };
        let overlaps = match &drug.days {
            Days::List(list) => close(list),
            Days::ByCycle(rows) => rows.iter().any(|(_, _, list)| close(list)),
            Days::EveryDay => length > Decimal::ONE,
        };
        if overlaps {
            let place = def.days.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("an infusion of {} days of {} is still running when the next begins", length.normalize(), drug.id);
            findings.push(RULE.finding(text).at(place, "too close").help("correct the days, or the length under `over`"));
        }
    }
}
