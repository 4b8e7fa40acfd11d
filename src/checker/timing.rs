//! What several rules read of the days of a drug.

use crate::regimen::{Days, Drug, Phase};

/// The days of a drug in one cycle; `None` stands for every day, an empty list for none.
fn in_cycle(drug: &Drug, days: &Days, cycle: u32) -> Option<Vec<i32>> {
    if !drug.in_cycle(cycle) {
        return Some(Vec::new());
    }
    match days {
        Days::EveryDay => None,
        Days::List(list) => Some(list.clone()),
        Days::ByCycle(rows) => {
            // The rows rise without a gap: the last that has begun is the one.
            let row = rows.partition_point(|(from, _, _)| *from <= cycle).checked_sub(1).and_then(|at| rows.get(at));
            let row = row.filter(|(_, through, _)| through.is_none_or(|through| cycle <= through));
            Some(row.map(|(_, _, list)| list.clone()).unwrap_or_default())
        }
    }
}

/// The cycles in which a drug's days differ from those before: between them nothing changes.
fn cycles(drug: &Drug) -> Vec<u32> {
    let rows = if let Days::ByCycle(rows) = &drug.days { rows.as_slice() } else { &[] };
    let ends = rows
        .iter()
        .flat_map(|(from, through, _)| [Some(*from), *through, through.and_then(|through| through.checked_add(1))]);
    let own = [Some(drug.first_cycle), drug.last_cycle, drug.first_cycle.checked_add(1)];
    let mut cycles: Vec<u32> = ends.chain(own).flatten().collect();
    cycles.sort_unstable();
    cycles.dedup();
    cycles
}

/// Whether two drugs of a phase are given on one day of any cycle.
pub(super) fn share_a_day(one: &Drug, other: &Drug) -> bool {
    cycles(one).into_iter().chain(cycles(other)).any(|cycle| {
        match (in_cycle(one, &one.days, cycle), in_cycle(other, &other.days, cycle)) {
            (None, None) => true,
            (None, Some(list)) | (Some(list), None) => !list.is_empty(),
            (Some(first), Some(second)) => first.iter().any(|day| second.contains(day)),
        }
    })
}

/// Whether two drugs of a phase are both given in a cycle, and not on the same days of it.
pub(super) fn differ_in_a_cycle(one: &Drug, other: &Drug) -> bool {
    cycles(one).into_iter().chain(cycles(other)).any(|cycle| {
        let (first, second) = (in_cycle(one, &one.days, cycle), in_cycle(other, &other.days, cycle));
        let given = |days: &Option<Vec<i32>>| days.as_ref().is_none_or(|days| !days.is_empty());
        given(&first) && given(&second) && first != second
    })
}

/// The least number of days from one day of a drug to its next, within a cycle and across cycles: of the length that its
/// phase, a row of any table or a level of another drug gives, and at each of its own levels with the days and length of that.
pub(super) fn closest(drug: &Drug, phase: &Phase) -> i32 {
    let rows = phase.drugs.iter().flat_map(|other| other.dosing.rows()).filter_map(|row| row.length);
    let others =
        phase.drugs.iter().filter(|other| !std::ptr::eq(*other, drug)).flat_map(|other| other.dosing.ladders());
    let others = others.flat_map(|ladder| &ladder.steps).filter_map(|step| step.length);
    let plain = rows.chain(others).chain([phase.cycle.length]).map(|length| of_days(drug, &drug.days, length));
    let levels = drug.dosing.ladders().flat_map(|ladder| {
        ladder.steps.iter().scan((&drug.days, phase.cycle.length), |(days, length), step| {
            *days = step.days.as_ref().unwrap_or(*days);
            *length = step.length.unwrap_or(*length);
            Some(of_days(drug, days, *length))
        })
    });
    plain.chain(levels).min().unwrap_or(phase.cycle.length)
}

fn of_days(drug: &Drug, days: &Days, length: i32) -> i32 {
    let one = |cycle: u32| {
        let Some(list) = in_cycle(drug, days, cycle) else { return 1 };
        let within = list.windows(2).filter_map(|pair| if let [a, b] = pair { b.checked_sub(*a) } else { None }).min();
        let next = in_cycle(drug, days, cycle.saturating_add(1)).unwrap_or_else(|| vec![1]);
        let across =
            next.first().zip(list.last()).map(|(first, last)| first.saturating_add(length).saturating_sub(*last));
        within.into_iter().chain(across).min().unwrap_or(i32::MAX)
    };
    let around = cycles(drug).into_iter().flat_map(|cycle| [cycle.saturating_sub(1).max(1), cycle]);
    around.map(one).min().unwrap_or(length)
}
