//! Runs at home, one row a dose.

use crate::calendar::{self, Date};
use crate::regimen::model::HalfDay;

use super::{DoseRow, Schedule};

/// The schedule with every run at home spread over one row a dose.
#[must_use]
pub fn each(mut schedule: Schedule) -> Schedule {
    let mut rows: Vec<DoseRow> = Vec::with_capacity(schedule.doses.len());
    for row in schedule.doses {
        match spread(&row) {
            Some(doses) => rows.extend(doses),
            None => rows.push(row),
        }
    }
    rows.sort_by(|a, b| a.date.cmp(&b.date));
    schedule.doses = rows;
    schedule
}

/// `None` for what is no run.
fn spread(row: &DoseRow) -> Option<Vec<DoseRow>> {
    let run = row.run.as_ref()?;
    let from = calendar::read(&row.date).ok()?;
    let first = u32::from(run.starts == Some(HalfDay::Evening.word()) && run.times_a_day == 2);
    let doses = (0..run.administrations).map(|nth| one(row, from, first + nth, run.times_a_day.max(1)));
    doses.collect()
}

fn one(row: &DoseRow, from: Date, slot: u32, times: u32) -> Option<DoseRow> {
    let later = i32::try_from(slot / times).ok()?;
    let date = calendar::plus_days(from, later)?;
    let day = row.day.checked_add(later)?;
    // There is no day 0 between day -1 and day 1.
    let day = if row.day < 0 && day >= 0 { day.checked_add(1)? } else { day };
    let nth = slot % times;
    let part = match times {
        1 => None,
        2 if nth == 0 => Some(HalfDay::Morning.word().to_owned()),
        2 => Some(HalfDay::Evening.word().to_owned()),
        _ => Some((nth + 1).to_string()),
    };
    let run = row.run.as_ref()?;
    let own = if times == 2 && nth == 0 {
        run.morning.as_ref()
    } else if times == 2 {
        run.evening.as_ref()
    } else {
        None
    };
    let dose = own.unwrap_or(&row.dose).clone();
    let shown = crate::quantity::number::parse(&dose).map_or_else(|_| dose.clone(), crate::quantity::number::print);
    Some(DoseRow {
        date: calendar::iso(date),
        weekday: calendar::weekday(date),
        earliest: Some(calendar::iso(date)),
        latest: Some(calendar::iso(date)),
        day,
        part,
        dose_shown: format!("{shown} {}", row.unit),
        dose,
        run: None,
        ..row.clone()
    })
}
