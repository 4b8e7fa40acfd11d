//! R074.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::{Basis, Decimal};

rule! {
    /// A target AUC outside 1.5 to 7.
    ///
    /// AUC 2 weekly to AUC 7 is what protocols use; AUC 50, or AUC 0.5, is a slip of the point. The limit is this checker's own.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "carboplatin"
    /// id = "study-drug"
    /// dose = "AUC 50"
    /// gfr = { formula = "cockcroft-gault", weight = "actual", creatinine_floor = "none", cap = "none", places = 0, recalculate = "every cycle" }
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "carboplatin"
    /// id = "study-drug"
    /// dose = "AUC 5"
    /// gfr = { formula = "cockcroft-gault", weight = "actual", creatinine_floor = "none", cap = "none", places = 0, recalculate = "every cycle" }
    /// source = "trial"
    /// ```
    AUC_RANGE, "auc-range", Warn, check
}

const LEAST: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
const MOST: Decimal = Decimal::from_parts(7, 0, 0, false, 0);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let targets = figures::full_doses(drug).into_iter().filter(|(_, dose)| dose.basis == Basis::Auc);
        for (at, dose) in targets.filter(|(_, dose)| dose.value < LEAST || dose.value > MOST) {
            let text = format!("{dose} is no target that protocols use: they lie from AUC 1.5 to AUC 7");
            findings.push(RULE.finding(text).at(at.span.clone(), "unusual target").help("look at the point"));
        }
    }
}
