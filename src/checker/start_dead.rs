//! R088.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Condition, Range, TestRange};

pub const RULE: Rule = Rule::checked(codes::START_DEAD, "starting-dose-unreachable", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let rows = def.start.iter().flat_map(|list| &list.value);
        for (at, (row, start)) in rows.zip(&drug.starts_by).enumerate() {
            let dead = drug.starts_by.iter().take(at).any(|earlier| covers(&earlier.when, &start.when));
            if dead {
                let finding =
                    RULE.finding("an earlier row takes everybody this row is for").at(row.span.clone(), "never used");
                findings.push(finding.help("put the narrower condition first, or correct its limits"));
            }
        }
    }
}

/// Whether everybody who meets `inner` meets `outer` too.
fn covers(outer: &Condition, inner: &Condition) -> bool {
    let genotype = outer.genotype.is_none() || outer.genotype == inner.genotype;
    let ranges = [(outer.gfr, inner.gfr), (outer.age, inner.age), (outer.weight, inner.weight), (outer.bsa, inner.bsa)];
    let tests = outer.tests.iter().all(|outer| {
        let same = |inner: &&TestRange| (&inner.test, inner.unit) == (&outer.test, outer.unit);
        inner.tests.iter().find(same).is_some_and(|inner| wider(outer.range, inner.range))
    });
    genotype
        && tests
        && ranges
            .into_iter()
            .all(|(outer, inner)| outer.is_none_or(|outer| inner.is_some_and(|inner| wider(outer, inner))))
}

fn wider(outer: Range, inner: Range) -> bool {
    let low = outer.from.is_none_or(|from| inner.from.is_some_and(|inner| inner >= from));
    let high = match (outer.through, outer.below) {
        (None, None) => true,
        (Some(through), _) => inner.through.or(inner.below).is_some_and(|top| top <= through),
        (None, Some(below)) => {
            inner.through.is_some_and(|top| top < below) || inner.below.is_some_and(|top| top <= below)
        }
    };
    low && high
}
