//! The file written before: its events keep their numbers, and what is gone is cancelled, not forgotten.
//!
//! A calendar that has once imported an event keeps it until a file says that it is cancelled; an event
//! missing from the next file simply stays.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::super::ExportError;
use super::line::unfold;

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
                let uid = uid.ok_or_else(|| refuse("has an event whose UID is no identity of ours."))?;
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
        "SEQUENCE" => old.sequence = value.parse().unwrap_or(0),
        "CREATED" => value.clone_into(&mut old.created),
        "DTSTAMP" => value.clone_into(&mut old.stamp),
        "LAST-MODIFIED" => value.clone_into(&mut old.modified),
        _ => old.content.push(line.to_owned()),
    }
}

impl Old {
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
