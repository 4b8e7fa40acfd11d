//! R123.

use crate::checker::{Context, tables};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Action, Rule, RuleRow};

pub const RULE: super::Rule =
    super::Rule::checked(codes::LATER_MILDER, "later-occurrence-milder", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, rule) in tables::pairs(context) {
        let rows: Vec<_> = tables::rows(def, rule).collect();
        for (row_def, later) in &rows {
            let milder = rows.iter().filter(|(_, earlier)| is_before(rule, earlier, later));
            let told = milder.flat_map(|(_, earlier)| of_drugs(rule, earlier, later)).next();
            let Some(text) = told else { continue };
            let finding = RULE.finding(text).at(row_def.span.clone(), "milder than an earlier occurrence");
            findings.push(finding.help("compare both rows with the source: they may have been exchanged"));
        }
    }
}

/// Whether one row is about an earlier occurrence of the same thing.
fn is_before(rule: &Rule, earlier: &RuleRow, later: &RuleRow) -> bool {
    let (Some((_, Some(last))), Some((first, _))) = (earlier.occurrence, later.occurrence) else { return false };
    let ranges = [earlier.on, later.on];
    let values = tables::values(&rule.looks_at, ranges.iter().flatten());
    let both = |value: &_| tables::is_about(earlier, *value) && tables::is_about(later, *value);
    last < first && earlier.with == later.with && earlier.when == later.when && values.iter().any(both)
}

/// Each drug for which the later row says less, now or when treatment goes on.
fn of_drugs(rule: &Rule, earlier: &RuleRow, later: &RuleRow) -> Vec<String> {
    let each = later.actions.iter().filter_map(|(drug, now)| {
        let before = tables::action(earlier, drug)?;
        let then =
            |row: &RuleRow| row.then.iter().find(|(id, _)| id == drug).map_or(Action::Treat, |(_, action)| *action);
        // What the source leaves to the prescriber is neither milder nor harder than anything.
        let asks = [before, *now, then(earlier), then(later)].contains(&Action::Ask);
        let same = now.severity() == before.severity();
        let less = now.severity() < before.severity() || (same && then(later).severity() < then(earlier).severity());
        let more_dose = same && is_more(before, *now);
        (!asks && (less || more_dose)).then(|| {
            format!(
                "{}: of {drug}, {} says \"{}\" and {} says \"{}\"",
                rule.name,
                rule.row_words(earlier),
                before.words(),
                rule.row_words(later),
                now.words()
            )
        })
    });
    each.collect()
}

/// Whether the second leaves a larger dose.
fn is_more(one: Action, other: Action) -> bool {
    match (one, other) {
        (Action::Percent(first, of), Action::Percent(second, with)) => of == with && second > first,
        (Action::Level(first), Action::Level(second)) => second > first,
        (Action::Down(first), Action::Down(second)) => second < first,
        _ => false,
    }
}
