//! How a drug is given, where nobody has worked it out: its days, infusion time, order, vials, tablets, hours.

use crate::regimen::{Days, Over, Relative};
use crate::verify::seen::Seen;

use super::about::{About, Untouched};

pub(super) fn gaps(about: &About<'_>) -> Vec<Untouched> {
    let mut gaps = days(about);
    let drug = about.drug;
    let mut ask = |asked: bool, said: &dyn Fn(&Seen) -> bool, what: &str, open: &str| {
        let open = (asked && !about.rows.iter().any(|row| said(row))).then(|| about.gap(what, "", about.row(open)));
        gaps.extend(open);
    };
    let infused = drug.over.as_ref().is_some_and(|over| *over != Over::Unknown);
    ask(infused, &|row| row.wanted.over.is_some(), ", how long it runs", "over = \"\"");
    let ordered = matches!(drug.relative, Some(Relative::After(_)));
    ask(ordered, &|row| row.wanted.after.is_some(), ", after which drug", "after = \"\"");
    let counted = drug.vial.is_some() && !drug.is_oral_liquid();
    ask(counted, &|row| row.wanted.vials.is_some(), ", its vials", "vials = ");
    let poured = drug.vial.is_some_and(|vial| vial.volume.is_some());
    ask(poured, &|row| row.wanted.volume.is_some(), ", its volume", "volume = \"\"");
    ask(drug.tablets.is_some(), &|row| row.wanted.tablets.is_some(), ", its tablets", "tablets = { \"\" =  }");
    ask(drug.hours.is_some(), &|row| row.wanted.hour.is_some(), ", at which hour", "hour = \"\"");
    gaps
}

/// Every day of a list; of a run the last day, and that nothing is given on the day after it.
fn days(about: &About<'_>) -> Vec<Untouched> {
    match &about.drug.days {
        Days::EveryDay => Vec::new(),
        Days::List(days) => in_cycle(about, None, days),
        Days::ByCycle(rows) => rows.iter().flat_map(|(from, _, days)| in_cycle(about, Some(*from), days)).collect(),
    }
}

fn in_cycle(about: &About<'_>, cycle: Option<u32>, days: &[i32]) -> Vec<Untouched> {
    let of_cycle = cycle.map_or(String::new(), |cycle| format!(" of cycle {cycle}"));
    let dated = |day: &i32| {
        let is_there = |row: &&Seen| row.day == *day && cycle.is_none_or(|cycle| row.cycle >= cycle);
        about.rows.iter().any(is_there)
    };
    let is_run = days.len() > 1
        && days.windows(2).all(|pair| matches!(pair, [a, b] if b.saturating_sub(*a) == 1 || (*a, *b) == (-1, 1)));
    let row = |day: i32, open: &str| about.row_on(cycle, day, open);
    if !is_run {
        let open = days.iter().filter(|day| !dated(day));
        let gap = |day: &i32| about.gap(&format!(" on day {day}{of_cycle}"), "", row(*day, "date = , dose = \"\""));
        return open.map(gap).collect();
    }
    let Some(last) = days.last().copied() else { return Vec::new() };
    let end = (!dated(&last)).then(|| {
        about.gap(&format!(" on day {last}{of_cycle}, the last of the run"), "", row(last, "date = , dose = \"\""))
    });
    let after = last.saturating_add(1);
    let rest = after <= about.phase.cycle.length && !about.absent.contains(&after);
    let rest = rest.then(|| about.gap(&format!(": nothing on day {after}{of_cycle}"), "", row(after, "absent = ")));
    end.into_iter().chain(rest).collect()
}
