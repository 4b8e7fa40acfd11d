//! R097.

use crate::checker::{Context, tables};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Decimal;
use crate::regimen::{Action, Range, Rule, RuleRow};

pub const RULE: super::Rule = super::Rule::checked(codes::UNTIL_WORSE, "until-not-better", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, rule) in tables::pairs(context) {
        for (row_def, row) in tables::rows(def, rule) {
            let (Some(place), Some(until)) = (&row_def.until, row.until) else { continue };
            if let Some(text) = wrong(rule, row, until) {
                let finding = RULE.finding(text).at(place.span.clone(), "the wait ends here");
                findings.push(finding.help(
                    "say what must be reached: values outside this row, for which the table says something milder",
                ));
            }
        }
    }
}

fn wrong(rule: &Rule, row: &RuleRow, until: Range) -> Option<String> {
    let ranges = rule.rows.iter().flat_map(|row| [row.on, row.until]).flatten().collect::<Vec<_>>();
    let ends: Vec<Decimal> =
        tables::values(&rule.looks_at, ranges.iter()).into_iter().filter(|value| until.holds(*value)).collect();
    let reached = rule.range_words(until);
    // What happens beside the value may be what is waited out: `with = "fever"`.
    let beside = row.with.iter().any(|(_, there)| *there);
    let both = row.on.filter(|on| ends.iter().any(|value| on.holds(*value)));
    if let Some(on) = both.filter(|_| !beside) {
        return Some(format!(
            "{} waits until {reached}, and some of that is in the row itself: the wait ends where it begins",
            rule.range_words(on)
        ));
    }
    let no_better = |(drug, _): &&(String, Action)| !ends.iter().any(|value| milder(rule, row, drug, *value));
    let (drug, _) = row.actions.iter().filter(|(_, action)| waits(*action)).find(no_better)?;
    Some(format!(
        "{drug} waits until {reached}, where the table says nothing milder: that is no better than what it waits out"
    ))
}

fn waits(action: Action) -> bool {
    matches!(action, Action::Hold | Action::Delay | Action::Omit | Action::Ask)
}

/// Whether, of this value, the table says something that goes less far than the row does.
fn milder(rule: &Rule, row: &RuleRow, drug: &str, value: Decimal) -> bool {
    let severity = |row: &RuleRow| tables::action(row, drug).map_or(0, Action::severity);
    let there = rule.rows.iter().filter(|other| tables::is_about(other, value)).map(severity).min();
    there.is_none_or(|there| there < severity(row))
}
