//! A remark that tells of a deviation, or that the subject consented again: on both faces, in the history and the monitor's list.

use crate::clinic::Clinic;
use crate::store_record::looked_through;
use crate::tui_record::Interface;

fn out(clinic: &Clinic, arguments: &[&str]) -> String {
    String::from_utf8(clinic.run(arguments).stdout).unwrap()
}

#[test]
fn a_deviation_that_somebody_noted_has_its_type_and_grade() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-09";
    let text = "infusion stopped, restarted without premedication";
    let deviation = ["--deviation", "treat", "--important", "--on", "2026-12-07"];
    clinic.record(&[&["note", "S-014", text][..], &deviation].concat());
    clinic.record(&["note", "S-014", "ECG was not done", "--deviation", "visit"]);
    clinic.record(&["note", "S-014", "protocol version 4 signed", "--reconsented", "--on", "2026-12-08"]);
    clinic.record(&["note", "S-014", "came on foot"]);
    let history = out(&clinic, &["subject", "show", "S-014", "--history"]);
    for words in ["important deviation: wrong treatment or dose", "deviation: visit or assessment", "consented again"] {
        assert!(history.contains(words), "{words}: {history}");
    }
    let listed = out(&clinic, &["deviations", "S-014", "--only", "deviation", "--as", "csv"]);
    let noted: Vec<&str> = listed.lines().filter(|line| line.contains("Noted as a deviation.")).collect();
    assert_eq!(noted.len(), 2, "{listed}");
    assert!(noted[0].starts_with("S-014,2026-12-07,wrong treatment or dose,"), "{listed}");
    assert!(noted[0].contains(text) && noted[0].ends_with(",deviation,important"), "{listed}");
    assert!(noted[1].starts_with("S-014,2026-12-09,visit or assessment,"), "{listed}");
    assert!(noted[1].ends_with(",deviation,not important"), "{listed}");
    assert!(!listed.contains("came on foot") && !listed.contains("protocol version 4"), "{listed}");
    // Undone, it is none; only what says something new is written in a newer version.
    clinic.record(&["undo", "S-014", "3", "--reason", "it was done elsewhere"]);
    assert!(!out(&clinic, &["deviations", "S-014"]).contains("ECG"), "undone");
    let events = looked_through(&clinic.path("records")).events("S-014").unwrap();
    let versions: Vec<(&str, u32)> = events.iter().map(|one| (one.kind.as_str(), one.version)).collect();
    assert_eq!(versions, [("enrolled", 1), ("note", 4), ("note", 4), ("note", 4), ("note", 1), ("undone", 1)]);
    clinic.refused(&["note", "S-014", "x", "--reconsented", "--on", "2026-12-10"], "future-date");
    let wrong = clinic.run(&["subject", "note", "S-014", "x", "--deviation", "minor", "--who", "A"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("criteria, withdrawal, treatment, medication or visit"));
}

#[test]
fn in_the_interface_too() {
    let mut interface = Interface::enrolled();
    interface.keys("rn");
    interface.typed("restarted without premedication");
    let wrong = interface.keys("<tab>minor");
    assert!(wrong.contains("write a deviation (criteria"), "{wrong}");
    let ready = interface.keys("<ctrl-u>important treat");
    assert!(ready.contains("1 entry would be recorded"), "{ready}");
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert!(history.contains("important deviation: wrong treatment or dose"), "{history}");
}
