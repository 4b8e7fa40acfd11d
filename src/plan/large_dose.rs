//! Doses that a second person looks at: far above the largest in use, by a route that is seldom used, or methotrexate by mouth
//! more than once a week.

use crate::calendar::{self, days_between};
use crate::finding::{Figure, Finding, Lift, Severity};
use crate::plausibility::codes;
use crate::plausibility::doses::{self, Body, Given, Spinal};
use crate::quantity::{Amount, Basis, Decimal, ProtocolDose, decimal, number};
use crate::regimen::{Drug, Regimen, Role};

use super::{Administration, AdministrationState, Plan, second_person, total};

/// The gravest of each drug that is still to be given.
pub(super) fn findings(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let ahead: Vec<(&Administration, &Drug)> = plan
        .administrations
        .iter()
        .filter(|one| one.state == AdministrationState::Projected)
        .filter_map(|one| Some((one, plan.drug_of(regimen, one)?)))
        .collect();
    let mut told: Vec<(&str, Finding)> = Vec::new();
    for (one, drug) in &ahead {
        let Some(finding) = too_large(one, drug, &regimen.given(drug)) else { continue };
        match told.iter_mut().find(|(id, _)| *id == drug.id) {
            Some((_, known)) if finding.severity < known.severity => *known = finding,
            Some(_) => {}
            None => told.push((&drug.id, finding)),
        }
    }
    let mut findings: Vec<Finding> = told.into_iter().map(|(_, finding)| finding).collect();
    findings.extend(spinal(&ahead));
    findings.extend(weekly(&ahead));
    findings
}

fn too_large(one: &Administration, drug: &Drug, given: &Given<'_>) -> Option<Finding> {
    let amount = of_all_days(one, drug)?;
    let dose = ProtocolDose { value: amount.value, unit: amount.unit, basis: Basis::Flat };
    let large = doses::large(given, dose, body(one))?;
    let severity = match large.severity {
        Severity::Block if drug.dose_exception.is_some() => Severity::Confirm,
        severity => severity,
    };
    let way = given.mode.filter(|_| large.most.mode.is_some()).map_or("", |mode| mode.words());
    let text = format!(
        "{}: {}{way} is {} times the largest single dose in use, {}.",
        drug.full_name(),
        Amount { value: decimal::half_up(amount.value, 2).normalize(), unit: amount.unit },
        number::print(decimal::half_up(large.times, 2)),
        large.most.words(),
    );
    let lift = if severity == Severity::Confirm { second_person::types(drug, one) } else { Lift::Reason };
    let finding = Finding::new(severity, codes::DOSE_LARGE, text);
    let finding = finding.help("read the dose in the protocol once more");
    let asks = severity.asks();
    Some(if asks { finding.asking(Some(Figure::Value(amount.value)), lift) } else { finding })
}

/// What is calculated for one administration: the larger half of a day, all days of an infusion.
pub(super) fn of_all_days(one: &Administration, drug: &Drug) -> Option<Amount> {
    let dose = one.dose.calculated;
    Some(Amount { value: dose.value.checked_mul(total::days_of(drug).unwrap_or(Decimal::ONE))?, ..dose })
}

/// The body the dose was made for; nobody's in particular where the regimen asks for none.
pub(super) fn body(one: &Administration) -> Body {
    let inputs = one.planned.as_ref().map(|planned| &planned.inputs);
    let surface = inputs.and_then(|inputs| inputs.size.as_ref()?.bsa).map(crate::quantity::Bsa::value);
    let weight = inputs.and_then(|inputs| inputs.weight).map(|weight| weight.value.value());
    Body { surface: surface.unwrap_or(Body::REFERENCE.surface), weight: weight.unwrap_or(Body::REFERENCE.weight) }
}

/// A drug that seldom goes into the cerebrospinal fluid.
fn spinal(ahead: &[(&Administration, &Drug)]) -> Option<Finding> {
    let seldom = |drug: &Drug| drug.is_spinal() && doses::spinal(&drug.substance) == Spinal::Confirmed;
    let (one, drug) = ahead.iter().find(|(_, drug)| seldom(drug))?;
    let route = drug.route.known().map_or("", String::as_str);
    let text = format!("{} by the {route} route: it is seldom given there.", drug.full_name());
    let finding = Finding::confirm(codes::SPINAL_SELDOM, text, second_person::types(drug, one));
    Some(finding.help("read the route in the protocol once more"))
}

/// Methotrexate by mouth on two days within a week.
fn weekly(ahead: &[(&Administration, &Drug)]) -> Option<Finding> {
    let is_it = |drug: &Drug| {
        drug.role == Role::Treatment
            && drug.substance == "methotrexate"
            && drug.route.known().is_some_and(|route| route == "oral")
    };
    let (one, drug) = ahead.iter().find(|(_, drug)| is_it(drug))?;
    let days: Vec<_> = ahead.iter().filter(|(_, drug)| is_it(drug)).map(|(one, _)| one.date).collect();
    let close = |pair: &[calendar::Date]| match pair {
        [first, next] => (1..7).contains(&days_between(*first, *next)).then_some((*first, *next)),
        _ => None,
    };
    let (first, next) = days.windows(2).find_map(close)?;
    let text = format!(
        "Methotrexate by mouth twice within a week: {} and {}. Taken more often than once a week it has killed.",
        calendar::with_weekday(first),
        calendar::with_weekday(next),
    );
    let finding = Finding::confirm(codes::METHOTREXATE_WEEKLY, text, second_person::types(drug, one));
    Some(finding.help("read the days in the protocol once more"))
}
