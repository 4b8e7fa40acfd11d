//! R051.

use crate::checker::{Context, Rule, by_table};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::{DoseRow, Range};

/// How far a printed table may lie from its formula, in percent: published tables go to 17.
const FAR: i64 = 25;

pub const RULE: Rule = Rule::checked(codes::TABLE_FAR, "table-far-from-formula", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in by_table(context) {
        let Some(formula) = drug.dosing.formula() else { continue };
        for (at, row) in def.table.iter().flat_map(|rows| &rows.value).zip(drug.dosing.rows()) {
            if let Some((size, amount)) = far(formula, row) {
                let dose = row.dose.map_or_else(String::new, |dose| dose.to_string());
                let size = crate::quantity::number::print(size);
                let text = format!("at {size} the table gives {dose}, and {formula} comes to {amount}");
                let finding = RULE.finding(text).at(at.span.clone(), "far from the formula");
                findings.push(finding.help("compare the row with the source; if it is right, leave `dose` out"));
            }
        }
    }
}

/// The limit of a row at which the formula is far off, with what the formula comes to.
fn far(formula: ProtocolDose, row: &DoseRow) -> Option<(Decimal, ProtocolDose)> {
    let dose = row.dose.filter(|dose| dose.basis == Basis::Flat)?;
    let range = match formula.basis {
        Basis::PerM2 => row.when.bsa?,
        Basis::PerKg => row.when.weight?,
        Basis::Flat | Basis::Auc => return None,
    };
    let factor = dose.unit.factor_to(formula.unit)?;
    let value = dose.value.checked_mul(factor)?;
    ends(range)?.into_iter().find_map(|size| {
        let amount = formula.value.checked_mul(size)?;
        let apart = value.checked_sub(amount)?.abs().checked_mul(Decimal::ONE_HUNDRED)?;
        let dose = ProtocolDose { value: amount.normalize(), unit: formula.unit, basis: Basis::Flat };
        (apart > amount.checked_mul(Decimal::from(FAR))?).then_some((size, dose))
    })
}

/// Both ends of a closed range.
fn ends(range: Range) -> Option<[Decimal; 2]> {
    Some([range.from.or(range.above)?, range.through.or(range.below)?])
}
