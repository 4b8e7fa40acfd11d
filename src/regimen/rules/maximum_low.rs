//! R084.

use crate::finding::Finding;
use crate::quantity::{Amount, Basis, Decimal};
use crate::regimen::model::Drug;
use crate::regimen::rules::Context;

rule! {
    /// A `maximum` below the dose itself.
    ///
    /// `maximum` is never exceeded: planning stops. Below the dose, or below the dose of anybody larger than 1 m2 or 40 kg, nobody could be planned.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// maximum = { dose = "60 mg" }
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// maximum = { dose = "200 mg" }
    /// source = "trial"
    /// ```
    MAXIMUM_LOW, "maximum-low", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(table) = &def.maximum else { continue };
        let each = [drug.maximum.dose, drug.maximum.day, drug.maximum.cycle];
        for maximum in each.into_iter().flatten().filter(|maximum| below(drug, *maximum)) {
            let text = format!("a maximum of {maximum} stands in the way of a dose of {}", drug.dose);
            let finding = RULE.finding(text).at(table.span.clone(), "too low to give anything");
            findings.push(finding.help("correct the maximum or the dose"));
        }
    }
}

fn below(drug: &Drug, maximum: Amount) -> bool {
    let size = match drug.dose.basis {
        Basis::Flat | Basis::PerM2 => Decimal::ONE,
        Basis::PerKg => Decimal::from(40),
        Basis::Auc => return false,
    };
    let smallest = drug.dose.value.checked_mul(size);
    let capped = drug.caps.iter().filter_map(|cap| cap.dose.in_unit(drug.dose.unit)).map(|cap| cap.value).min();
    let smallest = smallest.map(|smallest| capped.map_or(smallest, |cap| cap.min(smallest)));
    maximum.in_unit(drug.dose.unit).zip(smallest).is_some_and(|(maximum, smallest)| maximum.value < smallest)
}
