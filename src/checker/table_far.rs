//! R051.

use crate::checker::{Context, by_table};
use crate::finding::Finding;
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::{DoseRow, Drug, Range};

/// How far a printed table may lie from its formula, in percent: published tables go to 17.
const FAR: i64 = 25;

rule! {
    /// A dose by table far from the formula beside it.
    ///
    /// Where the file gives the formula as `dose` and the doses as `table`, each row is compared at its limits. More than 25 % apart is as a rule a slip of a row or a digit; published tables stay within 17 %.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// table = [{ bsa = { below = "1.5 m2" }, dose = "90 mg" }, { bsa = { from = "1.5 m2", below = "1.6 m2" }, dose = "180 mg" }, { bsa = { from = "1.6 m2" }, dose = "123 mg" }]
    /// # no round
    /// source = { trial = ["dose", "route", "days", "over", "table"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// table = [{ bsa = { below = "1.5 m2" }, dose = "90 mg" }, { bsa = { from = "1.5 m2", below = "1.6 m2" }, dose = "108 mg" }, { bsa = { from = "1.6 m2" }, dose = "123 mg" }]
    /// # no round
    /// source = { trial = ["dose", "route", "days", "over", "table"] }
    /// ```
    TABLE_FAR, "table-far-from-formula", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in by_table(context) {
        if def.dose.is_none() {
            continue;
        }
        for (at, row) in def.table.iter().flat_map(|rows| &rows.value).zip(&drug.table) {
            if let Some((size, formula)) = far(drug, row) {
                let dose = row.dose.map_or_else(String::new, |dose| dose.to_string());
                let size = crate::quantity::number::print(size);
                let text = format!("at {size} the table gives {dose}, and {} comes to {formula}", drug.dose);
                let finding = RULE.finding(text).at(at.span.clone(), "far from the formula");
                findings.push(finding.help("compare the row with the source; if it is right, leave `dose` out"));
            }
        }
    }
}

/// The limit of a row at which the formula is far off, with what the formula comes to.
fn far(drug: &Drug, row: &DoseRow) -> Option<(Decimal, ProtocolDose)> {
    let dose = row.dose.filter(|dose| dose.basis == Basis::Flat)?;
    let range = match drug.dose.basis {
        Basis::PerM2 => row.when.bsa?,
        Basis::PerKg => row.when.weight?,
        Basis::Flat | Basis::Auc => return None,
    };
    let factor = dose.unit.factor_to(drug.dose.unit)?;
    let value = dose.value.checked_mul(factor)?;
    ends(range)?.into_iter().find_map(|size| {
        let formula = drug.dose.value.checked_mul(size)?;
        let apart = value.checked_sub(formula)?.abs().checked_mul(Decimal::ONE_HUNDRED)?;
        let dose = ProtocolDose { value: formula.normalize(), unit: drug.dose.unit, basis: Basis::Flat };
        (apart > formula.checked_mul(Decimal::from(FAR))?).then_some((size, dose))
    })
}

/// Both ends of a closed range.
fn ends(range: Range) -> Option<[Decimal; 2]> {
    Some([range.from.or(range.above)?, range.through.or(range.below)?])
}
