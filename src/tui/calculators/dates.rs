//! What follows from dates, as rows.

use crate::calculator::dates::{Added, between};
use crate::calendar;

use super::typed::Typed;
use super::{Row, Section, Topic};

fn row(title: String, answer: String, working: Vec<String>) -> Row {
    Row { title, answer, used: false, caution: false, working, source: "" }
}

/// So much later, the days until another date, the window.
pub(super) fn section(typed: &Typed) -> Section {
    let mut section = Section { topic: Topic::Dates, rows: Vec::new(), note: None };
    let Some(date) = typed.date else {
        section.note = Some("needs a date".to_owned());
        return section;
    };
    let beyond = || "leads beyond the calendar".to_owned();
    if let Some(added) = typed.add {
        let days = added.after(date).unwrap_or_default();
        let each = (1..).zip(&days).map(|(nth, day)| {
            format!("{} + {} = {}", calendar::print(date), Added { times: nth, ..added }, calendar::with_weekday(*day))
        });
        let last = days.last().map_or_else(beyond, |day| calendar::with_weekday(*day));
        section.rows.push(row(format!("+ {added}"), last, each.collect()));
    }
    if let Some(until) = typed.until {
        let title = format!("until {}", calendar::print(until));
        let working = format!("{} to {}", calendar::with_weekday(date), calendar::with_weekday(until));
        section.rows.push(row(title, between(date, until), vec![working]));
    }
    if let Some(room) = typed.window {
        let ends = room.around(date).map(|window| [window.earliest, window.latest].map(calendar::with_weekday));
        let answer = ends.map_or_else(beyond, |[first, last]| format!("{first} through {last}"));
        section.rows.push(row("window".to_owned(), answer, vec![format!("around {}", calendar::with_weekday(date))]));
    }
    if section.rows.is_empty() {
        section.note = Some("needs what to add, another date, or a window".to_owned());
    }
    section
}
