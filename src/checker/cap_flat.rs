//! R082.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::TextOr;
use crate::quantity::Amount;

pub const RULE: Rule = Rule::checked(codes::CAP_FLAT, "cap-below-dose", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        // A cap inside a weight band belongs to the dose of that band.
        let of_all = drug.caps.iter().filter(|cap| cap.weight.is_none());
        let caps: Vec<Amount> = of_all.map(|cap| cap.dose).collect();
        let above = |flat: &Amount| {
            let most = caps.iter().filter_map(|cap| cap.in_unit(flat.unit)).map(|cap| cap.value).max();
            most.is_some_and(|most| flat.value > most)
        };
        if let Some(flat) = drug.dosing.bases().iter().filter_map(|one| one.dose.flat()).find(above) {
            let place = match &def.cap {
                Some(TextOr::Text(at)) => at.span.clone(),
                Some(TextOr::Table(rows)) => rows.span.clone(),
                None => def.span.clone(),
            };
            let text = format!("the dose of {} is {flat}, above its own cap", figures::name(def));
            findings.push(RULE.finding(text).at(place, "below the dose").help("correct the dose or the cap"));
        }
    }
}
