//! Lifetime limits. R-CHOP21 gives doxorubicin 50 mg/m2; at 170 cm and 65 kg the body surface is 1.75 m2 and
//! each dose 88 mg, which is 50.2857 mg/m2. Six cycles are 528 mg, 301.714 mg/m2 of at most 450.

use serde_json::Value;

use crate::clinic::Clinic;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const SUBJECT: [&str; 6] = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];

fn plan(exposure: &[&str]) -> (String, Vec<(String, String)>) {
    let clinic = Clinic::new();
    let output = clinic.bare(&[&["plan", "heme-rchop21", "--cycles", "6", "--json"][..], &SUBJECT, exposure].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    let about = findings.filter(|one| one["code"] == "lifetime-limit" || one["code"] == "exposure");
    let pair = |one: &Value| (one["severity"].as_str().unwrap().to_owned(), one["text"].as_str().unwrap().to_owned());
    (text(&output.stdout), about.map(pair).collect())
}

#[test]
fn exposure_is_asked_for_and_below_75_percent_nothing_is_said() {
    let (_, told) = plan(&[]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].0 == "note" && told[0].1.contains("was not asked"), "{told:?}");
    let (_, told) = plan(&["--exposure", "doxorubicin=none"]);
    assert_eq!(told, []);
}

#[test]
fn each_step_is_told_once_at_the_dose_that_passes_it() {
    // 150 before: 337.5 (75 %) is passed at cycle 4 (351.14), 405 (90 %) at cycle 6 (451.71), and with it 450.
    let (_, told) = plan(&["--exposure", "doxorubicin=150 mg/m2"]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].0 == "note" && told[0].1.contains("C4D1 doxorubicin") && told[0].1.contains("351.1 mg/m2, 78 %"),
        "{told:?}"
    );
    // 401.43 after cycle 5 is 89.2 %: nothing new there.
    assert!(
        told[1].0 == "warn" && told[1].1.contains("C6D1") && told[1].1.contains("451.7 mg/m2, 100.4 %"),
        "{told:?}"
    );
}

#[test]
fn an_enrolment_must_say_and_the_record_adds_up() {
    let mut clinic = Clinic::new();
    let add = [&["add", "S-7", "heme-rchop21"][..], &SUBJECT, &["--accept", "draft=training"]].concat();
    clinic.refused(&add, "exposure");
    let before = ["--exposure", "doxorubicin=240 mg/m2", "--accept", "lifetime-limit=seen; decided at cycle 4"];
    clinic.record(&[&add[..], &before].concat());
    clinic.record(&["given", "S-7", "--cycle", "1", "--day", "1"]);
    let shown = clinic.run(&["subject", "show", "S-7", "--json"]);
    let document: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let limit = &document["limits"][0];
    assert_eq!((limit["before"].as_str(), limit["given"].as_str()), (Some("240"), Some("50.2857")));
    // 290.2857 ÷ 450
    assert_eq!(limit["percent"], "64.5079");
    // It was 350 after all.
    clinic.today = "2026-12-08";
    let told = clinic.refused(&["exposure", "S-7", "doxorubicin", "350 mg/m2"], "lifetime-limit");
    assert!(told.contains("C2D1 doxorubicin"), "{told}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (_, told) = plan(&["--exposure", "doxorubicin=300 mg"]);
    assert!(told[0].1.contains("300 mg received before does not compare with 450 mg/m2"), "{told:?}");
    let clinic = Clinic::new();
    let wrong = clinic.bare(&[&["plan", "gi-mfolfox6"][..], &SUBJECT, &["--exposure", "doxorubicin=none"]].concat());
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("states no lifetime limit"), "{}", text(&wrong.stderr));
}

/// A delay moves the day on which a limit is passed, and that is no news to ask about.
#[test]
fn a_delay_asks_nothing_about_a_limit_already_answered() {
    let clinic = Clinic::new();
    let add = [&["add", "S-8", "heme-rchop21"][..], &SUBJECT, &["--accept", "draft=training"]].concat();
    let before = ["--exposure", "doxorubicin=240 mg/m2", "--accept", "lifetime-limit=seen; decided at cycle 4"];
    clinic.record(&[&add[..], &before].concat());
    clinic.record(&["given", "S-8", "--cycle", "1", "--day", "1"]);
    clinic.record(&["delay", "S-8", "--cycle", "2", "--days", "7", "--required", "--reason", "neutrophils 0.8"]);
}
