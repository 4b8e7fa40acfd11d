//! What a drug's section says beside its dose and days: identity, dates, order, and what follows.

use crate::quantity::number::print;
use crate::regimen::{Clock, Drug, Missed, Over, Relative, Role, Room, Rounding, Spread, Stated};

use super::super::words;
use super::Lines;

/// Identity: everything that tells this entry from another of the same drug.
pub(super) fn identity(lines: &mut Lines, drug: &Drug) {
    let plain = drug.name.to_lowercase().replace(' ', "-");
    lines.maybe(&[], "entry", (drug.id != plain).then_some(&drug.id));
    lines.maybe(&[], "also called", (!drug.also.is_empty()).then(|| drug.also.join(", ")));
    lines.maybe(&["weight"], "weight used", drug.weight.map(crate::regimen::WeightKind::word));
    let days = match drug.dosing.spread {
        Spread::Each | Spread::Divided { .. } => None,
        Spread::Total { days } | Spread::PerDay { days } => Some(days),
    };
    lines.maybe(&["over"], "infusion lasts", days.map(words::length));
}

/// Dates within and beside the cycle.
pub(super) fn dates(lines: &mut Lines, drug: &Drug) {
    lines.maybe(&["starts"], "first half-day", drug.starts.map(crate::regimen::HalfDay::word));
    let hours = drug.hours.as_ref().map(|hours| {
        let at: Vec<String> = hours.at.iter().map(|hour| print(*hour)).collect();
        format!("{} after {}", at.join(", "), hours.drug)
    });
    lines.maybe(&["hours"], "hours", hours);
    lines.maybe(&["window"], "window of a day", drug.window.as_ref().map(window));
    lines.maybe(&["missed"], "a missed dose", drug.missed.map(missed));
    lines.maybe(
        &["clock"],
        "clock",
        (drug.clock == Clock::Own).then_some("its own: it goes on while other drugs wait"),
    );
}

/// The order within a day, and which drugs stop with this one.
pub(super) fn order(lines: &mut Lines, drug: &Drug) {
    let order = drug.relative.as_ref().map(|relative| match relative {
        Relative::After(other) => format!("after {other}"),
        Relative::With(other) => format!("together with {other}"),
        Relative::Before(other, Some(period)) => format!("{period} before {other}"),
        Relative::Before(other, None) if drug.role == Role::Support => format!("for {other}"),
        Relative::Before(other, None) => format!("before {other}"),
    });
    lines.maybe(&["after", "with", "for", "before"], "order", order);
    lines.maybe(&["stops"], "stops with it", (!drug.stops.is_empty()).then(|| drug.stops.join(", ")));
}

/// Figures that a line of their own keeps readable.
pub(super) fn figures(lines: &mut Lines, drug: &Drug) {
    if let Rounding::Bands { bands, .. } = &drug.rounding {
        let each = bands.iter().map(|(from, give)| format!("from {from} give {give}"));
        lines.add(&["round"], "dose bands", each.collect::<Vec<_>>().join("; "));
    }
    let over = drug.dosing.loading.as_ref().and_then(|loading| loading.over.as_ref());
    lines.maybe(&["loading"], "first dose over", over.map(|over| stated(over.known())));
}

/// A window in words.
pub(super) fn window(window: &Stated<Room>) -> String {
    stated(window.known().map(|room| format!("{} days early to {} days late", room.early, room.late)).as_ref())
}

fn stated<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "unknown".to_owned(), ToString::to_string)
}

fn missed(missed: Missed) -> String {
    match missed {
        Missed::Skip => "is skipped".to_owned(),
        Missed::GiveWithin(days) => format!("is given within {days} days"),
        Missed::Ask => "a prescriber decides".to_owned(),
    }
}

/// How long an infusion runs.
pub(super) fn over(over: &Over) -> String {
    match over {
        Over::Unknown => "unknown".to_owned(),
        Over::Bolus => "no time: as a bolus".to_owned(),
        Over::Fixed(period) => period.to_string(),
        Over::ByOccurrence(periods) => periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then "),
        Over::Between(from, through) => format!("{from} to {through}"),
        Over::AtMostPerHour(amount) => format!("not faster than {amount} an hour"),
    }
}
