//! R125.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::decimal;
use crate::regimen::{Days, Drug, Role, Spread};

pub const RULE: Rule = Rule::checked(codes::GROWTH_FACTOR_EARLY, "growth-factor-early", Severity::Warn, check);

/// The long-acting growth factors of neutrophils.
const LONG_ACTING: &[&str] = &["pegfilgrastim", "lipegfilgrastim", "efbemalenograstim alfa", "eflapegrastim"];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(_, drug)| LONG_ACTING.contains(&drug.substance.as_str())) {
        let Some(phase) = context.phase_of(drug) else { continue };
        let told = days(drug).into_iter().find_map(|day| {
            let running = phase.drugs.iter().filter(|other| is_cytotoxic(other) && runs_on(other, day));
            running.filter(|other| other.cohorts == drug.cohorts).map(|other| (day, other)).next()
        });
        let Some((day, other)) = told else { continue };
        let text = format!("{} is given on day {day}, within 24 hours of {}", drug.full_name(), other.full_name());
        let place = def.days.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
        let finding = RULE.finding(text).at(place, "within 24 hours of treatment");
        findings.push(
            finding.help("compare the day with the protocol: as a rule it follows 24 hours after the last of it"),
        );
    }
}

/// What is infused and is no antibody: those leave the marrow alone.
fn is_cytotoxic(drug: &Drug) -> bool {
    let antibody = drug.substance.ends_with("mab");
    let infused = drug.route.known().is_some_and(|route| route == "intravenous");
    drug.role == Role::Treatment && infused && !antibody
}

/// Whether it is given, or still runs, on a day.
fn runs_on(drug: &Drug, day: i32) -> bool {
    let whole = match drug.dosing.spread {
        Spread::Each | Spread::Divided { .. } => 0,
        Spread::Total { days } | Spread::PerDay { days } => decimal::whole(days.trunc()).unwrap_or(0),
    };
    days(drug).into_iter().any(|first| first <= day && day <= first.saturating_add(whole))
}

fn days(drug: &Drug) -> Vec<i32> {
    match &drug.days {
        Days::EveryDay => Vec::new(),
        Days::List(days) => days.clone(),
        Days::ByCycle(rows) => rows.iter().flat_map(|(_, _, days)| days.iter().copied()).collect(),
    }
}
