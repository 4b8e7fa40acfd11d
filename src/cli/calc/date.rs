//! `posology calc date`: so much later, the days until another date, the window around one.

use serde_json::json;

use crate::calculator::dates::{Added, Room, between};
use crate::calendar::{self, Date};
use crate::cli::{Output, json, read};
use crate::failure::Failure;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The date: 2026-12-07, 07-Dec-2026, 7dec, +4, mon, today
    #[arg(allow_negative_numbers = true, value_parser = read::date)]
    date: Date,
    /// So much later: "14 days", 3w, "6 months", of cycles "8 x 14 days"; a minus is earlier
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = Added::read)]
    add: Option<Added>,
    /// The days until this date
    #[arg(long, value_name = "DATE", allow_negative_numbers = true, value_parser = read::date)]
    until: Option<Date>,
    /// The window around the date, days early and late: "-1 +3", "+3"
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true, value_parser = Room::read)]
    window: Option<Room>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let beyond = || Failure::refused("this leads beyond the calendar");
    let later = args.add.map(|added| added.after(args.date).ok_or_else(beyond)).transpose()?;
    let window = args.window.map(|room| room.around(args.date).ok_or_else(beyond)).transpose()?;
    if output.is_json() {
        return output.json(&json!({
            "format": json::FORMAT,
            "date": calendar::iso(args.date),
            "weekday": calendar::weekday(args.date),
            "later": later.map(|days| days.into_iter().map(calendar::iso).collect::<Vec<_>>()),
            "days_until": args.until.map(|until| calendar::days_between(args.date, until)),
            "window": window.map(|window| [calendar::iso(window.earliest), calendar::iso(window.latest)]),
        }));
    }
    output.line(&calendar::with_weekday(args.date))?;
    if let (Some(added), Some(days)) = (args.add, &later) {
        for (nth, day) in (1..).zip(days) {
            let one = Added { times: nth, ..added };
            output.line(&format!("  + {one}: {}", calendar::with_weekday(*day)))?;
        }
    }
    if let Some(until) = args.until {
        output.line(&format!("  until {}: {}", calendar::with_weekday(until), between(args.date, until)))?;
    }
    if let Some(window) = window {
        let ends = [window.earliest, window.latest].map(calendar::with_weekday);
        output.line(&format!("  window: {} through {}", ends[0], ends[1]))?;
    }
    Ok(())
}
