//! R130.

use crate::checker::{Context, tables};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Drug, Role, Rule};

pub const RULE: super::Rule = super::Rule::checked(codes::ONE_ROW, "one-entry-of-several", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all = tables::pairs(context);
    for (def, rule) in &all {
        let of_one_thing: Vec<&Rule> =
            all.iter().map(|(_, other)| *other).filter(|other| other.name.eq_ignore_ascii_case(&rule.name)).collect();
        let Some((left, named)) = left_out(context, rule, &of_one_thing) else { continue };
        let finding = RULE
            .finding(format!(
                "the table on {} speaks of {}, and not of {}, which is {} too",
                rule.name, named.id, left.id, left.substance
            ))
            .at(def.span.clone(), "one entry of several");
        findings.push(finding.help(format!(
            "name {} as well; where nothing follows for it, say so: do = {{ {} = …, {} = \"treat\" }}",
            left.id, named.id, left.id
        )));
    }
}

/// A drug entry of which no table on this says anything, beside another entry of the substance of which this one does.
fn left_out<'a>(context: &Context<'a>, rule: &Rule, of_one_thing: &[&Rule]) -> Option<(&'a Drug, &'a Drug)> {
    let phases = &context.regimen?.phases;
    phases.iter().find_map(|phase| {
        let mut silent = phase
            .drugs
            .iter()
            .filter(|drug| drug.role == Role::Treatment && !of_one_thing.iter().any(|rule| speaks_of(rule, &drug.id)));
        silent.find_map(|left| {
            let named = phase.drugs.iter().find(|drug| alike(drug, left) && speaks_of(rule, &drug.id))?;
            Some((left, named))
        })
    })
}

fn speaks_of(rule: &Rule, drug: &str) -> bool {
    rule.rows.iter().any(|row| tables::action(row, drug).is_some())
}

fn alike(one: &Drug, other: &Drug) -> bool {
    one.substance == other.substance
        && one.formulation == other.formulation
        && one.product == other.product
        && one.role == other.role
}
