//! R120.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{At, DrugDef};
use crate::plausibility::doses::{self, Body, Large};
use crate::quantity::{ProtocolDose, decimal, number};
use crate::regimen::{Drug, Spread};

pub const RULE: Rule = Rule::checked(codes::DOSE_LARGE, "single-dose-large", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for (def, drug) in context.pairs().filter(|(_, drug)| drug.dosing.fraction().is_none()) {
        let given = regimen.given(drug);
        let all = figures::full_doses(def).into_iter();
        let graded = all.filter_map(|(at, dose)| {
            let whole = of_all_days(drug, dose)?;
            Some((at, dose, doses::large(&given, whole, Body::REFERENCE)?))
        });
        let Some((at, dose, large)) = graded.min_by_key(|(_, _, large)| large.severity) else { continue };
        let way = given.mode.filter(|_| large.most.mode.is_some()).map_or("", |mode| mode.words());
        let of_parts = matches!(drug.dosing.spread, Spread::Divided { .. });
        let dose = of_all_days(drug, dose).filter(|_| of_parts).unwrap_or(dose);
        let text = format!(
            "{} {dose}{way} is {} times the largest single dose in use, {}",
            drug.full_name(),
            number::print(decimal::half_up(large.times, 2)),
            large.most.words(),
        );
        let severity = graded_in_file(&large, is_excepted(context, def));
        let finding = Finding::new(severity, RULE.code, text).at(at.span.clone(), "above what is given");
        findings.push(finding.help(help(severity, &large)));
    }
}

/// One administration: what stands for each 24 hours, for all of the infusion; of a day or a week one of its equal parts.
fn of_all_days(drug: &Drug, dose: ProtocolDose) -> Option<ProtocolDose> {
    let value = match drug.dosing.spread {
        Spread::PerDay { days } => dose.value.checked_mul(days)?,
        Spread::Divided { parts, .. } => dose.value.checked_div(parts.into())?,
        Spread::Each | Spread::Total { .. } => dose.value,
    };
    Some(ProtocolDose { value, ..dose })
}

/// A file is planned with what a second person confirms for each subject; with what is never given it is refused, unless a
/// source of the first tier says otherwise.
fn graded_in_file(large: &Large, excepted: bool) -> Severity {
    match large.severity {
        Severity::Block if !excepted => Severity::Block,
        Severity::Block | Severity::Confirm => Severity::Warn,
        milder => milder,
    }
}

/// Whether a source of the first tier gives the dose.
fn is_excepted(context: &Context, def: &DrugDef) -> bool {
    let Some(named) = &def.dose_exception else { return false };
    context.definition.source.iter().any(|source| {
        let is = |at: &Option<At<String>>, word: &str| at.as_ref().is_some_and(|at| at.value.trim() == word);
        is(&source.id, named.value.trim()) && is(&source.tier, "A")
    })
}

fn help(severity: Severity, large: &Large) -> String {
    let look = "is it the dose of a day, of a cycle, with a point lost? Read the source once more";
    match (severity, large.severity) {
        (Severity::Block, _) => {
            format!("{look}; if it stands there, name that source, of tier A: dose_exception = \"its id\"")
        }
        (_, Severity::Block | Severity::Confirm) => {
            format!("{look}; as it stands a second person confirms it for each subject")
        }
        _ => look.to_owned(),
    }
}
