//! R088.

use crate::checker::Context;
use crate::finding::Finding;
use crate::regimen::{Condition, Range, TestRange};

rule! {
    /// A starting dose that no subject can reach, because an earlier row takes everybody it is for.
    ///
    /// The first row that fits applies. A row behind one that covers it is never used: the order is wrong, or a limit is.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// start = [{ when = { weight = { through = "60 kg" } }, dose = "60 mg/m2" }, { when = { weight = { through = "45 kg" } }, dose = "50 mg/m2" }]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// start = [{ when = { weight = { through = "45 kg" } }, dose = "50 mg/m2" }, { when = { weight = { through = "60 kg" } }, dose = "60 mg/m2" }]
    /// source = "trial"
    /// ```
    START_DEAD, "starting-dose-unreachable", Block, check
}

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
