//! R072.

use crate::finding::Finding;
use crate::quantity::DoseUnit;
use crate::regimen::rules::{Context, figures};

rule! {
    /// A mass for a drug that is measured in units.
    ///
    /// Bleomycin, asparaginase, heparin and insulin are dosed in units of activity. A mass there is another product's figure, or a unit that was lost on the way.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "bleomycin"
    /// id = "study-drug"
    /// dose = "30 mg"
    /// # no round
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "bleomycin"
    /// id = "study-drug"
    /// dose = "30000 units"
    /// # no round
    /// source = "trial"
    /// ```
    ACTIVITY_UNITS, "mass-for-units", Block, check
}

const IN_UNITS: &[&str] = &[
    "bleomycin",
    "asparaginase",
    "crisantaspase",
    "pegaspargase",
    "calaspargase pegol",
    "heparin",
    "insulin",
    "aldesleukin",
];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| IN_UNITS.contains(&figures::name(drug).as_str())) {
        let mass = figures::dose(drug).filter(|dose| dose.unit.dimension() == DoseUnit::Mg.dimension());
        if let (Some(at), Some(dose)) = (drug.dose.as_ref().or(drug.total.as_ref()), mass) {
            let text = format!("{} is measured in units, and {dose} is a mass", figures::name(drug));
            let finding = RULE.finding(text).at(at.span.clone(), "a mass");
            findings.push(finding.help("write the protocol's figure in units; never convert it yourself"));
        }
    }
}
