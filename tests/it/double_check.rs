//! A visit's way: cleared, verified by somebody who sees nothing, prepared, given; on the command line and in the interface.
//!
//! By hand: 170 cm and 65 kg are 1.75 m² (Mosteller, 2 decimals), 70 mg/m² × 1.75 m² = 122.5 mg, rounded to 123 mg; nimotuzumab is
//! 400 mg, flat. 56 kg are 1.63 m², and 114.1 mg, rounded to 114 mg.

use std::process::Output;

use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};
use crate::record_commands::{approve, version};
use crate::tui_record::Interface;

/// S-014 on an approved regimen, entered by A. Nurse.
fn approved() -> Clinic {
    let mut clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    clinic.extra = vec!["--library".into(), clinic.path("library").display().to_string()];
    clinic.record(&["add", "S-014", "own-trial", "--height", "170", "--weight", "65", "--start", "2026-12-07"]);
    clinic
}

const RIGHT: [&str; 8] =
    ["--height", "170", "--weight", "65", "--dose", "irinotecan liposomal=0.123 g", "--dose", "nimotuzumab=400 mg"];

fn verify(clinic: &Clinic, who: &str, typed: &[&str]) -> Output {
    let base = ["subject", "verify", "S-014", "--cycle", "1", "--who", who, "--yes"];
    clinic.run(&[&base[..], typed].concat())
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn state(clinic: &Clinic) -> (Value, Value) {
    let list: Value = serde_json::from_slice(&clinic.run(&["subject", "list", "--json"]).stdout).unwrap();
    (list["subjects"][0]["visit"].clone(), list["subjects"][0]["missing"].clone())
}

#[test]
fn a_visit_is_cleared_verified_prepared_and_given() {
    let clinic = approved();
    assert_eq!(state(&clinic), ("planned".into(), serde_json::json!(["criteria", "double check"])));
    clinic.record(&["criteria", "S-014", "--cycle", "1", "--found", "neutrophils 1.9"]);
    assert_eq!(state(&clinic), ("cleared".into(), serde_json::json!(["double check"])));

    let passed = verify(&clinic, "M. Weber", &RIGHT);
    assert_eq!(passed.status.code(), Some(0), "{}", err(&passed));
    // A dose in grams is the same dose.
    for line in [
        "height: on record 170 cm, typed 170 cm: same",
        "weight: on record 65 kg, typed 65 kg: same",
        "irinotecan liposomal: on record 123 mg, typed 123 mg: same",
        "nimotuzumab: on record 400 mg, typed 400 mg: same",
    ] {
        assert!(out(&passed).contains(line), "{line}: {}", out(&passed));
    }
    assert_eq!(state(&clinic), ("verified".into(), serde_json::json!([])));

    clinic.record(&["prepared", "S-014", "--cycle", "1", "--day", "1", "--drug", "irinotecan", "--lot", "AB1234"]);
    assert_eq!(state(&clinic).0, "partly prepared");
    clinic.record(&["prepared", "S-014", "--cycle", "1", "--day", "1", "--drug", "nimotuzumab"]);
    assert_eq!(state(&clinic).0, "prepared");
    let again = ["prepared", "S-014", "--cycle", "1", "--day", "1", "--drug", "nimotuzumab"];
    clinic.refused(&again, "prepared-again");

    let given = clinic.record(&["given", "S-014", "--cycle", "1"]);
    assert_eq!(
        given["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "not-double-checked").count(),
        0
    );
    assert_eq!(state(&clinic).0, "planned", "the next visit");
    let told = out(&clinic.run(&["deviations", "S-014"]));
    assert!(told.contains("Visits given without an independent double check: none"), "{told}");
    // Every step is an entry, in the history and in its table.
    let history = out(&clinic.run(&["subject", "plan", "S-014", "--as", "csv-history"]));
    for words in
        ["criteria", "double-checked", "\"C1D1, the same\"", "prepared", "C1D1 irinotecan liposomal, lot AB1234"]
    {
        assert!(history.contains(words), "{words}: {history}");
    }
    let due = out(&clinic.run(&["due", "--within", "30d", "--as", "csv"]));
    assert!(due.lines().next().unwrap().ends_with("delay,visit,missing"), "{due}");
    assert!(due.contains("planned,\"criteria, double check\""), "{due}");
    // The worksheet has a line for each step, and what is on record stands on it.
    let sheet =
        out(&clinic.run(&["subject", "plan", "S-014", "--as", "html-worksheet", "--with-given", "--only-cycle", "1"]));
    for words in [
        "criteria met, A. Nurse, 07-Dec-2026",
        "the same, M. Weber, 07-Dec-2026",
        "2 of 2, A. Nurse, 07-Dec-2026",
        "Given: _____________.",
    ] {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
    // What is verified already is not verified again once it was given.
    let late = verify(&clinic, "M. Weber", &RIGHT);
    assert!(
        late.status.code() == Some(3) && err(&late).contains("the double check comes before the dose"),
        "{}",
        err(&late)
    );
}

#[test]
fn nothing_of_the_visit_is_shown_before_all_is_typed() {
    let clinic = approved();
    let asked = verify(&clinic, "M. Weber", &["--height", "170"]);
    assert_eq!(asked.status.code(), Some(2));
    let told = err(&asked);
    assert!(
        told.contains("Independent double check of S-014: cycle 1 day 1, Monday 07-Dec-2026")
            || told.contains("Mon 07-Dec-2026"),
        "{told}"
    );
    assert!(
        told.contains("still to be typed: --weight, --dose \"irinotecan liposomal=…\", --dose \"nimotuzumab=…\""),
        "{told}"
    );
    for figure in ["65", "123", "400", "1.75"] {
        assert!(!told.contains(figure), "{figure} of the first person: {told}");
    }
    // Without --yes nothing is compared: nobody tries until it fits.
    let mut tried = vec!["subject", "verify", "S-014", "--cycle", "1", "--who", "M. Weber"];
    tried.extend(["--height", "170", "--weight", "56", "--dose", "irinotecan=114 mg", "--dose", "nimotuzumab=400 mg"]);
    let tried = clinic.run(&tried);
    let told = out(&tried) + &err(&tried);
    assert!(told.contains("Nothing was recorded"), "{told}");
    assert!(!told.contains("DIFFERS") && !told.contains("65 kg") && !told.contains("123"), "{told}");
    // A dose of no drug of the visit names those that are meant.
    let other = verify(&clinic, "M. Weber", &["--dose", "oxaliplatin=1 mg"]);
    assert!(err(&other).contains("--dose \"nimotuzumab=…\""), "{}", err(&other));
}

/// 65 and 56 have the same digits: each dose follows from its own weight, and the weights differ.
#[test]
fn a_difference_is_no_pass_and_both_columns_are_kept() {
    let clinic = approved();
    let wrong = ["--height", "170", "--weight", "56", "--dose", "irinotecan=114 mg", "--dose", "nimotuzumab=400 mg"];
    let differs = verify(&clinic, "M. Weber", &wrong);
    assert_eq!(differs.status.code(), Some(3), "{}", err(&differs));
    assert!(out(&differs).contains("weight: on record 65 kg, typed 56 kg: DIFFERS"), "{}", out(&differs));
    assert!(err(&differs).contains("no pass") && !err(&differs).contains("what failed"), "{}", err(&differs));
    assert_eq!(state(&clinic), ("NOT verified".into(), serde_json::json!(["criteria", "double check differs"])));
    let shown = out(&clinic.run(&["subject", "show", "S-014", "--history"]));
    assert!(shown.contains("irinotecan liposomal: on record 123 mg, typed 114 mg: DIFFERS"), "{shown}");
    // It stays as it was typed, and giving it all the same asks why.
    clinic.refused(&["correct", "S-014", "2", "--text", "x", "--reason", "x"], "not-in-entry");
    clinic.refused(&["given", "S-014", "--cycle", "1"], "double-check-differs");
    clinic.record(&["given", "S-014", "--cycle", "1", "--accept", "double-check-differs=weighed again, 65 kg"]);
    let told = out(&clinic.run(&["deviations", "S-014"]));
    assert!(told.contains("double check differs: C1D1, DIFFERS: weight 65 kg on record, 56 kg typed"), "{told}");
    assert!(told.contains("Visits given without an independent double check: 1"), "{told}");
}

#[test]
fn who_entered_a_figure_of_the_visit_does_not_check_it() {
    let mut clinic = approved();
    let own = verify(&clinic, "a nurse", &[]);
    assert_eq!(own.status.code(), Some(3));
    assert!(
        err(&own).contains("A. Nurse entered figures of C1D1") && err(&own).contains("is the same name"),
        "{}",
        err(&own)
    );
    // Whoever weighed and whoever cleared are out, too.
    let by = |clinic: &Clinic, who: &str, act: &[&str]| {
        let done = clinic.run(&[&["subject"], act, &["--who", who, "--yes"]].concat());
        assert!(done.status.success(), "{}", err(&done));
    };
    clinic.today = "2026-12-08";
    by(&clinic, "R. Silva", &["measure", "S-014", "--weight", "65.4"]);
    by(&clinic, "D. Doctor", &["criteria", "S-014", "--cycle", "1", "--found", "all met"]);
    for who in ["R. Silva", "D Doctor"] {
        let refused = verify(&clinic, who, &[]);
        assert_eq!(refused.status.code(), Some(3), "{who}");
        assert!(err(&refused).contains("ask somebody else than"), "{}", err(&refused));
    }
    // On a draft nothing is asked: the way to approve it is told at once.
    let draft = Clinic::new();
    let add = ["add", "S-014", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    draft.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let refused = verify(&draft, "M. Weber", &[]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(
        err(&refused).contains("posology regimen approve") && !err(&refused).contains("Work from the source"),
        "{}",
        err(&refused)
    );
}

/// At 75 % the dose is 92.25, rounded to 92 mg: what was checked is another dose.
#[test]
fn a_dose_that_changed_since_is_checked_no_more() {
    let clinic = approved();
    assert_eq!(verify(&clinic, "M. Weber", &RIGHT).status.code(), Some(0));
    clinic.record(&["level", "S-014", "irinotecan=75%", "--from", "1", "--reason", "neutropenia"]);
    assert_eq!(state(&clinic).1, serde_json::json!(["criteria", "double check (dose changed since)"]));
    let given = clinic.record(&["given", "S-014", "--cycle", "1"]);
    assert!(given["findings"].as_array().unwrap().iter().any(|one| one["code"] == "not-double-checked"), "{given:#}");
    let rows = out(&clinic.run(&["deviations", "S-014", "--only", "not-double-checked", "--as", "csv"]));
    assert_eq!(rows.matches("C1D1 was given without an independent double check").count(), 1, "{rows}");
}

#[test]
fn the_interface_checks_blind_and_shows_both_columns_once_recorded() {
    let clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    let mut interface = Interface::of(clinic);
    interface.keys("own-trial<enter>7dec<enter>170<enter>65<enter><enter>");
    interface.keys("rS-1<enter>A.Nurse<enter><f2>");
    let blank = interface.keys("rv");
    assert!(blank.contains("Independent double check: cycle 1 day 1") && blank.contains("not A.Nurse"), "{blank}");
    for figure in ["123", "400", "65 kg", "1.75"] {
        assert!(!blank.contains(figure), "{figure} of the first person: {blank}");
    }
    let own = interface.keys("a nurse");
    assert!(own.contains("A.Nurse entered figures of C1D1"), "{own}");
    interface.keys("<ctrl-u>");
    interface.keys("M.Weber<enter>170<enter>56<enter>");
    interface.typed("114 mg");
    interface.keys("<enter>");
    interface.typed("400 mg");
    let ready = interface.text();
    assert!(ready.contains("1 entry would be recorded") && !ready.contains("65 kg"), "{ready}");
    let told = interface.keys("<f2>");
    assert!(told.contains("NOT verified") && told.contains("weight: on record 65 kg, typed 56 kg: DIFFERS"), "{told}");
    interface.keys("<esc>");

    interface.keys("rvM.Weber<enter>170<enter>65<enter>");
    interface.typed("123 mg");
    interface.keys("<enter>");
    interface.typed("400 mg");
    let told = interface.keys("<f2>");
    assert!(told.contains("S-1: verified") && told.contains("typed 123 mg: same"), "{told}");
    interface.keys("<esc>rp");
    interface.keys("<f2>");
    let board = interface.keys("<f3>");
    assert!(board.contains("prepared"), "{board}");
}

/// The way to approve it is told at the first key, for a visit and for an entry.
#[test]
fn a_draft_is_refused_in_the_interface_before_anything_is_typed() {
    let mut interface = Interface::enrolled();
    let told = interface.keys("rv");
    assert!(told.contains("posology regimen approve npc-liposomal-irinotecan-nituzumab"), "{told}");
    assert!(!told.contains("Who checks"), "{told}");
    let told = interface.keys("iv");
    assert!(told.contains("posology regimen approve") && !told.contains("type it again"), "{told}");
}

/// Volume, diluent, route, rate and expiry are ticked each by itself; one that is wrong is no pass, and all of it is kept.
#[test]
fn what_else_of_a_dose_was_looked_at_is_ticked_each_by_itself() {
    let clinic = approved();
    let wrong = verify(&clinic, "M. Weber", &[&RIGHT[..], &["--wrong", "nimotuzumab=rate"]].concat());
    assert_eq!(wrong.status.code(), Some(3), "{}", err(&wrong));
    assert!(out(&wrong).contains("nimotuzumab rate: NOT RIGHT"), "{}", out(&wrong));
    assert_eq!(state(&clinic).0, "NOT verified");
    let unknown = verify(&clinic, "M. Weber", &[&RIGHT[..], &["--tick", "nimotuzumab=colour"]].concat());
    assert!(err(&unknown).contains("volume, diluent, route, rate, expiry"), "{}", err(&unknown));
    let ticks = ["--tick", "irinotecan liposomal=volume,diluent,route,rate,expiry", "--tick", "nimotuzumab=route"];
    let passed = verify(&clinic, "M. Weber", &[&RIGHT[..], &ticks].concat());
    assert_eq!(passed.status.code(), Some(0), "{}", err(&passed));
    assert!(out(&passed).contains("irinotecan liposomal expiry: ticked"), "{}", out(&passed));
    assert!(!out(&passed).contains("nimotuzumab volume"), "what nobody looked at is not told as ticked");
    assert_eq!(state(&clinic).0, "verified");
    let said = "ticked: irinotecan liposomal volume, diluent, route, rate, expiry; nimotuzumab route";
    let sheet = out(&clinic.run(&["subject", "plan", "S-014", "--as", "html-worksheet"]));
    assert!(sheet.contains(said), "{sheet}");
    let history = out(&clinic.run(&["subject", "show", "S-014", "--history"]));
    assert!(
        history.contains("nimotuzumab rate: NOT RIGHT") && history.contains("nimotuzumab route: ticked"),
        "{history}"
    );
}

#[test]
fn the_interface_asks_for_each_tick_behind_its_dose() {
    let clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    let mut interface = Interface::of(clinic);
    interface.keys("own-trial<enter>7dec<enter>170<enter>65<enter><enter>");
    interface.keys("rS-1<enter>A.Nurse<enter><f2>");
    interface.keys("rvM.Weber<enter>170<enter>65<enter>");
    interface.typed("123 mg");
    // Behind the first dose: volume, diluent, route, rate.
    interface.keys("<tab>y<tab><tab>y<tab>n<enter>");
    interface.typed("400 mg");
    let told = interface.keys("<f2>");
    assert!(told.contains("NOT verified") && told.contains("irinotecan liposomal rate not right"), "{told}");
    assert!(told.contains("irinotecan liposomal volume: ticked"), "{told}");
}
