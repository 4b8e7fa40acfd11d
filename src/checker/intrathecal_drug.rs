//! R071.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::INTRATHECAL_DRUG, "intrathecal-drug", Severity::Warn, check);

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
