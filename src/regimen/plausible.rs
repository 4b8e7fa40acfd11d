//! What a regimen brings to the one check of plausibility.

use crate::finding::Finding;
use crate::plausibility::{self, Policy};
use crate::quantity::{Basis, Bsa, Decimal, Measured, ProtocolDose, Weight};
use crate::regimen::{Drug, GfrRule, Regimen, StartDose};

impl Regimen {
    /// What the check of plausibility must know of a regimen, and of this weight.
    pub fn plausibility(&self, weight: Option<Weight>) -> Policy {
        Policy { infant_rule: infant_rule(self, weight), ..policy(self) }
    }

    /// What blocks or is unusual about a laboratory result, by its own name or the one that a rule gives the test.
    pub fn doubt(&self, test: &str, found: &Measured) -> Option<Finding> {
        [test, self.test(test)].into_iter().find_map(|test| plausibility::result(test, found))
    }

    /// The same of an upper limit of normal.
    pub fn doubt_limit(&self, test: &str, limit: &Measured) -> Option<Finding> {
        [test, self.test(test)].into_iter().find_map(|test| plausibility::upper_limit(test, limit))
    }
}

fn policy(regimen: &Regimen) -> Policy {
    let adults = regimen.eligibility.age.and_then(|age| age.from).is_some_and(|from| from >= Decimal::from(18));
    let rule: Option<&GfrRule> = regimen.drugs().find_map(|drug| drug.gfr.as_ref());
    Policy {
        adult_regimen: adults,
        body_surface_dosing: regimen.drugs().any(|drug| drug.dose.basis == Basis::PerM2),
        bsa_cap: regimen.body.as_ref().and_then(|body| body.bsa_cap).map(Bsa::value),
        creatinine_floor: rule.and_then(|rule| rule.creatinine_floor),
        gfr_cap: rule.and_then(|rule| rule.cap),
        ..Policy::default()
    }
}

/// Whether every drug dosed by body surface says, for this weight, a dose on another basis.
fn infant_rule(regimen: &Regimen, weight: Option<Weight>) -> bool {
    let Some(kg) = weight.map(Weight::value) else { return false };
    let by_surface = |dose: &ProtocolDose| dose.basis == Basis::PerM2;
    let ruled = |drug: &Drug| {
        let fits = drug.starts_by.iter().find(|start| start.when.weight.is_some_and(|range| range.holds(kg)));
        fits.is_some_and(|start| matches!(&start.dose, StartDose::Dose(dose) if !by_surface(dose)))
    };
    regimen.drugs().filter(|drug| by_surface(&drug.dose)).all(ruled)
}
