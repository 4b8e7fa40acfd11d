//! What a regimen brings to the one check of plausibility.

use crate::finding::Finding;
use crate::plausibility::{self, Policy};
use crate::quantity::{Bsa, Decimal, Measured};
use crate::regimen::{Assigned, ConditionPart, Drug, GfrRule, KnownPart, NoDose, Phase, Regimen};

impl Regimen {
    /// What the check of plausibility must know of a regimen, and of the doses its subject is on.
    pub fn plausibility(&self, doses: &[Assigned<'_>]) -> Policy {
        let adults = self.eligibility.age.and_then(|age| age.from).is_some_and(|from| from >= Decimal::from(18));
        let rule: Option<&GfrRule> = self.drugs().find_map(|drug| drug.gfr.as_ref());
        Policy {
            adult_regimen: adults,
            body_surface_dosing: doses.iter().any(Assigned::by_surface),
            infant_rule: doses.iter().filter(|dose| dose.by_surface()).all(Assigned::for_infants),
            bsa_cap: self.body.as_ref().and_then(|body| body.bsa_cap).map(Bsa::value),
            creatinine_floor: rule.and_then(|rule| rule.creatinine_floor),
            gfr_cap: rule.and_then(|rule| rule.cap),
            uncapped: rule.map(|rule| rule.uncapped).unwrap_or_default(),
            body_surface: self.body.as_ref().is_some_and(|body| body.bsa.is_some()),
            ..Policy::default()
        }
    }

    /// The dose of each drug for a subject of whom `known` tells one thing at a time; of a drug whose dose depends on
    /// something that is not known, every dose it may be, for the check must not pass over the one that is meant.
    pub fn doses_for<'r, E>(
        &'r self,
        is_given: impl Fn(&Phase, &Drug) -> bool,
        mut known: impl FnMut(&'r Drug, ConditionPart<'_>) -> Result<KnownPart, E>,
    ) -> Vec<Assigned<'r>> {
        let mut doses = Vec::new();
        for phase in &self.phases {
            for drug in phase.drugs.iter().filter(|drug| is_given(phase, drug)) {
                match drug.dosing.for_subject(|asked| known(drug, asked)) {
                    Ok(assigned) => doses.push(assigned),
                    Err(NoDose::Unknown(_)) => doses.extend(drug.dosing.options()),
                    Err(NoDose::NotInRow(_) | NoDose::NotInCohort(_) | NoDose::NoRow) => {}
                }
            }
        }
        doses
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
