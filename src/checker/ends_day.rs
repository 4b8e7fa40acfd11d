//! R077.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::number::print;
use crate::quantity::{Decimal, decimal};
use crate::regimen::{Drug, Spread};

pub const RULE: Rule = Rule::checked(codes::ENDS_DAY, "infusion-ends", Severity::Block, check);

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
    let (Spread::Total { days } | Spread::PerDay { days }) = drug.dosing.spread else { return false };
    let after = Decimal::from(after);
    after < days.floor() || after > days.ceil()
}

/// `2 days`, and `46 hours` of what is no whole number of days.
fn length(days: Decimal) -> String {
    let hours = days.checked_mul(Decimal::from(24)).filter(|_| !days.is_integer());
    match hours {
        Some(hours) => format!("{} hours", print(decimal::half_up(hours, 2))),
        None => format!("{} days", print(days)),
    }
}

fn words(drug: &Drug) -> String {
    match drug.dosing.spread {
        Spread::Total { days } | Spread::PerDay { days } => format!("an infusion of {}", length(days)),
        Spread::Each | Spread::Divided { .. } => "an infusion".to_owned(),
    }
}
