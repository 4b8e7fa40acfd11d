//! Doses in milligrams that the rounding of their own drug refuses: they are the same for everybody, so no plan can have them.

use crate::dosing;
use crate::finding::Finding;
use crate::quantity::{Amount, ProtocolDose};
use crate::regimen::{Assigned, Drug, Regimen};

use super::findings;

/// A finding for every such dose of a file.
pub fn flat_doses(regimen: &Regimen) -> Vec<Finding> {
    let drugs = regimen.drugs().filter(|drug| drug.dosing.fraction().is_none());
    drugs.flat_map(of_drug).collect()
}

fn of_drug(drug: &Drug) -> Vec<Finding> {
    let dosing = &drug.dosing;
    let whole = |one: &Assigned<'_>| one.halves.is_none() && one.percent().is_none();
    let assigned = dosing.options().filter(whole).flat_map(|one| [Some(one.dose), dosing.loading_of(&one)]);
    let ramp = dosing.ramp.iter().map(|step| Some(step.dose));
    let levels = dosing.ladders().flat_map(|ladder| &ladder.steps).map(|step| step.dose);
    let doses = assigned.chain(ramp).chain(levels).flatten();
    let mut flat: Vec<Amount> = Vec::new();
    for amount in doses.filter_map(|dose: ProtocolDose| dose.flat()) {
        if !flat.contains(&amount) {
            flat.push(amount);
        }
    }
    let refused = flat.into_iter().filter_map(|amount| dosing::rounded(drug, amount).err());
    refused.map(|error| findings::never_given(&error)).collect()
}
