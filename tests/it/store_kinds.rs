//! Every kind of event, in every version it ever had, is read by every later program as it was written.

use std::collections::BTreeSet;

use posology::course::event::VERSION;
use posology::decide::Proposed;
use posology::event_codec::{self, KINDS, RecordedBy};
use posology::store::STORE;
use serde_json::Value;

use crate::clinic::Clinic;
use crate::store_formats::placed;
use crate::store_record::looked_through;

/// Written by the programs that knew each kind first, and never written anew. What comes later (a kind, a version) is recorded on
/// a copy of this file by the program that brings it, and the copy takes its place: its older entries stay as they are.
///
/// S-001, approved regimen: enrolled and typed again by another, cleared, double-checked, prepared, given in part with kit, lot
/// and hours, home doses counted, delayed, reduced, weighed, held and undone, missed, moved, corrected, remarks of each sort, one
/// of them redacted. S-002: a level from the start on, a weight confirmed by a second person and one typed again, stopped. S-003: the
/// clock of hour 0, the age at consent, exposure before, one drug stopped for good. S-004 came from another record.
const EVERY: &[u8] = include_bytes!("../fixtures/record-every-kind.sqlite");

#[test]
fn every_kind_and_version_is_there_and_read_as_it_was_written() {
    let clinic = Clinic::new();
    let records = clinic.path("records");
    placed(&records, EVERY);
    let store = looked_through(&records);
    assert_eq!(store.verify().faults, Vec::<String>::new());
    let (mut kinds, mut versions) = (BTreeSet::new(), BTreeSet::new());
    for record in store.all().unwrap().into_iter().filter(|record| record.subject != STORE) {
        let entry = event_codec::decode(&record).unwrap();
        let proposed = Proposed { effective: entry.effective, event: entry.event, answers: entry.answers };
        let by = RecordedBy {
            recorded: entry.recorded,
            offset: record.offset,
            who: entry.who,
            today: entry.today,
            account: record.account,
            machine: record.machine,
        };
        let again = event_codec::encode(&record.subject, &proposed, &by).unwrap();
        assert_eq!((&again.kind, again.version), (&record.kind, record.version), "entry {}", record.seq);
        // Nothing of it is lost or added: another program wrote it, and that is all that differs.
        let said = |body: &[u8]| {
            let mut body: Value = serde_json::from_slice(body).unwrap();
            body.as_object_mut().unwrap().remove("program").unwrap();
            body
        };
        assert_eq!(said(&again.body), said(&record.body), "entry {}", record.seq);
        kinds.insert(record.kind);
        versions.insert(record.version);
    }
    assert_eq!(kinds, KINDS.iter().map(ToString::to_string).collect(), "record what is missing on a copy of the file");
    assert_eq!(versions, (1..=VERSION).collect(), "record what is missing on a copy of the file");
}

/// By hand, of S-001: 130 mg/m2 × 1.75 m2 = 227.5, planned twice; 210 mg (corrected from 200) and 228 mg went in. 1,000 mg/m2 × 1.75 m2 ×
/// 28 doses, planned twice; taken 26 of 1,500 mg in the morning and 2,000 mg in the evening, and at 75 % 28 of 1,000 and 1,500 mg.
#[test]
fn the_subjects_of_every_kind_give_the_figures_they_gave() {
    let mut clinic = Clinic::new();
    placed(&clinic.path("records"), EVERY);
    clinic.today = "2027-01-04";
    let listed = clinic.run(&["subject", "list"]);
    let listed = (listed.status.code(), String::from_utf8(listed.stdout).unwrap());
    assert_eq!((listed.0, listed.1.lines().count()), (Some(0), 4), "{}", listed.1);
    let shown = clinic.run(&["subject", "show", "S-001", "--json"]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let figures: Vec<[&str; 3]> = shown["ledger"]["drugs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| ["drug", "planned", "delivered"].map(|name| one[name].as_str().unwrap()))
        .collect();
    assert_eq!(figures, [["oxaliplatin", "455 mg", "438 mg"], ["capecitabine", "98000 mg", "80500 mg"]]);
    for line in [&["due"][..], &["deviations"], &["subject", "show", "S-002", "--history"]] {
        assert_eq!(clinic.run(line).status.code(), Some(0), "{line:?}");
    }
    // And it goes on.
    clinic.record(&["note", "S-001", "goes on"]);
}
