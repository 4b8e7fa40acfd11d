//! R077.

use crate::checker::Context;
use crate::finding::Finding;
use crate::quantity::Decimal;
use crate::regimen::{Drug, Spread};

rule! {
    /// An infusion that ends on a day on which, by its length, it cannot end.
    ///
    /// The day of `ends` is the day somebody takes the pump off. 46 hours from day 1 end on day 2 or 3. Of several days, it belongs to the last one before it, and the others end as long after their own.
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
        let (Some(ends), Some(phase)) = (&drug.ends, context.phase_of(drug)) else { continue };
        let text = match drug.ends_after(phase.cycle.days) {
            None => format!("{} ends on day {}, before it is first given", drug.id, ends.day),
            Some(after) if wrong(drug, after) => format!(
                "{} that begins {} before day {} does not end on that day",
                words(drug),
                if after == 1 { "a day".to_owned() } else { format!("{after} days") },
                ends.day
            ),
            Some(_) => continue,
        };
        let place = def.ends.as_ref().map_or_else(|| def.span.clone(), |table| table.span.clone());
        findings
            .push(RULE.finding(text).at(place, "not its last day").help("correct the day, or the length under `over`"));
    }
}

/// Whether an infusion, by its length, cannot end so many days after the day it begins on.
fn wrong(drug: &Drug, after: i32) -> bool {
    let (Spread::Total { days } | Spread::PerDay { days }) = drug.spread else { return false };
    let after = Decimal::from(after);
    after < days.floor() || after > days.ceil()
}

fn words(drug: &Drug) -> String {
    match drug.spread {
        Spread::Total { days } | Spread::PerDay { days } => format!("an infusion of {} days", days.normalize()),
        Spread::Each => "an infusion".to_owned(),
    }
}
