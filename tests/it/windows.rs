//! Windows and delays: what is due, overdue, delayed and out of window means one thing each. Every expected date was read off a
//! calendar.

use posology::calendar::iso;
use posology::checker;
use posology::course::{AdministrationRecord, Course, Delay, Key};
use posology::plan::{self, DueStatus, Plan};
use posology::regimen::Regimen;
use serde_json::Value;

use crate::clinic::Clinic;
use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, course, date, drug, on, one_phase, planned, site};

const DAY_1: &str = "dose = \"400 mg\"\nroute = \"intravenous\"\ndays = [1]";

fn delayed(course: &mut Course, cycle: u32, days: i32, required: bool) {
    course.delays.insert((None, cycle), Delay { days, reason: "neutrophils 0.9".into(), required });
}

fn given(course: &mut Course, cycle: u32, on: &str) {
    let key = Key { phase: None, cycle, day: 1, drug: "a".into(), part: None };
    course.recorded.insert(key, AdministrationRecord::Given { on: date(on), dose: None });
}

fn window(plan: &Plan, cycle: u32) -> (String, String) {
    on(plan, "a", cycle, 1).window.map(|window| (iso(window.earliest), iso(window.latest))).unwrap()
}

fn told(plan: &Plan, code: &str) -> Vec<String> {
    plan.findings.iter().filter(|one| one.code.name() == code).map(|one| one.text.clone()).collect()
}

fn due(plan: &Plan, course: &Course, today: &str) -> Vec<(u32, String)> {
    let waits = plan::due(plan, course, date(today), 7).into_iter();
    waits.map(|due| (due.one.key.cycle, due.status.to_string())).collect()
}

/// Every two weeks from 07-Dec-2026, up to three days late: cycle 2 stands on 21-Dec, through 24-Dec.
fn fortnightly() -> Regimen {
    one_phase(TWO_WEEKS, &drug("a", DAY_1))
}

#[test]
fn a_delay_that_the_protocol_requires_takes_the_window_along() {
    let regimen = fortnightly();
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, 1, "2026-12-07");
    delayed(&mut course, 2, 7, true);
    let plan = planned(&regimen, &course);
    assert_eq!(iso(on(&plan, "a", 2, 1).date), "2026-12-28");
    assert_eq!(window(&plan, 2), ("2026-12-28".into(), "2026-12-31".into()));
    assert!(told(&plan, "outside-window").is_empty());
    // Given inside it, two days late: the next is counted from the actual day.
    given(&mut course, 2, "2026-12-30");
    let plan = planned(&regimen, &course);
    assert_eq!(window(&plan, 2), ("2026-12-28".into(), "2026-12-31".into()));
    assert!(told(&plan, "outside-window").is_empty());
    assert_eq!(iso(on(&plan, "a", 3, 1).date), "2027-01-13");
    // Given before the day it was moved to, or behind the window that moved with it.
    for day in ["2026-12-24", "2027-01-04"] {
        given(&mut course, 2, day);
        let plan = planned(&regimen, &course);
        assert_eq!(told(&plan, "outside-window").len(), 1, "{day}");
        assert_eq!(window(&plan, 2), ("2026-12-28".into(), "2026-12-31".into()));
    }
}

#[test]
fn any_other_delay_leaves_the_window_and_is_told() {
    let regimen = fortnightly();
    let mut course = course("2026-12-07", "170", "65");
    delayed(&mut course, 2, 7, false);
    let plan = planned(&regimen, &course);
    assert_eq!(iso(on(&plan, "a", 2, 1).date), "2026-12-28");
    assert_eq!(window(&plan, 2), ("2026-12-21".into(), "2026-12-24".into()));
    assert_eq!(told(&plan, "outside-window").len(), 1);
}

#[test]
fn what_waits_is_due_in_its_window_overdue_behind_it_and_out_of_window_by_decision() {
    let regimen = fortnightly();
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, 1, "2026-12-07");
    let plan = planned(&regimen, &course);
    let status = |plan: &Plan, course: &Course, today| due(plan, course, today).remove(0);
    // 21 through 24-Dec, then late by the days behind the window.
    assert_eq!(status(&plan, &course, "2026-12-18"), (2, "due".into()));
    assert_eq!(status(&plan, &course, "2026-12-24"), (2, "due".into()));
    assert_eq!(status(&plan, &course, "2026-12-25"), (2, "overdue 1 day".into()));
    assert_eq!(status(&plan, &course, "2026-12-31"), (2, "overdue 7 days".into()));
    // By protocol to 28-Dec: due through 31-Dec, and late is counted from there.
    delayed(&mut course, 2, 7, true);
    let plan = planned(&regimen, &course);
    assert_eq!(status(&plan, &course, "2026-12-30"), (2, "due".into()));
    assert_eq!(status(&plan, &course, "2027-01-04"), (2, "overdue 4 days".into()));
    // For another reason to 28-Dec: outside its window until that day has passed.
    delayed(&mut course, 2, 7, false);
    let plan = planned(&regimen, &course);
    assert_eq!(status(&plan, &course, "2026-12-26"), (2, "out of window".into()));
    assert_eq!(status(&plan, &course, "2026-12-28"), (2, "out of window".into()));
    assert_eq!(status(&plan, &course, "2026-12-29"), (2, "overdue 1 day".into()));
    assert_eq!(plan::due(&plan, &course, date("2026-12-29"), 0)[0].status, DueStatus::Overdue(1));
}

#[test]
fn no_cycle_that_waits_is_skipped() {
    let regimen = fortnightly();
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, 1, "2026-12-07");
    let plan = planned(&regimen, &course);
    // On 18-Jan: 21-Dec through 24-Dec, 04-Jan through 07-Jan, and today.
    let expected = [(2, "overdue 25 days".to_owned()), (3, "overdue 11 days".to_owned()), (4, "due".to_owned())];
    assert_eq!(due(&plan, &course, "2027-01-18"), expected);
}

/// Given on 07-Sep, 28 days apart: 05-Oct, with a day early that the interval takes away.
#[test]
fn early_days_never_break_the_shortest_interval_from_the_dose_before() {
    let cycle = "length = \"84 days\"\ncount = { planned = 1 }\nnext = \"from planned day 1\"\nwindow = { early = \"0 days\", late = \"1 day\" }";
    let lines = "dose = \"2 mg\"\nroute = \"subcutaneous\"\nover = \"bolus\"\ndays = [1, 29]\nwindow = { early = \"1 day\", late = \"1 day\" }\nleast_gap = \"28 days\"\ncycle_total = \"4 mg\"";
    let regimen = one_phase(cycle, &drug("a", lines));
    let plan = planned(&regimen, &course("2026-09-07", "170", "65"));
    let window = on(&plan, "a", 1, 29).window.unwrap();
    assert_eq!((iso(window.earliest), iso(window.latest)), ("2026-10-05".into(), "2026-10-06".into()));
    // Without an interval the early day is there.
    let regimen = one_phase(cycle, &drug("a", &lines.replace("least_gap = \"28 days\"\n", "")));
    let plan = planned(&regimen, &course("2026-09-07", "170", "65"));
    assert_eq!(iso(on(&plan, "a", 1, 29).window.unwrap().earliest), "2026-10-04");
}

#[test]
fn the_last_day_to_begin_a_delayed_cycle_is_a_date() {
    let regimen = one_phase(&format!("{TWO_WEEKS}\nlongest_delay = \"21 days\""), &drug("a", DAY_1));
    let mut course = course("2026-12-07", "170", "65");
    delayed(&mut course, 2, 7, true);
    let text = told(&planned(&regimen, &course), "restart-by").remove(0);
    assert_eq!(text, "Cycle 2 is delayed by 7 days, as the protocol requires; it must begin by Mon 11-Jan-2027.");
    delayed(&mut course, 2, 22, true);
    let plan = planned(&regimen, &course);
    assert!(told(&plan, "longest-delay")[0].contains("it had to begin by Mon 11-Jan-2027"), "{:?}", plan.findings);
    assert!(told(&plan, "restart-by").is_empty());
}

/// Trastuzumab every three weeks from 07-Sep-2026: up to a week late the old dates go on, later ones begin a new schedule.
#[test]
fn an_old_schedule_goes_on_up_to_a_delay_and_a_new_one_begins_beyond_it() {
    let cycle = TWO_WEEKS.replace("14 days", "21 days").replace("from actual day 1", "from planned day 1");
    let with = one_phase(&format!("{cycle}\nnew_schedule_after = \"7 days\""), &drug("a", DAY_1));
    for (second, third) in [
        ("2026-09-28", "2026-10-19"),
        ("2026-10-05", "2026-10-19"),
        ("2026-10-06", "2026-10-27"),
        ("2026-09-27", "2026-10-19"),
    ] {
        let mut course = course("2026-09-07", "170", "70");
        given(&mut course, 1, "2026-09-07");
        given(&mut course, 2, second);
        let plan = planned(&with, &course);
        assert_eq!(iso(on(&plan, "a", 3, 1).date), third, "cycle 2 on {second}");
    }
    // A delay that is recorded moves the dates in the same way before anything is given.
    let mut late = course("2026-09-07", "170", "70");
    delayed(&mut late, 2, 8, true);
    assert_eq!(iso(on(&planned(&with, &late), "a", 3, 1).date), "2026-10-27");
    // It says nothing where every cycle is counted from the actual day.
    let text = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nnew_schedule_after = \"7 days\"\nsource = \"unverified\"\n\n{BODY}\n{}\n{EXAMPLE}",
        drug("a", DAY_1)
    );
    let findings = checker::check(text.as_bytes(), &site()).findings;
    assert!(findings.iter().any(|one| one.text.contains("new_schedule_after")), "{findings:?}");
}

/// Two cycles of three weeks from 02-Nov-2026, a visit 30 days after the last dose on 23-Nov.
#[test]
fn a_visit_counted_from_the_last_dose_says_that_a_delay_moves_it() {
    let cycle = "length = \"21 days\"\ncount = { planned = 2 }\nnext = \"from actual day 1\"\nwindow = { early = \"0 days\", late = \"3 days\" }";
    let visit = "\n[[assessment]]\nname = \"end of treatment visit\"\nclock = \"from last dose\"\nafter = \"30 days\"\nwindow = { early = \"7 days\", late = \"7 days\" }\nsource = \"unverified\"\n";
    let regimen = one_phase(cycle, &format!("{}{visit}", drug("a", DAY_1)));
    let mut course = course("2026-11-02", "180", "80");
    let plan = planned(&regimen, &course);
    let visit = |plan: &Plan| (iso(plan.assessments[0].date), plan.assessments[0].moves);
    assert_eq!(visit(&plan), ("2026-12-23".into(), true));
    delayed(&mut course, 2, 7, false);
    assert_eq!(visit(&planned(&regimen, &course)), ("2026-12-30".into(), true));
    // Behind an end of treatment no delay moves it any more.
    course.stopped = Some((date("2026-11-24"), "progression".into()));
    course.delays.clear();
    assert_eq!(visit(&planned(&regimen, &course)), ("2026-12-23".into(), false));
}

/// The same through the program: recorded, asked about, listed, and told to a monitor.
#[test]
fn a_required_delay_is_no_deviation_and_another_day_is_asked_about() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1", "--day", "1"]);
    clinic.today = "2026-12-21";
    clinic.record(&["delay", "S-014", "--cycle", "2", "--days", "7", "--required", "--reason", "neutrophils 0.9"]);
    let text = |clinic: &Clinic, arguments: &[&str]| String::from_utf8(clinic.run(arguments).stdout).unwrap();
    let listed = text(&clinic, &["due", "--within", "14d"]);
    assert!(listed.contains("window 28-Dec-2026 through 31-Dec-2026"), "{listed}");
    assert!(listed.contains("delayed by 7 days as the protocol requires"), "{listed}");
    clinic.today = "2027-01-04";
    let rows: Value = serde_json::from_slice(&clinic.run(&["due", "--json"]).stdout).unwrap();
    assert_eq!((&rows["due"][0]["standing"], &rows["due"][0]["days_overdue"]), (&"overdue".into(), &"4".into()));
    let give = |day| ["given", "S-014", "--cycle", "2", "--day", "1", "--on", day];
    clinic.refused(&give("2026-12-24"), "outside-window");
    clinic.refused(&give("2027-01-04"), "outside-window");
    clinic.record(&give("2026-12-30"));
    let deviations = text(&clinic, &["deviations", "S-014"]);
    assert!(
        deviations.contains("delayed as the protocol requires") && !deviations.contains("out of window"),
        "{deviations}"
    );
}
