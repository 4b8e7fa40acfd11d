//! What belongs to a drug: its premedication, mesna after ifosfamide, the end of its pump.

use posology::calendar::{self, Site};
use posology::checker;
use posology::course::{AdministrationRecord, Course, Delay, Key, Reduction};
use posology::finding::Severity;
use posology::plan::{AdministrationState, Plan};
use posology::subject::Subject;

use crate::program::Home;
use crate::support::{BODY, EXAMPLE, HEAD, course, date, dates, drug, on, one_phase, planned, subject};

const CLINIC: &str = "dose = \"100 mg\"\nroute = \"intravenous\"\n";
const PREMED: &str =
    "dose = \"8 mg\"\nroute = \"intravenous\"\nrole = \"premedication\"\nfor = \"a\"\nbefore = \"1 hour\"\n";

fn cycle(length: u32, count: u32) -> String {
    format!(
        "length = \"{length} days\"\ncount = {{ planned = {count} }}\nnext = \"from actual day 1\"\nwindow = \"unknown\""
    )
}

fn start() -> Course {
    course("2026-12-07", "180 cm", "80 kg")
}

fn key(cycle: u32, day: i32, drug: &str) -> Key {
    Key { phase: None, cycle, day, drug: drug.to_owned(), part: None }
}

fn given(course: &mut Course, key: Key, on: &str) {
    course.recorded.insert(key, AdministrationRecord::Given { on: date(on), dose: None });
}

fn level(course: &mut Course, drug: &str) {
    course.reductions.push(Reduction {
        drug: drug.to_owned(),
        from: (None, 1),
        level: Some(-1),
        percent: None,
        reason: "x".to_owned(),
    });
}

fn ends(plan: &Plan) -> Vec<(i32, String)> {
    plan.ends.iter().map(|end| (end.day, calendar::iso(end.date))).collect()
}

/// a waits for nobody; cycle 2 of b, a week late, begins on 04-Jan. What belongs to a stays with it on 28-Dec.
#[test]
fn a_premedication_keeps_the_clock_of_its_drug() {
    let a = drug("a", &format!("{CLINIC}clock = \"own\"\ndays = [1]"));
    let b = drug("b", &format!("{CLINIC}days = [1]"));
    let regimen = one_phase(&cycle(21, 2), &(a + &drug("dexa", PREMED) + &b));
    let mut course = start();
    course.delays.insert((None, 2), Delay { days: 7, reason: "x".to_owned(), required: true });
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2026-12-28"]);
    assert_eq!(dates(&plan, "dexa"), ["2026-12-07", "2026-12-28"]);
    assert_eq!(dates(&plan, "b"), ["2026-12-07", "2027-01-04"]);
}

#[test]
fn a_premedication_is_given_on_the_days_of_its_drug_only() {
    let ladder = "reduce = { to = [{ days = [1] }], then = \"ask\", raise_again = \"never\" }";
    let a = drug("a", &format!("{CLINIC}{ladder}\ndays = [1, 8, 15]\ncycle_total = \"300 mg\""));
    let dexa = drug("dexa", &format!("{PREMED}cycle_total = \"24 mg\""));
    let regimen = one_phase(&cycle(28, 1), &(a + &dexa));
    assert_eq!(dates(&planned(&regimen, &start()), "dexa"), ["2026-12-07", "2026-12-14", "2026-12-21"]);
    let mut reduced = start();
    level(&mut reduced, "a");
    assert_eq!(dates(&planned(&regimen, &reduced), "dexa"), ["2026-12-07"]);
    // A drug of the first cycle only.
    let a = drug("a", &format!("{CLINIC}cycles = {{ from = 1, through = 1 }}\ndays = [1]"));
    let b = drug("b", &format!("{CLINIC}days = [1]"));
    let regimen = one_phase(&cycle(28, 3), &(a + &drug("dexa", PREMED) + &b));
    assert_eq!(dates(&planned(&regimen, &start()), "dexa"), ["2026-12-07"]);
}

#[test]
fn a_premedication_is_not_given_without_its_drug() {
    let a = drug("a", &format!("{CLINIC}days = [1]"));
    let b = drug("b", &format!("{CLINIC}instead_of = \"a\"\ndays = [1]"));
    let regimen = one_phase(&cycle(21, 1), &(a + &b + &drug("dexa", PREMED)));
    assert_eq!(dates(&planned(&regimen, &start()), "dexa"), ["2026-12-07"]);
    let who = Subject { instead: vec!["b".to_owned()], ..subject("180 cm", "80 kg") };
    let plan = planned(&regimen, &Course::new(date("2026-12-07"), who));
    assert_eq!((dates(&plan, "b").len(), dates(&plan, "dexa").len()), (1, 0));
}

/// Day 8 is omitted, and day 15 comes two days late, on 23-Dec.
#[test]
fn a_premedication_is_left_out_and_moved_with_its_dose() {
    let a = drug("a", &format!("{CLINIC}days = [1, 8, 15]\ncycle_total = \"300 mg\""));
    let dexa = drug("dexa", &format!("{PREMED}cycle_total = \"24 mg\""));
    let regimen = one_phase(&cycle(28, 1), &(a + &dexa));
    let mut course = start();
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    course.recorded.insert(key(1, 8, "a"), AdministrationRecord::Omitted("fever".to_owned()));
    given(&mut course, key(1, 15, "a"), "2026-12-23");
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "dexa"), ["2026-12-07", "2026-12-14", "2026-12-23"]);
    assert_eq!(on(&plan, "dexa", 1, 8).state, AdministrationState::Omitted("with a: fever".to_owned()));
    // What was given all the same was given.
    given(&mut course, key(1, 8, "dexa"), "2026-12-14");
    assert_eq!(on(&planned(&regimen, &course), "dexa", 1, 8).state, AdministrationState::Given);
}

/// The day before and the day after: 06, 07, 08 and 13, 14, 15-Dec. Without day 8 the second three are not given; day 8
/// given on 16-Dec takes them to 15, 16 and 17-Dec.
#[test]
fn days_around_a_dose_belong_to_it() {
    let ladder = "reduce = { to = [{ days = [1] }], then = \"ask\", raise_again = \"never\" }";
    let a = drug("a", &format!("{CLINIC}{ladder}\ndays = [1, 8]\ncycle_total = \"200 mg\""));
    let dexa = drug("dexa", &format!("{PREMED}days = [-1, 1, 2, 7, 8, 9]\ncycle_total = \"48 mg\""));
    let regimen = one_phase(&cycle(28, 1), &(a + &dexa));
    let all = ["2026-12-06", "2026-12-07", "2026-12-08", "2026-12-13", "2026-12-14", "2026-12-15"];
    assert_eq!(dates(&planned(&regimen, &start()), "dexa"), all);
    let mut reduced = start();
    level(&mut reduced, "a");
    assert_eq!(dates(&planned(&regimen, &reduced), "dexa"), ["2026-12-06", "2026-12-07", "2026-12-08"]);
    let mut late = start();
    given(&mut late, key(1, 1, "a"), "2026-12-07");
    given(&mut late, key(1, 8, "a"), "2026-12-16");
    assert_eq!(dates(&planned(&regimen, &late), "dexa")[3..], ["2026-12-15", "2026-12-16", "2026-12-17"]);
}

/// 20 % of 1,200 mg/m2 × 2 m2 are 480 mg, at once and 4 hours later. Day 2 comes two days late, on 10-Dec; or not at all.
#[test]
fn mesna_follows_ifosfamide() {
    let a = drug(
        "a",
        "dose = \"1200 mg/m2\"\nroute = \"intravenous\"\ndays = [1, 2]\ncycle_total = \"2400 mg/m2\"\nround = \"none\"",
    );
    let mesna = "dose = \"20 % of a\"\nroute = \"intravenous\"\nrole = \"support\"\nhours = { drug = \"a\", at = [\"0 hours\", \"4 hours\"] }\ncycle_total = \"960 mg/m2\"\nround = \"none\"";
    let regimen = one_phase(&cycle(21, 1), &(a + &drug("mesna", mesna)));
    let mut course = start();
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    given(&mut course, key(1, 2, "a"), "2026-12-10");
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "mesna"), ["2026-12-07", "2026-12-07", "2026-12-10", "2026-12-10"]);
    course.recorded.insert(key(1, 2, "a"), AdministrationRecord::Omitted("oedema".to_owned()));
    let plan = planned(&regimen, &course);
    let left_out = plan.administrations.iter().filter(|one| one.key.drug == "mesna" && one.key.day == 2);
    let states: Vec<&AdministrationState> = left_out.map(|one| &one.state).collect();
    assert_eq!(states, [&AdministrationState::Omitted("with a: oedema".to_owned()); 2]);
}

#[test]
fn a_fraction_of_a_drug_is_not_given_in_a_cohort_without_it() {
    let cohorts = "[[cohort]]\nid = \"1\"\nname = \"one\"\n\n[[cohort]]\nid = \"2\"\nname = \"two\"\n";
    let a =
        drug("a", "cohorts = [\"1\"]\ndose = \"1200 mg/m2\"\nroute = \"intravenous\"\nround = \"none\"\ndays = [1]");
    let b = drug("b", &format!("{CLINIC}days = [1]"));
    let mesna = "dose = \"20 % of a\"\nroute = \"intravenous\"\nrole = \"support\"\nround = \"none\"\ndays = [1]";
    let text = format!(
        "{HEAD}\n[cycle]\n{}\nsource = \"unverified\"\n\n{BODY}\n{a}{b}{}\n{cohorts}{EXAMPLE}",
        cycle(21, 1),
        drug("mesna", mesna)
    );
    let regimen =
        crate::support::regimen(&text.replace("weight = \"65 kg\" }", "weight = \"65 kg\", cohort = \"1\" }"));
    let mesna = |cohort: &str| {
        let who = Subject { cohort: Some(cohort.to_owned()), ..subject("180 cm", "80 kg") };
        dates(&planned(&regimen, &Course::new(date("2026-12-07"), who)), "mesna").len()
    };
    assert_eq!((mesna("1"), mesna("2")), (1, 0));
}

/// Folinic acid beside oxaliplatin is no part of it: it goes on with fluorouracil.
#[test]
fn the_order_of_the_day_binds_nothing() {
    let a = drug("a", &format!("{CLINIC}days = [1]"));
    let b = drug("b", &format!("{CLINIC}with = \"a\"\ndays = [1]"));
    let regimen = one_phase(&cycle(14, 1), &(a + &b));
    let mut course = start();
    course.recorded.insert(key(1, 1, "a"), AdministrationRecord::Omitted("neuropathy".to_owned()));
    let plan = planned(&regimen, &course);
    assert_eq!(on(&plan, "b", 1, 1).state, AdministrationState::Projected);
}

#[test]
fn two_drugs_that_belong_to_each_other_are_refused() {
    let a = drug("a", &format!("{CLINIC}days = [1]"));
    let support = |id: &str, of: &str| {
        drug(
            id,
            &format!(
                "dose = \"8 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\nrole = \"premedication\"\nfor = \"{of}\"\ndays = [1]"
            ),
        )
    };
    let drugs = a + &support("b", "c") + &support("c", "b");
    let text = format!("{HEAD}\n[cycle]\n{}\nsource = \"unverified\"\n\n{BODY}\n{drugs}\n{EXAMPLE}", cycle(14, 1));
    let found = checker::check(text.as_bytes(), &Site::default()).findings;
    let blocks: Vec<&str> =
        found.iter().filter(|one| one.severity == Severity::Block).map(|one| one.code.name()).collect();
    assert_eq!(blocks, ["R024"]);
}

const PUMP: &str = "total = \"2400 mg/m2\"\nroute = \"intravenous\"\nover = \"46 hours\"\nround = \"none\"\n";

/// Begun on 07-Dec and 21-Dec, off two days later: 09-Dec and 23-Dec.
#[test]
fn every_pump_has_an_end_of_its_own() {
    let a = drug(
        "a",
        &format!("{PUMP}days = [1, 15]\ncycle_total = \"4800 mg/m2\"\nends = {{ day = 3, visit = \"pump off\" }}"),
    );
    let regimen = one_phase(&cycle(28, 1), &a);
    let plan = planned(&regimen, &start());
    assert_eq!(ends(&plan), [(3, "2026-12-09".to_owned()), (17, "2026-12-23".to_owned())]);
    // Day 15 given a day late; then omitted.
    let mut course = start();
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    given(&mut course, key(1, 15, "a"), "2026-12-22");
    assert_eq!(ends(&planned(&regimen, &course)), [(3, "2026-12-09".to_owned()), (17, "2026-12-24".to_owned())]);
    course.recorded.insert(key(1, 15, "a"), AdministrationRecord::Omitted("x".to_owned()));
    assert_eq!(ends(&planned(&regimen, &course)), [(3, "2026-12-09".to_owned())]);
}

/// Infusions of a day on days 1 through 5: the pump is changed, and comes off on day 6, 12-Dec.
#[test]
fn a_pump_changed_every_day_comes_off_once() {
    let lines = "dose = \"1000 mg/m2\"\nroute = \"intravenous\"\nover = \"24 hours\"\nround = \"none\"\ndays = { from = 1, through = 5 }\ncycle_total = \"5000 mg/m2\"\nends = { day = 6, visit = \"pump off\" }";
    let regimen = one_phase(&cycle(28, 1), &drug("a", lines));
    assert_eq!(ends(&planned(&regimen, &start())), [(6, "2026-12-12".to_owned())]);
}

#[test]
fn the_end_of_a_pump_fits_its_length_on_every_day() {
    let of = |days: &str, total: &str, end: i32| {
        let a = drug(
            "a",
            &format!("{PUMP}days = {days}\ncycle_total = \"{total}\"\nends = {{ day = {end}, visit = \"pump off\" }}"),
        );
        let text = format!("{HEAD}\n[cycle]\n{}\nsource = \"unverified\"\n\n{BODY}\n{a}\n{EXAMPLE}", cycle(28, 1));
        let found = checker::check(text.as_bytes(), &Site::default()).findings;
        found.iter().filter(|one| one.severity == Severity::Block).map(|one| one.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(of("[1, 15]", "4800 mg/m2", 3), [] as [&str; 0]);
    assert_eq!(of("[1, 15]", "4800 mg/m2", 17), [] as [&str; 0]);
    // Day 10 lies nine days after day 1, and day 1 is no end of what begins on it.
    assert_eq!(of("[1, 15]", "4800 mg/m2", 10), ["R077"]);
    assert_eq!(of("[1]", "2400 mg/m2", 1), ["R077"]);
}

/// Fluids before and after cisplatin belong to it, each in its place; whoever is given carboplatin instead has neither.
#[test]
fn support_for_a_drug_is_not_said_to_come_before_it() {
    let home = Home::new();
    let said = |more: &[&str]| {
        let body =
            ["plan", "npc-gp", "--height", "172 cm", "--weight", "70 kg", "--start", "2026-12-07", "--cycles", "1"];
        let run = home.run(&[&body[..], more].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let with = said(&[]);
    assert!(with.contains("before CISplatin"), "{with}");
    assert!(with.contains("support; intravenous over 60 minutes; for CISplatin"), "{with}");
    let other = ["--sex", "male", "--age", "59", "--creatinine", "1.3 mg/dL", "--instead", "carboplatin"];
    let without = said(&other);
    assert!(without.contains("CARBOplatin"), "{without}");
    assert!(!without.contains("10 mmol") && !without.contains("1,000 mL"), "{without}");
}
