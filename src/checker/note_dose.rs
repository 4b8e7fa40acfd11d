//! R043.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::DrugDef;
use crate::quantity::{DoseUnit, number};

pub const RULE: Rule = Rule::checked(codes::NOTE_DOSE, "dose-in-note", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let Some(note) = &drug.note else { continue };
        let own = own_figures(drug);
        for dose in doses(&note.value).filter(|dose| !own.contains(dose)) {
            let text = format!("the note says {dose}, which is not a figure of this drug");
            let finding = RULE.finding(text).at(note.span.clone(), "no rule reads a note");
            findings.push(finding.help("write the figure into its key, or leave it out of the note"));
        }
    }
}

/// Every figure with a dose unit in a text, as `70 mg/m2`.
fn doses(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = || text.split_whitespace().map(|word| word.trim_matches([',', '.', ';', ':', '(', ')']));
    words().zip(words().skip(1).chain([""])).filter_map(|(number, unit)| {
        let parts = number::split(number, "").ok()?;
        let unit = if parts.unit.is_empty() { unit } else { parts.unit };
        let bare = unit.split('/').next().unwrap_or_default();
        let known = DoseUnit::read(bare).map_or_else(|instead| instead.is_some(), |_| true);
        known.then(|| format!("{} {unit}", number::plain(parts.value)))
    })
}

fn own_figures(drug: &DrugDef) -> Vec<String> {
    let texts = figures::texts(drug);
    texts.iter().flat_map(|text| doses(text).collect::<Vec<_>>()).collect()
}
