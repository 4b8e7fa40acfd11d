//! R083.

use crate::finding::Finding;
use crate::quantity::{Basis, Decimal};
use crate::regimen::model::Drug;
use crate::regimen::rules::{Context, figures};

rule! {
    /// A cap that applies to everybody, or to nobody.
    ///
    /// Vincristine 1.4 mg/m2 with a cap of 20 mg is capped above 14 m2: the point slipped. A cap is questioned where it applies below 0.7 m2 or 10 kg, or only above 3 m2 or 200 kg. The limits are this checker's own.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// cap = "1000 mg"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// cap = "140 mg"
    /// source = "trial"
    /// ```
    CAP_ODD, "cap-odd", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let (least, most, unit) = match drug.dose.basis {
            Basis::PerM2 => (Decimal::new(7, 1), Decimal::from(3), "m2"),
            Basis::PerKg => (Decimal::TEN, Decimal::from(200), "kg"),
            Basis::Flat | Basis::Auc => continue,
        };
        for size in reached(drug).into_iter().filter(|size| *size < least || *size > most) {
            let place = figures::cap_place(def);
            let size = crate::quantity::decimal::half_up(size, 2).normalize();
            let text = format!("the cap of {} applies from {size} {unit} on", drug.id);
            findings.push(RULE.finding(text).at(place, "an odd cap").help("look at the point and the unit of the cap"));
        }
    }
}

/// The body sizes at which the caps begin to apply.
fn reached(drug: &Drug) -> Vec<Decimal> {
    let sizes = drug.caps.iter().filter_map(|cap| cap.dose.in_unit(drug.dose.unit)?.value.checked_div(drug.dose.value));
    sizes.collect()
}
