//! R083.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::Drug;

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
        for (size, unit) in odd(drug) {
            let size = crate::quantity::decimal::half_up(size, 2).normalize();
            let text = format!("the cap of {} applies from {size} {unit} on", drug.id);
            let finding = RULE.finding(text).at(figures::cap_place(def), "an odd cap");
            findings.push(finding.help("look at the point and the unit of the cap"));
        }
    }
}

/// Body sizes at which a cap cannot be meant to begin: too small ones for any cohort, row or start, and too large ones where
/// nobody else reaches the cap.
fn odd(drug: &Drug) -> Vec<(Decimal, &'static str)> {
    let mut sizes: Vec<(Decimal, &'static str)> = Vec::new();
    let (mut reached, mut large) = (false, Vec::new());
    for dose in figures::starts(drug) {
        let (least, most, unit) = match dose.basis {
            Basis::PerM2 => (Decimal::new(7, 1), Decimal::from(3), "m2"),
            Basis::PerKg => (Decimal::TEN, Decimal::from(200), "kg"),
            Basis::Flat | Basis::Auc => {
                reached = true;
                continue;
            }
        };
        for size in begins(drug, dose) {
            reached |= size <= most;
            sizes.extend((size < least).then_some((size, unit)));
            large.extend((size > most).then_some((size, unit)));
        }
    }
    sizes.extend(large.into_iter().filter(|_| !reached));
    sizes.dedup();
    sizes
}

/// The body sizes at which the caps begin to apply to a dose.
fn begins(drug: &Drug, dose: ProtocolDose) -> Vec<Decimal> {
    let sizes = drug.caps.iter().filter_map(|cap| cap.dose.in_unit(dose.unit)?.value.checked_div(dose.value));
    sizes.collect()
}
