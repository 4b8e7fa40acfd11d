//! R071.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::plausibility::doses::{Spinal, spinal};

pub const RULE: Rule = Rule::checked(codes::INTRATHECAL_DRUG, "intrathecal-drug", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    // Of a vinca alkaloid R040 tells.
    for drug in context.drugs().filter(|drug| figures::spinal(drug) && figures::vinca(drug).is_none()) {
        let (Some(route), Some(name)) = (&drug.route, &drug.name) else { continue };
        let (severity, what, help) = match spinal(&figures::substance(drug)) {
            Spinal::Usual => continue,
            Spinal::Confirmed => (
                Severity::Warn,
                "is seldom given",
                "read the route in the protocol once more; a second person confirms it for each subject",
            ),
            Spinal::Never => (Severity::Block, "is not given", "read the route in the protocol once more"),
        };
        let text = format!("{} {what} by the {} route", name.value, route.value);
        let finding = Finding::new(severity, RULE.code, text).at(route.span.clone(), "not the usual route");
        findings.push(finding.help(help));
    }
}
