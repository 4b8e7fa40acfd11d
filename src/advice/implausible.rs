//! What was said and cannot be meant: the same limits and the same reading of a genotype as everywhere else.

use crate::finding::{Finding, Severity};
use crate::plausibility::{self, Measurements};
use crate::quantity::{Age, Gfr, Weight};
use crate::regimen::genotype;
use crate::regimen::{Drug, Regimen};

use super::Observations;

/// What blocks, what is unusual, and a genotype that the file does not name; the gravest first. While anything blocks,
/// nothing is looked up.
pub fn implausible(regimen: &Regimen, observed: &Observations) -> Vec<Finding> {
    let weight = observed.weight.map(Weight::new);
    let gfr = observed.gfr.map(Gfr::Absolute);
    let measured = Measurements { age: observed.age.map(Age::new), weight, gfr, ..Measurements::default() };
    let in_cohort =
        |drug: &Drug| drug.cohorts.is_empty() || observed.cohort.as_ref().is_none_or(|own| drug.cohorts.contains(own));
    let doses = regimen.doses_for(|_, drug| in_cohort(drug), |_, asked| observed.known(asked).ok_or(()));
    let mut told = plausibility::check(&measured, &regimen.plausibility(&doses));
    told.retain(|finding| finding.severity != Severity::Note);
    // A look-up calculates no dose: what a dose would wait for is told, and stops nobody here.
    for finding in told.iter_mut().filter(|finding| finding.severity == Severity::Confirm) {
        finding.severity = Severity::Warn;
    }
    told.extend(observed.bsa.and_then(plausibility::surface_typed));
    told.extend(observed.tests.iter().filter_map(|(test, found)| regimen.doubt(test, found)));
    told.extend(observed.limits.iter().filter_map(|(test, limit)| regimen.doubt_limit(test, limit)));
    told.extend(about_genotype(regimen, observed));
    told.sort_by_key(|finding| finding.severity);
    told
}

fn about_genotype(regimen: &Regimen, observed: &Observations) -> Option<Finding> {
    let typed = observed.genotype.as_deref().filter(|_| genotype::is_asked(regimen))?;
    match genotype::read(regimen, typed) {
        Ok(genotype) => genotype::note(regimen, &genotype),
        Err(finding) => Some(finding),
    }
}

/// The genotype in the spelling that is used, with what was typed where that is another.
pub(super) fn respell(regimen: &Regimen, observed: &mut Observations) -> Option<(String, String)> {
    let typed = observed.genotype.take()?;
    let used = genotype::spelled(regimen, &typed);
    observed.genotype = Some(used.clone());
    (used != typed).then_some((typed, used))
}
