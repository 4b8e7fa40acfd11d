//! The sheets of a record: the dose intensity, every entry, home doses.

use crate::course::fold::EntryStatus;
use crate::ledger;
use crate::present::{DoseRow, HistoryRow, Schedule, SupplyRow};

use super::super::intensity;
use super::{Sheet, Value, date, narrow, number, whole, wide, words};

/// Planned, delivered and relative; the convention stands below.
pub(super) fn intensity(schedule: &Schedule) -> Sheet<'_> {
    let named = move |id: String| {
        let dose = schedule.doses.iter().find(|dose| dose.id == id);
        dose.map_or(id, DoseRow::shown_apart)
    };
    let row = move |line: intensity::Line| {
        let count = |count: Option<u32>| count.map_or(Value::Nothing, whole);
        let days = |days: Option<i32>| days.map_or(Value::Nothing, whole);
        vec![
            words(line.drug.map_or_else(|| "the regimen".to_owned(), named)),
            count(line.doses),
            number(line.planned),
            number(line.delivered),
            words(line.unit),
            line.before.map_or(Value::Nothing, words),
            number(line.cumulative),
            number(line.dose),
            number(line.time),
            number(line.relative),
            count(line.cycles),
            days(line.planned_days),
            days(line.actual_days),
            Value::Nothing,
        ]
    };
    let convention = std::iter::repeat_with(|| Value::Nothing).take(13).chain([words(ledger::CONVENTION)]).collect();
    let head = vec![
        narrow("drug", 26),
        narrow("doses", 7),
        narrow("planned", 11),
        narrow("delivered", 11),
        narrow("unit", 9),
        narrow("received before", 11),
        narrow("cumulative", 11),
        narrow("dose percent", 9),
        narrow("time percent", 9),
        narrow("relative percent", 9),
        narrow("cycles", 7),
        narrow("planned days", 8),
        narrow("actual days", 8),
        wide("convention", 80),
    ];
    let rows = intensity::lines(schedule).into_iter().map(row).chain([convention]);
    Sheet { printed: 13, ..Sheet::new("Intensity", head, Box::new(rows)) }
}

/// Every entry, corrected and undone ones too.
pub(super) fn history(schedule: &Schedule) -> Sheet<'_> {
    let row = |one: &HistoryRow| {
        let status = match one.status {
            EntryStatus::Holds => "holds".to_owned(),
            EntryStatus::CorrectedBy(by) => format!("corrected by entry {by}"),
            EntryStatus::UndoneBy(by) => format!("undone by entry {by}"),
        };
        let about = one.of.map(|of| format!("entry {of}")).into_iter().chain(one.about.clone()).collect::<Vec<_>>();
        let answers = one.answers.iter().map(|(code, reason)| format!("{code}: {reason}")).collect::<Vec<_>>();
        vec![
            whole(one.recorded.entry),
            date(Some(one.date)),
            words(one.kind),
            words(about.join(": ")),
            one.reason.clone().map_or(Value::Nothing, words),
            words(answers.join("; ")),
            words(one.recorded.by.clone()),
            words(one.recorded.at.clone()),
            words(status),
        ]
    };
    let head = vec![
        narrow("entry", 7),
        narrow("date", 11),
        narrow("kind", 11),
        wide("about", 36),
        wide("reason", 30),
        wide("answers", 30),
        narrow("recorded_by", 12),
        narrow("recorded_at", 21),
        narrow("status", 22),
    ];
    Sheet::new("History", head, Box::new(schedule.history.iter().map(row)))
}

/// Home doses dispensed, returned and taken.
pub(super) fn home_doses(schedule: &Schedule) -> Sheet<'_> {
    let row = |one: &SupplyRow| {
        vec![
            date(Some(one.date)),
            maybe_owned(one.key.phase.clone()),
            whole(one.key.cycle),
            whole(one.key.day),
            words(one.key.drug.clone()),
            words(one.act.word()),
            whole(one.count),
            maybe_owned(one.reason.clone()),
            words(one.recorded.by.clone()),
            whole(one.recorded.entry),
        ]
    };
    let head = vec![
        narrow("date", 11),
        narrow("phase", 12),
        narrow("cycle", 6),
        narrow("day", 5),
        narrow("drug", 26),
        narrow("act", 11),
        narrow("count", 7),
        wide("reason", 40),
        narrow("recorded_by", 12),
        narrow("entry", 7),
    ];
    Sheet::new("Home doses", head, Box::new(schedule.supplies.iter().map(row)))
}

fn maybe_owned<'a>(text: Option<String>) -> Value<'a> {
    text.map_or(Value::Nothing, words)
}
