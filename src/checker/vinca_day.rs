//! R070.

use crate::checker::{Context, figures, timing};
use crate::finding::Finding;
use crate::regimen::Drug;

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

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all: Vec<_> = context.pairs().collect();
    for (def, drug) in all.iter().filter(|(def, _)| figures::vinca(def).is_some()) {
        let phase = context.phase_of(drug);
        let here = |other: &Drug| phase.is_some_and(|phase| phase.drugs.iter().any(|one| std::ptr::eq(one, other)));
        let beside = all.iter().find(|(other, one)| {
            figures::spinal(other) && !std::ptr::eq(*one, *drug) && here(one) && timing::share_a_day(drug, one)
        });
        if let (Some((_, other)), Some(name)) = (beside, &def.name) {
            let text = format!("{} falls on the same day as intrathecal {}", name.value, other.full_name());
            let finding = RULE.finding(text).at(name.span.clone(), "beside an intrathecal drug");
            findings.push(finding.help("plan them on different days, or say in the protocol how they are kept apart"));
        }
    }
}
