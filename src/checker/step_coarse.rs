//! R085.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::TextOr;
use crate::quantity::decimal::Direction;
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::{Drug, Rounding};

pub const RULE: Rule = Rule::checked(codes::STEP_COARSE, "rounding-coarse", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let largest = drug.dosing.bases().iter().filter_map(|one| largest(drug, one.dose)).max();
        let Some(percent) = largest.filter(|percent| *percent > Decimal::TEN) else { continue };
        let place = match &def.round {
            Some(TextOr::Text(at)) => at.span.clone(),
            Some(TextOr::Table(table)) => table.span.clone(),
            None => def.span.clone(),
        };
        let percent = crate::quantity::decimal::half_up(percent, 0).normalize();
        let text = format!("this step can change the dose of {} by {percent} %", drug.id);
        findings.push(
            RULE.finding(text)
                .at(place, "a coarse step")
                .help("write a smaller step, or `within` as the protocol allows"),
        );
    }
}

/// The largest change in percent of the dose of someone of 1.75 m2 and 70 kg.
fn largest(drug: &Drug, dose: ProtocolDose) -> Option<Decimal> {
    let Rounding::Step { step, whole: None, direction, within: None, daily, .. } = &drug.rounding else { return None };
    let size = match dose.basis {
        Basis::PerM2 => Decimal::new(175, 2),
        Basis::PerKg => Decimal::from(70),
        Basis::Flat | Basis::Auc => return None,
    };
    let times = if daily.is_some() { Decimal::from(drug.times) } else { Decimal::ONE };
    let step = step.in_unit(dose.unit)?.value;
    let dose = dose.value.checked_mul(size)?.checked_mul(times)?;
    let most = if *direction == Direction::Nearest { step.checked_div(Decimal::TWO)? } else { step };
    most.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(dose)
}
