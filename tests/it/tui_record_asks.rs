//! What the record itself has to say, in the interface: questions of its own, what is wrong around it, what was imported,
//! and what stands although it cannot be shown.

use posology::course::event::{Enrolled, Event, Pinned};
use posology::decide::Proposed;
use posology::store::{NewEvent, Store};
use posology::subjects::Actor;
use posology::tui::model::{Kind, Message, Report};
use posology::tui::record::{Job, Recorded, worker_jobs};
use posology::tui::update;

use crate::clinic::Clinic;
use crate::store_record::event;
use crate::support::{date, subject};
use crate::tui_record::Interface;

/// The day of the newest entry is behind the clock by 73 years: the question is asked in the form, and its answer kept.
#[test]
fn a_clock_behind_the_newest_entry_is_asked_about_in_the_form() {
    let clinic = Clinic::new();
    clinic.enrol();
    let mut store = Store::open_existing(&clinic.path("records")).unwrap();
    let body = r#"{"event":{"note":{"reason":"x"}},"program":"0.1.0"}"#;
    store.append(1, &[NewEvent { recorded: "2099-01-01T00:00:00Z".into(), ..event("S-014", body) }]).unwrap();
    let mut interface = Interface::of(clinic);
    interface.keys("<f3><enter>rn");
    interface.typed("seen");
    interface.keys("<enter>A.Nurse<enter>");
    let asked = interface.keys("<f2>");
    assert!(asked.contains("Nothing was recorded yet: the record asks something first"), "{asked}");
    assert!(asked.contains("Reason for recording with this clock") && asked.contains("2099-01-01"), "{asked}");
    assert_eq!(store.head().count, 2);
    interface.keys("<enter>");
    interface.typed("battery was changed");
    let told = interface.keys("<f2>");
    assert!(told.contains("S-014: recorded"), "{told}");
    let last = store.events("S-014").unwrap().pop().unwrap();
    assert!(String::from_utf8(last.body).unwrap().contains("battery was changed"));
}

#[test]
fn a_witness_that_is_gone_is_told_above_what_waits() {
    let clinic = Clinic::new();
    clinic.enrol();
    std::fs::create_dir(clinic.path("share")).unwrap();
    let (witness, records) = (clinic.path("share/witness.txt"), clinic.path("records"));
    let line = ["audit", "witness", witness.to_str().unwrap(), "--who", "B", "--data", records.to_str().unwrap()];
    assert!(clinic.bare(&line).status.success());
    std::fs::rename(clinic.path("share"), clinic.path("gone")).unwrap();
    let mut interface = Interface::of(clinic);
    let listed = interface.keys("<f3>");
    assert!(listed.contains("▲") && listed.contains("the record was not compared with it"), "{listed}");
    interface.keys("<enter>rn");
    interface.typed("seen");
    let told = interface.keys("<enter>A.Nurse<enter><f2>");
    assert!(told.contains("S-014: recorded") && told.contains("its line waits"), "{told}");
}

#[test]
fn what_was_imported_says_so() {
    let clinic = Clinic::new();
    clinic.enrol();
    let file = clinic.path("S-014.jsonl");
    let to = file.to_str().unwrap();
    let records = clinic.path("records");
    let identity = Store::open_read_only(&records).unwrap().identity();
    let export = ["subject", "export", "S-014", "-o", to, "--data", records.to_str().unwrap()];
    assert!(clinic.bare(&export).status.success());
    let other = Clinic::new();
    assert!(other.run(&["subject", "import", to, "--who", "B. Keeper"]).status.success());
    other.record(&["note", "S-014", "arrived"]);
    let line = format!("Imported from record {}: entry 1", &identity[..12]);
    let shown = String::from_utf8(other.run(&["subject", "show", "S-014", "--history"]).stdout).unwrap();
    assert!(shown.contains(&line), "{shown}");
    let marked = |text: &str| text.lines().filter(|line| line.contains("(imported)")).count();
    assert_eq!(marked(&shown), 1, "{shown}");
    assert_eq!(other.show()["history"][0]["imported_from"], identity);
    assert_eq!(other.show()["history"][2]["imported_from"], serde_json::Value::Null);
    let mut interface = Interface::of(other);
    let history = interface.keys("<f3><enter>i");
    assert!(history.contains(&line) && marked(&history) == 1, "{history}");
}

/// A text that resolves to nothing: what is recorded stands, and nobody is told that nothing was.
#[test]
fn what_stands_and_cannot_be_shown_is_never_called_unrecorded() {
    let interface = Interface::new();
    // sha256sum of the ten letters.
    let hash = "90cd989b60aecaf8094980c5dfdd9df43d0164f85ca89d0ae289ab97d995b64b".to_owned();
    let text: &[u8] = b"no regimen";
    let pinned = Pinned { id: "x".into(), version: "1".into(), sha256: hash.clone() };
    let enrolled = Enrolled::new(pinned, date("2026-12-07"), &subject("170", "65"), Vec::new());
    let proposed = Proposed { effective: date("2026-12-07"), event: Event::Enrolled(enrolled), answers: Vec::new() };
    let actor = Actor {
        who: "A. Nurse".into(),
        now: date("2026-12-07"),
        set: None,
        accepted: Vec::new(),
        confirmed: Vec::new(),
    };
    let job = Job { code: "S-1".into(), last: 0, events: vec![proposed], actor, text: Some((hash, text.into())) };
    let Recorded::Unread(told) = worker_jobs::record(interface.world(), &job) else { panic!("it cannot be shown") };
    assert!(told.starts_with("Recorded for S-1 as entry 1, and cannot be shown"), "{told}");
    assert_eq!(Store::open_read_only(&interface.data()).unwrap().head().count, 1);

    // The form is not offered again, and nothing says that nothing was recorded.
    let mut interface = Interface::enrolled();
    interface.keys("rn");
    interface.typed("seen");
    let chord = posology::tui::key::script("<f2>")[0];
    update(&mut interface.model, Message::Key(chord));
    let generation = interface.model.generation;
    let report = Report::Recorded(Recorded::Unread(told));
    update(&mut interface.model, Message::Done(generation, report));
    let text = interface.text();
    assert!(text.contains("Recorded for S-1 as entry 1") && !text.contains("Nothing was recorded"), "{text}");
    assert_ne!(interface.model.kind(), Kind::Act);
}

/// From which state of the record it is, and that nobody typed the figures again: on what leaves either face.
#[test]
fn what_leaves_the_program_says_from_which_state_of_the_record_it_is() {
    let mut interface = Interface::enrolled();
    let store = Store::open_read_only(&interface.data()).unwrap();
    let (record, head) = (store.identity(), store.head());
    let words =
        format!("Not verified by a second person; record {} of 1 event, head {}", &record[..12], &head.hash[..12]);
    drop(store);
    interface.model.folder = interface.data().parent().unwrap().to_owned();
    for format in ["text", "json", "html-worksheet", "csv-provenance", "fhir"] {
        let at = posology::export::FORMATS.iter().position(|one| one.id == format).unwrap();
        interface.model.study = std::sync::Arc::new(posology::study::Chosen {
            code: Some("TR-01".into()),
            ..posology::study::Chosen::default()
        });
        interface.keys("x");
        interface.tell(Message::Row(at));
        let told = interface.keys("<enter>");
        assert!(told.contains("Written:"), "{format}: {told}");
        let files = std::fs::read_dir(&interface.model.folder).unwrap().map(|entry| entry.unwrap().path());
        let file = files.into_iter().find(|path| path.is_file() && path.to_string_lossy().contains("S-014-")).unwrap();
        let text = std::fs::read_to_string(&file).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&words), "{format}: {text}");
        std::fs::remove_file(file).unwrap();
    }
    let data = interface.data();
    let clinic = Clinic::new();
    let show = ["subject", "show", "S-014", "--data", data.to_str().unwrap()];
    let shown = String::from_utf8(clinic.bare(&show).stdout).unwrap();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(&words), "{shown}");
}
