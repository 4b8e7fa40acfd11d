//! R077.

use crate::finding::Finding;
use crate::quantity::Decimal;
use crate::regimen::model::{Days, Spread};
use crate::regimen::rules::Context;

rule! {
    /// An infusion that ends on a day on which, by its length, it cannot end.
    ///
    /// The day of `ends` is the day somebody takes the pump off. 46 hours from day 1 end on day 2 or 3.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// total = "70 mg/m2"
    /// over = "46 hours"
    /// ends = { day = 5, visit = "pump off" }
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
    /// ends = { day = 3, visit = "pump off" }
    /// # no dose
    /// source = "trial"
    /// ```
    ENDS_DAY, "infusion-ends", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let (Spread::Total { days: length } | Spread::PerDay { days: length }) = drug.spread else { continue };
        let (Some(ends), Days::List(list)) = (&drug.ends, &drug.days) else { continue };
        let [first] = list.as_slice() else { continue };
        let after = Decimal::from(ends.day.saturating_sub(*first));
        if after < length.floor() || after > length.ceil() {
            let place = def.ends.as_ref().map_or_else(|| def.span.clone(), |table| table.span.clone());
            let text = format!("an infusion of {} days that begins on day {first} does not end on day {}", length.normalize(), ends.day);
            findings.push(RULE.finding(text).at(place, "not its last day").help("correct the day, or the length under `over`"));
        }
    }
}
