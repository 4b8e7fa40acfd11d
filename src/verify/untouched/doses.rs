//! Doses that nobody has worked out: of whom, at which level, loading, of a ramp, capped, rounded.

use crate::regimen::{Assigned, Ladder, Rounding, Start, Whom};
use crate::verify::seen::Seen;

use super::about::{About, Untouched};

const DOSE: &str = "date = , dose = \"\"";

pub(super) fn gaps(about: &About<'_>) -> Vec<Untouched> {
    let dosing = &about.drug.dosing;
    let mut gaps: Vec<Untouched> =
        dosing.options().filter(|one| !is_tried(about, one)).map(|one| whom(about, &one)).collect();
    for ladder in dosing.ladders() {
        gaps.extend(levels(about, ladder));
    }
    let loading = dosing.loading.is_some() && !rows(about).any(|row| row.loading);
    gaps.extend(loading.then(|| about.gap(", the loading dose", "", about.row(DOSE))));
    for (at, step) in dosing.ramp.iter().enumerate() {
        let tried = rows(about).any(|row| row.per == step.dose);
        let row = about.row(DOSE);
        gaps.extend((!tried).then(|| about.gap(&format!(", step {} of the ramp", at + 1), "", row)));
    }
    let sized = dosing.options().any(|one| one.dose.flat().is_none());
    let cap = sized && !about.drug.caps.is_empty() && !about.rows.iter().any(|row| row.capped);
    gaps.extend(cap.then(|| about.gap(", capped", "# large enough to be capped", about.row(DOSE))));
    let rounds = matches!(about.drug.rounding, Rounding::Step { .. } | Rounding::Bands { .. });
    let rounded = sized && rounds && !about.rows.iter().any(|row| row.rounded);
    let size = "# of a size at which the rounding shows";
    gaps.extend(rounded.then(|| about.gap(", with a rounding that shows", size, about.row(DOSE))));
    gaps
}

/// The rows that say a dose.
fn rows<'a>(about: &'a About<'_>) -> impl Iterator<Item = &'a Seen> {
    about.rows.iter().copied().filter(|row| row.wanted.dose.is_some())
}

fn is_tried(about: &About<'_>, one: &Assigned<'_>) -> bool {
    rows(about).any(|row| {
        row.start.is_none_or(|(dose, percent, protocol)| {
            percent == one.percent() && protocol == one.protocol && (percent.is_some() || dose == one.dose)
        })
    })
}

/// A dose of the protocol, or the one that a starting rule makes of it.
fn whom(about: &About<'_>, one: &Assigned<'_>) -> Untouched {
    let started =
        one.start.map_or(String::new(), |start: &Start| format!(" starting with {}", start.when.words().join(" and ")));
    let (what, subject) = match one.whom {
        Whom::Everybody => (String::new(), String::new()),
        Whom::Row(row) => {
            let words = row.when.words().join(" and ");
            (format!(" for {words}"), format!("# {words}"))
        }
        Whom::Cohort(id) => (format!(" for cohort {id}"), format!("cohort = \"{id}\"")),
    };
    let subject = match one.start {
        Some(start) => format!("# {}", start.when.words().join(" and ")),
        None => subject,
    };
    about.gap(&format!("{what}{started}"), subject, about.row(DOSE))
}

/// Every level of a ladder at which no row gives the drug.
fn levels(about: &About<'_>, ladder: &Ladder) -> Vec<Untouched> {
    let numbered = (1_i32..).zip(&ladder.steps);
    let untried = numbered.filter(|(number, step)| {
        let at_level = |row: &Seen| row.level == -number && step.dose.is_none_or(|dose| row.per == dose);
        !rows(about).any(at_level)
    });
    let gap = |(number, _)| {
        let subject = format!("level = {{ \"{}\" = -{number} }}", about.drug.id);
        about.gap(&format!(" at dose level -{number}"), subject, about.row(DOSE))
    };
    untried.map(gap).collect()
}
