//! A dose that depends on a laboratory result: asked for, compared in its own unit, kept with the subject.
//! The rows are those of `gyn-niraparib`: 300 mg from 77 kg with platelets from 150 10^9/L, else 200 mg.

use std::sync::Arc;

use posology::calendar::{self, Site};
use posology::subject::Fact;
use posology::tui::session::{FieldId, Session};
use serde_json::Value;

use crate::clinic::Clinic;

const REGIMEN: &str = "gyn-niraparib";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The dose of cycle 1, or the code and the text of what stands in its way.
fn dose(weight: &str, labs: &[&str]) -> Result<String, (String, String)> {
    let mut all = vec!["plan", REGIMEN, "--weight", weight, "--start", "2026-12-07", "--json"];
    for lab in labs {
        all.extend(["--lab", lab]);
    }
    let output = Clinic::new().bare(&all);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    if output.status.success() {
        let dose = &document["doses"][0]["planned"];
        return Ok(format!("{} {}", dose["dose"].as_str().unwrap(), dose["unit"].as_str().unwrap()));
    }
    Err((document["error"]["code"].as_str().unwrap().to_owned(), text(&output.stderr)))
}

#[test]
fn both_variables_decide_and_units_convert() {
    for (weight, platelets, expected) in [
        ("77", "150 10^9/L", "300 mg"),
        ("77", "150 10^3/uL", "300 mg"),
        ("77", "149999 /mm3", "200 mg"),
        ("76.9", "400 10^9/L", "200 mg"),
        ("90", "149.9 10^9/L", "200 mg"),
    ] {
        let found = dose(weight, &[&format!("platelets {platelets}")]);
        assert_eq!(found.as_deref(), Ok(expected), "{weight} kg, platelets {platelets}");
    }
    assert_eq!(dose("80", &["Platelets 200 10^9/L"]).as_deref(), Ok("300 mg"), "a capital letter is the same test");
}

#[test]
fn what_is_missing_or_does_not_compare_is_said() {
    for (labs, code, words) in [
        (&[][..], "missing-input", "such as platelets 180 10^9/L (--lab)"),
        (&["platelets 15 g/L"], "unit", "does not compare with 10^9/L"),
        (&["haemoglobin 120 g/L", "platelets 180 10^9/L"], "unknown-test", "haemoglobin 120 g/L"),
        (&["platelets 180"], "unreadable", "has no unit"),
        (&["180 10^9/L"], "unreadable", "names no test"),
        (&["platelets"], "unreadable", "no figure behind a name"),
        (&["platelets 180 10^9/L", "PLATELETS 90 10^9/L"], "unreadable", "stands beside"),
    ] {
        let (found, told) = dose("80", labs).unwrap_err();
        assert_eq!(found, code, "{labs:?}: {told}");
        assert!(told.contains(words), "{labs:?}: {told}");
    }
    // A regimen that asks for no result takes none.
    let other = ["plan", "any-pembrolizumab-q3w", "--start", "2026-12-07", "--lab", "platelets 90 10^9/L"];
    let other = Clinic::new().bare(&other);
    assert!(text(&other.stderr).contains("No dose of"), "{}", text(&other.stderr));
}

#[test]
fn the_record_keeps_checks_and_corrects_it() {
    let clinic = Clinic::new();
    let add = ["add", "S-3", REGIMEN, "--weight", "80", "--start", "2026-12-07", "--accept", "draft=training"];
    clinic.record(&[&add[..], &["--lab", "platelets 180 10^9/L"]].concat());
    let plan =
        || -> Value { serde_json::from_slice(&clinic.run(&["subject", "show", "S-3", "--json"]).stdout).unwrap() };
    assert_eq!(plan()["history"][0]["event"]["enrolled"]["tests"], "platelets 180 10^9/L");
    assert_eq!(plan()["plan"]["doses"][0]["planned"]["dose"], "300");
    assert_eq!(plan()["plan"]["subject"]["tests"], "platelets 180 10^9/L");

    let check = ["subject", "check", "S-3", "1", "--weight", "80", "--start", "2026-12-07", "--who", "B. Second"];
    let half = clinic.run(&check);
    assert_eq!(half.status.code(), Some(2));
    let told = text(&half.stderr);
    assert!(told.contains("--lab") && !told.contains("180"), "{told}");

    let correct = ["correct", "S-3", "1", "--lab", "platelets 108 10^9/L", "--reason", "digits swapped"];
    clinic.record(&correct);
    assert_eq!(plan()["plan"]["doses"][0]["planned"]["dose"], "200");
}

#[test]
fn the_form_asks_for_the_test_by_its_name() {
    let file = std::fs::read(format!("regimens/{REGIMEN}.toml")).unwrap();
    let regimen = posology::checker::check(&file, &Site::default()).regimen.unwrap();
    let mut session = Session::new(Arc::new(regimen));
    let today = calendar::read("2026-12-01").unwrap();
    session.fill(FieldId::Fact(Fact::Start), "7dec");
    session.fill(FieldId::Fact(Fact::Weight), "80");
    session.plan_again(today, &Site::default());
    let lab =
        |session: &Session| session.fields.iter().find(|field| field.id == FieldId::Fact(Fact::Lab)).unwrap().clone();
    assert_eq!(lab(&session).echo.as_deref(), Some("needs platelets in 10^9/L"));
    assert_eq!(session.missing, ["Laboratory"]);
    session.fill(FieldId::Fact(Fact::Lab), "platelets 180");
    session.plan_again(today, &Site::default());
    assert!(lab(&session).fault.unwrap().contains("has no unit"));
    session.fill(FieldId::Fact(Fact::Lab), "platelets 180 10^9/L");
    session.plan_again(today, &Site::default());
    let planned = session.planned.unwrap();
    assert_eq!(planned.schedule.doses[0].portion().to_string(), "300 mg");
}
