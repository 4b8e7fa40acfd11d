//! R103.

use crate::checker::{Context, tables};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Decimal;
use crate::regimen::{LooksAt, Rule, RuleRow};

pub const RULE: super::Rule = super::Rule::checked(codes::RULES_CONTRADICT, "rules-contradict", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all = tables::pairs(context);
    for (at, (def, rule)) in all.iter().enumerate() {
        let earlier = all.iter().take(at).map(|(_, other)| other);
        for other in earlier.filter(|other| alike(rule, other)) {
            if let Some(text) = contradiction(other, rule) {
                let finding = RULE.finding(text).at(def.span.clone(), "the second table");
                findings.push(
                    finding.help(
                        "put both into one table, or name the drugs of each; the advice follows what goes furthest",
                    ),
                );
            }
        }
    }
}

/// Whether both look at the same thing, in figures that can be compared.
fn alike(rule: &Rule, other: &Rule) -> bool {
    let kind = match (&rule.looks_at, &other.looks_at) {
        (LooksAt::Test { unit }, LooksAt::Test { unit: of }) => unit == of,
        (LooksAt::Grade { .. }, LooksAt::Grade { .. }) | (LooksAt::Event, LooksAt::Event) => true,
        _ => false,
    };
    let apart =
        !rule.days.is_empty() && !other.days.is_empty() && !rule.days.iter().any(|day| other.days.contains(day));
    kind && !apart && rule.name.eq_ignore_ascii_case(&other.name)
}

fn contradiction(one: &Rule, other: &Rule) -> Option<String> {
    let ranges: Vec<_> = one.rows.iter().chain(&other.rows).filter_map(|row| row.on).collect();
    let values = tables::values(&one.looks_at, ranges.iter());
    values.into_iter().find_map(|value| {
        let pairs = about(one, value).flat_map(|row| about(other, value).map(move |with| (row, with)));
        pairs.into_iter().find_map(|(row, with)| differing(one, row, other, with))
    })
}

fn about(rule: &Rule, value: Decimal) -> impl Iterator<Item = &RuleRow> {
    rule.rows.iter().filter(move |row| tables::is_about(row, value))
}

/// The first drug of which two rows that hold together say different things.
fn differing(one: &Rule, row: &RuleRow, other: &Rule, with: &RuleRow) -> Option<String> {
    let said = row.actions.iter().filter(|_| together(row, with));
    let (drug, first, second) = said
        .filter_map(|(drug, first)| Some((drug, *first, tables::action(with, drug)?)))
        .find(|(_, first, second)| first != second)?;
    Some(format!(
        "two tables look at {}, and of {drug} one says \"{}\" ({}), the other \"{}\" ({})",
        one.name,
        first.words(),
        one.row_words(row),
        second.words(),
        other.row_words(with)
    ))
}

/// Whether one subject can be in both rows at once.
fn together(row: &RuleRow, with: &RuleRow) -> bool {
    let apart = row.with.iter().any(|(what, there)| with.with.iter().any(|(other, is)| what == other && there != is));
    let often = match (row.occurrence, with.occurrence) {
        (Some((first, last)), Some((from, through))) => {
            last.is_none_or(|last| last >= from) && through.is_none_or(|through| through >= first)
        }
        _ => true,
    };
    let asked = row.when == with.when || row.when.asks().is_empty() || with.when.asks().is_empty();
    !apart && often && asked
}
