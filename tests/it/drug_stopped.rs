//! One drug is stopped for good while the others go on: what is planned, told and refused then, on both faces.

use serde_json::Value;

use crate::clinic::Clinic;
use crate::tui_record::Interface;

/// Cycles of a drug in the plan as it stands.
fn cycles(clinic: &Clinic, drug: &str) -> Vec<u64> {
    let shown = clinic.show();
    let rows = shown["plan"]["doses"].as_array().unwrap();
    rows.iter().filter(|row| row["id"] == drug).map(|row| row["cycle"].as_u64().unwrap()).collect()
}

/// Cycle 1 given on 7 December, both drugs.
fn treated() -> Clinic {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1", "--day", "1", "--on", "2026-12-07"]);
    clinic.today = "2026-12-18";
    clinic
}

const STOP: [&str; 8] =
    ["stop", "S-014", "--drug", "irinotecan", "--on", "2026-12-14", "--reason", "diarrhoea grade 4 twice"];

#[test]
fn its_later_doses_are_not_planned_and_the_others_go_on() {
    let clinic = treated();
    assert_eq!(cycles(&clinic, "irinotecan"), [1, 2, 3, 4, 5, 6, 7, 8]);
    clinic.record(&STOP);
    assert_eq!(cycles(&clinic, "irinotecan"), [1]);
    assert_eq!(cycles(&clinic, "nimotuzumab"), [1, 2, 3, 4, 5, 6, 7, 8]);
    let shown = clinic.show();
    assert_eq!(shown["stopped"], Value::Null, "treatment goes on");
    assert_eq!(shown["stopped_drugs"][0]["drug"], "irinotecan");
    let told = String::from_utf8(clinic.run(&["subject", "show", "S-014", "--history"]).stdout).unwrap();
    let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = "irinotecan liposomal stopped for good, last day Mon 14-Dec-2026: diarrhoea grade 4 twice";
    assert!(words.contains(line), "{told}");
    // Who waits for what: the drug is not among it.
    let due = String::from_utf8(clinic.run(&["due", "--within", "14 days"]).stdout).unwrap();
    assert!(due.contains("nimotuzumab") && !due.contains("irinotecan"), "{due}");
    for format in ["csv", "html-worksheet"] {
        let file = String::from_utf8(clinic.run(&["subject", "plan", "S-014", "--as", format]).stdout).unwrap();
        assert!(!file.contains("116 mg") && file.contains("400 mg"), "{format}: {file}");
    }
    // Whoever holds the sheet from now on gets one medicine.
    let file = String::from_utf8(clinic.run(&["subject", "plan", "S-014", "--as", "html-calendar"]).stdout).unwrap();
    assert!(file.contains("One medicine by drip") && !file.contains("Liposomal irinotecan and nimotuzumab"), "{file}");
    // What was undone is planned again.
    clinic.record(&["undo", "S-014", "4", "--reason", "the wrong subject"]);
    assert_eq!(cycles(&clinic, "irinotecan"), [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn what_cannot_be_stopped_is_refused_and_a_dose_behind_it_is_asked_about() {
    let clinic = treated();
    clinic
        .refused(&["stop", "S-014", "--drug", "irinotecan", "--on", "2026-12-01", "--reason", "x"], "given-after-stop");
    clinic.refused(&["stop", "S-014", "--drug", "cisplatin", "--reason", "x"], "unknown-drug");
    clinic.record(&STOP);
    let again = clinic.refused(&STOP, "stopped");
    assert!(again.contains("irinotecan liposomal was already stopped on 14-Dec-2026"), "{again}");
    let last = clinic.refused(&["stop", "S-014", "--drug", "nimotuzumab", "--reason", "x"], "last-drug");
    assert!(last.contains("leave the drug out"), "{last}");
    clinic.record(&["stop", "S-014", "--reason", "progression"]);
    let late = clinic.refused(&["stop", "S-014", "--drug", "nimotuzumab", "--reason", "x"], "stopped");
    assert!(late.contains("Treatment was already stopped"), "{late}");
}

/// What belongs to a drug ends with it; a drug that only supports is no treatment that would go on.
#[test]
fn what_belongs_to_it_ends_with_it() {
    let mut clinic = Clinic::new();
    let add =
        ["add", "S-014", "gi-gemcitabine-cisplatin", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    clinic.today = "2026-12-08";
    let all = clinic.show();
    let own: Vec<String> = names(&all, |row| row["cycle"] == 2);
    clinic.record(&["stop", "S-014", "--drug", "cisplatin", "--on", "2026-12-08", "--reason", "hearing loss grade 3"]);
    let left = names(&clinic.show(), |row| row["cycle"] == 2);
    assert!(own.contains(&"cisplatin".to_owned()) && left.contains(&"gemcitabine".to_owned()), "{own:?} {left:?}");
    assert!(!left.contains(&"cisplatin".to_owned()), "{left:?}");
}

fn names(shown: &Value, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let rows = shown["plan"]["doses"].as_array().unwrap();
    rows.iter().filter(|row| wanted(row)).map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn in_the_interface_too() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>");
    interface.on("2026-12-14");
    let form = interface.keys("rs");
    assert!(form.contains("Drug:"), "{form}");
    interface.typed("irinotecan");
    interface.keys("<tab><tab>");
    interface.typed("diarrhoea grade 4 twice");
    let ready = interface.text();
    assert!(ready.contains("1 entry would be recorded") && ready.contains("no longer planned"), "{ready}");
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert!(history.contains("irinotecan liposomal"), "{history}");
    let plan = interface.keys("<esc>n");
    assert!(!interface.drawn(140, 45).contains("irinotecan liposomal   "), "{plan}");
    assert!(interface.keys("m").contains("was stopped for good, last day Mon 14-Dec-2026"), "{}", interface.text());
}
