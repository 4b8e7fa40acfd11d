//! R083.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::CAP_ODD, "cap-odd", Severity::Warn, check);

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
    for dose in drug.dosing.options().map(|one| one.dose) {
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
