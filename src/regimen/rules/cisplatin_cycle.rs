//! R068.

use crate::finding::Finding;
use crate::quantity::{Basis, Decimal};
use crate::regimen::rules::{Context, figures};

rule! {
    /// Cisplatin above 100 mg/m2 in one cycle.
    ///
    /// The label carries a boxed warning: a daily dose taken for the dose of a cycle. Above 100 mg/m2 in a cycle is rarely used and is verified with the prescriber.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "cisplatin"
    /// id = "study-drug"
    /// days = [1, 2]
    /// missed = "ask"
    /// cycle_total = "140 mg/m2"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "cisplatin"
    /// id = "study-drug"
    /// dose = "20 mg/m2"
    /// days = { from = 1, through = 5 }
    /// missed = "ask"
    /// cycle_total = "100 mg/m2"
    /// source = "trial"
    /// ```
    CISPLATIN, "cisplatin-cycle-dose", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(def, _)| figures::name(def) == "cisplatin") {
        let total = drug.cycle_total.unwrap_or(drug.dose);
        if total.basis == Basis::PerM2 && total.value > Decimal::ONE_HUNDRED {
            let at = def.cycle_total.as_ref().or(def.dose.as_ref());
            let place = at.map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("cisplatin comes to {total} in one cycle; above 100 mg/m2 is rarely used");
            let help = "look at the protocol once more: is this the dose of a day, or of the cycle?";
            findings.push(RULE.finding(text).at(place, "above 100 mg/m2").help(help));
        }
    }
}
