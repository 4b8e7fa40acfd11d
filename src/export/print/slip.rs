//! The dose-change slip: last cycle's dose against this one's, and why.

use crate::calendar::print;
use crate::present::{CycleRow, DoseRow, Schedule, previous};
use crate::quantity::Portion;

use super::super::{Options, shared};
use super::document::{Block, Sheet, Table, blank, field, strong, text};
use super::wanted;

/// A sheet for every cycle whose doses differ from the cycle before, or for the chosen one.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let cycles = schedule.sheets.cycles.iter().filter(|cycle| wanted(options, cycle.number));
    cycles.filter_map(|cycle| sheet(schedule, options, cycle)).collect()
}

fn sheet(schedule: &Schedule, options: &Options, cycle: &CycleRow) -> Option<Sheet> {
    let mut table = Table::new(
        "Doses of the last cycle and of this one",
        &[("Drug", 40), ("Last cycle", 32), ("This cycle", 34), ("Difference", 20), ("Why", 50)],
    );
    let mut changed = false;
    let mut seen: Vec<(&str, Portion)> = Vec::new();
    for dose in schedule.doses.iter().filter(|dose| dose.cycle == cycle.number && dose.phase == cycle.phase) {
        let ordered = (dose.id.as_str(), dose.to_prepare().portion);
        if seen.contains(&ordered) {
            continue;
        }
        seen.push(ordered);
        let last = previous(schedule, dose);
        let now = if dose.counts() {
            ordered.1.to_string()
        } else {
            format!("{}: {}", dose.state().word(), dose.reason.as_deref().unwrap_or("no reason stated"))
        };
        let before = last.as_ref().map_or("none".to_owned(), |last| last.dose.clone());
        let difference = last.as_ref().map_or(String::new(), |last| last.difference.clone());
        changed |= last.is_some_and(|last| last.changed);
        table.rows.push(vec![
            text(named(schedule, dose)),
            text(before),
            strong(now),
            text(difference),
            text(why(schedule, dose)),
        ]);
    }
    let delayed = schedule
        .sheets
        .reasons
        .iter()
        .filter(|reason| reason.drug.is_none() && reason.cycle == cycle.number && reason.phase == cycle.phase);
    let delayed: Vec<String> = delayed.map(|reason| format!("{}: {}", reason.what, reason.why)).collect();
    if !changed && delayed.is_empty() && options.print.cycle.is_none() {
        return None;
    }
    let mut head = super::who(options);
    head.push(field("Day 1 of this cycle", print(cycle.first)));
    head.extend(delayed.into_iter().map(|words| field("This cycle", words)));
    let blocks = vec![
        Block::Fields(head),
        Block::Table(table),
        Block::Fields(vec![
            blank("Written by, date"),
            blank("Checked by, date"),
            blank("Told to the subject by, date"),
            blank("Old supply returned"),
        ]),
    ];
    Some(Sheet { title: format!("Dose change, Cycle {}", cycle.number), large: false, blocks })
}

/// The drug; with its route and time where the cycle gives it in two ways, as fluorouracil at once and over 46 hours.
fn named(schedule: &Schedule, dose: &DoseRow) -> String {
    let twice = schedule
        .doses
        .iter()
        .any(|one| (one.cycle, &one.phase, &one.shown) == (dose.cycle, &dose.phase, &dose.shown) && one.id != dose.id);
    let over = shared::over(dose).map_or(String::new(), |over| format!(", {over}"));
    if twice { format!("{} ({}{over})", dose.shown, dose.route_words()) } else { dose.shown.clone() }
}

fn why(schedule: &Schedule, dose: &DoseRow) -> String {
    let reasons = schedule.sheets.reasons.iter().filter(|reason| {
        reason.drug.as_deref() == Some(&dose.id) && reason.phase == dose.phase && reason.cycle <= dose.cycle
    });
    let mut words: Vec<String> = reasons.map(|r| format!("{} from Cycle {}: {}", r.what, r.cycle, r.why)).collect();
    words.extend(dose.measured().map(|on| format!("measured on {}", print(on))));
    words.join("; ")
}
