//! R104.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Decimal;
use crate::regimen::{Drug, Loading, Spread, Stated};

pub const RULE: Rule = Rule::checked(codes::LOADING_UNCLEAR, "loading-unclear", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let (Some(table), Some(loading)) = (&def.loading, &drug.dosing.loading) else { continue };
        if let Some((text, help)) = unclear(drug, loading) {
            findings.push(
                RULE.finding(format!("{}: {text}", drug.full_name())).at(table.span.clone(), "not clear").help(help),
            );
        }
    }
}

fn unclear(drug: &Drug, loading: &Loading) -> Option<(&'static str, &'static str)> {
    let of_all = loading.dose.is_some();
    if drug.runs_at_home() {
        return Some((
            "a loading dose is one administration, and a run at home has one dose throughout",
            "write the first dose as a drug entry of its own (an `id`, days = [1], cycles = { through = 1 }), and the days after it as another with `by_cycle`",
        ));
    }
    if drug.dosing.spread != Spread::Each || long(loading) {
        return Some((
            "a loading dose of a long infusion may be all of it or that of each 24 hours",
            "write the first infusion as a drug entry of its own (an `id`, cycles = { through = 1 }), with `dose`, `total` or `dose_per_day` and `over`",
        ));
    }
    if !drug.dosing.ramp.is_empty() {
        return Some(("`loading` begins above the full dose and `ramp` below it", "keep the one that the source says"));
    }
    if !drug.dosing.cohorts().is_empty() {
        return Some((
            "one loading dose stands beside the different doses of the cohorts",
            "write the drug once for each cohort (an `id` and `cohorts` each), with its own `dose` and `loading`",
        ));
    }
    let bare = drug.dosing.rows().iter().any(|row| row.dose.is_some() && row.loading.is_none());
    (of_all && bare).then_some((
        "one loading dose stands beside rows of different doses",
        "write in every row its own `loading`; `loading` of the drug then says `again_after` only",
    ))
}

fn long(loading: &Loading) -> bool {
    let day = Decimal::from(24 * 60);
    matches!(loading.over, Some(Stated::Is(period)) if period.minutes().is_some_and(|minutes| minutes > day))
}
