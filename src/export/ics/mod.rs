//! iCalendar (RFC 5545 and 7986): all-day events for a calendar program.
//!
//! An event's identity comes from study, subject, regimen, phase, cycle, day, drug and part of day, never
//! from its date or dose, and is a UUID under the random namespace of the study: without that namespace
//! nobody can find a subject by trying codes. So a moved dose is the same event on another day. The file
//! written before carries the memory: a changed event gets the next SEQUENCE, a dropped one is cancelled.
//!
//! Calendar programs differ in what an import of a second file does; many add every event again. Import
//! into a calendar of its own and replace that, or use [`split`], one event a file, which servers and
//! their clients update in place.

mod event;
mod line;
mod previous;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::present::{DoseRow, Schedule};

use super::{ExportError, Format, Options, Write, shared};
use event::{Calendar, Event};
use previous::Old;

pub(super) const FORMAT: Format = Format {
    id: "ics",
    extension: "ics",
    title: "iCalendar: all-day events for a calendar program",
    text: true,
    write: Write::Whole(write),
};

/// The property that says which plan a calendar is of.
const PLAN: &str = "X-POSOLOGY-PLAN";
/// Before the title of what will not take place.
const CANCELLED: &str = "CANCELLED – ";

/// An event with its numbers, ready to be written.
struct Numbered {
    uid: Uuid,
    sequence: u32,
    created: String,
    stamp: String,
    modified: String,
    content: Vec<String>,
}

/// Whether a file is of this very plan: the same study, subject, regimen and namespace.
pub fn is_of(bytes: &[u8], schedule: &Schedule, options: &Options) -> Result<bool, ExportError> {
    let ours = format!("{PLAN}:{}", calendar(schedule, options)?.identity());
    Ok(String::from_utf8_lossy(bytes).lines().any(|line| line == ours))
}

/// One calendar a file, one event a calendar: `(file name, bytes)`. For servers that update in place.
pub fn split(schedule: &Schedule, options: &Options) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let calendar = calendar(schedule, options)?;
    let events = numbered(&calendar)?;
    let file = |event: &Numbered| {
        let mut out = head(&calendar);
        push_event(&mut out, event);
        line::push(&mut out, "END:VCALENDAR");
        (format!("{}.ics", event.uid), out.into_bytes())
    };
    Ok(events.iter().map(file).collect())
}

/// Some events of a subject: those of visits and runs at home to which a dose of these belongs.
pub struct Meant<'a> {
    /// The whole plan.
    pub schedule: Schedule,
    /// What the caller decides.
    pub options: Options,
    /// Whether a dose is meant.
    pub meant: Box<dyn Fn(&DoseRow) -> bool + 'a>,
}

/// Events of several subjects in one calendar, each as it stands in its own plan's, with the same identity.
pub fn together(title: &str, all: &[Meant<'_>]) -> Result<Vec<u8>, ExportError> {
    let mut out = String::new();
    let title = line::escape(title);
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        concat!("PRODID:-//posology//posology ", env!("CARGO_PKG_VERSION"), "//EN"),
        "CALSCALE:GREGORIAN",
        &format!("NAME:{title}"),
        &format!("X-WR-CALNAME:{title}"),
    ] {
        line::push(&mut out, line);
    }
    for one in all {
        let calendar = Calendar { meant: Some(&*one.meant), ..calendar(&one.schedule, &one.options)? };
        numbered(&calendar)?.iter().for_each(|event| push_event(&mut out, event));
    }
    line::push(&mut out, "END:VCALENDAR");
    Ok(out.into_bytes())
}

fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let calendar = calendar(schedule, options)?;
    let events = numbered(&calendar)?;
    let mut out = head(&calendar);
    push_state(&mut out, &calendar);
    // With this name Outlook opens a calendar of its own, which a single appointment should not do.
    if events.len() > 1 {
        push_names(&mut out, &calendar);
    }
    for event in &events {
        push_event(&mut out, event);
    }
    line::push(&mut out, "END:VCALENDAR");
    Ok(out.into_bytes())
}

fn calendar<'a>(schedule: &'a Schedule, options: &'a Options) -> Result<Calendar<'a>, ExportError> {
    let refuse = |why: &str| Err(ExportError::Refused(why.to_owned()));
    let Some(subject) = options.subject.as_deref().filter(|code| !code.is_empty()) else {
        return Err(ExportError::NoSubject(
            "A calendar needs a subject code, because every event's identity is made from it.",
        ));
    };
    let Some(namespace) = &options.namespace else {
        return refuse(
            "A calendar needs the study's namespace, because event identities made without one could be guessed.",
        );
    };
    let Some(namespace) = Uuid::parse_str(namespace).ok().filter(|uuid| uuid.get_version_num() == 4) else {
        return refuse(&format!(
            "The namespace `{}` is not a random UUID; one looks like 7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f.",
            crate::quantity::number::shown(namespace)
        ));
    };
    Ok(Calendar { schedule, options, namespace, subject, phases: event::phases(schedule), meant: None })
}

/// The events with the numbers they had, or their first.
fn numbered(calendar: &Calendar) -> Result<Vec<Numbered>, ExportError> {
    let now = stamp(&calendar.options.generated)?;
    let mut old = match &calendar.options.previous {
        Some(bytes) => previous::read(bytes, calendar.identity())?,
        None => BTreeMap::new(),
    };
    let mut events = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for Event { uid, content, .. } in calendar.events()? {
        if !seen.insert(uid) {
            return Err(ExportError::Refused(format!(
                "Two doses or visits have the same identity ({}): the same drug twice on one day needs parts of the day.",
                content.get(2).map_or("", String::as_str).trim_start_matches("SUMMARY:")
            )));
        }
        events.push(number(uid, content, old.remove(&uid), &now));
    }
    let gone = old.into_iter().map(|(uid, old)| number(uid, old.cancelled(), Some(old), &now));
    events.extend(gone);
    Ok(events)
}

/// An unchanged event stays as it was, to the byte; a changed one gets the next number.
fn number(uid: Uuid, content: Vec<String>, old: Option<Old>, now: &str) -> Numbered {
    let now = || now.to_owned();
    match old {
        None => Numbered { uid, sequence: 0, created: now(), stamp: now(), modified: now(), content },
        Some(old) if old.content == content => Numbered {
            uid,
            sequence: old.sequence,
            created: old.created,
            stamp: old.stamp,
            modified: old.modified,
            content,
        },
        Some(old) => {
            let sequence = old.sequence.saturating_add(1);
            Numbered { uid, sequence, created: old.created, stamp: now(), modified: now(), content }
        }
    }
}

/// `2026-12-07T09:30:00Z` as `20261207T093000Z`.
fn stamp(generated: &str) -> Result<String, ExportError> {
    let digits: String = generated.chars().filter(char::is_ascii_digit).collect();
    let shape: String = generated.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match (digits.get(..8), digits.get(8..14), shape.as_str()) {
        (Some(date), Some(time), "0000-00-00T00:00:00Z") => Ok(format!("{date}T{time}Z")),
        _ => Err(ExportError::Refused(format!(
            "The time of writing `{}` is not a time in UTC such as 2026-12-07T09:30:00Z.",
            crate::quantity::number::shown(generated)
        ))),
    }
}

fn head(calendar: &Calendar) -> String {
    let mut out = String::new();
    let regimen = &calendar.schedule.regimen;
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        concat!("PRODID:-//posology//posology ", env!("CARGO_PKG_VERSION"), "//EN"),
        "CALSCALE:GREGORIAN",
        &format!("{PLAN}:{}", calendar.identity()),
        &format!("X-POSOLOGY-REGIMEN-VERSION:{}", line::escape(&regimen.version)),
        &format!("X-POSOLOGY-REGIMEN-SHA256:{}", line::escape(&regimen.sha256)),
    ] {
        line::push(&mut out, line);
    }
    out
}

/// From which state of the record a calendar is, for whoever finds the file later; programs for calendars do not show it. A
/// file of one event goes without: every entry of any subject would write it anew.
fn push_state(out: &mut String, calendar: &Calendar) {
    if let Some(state) = &calendar.options.print.verification {
        line::push(out, &format!("X-POSOLOGY-RECORD:{}", line::escape(state)));
    }
}

fn push_names(out: &mut String, calendar: &Calendar) {
    let study = calendar.options.study.as_ref().map_or(String::new(), |study| format!("{study} "));
    let draft = shared::behind(calendar.schedule);
    let name = line::escape(&format!("{study}{}{draft}", calendar.subject));
    line::push(out, &format!("NAME:{name}"));
    line::push(out, &format!("X-WR-CALNAME:{name}"));
}

fn push_event(out: &mut String, event: &Numbered) {
    line::push(out, "BEGIN:VEVENT");
    line::push(out, &format!("UID:{}", event.uid));
    line::push(out, &format!("DTSTAMP:{}", event.stamp));
    line::push(out, &format!("CREATED:{}", event.created));
    line::push(out, &format!("LAST-MODIFIED:{}", event.modified));
    line::push(out, &format!("SEQUENCE:{}", event.sequence));
    event.content.iter().for_each(|line| line::push(out, line));
    line::push(out, "END:VEVENT");
}
