//! R071.

use crate::checker::{Context, figures};
use crate::finding::Finding;

rule! {
    /// A drug by the intrathecal route that is not usually given there.
    ///
    /// Methotrexate, cytarabine, hydrocortisone, thiotepa, topotecan and a few antibodies are given into the cerebrospinal fluid. Anything else there is as a rule the wrong route on the right line, and can kill.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// route = "intrathecal"
    /// # no over
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "cytarabine"
    /// id = "study-drug"
    /// dose = "50 mg"
    /// route = "intrathecal"
    /// # no over
    /// # no round
    /// source = "trial"
    /// ```
    INTRATHECAL_DRUG, "intrathecal-drug", Warn, check
}

const USUAL: &[&str] = &[
    "methotrexate",
    "cytarabine",
    "hydrocortisone",
    "dexamethasone",
    "prednisolone",
    "thiotepa",
    "topotecan",
    "trastuzumab",
    "rituximab",
    "nusinersen",
    "tofersen",
];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in
        context.drugs().filter(|drug| figures::spinal(drug) && !USUAL.contains(&figures::substance(drug).as_str()))
    {
        if let (Some(route), Some(name)) = (&drug.route, &drug.name) {
            let text = format!("{} is not usually given by the {} route", name.value, route.value);
            let finding = RULE.finding(text).at(route.span.clone(), "not the usual route");
            findings.push(finding.help("read the route in the protocol once more"));
        }
    }
}
