//! The kit and the lot of what was given or handed out, and the study and site somebody is enrolled in: asked for where
//! they are known, kept, corrected, checked, shown and exported, on both faces.

use serde_json::Value;

use crate::clinic::Clinic;
use crate::record_commands::{approve, version};
use crate::tui_record::Interface;

const DRUG: [&str; 2] = ["--drug", "irinotecan"];

fn plan(clinic: &Clinic, format: &str) -> String {
    let made = clinic.run(&["subject", "plan", "S-014", "--as", format, "--study", "TR-01"]);
    assert!(made.status.success(), "{format}: {}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap()
}

/// The cells of a CSV by the names of its columns.
fn rows(csv: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_dose_keeps_its_kit_and_lot_and_so_does_every_export_that_has_a_place_for_them() {
    let clinic = Clinic::new();
    clinic.enrol();
    // One lot is that of one drug, and is written as it stands on the package.
    let both = ["given", "S-014", "--cycle", "1", "--day", "1", "--lot", "AB1234"];
    let told = clinic.refused(&both, "which");
    assert!(told.contains("cycle 1 day 1 means 2 drugs, and lot AB1234 is that of one"), "{told}");
    let wrong = clinic.run(&["subject", "given", "S-014", "--cycle", "1", "--lot", "a;b", "--who", "A"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("as on the package"));

    let given =
        [&["given", "S-014", "--cycle", "1", "--day", "1", "--kit", "1023", "--lot", "AB1234"], &DRUG[..]].concat();
    clinic.record(&given);
    let shown = String::from_utf8(clinic.run(&["subject", "show", "S-014", "--history"]).stdout).unwrap();
    assert_eq!(shown.matches("kit 1023, lot AB1234").count(), 2, "among the doses given and in the history: {shown}");

    let doses = rows(&plan(&clinic, "csv"));
    let known: Vec<_> = doses.iter().filter(|row| !row["lot"].is_empty()).collect();
    assert_eq!(known.len(), 1);
    assert_eq!((known[0]["kit"].as_str(), known[0]["lot"].as_str()), ("1023", "AB1234"));
    assert_eq!((known[0]["drug_id"].as_str(), known[0]["state"].as_str()), ("irinotecan", "given"));
    let json: Value = serde_json::from_str(&plan(&clinic, "json")).unwrap();
    let dose = json["doses"].as_array().unwrap().iter().find(|dose| dose["state"] == "given").unwrap();
    assert_eq!((&dose["kit"], &dose["lot"]), (&"1023".into(), &"AB1234".into()));
    let ex = rows(&plan(&clinic, "sdtm-ex"));
    assert_eq!(ex.iter().map(|row| row["EXLOT"].as_str()).collect::<Vec<_>>(), ["AB1234"]);
    let ec = rows(&plan(&clinic, "sdtm-ec"));
    let lots = |mood: &str| ec.iter().filter(|row| row["ECMOOD"] == mood && row["ECLOT"] == "AB1234").count();
    assert_eq!((lots("PERFORMED"), lots("SCHEDULED")), (1, 0), "what is scheduled has no lot");
    assert!(
        String::from_utf8_lossy(&clinic.run(&["subject", "plan", "S-014", "--as", "fhir-losses"]).stdout)
            .contains("the kit and the lot of what was given")
    );
    let history = rows(&plan(&clinic, "csv-history"));
    assert!(history.iter().any(|row| row["about"].ends_with("kit 1023, lot AB1234")));

    // A lot that was misread is corrected, old beside new, and the kit stays.
    let corrected = clinic.record(&["correct", "S-014", "2", "--lot", "AB1243", "--reason", "misread"]);
    let change = &corrected["changes"][0];
    assert_eq!((&change["old"], &change["new"]), (&"AB1234".into(), &"AB1243".into()), "{corrected:#}");
    let again = rows(&plan(&clinic, "csv"));
    assert!(again.iter().any(|row| row["kit"] == "1023" && row["lot"] == "AB1243"));
    clinic.refused(&["correct", "S-014", "1", "--lot", "X1", "--reason", "x"], "not-in-entry");
}

/// A second person types kit and lot again, with the dose and without seeing them.
#[test]
fn kit_and_lot_are_typed_again() {
    let mut clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    clinic.extra = vec!["--library".into(), clinic.path("library").display().to_string()];
    clinic.record(&["add", "S-014", "own-trial", "--height", "170", "--weight", "65", "--start", "2026-12-07"]);
    let dose = ["given", "S-014", "--cycle", "1", "--day", "1", "--kit", "1023", "--lot", "AB1234"];
    clinic.record(&[&dose, &DRUG[..]].concat());
    let check =
        ["subject", "check", "S-014", "2", "--dose", "123 mg", "--on", "2026-12-07", "--who", "B. Second", "--yes"];
    let missing = clinic.run(&check);
    let told = String::from_utf8(missing.stderr).unwrap();
    assert!(missing.status.code() == Some(2) && told.contains("--kit, --lot"), "{told}");
    let checked = clinic.run(&[&check[..], &["--kit", "1023", "--lot", "AB1243", "--json"]].concat());
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let verified = clinic.show()["history"][2]["event"]["verified"].clone();
    assert_eq!(verified["agrees"], false);
    assert_eq!(
        verified["differences"],
        serde_json::json!(["lot: the entry says AB1234, the second person typed AB1243"])
    );
}

#[test]
fn home_doses_have_a_lot_and_the_log_says_it() {
    let clinic = Clinic::new();
    let add = ["add", "S-014", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let supply = ["supply", "S-014", "dispensed", "112", "--cycle", "1", "--drug", "capecitabine"];
    clinic.record(&[&supply[..], &["--kit", "K-7", "--lot", "C55"]].concat());
    // The same count of another lot, on the same day, is no slip of the pen.
    clinic.refused(&[&supply[..], &["--kit", "K-7", "--lot", "C55"]].concat(), "supply-count");
    let home = rows(&plan(&clinic, "csv-home"));
    assert_eq!((home[0]["kit"].as_str(), home[0]["lot"].as_str()), ("K-7", "C55"));
    let log = plan(&clinic, "html-log");
    assert!(log.contains("kit K-7") && log.contains("C55"), "{log}");
    let json: Value = serde_json::from_str(&plan(&clinic, "json")).unwrap();
    assert_eq!(json["home"][0]["lot"], "C55");
}

#[test]
fn an_enrolment_keeps_the_study_and_the_site() {
    let clinic = Clinic::new();
    let add = ["add", "S-014", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--study", "TR-01", "--site", "Berlin", "--accept", "draft=training"]].concat());
    let enrolled = |clinic: &Clinic| {
        let shown = clinic.show();
        let event = &shown["history"].as_array().unwrap().last().unwrap()["event"];
        let one =
            if event["enrolled"].is_null() { &event["corrected"]["event"]["enrolled"] } else { &event["enrolled"] };
        (one["study"].clone(), one["site"].clone())
    };
    assert_eq!(enrolled(&clinic), ("TR-01".into(), "Berlin".into()));
    let shown = String::from_utf8(clinic.run(&["subject", "show", "S-014", "--history"]).stdout).unwrap();
    assert!(shown.contains("study TR-01, site Berlin"), "{shown}");
    // What nobody names now is taken from the record; another study is told.
    assert!(plan(&clinic, "csv").lines().nth(1).unwrap().contains("TR-01"));
    let other = clinic.run(&["subject", "plan", "S-014", "--as", "csv", "--study", "TR-02"]);
    let told = String::from_utf8(other.stderr).unwrap();
    assert!(told.contains("S-014 is enrolled in study TR-01"), "{told}");
    let corrected = clinic.record(&["correct", "S-014", "1", "--site", "Hamburg", "--reason", "the other one"]);
    let change = &corrected["changes"][0];
    assert_eq!((&change["old"], &change["new"]), (&"Berlin".into(), &"Hamburg".into()), "{corrected:#}");
    assert_eq!(enrolled(&clinic), ("TR-01".into(), "Hamburg".into()));
    // A figure that is corrected leaves both.
    clinic.record(&["correct", "S-014", "1", "--sex", "male", "--reason", "misread"]);
    assert_eq!(enrolled(&clinic), ("TR-01".into(), "Hamburg".into()));
}

#[test]
fn the_interface_asks_for_kit_and_lot_and_keeps_the_study() {
    let mut interface = Interface::enrolled();
    let form = interface.keys("a");
    assert!(form.contains("Lot irinotecan liposomal:") && form.contains("Lot nimotuzumab:"), "{form}");
    interface.keys("<tab><tab><tab>");
    let wrong = interface.keys("a;b");
    assert!(wrong.contains("as on the package"), "{wrong}");
    interface.keys("<ctrl-u>");
    interface.typed("kit 1023 lot AB1234");
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert_eq!(history.lines().filter(|line| line.contains("kit 1023, lot AB1234")).count(), 2, "{history}");
    // Typed over from the history; the entry of irinotecan is the second.
    let form = interface.keys("<up>c");
    assert!(form.contains("Kit, lot: kit 1023, lot AB1234"), "{form}");
    let mut other = Interface::new();
    let chosen = posology::study::Chosen { code: Some("TR-01".into()), site: Some("Berlin".into()), study: None };
    other.model.study = std::sync::Arc::new(chosen);
    other.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>rS-014<enter>A.Nurse<enter>");
    other.typed("training");
    other.keys("<f2>");
    let history = other.keys("i");
    assert!(history.contains("study TR-01, site Berlin"), "{history}");
    let form = other.keys("c");
    assert!(form.contains("Study: TR-01") && form.contains("Site: Berlin"), "{form}");
}
