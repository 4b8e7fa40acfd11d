//! One subject that cannot be read is one bad line: the others go on, and the exit code tells.

use posology::store::Store;
use serde_json::Value;

use super::clinic::Clinic;
use super::store_record::event;
use super::tui_record::Interface;

fn two_and_a_bad_one() -> Clinic {
    let clinic = Clinic::new();
    clinic.enrol();
    let add = ["add", "S-015", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    // A program that wrote what it could not read: its days end in 2200.
    let mut store = Store::open_existing(&clinic.path("records")).unwrap();
    let body = r#"{"event":{"note":{"reason":"x"}},"program":"0.1.0"}"#;
    let far = posology::store::NewEvent { effective: "2201-01-01".into(), ..event("S-015", body) };
    store.append(2, &[far]).unwrap();
    clinic
}

#[test]
fn lists_show_the_others_and_end_with_code_4() {
    let clinic = two_and_a_bad_one();
    for (command, good) in [
        (&["subject", "list"][..], "S-014        npc-liposomal"),
        (&["due"], "C1D1 irinotecan liposomal"),
        (&["deviations"], "S-014  07-Dec-2026"),
        (&["deviations", "--as", "csv"], "S-014,2026-12-07"),
    ] {
        let shown = clinic.run(command);
        let (out, err) = (String::from_utf8_lossy(&shown.stdout), String::from_utf8_lossy(&shown.stderr));
        assert_eq!(shown.status.code(), Some(4), "{command:?}: {out}{err}");
        assert!(out.contains(good), "{command:?}: {out}");
        let bad: Vec<&str> = out.lines().filter(|line| line.contains("S-015")).collect();
        assert_eq!(bad.len(), 1, "{command:?}: {out}");
        assert!(bad[0].contains("cannot be read") && bad[0].contains("2201-01-01"), "{command:?}: {out}");
        assert!(err.contains("1 of 2 subjects cannot be read: S-015; the others are shown"), "{command:?}: {err}");
    }
    let listed = clinic.run(&["subject", "list", "--json"]);
    assert_eq!(listed.status.code(), Some(4));
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert!(listed["subjects"][0]["fault"].is_null() && listed["subjects"][1]["fault"].is_string(), "{listed}");
    let calendar =
        clinic.run(&["due", "--as", "ics", "--study", "T1", "--namespace", "9b2f1c1e-6f0a-4b8e-9f57-0d6f0a4b8e9f"]);
    assert_eq!(calendar.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&calendar.stdout).contains("BEGIN:VEVENT"));
    // The bad one itself tells why; the good one is opened, recorded and exported as ever.
    assert_eq!(clinic.run(&["subject", "show", "S-015"]).status.code(), Some(4));
    assert_eq!(clinic.run(&["subject", "show", "S-014"]).status.code(), Some(0));
}

/// On the screen too: the bad one says why, the other is opened and recorded on.
#[test]
fn in_the_interface_the_others_go_on() {
    let mut interface = Interface::of(two_and_a_bad_one());
    let list = interface.keys("<f3>");
    let bad: Vec<&str> = list.lines().filter(|line| line.contains("S-015")).collect();
    assert!(!bad.is_empty() && list.contains("cannot be read"), "{list}");
    assert!(list.contains("2201-01-01"), "why it cannot be read: {list}");
    assert!(list.contains("S-014"), "{list}");
    let opened = interface.keys("<down><enter>");
    assert!(opened.contains("irinotecan liposomal 123 mg"), "{opened}");
    let refused = interface.keys("<f3>g<enter>");
    assert!(refused.contains("2201-01-01") && refused.contains("S-015"), "{refused}");
    let again = interface.keys("<f3>gj<enter>");
    assert!(again.contains("irinotecan liposomal 123 mg"), "{again}");
}

#[test]
fn what_could_not_be_read_is_not_recorded() {
    let clinic = two_and_a_bad_one();
    let note = ["subject", "note", "S-015", "y", "--who", "A", "--yes"];
    assert_eq!(clinic.run(&note).status.code(), Some(4), "nothing is built on what cannot be read");
    // Entries of a day ahead of the machine's: that is asked about.
    clinic.record(&["note", "S-014", "y", "--accept", "clock-back=training"]);
}

/// What cannot be read is undone by its place, with a reason, and the subject can be read again.
#[test]
fn an_entry_that_cannot_be_read_is_undone_by_its_place() {
    let clinic = two_and_a_bad_one();
    let undo = ["subject", "undo", "S-015", "3", "--reason", "written by a clock of 2201", "--who", "A. Nurse"];
    let shown = clinic.run(&undo);
    assert!(shown.status.success());
    assert!(String::from_utf8_lossy(&shown.stderr).contains("entry 3 (note, version 1) cannot be read"));
    assert_eq!(clinic.run(&["subject", "list"]).status.code(), Some(4), "nothing is recorded without a word");
    // The enrolment of the other can be read, and is no matter of this.
    clinic.refused(&["undo", "S-014", "1", "--reason", "x"], "enrolment");
    // The clock of this computer is behind the day on which the other program wrote.
    let late = ["--accept", "clock-back=the other program's clock"];
    clinic.record(&[&undo[1..6], &late].concat());
    for command in [
        &["subject", "list"][..],
        &["due"],
        &[&["subject", "note", "S-015", "y", "--who", "A", "--yes"][..], &late].concat(),
    ] {
        let ran = clinic.run(command);
        assert_eq!(ran.status.code(), Some(0), "{command:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let shown = String::from_utf8(clinic.run(&["subject", "show", "S-015", "--history"]).stdout).unwrap();
    assert!(shown.contains("undone entry 3: written by a clock of 2201"), "{shown}");
    // It is still there for whoever looks into the record.
    let audit = clinic.bare(&["audit", "show", "--data", clinic.path("records").to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&audit.stdout).contains("3  S-015  note"));
}
