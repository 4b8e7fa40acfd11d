//! R104.

use crate::checker::Context;
use crate::finding::Finding;
use crate::format::definition::DrugDef;
use crate::quantity::Decimal;
use crate::regimen::{Drug, Loading, Spread, Stated};

rule! {
    /// A loading dose that can be read in two ways.
    ///
    /// `loading` is one administration, the first. In a run at home it would stand for every dose of the run; beside `total` or
    /// `dose_per_day`, or over more than 24 hours, it may be all of it or a day's; beside steps two first doses contradict each
    /// other; beside doses by cohort, or rows of a table of which one brings none of its own, it belongs to one of them and would
    /// be given to all.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// route = "oral"
    /// given = "home"
    /// days = { from = 1, through = 5 }
    /// missed = "skip"
    /// cycle_total = "350 mg/m2"
    /// loading = { dose = "90 mg/m2", again_after = "never" }
    /// # no over
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// loading = { dose = "90 mg/m2", again_after = "never" }
    /// source = "trial"
    /// ```
    LOADING_UNCLEAR, "loading-unclear", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let (Some(table), Some(loading)) = (&def.loading, &drug.loading) else { continue };
        if let Some((text, help)) = unclear(def, drug, loading) {
            findings.push(
                RULE.finding(format!("{}: {text}", drug.full_name())).at(table.span.clone(), "not clear").help(help),
            );
        }
    }
}

fn unclear(def: &DrugDef, drug: &Drug, loading: &Loading) -> Option<(&'static str, &'static str)> {
    let of_all = def.loading.as_ref().is_some_and(|table| table.dose.is_some());
    if drug.runs_at_home() {
        return Some((
            "a loading dose is one administration, and a run at home has one dose throughout",
            "write the first dose as a drug entry of its own (an `id`, days = [1], cycles = { through = 1 }), and the days after it as another with `by_cycle`",
        ));
    }
    if drug.spread != Spread::Each || long(loading) {
        return Some((
            "a loading dose of a long infusion may be all of it or that of each 24 hours",
            "write the first infusion as a drug entry of its own (an `id`, cycles = { through = 1 }), with `dose`, `total` or `dose_per_day` and `over`",
        ));
    }
    if !drug.ramp.is_empty() {
        return Some(("`loading` begins above the full dose and `ramp` below it", "keep the one that the source says"));
    }
    if !drug.by_cohort.is_empty() {
        return Some((
            "one loading dose stands beside the different doses of the cohorts",
            "write the drug once for each cohort (an `id` and `cohorts` each), with its own `dose` and `loading`",
        ));
    }
    let bare = drug.table.iter().any(|row| row.dose.is_some() && row.loading.is_none());
    (of_all && bare).then_some((
        "one loading dose stands beside rows of different doses",
        "write in every row its own `loading`; `loading` of the drug then says `again_after` only",
    ))
}

fn long(loading: &Loading) -> bool {
    let day = Decimal::from(24 * 60);
    matches!(loading.over, Some(Stated::Is(period)) if period.minutes().is_some_and(|minutes| minutes > day))
}
