//! R070.

use crate::finding::Finding;
use crate::regimen::definition::{DrugDef, Table};
use crate::regimen::rules::{Context, figures};

rule! {
    /// A vinca alkaloid and an intrathecal drug on one day.
    ///
    /// Every intrathecal vincristine was meant for a vein and lay beside a syringe for the spine. Where both fall on one day, the protocol plans them apart in time and place (WHO, Information Exchange System alert 115, 2007).
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "vincristine"
    /// id = "study-drug"
    /// source = "trial"
    ///
    /// [[drug]]
    /// name = "methotrexate"
    /// dose = "12 mg"
    /// route = "intrathecal"
    /// days = [1]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "vincristine"
    /// id = "study-drug"
    /// cap = "2 mg"
    /// source = "trial"
    ///
    /// [[drug]]
    /// name = "methotrexate"
    /// dose = "12 mg"
    /// route = "intrathecal"
    /// days = [2]
    /// source = "trial"
    /// ```
    VINCA_DAY, "vinca-and-intrathecal", Warn, check
}

const VINCA: &[&str] = &["vincristine", "vinblastine", "vinorelbine", "vindesine"];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let phases = context.definition.phase.iter().map(|phase| phase.drug.as_slice());
    for drugs in std::iter::once(context.definition.drug.as_slice()).chain(phases) {
        for drug in drugs.iter().filter(|drug| VINCA.iter().any(|vinca| figures::name(drug).contains(vinca))) {
            let beside = drugs.iter().find(|other| figures::spinal(other) && same_day(drug, other));
            if let (Some(other), Some(name)) = (beside, &drug.name) {
                let text = format!("{} falls on the same day as intrathecal {}", name.value, figures::name(other));
                let finding = RULE.finding(text).at(name.span.clone(), "beside an intrathecal drug");
                findings.push(finding.help("plan them on different days, or say in the protocol how they are kept apart"));
            }
        }
    }
}

fn same_day(one: &Table<DrugDef>, other: &Table<DrugDef>) -> bool {
    let days = figures::days(other);
    figures::days(one).iter().any(|day| days.contains(day))
}
