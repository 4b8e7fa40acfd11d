//! R098.

use crate::checker::{Context, Rule, tables};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{At, StartDef, Table};
use crate::quantity::{Decimal, ProtocolDose};
use crate::regimen::{Drug, Setting, Start, StartDose};

pub const RULE: Rule = Rule::checked(codes::RAISED_ABOVE, "raised-above-protocol", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    let rows = context.definition.rule.iter().flat_map(|rule| &rule.rows);
    let said = rows.flat_map(|row| [&row.do_, &row.then, &row.if_longer]).flatten().flat_map(tables::actions);
    findings.extend(said.filter_map(|at| percent(at, regimen.setting)));
    for (def, drug) in context.pairs() {
        let rows = def.start.iter().flat_map(|list| &list.value).zip(&drug.dosing.starts);
        findings.extend(rows.filter_map(|(def, start)| self::start(def, start, drug, regimen.setting)));
    }
}

/// More than 100 % of whatever it is of.
fn percent(at: &At<String>, setting: Setting) -> Option<Finding> {
    let (figure, _) = at.value.split_once('%')?;
    crate::quantity::number::parse(figure.trim_end()).ok().filter(|percent| *percent > Decimal::ONE_HUNDRED)?;
    let text = format!("\"{}\" is more than the whole dose: {}", at.value, why(setting));
    let finding = severe(text, setting).at(at.span.clone(), "above 100 %");
    Some(
        finding
            .help("write 100 % or less; whether a reduced dose may rise again is `raise_again` of the drug's `reduce`"),
    )
}

fn why(setting: Setting) -> &'static str {
    match setting {
        Setting::Trial => "a trial allows no increase above the protocol",
        Setting::Practice => "no advice raises a dose",
    }
}

fn severe(text: String, setting: Setting) -> Finding {
    match setting {
        Setting::Trial => RULE.finding(text),
        Setting::Practice => Finding::warn(RULE.code, text),
    }
}

fn start(def: &Table<StartDef>, start: &Start, drug: &Drug, setting: Setting) -> Option<Finding> {
    match start.dose {
        StartDose::Percent(_) => percent(def.percent.as_ref()?, setting),
        StartDose::Dose(dose) => {
            let same = drug.dosing.same().filter(|same| exceeds(dose, *same))?;
            let text =
                format!("{}: the starting dose {dose} is above the dose for everybody, {same}", drug.full_name());
            let finding = Finding::warn(RULE.code, text).at(def.dose.as_ref()?.span.clone(), "above the dose");
            Some(finding.help("compare both with the protocol; the dose is that of whoever no starting dose is for"))
        }
    }
}

fn exceeds(one: ProtocolDose, other: ProtocolDose) -> bool {
    let factor = one.unit.factor_to(other.unit).filter(|_| one.basis == other.basis);
    factor.and_then(|factor| one.value.checked_mul(factor)).is_some_and(|value| value > other.value)
}
