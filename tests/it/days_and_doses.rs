//! Slips of days, of units and of subjects when something is recorded: each is asked about, or said as it was meant.

use posology::store::{NewEvent, Store};
use serde_json::Value;

use crate::clinic::Clinic;

fn out(clinic: &Clinic, arguments: &[&str]) -> String {
    let ran = clinic.run(arguments);
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

fn on(regimen: &'static str, code: &str, more: &[&str]) -> Clinic {
    let clinic = Clinic::new();
    let add = ["add", code, regimen, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"], more].concat());
    clinic
}

/// 60 mg/m2 × 1.75 m2 = 105 mg: typed as 0.105 g it is the same dose, in every file and every sum.
#[test]
fn a_dose_typed_in_another_unit_is_kept_in_that_of_the_plan() {
    let clinic = on("br-ac-weekly-paclitaxel", "S-1", &["--exposure", "doxorubicin equivalents=none"]);
    let given = ["given", "S-1", "--phase", "ac", "--cycle", "1", "--day", "1", "--drug", "doxorubicin"];
    clinic.record(&[&given[..], &["--dose", "0.105 g"]].concat());
    let shown: Value = serde_json::from_str(&out(&clinic, &["subject", "show", "S-1", "--json"])).unwrap();
    let delivered = |shown: &Value| {
        let drugs = shown["ledger"]["drugs"].as_array().unwrap().clone();
        drugs.into_iter().find(|one| one["drug"] == "doxorubicin").unwrap()["delivered"].clone()
    };
    assert_eq!(delivered(&shown), "105 mg");
    let nonmem = out(&clinic, &["subject", "plan", "S-1", "--as", "nonmem", "--id", "1"]);
    assert!(!nonmem.contains(",0.105,") && nonmem.contains(",105,"), "{nonmem}");
    let redcap = out(&clinic, &["subject", "plan", "S-1", "--as", "redcap-import"]);
    assert!(redcap.contains(",105,mg,2,2026-12-07,105,"), "{redcap}");
    clinic.record(&[
        "correct",
        "S-1",
        "2",
        "--dose",
        "0.1 g",
        "--reason",
        "misread",
        "--accept",
        "dose-differs=misread",
    ]);
    let shown: Value = serde_json::from_str(&out(&clinic, &["subject", "show", "S-1", "--json"])).unwrap();
    assert_eq!(delivered(&shown), "100 mg");
    // As an older program kept it: 0.105 g of the second cycle, beside those 100 mg.
    let body = r#"{"event":{"given":{"key":{"phase":"ac","cycle":2,"day":1,"drug":"doxorubicin"},"dose":"0.105 g","planned":"105 mg","planned_on":"2026-12-21","partly":false,"second":false}},"program":"0.1.0"}"#;
    let old = NewEvent {
        kind: "given".into(),
        effective: "2026-12-21".into(),
        recorded: posology::clock::now(),
        ..crate::store_record::event("S-1", body)
    };
    let mut store = Store::open_existing(&clinic.path("records")).unwrap();
    store.append(3, &[old]).unwrap();
    drop(store);
    let shown: Value = serde_json::from_str(&out(&clinic, &["subject", "show", "S-1", "--json"])).unwrap();
    assert_eq!(delivered(&shown), "205 mg");
    let csv = out(&clinic, &["subject", "plan", "S-1", "--as", "csv"]);
    assert!(!csv.contains("0.105"), "{csv}");
}

/// Cycle 2 stands on 21-Dec-2026: 14 days after the first.
#[test]
fn a_delay_that_moves_a_cycle_earlier_or_far_is_asked_about() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    clinic.today = "2026-12-14";
    let delay =
        |days: &'static str| ["delay", "S-014", "--cycle", "2", "--days", days, "--required", "--reason", "wbc"];
    let earlier = clinic.refused(&delay("-6"), "cycle-earlier");
    let told = "Cycle 2 stands on Mon 21-Dec-2026 and would begin on Tue 15-Dec-2026: 6 days earlier, 8 days after the first day of cycle 1";
    assert!(earlier.contains(told), "{earlier}");
    let far = clinic.refused(&delay("70"), "cycle-far");
    assert!(far.contains("would begin on Mon 01-Mar-2027, 70 days later; it is 14 days long"), "{far}");
    clinic.record(&delay("9"));
    // Three more days were meant, and are twelve in all.
    let back = clinic.refused(&delay("3"), "cycle-earlier");
    assert!(back.contains("stands on Wed 30-Dec-2026 and would begin on Thu 24-Dec-2026: 6 days earlier"), "{back}");
    clinic.record(&delay("12"));
    clinic.record(&["correct", "S-014", "5", "--days", "9", "--reason", "misread"]);
}

/// XELOX states no window; its cycles are of 21 days.
#[test]
fn a_dose_much_too_soon_is_asked_about_without_a_window() {
    let mut clinic = on("gi-xelox", "S-9", &[]);
    let given =
        |cycle: &'static str, on: &'static str| ["given", "S-9", "--cycle", cycle, "--drug", "oxaliplatin", "--on", on];
    clinic.record(&given("1", "2026-12-07"));
    clinic.today = "2026-12-19";
    let soon = clinic.refused(&given("2", "2026-12-09"), "too-soon");
    assert!(
        soon.contains("comes 2 days after C1D1 oxaliplatin, Mon 07-Dec-2026; it was planned 21 days after it"),
        "{soon}"
    );
    clinic.record(&given("2", "2026-12-19"));
}

#[test]
fn a_held_dose_is_asked_about_when_it_or_the_next_is_given() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["hold", "S-014", "--cycle", "1", "--reason", "ileus"]);
    let listed = out(&clinic, &["subject", "list"]);
    assert!(listed.contains("C1D1 irinotecan liposomal held"), "{listed}");
    let held = clinic.refused(&["given", "S-014", "--cycle", "1"], "was-held");
    assert!(held.contains("on record as held (ileus)") && held.matches("ileus").count() == 1, "{held}");
    clinic.today = "2026-12-21";
    let next = clinic.refused(&["given", "S-014", "--cycle", "2"], "held-before");
    assert!(next.contains("which is on record as held (ileus): neither given nor omitted"), "{next}");
    clinic.record(&["given", "S-014", "--cycle", "1", "--accept", "was-held=ileus resolved"]);
    let listed = out(&clinic, &["subject", "list"]);
    assert!(listed.contains("C2D1 irinotecan liposomal on "), "{listed}");
}

/// By hand: √(170 × 57 ÷ 3,600) = 1.6406, 1.64 m2; 130 mg/m2 × 1.64 = 213.2, rounded 213 mg. Before: 1.75 m2, 228 mg.
#[test]
fn an_overdue_dose_uses_the_weight_of_the_day_on_which_it_is_given() {
    let mut clinic = on("gi-xelox", "S-9", &[]);
    clinic.record(&["given", "S-9", "--cycle", "1", "--drug", "oxaliplatin"]);
    clinic.today = "2027-01-05";
    clinic.extra = vec!["--accept".into(), "weight-changes-doses=as the protocol says".into()];
    clinic.record(&["measure", "S-9", "--weight", "57"]);
    clinic.record(&["given", "S-9", "--cycle", "2", "--drug", "oxaliplatin", "--on", "2027-01-05"]);
    clinic.extra.clear();
    let shown: Value = serde_json::from_str(&out(&clinic, &["subject", "show", "S-9", "--json"])).unwrap();
    let given = &shown["history"][3]["event"]["given"];
    assert_eq!((&given["dose"], &given["planned"]), (&"213 mg".into(), &"213 mg".into()), "{given}");
}

#[test]
fn a_step_up_without_the_step_before_it_is_asked_about() {
    let mut clinic = Clinic::new();
    let add = ["add", "T-1", "heme-teclistamab", "--height", "170", "--weight", "70", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let given = |day: &'static str, on: &'static str| {
        ["given", "T-1", "--phase", "step-up", "--cycle", "1", "--day", day, "--drug", "teclistamab", "--on", on]
    };
    clinic.record(&given("1", "2026-12-07"));
    clinic.today = "2026-12-13";
    let asked = clinic.refused(&given("7", "2026-12-13"), "step-before");
    assert!(asked.contains("C1D4 teclistamab, is not on record"), "{asked}");
}

#[test]
fn a_code_that_looks_like_another_subjects_is_asked_about() {
    let clinic = Clinic::new();
    clinic.enrol();
    let add = |code: &'static str, more: &[&'static str]| {
        let add = ["subject", "add", code, "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        let ran = clinic.run(&[&add[..], &["--accept", "draft=x", "--who", "A. Nurse", "--yes"], more].concat());
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    for code in ["S014", "S-O14", "s_014"] {
        let (done, told) = add(code, &[]);
        assert_eq!(done, Some(3), "{code}: {told}");
        assert!(told.contains(&format!("{code} looks like S-014")) && told.contains("--accept code-alike"), "{told}");
    }
    let (done, told) = add("S014", &["--accept", "code-alike=another site numbers so"]);
    assert_eq!(done, Some(0), "{told}");
    assert_eq!(add("S-015", &[]).0, Some(0));
    // Under other capitals there is nothing to look at.
    let (done, told) = add("s-014", &[]);
    assert_eq!(done, Some(3), "{told}");
    assert!(told.contains("S-014 is what that subject is recorded under") && !told.contains("show s-014"), "{told}");
}
