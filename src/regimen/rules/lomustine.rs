//! R067.

use crate::finding::Finding;
use crate::regimen::model::{Days, Phase};
use crate::regimen::rules::{Context, figures};

rule! {
    /// Lomustine more often than every six weeks.
    ///
    /// It is one dose in six weeks: taken daily, or three cycles at once, it has killed. The label: never earlier than six weeks after the last dose.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "lomustine"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// length = "42 days"
    /// source = "trial"
    ///
    /// [[drug]]
    /// name = "lomustine"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    LOMUSTINE, "lomustine-interval", Block, check
}

/// Six weeks.
const LEAST: i32 = 42;

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(def, _)| figures::name(def) == "lomustine") {
        let short = |phase: &Phase| phase.cycle.length < LEAST && phase.drugs.iter().any(|one| one.id == drug.id);
        let phases = context.regimen.into_iter().flat_map(|regimen| &regimen.phases);
        let often = !matches!(&drug.days, Days::List(list) if list.len() == 1) || drug.times > 1;
        if often || phases.into_iter().any(short) {
            let place = def.name.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let finding = RULE.finding("lomustine is given once in six weeks, and this plan gives it more often");
            let help = "write one day in a cycle of 42 days or more";
            findings.push(finding.at(place, "more often than every 42 days").help(help));
        }
    }
}
