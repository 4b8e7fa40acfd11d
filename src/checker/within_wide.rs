//! R086.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::TextOr;
use crate::quantity::Decimal;
use crate::quantity::number::print;
use crate::regimen::Rounding;

pub const RULE: Rule = Rule::checked(codes::WITHIN_WIDE, "rounding-within-wide", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let (Rounding::Step { within, .. } | Rounding::Bands { within, .. }) = &drug.rounding else { continue };
        let Some(wide) = within.filter(|within| *within > Decimal::TEN) else { continue };
        let Some(TextOr::Table(table)) = &def.round else { continue };
        if drug.route.known().is_some_and(|route| route == "oral") {
            continue; // whole tablets leave less choice
        }
        let place = table.within.as_ref().map_or_else(|| table.span.clone(), |at| at.span.clone());
        let text = format!("rounding {} by up to {} % is more than practice and trials allow", drug.id, print(wide));
        findings.push(RULE.finding(text).at(place, "above 10 %").help("write 10 % or less, as the protocol says"));
    }
}
