//! R096.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Decimal, ProtocolDose};
use crate::regimen::{DoseRow, Drug, Ladder, StartDose};

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
    let own = drug.ladder.as_ref();
    let rows: Vec<_> = drug.table.iter().map(|row| (of_row(row), row.ladder.as_ref().or(own))).collect();
    let bases: Vec<Option<&Ladder>> =
        if rows.is_empty() { vec![own] } else { rows.iter().map(|(_, ladder)| *ladder).collect() };
    let ruled = drug.starts_by.iter().flat_map(|start| {
        let dose = match start.dose {
            StartDose::Dose(dose) => Some(dose),
            // A percentage of the start is one of every level too.
            StartDose::Percent(_) => start.ladder.as_ref().map(|_| drug.dose),
        };
        let ladders = start.ladder.as_ref().map_or_else(|| bases.clone(), |ladder| vec![Some(ladder)]);
        ladders.into_iter().map(move |ladder| (dose, ladder))
    });
    let cohorts = drug.by_cohort.iter().map(|(_, dose)| (Some(*dose), own));
    let all = rows.iter().copied().chain(ruled).chain(cohorts);
    all.filter_map(|(dose, ladder)| Some((dose?, ladder?))).collect()
}

/// The dose of a row; of unlike halves their mean, for a level is one dose for both.
fn of_row(row: &DoseRow) -> Option<ProtocolDose> {
    let dose = row.dose?;
    let Some((morning, evening)) = row.parts else { return Some(dose) };
    let sum = morning.value.checked_add(evening.in_unit(morning.unit)?.value)?;
    Some(ProtocolDose { value: sum.checked_div(Decimal::TWO)?, ..dose })
}
