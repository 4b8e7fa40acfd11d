//! The formats as the export dialog offers them: for people first, for data after, each with whom it is for.

use crate::export::{FORMATS, Format};

/// Whom a format is for, and what for.
struct Purpose {
    formats: &'static [&'static str],
    people: bool,
    text: &'static str,
}

const fn people(formats: &'static [&'static str], text: &'static str) -> Purpose {
    Purpose { formats, people: true, text }
}

const fn data(formats: &'static [&'static str], text: &'static str) -> Purpose {
    Purpose { formats, people: false, text }
}

/// In the order in which they are offered.
const PURPOSES: &[Purpose] = &[
    people(&["pdf-calendar"], "for the patient: dates and what to do, no figures of dosing"),
    people(&["pdf-worksheet"], "for the pharmacy: what is prepared, with the working and boxes to sign"),
    people(&["pdf-labels"], "for the pharmacy: labels to print"),
    people(&["pdf-notice"], "for pharmacy and ward: what changed against the last dose, and why"),
    people(&["pdf-log"], "for tablets at home: dispensed, brought back, the balance"),
    people(&["pdf-protocol"], "the regimen on paper, every figure with its source"),
    people(&["xlsx"], "a workbook to read and print: schedule, working, totals, history"),
    people(&["ics"], "for a calendar program: Outlook, Google, Apple"),
    people(&["text"], "plain text, to read or to paste"),
    people(&["markdown"], "text with tables, for a wiki or a ticket"),
    people(&["html-calendar"], "for the patient, as a page of a browser; has every script"),
    people(&["html-worksheet"], "for the pharmacy, as a page of a browser"),
    people(&["html-labels"], "labels, as a page of a browser"),
    people(&["html-notice"], "what changed, as a page of a browser"),
    people(&["html-log"], "dispensed and brought back, as a page of a browser"),
    people(&["html-protocol"], "the regimen, as a page of a browser"),
    data(&["csv"], "one row a dose, planned beside given, for a spreadsheet or a script"),
    data(&["csv-visits"], "assessments and the ends of long infusions"),
    data(&["csv-history"], "for a monitor: every entry of the record, with who, when and why"),
    data(&["csv-intensity"], "for statistics: planned and delivered, dose intensity"),
    data(&["csv-home"], "tablets at home: dispensed, returned, taken"),
    data(&["csv-provenance"], "what the figures were made from"),
    data(&["csv-codebook"], "what every column of the CSV files means"),
    data(&["parquet"], "the doses with types, for a data pipeline"),
    data(&["json", "jsonl"], "everything, for a program"),
    data(&["sdtm-ec", "sdtm-ec-json"], "for SDTM: doses scheduled and performed"),
    data(&["sdtm-ex", "sdtm-ex-json"], "for SDTM: doses that were given"),
    data(&["sdtm-da", "sdtm-da-json"], "for SDTM: tablets dispensed and brought back"),
    data(&["redcap-import"], "rows to import into REDCap"),
    data(&["redcap-dictionary"], "the form that those rows belong to"),
    data(&["fhir"], "for a hospital system: proposals, never orders"),
    data(&["fhir-losses"], "what that bundle could not carry"),
    data(&["nonmem"], "for pharmacometrics: NONMEM, mrgsolve, rxode2"),
    data(&["nonmem-page"], "what the columns of that table mean"),
];

fn place(format: &Format) -> Option<(usize, &'static Purpose)> {
    PURPOSES.iter().enumerate().find(|(_, purpose)| purpose.formats.contains(&format.id))
}

/// Whether it is for people; what nobody has said anything about is data.
pub fn is_for_people(format: &Format) -> bool {
    place(format).is_some_and(|(_, purpose)| purpose.people)
}

/// Whom it is for and what for; nothing where nobody has said it.
pub fn purpose(format: &Format) -> &'static str {
    place(format).map_or("", |(_, purpose)| purpose.text)
}

/// The places in [`FORMATS`] of those that fit every word, in the order in which they are offered.
pub fn listed(words: &str) -> Vec<usize> {
    let words = words.to_lowercase();
    let fits = |format: &Format| {
        let text = format!("{} {} {}", format.id, format.title, purpose(format)).to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    };
    let mut found: Vec<usize> = FORMATS.iter().enumerate().filter(|(_, one)| fits(one)).map(|(at, _)| at).collect();
    found.sort_by_key(|at| FORMATS.get(*at).and_then(place).map_or(usize::MAX, |(nth, _)| nth));
    found
}
