//! No drug twice on one day, whatever brings two doses together; and what a cycle and a phase are counted from.

use posology::calendar::{self, Site};
use posology::checker;
use posology::course::{AdministrationRecord, Course, Delay, Key, Part, Reduction};
use posology::finding::{Finding, Severity};
use posology::plan::{self, Options, Plan};
use posology::regimen::HalfDay;
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::clinic::Clinic;
use crate::support::{BODY, EXAMPLE, HEAD, course, date, dates, drug, planned, subject};

fn file(cycle: &str, rest: &str) -> String {
    format!("{HEAD}\n[cycle]\n{cycle}\nwindow = \"unknown\"\nsource = \"unverified\"\n\n{BODY}\n{rest}\n{EXAMPLE}")
}

fn weekly(weeks: u32, count: &str) -> String {
    format!("length = \"{} days\"\ncount = {count}\nnext = \"from actual day 1\"", weeks * 7)
}

fn blocks(text: &str) -> Vec<(&'static str, String)> {
    let found = checker::check(text.as_bytes(), &Site::default()).findings;
    found.into_iter().filter(|one| one.severity == Severity::Block).map(|one| (one.code.name(), one.text)).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    blocks(text).into_iter().map(|(code, _)| code).collect()
}

fn sound(text: &str) -> Regimen {
    crate::support::regimen(text)
}

fn start() -> Course {
    course("2026-12-07", "180 cm", "80 kg")
}

fn told<'p>(plan: &'p Plan, code: &str) -> Vec<&'p Finding> {
    plan.findings.iter().filter(|one| one.code.name() == code).collect()
}

fn key(cycle: u32, day: i32, drug: &str) -> Key {
    Key { phase: None, cycle, day, drug: drug.to_owned(), part: None }
}

fn given(course: &mut Course, key: Key, on: &str) {
    course.recorded.insert(key, AdministrationRecord::Given { on: date(on), dose: None });
}

fn delayed(course: &mut Course, cycle: u32, days: i32) {
    course.delays.insert((None, cycle), Delay { days, reason: "counts".to_owned(), required: true });
}

fn level(course: &mut Course, drug: &str, level: i32) {
    let from = (None, 1);
    course.reductions.push(Reduction {
        drug: drug.to_owned(),
        from,
        level: Some(level),
        percent: None,
        reason: "x".to_owned(),
    });
}

const CLINIC: &str = "dose = \"100 mg\"\nroute = \"intravenous\"\n";

/// Days 1, 15 and 22 of 28 days; at level -1 the next day 1 would be day 22 of this one.
fn stepped(step: &str) -> String {
    let lines = format!(
        "{CLINIC}days = [1, 15, 22]\ncycle_total = \"300 mg\"\nreduce = {{ to = [{step}], then = \"ask\", raise_again = \"never\" }}"
    );
    file(&weekly(4, "{ planned = 2 }"), &drug("a", &lines))
}

#[test]
fn a_level_that_shortens_the_cycle_leaves_room_for_its_days() {
    let found = blocks(&stepped("{ length = \"21 days\" }"));
    assert_eq!(found.len(), 1, "{found:?}");
    let (code, text) = &found[0];
    assert_eq!(
        (*code, text.as_str()),
        ("R101", "at level -1 of a the cycle is 21 days, and a is given on day 22: that is a day of the next cycle")
    );
    // Days of its own that fit: 07-Dec and 21-Dec, then 21 days later 28-Dec and 11-Jan.
    let regimen = sound(&stepped("{ days = [1, 15], length = \"21 days\" }"));
    let mut course = start();
    level(&mut course, "a", -1);
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2026-12-21", "2026-12-28", "2027-01-11"]);
}

#[test]
fn a_row_that_shortens_the_cycle_leaves_room_for_every_drug_of_it() {
    let table = "table = [{ weight = { below = \"50 kg\" }, dose = \"50 mg\", length = \"14 days\" }, { weight = { from = \"50 kg\" }, dose = \"100 mg\" }]";
    let own = drug("a", &format!("route = \"intravenous\"\ndays = [1, 15]\n{table}"));
    assert_eq!(codes(&file(&weekly(4, "{ planned = 2 }"), &own)), ["R101"]);
    let a = drug("a", &format!("route = \"intravenous\"\n{table}\ndays = [1]"));
    let b = drug("b", &format!("{CLINIC}days = [1, 15]\ncycle_total = \"200 mg\""));
    let found = blocks(&file(&weekly(4, "{ planned = 3 }"), &(a.clone() + &b)));
    assert_eq!(found, [("R101", "by row 1 of the table of a the cycle is 14 days, and b is given on day 15: that is a day of the next cycle".to_owned())]);
    // Day 8 fits into 14 days.
    let b = drug("b", &format!("{CLINIC}days = [1, 8]\ncycle_total = \"200 mg\""));
    assert_eq!(codes(&file(&weekly(4, "{ planned = 3 }"), &(a + &b))), [] as [&str; 0]);
    // The same by a level of the other drug.
    let a = drug(
        "a",
        &format!(
            "{CLINIC}reduce = {{ to = [{{ length = \"21 days\" }}], then = \"ask\", raise_again = \"never\" }}\ndays = [1]"
        ),
    );
    let b = drug("b", &format!("{CLINIC}days = [1, 22]\ncycle_total = \"200 mg\""));
    assert_eq!(codes(&file(&weekly(4, "{ planned = 3 }"), &(a + &b))), ["R101"]);
}

/// Day -1 of the next cycle is the day before its day 1: day 21 of a cycle of 21 days.
#[test]
fn a_day_before_day_1_is_no_day_of_the_cycle_before() {
    let days = |days: &str| {
        file(&weekly(3, "{ planned = 2 }"), &drug("a", &format!("{CLINIC}days = {days}\ncycle_total = \"300 mg\"")))
    };
    assert_eq!(codes(&days("[-1, 1, 21]")), ["R101"]);
    assert_eq!(codes(&days("[-1, 1, 20]")), [] as [&str; 0]);
}

/// Cycles on 07-Dec, 28-Dec, 18-Jan. Cycle 2 a week late begins on 04-Jan, and its day 15 is 18-Jan.
#[test]
fn a_delay_that_brings_two_doses_together_is_asked_about() {
    let cycle = "length = \"21 days\"\ncount = { planned = 4 }\nnext = \"from planned day 1\"";
    let regimen = sound(&file(cycle, &drug("a", &format!("{CLINIC}days = [1, 15]\ncycle_total = \"200 mg\""))));
    assert!(told(&planned(&regimen, &start()), "same-day-twice").is_empty());
    let mut course = start();
    delayed(&mut course, 2, 7);
    let plan = planned(&regimen, &course);
    let [finding] = told(&plan, "same-day-twice")[..] else { panic!("{:#?}", plan.findings) };
    assert_eq!(finding.severity, Severity::Warn);
    assert_eq!(finding.text, "a would be given twice on 18-Jan-2027: cycle 2 day 15 and cycle 3 day 1.");
    // One of the two omitted, and nothing is left to ask.
    course.recorded.insert(key(2, 15, "a"), AdministrationRecord::Omitted("too late".to_owned()));
    assert!(told(&planned(&regimen, &course), "same-day-twice").is_empty());
}

/// The same on record: nothing is saved until somebody says why.
#[test]
fn whoever_records_such_a_delay_is_asked() {
    let clinic = Clinic::new();
    let cycle = "length = \"21 days\"\ncount = { planned = 4 }\nnext = \"from planned day 1\"";
    let path = clinic.path("test.toml");
    let a = drug("a", &format!("{CLINIC}days = [1, 15]\ncycle_total = \"200 mg\""));
    std::fs::write(&path, file(cycle, &a)).unwrap();
    let path = path.display().to_string();
    clinic.record(&["add", "S-1", &path, "--start", "2026-12-07", "--accept", "draft=test"]);
    let delay = ["delay", "S-1", "--cycle", "2", "--days", "7", "--required", "--reason", "neutrophils 0.9"];
    clinic.refused(&delay, "same-day-twice");
    let answered = [&delay[..], &["--accept", "same-day-twice=day 15 will be omitted"]].concat();
    clinic.record(&answered);
    clinic.record(&["omit", "S-1", "--cycle", "2", "--day", "15", "--reason", "cycle 3 begins that day"]);
}

/// Day 8 given on the day of day 15: 21-Dec.
#[test]
fn a_dose_given_on_the_day_of_the_next_is_asked_about() {
    let regimen = sound(&file(
        &weekly(4, "{ planned = 1 }"),
        &drug("a", &format!("{CLINIC}days = [1, 8, 15]\ncycle_total = \"300 mg\"")),
    ));
    let mut course = start();
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    given(&mut course, key(1, 8, "a"), "2026-12-21");
    let plan = planned(&regimen, &course);
    let texts: Vec<&str> = told(&plan, "same-day-twice").iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["a would be given twice on 21-Dec-2026: cycle 1 day 8 and cycle 1 day 15."]);
}

fn phases(first: (&str, &str), begins: &str, second: &str) -> String {
    let (cycle, drugs) = first;
    let drugs = drugs.replace("[[drug]]", "[[phase.drug]]");
    let second = second.replace("[[drug]]", "[[phase.drug]]");
    format!(
        "{HEAD}{BODY}
[[phase]]
id = \"one\"
numbering = \"continues\"
source = \"unverified\"

[phase.cycle]
{cycle}
window = \"unknown\"
source = \"unverified\"
{drugs}
[[phase]]
id = \"two\"
numbering = \"continues\"
begins = {{ after = \"one\", {begins} }}
source = \"unverified\"

[phase.cycle]
length = \"21 days\"
count = {{ planned = 4 }}
next = \"from actual day 1\"
window = \"unknown\"
source = \"unverified\"
{second}{EXAMPLE}"
    )
}

fn first_of(plan: &Plan, phase: &str) -> String {
    let of = plan.cycles.iter().find(|cycle| cycle.phase_id.as_deref() == Some(phase));
    calendar::iso(of.unwrap().actual)
}

/// The last cycle of the first phase begins on 28-Dec; its day 8 is 04-Jan, and so is the first day of the second.
#[test]
fn phases_that_overlap_are_refused() {
    let a = |days: &str, total: &str| drug("a", &format!("{CLINIC}cycle_total = \"{total}\"\ndays = {days}"));
    let cycle = weekly(3, "{ planned = 2 }");
    let begins = "on = \"day 1 of last cycle\", gap = \"7 days\"";
    let found = blocks(&phases((&cycle, &a("[1, 8]", "200 mg")), begins, &a("[1]", "100 mg")));
    assert_eq!(
        found,
        [(
            "R102",
            "a would be given twice on one day: phase one cycle 2 day 8, and phase two cycle 3 day 1".to_owned()
        )]
    );
    assert_eq!(
        codes(&phases((&cycle, &a("[1, 8]", "200 mg")), "on = \"last dose\", gap = \"7 days\"", &a("[1]", "100 mg"))),
        [] as [&str; 0]
    );
    // Under another id it is the same drug: 14 days of tablets, and again from the eighth.
    let home = |id: &str| {
        let lines = "dose = \"100 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = { from = 1, through = 14 }\ncycle_total = \"1400 mg\"";
        drug(id, lines).replace(&format!("name = \"{id}\""), "name = \"a\"")
    };
    assert_eq!(codes(&phases((&weekly(2, "{ planned = 2 }"), &home("a")), begins, &home("a-two"))), ["R102"]);
}

/// What no rule sees: day 8 only at level -1. 28-Dec + 7 days is 04-Jan in both phases.
#[test]
fn a_plan_that_comes_to_two_doses_on_one_day_stops() {
    let ladder = "reduce = { to = [{ days = [1, 8] }], then = \"ask\", raise_again = \"never\" }";
    let a = drug("a", &format!("{CLINIC}{ladder}\ndays = [1]"));
    let second = drug("a", &format!("{CLINIC}{}\ndays = [1]", ladder.replace("[1, 8]", "[1]")));
    let text = phases((&weekly(3, "{ planned = 2 }"), &a), "on = \"day 1 of last cycle\", gap = \"7 days\"", &second);
    let regimen = sound(&text);
    let mut course = start();
    course.reductions.push(Reduction {
        drug: "a".to_owned(),
        from: (Some("one".to_owned()), 1),
        level: Some(-1),
        percent: None,
        reason: "x".to_owned(),
    });
    let findings = plan::plan(&regimen, &course, &Site::default(), Options::default()).unwrap_err();
    let texts: Vec<(&str, &str)> = findings.iter().map(|one| (one.code.name(), one.text.as_str())).collect();
    assert_eq!(
        texts,
        [(
            "same-day-twice",
            "a would be given twice on 04-Jan-2027: phase one cycle 2 day 8 and phase two cycle 3 day 1."
        )]
    );
}

/// Cycle 4 begins on 08-Feb (07-Dec + 63 days). b, on day 15, is over by then: the last dose is a's.
#[test]
fn a_phase_is_counted_from_the_last_dose_that_is_given() {
    let a = drug("a", &format!("{CLINIC}days = [1]"));
    let second = drug("c", &format!("{CLINIC}days = [1]"));
    for over in ["cycles = { from = 1, through = 2 }", "stop_after = \"28 days\""] {
        let b = drug("b", &format!("{CLINIC}days = [15]\n{over}"));
        let cycle = weekly(3, "{ planned = 4 }");
        let regimen = sound(&phases((&cycle, &(a.clone() + &b)), "on = \"last dose\", gap = \"21 days\"", &second));
        assert_eq!(first_of(&planned(&regimen, &start()), "two"), "2027-03-01", "{over}");
    }
}

/// Cycle 2 begins on 28-Dec, in the evening: its 28th dose is that of the morning of 11-Jan.
#[test]
fn a_run_begun_in_the_evening_ends_the_morning_after() {
    let lines = "dose = \"100 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = { from = 1, through = 14 }\ntimes = \"twice daily\"\nstarts = \"evening\"\ncycle_total = \"2800 mg\"";
    let second = drug("c", &format!("{CLINIC}days = [1]"));
    let cycle = weekly(3, "{ planned = 2 }");
    let regimen = sound(&phases((&cycle, &drug("a", lines)), "on = \"last dose\", gap = \"7 days\"", &second));
    assert_eq!(first_of(&planned(&regimen, &start()), "two"), "2027-01-18");
}

/// 28 days are those of b, which only cohort 2 is given: 07-Dec + 21 is 28-Dec, + 28 is 04-Jan.
#[test]
fn the_length_of_a_cycle_comes_from_what_the_subject_is_given() {
    let cohorts = "[[cohort]]\nid = \"1\"\nname = \"one\"\n\n[[cohort]]\nid = \"2\"\nname = \"two\"\n";
    let a = drug("a", &format!("{CLINIC}days = [1]"));
    let table = "table = [{ weight = { below = \"50 kg\" }, dose = \"150 mg\", length = \"28 days\" }, { weight = { from = \"50 kg\" }, dose = \"400 mg\", length = \"28 days\" }]";
    let b = drug("b", &format!("route = \"intravenous\"\ncohorts = [\"2\"]\n{table}\ndays = [1]"));
    let text = file(&weekly(3, "{ planned = 2 }"), &format!("{a}{b}\n{cohorts}"));
    let regimen = sound(&text.replace("weight = \"65 kg\" }", "weight = \"65 kg\", cohort = \"1\" }"));
    let second = |cohort: &str| {
        let who = Subject { cohort: Some(cohort.to_owned()), ..subject("180 cm", "80 kg") };
        dates(&planned(&regimen, &Course::new(date("2026-12-07"), who)), "a").remove(1)
    };
    assert_eq!((second("1"), second("2")), ("2026-12-28".to_owned(), "2027-01-04".to_owned()));
    // A substitute that nobody chose has no say either.
    let instead = drug("b", &format!("route = \"intravenous\"\ninstead_of = \"a\"\n{table}\ndays = [1]"));
    let regimen = sound(&file(&weekly(3, "{ planned = 2 }"), &(a + &instead)));
    assert_eq!(dates(&planned(&regimen, &start()), "a"), ["2026-12-07", "2026-12-28"]);
    let who = Subject { instead: vec!["b".to_owned()], ..subject("180 cm", "80 kg") };
    assert_eq!(dates(&planned(&regimen, &Course::new(date("2026-12-07"), who)), "b"), ["2026-12-07", "2027-01-04"]);
}

#[test]
fn days_by_cycle_need_a_first_cycle_that_is_known() {
    let a = drug("a", &format!("{CLINIC}days = [1]"));
    let b = |rows: &str| drug("b", &format!("{CLINIC}by_cycle = {rows}"));
    let end = "on = \"end of last cycle\", gap = \"0 days\"";
    let text = |count: &str, rows: &str| phases((&weekly(3, count), &a), end, &b(rows));
    assert_eq!(codes(&text("{ between = [2, 3] }", "[{ from = 6, days = [1] }]")), ["R017"]);
    assert_eq!(
        codes(&text("{ up_to = 3 }", "[{ from = 1, through = 2, days = [1, 8] }, { from = 3, days = [1] }]")),
        ["R017"]
    );
    // Three cycles for certain: the phase begins with cycle 4.
    assert_eq!(codes(&text("{ planned = 3 }", "[{ from = 6, days = [1] }]")), ["R017"]);
    assert_eq!(
        codes(&text("{ planned = 3 }", "[{ from = 4, through = 5, days = [1, 8] }, { from = 6, days = [1] }]")),
        [] as [&str; 0]
    );
    let restarts = text("{ up_to = 3 }", "[{ from = 1, through = 2, days = [1, 8] }, { from = 3, days = [1] }]");
    let (first, second) = restarts.split_once("id = \"two\"").unwrap();
    let restarts = format!("{first}id = \"two\"{}", second.replacen("\"continues\"", "\"restarts\"", 1));
    assert_eq!(codes(&restarts), [] as [&str; 0]);
}

#[test]
fn the_evening_starts_only_a_run_at_home_of_a_drug_taken_twice_daily() {
    let of = |lines: &str| codes(&file(&weekly(3, "{ planned = 2 }"), &drug("a", lines)));
    let clinic = "dose = \"100 mg\"\nroute = \"subcutaneous\"\ntimes = \"twice daily\"\nstarts = \"evening\"\ndays = [1, 2]\ncycle_total = \"400 mg\"";
    assert_eq!(of(clinic), ["R033"]);
    let home = |times: &str, total: &str| {
        of(&format!(
            "dose = \"100 mg\"\nroute = \"oral\"\ngiven = \"home\"\ntimes = \"{times}\"\nstarts = \"evening\"\ndays = {{ from = 1, through = 14 }}\ncycle_total = \"{total}\""
        ))
    };
    assert_eq!(home("3 times daily", "4200 mg"), ["R033"]);
    assert_eq!(home("twice daily", "2800 mg"), [] as [&str; 0]);
}

/// Twice daily on day 1; the next dose comes 17 days later (24-Dec) where 21 must lie between, so not before 28-Dec.
#[test]
fn the_shortest_interval_holds_for_several_doses_a_day_too() {
    let lines =
        format!("{CLINIC}times = \"twice daily\"\ncycle_total = \"200 mg\"\nleast_gap = \"21 days\"\ndays = [1]");
    let regimen = sound(&file(&weekly(3, "{ planned = 2 }"), &drug("a", &lines)));
    assert!(told(&planned(&regimen, &start()), "least-gap").is_empty());
    let mut course = start();
    for half in [HalfDay::Morning, HalfDay::Evening] {
        given(&mut course, Key { part: Some(Part::Half(half)), ..key(2, 1, "a") }, "2026-12-24");
    }
    let plan = planned(&regimen, &course);
    let texts: Vec<&str> = told(&plan, "least-gap").iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "a on 24-Dec-2026 comes 17 days after the dose before; the shortest interval is 21 days, so not before 28-Dec-2026."
        ]
    );
}

/// 42 days are 2 cycles of 21: 07-Dec and 28-Dec, and 18-Jan is the 43rd day. 43 days hold a third.
#[test]
fn a_drug_given_for_so_long_ends_before_that_day() {
    let of = |period: &str| {
        let lines = format!("{CLINIC}stop_after = \"{period}\"\ndays = [1]");
        let regimen = sound(&file(&weekly(3, "{ planned = 4 }"), &drug("a", &lines)));
        dates(&planned(&regimen, &start()), "a")
    };
    assert_eq!(of("42 days"), ["2026-12-07", "2026-12-28"]);
    assert_eq!(of("43 days"), ["2026-12-07", "2026-12-28", "2027-01-18"]);
    // Of a daily drug 14 days are 14 doses: the last on 20-Dec.
    let lines = "dose = \"100 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = \"every day\"\nstop_after = \"14 days\"";
    let regimen = sound(&file(&weekly(3, "{ planned = 2 }"), &drug("a", lines)));
    let plan = planned(&regimen, &start());
    let run = plan.administrations[0].run.as_ref().unwrap();
    assert_eq!((run.administrations, calendar::iso(run.through)), (14, "2026-12-20".to_owned()));
}

/// Cycle 2 begins two weeks late, on 11-Jan, and runs through 24-Jan. Cycle 3 stands on 18-Jan and begins on 25-Jan.
#[test]
fn a_run_that_begins_straight_after_the_run_before_is_told() {
    let cycle = "length = \"21 days\"\ncount = { planned = 3 }\nnext = \"from planned day 1\"";
    let lines = "dose = \"100 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = { from = 1, through = 14 }\ncycle_total = \"1400 mg\"";
    let regimen = sound(&file(cycle, &drug("a", lines)));
    assert!(told(&planned(&regimen, &start()), "run-after-run").is_empty());
    let mut course = start();
    delayed(&mut course, 2, 14);
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2027-01-11", "2027-01-25"]);
    let texts: Vec<&str> = told(&plan, "run-after-run").iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "a of cycle 3 begins on 25-Jan-2027, 7 days after its planned day, straight after the run before, which ends on 24-Jan-2027: no day lies between them."
        ]
    );
}
