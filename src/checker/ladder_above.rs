//! R096.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::ProtocolDose;
use crate::regimen::{Assigned, Drug, Ladder, Whom};

pub const RULE: Rule = Rule::checked(codes::LADDER_ABOVE, "ladder-above-start", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let place = figures::ladder(def).first().map_or_else(|| def.span.clone(), |at| at.span.clone());
        let mut told = Vec::new();
        for (start, ladder) in starts(drug) {
            let mut above = start;
            for (step, fewer) in doses(ladder) {
                let above_it =
                    figures::compared(step, above).is_some_and(|order| order.is_gt() || (order.is_eq() && !fewer));
                if above_it && !told.contains(&(step, above)) {
                    let text = format!(
                        "{}: the reduced dose {step} is not below {above}, which it can follow",
                        drug.full_name()
                    );
                    let finding = RULE.finding(text).at(place.clone(), "does not lie below every start");
                    findings.push(finding.help("give the starting dose, or the row, a `reduce` of its own with the doses below it; `to = []` where no source gives one"));
                    told.push((step, above));
                }
                above = step;
            }
        }
    }
}

/// The doses of a ladder, and whether a step also changes the days or the interval: the same dose less often is less.
fn doses(ladder: &Ladder) -> impl Iterator<Item = (ProtocolDose, bool)> {
    ladder.steps.iter().filter_map(|step| Some((step.dose?, step.days.is_some() || step.length.is_some())))
}

/// Every dose somebody can start on, with the ladder that follows it. R042 looks at the plain dose and its own ladder.
fn starts(drug: &Drug) -> Vec<(ProtocolDose, &Ladder)> {
    let plain = |one: &Assigned<'_>| one.whom == Whom::Everybody && one.start.is_none();
    let each = drug.dosing.options().filter(|one| !plain(one));
    each.filter_map(|one| Some((one.level_dose()?, one.ladder?))).collect()
}
