//! Visits that are counted from consent, enrolment and randomisation, follow-up to a stated end, screening alone.
//!
//! Months and days were counted on a calendar: 01-Dec-2026 + 3 months is 01-Mar-2027; from 31-Dec-2026 months fall on
//! 31-Jan, 28-Feb, 31-Mar and 30-Apr-2027.

use posology::calendar::{self, Site};
use posology::checker;
use posology::plan::{Assessed, Plan};
use posology::regimen::Regimen;
use posology::subject::Fact;
use serde_json::Value as Json;

use crate::clinic::Clinic;
use crate::support::{BODY, EXAMPLE, HEAD, course, date, drug, planned, regimen};

const CYCLE: &str = r#"
[cycle]
length = "14 days"
count = { planned = 1 }
next = "from actual day 1"
window = { early = "0 days", late = "3 days" }
source = "unverified"
"#;

fn text(assessments: &str) -> String {
    let drug = drug("a", "dose = \"100 mg\"\nroute = \"intravenous\"\ndays = [1]\nround = \"none\"");
    format!("{HEAD}{CYCLE}\n{BODY}\n{drug}\n{assessments}\n{EXAMPLE}")
}

fn with(assessments: &str) -> Regimen {
    regimen(&text(assessments))
}

fn assessment(name: &str, lines: &str) -> String {
    format!("\n[[assessment]]\nname = \"{name}\"\n{lines}\nsource = \"unverified\"\n")
}

fn plan(regimen: &Regimen, start: &str, dates: &[(Fact, &str)]) -> Plan {
    let mut course = course(start, "170 cm", "65 kg");
    let today = date("2026-12-01");
    for (fact, day) in dates {
        course.subject.set(fact.read(day, today).unwrap().value);
    }
    planned(regimen, &course)
}

/// `2026-12-31 2026-12-17 2027-01-14`: the day and its window.
fn shown(one: &Assessed) -> String {
    let window = one.window.map(|window| [window.earliest, window.latest].map(calendar::iso).join(" "));
    format!("{} {}", calendar::iso(one.date), window.unwrap_or_default()).trim_end().to_owned()
}

fn named(plan: &Plan, name: &str) -> Vec<String> {
    plan.assessments.iter().filter(|one| one.name == name).map(shown).collect()
}

#[test]
fn visits_are_counted_from_the_days_that_are_known() {
    let room = "window = { early = \"14 days\", late = \"14 days\" }";
    let all = [
        assessment("three months", &format!("clock = \"from randomisation\"\nafter = \"3 months\"\n{room}")),
        assessment("thirty days", &format!("clock = \"from enrolment\"\nafter = \"30 days\"\n{room}")),
        assessment("laboratory", "clock = \"from randomisation\"\nbefore = \"14 days\""),
        assessment("questionnaire", "clock = \"from consent\""),
    ];
    let regimen = with(&all.concat());
    assert_eq!(regimen.reference_dates(), Fact::REFERENCE_DATES);
    let unknown = plan(&regimen, "2026-12-31", &[]);
    assert!(unknown.assessments.is_empty());
    let told = unknown.findings.iter().find(|finding| finding.code.name() == "follow-up").unwrap();
    assert!(told.text.contains("three months: 3 months after randomisation"), "{}", told.text);
    let known = [(Fact::Consented, "2026-11-24"), (Fact::Enrolled, "2026-12-01"), (Fact::Randomised, "2026-12-01")];
    let known = plan(&regimen, "2026-12-31", &known);
    assert_eq!(named(&known, "three months"), ["2027-03-01 2027-02-15 2027-03-15"]);
    assert_eq!(named(&known, "thirty days"), ["2026-12-31 2026-12-17 2027-01-14"]);
    assert_eq!(named(&known, "laboratory"), ["2026-12-01 2026-11-17 2026-12-01"]);
    assert_eq!(named(&known, "questionnaire"), ["2026-11-24 2026-11-24 2026-11-24"]);
    assert!(known.findings.iter().all(|finding| finding.code.name() != "follow-up"), "everything is dated");
}

#[test]
fn a_series_with_an_end_gives_every_visit_and_months_do_not_drift() {
    let monthly = "clock = \"from last dose\"\nafter = \"1 month\"\nevery = \"1 month\"";
    let room = "window = { early = \"3 days\", late = \"3 days\" }";
    let open = plan(&with(&assessment("follow-up", &format!("{monthly}\n{room}"))), "2026-12-31", &[]);
    assert_eq!(named(&open, "follow-up").len(), 1);
    assert!(open.findings.iter().any(|finding| finding.text.contains("more follow")));
    let ended = with(&assessment("follow-up", &format!("{monthly}\nuntil = \"4 months\"\n{room}")));
    let ended = plan(&ended, "2026-12-31", &[]);
    let days: Vec<String> = ended.assessments.iter().map(|one| calendar::iso(one.date)).collect();
    assert_eq!(days, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]);
    assert_eq!(named(&ended, "follow-up")[1], "2027-02-28 2027-02-25 2027-03-03");
    assert!(ended.findings.iter().all(|finding| finding.code.name() != "follow-up"));
    // 30 days, then every 12 weeks, for half a year: 30-Jan, 24-Apr; the next, 17-Jul, lies after 30-Jun.
    let mixed = "clock = \"from last dose\"\nafter = \"30 days\"\nevery = \"12 weeks\"\nuntil = \"6 months\"";
    let mixed = plan(&with(&assessment("follow-up", mixed)), "2026-12-31", &[]);
    let days: Vec<String> = mixed.assessments.iter().map(|one| calendar::iso(one.date)).collect();
    assert_eq!(days, ["2027-01-30", "2027-04-24"]);
}

#[test]
fn a_single_visit_before_the_first_dose_can_be_written() {
    let clock = "clock = \"calendar from first dose\"";
    let between = format!("{clock}\nbefore_first_dose = {{ from = \"28 days\", to = \"1 day\" }}");
    let screening = plan(&with(&assessment("screening", &between)), "2026-12-31", &[]);
    assert_eq!(named(&screening, "screening"), ["2026-12-30 2026-12-03 2026-12-30"]);
    let on_the_day = format!("{clock}\nbefore_first_dose = \"28 days\"");
    let screening = plan(&with(&assessment("screening", &on_the_day)), "2026-12-31", &[]);
    assert_eq!(named(&screening, "screening"), ["2026-12-31 2026-12-03 2026-12-31"]);
}

#[test]
fn what_cannot_be_meant_is_told() {
    let event = "clock = \"from last dose\"";
    let calendar = "clock = \"calendar from first dose\"";
    for (lines, code) in [
        (format!("{event}\nafter = \"30 days\"\nuntil = \"1 year\""), "R033"),
        (format!("{event}\nevery = \"6 months\"\nuntil = \"3 months\""), "R034"),
        (format!("{calendar}\nevery = \"6 weeks\"\nuntil = \"1 year\""), "R033"),
        (calendar.to_owned(), "R010"),
        (format!("{calendar}\nbefore_first_dose = {{ from = \"1 day\", to = \"28 days\" }}"), "R034"),
        (format!("{calendar}\nbefore_first_dose = {{ from = \"28 days\" }}"), "R010"),
        (format!("{event}\nbefore_first_dose = {{ from = \"28 days\", to = \"1 day\" }}"), "R033"),
    ] {
        let checked = checker::check(text(&assessment("visit", &lines)).as_bytes(), &Site::default());
        let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.name()).collect();
        assert!(codes.contains(&code) && checked.regimen.is_none(), "{lines}: {:#?}", checked.findings);
    }
}

#[test]
fn the_record_keeps_the_days_and_every_face_has_them() {
    let clinic = Clinic::new();
    let file = clinic.path("visits.toml");
    let visit = assessment("visit", "clock = \"from randomisation\"\nafter = \"3 months\"");
    std::fs::write(&file, text(&visit)).unwrap();
    let regimen = file.to_str().unwrap();
    let body = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let dates = ["--consented", "24nov", "--randomised", "2026-12-01"];
    let printed = clinic.bare(&[&["plan", regimen], &body[..], &dates].concat());
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.contains("randomised 01-Dec-2026") && printed.contains("01-Mar-2027"), "{printed}");
    clinic.record(&[&["add", "S-014", regimen], &body[..], &dates, &["--accept", "draft=training"]].concat());
    let shown = clinic.show();
    let enrolled = &shown["history"][0]["event"]["enrolled"];
    assert_eq!((&enrolled["consented"], &enrolled["randomised"]), (&"2026-11-24".into(), &"2026-12-01".into()));
    let visit = |shown: &Json| shown["plan"]["assessments"][0]["date"].as_str().unwrap().to_owned();
    assert_eq!(visit(&shown), "2027-03-01");
    assert_eq!(shown["plan"]["subject"]["reference_dates"]["randomised"], "2026-12-01");
    clinic.record(&["correct", "S-014", "1", "--randomised", "2026-12-02", "--reason", "a day later"]);
    assert_eq!(visit(&clinic.show()), "2027-03-02");
}
