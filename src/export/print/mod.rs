//! Print-outs: the subject's calendar, the pharmacist's worksheet, the regimen page, the dose-change
//! notice, the log for home drugs, the labels. Each is described once as a document; HTML and PDF draw it.

mod calendar;
mod document;
mod html;
mod html_leaf;
mod labels;
mod leaf;
mod log;
mod notice;
mod pdf;
mod protocol;
mod timeline;
mod visit;
mod worksheet;

use crate::present::{NOT_AN_ORDER, Schedule};
use crate::quantity::Decimal;
use crate::quantity::number::print;
use crate::study::{Contact, Jurisdiction, LabelSize, PatientTexts};

use super::{ExportError, Options, Replaces, shared};
use document::{Document, Sheet};

/// What only print-outs need to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print {
    /// One cycle only.
    pub cycle: Option<u32>,
    /// Who verified what, in words; absent while nobody has.
    pub verification: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// Whom to call; the first stands largest.
    pub contacts: Vec<Contact>,
    /// What a subject brings along.
    pub bring: Vec<String>,
    /// The study's words for the patients of this regimen.
    pub texts: Option<PatientTexts>,
    /// The sheet that a patient has already.
    pub replaces: Replaces,
    /// The study's title.
    pub title: Option<String>,
    /// The protocol's number.
    pub protocol: Option<String>,
    /// The protocol's version.
    pub protocol_version: Option<String>,
    /// Whose rules labels follow.
    pub jurisdiction: Option<Jurisdiction>,
    /// The labels of the site's pharmacy.
    pub labels: Option<LabelSize>,
    /// Worksheets and labels of what was given, too: they say GIVEN.
    pub given: bool,
}

type Sheets = fn(&Schedule, &Options) -> Vec<Sheet>;

fn document(title: &str, sheets: Sheets, schedule: &Schedule, options: &Options) -> Document {
    let regimen = &schedule.regimen;
    let verified = options.print.verification.as_deref().unwrap_or(shared::NOT_VERIFIED);
    let program = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let mut sheets = sheets(schedule, options);
    if sheets.is_empty() {
        let of =
            options.print.cycle.map_or(String::new(), |cycle| format!("{} of ", regimen.cycle_word.numbered(cycle)));
        let text = format!("There is nothing to print here for {of}this plan{}.", why(title));
        let ended = shared::ended(schedule).map(document::Block::Notice);
        let blocks = ended.into_iter().chain([document::Block::Text(text)]).collect();
        sheets.push(Sheet::new(title, blocks));
    }
    Document {
        title: format!("{title}: {}", regimen.name),
        letter: options.letter,
        banner: shared::banner(schedule).map(str::to_owned),
        head: if title == REGIMEN { Vec::new() } else { who(options) },
        foot: vec![
            format!(
                "{program} · regimen {} version {}, {} · made {} · {verified}",
                regimen.id,
                regimen.version,
                regimen.status.word(),
                made(&options.generated),
            ),
            format!("regimen sha256 {}", regimen.sha256),
            NOT_AN_ORDER.to_owned(),
        ],
        generated: options.generated.clone(),
        sheets,
        labels: None,
    }
}

/// The title of the one print-out that is of no subject.
const REGIMEN: &str = "Regimen";

/// Nobody prints more, and each page is held in memory until the file is whole.
const MOST_PAGES: usize = 2_000;

/// Refuses a print-out of more pages than anybody prints.
fn printable(pages: usize) -> Result<(), ExportError> {
    if pages <= MOST_PAGES {
        return Ok(());
    }
    Err(ExportError::Refused(format!(
        "This print-out would have {} pages or more; at most {} are made. Print a part of the plan at a time, or write CSV or XLSX.",
        print(Decimal::from(pages)),
        print(Decimal::from(MOST_PAGES))
    )))
}

/// The labels, or why there are none.
fn label_document(schedule: &Schedule, options: &Options) -> Result<Document, ExportError> {
    let made = labels::labels(schedule, options);
    let size = made.size;
    printable(made.labels.len().div_ceil(document::places(size).len().max(1)))?;
    let made = pdf::fitted(made)?.map_err(|label| labels::too_long(&label, size))?;
    let none: Sheets = |_, _| Vec::new();
    let document = document("Labels", none, schedule, options);
    Ok(if made.labels.is_empty() { document } else { Document { labels: Some(made), ..document } })
}

/// The labels, as HTML.
pub(super) fn html_labels(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    Ok(html::write(&label_document(schedule, options)?))
}

/// The labels, as PDF.
pub(super) fn pdf_labels(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    pdf::write(&label_document(schedule, options)?)
}

/// Why a print-out is empty.
fn why(title: &str) -> &'static str {
    match title {
        "Dispensing and return log" => ": no dose is taken at home",
        "Labels" | "Preparation worksheet" => {
            ": there is no dose, or every one was given, held or omitted, or treatment has ended"
        }
        _ => "",
    }
}

fn made(generated: &str) -> &str {
    if generated.is_empty() { "at a time not stated" } else { generated }
}

fn who(options: &Options) -> Vec<(String, String)> {
    vec![
        document::field("Study", options.study.clone().unwrap_or_default()),
        document::field("Subject", options.subject.clone().unwrap_or_default()),
    ]
}

macro_rules! hand_out {
    ($($handout:path, $html:ident, $pdf:ident;)*) => {$(
        #[doc = concat!(stringify!($handout), ", as HTML.")]
        pub(super) fn $html(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
            html_leaf::write(&$handout(schedule, options))
        }

        #[doc = concat!(stringify!($handout), ", as PDF.")]
        pub(super) fn $pdf(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
            pdf::leaf::write(&$handout(schedule, options))
        }
    )*};
}

hand_out! {
    calendar::handout, html_calendar, pdf_calendar;
    notice::handout, html_notice, pdf_notice;
}

macro_rules! print_out {
    ($($title:literal, $sheets:path, $html:ident, $pdf:ident;)*) => {$(
        #[doc = concat!($title, ", as HTML.")]
        pub(super) fn $html(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
            let made = document($title, $sheets, schedule, options);
            printable(made.sheets.len())?;
            Ok(html::write(&made))
        }

        #[doc = concat!($title, ", as PDF.")]
        pub(super) fn $pdf(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
            let made = document($title, $sheets, schedule, options);
            printable(made.sheets.len())?;
            pdf::write(&made)
        }
    )*};
}

print_out! {
    "Preparation worksheet", worksheet::sheets, html_worksheet, pdf_worksheet;
    "Regimen", protocol::sheets, html_protocol, pdf_protocol;
    "Dispensing and return log", log::sheets, html_log, pdf_log;
}
