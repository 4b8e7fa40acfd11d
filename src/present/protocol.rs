//! A regimen as a page: everything the file says, with the source of each value beside it.

mod drug;
mod example;
mod more;
mod rules;
mod standing;
mod whole;

use serde::Serialize;

use crate::regimen::{BeginsFrom, CycleWord, Next, Numbering, Omitted, Phase, Provenance, Regimen, Setting, Stated};

use super::words;
pub use example::worked_by;
pub use standing::to_check;

/// A page about a regimen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Protocol {
    /// Its name.
    pub name: String,
    /// `v1, draft`
    pub state: String,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// How the label of the sum of all doses of a cycle begins; what the trial calls a cycle follows.
pub(super) const TOTAL_OF: &str = "total of a ";

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// What it is about, the same in every version of a file: `cycle`, `drug.irinotecan`, `phase.ac.drug.doxorubicin`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Entry>,
}

/// One value of a regimen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// What it is.
    pub label: String,
    /// What the file says.
    pub value: String,
    /// The id of its source; `unverified` where nobody has verified it.
    pub source: Option<String>,
    /// What the sources say, where they disagree.
    pub conflict: Option<String>,
    /// Of one row of a table, what the table is: the label says whom the row is about.
    #[serde(skip)]
    pub table: Option<String>,
}

struct Lines<'a> {
    word: CycleWord,
    provenance: Option<&'a Provenance>,
    all: Vec<Entry>,
}

impl<'a> Lines<'a> {
    fn new(word: CycleWord, provenance: Option<&'a Provenance>) -> Self {
        Self { word, provenance, all: Vec::new() }
    }

    /// A value that stands under one of these keys of the file.
    fn add(&mut self, keys: &[&str], label: &str, value: impl Into<String>) {
        let source = self.provenance.and_then(|from| keys.iter().find_map(|key| from.of(key)).map(str::to_owned));
        let conflict = self.provenance.and_then(|from| keys.iter().find_map(|key| from.conflict.get(*key)).cloned());
        self.all.push(Entry { label: label.to_owned(), value: value.into(), source, conflict, table: None });
    }

    /// One row of a table: whom it is about, and what it says.
    fn row(&mut self, keys: &[&str], table: &str, label: &str, value: impl Into<String>) {
        self.add(keys, label, value);
        if let Some(line) = self.all.last_mut() {
            line.table = Some(table.to_owned());
        }
    }

    fn maybe(&mut self, keys: &[&str], label: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.add(keys, label, value);
        }
    }

    fn section(self, id: impl Into<String>, title: impl Into<String>) -> Section {
        Section { id: id.into(), title: title.into(), lines: self.all }
    }
}

/// The page of a regimen.
pub fn protocol(regimen: &Regimen) -> Protocol {
    let mut sections = vec![about(regimen)];
    for phase in &regimen.phases {
        sections.push(cycle(regimen, phase));
        sections.extend(phase.drugs.iter().map(|one| drug::section(regimen.cycle_word, phase, one)));
    }
    sections.extend(whole::body(regimen));
    sections.extend(whole::eligibility(regimen));
    sections.extend(whole::criteria(regimen));
    sections.extend(whole::cohorts(regimen));
    sections.extend(rules::section(regimen));
    sections.extend(whole::lifetimes(regimen));
    sections.extend(whole::assessments(regimen));
    sections.push(example::section(regimen));
    sections.push(whole::sources(regimen));
    sections.extend(standing::checked(regimen));
    let state = format!("v{}, {}", regimen.version, regimen.status.word());
    Protocol { name: regimen.name.clone(), state, sections }
}

fn about(regimen: &Regimen) -> Section {
    let mut lines = Lines::new(regimen.cycle_word, None);
    lines.add(&[], "id", &regimen.id);
    lines.add(&[], "indication", &regimen.indication);
    lines.maybe(&[], "also called", (!regimen.also.is_empty()).then(|| regimen.also.join(", ")));
    let trial = regimen.trial.as_ref().map(|trial| trial.known().cloned().unwrap_or_else(|| "unknown".to_owned()));
    lines.maybe(&[], "trial", trial);
    lines.maybe(&[], "protocol", regimen.protocol.as_ref());
    lines.maybe(&[], "protocol version", regimen.protocol_version.as_ref());
    lines.maybe(&[], "amended", regimen.amended.map(crate::calendar::print));
    let unsaid = regimen.goes_with_supportive_care().then(|| "the file does not say".to_owned());
    lines.maybe(&[], "supportive care", words::supportive_care(regimen).or(unsaid));
    lines.maybe(&[], "note", regimen.note.as_ref());
    let setting = match regimen.setting {
        Setting::Trial => "trial: only the modifications listed here, no increase above protocol",
        Setting::Practice => "practice",
    };
    lines.add(&[], "setting", setting);
    lines.add(&[], "sha-256", &regimen.sha256);
    lines.section("regimen", "Regimen")
}

/// `phase.ac.` before the parts of a phase; nothing in a regimen of one.
fn inside(phase: &Phase, part: &str) -> String {
    phase.id.as_ref().map_or_else(|| part.to_owned(), |id| format!("phase.{id}.{part}"))
}

fn cycle(regimen: &Regimen, phase: &Phase) -> Section {
    let (cycle, word) = (&phase.cycle, regimen.cycle_word);
    let mut lines = Lines::new(word, Some(&phase.provenance));
    if let Some(begins) = &phase.begins {
        let from = match begins.from {
            BeginsFrom::Day1 => format!("day 1 of the last {}", word.one()),
            BeginsFrom::End => format!("the end of the last {}", word.one()),
            BeginsFrom::LastDose => "the last dose, when it was given,".to_owned(),
        };
        let condition = begins.condition.as_ref().map_or(String::new(), |condition| format!(", {condition}"));
        lines.add(&["begins"], "begins", format!("{} {from} of {}{condition}", begins.gap.words(), begins.after));
    }
    lines.provenance = Some(&cycle.provenance);
    lines.add(&["length"], "length", format!("{} days", cycle.length));
    lines.add(&["count"], "number", words::count(cycle, word));
    lines.maybe(&["stop"], "stop", (!cycle.stop.is_empty()).then(|| cycle.stop.join(", ")));
    let next = match cycle.next {
        Next::FromActual => "counted from the actual day 1".to_owned(),
        Next::FromPlanned => "counted from the planned day 1".to_owned(),
        Next::FromPlannedUpTo(days) => {
            format!("counted from the planned day 1; after more than {days} days late from the actual one")
        }
        Next::Unknown => "not known; planned from the actual day 1".to_owned(),
    };
    lines.add(&["next"], "after a delay", next);
    let window = match cycle.window {
        Stated::Is(room) => {
            format!("{} days early to {} days late, from the second {} on", room.early, room.late, word.one())
        }
        Stated::Unknown => "unknown".to_owned(),
    };
    lines.add(&["window"], "window of day 1", window);
    lines.maybe(&["longest_delay"], "longest delay", cycle.longest_delay.map(|days| format!("{days} days")));
    lines.maybe(&["day_zero"], "day 0", cycle.day_zero.as_ref());
    lines.maybe(&["anchor"], "day 1 is the day of", cycle.anchor.as_ref());
    let omitted = match cycle.count.omitted {
        Omitted::Counts => Some("counts towards the number"),
        Omitted::DoesNotCount => Some("does not count towards the number"),
        Omitted::Unknown => None,
    };
    lines.maybe(&["count"], "wholly omitted", omitted);
    let numbers = match phase.numbering {
        Numbering::Continues => "go on from the phase before".to_owned(),
        Numbering::Restarts => format!("begin again at {}", regimen.cycles_from),
    };
    lines.maybe(&["numbering"], "numbers", phase.id.is_some().then_some(numbers));
    let name = phase.name.as_ref().or(phase.id.as_ref());
    lines.section(
        inside(phase, "cycle"),
        name.map_or_else(|| word.title().to_owned(), |name| format!("{}: {name}", word.title())),
    )
}
