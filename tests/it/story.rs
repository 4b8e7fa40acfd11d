//! The story of one subject, through the program itself. Every date and dose was worked out by hand:
//!
//! * body surface √(170 × 65 ÷ 3600) = 1.7520 → 1.75; 70 × 1.75 = 122.5 → 123 mg
//! * at 58 kg: √(170 × 58 ÷ 3600) = 1.6549 → 1.65; 70 × 1.65 = 115.5 → 116 mg; 50 × 1.65 = 82.5 → 83 mg
//! * cycle 1 on Mon 07-Dec-2026; cycle 2 planned 21-Dec, 4 days late on Fri 25-Dec; cycle 3 on Fri 08-Jan-2027;
//!   cycle 4 planned Fri 22-Jan, omitted; cycle 5 on Fri 05-Feb-2027; cycle 6 would be 19-Feb-2027
//! * days: 4 cycles begun are 56 days; 07-Dec to 05-Feb is 60 days, plus 14 is 74. Time part 56 ÷ 74 = 75.6757 %
//! * irinotecan per m²: 123 ÷ 1.75 × 2 + 116 ÷ 1.65 + 83 ÷ 1.65 = 261.1775 of 280: dose part 93.2777 %,
//!   relative dose intensity 70.5885 %; nimotuzumab 75.6757 %; the regimen 73.1321 %
//! * delivered: 123 + 123 + 116 + 83 = 445 mg; 4 × 400 = 1,600 mg

use std::path::Path;

use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};
use crate::support::now;

/// Every planned row of a drug: cycle, date, dose, state.
fn rows(document: &Value, drug: &str) -> Vec<(u64, String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let doses = document["plan"]["doses"].as_array().unwrap();
    let of_drug = doses.iter().filter(|row| row["id"] == drug);
    let row = |row: &Value| {
        (row["cycle"].as_u64().unwrap(), text(&now(row)["date"]), text(&now(row)["dose"]), text(&row["state"]))
    };
    of_drug.map(row).collect()
}

fn row(cycle: u64, date: &str, dose: &str, state: &str) -> (u64, String, String, String) {
    (cycle, date.to_owned(), dose.to_owned(), state.to_owned())
}

fn has_change(document: &Value, what: &str, old: &str, new: &str) -> bool {
    let changes = document["changes"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    changes
        .iter()
        .any(|one| one["what"] == what && text(&one["old"]).starts_with(old) && text(&one["new"]).starts_with(new))
}

#[test]
fn s_014_from_the_first_day_to_the_last() {
    let mut clinic = Clinic::new();
    clinic.enrol();

    // Cycle 1, and the same dose again.
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    let told = clinic.refused(&["given", "S-014", "--cycle", "1"], "already-given");
    assert!(told.contains("07-Dec-2026") && told.contains("--second-dose"), "{told}");

    // Cycle 2 waits four days for neutrophils; everything behind it moves, and Christmas is shown.
    clinic.today = "2026-12-21";
    let delay = ["delay", "S-014", "--cycle", "2", "--days", "4", "--required", "--reason", "neutrophils 0.9"];
    let moved = clinic.record(&delay);
    assert!(
        has_change(&moved, "C2D1 irinotecan liposomal", "Mon 21-Dec-2026", "Fri 25-Dec-2026 (closed: Christmas Day)"),
        "{moved:#}"
    );
    assert!(has_change(&moved, "C3D1 irinotecan liposomal", "Mon 04-Jan-2027", "Fri 08-Jan-2027"), "{moved:#}");
    assert!(moved.to_string().contains("Fri 25-Dec-2026 is a closed day (Christmas Day); nothing was moved."));
    clinic.refused(&["given", "S-014", "--cycle", "2"], "future-date");
    clinic.today = "2026-12-25";
    clinic.record(&["given", "S-014", "--cycle", "2"]);

    // 58 kg is 10.8 % less: asked, with the old dose beside the new.
    clinic.today = "2027-01-08";
    let measure = ["measure", "S-014", "--weight", "58"];
    let told = clinic.refused(&measure, "weight-changes-doses");
    assert!(told.contains("−10.8 %") && told.contains("--accept weight-changes-doses"), "{told}");
    let mut measure = measure.to_vec();
    measure.extend(["--accept", "weight-changes-doses=weighed twice, eats little"]);
    let changed = clinic.record(&measure);
    assert!(has_change(&changed, "C3D1 irinotecan liposomal", "123 mg", "116 mg"), "{changed:#}");
    assert!(!changed.to_string().contains("C2D1"), "what was given does not change: {changed:#}");
    clinic.record(&["given", "S-014", "--cycle", "3"]);

    // Diarrhoea grade 3: one level down from cycle 4 on; never up again, never under what was given.
    clinic.today = "2027-01-15";
    clinic.refused(&["level", "S-014", "irinotecan=-1", "--from", "3", "--reason", "diarrhoea grade 3"], "given-since");
    let level = clinic.record(&["level", "S-014", "irinotecan=-1", "--from", "4", "--reason", "diarrhoea grade 3"]);
    assert!(has_change(&level, "C4D1 irinotecan liposomal", "116 mg", "83 mg"), "{level:#}");
    clinic.refused(&["level", "S-014", "irinotecan=0", "--from", "5", "--reason", "better"], "raise-again");
    clinic.refused(&["level", "S-014", "irinotecan=-3", "--from", "5", "--reason", "worse"], "no-such-level");

    // Cycle 4 wholly omitted: its day stays, the next follows one length later.
    clinic.today = "2027-01-22";
    let omit = ["omit", "S-014", "--cycle", "4", "--reason", "diarrhoea persists"];
    clinic.refused(&omit, "omitted-cycle");
    let mut omit = omit.to_vec();
    omit.extend(["--accept", "omitted-cycle=protocol team asked; counts for now"]);
    clinic.record(&omit);
    clinic.today = "2027-02-05";
    clinic.record(&["given", "S-014", "--cycle", "5"]);

    clinic.today = "2027-02-12";
    clinic.record(&["stop", "S-014", "--reason", "progression"]);

    let document = clinic.show();
    let expected = vec![
        row(1, "2026-12-07", "123", "given"),
        row(2, "2026-12-25", "123", "given"),
        row(3, "2027-01-08", "116", "given"),
        row(4, "2027-01-22", "83", "omitted"),
        row(5, "2027-02-05", "83", "given"),
    ];
    assert_eq!(rows(&document, "irinotecan"), expected);
    let flat: Vec<String> = rows(&document, "nimotuzumab").into_iter().map(|row| row.2).collect();
    assert_eq!(flat, ["400"; 5]);

    let ledger = &document["ledger"];
    assert_eq!(
        (ledger["cycles"].as_u64(), ledger["planned_days"].as_u64(), ledger["actual_days"].as_u64()),
        (Some(4), Some(56), Some(74))
    );
    let drug = &ledger["drugs"][0];
    assert_eq!(drug["delivered"], "445 mg");
    assert_eq!(drug["dose_part"], "93.2777");
    assert_eq!(drug["time_part"], "75.6757");
    assert_eq!(drug["relative_dose_intensity"], "70.5885");
    assert_eq!(ledger["drugs"][1]["delivered"], "1600 mg");
    assert_eq!(ledger["drugs"][1]["relative_dose_intensity"], "75.6757");
    assert_eq!(ledger["regimen_relative_dose_intensity"], "73.1321");

    deviations(&clinic);
    damage(&clinic);
}

fn deviations(clinic: &Clinic) {
    let output = clinic.run(&["deviations", "S-014", "--as", "csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for (kind, what) in [
        ("delayed as the protocol requires", "neutrophils 0.9"),
        ("weight-changes-doses", "eats little"),
        ("omitted", "diarrhoea persists"),
        ("draft", "training"),
    ] {
        assert!(text.lines().any(|line| line.contains(kind) && line.contains(what)), "{kind} {what}\n{text}");
    }
    assert!(!text.contains("out of window"), "the window moved with the delay that the protocol required\n{text}");
    assert!(clinic.run(&["due", "--within", "30d"]).stdout.starts_with(b"nothing is due"));
}

/// The chain holds; a byte flipped in the file is found, and nothing is computed from it.
fn damage(clinic: &Clinic) {
    let folder = clinic.path("records");
    assert_eq!(posology::store::Store::open_read_only(&folder).unwrap().verify().faults, Vec::<String>::new());
    let file = posology::store::file(&folder);
    let mut bytes = std::fs::read(&file).unwrap();
    let at = find(&bytes, b"diarrhoea persists");
    bytes[at] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert_ne!(posology::store::Store::open_read_only(&folder).unwrap().verify().faults, Vec::<String>::new());
    let output = clinic.run(&["subject", "show", "S-014"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(output.stdout.is_empty(), "nothing is computed from a damaged record");
}

fn find(bytes: &[u8], text: &[u8]) -> usize {
    bytes.windows(text.len()).position(|window| window == text).unwrap()
}

#[test]
fn treated_exactly_as_planned_nothing_warns() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    let days = [
        "2026-12-07",
        "2026-12-21",
        "2027-01-04",
        "2027-01-18",
        "2027-02-01",
        "2027-02-15",
        "2027-03-01",
        "2027-03-15",
    ];
    for (cycle, day) in (1..).zip(days) {
        clinic.today = day;
        let cycle: String = u32::to_string(&cycle);
        let document = clinic.record(&["given", "S-014", "--cycle", &cycle]);
        let findings = document["findings"].as_array().unwrap();
        assert!(findings.iter().all(|finding| finding["severity"] == "note"), "{document:#}");
    }
    let document = clinic.show();
    assert!(rows(&document, "irinotecan").iter().all(|row| row.2 == "123" && row.3 == "given"));
    let findings = document["plan"]["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["severity"] == "note"), "{findings:#?}");
    for drug in document["ledger"]["drugs"].as_array().unwrap() {
        assert_eq!(drug["time_part"], "100");
    }
    // 8 × 123 ÷ 1.75 = 562.2857 of 8 × 70 = 560.
    assert_eq!(document["ledger"]["drugs"][0]["dose_part"], "100.4082");
}

#[test]
fn without_yes_nothing_is_recorded_and_without_a_name_nothing_is_done() {
    let clinic = Clinic::new();
    clinic.enrol();
    let given = ["subject", "given", "S-014", "--cycle", "1"];
    let output = clinic.run(&[&given[..], &["--who", "A. Nurse"]].concat());
    assert!(output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stdout)
            .contains("C1D1 irinotecan liposomal, nimotuzumab: state projected → given")
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("Nothing was recorded"));
    assert_eq!(clinic.run(&[&given[..], &["--yes"]].concat()).status.code(), Some(2));
    assert!(clinic.show()["given"].as_array().unwrap().is_empty());
}

#[test]
fn what_really_happened_can_be_recorded_and_mended() {
    let clinic = Clinic::new();
    clinic.enrol();
    // Twice the dose: asked, never refused.
    let over = ["given", "S-014", "--cycle", "1", "--drug", "irinotecan", "--dose", "246 mg"];
    clinic.refused(&over, "dose-differs");
    let recorded = clinic.record(
        &[&over[..], &["--accept", "dose-differs=wrong vial count", "--reason", "error in the pharmacy"]].concat(),
    );
    let entry = recorded["entries"][0].as_u64().unwrap().to_string();
    assert_eq!(clinic.show()["given"][0]["given"]["dose"], "246 mg");
    // It was 123 mg after all: corrected, and both stay visible.
    clinic.record(&["correct", "S-014", &entry, "--dose", "123 mg", "--reason", "misread the label"]);
    let document = clinic.show();
    assert_eq!(document["given"][0]["given"]["dose"], "123 mg");
    assert_eq!(document["history"].as_array().unwrap().len(), 3);
    // Undone, and undone again.
    let planned = || {
        // The history within the plan grows with every entry.
        let mut plan = clinic.show()["plan"].clone();
        assert!(plan.as_object_mut().unwrap().remove("history").is_some());
        plan
    };
    let plan = planned();
    let undone = clinic.record(&["undo", "S-014", &entry, "--reason", "other subject"]);
    assert!(clinic.show()["given"].as_array().unwrap().is_empty());
    let undo = undone["entries"][0].as_u64().unwrap().to_string();
    clinic.record(&["undo", "S-014", &undo, "--reason", "it was this subject"]);
    assert_eq!(planned(), plan);
}

#[test]
fn people_are_not_subjects() {
    let clinic = Clinic::new();
    let add = ["--height", "170", "--weight", "65", "--start", "2026-12-07", "--accept", "draft=x"];
    for code in ["ana.lopez@clinic.org", "Smith-01", "LOPEZ", "12345678"] {
        clinic.refused(&[&["add", code, REGIMEN][..], &add].concat(), "subject-code");
    }
    assert!(!Path::new(&posology::store::file(&clinic.path("records"))).exists(), "nothing was begun");
}
