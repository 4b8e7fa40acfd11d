//! Measurements that formulas are given, looked at before anything is calculated.

use crate::calculator;
use crate::course::{self, Answered};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::formula::Inputs;
use crate::plausibility::{self, Measurements, Policy};
use crate::subject::Subject;

use super::Output;
use super::confirm::Confirming;
use super::facts::{Echo, Facts, Known};
use super::units;

/// The inputs of a formula as measurements, before any of them is used.
pub fn measurements(inputs: &Inputs, known: &Known) -> Measurements {
    calculator::measurements(inputs, known.subject().corrected_age)
}

/// What was typed, each bare figure of which another unit explains more with the unit that somebody at the terminal says.
pub fn certain<A: Clone>(facts: &Facts<A>, output: &mut Output) -> Result<Facts<A>, Failure> {
    let mut facts = facts.clone();
    loop {
        let known = facts.known(&mut Echo::default())?;
        let inputs = known.inputs(&mut Echo::default())?;
        let found = plausibility::check(&measurements(&inputs, &known), &Policy::default());
        let units = units::answered(&found, output);
        if units.is_empty() {
            return Ok(facts);
        }
        facts = facts.with(units);
    }
}

/// Stops at what blocks, before anything is calculated; says nothing of the rest yet.
pub fn stop(subject: &Measurements, policy: &Policy, asked: &mut Asked<'_>) -> Result<(), Failure> {
    asked.settled(plausibility::check(subject, policy)).map(drop)
}

/// Tells of everything that is questionable, and stops at what blocks.
pub fn guard(subject: &Measurements, policy: &Policy, asked: &mut Asked<'_>) -> Result<Vec<Finding>, Failure> {
    let findings = asked.settled(plausibility::check(subject, policy))?;
    findings.iter().for_each(|finding| asked.output.finding(finding));
    Ok(findings)
}

/// Who is asked to confirm what is typed for a formula, and what was answered so far.
pub struct Asked<'a> {
    /// The options.
    pub confirming: &'a Confirming,
    /// What was typed first.
    pub subject: Subject,
    /// Where it is asked.
    pub output: &'a mut Output,
    /// What was confirmed.
    pub answered: Vec<Answered>,
}

impl<'a> Asked<'a> {
    /// Nothing was answered yet.
    pub fn of(confirming: &'a Confirming, subject: Subject, output: &'a mut Output) -> Self {
        Self { confirming, subject, output, answered: Vec::new() }
    }

    /// The findings with what is confirmed as notes; an error while any of them stops the calculation.
    fn settled(&mut self, findings: Vec<Finding>) -> Result<Vec<Finding>, Failure> {
        let mut findings = course::settle(&self.answered, findings);
        if findings.iter().all(|finding| finding.severity != Severity::Block) {
            let answers = self.confirming.answered(&findings, &self.subject, self.output)?;
            self.answered.extend(answers);
            findings = course::settle(&self.answered, findings);
        }
        if crate::finding::blocks(&findings) { Err(Failure::blocked(findings)) } else { Ok(findings) }
    }
}
