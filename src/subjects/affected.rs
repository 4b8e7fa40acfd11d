//! What a version of the program, or a regimen text, that turned out to be faulty has touched.

use std::collections::BTreeMap;

use crate::calendar::{self, Date};
use crate::course::event::{Entry, Event, Pinned};
use crate::course::{Key, fold, fold::EntryStatus};
use crate::event_codec;
use crate::failure::Failure;
use crate::library::Library;
use crate::regimen::Regimen;
use crate::store::{Record, Store};

use super::open::entries;

use super::open::pinned;

/// What is asked for: what matches every part that is given.
#[derive(Debug, Clone, Default)]
pub struct Faulty {
    /// The version of the program that recorded it, as it says of itself.
    pub program: Option<String>,
    /// The SHA-256 of the regimen text the dose was calculated from, or its first digits.
    pub regimen: Option<String>,
}

/// A dose on record that was calculated so, or a subject of whom none is on record yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// The subject's code.
    pub subject: String,
    /// The entry.
    pub entry: u64,
    /// The day of the dose, or of the enrolment.
    pub on: Date,
    /// `C1D1 irinotecan liposomal`, or that no dose is on record.
    pub what: String,
    /// What was given, and what was planned.
    pub dose: String,
    /// The version that recorded it.
    pub program: String,
    /// The regimen texts it may rest on, by id, version and hash: one, or two around a move.
    pub texts: Vec<Pinned>,
    /// `corrected`, `undone`, or nothing.
    pub standing: &'static str,
}

/// The columns of [`Affected::cells`].
pub const COLUMNS: [&str; 8] = ["subject", "entry", "date", "what", "dose", "program", "regimen", "standing"];

impl Affected {
    /// Cells for a file, under [`COLUMNS`]; dates in ISO.
    pub fn cells(&self) -> [String; 8] {
        let texts: Vec<String> =
            self.texts.iter().map(|one| format!("{} v{} {}", one.id, one.version, one.sha256)).collect();
        [
            self.subject.clone(),
            self.entry.to_string(),
            calendar::iso(self.on),
            self.what.clone(),
            self.dose.clone(),
            self.program.clone(),
            texts.join("; "),
            self.standing.to_owned(),
        ]
    }

    /// The same for a person.
    pub fn line(&self) -> String {
        let standing = if self.standing.is_empty() { String::new() } else { format!("  ({})", self.standing) };
        let dose = if self.dose.is_empty() { String::new() } else { format!(", {}", self.dose) };
        let texts: Vec<String> =
            self.texts.iter().map(|one| format!("{} v{} {}", one.id, one.version, short(&one.sha256))).collect();
        format!(
            "{}  {}  {}{dose}  [entry {}, posology {}, {}]{standing}",
            self.subject,
            calendar::print(self.on),
            self.what,
            self.entry,
            self.program,
            texts.join("; ")
        )
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Every dose on record that was calculated by what is asked for, by subject; subjects enrolled by it with no such dose, too.
pub fn affected(store: &Store, faulty: &Faulty, library: &Library) -> Result<Vec<Affected>, Failure> {
    let (mut all, mut regimens) = (Vec::new(), BTreeMap::new());
    for code in store.subjects()? {
        let records = store.events(&code)?;
        let program = |record: &Record| (record.seq, event_codec::program(record).unwrap_or_default());
        let programs: BTreeMap<u64, String> = records.iter().map(program).collect();
        let entries = entries(&records)?;
        let folded = fold(&entries).map_err(|error| Failure::store(format!("{code}: {error}")))?;
        let standing = |seq: u64| match folded.entry(seq).map(|item| item.status) {
            Some(EntryStatus::CorrectedBy(_)) => "corrected",
            Some(EntryStatus::UndoneBy(_)) => "undone",
            _ => "",
        };
        let rows = entries.iter().filter_map(|entry| {
            let (what, dose, key) = dose(&entry.event)?;
            let texts = texts(&entries, entry.seq, key);
            let what = match key.zip(texts.last()) {
                Some((key, text)) => {
                    let known = regimens.entry(text.sha256.clone());
                    // A text that cannot be read any more is no reason to leave out whom it touched.
                    let regimen = known.or_insert_with(|| pinned(store, &text.sha256, library).ok());
                    let name = |regimen: &Regimen| key.named(regimen).to_string();
                    let bare = || format!("C{}D{} {}", key.cycle, key.day, key.drug);
                    format!("{}{what}", regimen.as_ref().map_or_else(bare, name))
                }
                None => what,
            };
            Some(Affected {
                subject: code.clone(),
                entry: entry.seq,
                on: entry.effective,
                what,
                dose,
                program: programs.get(&entry.seq).cloned().unwrap_or_default(),
                texts,
                standing: standing(entry.seq),
            })
        });
        let rows: Vec<Affected> = rows.filter(|row| faulty.fits(row)).collect();
        // An enrolment stands for those of whom no dose is on record: their plan was made by it.
        let doses = rows.iter().any(|row| !row.dose.is_empty());
        all.extend(rows.into_iter().filter(|row| !doses || !row.dose.is_empty()));
    }
    Ok(all)
}

impl Faulty {
    fn fits(&self, row: &Affected) -> bool {
        let text = |hash: &String| row.texts.iter().any(|one| one.sha256.starts_with(hash.as_str()));
        self.program.as_ref().is_none_or(|version| row.program == *version) && self.regimen.as_ref().is_none_or(text)
    }
}

/// What an entry says of a dose, beside the name of the dose; of an enrolment and a move, that the plan was made by it.
fn dose(event: &Event) -> Option<(String, String, Option<&Key>)> {
    match event {
        Event::Given(given) => {
            let planned = given.planned_words.clone().or_else(|| given.planned.map(|planned| planned.to_string()));
            let planned = planned.map_or_else(|| "not planned".to_owned(), |planned| format!("planned {planned}"));
            Some((String::new(), format!("{} given, {planned}", given.portion()), Some(&given.key)))
        }
        Event::Corrected(corrected) => {
            let (what, said, key) = dose(&corrected.event)?;
            Some((format!("{what}, correction of entry {}", corrected.entry), said, key))
        }
        Event::Enrolled(_) => Some(("enrolled, no such dose on record".to_owned(), String::new(), None)),
        Event::Moved(_) => Some(("moved, no such dose on record".to_owned(), String::new(), None)),
        _ => None,
    }
}

/// The text in force when an entry was recorded, for the cycle of its dose: a cycle begun before a move stays on the text
/// before. Where the phases differ that cannot be told here, and both count: a recall asks about one too many.
fn texts(entries: &[Entry], seq: u64, key: Option<&Key>) -> Vec<Pinned> {
    let mut texts: Vec<Pinned> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.seq <= seq) {
        match (&entry.event, key) {
            (Event::Enrolled(enrolled), _) => texts = vec![enrolled.regimen.clone()],
            (Event::Moved(moved), Some(key)) if moved.from.0 != key.phase => texts.push(moved.to.clone()),
            (Event::Moved(moved), Some(key)) if key.cycle < moved.from.1 => {}
            (Event::Moved(moved), _) => texts = vec![moved.to.clone()],
            _ => {}
        }
    }
    texts
}
