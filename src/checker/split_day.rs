//! R105.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{DrugDef, TextOr};
use crate::regimen::{Drug, Rounding};

pub const RULE: Rule = Rule::checked(codes::SPLIT_DAY, "day-split", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let mut tell = |place: &std::ops::Range<usize>, text: &str, help: &str| {
            findings.push(
                RULE.finding(format!("{}: {text}", drug.full_name())).at(place.clone(), "splits the day").help(help),
            );
        };
        let twice = drug.times == 2 && drug.hours.is_none();
        let (total, halves) = (daily(def, drug), halves(def));
        if let Some(place) = total.as_ref().filter(|_| !twice) {
            let help = "leave `of` and `larger` out, so that each dose is rounded; or correct `times`";
            tell(place, "the daily total is rounded and split in two, and the drug is not given twice daily", help);
        }
        let Some(place) = halves else { continue };
        if !twice {
            let help = "write times = \"twice daily\", or one `dose` in each row";
            tell(&place, "a row says a morning and an evening dose, and the drug is not given twice daily", help);
        }
        if total.is_some() {
            let help = "leave `of` and `larger` out: the rows say the halves";
            tell(&place, "both the rows and the rounding of the daily total split the day", help);
        }
        if !drug.dosing.ramp.is_empty() {
            let help = "write the days of the steps as a drug entry of its own";
            tell(&place, "a step of `ramp` is one dose, and the halves of the day differ", help);
        }
    }
}

/// Where the daily total is rounded.
fn daily(def: &DrugDef, drug: &Drug) -> Option<std::ops::Range<usize>> {
    let Rounding::Step { daily: Some(_), .. } = &drug.rounding else { return None };
    match &def.round {
        Some(TextOr::Text(at)) => Some(at.span.clone()),
        Some(TextOr::Table(table)) => Some(table.span.clone()),
        None => None,
    }
}

/// The first row that says a morning and an evening dose, alike or not.
fn halves(def: &DrugDef) -> Option<std::ops::Range<usize>> {
    let mut rows = def.table.iter().flat_map(|rows| &rows.value);
    rows.find(|row| row.morning.is_some() || row.evening.is_some()).map(|row| row.span.clone())
}
