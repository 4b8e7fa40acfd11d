//! Measurements that formulas are given, looked at before anything is calculated.

use crate::failure::Failure;
use crate::finding::Finding;
use crate::formula::Inputs;
use crate::plausibility::{self, Measurements, Policy};

use super::Output;

/// The inputs of a formula as measurements, before any of them is used.
pub fn measurements(inputs: &Inputs) -> Measurements {
    Measurements {
        height: inputs.height,
        weight: inputs.weight,
        age: inputs.age,
        sex: inputs.sex,
        creatinine: inputs.creatinine,
        gfr: inputs.gfr,
        auc: inputs.target_auc,
        ..Measurements::default()
    }
}

/// Stops at what blocks, before anything is calculated; says nothing of the rest yet.
pub fn stop(subject: &Measurements, policy: &Policy) -> Result<(), Failure> {
    let findings = plausibility::check(subject, policy);
    if crate::finding::blocks(&findings) { Err(Failure::blocked(findings)) } else { Ok(()) }
}

/// Tells of everything that is questionable, and stops at what blocks.
pub fn guard(subject: &Measurements, policy: &Policy, output: &mut Output) -> Result<Vec<Finding>, Failure> {
    let findings = plausibility::check(subject, policy);
    if crate::finding::blocks(&findings) {
        return Err(Failure::blocked(findings));
    }
    for finding in &findings {
        output.finding(finding);
    }
    Ok(findings)
}
