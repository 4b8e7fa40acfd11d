//! What was said and cannot be meant: the same limits and the same reading of a genotype as everywhere else.

use crate::finding::{Finding, Severity};
use crate::plausibility::{self, Measurements};
use crate::quantity::{Age, Gfr, Weight};
use crate::regimen::genotype;
use crate::regimen::{Drug, Regimen};

use super::Facts;

/// What blocks, what is unusual, and a genotype that the file does not name; the gravest first. While anything blocks,
/// nothing is looked up.
pub fn implausible(regimen: &Regimen, facts: &Facts) -> Vec<Finding> {
    let weight = facts.weight.map(Weight::new);
    let gfr = facts.gfr.map(Gfr::Absolute);
    let measured = Measurements { age: facts.age.map(Age::new), weight, gfr, ..Measurements::default() };
    let in_cohort =
        |drug: &Drug| drug.cohorts.is_empty() || facts.cohort.as_ref().is_none_or(|own| drug.cohorts.contains(own));
    let doses = regimen.doses_for(|_, drug| in_cohort(drug), |_, asked| facts.known(asked).ok_or(()));
    let mut told = plausibility::check(&measured, &regimen.plausibility(&doses));
    told.retain(|finding| finding.severity != Severity::Note);
    told.extend(facts.bsa.and_then(plausibility::surface_typed));
    told.extend(facts.tests.iter().filter_map(|(test, found)| regimen.doubt(test, found)));
    told.extend(facts.limits.iter().filter_map(|(test, limit)| regimen.doubt_limit(test, limit)));
    told.extend(about_genotype(regimen, facts));
    told.sort_by_key(|finding| finding.severity);
    told
}

fn about_genotype(regimen: &Regimen, facts: &Facts) -> Option<Finding> {
    let typed = facts.genotype.as_deref().filter(|_| genotype::is_asked(regimen))?;
    match genotype::read(regimen, typed) {
        Ok(genotype) => genotype::note(regimen, &genotype),
        Err(finding) => Some(finding),
    }
}

/// The genotype in the spelling that is used, with what was typed where that is another.
pub(super) fn respell(regimen: &Regimen, facts: &mut Facts) -> Option<(String, String)> {
    let typed = facts.genotype.take()?;
    let used = genotype::spelled(regimen, &typed);
    facts.genotype = Some(used.clone());
    (used != typed).then_some((typed, used))
}
