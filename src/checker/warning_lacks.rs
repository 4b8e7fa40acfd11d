//! R116.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::DrugDef;
use crate::quantity::{Basis, Decimal};
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::WARNING_LACKS, "warning-lacks", Severity::Warn, check);

/// Methotrexate from this dose on needs its rescue (mg/m²); by mouth it needs the word "weekly" at any dose.
const HIGH_DOSE: Decimal = Decimal::from_parts(500, 0, 0, false, 0);

/// Second words of a conjugate, and words of formulations that are not dosed like the plain drug.
const OTHER: &[&str] = &["liposomal", "pegylated", "albumin-bound", "emtansine", "deruxtecan", "vedotin"];
const CONJUGATES: &[&str] = &["soravtansine", "ozogamicin", "govitecan", "tirumotecan", "mafodotin", "tesirine"];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(def, _)| def.warn.is_none()) {
        let Some((what, example)) = lacks(def, drug) else { continue };
        let text = format!("{} has no `warn`: {what}", drug.full_name());
        let finding = RULE.finding(text).at(def.span.clone(), "nothing on its label warns of it");
        findings.push(finding.help(format!("write what its source says in one line, such as warn = \"{example}\"")));
    }
}

/// What the warning is to be about, and one.
fn lacks(def: &DrugDef, drug: &Drug) -> Option<(&'static str, &'static str)> {
    if figures::vinca(def).is_some() {
        return Some((
            "given by another route it has killed",
            "For intravenous use only: fatal if given by other routes",
        ));
    }
    if figures::spinal(def) {
        return Some((
            "into the spine goes nothing that is not made for it",
            "For intrathecal use: nothing else on the tray",
        ));
    }
    if figures::is(def, "methotrexate") {
        let high = figures::per_size(drug, Basis::PerM2).iter().any(|dose| dose.value >= HIGH_DOSE);
        return Some(if high {
            ("from 500 mg/m2 on it needs a rescue", "With folinic acid rescue and hydration")
        } else {
            ("taken or given daily it has killed", "Once a week, never daily")
        });
    }
    if figures::is(def, "ifosfamide") {
        return Some(("it is not given without mesna", "With mesna and fluids"));
    }
    let name = drug.full_name().to_lowercase();
    let conjugate =
        CONJUGATES.iter().chain(OTHER).any(|word| name.split([' ', '-', '(', ')']).any(|part| part == *word))
            || name.contains("albumin-bound");
    conjugate.then_some(("the plain drug is dosed otherwise", "Not interchangeable with other forms of the drug"))
}
