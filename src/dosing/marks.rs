//! The marks a figure carries: keys that nobody has verified, or on which sources disagree, and that
//! really entered it.

use crate::quantity::Basis;
use crate::regimen::{Doubt, Drug, Mark, Regimen};

use super::Modification;
use super::amount::rounds;

/// Marks of one drug's dose.
pub(super) fn marks(
    regimen: &Regimen,
    drug: &Drug,
    modification: Modification,
    started: bool,
    basis: Basis,
    capped: bool,
) -> Vec<Mark> {
    let mut keys = vec!["dose", "total", "dose_per_day", "dose_per_week", "route", "over", "times"];
    let optional = [
        (!drug.dosing.rows().is_empty(), "table"),
        (!drug.dosing.cohorts().is_empty(), "by_cohort"),
        (modification.ramp.is_some(), "ramp"),
        (modification.ramp.is_some(), "ramp_again_after"),
        (drug.decay.is_some(), "decay"),
        (drug.dilution.is_some(), "dilute"),
        (rounds(drug), "round"),
        (modification.loading, "loading"),
        (modification.level != 0, "reduce"),
        (started || !drug.dosing.starts.is_empty(), "start"),
        (capped, "cap"),
        (basis == Basis::Auc, "gfr"),
        (drug.weight.is_some() && basis == Basis::PerKg, "weight"),
        (drug.vial.is_some(), "vial"),
    ];
    keys.extend(optional.iter().filter(|(enters, _)| *enters).map(|(_, key)| *key));
    let mut marks: Vec<Mark> = drug.provenance.marks(&keys).collect();
    if let Some(body) = &regimen.body {
        let keys: &[&'static str] = match basis {
            Basis::PerM2 => &["bsa", "bsa_places", "bsa_cap", "weight"],
            Basis::PerKg if drug.weight.is_none() => &["weight"],
            _ => &[],
        };
        marks.extend(body.provenance.marks(keys));
    }
    if drug.over == Some(crate::regimen::Over::Unknown) {
        marks.push(Mark { doubt: Doubt::Unknown, key: "over" });
    }
    if drug.rounding == crate::regimen::Rounding::Unknown {
        marks.push(Mark { doubt: Doubt::Unknown, key: "round" });
    }
    marks
}
