//! Files that leave the program: one format a file, one registry that drives the command line, the
//! interface and the documentation alike.
//!
//! An exporter turns a [`Schedule`] into bytes and nothing else: it reads no clock and no disk, so the
//! same schedule and [`Options`] always give the same bytes.

mod codebook;
pub mod cohort;
mod columns;
mod csv;
mod each;
pub mod ending;
mod fhir;
mod from_study;
pub mod ics;
mod intensity;
pub mod json;
mod jsonl;
mod markdown;
mod name;
mod namespace;
mod nonmem;
mod note;
mod notes;
mod parquet;
mod print;
mod reading;
mod redcap;
mod replaces;
pub mod save;
mod sdtm;
mod shared;
mod table;
mod text;
mod xlsx;

pub use each::{by_half, expand};
pub use from_study::other_regimen;
pub use namespace::{Kept, kept_namespace, new_namespace, private_folder};
pub use note::Note;
pub use notes::notes;
pub use print::Print;
pub use replaces::Replaces;

use crate::present::Schedule;
use crate::quantity::Decimal;
use crate::quantity::number::plain;

/// A format a schedule can be written in.
pub struct Format {
    /// Its name on the command line: `csv`.
    pub id: &'static str,
    /// The extension of its files, without the point.
    pub extension: &'static str,
    /// What it is, in a few words, for lists.
    pub title: &'static str,
    /// Whether it is text that may be printed to a terminal.
    pub text: bool,
    /// Writes it.
    pub write: Write,
}

/// Where the bytes of a file go.
pub type Out<'a> = &'a mut (dyn std::io::Write + Send);

/// How a format is written.
#[derive(Clone, Copy)]
pub enum Write {
    /// As one document, made as a whole.
    Whole(fn(&Schedule, &Options) -> Result<Vec<u8>, ExportError>),
    /// Row by row: however long the plan, no more than a row is held in memory.
    Rows(fn(&Schedule, &Options, Out<'_>) -> Result<(), ExportError>),
}

/// Every format, in the order in which they are offered.
#[rustfmt::skip] // one line a format, so that adding one touches one line
pub const FORMATS: &[Format] = &[
    csv::DOSES,
    csv::VISITS,
    csv::HISTORY,
    csv::INTENSITY,
    csv::HOME,
    csv::PROVENANCE,
    codebook::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    markdown::FORMAT,
    text::FORMAT,
    nonmem::TABLE,
    nonmem::PAGE,
    redcap::DICTIONARY,
    redcap::IMPORT,
    ics::FORMAT,
    Format { id: "html-calendar", extension: "html", title: "HTML: subject's calendar, to print", text: true, write: Write::Whole(print::html_calendar) },
    Format { id: "html-worksheet", extension: "html", title: "HTML: preparation worksheet, to print", text: true, write: Write::Whole(print::html_worksheet) },
    Format { id: "html-protocol", extension: "html", title: "HTML: page of the regimen, to print", text: true, write: Write::Whole(print::html_protocol) },
    Format { id: "html-notice", extension: "html", title: "HTML: dose change notice, to print", text: true, write: Write::Whole(print::html_notice) },
    Format { id: "html-log", extension: "html", title: "HTML: dispensing and return log, to print", text: true, write: Write::Whole(print::html_log) },
    Format { id: "html-labels", extension: "html", title: "HTML: labels for the pharmacy, to print", text: true, write: Write::Whole(print::html_labels) },
    Format { id: "pdf-calendar", extension: "pdf", title: "PDF: subject's calendar", text: false, write: Write::Whole(print::pdf_calendar) },
    Format { id: "pdf-worksheet", extension: "pdf", title: "PDF: preparation worksheet", text: false, write: Write::Whole(print::pdf_worksheet) },
    Format { id: "pdf-protocol", extension: "pdf", title: "PDF: page of the regimen", text: false, write: Write::Whole(print::pdf_protocol) },
    Format { id: "pdf-notice", extension: "pdf", title: "PDF: dose change notice", text: false, write: Write::Whole(print::pdf_notice) },
    Format { id: "pdf-log", extension: "pdf", title: "PDF: dispensing and return log", text: false, write: Write::Whole(print::pdf_log) },
    Format { id: "pdf-labels", extension: "pdf", title: "PDF: labels for the pharmacy", text: false, write: Write::Whole(print::pdf_labels) },
    Format { id: "xlsx", extension: "xlsx", title: "XLSX: schedule, working, totals, intensity, history, provenance", text: false, write: Write::Rows(xlsx::write) },
    Format { id: "fhir", extension: "json", title: "FHIR R4: a bundle of the plan, as proposals and not orders", text: true, write: Write::Rows(fhir::write) },
    Format { id: "fhir-losses", extension: "txt", title: "What the FHIR bundle could not carry", text: true, write: Write::Whole(fhir::losses) },
    Format { id: "sdtm-ec", extension: "csv", title: "SDTM EC: scheduled doses and, beside them, performed ones, as CSV", text: true, write: Write::Whole(sdtm::ec_csv) },
    Format { id: "sdtm-ec-json", extension: "json", title: "SDTM EC as Dataset-JSON", text: true, write: Write::Whole(sdtm::ec_json) },
    Format { id: "sdtm-ex", extension: "csv", title: "SDTM EX: doses recorded as given, as CSV", text: true, write: Write::Whole(sdtm::ex_csv) },
    Format { id: "sdtm-ex-json", extension: "json", title: "SDTM EX as Dataset-JSON", text: true, write: Write::Whole(sdtm::ex_json) },
    Format { id: "sdtm-da", extension: "csv", title: "SDTM DA: home doses dispensed and brought back, as CSV", text: true, write: Write::Whole(sdtm::da_csv) },
    Format { id: "sdtm-da-json", extension: "json", title: "SDTM DA as Dataset-JSON", text: true, write: Write::Whole(sdtm::da_json) },
    Format { id: "parquet", extension: "parquet", title: "Parquet: the same with types; uneven halves of a day are two rows", text: false, write: Write::Rows(parquet::write) },
];

/// What the caller decides about an export.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// When it was made, as `2026-12-07T09:30:00Z`; passed in, never asked for here.
    pub generated: String,
    /// Study code, for identities and titles.
    pub study: Option<String>,
    /// Subject code, never a name.
    pub subject: Option<String>,
    /// Names of drugs in places a passer-by may read (calendar titles).
    pub show_drugs: bool,
    /// A byte-order mark for spreadsheet programs.
    pub excel: bool,
    /// Letter instead of A4.
    pub letter: bool,
    /// The random namespace of the study, for identities in calendars and bundles (a UUID as text).
    pub namespace: Option<String>,
    /// The previous file, for formats that carry updates.
    pub previous: Option<Vec<u8>>,
    /// The working below the schedule, in formats for reading.
    pub working: bool,
    /// Columns of the terminal; 80 when not said.
    pub width: Option<usize>,
    /// One row for every dose taken at home, instead of one for a run.
    pub each: bool,
    /// The number of the subject in a table of pharmacometrics; 1 where nobody says.
    pub id: Option<u32>,
    /// Where the length of an infusion is a range, the shortest of it, in a table of pharmacometrics.
    pub shortest_infusion: bool,
    /// The event a REDCap project files doses under, where it has events.
    pub redcap_event: Option<String>,
    /// What only print-outs need to be told.
    pub print: Print,
}

/// Why a schedule could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The format cannot carry what the schedule holds, or an option does not fit.
    #[error("{0}")]
    Refused(String),
    /// It needs the subject's code, and why.
    #[error("{0}")]
    NoSubject(&'static str),
    /// It needs the codes of study and subject, and why; which are missing.
    #[error("{why}, and {}", lacking(*.study, *.subject))]
    #[allow(missing_docs)]
    NoCodes { why: &'static str, study: bool, subject: bool },
    /// The library that writes the format failed.
    #[error("the file could not be built: {0}")]
    Writer(String),
    /// What takes the bytes took no more of them.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

fn lacking(study: bool, subject: bool) -> &'static str {
    match (study, subject) {
        (true, true) => "the codes of study and subject are missing.",
        (true, false) => "the code of the study is missing.",
        (false, _) => "the code of the subject is missing.",
    }
}

/// The codes of study and subject, for formats that identify everything by both.
fn codes<'a>(options: &'a Options, why: &'static str) -> Result<(&'a str, &'a str), ExportError> {
    match (options.study.as_deref(), options.subject.as_deref()) {
        (Some(study), Some(subject)) => Ok((study, subject)),
        (study, subject) => Err(ExportError::NoCodes { why, study: study.is_none(), subject: subject.is_none() }),
    }
}

impl Format {
    /// Writes a schedule: what a format's own function does, after what holds for all of them.
    pub fn bytes(&self, schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        self.stream(schedule, options, &mut bytes).map(|()| bytes)
    }

    /// The same, to where it is wanted.
    pub fn stream(&self, schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
        no_such_cycle(schedule, options)?;
        let expanded = options.each.then(|| expand(schedule));
        let schedule = expanded.as_ref().unwrap_or(schedule);
        match self.write {
            Write::Whole(write) => out.write_all(&write(schedule, options)?).map_err(ExportError::Io),
            Write::Rows(write) => write(schedule, options, out),
        }
    }
}

impl Format {
    /// Whether it makes identities, for which it needs the study's namespace.
    pub fn makes_identities(&self) -> bool {
        matches!(self.id, "ics" | "fhir")
    }
}

/// A cycle that the plan does not have would be an empty page.
fn no_such_cycle(schedule: &Schedule, options: &Options) -> Result<(), ExportError> {
    let Some(wanted) = options.print.cycle else { return Ok(()) };
    let word = schedule.regimen.cycle_word;
    let numbers = || schedule.sheets.cycles.iter().map(|cycle| cycle.number);
    if numbers().any(|number| number == wanted) {
        return Ok(());
    }
    let known = match (numbers().min(), numbers().max()) {
        (Some(first), Some(last)) if first < last => format!("it has {} {first} to {last}", word.many()),
        (Some(only), _) => format!("it has {} alone", word.numbered(only)),
        (None, _) => "it has none".to_owned(),
    };
    Err(ExportError::Refused(format!("The plan has no {}; {known}.", word.numbered(wanted))))
}

/// Looks a format up by its name.
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// The figure as a float, where writing it back gives the same digits; for writers that know floats only.
fn exact(figure: Decimal) -> Option<f64> {
    let text = plain(figure);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > 15 {
        return None;
    }
    text.parse().ok()
}

/// Any table as CSV, safe for spreadsheets: what is written beside the formats of a plan.
pub fn cells(columns: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let header = columns.iter().map(|&name| name.to_owned()).collect();
    table::records(std::iter::once(header).chain(rows.iter().cloned()), &Options::default())
}
