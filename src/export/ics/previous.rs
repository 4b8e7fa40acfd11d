//! The file written before: its events keep their numbers, and what is gone is cancelled, not forgotten.
//!
//! A calendar that has once imported an event keeps it until a file says that it is cancelled; an event
//! missing from the next file simply stays.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::super::ExportError;
use super::line::unfold;
use crate::calendar;
use crate::writing::steering;

/// An event as it stood before.
#[derive(Debug, Clone, Default)]
pub(super) struct Old {
    pub(super) sequence: u32,
    pub(super) created: String,
    pub(super) stamp: String,
    pub(super) modified: String,
    pub(super) content: Vec<String>,
}

/// The events of a former file by their identity. Files of a split calendar may follow each other.
pub(super) fn read(bytes: &[u8], plan: Uuid) -> Result<BTreeMap<Uuid, Old>, ExportError> {
    let refuse = |why: &str| ExportError::Refused(format!("The previous calendar {why}"));
    let text = std::str::from_utf8(bytes).map_err(|_| refuse("is not UTF-8 text, so no program of ours wrote it."))?;
    if let Some(found) = text.lines().find_map(steering) {
        return Err(refuse(&format!(
            "holds {found} of a line, which nobody can see: it was changed since it was written."
        )));
    }
    let mut known = false;
    let mut events = BTreeMap::new();
    let mut open: Option<(Option<Uuid>, Old)> = None;
    for line in unfold(text) {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match (name, &mut open) {
            (super::PLAN, None) if value == plan.to_string() => known = true,
            (super::PLAN, None) => {
                return Err(refuse(
                    "belongs to another subject, study, regimen or namespace; give the file of this plan.",
                ));
            }
            ("BEGIN", None) if value == "VEVENT" => open = Some((None, Old::default())),
            ("END", Some((uid, old))) if value == "VEVENT" => {
                let uid = uid.ok_or_else(|| refuse("has an event whose UID is not an identity of ours."))?;
                if !old.is_sound() {
                    return Err(refuse(
                        "has an event whose time or number cannot be read: it was changed since it was written.",
                    ));
                }
                events.insert(uid, std::mem::take(old));
                open = None;
            }
            (_, Some((uid, old))) => field(name, value, &line, uid, old),
            _ => {}
        }
    }
    if known { Ok(events) } else { Err(refuse("was not written by this program; give the file it wrote last.")) }
}

fn field(name: &str, value: &str, line: &str, uid: &mut Option<Uuid>, old: &mut Old) {
    match name {
        "UID" => *uid = Uuid::parse_str(value).ok(),
        "SEQUENCE" => old.sequence = value.parse().unwrap_or(NO_NUMBER),
        "CREATED" => value.clone_into(&mut old.created),
        "DTSTAMP" => value.clone_into(&mut old.stamp),
        "LAST-MODIFIED" => value.clone_into(&mut old.modified),
        _ => old.content.push(line.to_owned()),
    }
}

/// A SEQUENCE that is no number; none of ours gets so high.
const NO_NUMBER: u32 = u32::MAX;

/// Whether a text is a time in UTC as this program writes it, of a day that there is.
fn is_stamp(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let part =
        |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let day = match (text.get(..4), text.get(4..6), text.get(6..8)) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year}-{month}-{day}")),
        _ => None,
    };
    shape == "00000000T000000Z"
        && day.is_some_and(|day| calendar::read(&day).is_ok())
        && part(9, 11) < 24
        && part(11, 13) < 60
        && part(13, 15) <= 60
}

impl Old {
    /// Whether its numbers and times are such as this program writes.
    fn is_sound(&self) -> bool {
        self.sequence != NO_NUMBER
            && [&self.created, &self.stamp, &self.modified].into_iter().all(|text| is_stamp(text))
    }

    /// The same event, cancelled; unchanged where it was cancelled before.
    pub(super) fn cancelled(&self) -> Vec<String> {
        let cancel = |line: &String| match line.split_once(':') {
            Some(("STATUS", _)) => "STATUS:CANCELLED".to_owned(),
            Some(("SUMMARY", title)) if !title.starts_with(super::CANCELLED) => {
                format!("SUMMARY:{}{title}", super::CANCELLED)
            }
            _ => line.clone(),
        };
        self.content.iter().map(cancel).collect()
    }
}
