//! From which state of a record a file is: every format says it that can, and the page of exports names those that cannot.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use posology::calendar::Site;
use posology::export::{FORMATS, Format, notes};
use posology::library::Library;
use posology::present::Schedule;
use posology::store::Store;
use posology::subjects;

use crate::clinic::Clinic;
use crate::schedules::options;

/// Somebody else has laid down their columns, and a comment is a row to who reads them: it is told beside the file.
const NO_ROOM: [&str; 5] = ["nonmem", "redcap-import", "sdtm-da", "sdtm-ec", "sdtm-ex"];

/// They are of no subject.
const OF_NOBODY: [&str; 2] = ["csv-codebook", "redcap-dictionary"];

/// Pages of a patient have no hashes on them, and a label has room for what is in the bag.
const ON_PAPER: [&str; 2] = ["html-calendar", "html-labels"];

const RECORD: &str = "0123456789ab";
const HEAD: &str = "ba9876543210";

/// A subject with a dose, home doses and entries of every table.
fn recorded() -> Schedule {
    let mut clinic = Clinic::new();
    let add = ["add", "S-014", "cns-pcv", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(
        &[&add[..], &["--accept", "draft=training", "--accept", "tablets-not-made=1", "--exposure", "lomustine=none"]]
            .concat(),
    );
    clinic.today = "2026-12-21";
    let given = ["given", "S-014", "--cycle", "1", "--day", "8", "--drug", "vincristine", "--on", "2026-12-14"];
    clinic.record(&given);
    clinic.record(&["supply", "S-014", "dispensed", "28", "--cycle", "1", "--drug", "procarbazine"]);
    let store = Store::open_read_only(&clinic.path("records")).unwrap();
    let opened = subjects::open(&store, "S-014", &Library::default()).unwrap();
    opened.schedule(&Site::default()).unwrap()
}

/// As a reader has it: lines unfolded, cells beside each other. Text in a PDF is glyphs: its page is that of the HTML.
fn legible(format: &Format, bytes: Vec<u8>) -> Option<String> {
    match format.extension {
        "pdf" => None,
        "xlsx" => {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
            let cells = book
                .worksheets()
                .into_iter()
                .flat_map(|(_, sheet)| sheet.rows().flatten().map(ToString::to_string).collect::<Vec<_>>());
            Some(cells.collect::<Vec<_>>().join("\n"))
        }
        "ics" => Some(String::from_utf8(bytes).unwrap().replace("\r\n ", "")),
        _ => Some(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

#[test]
fn every_format_says_from_which_state_of_the_record_it_is_or_is_known_not_to() {
    let schedule = recorded();
    let mut options = options();
    options.print.verification =
        Some(format!("Not verified by a second person; record {RECORD} of 5 events, head {HEAD}"));
    let page = include_str!("../../docs/exports.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let part = page.split("**From which state of the record.**").nth(1).and_then(|part| part.split(" * ").next());
    let part = part.expect("the page of exports says which formats say it");
    let mut silent: BTreeMap<&str, bool> = BTreeMap::new();
    for format in FORMATS {
        let bytes = format.bytes(&schedule, &options).unwrap_or_else(|error| panic!("{}: {error}", format.id));
        let Some(text) = legible(format, bytes) else { continue };
        if !(text.contains(RECORD) && text.contains(HEAD)) {
            let told = notes(format, &schedule, &options).iter().any(|note| note.to_string().contains(HEAD));
            silent.insert(format.id, told);
            assert!(part.contains(&format!("`{}`", format.id)), "the page of exports does not name {}", format.id);
        }
    }
    let known = |all: &[&'static str], told: bool| all.iter().map(|id| (*id, told)).collect::<Vec<_>>();
    let known = [known(&NO_ROOM, true), known(&OF_NOBODY, false), known(&ON_PAPER, false)].concat();
    assert_eq!(silent, known.into_iter().collect());
}
