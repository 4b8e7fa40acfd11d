//! What several rules read of the tables of dose modifications.

use crate::format::definition::{ActionsDef, At, RuleDef, RuleRowDef, Table};
use crate::quantity::Decimal;
use crate::regimen::{Action, LooksAt, Range, Rule, RuleRow};

use super::Context;

/// Every table of rules as written, with what it means; none where the file has no meaning.
pub(super) fn pairs<'a>(context: &Context<'a>) -> Vec<(&'a Table<RuleDef>, &'a Rule)> {
    let rules = context.regimen.map_or(&[][..], |regimen| regimen.rules.as_slice());
    context.definition.rule.iter().zip(rules).collect()
}

/// Every row as written, with what it means.
pub(super) fn rows<'a>(
    def: &'a Table<RuleDef>,
    rule: &'a Rule,
) -> impl Iterator<Item = (&'a Table<RuleRowDef>, &'a RuleRow)> {
    def.rows.iter().zip(&rule.rows)
}

/// The texts of `do`, `then` or `if_longer`.
pub(super) fn actions(def: &ActionsDef) -> Vec<&At<String>> {
    match def {
        ActionsDef::Text(at) => vec![at],
        ActionsDef::Table(table) => table.value.values().collect(),
    }
}

/// What a row says of a drug; nothing where it does not name it.
pub(super) fn action(row: &RuleRow, drug: &str) -> Option<Action> {
    row.actions.iter().find(|(id, _)| id == drug).map(|(_, action)| *action)
}

/// A row without a range is about every value.
pub(super) fn is_about(row: &RuleRow, value: Decimal) -> bool {
    row.on.is_none_or(|range| range.holds(value))
}

/// Values that stand for all others: every grade, or every figure that bounds a range, one between each two of them, one
/// below and one above.
pub(super) fn values<'a>(looks_at: &LooksAt, ranges: impl Iterator<Item = &'a Range>) -> Vec<Decimal> {
    if matches!(looks_at, LooksAt::Grade { .. }) {
        return (0..=5).map(Decimal::from).collect();
    }
    let mut cuts = vec![Decimal::ZERO];
    cuts.extend(ranges.flat_map(|range| [range.from, range.above, range.through, range.below]).flatten());
    cuts.sort_unstable();
    cuts.dedup();
    let between = cuts.windows(2).filter_map(|pair| match pair {
        [low, high] => low.checked_add(*high)?.checked_div(Decimal::TWO),
        _ => None,
    });
    let above = cuts.last().and_then(|last| last.checked_add(Decimal::ONE));
    let mut values: Vec<Decimal> = between.chain(above).chain(cuts.iter().copied()).collect();
    values.sort_unstable();
    values
}
