//! Dates that cannot be meant are asked about or refused, with both dates.

use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn deviations(clinic: &Clinic) -> String {
    text(&clinic.run(&["deviations", "S-014"]).stdout)
}

const C1: [&str; 4] = ["given", "S-014", "--cycle", "1"];

fn on<'a>(base: &[&'a str], date: &'a str) -> Vec<&'a str> {
    [base, &["--on", date]].concat()
}

/// The start is 07-Dec-2026. Ten years early no true record can hold: 10 × 365 days and 29-Feb of 2020 and 2024.
#[test]
fn a_dose_before_the_start_is_asked_about_or_refused() {
    let clinic = Clinic::new();
    clinic.enrol();
    let told = clinic.refused(&on(&C1, "2016-12-07"), "before-start");
    assert!(told.contains("07-Dec-2016 is 3,652 days before the first day of treatment, Mon 07-Dec-2026"), "{told}");
    assert!(told.contains("BLOCK"), "{told}");
    // 32 days early: the window asks, and so does the start; one day early the window alone.
    let told = clinic.refused(&on(&C1, "2026-11-05"), "before-start");
    assert!(told.contains("32 days before") && told.contains("outside its window"), "{told}");
    let told = clinic.refused(&on(&C1, "2026-12-06"), "outside-window");
    assert!(!told.contains("before the first day"), "{told}");
    let mut early = on(&C1, "2026-12-06");
    early.extend(["--accept", "outside-window=it was Sunday"]);
    clinic.record(&early);
    // A correction keeps to the same bounds.
    let correct = ["correct", "S-014", "2", "--reason", "misread", "--on", "2016-12-07"];
    clinic.refused(&correct, "before-start");
}

/// Thirteen days after the only day of its window.
#[test]
fn a_late_first_dose_is_asked_about_and_stays_a_deviation() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-20";
    let told = clinic.refused(&on(&C1, "2026-12-20"), "outside-window");
    assert!(told.contains("is outside its window, which is Mon 07-Dec-2026 alone"), "{told}");
    let mut late = on(&C1, "2026-12-20");
    late.extend(["--accept", "outside-window=infection"]);
    clinic.record(&late);
    let told = deviations(&clinic);
    assert!(told.contains("was given on Sun 20-Dec-2026, 13 days too late"), "{told}");
    assert!(told.contains("Reason: infection"), "{told}");
}

/// A delay of the first cycle moves the day it may be given on; nothing is asked about a dose on that day.
#[test]
fn a_delayed_first_cycle_is_given_on_its_day() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["delay", "S-014", "--cycle", "1", "--days", "2", "--reason", "no chair free"]);
    clinic.today = "2026-12-09";
    clinic.record(&C1);
    assert!(!deviations(&clinic).contains("out of window"), "{}", deviations(&clinic));
}

/// Cycle 2 stands on 21-Dec: 14 days earlier is the day of cycle 1, 13 days earlier is not.
#[test]
fn a_cycle_stays_behind_the_one_before_it() {
    let clinic = Clinic::new();
    clinic.enrol();
    let delay = |days: &'static str| ["delay", "S-014", "--cycle", "2", "--reason", "sooner", "--days", days];
    let told = clinic.refused(&delay("-40"), "cycle-order");
    assert!(told.contains("Wed 11-Nov-2026") && told.contains("Mon 07-Dec-2026"), "{told}");
    clinic.refused(&delay("-14"), "cycle-order");
    clinic.refused(&delay("-13"), "cycle-earlier");
    clinic.record(&delay("2"));
    clinic.refused(&["correct", "S-014", "2", "--days", "-14", "--reason", "misread"], "cycle-order");
}

#[test]
fn doses_of_a_drug_come_one_after_the_other() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&C1);
    clinic.today = "2026-12-22";
    let second = ["given", "S-014", "--cycle", "2"];
    let told = clinic.refused(&on(&second, "2026-12-07"), "order-of-doses");
    assert!(
        told.contains("C2D1 irinotecan liposomal on Mon 07-Dec-2026 is not after C1D1 irinotecan liposomal"),
        "{told}"
    );
    clinic.record(&on(&second, "2026-12-21"));
    let correct = ["correct", "S-014", "2", "--reason", "misread", "--on", "2026-12-21"];
    let told = clinic.refused(&correct, "order-of-doses");
    assert!(told.contains("is not before C2D1 irinotecan liposomal, given on Mon 21-Dec-2026"), "{told}");
}

#[test]
fn treatment_ends_behind_every_dose() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&C1);
    clinic.today = "2026-12-21";
    clinic.record(&["given", "S-014", "--cycle", "2"]);
    let stop = |on: &'static str| ["stop", "S-014", "--on", on, "--reason", "progression"];
    let told = clinic.refused(&stop("2026-12-01"), "given-after-stop");
    assert!(told.contains("Tue 01-Dec-2026") && told.contains("Mon 21-Dec-2026"), "{told}");
    clinic.refused(&stop("2026-12-20"), "given-after-stop");
    clinic.record(&stop("2026-12-21"));
    clinic.refused(&["correct", "S-014", "6", "--on", "2026-12-08", "--reason", "misread"], "given-after-stop");
    // What was given after all is a fact, and asked about.
    clinic.today = "2027-01-04";
    let extra = ["--day", "1", "--drug", "irinotecan", "--dose", "123 mg", "--second-dose"];
    let after = [&["given", "S-014", "--cycle", "2", "--on", "2027-01-04"][..], &extra].concat();
    let told = clinic.refused(&after, "second-dose");
    assert!(told.contains("is after the end of treatment, Mon 21-Dec-2026 (progression)"), "{told}");
    let shown = text(&clinic.run(&["subject", "show", "S-014"]).stdout);
    assert!(shown.contains("Treatment ended on Mon 21-Dec-2026: progression"), "{shown}");
    assert_eq!(clinic.show()["stopped"]["on"], "2026-12-21");
}

/// 366 days from 07-Dec-2026 is 08-Dec-2027; one more is asked about.
#[test]
fn a_start_more_than_a_year_away_is_asked_about() {
    let clinic = Clinic::new();
    let add = |start: &'static str| {
        let add = ["add", "S-1", REGIMEN, "--height", "170", "--weight", "65", "--accept", "draft=training"];
        [&add[..], &["--start", start]].concat()
    };
    for (start, days) in
        [("2027-12-09", "367 days after"), ("2016-12-07", "3,652 days before"), ("2062-12-07", "days after")]
    {
        let told = clinic.refused(&add(start), "start-far");
        assert!(told.contains(days) && told.contains("07-Dec-2026"), "{told}");
    }
    clinic.record(&add("2027-12-08"));
    clinic.enrol();
    let correct = ["correct", "S-014", "2", "--start", "2016-12-07", "--reason", "misread"];
    clinic.refused(&correct, "start-far");
    let plan = ["plan", REGIMEN, "--height", "170", "--weight", "65", "--start", "2062-12-07"];
    let planned = clinic.bare(&plan);
    assert!(
        planned.status.success() && text(&planned.stderr).contains("Is the year right?"),
        "{}",
        text(&planned.stderr)
    );
}

/// 30 days before the start is still in order, as in the table of limits; 6 years are 6 × 365 days and one leap day.
#[test]
fn a_weight_from_long_before_the_start_is_asked_about() {
    let clinic = Clinic::new();
    let add = |code: &'static str, on: &'static str| {
        let add = ["add", code, REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        [&add[..], &["--accept", "draft=training", "--measured", on]].concat()
    };
    let told = clinic.refused(&add("S-1", "2020-12-07"), "measured-early");
    assert!(
        told.contains("07-Dec-2020 was measured 2,191 days before the first day of treatment, 07-Dec-2026"),
        "{told}"
    );
    clinic.refused(&add("S-1", "2026-11-06"), "measured-early");
    clinic.record(&add("S-1", "2026-11-07"));
    clinic.enrol();
    let measure = |kg: &'static str| ["measure", "S-014", "--weight", kg, "--on", "2016-12-07"];
    let told = clinic.refused(&measure("50"), "measured-early");
    assert!(told.contains("07-Dec-2016 is 3,652 days before"), "{told}");
    // 40 of 65 kg is 38.5 % less; which weight came first is told.
    let told = clinic.refused(&measure("40"), "weight-jump");
    assert!(told.contains("Weight 40 kg, and 65 kg 3,652 days later: a difference of −38.5 %"), "{told}");
}

/// A weight told at enrolment counts from the day it was measured on.
#[test]
fn the_age_of_a_weight_counts_from_its_own_day() {
    let mut clinic = Clinic::new();
    let add = ["add", "S-014", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training", "--measured", "2026-11-30"]].concat());
    // A weight of an earlier day, recorded later, is older still and does not count.
    clinic.today = "2026-12-08";
    clinic.record(&["measure", "S-014", "--weight", "64", "--on", "2026-11-20"]);
    let given: Value = clinic.record(&[&C1[..], &["--on", "2026-12-08", "--accept", "outside-window=x"]].concat());
    let findings = given["findings"].to_string();
    assert!(findings.contains("the weight was 8 days old (30-Nov-2026)"), "{findings}");
}

/// Enrolled on 01-Dec for 07-Dec, then weighed on 05-Dec: the newer weight is that of the first day. With 65 kg it was
/// 70 × 1.75 = 122.5 → 123 mg.
#[test]
fn the_figures_of_an_enrolment_are_of_its_day() {
    let clinic = Clinic { today: "2026-12-01", ..Clinic::new() };
    clinic.record(&[
        "add",
        "S-9",
        "npc-liposomal-irinotecan-nituzumab",
        "--start",
        "2026-12-07",
        "--height",
        "170",
        "--weight",
        "65",
        "--accept",
        "draft=test",
    ]);
    let clinic = Clinic { today: "2026-12-05", ..clinic };
    let accept = ["--accept", "weight-changes-doses=measured", "--accept", "pounds=measured"];
    clinic.record(&[&["measure", "S-9", "--weight", "70", "--on", "2026-12-05"][..], &accept].concat());
    let shown = clinic.run(&["subject", "plan", "S-9"]);
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    // √(170 × 70 ÷ 3600) = 1.8181 → 1.82 m2; 70 × 1.82 = 127.4 → 127 mg.
    assert!(text.contains("127 mg") && !text.contains("123 mg"), "{text}");
}
