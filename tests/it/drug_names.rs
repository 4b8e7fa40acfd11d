//! A drug goes by the name people know it by, formulation included, wherever something is recorded, due or listed: liposomal
//! irinotecan is not irinotecan.

use serde_json::Value;

use crate::clinic::Clinic;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn said(clinic: &Clinic, arguments: &[&str]) -> String {
    let output = clinic.run(arguments);
    text(&output.stdout) + &text(&output.stderr)
}

/// Every `irinotecan` of a text goes on with its formulation; the text speaks of it at all.
fn formulation_is_told(told: &str) {
    assert!(told.contains("irinotecan"), "{told}");
    for (at, _) in told.match_indices("irinotecan") {
        let rest = &told[at + "irinotecan".len()..];
        // The regimen is called "Liposomal irinotecan + nituzumab", and its id begins with npc-liposomal.
        let named = told[..at].to_lowercase().ends_with("liposomal ") || told[..at].ends_with("liposomal-");
        assert!(named || rest.starts_with(" liposomal"), "{}", &told[at.saturating_sub(60)..told.len().min(at + 60)]);
    }
}

#[test]
fn lists_previews_history_and_messages_name_the_formulation() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    formulation_is_told(&said(&clinic, &["due"]));
    formulation_is_told(&said(&clinic, &["due", "--as", "csv"]));
    formulation_is_told(&said(&clinic, &["due", "--json"]));
    formulation_is_told(&said(&clinic, &["subject", "list"]));
    let preview = ["subject", "delay", "S-014", "--cycle", "1", "--days", "7", "--required", "--reason", "ANC 0.9"];
    formulation_is_told(&said(&clinic, &[&preview[..], &["--who", "RT"]].concat()));
    clinic.record(&["given", "S-014", "--cycle", "1", "--day", "1"]);
    clinic.today = "2026-12-21";
    let omit = ["omit", "S-014", "--cycle", "2", "--day", "1", "--drug", "irinotecan", "--reason", "diarrhoea"];
    clinic.record(&omit);
    clinic.record(&["level", "S-014", "irinotecan=-1", "--from", "3", "--reason", "diarrhoea"]);
    // Above stands the plan, with what the regimen's author remarks on the label of irinotecan.
    let shown = said(&clinic, &["subject", "show", "S-014", "--history", "--ledger"]);
    let sections = &shown[shown.find("\nGiven\n").unwrap()..];
    formulation_is_told(sections);
    formulation_is_told(&said(&clinic, &["deviations"]));
    formulation_is_told(&said(&clinic, &["audit", "affected", "--program", env!("CARGO_PKG_VERSION")]));
    let again = ["given", "S-014", "--cycle", "1", "--day", "1", "--drug", "irinotecan"];
    let told = clinic.refused(&again, "already-given");
    assert!(told.contains("C1D1 irinotecan liposomal was recorded as given"), "{told}");
}

/// A level that is in force already changes nothing, from that cycle or a later one on, and 100 % of a dose that nobody reduced does
/// as little: asked about, and recorded with a reason. Another level asks nothing of the kind.
#[test]
fn a_level_that_is_in_force_already_is_asked_about() {
    let clinic = Clinic { today: "2026-12-28", ..Clinic::new() };
    clinic.enrol();
    let level = |change, from| ["level", "S-014", change, "--from", from, "--reason", "diarrhoea"];
    let told = clinic.refused(&level("irinotecan=100%", "2"), "in-force-already");
    assert!(told.contains("irinotecan liposomal is at 100 % of the dose ordered already from cycle 2 on"), "{told}");
    clinic.record(&level("irinotecan=-1", "3"));
    for from in ["3", "4"] {
        let told = clinic.refused(&level("irinotecan=-1", from), "in-force-already");
        let said =
            format!("irinotecan liposomal is at dose level -1 already from cycle {from} on; this changes nothing");
        assert!(told.contains(&said), "{told}");
    }
    let anyway =
        [&level("irinotecan=-1", "4")[..], &["--accept", "in-force-already=asked for by the sponsor"]].concat();
    clinic.record(&anyway);
    clinic.record(&level("irinotecan=-2", "4"));
}

/// The stored words of an entry are rebuilt from the doses it names: one drug of one day is both.
#[test]
fn an_omitted_dose_is_told_with_its_day_and_drug() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-21";
    clinic.record(&["omit", "S-014", "--cycle", "1", "--drug", "IRINOTECAN LIPOSOMAL", "--reason", "diarrhoea"]);
    clinic.record(&["hold", "S-014", "--cycle", "2", "--reason", "fever"]);
    let history = said(&clinic, &["subject", "show", "S-014", "--history"]);
    assert!(history.contains("omitted cycle 1 day 1 irinotecan liposomal: diarrhoea"), "{history}");
    assert!(history.contains("held cycle 2 day 1: fever"), "{history}");
}

#[test]
fn a_drug_may_be_named_as_it_is_shown_and_a_slip_is_told_with_what_was_meant() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-08";
    let given = |drug| ["given", "S-014", "--cycle", "1", "--day", "1", "--drug", drug];
    let told = clinic.refused(&given("irinotecan liposomel"), "unknown-drug");
    assert!(
        told.contains("did you mean irinotecan liposomal?") && told.contains("it has irinotecan liposomal, "),
        "{told}"
    );
    clinic.record(&given("irinotecan liposomal"));
    let plan = ["plan", crate::clinic::REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let level = |level| clinic.bare(&[&plan[..], &["--level", level]].concat());
    assert!(level("irinotecan liposomal=-1").status.success());
    let told = text(&level("irinotecn=-1").stderr);
    assert!(told.contains("did you mean irinotecan liposomal?"), "{told}");
}

/// mFOLFOX6 has fluorouracil twice, over 15 minutes and over 46 hours: the name alone means neither.
#[test]
fn a_name_of_two_drugs_is_asked_about_and_each_has_its_own() {
    let clinic = Clinic::new();
    let add = ["add", "S-9", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let given = |drug| ["given", "S-9", "--cycle", "1", "--day", "1", "--drug", drug];
    let told = clinic.refused(&given("fluorouracil"), "unknown-drug");
    assert!(
        told.contains("names 2 drugs")
            && told.contains("fluorouracil 15-minute infusion, fluorouracil 46-hour infusion"),
        "{told}"
    );
    let document = clinic.record(&given("fluorouracil 15-minute infusion"));
    let what = document["changes"][0]["what"].as_str().map(str::to_owned);
    assert_eq!(what.as_deref(), Some("C1D1 fluorouracil 15-minute infusion"), "{document:#}");
    let due = said(&clinic, &["due"]);
    assert!(due.contains("C1D1 fluorouracil 46-hour infusion") && !due.contains("15-minute"), "{due}");
}

/// A preview tells the state that the subject's page tells afterwards, in the same of the six words.
#[test]
fn a_preview_speaks_of_the_six_states() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2027-01-04";
    let state = |clinic: &Clinic, act: &[&str]| {
        let mut all = vec!["subject"];
        all.extend(act);
        all.extend(["--who", "A. Nurse", "--json"]);
        let output = clinic.run(&all);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let changes = document["changes"].as_array().cloned().unwrap_or_default();
        let of_state = changes.iter().find(|one| one["of"] == "state");
        of_state.map(|one| format!("{} → {}", one["old"].as_str().unwrap(), one["new"].as_str().unwrap())).unwrap()
    };
    let dose = |act, cycle| vec![act, "S-014", "--cycle", cycle, "--day", "1", "--drug", "irinotecan"];
    let why = ["--reason", "x"];
    let given = dose("given", "1");
    assert_eq!(state(&clinic, &given), "projected → given 07-Dec-2026");
    let partly = [&given[..], &["--dose", "80 mg", "--partly", "--accept", "dose-differs=pump"], &why].concat();
    assert_eq!(state(&clinic, &partly), "projected → incomplete 07-Dec-2026");
    assert_eq!(state(&clinic, &[&dose("hold", "1")[..], &why].concat()), "projected → held");
    assert_eq!(state(&clinic, &[&dose("omit", "1")[..], &why].concat()), "projected → omitted");
    assert_eq!(state(&clinic, &[&dose("omit", "1")[..], &why, &["--missed"]].concat()), "projected → missed");
    clinic.record(&[&dose("omit", "1")[..], &why, &["--missed"]].concat());
    let after = [&given[..], &["--accept", "was-omitted=given after all"]].concat();
    assert_eq!(state(&clinic, &after), "missed → given 07-Dec-2026");
}
