//! R052.

use crate::checker::{Context, Rule, by_table};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, Decimal};
use crate::regimen::{DoseRow, Range};

pub const RULE: Rule = Rule::checked(codes::TABLE_FALLS, "table-falls", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in by_table(context) {
        let rows = def.table.iter().flat_map(|rows| &rows.value).zip(drug.dosing.rows());
        let mut sized: Vec<_> = rows.filter_map(|(at, row)| Some((size(row)?, row, at))).collect();
        if sized.len() != drug.dosing.rows().iter().filter(|row| row.dose.is_some()).count() {
            continue;
        }
        sized.sort_by_key(|((size, _), _, _)| *size);
        for pair in sized.windows(2) {
            let [((_, below), lower, _), ((_, above), upper, at)] = pair else { continue };
            if above < below {
                let words = |row: &DoseRow| row.dose.map_or_else(String::new, |dose| dose.to_string());
                let text = format!("the dose falls from {} to {} while the body grows", words(lower), words(upper));
                let finding = RULE.finding(text).at(at.span.clone(), "less than the row below it");
                findings.push(finding.help("compare both rows with the source"));
            }
        }
    }
}

/// Where a row of one size alone begins, and its flat dose in the smallest unit of its kind.
fn size(row: &DoseRow) -> Option<(Decimal, Decimal)> {
    let when = &row.when;
    if when.age.is_some() || when.gfr.is_some() || when.genotype.is_some() || !when.tests.is_empty() {
        return None;
    }
    let range: Range = match (when.bsa, when.weight) {
        (Some(range), None) | (None, Some(range)) => range,
        _ => return None,
    };
    let dose = row.dose.filter(|dose| dose.basis == Basis::Flat)?;
    let smallest = crate::quantity::DoseUnit::all().find(|unit| unit.dimension() == dose.unit.dimension())?;
    let value = dose.value.checked_mul(dose.unit.factor_to(smallest)?)?;
    Some((range.from.or(range.above).unwrap_or(Decimal::ZERO), value))
}
