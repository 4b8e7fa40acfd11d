//! R086.

use crate::checker::Context;
use crate::finding::Finding;
use crate::format::definition::TextOr;
use crate::quantity::Decimal;
use crate::quantity::number::print;
use crate::regimen::Rounding;

rule! {
    /// A rounding limit above 10 %.
    ///
    /// Rounding within 10 % of the ordered dose is accepted practice (HOPA position, 2017), and more than 10 % counts as a deviation in trials (NCI). Tablets, which come in few strengths, are not looked at.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// round = { nearest = "1 mg", ties = "up", within = "50 %" }
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// round = { nearest = "1 mg", ties = "up", within = "5 %" }
    /// source = "trial"
    /// ```
    WITHIN_WIDE, "rounding-within-wide", Warn, check
}

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
