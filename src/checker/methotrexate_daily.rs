//! R066.

use crate::checker::{Context, Rule, figures, timing};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Decimal;
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::METHOTREXATE, "methotrexate-daily", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(def, _)| figures::is(def, "methotrexate")) {
        let oral = drug.route.known().map_or(drug.home, |route| route == "oral");
        let Some(phase) = context.phase_of(drug) else { continue };
        let closest = timing::closest(drug, phase);
        let place = def.days.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
        if oral && (2..7).contains(&closest) && !for_days(drug) {
            let text = format!("oral methotrexate twice within a week, {closest} days apart");
            let finding = Finding::new(Severity::Warn, RULE.code, text).at(place.clone(), "more than once a week");
            findings.push(finding.help("is it once a week? As it stands a second person confirms it for each subject"));
        }
        if oral && (closest <= 1 || for_days(drug)) {
            let finding = RULE.finding("oral methotrexate on days in a row has killed").at(place, "daily");
            findings.push(finding.help("write the one day a week the protocol gives, such as days = [1, 8, 15]"));
        }
    }
}

/// Stated hours that go on after the first 24: one day written as several.
fn for_days(drug: &Drug) -> bool {
    let hours = drug.hours.iter().flat_map(|hours| &hours.at);
    let (first, last) = (hours.clone().min(), hours.max());
    first.zip(last).and_then(|(first, last)| last.checked_sub(*first)).is_some_and(|span| span > Decimal::from(24))
}
