//! Labels for what the pharmacy prepares or dispenses.

use crate::calendar::with_weekday;
use crate::present::{DoseRow, PlannedRow, Schedule};

use super::super::{Options, shared};
use super::document::{Block, Sheet};
use super::{visit, wanted};

/// One sheet of cards.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let doses = schedule.doses.iter().filter(|dose| dose.counts());
    let cards: Vec<Vec<String>> =
        doses.filter(|dose| wanted(options, dose.cycle)).map(|dose| card(schedule, dose, options)).collect();
    if cards.is_empty() {
        Vec::new()
    } else {
        vec![Sheet { title: "Labels".to_owned(), large: false, blocks: vec![Block::Cards(cards)] }]
    }
}

fn card(schedule: &Schedule, dose: &DoseRow, options: &Options) -> Vec<String> {
    let named = |label: &str, value: &Option<String>| format!("{label} {}", value.as_deref().unwrap_or("__________"));
    let at = dose.to_prepare();
    let over = shared::over(dose).map_or(String::new(), |over| format!(", {over}"));
    let mut lines = vec![
        format!(
            "{} {}",
            dose.shown_apart(),
            dose.planned().map_or_else(|| at.portion.to_string(), PlannedRow::dose_words)
        ),
        format!("{}{over}", dose.route_words()),
        format!("{}, {}", named("Study", &options.study), named("Subject", &options.subject)),
        format!("{}, {}", visit(dose.phase.as_deref(), dose.cycle, dose.own_day), with_weekday(at.date)),
    ];
    lines.extend(dose.when.clone());
    lines.extend(dose.planned().and_then(PlannedRow::supply_words));
    lines.extend(dose.planned().and_then(|planned| planned.preparation.bag_words()));
    lines.extend(dose.warn.clone());
    if let Some(taken) = at.taken_words(dose.planned().and_then(|planned| planned.every)) {
        lines.push(format!("Take {taken}"));
        lines.extend(dose.planned().and_then(PlannedRow::dispensed_words));
    }
    // A label is cut out and leaves the banner of its page behind.
    lines.extend(shared::banner(schedule).map(|word| format!("{word} regimen, not for use")));
    lines.push("Lot ____________ Expires ____________".to_owned());
    lines.push("Prepared by ________ Checked by ________".to_owned());
    lines
}
