//! R106.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Drug, Over, RampLength};

pub const RULE: Rule = Rule::checked(codes::COUNTED_DOSES, "counted-doses", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let a_day = a_day(drug);
        let rows = def.ramp.iter().flat_map(|rows| &rows.value);
        for (row, step) in rows.zip(&drug.dosing.ramp) {
            let RampLength::Doses(doses) = step.lasts else { continue };
            if doses % a_day != 0 {
                let text = format!("{}: {doses} doses end in the middle of a day of {a_day} doses", drug.full_name());
                let finding = RULE.finding(text).at(row.span.clone(), "ends within a day");
                findings.push(finding.help("count every dose of the day (of two a day, \"4 doses\" are two days), or write days, such as \"2 days\""));
            }
        }
        if matches!(drug.over, Some(Over::ByOccurrence(_))) && drug.runs_at_home() {
            let text = format!("{}: a run at home shows one length of infusion for all its doses", drug.full_name());
            let finding = RULE.finding(text).at(def.span.clone(), "infusions of different length");
            findings.push(
                finding.help("write the first infusions as a drug entry of its own, each with one length under `over`"),
            );
        }
    }
}

/// How many doses a day holds.
fn a_day(drug: &Drug) -> u32 {
    let hours = drug.hours.as_ref().and_then(|hours| u32::try_from(hours.at.len()).ok());
    hours.unwrap_or(drug.times).max(1)
}
