//! Dates: anchors, windows, delays, phases, runs, uncertainty. Every expected date was read off a calendar.

use posology::calendar::iso;
use posology::course::{AdministrationRecord, Delay, Key};
use posology::plan::{self, AdministrationState, Options};

use crate::support::{
    BODY, EXAMPLE, HEAD, TWO_WEEKS, course, date, dates, drug, on, one_phase, planned, regimen, site,
};

const DAY_1: &str = "dose = \"400 mg\"\nroute = \"intravenous\"\ndays = [1]";

fn delay(days: i32) -> Delay {
    Delay { days, reason: "neutrophils".into(), required: true }
}

#[test]
fn eight_cycles_of_the_users_trial_fall_on_eight_mondays() {
    let plan = planned(&one_phase(TWO_WEEKS, &drug("a", DAY_1)), &course("2026-12-07", "170", "65"));
    let expected = [
        "2026-12-07",
        "2026-12-21",
        "2027-01-04",
        "2027-01-18",
        "2027-02-01",
        "2027-02-15",
        "2027-03-01",
        "2027-03-15",
    ];
    assert_eq!(dates(&plan, "a"), expected);
    let certain: Vec<bool> = plan.administrations.iter().map(|one| one.certain).collect();
    assert_eq!(certain, [true, false, false, false, false, false, false, false]);
}

#[test]
fn day_1_of_cycle_1_is_time_zero_and_later_windows_stand_around_the_planned_day() {
    let regimen = one_phase(TWO_WEEKS, &drug("a", DAY_1));
    let mut course = course("2026-12-07", "170", "65");
    course.delays.insert((None, 2), delay(4));
    let plan = planned(&regimen, &course);
    let window = |cycle| on(&plan, "a", cycle, 1).window.map(|w| (iso(w.earliest), iso(w.latest))).unwrap();
    assert_eq!(window(1), ("2026-12-07".into(), "2026-12-07".into()));
    // Cycle 2 is planned for 21-Dec and has to wait until 25-Dec: its window goes with it, 25 through 28-Dec.
    assert_eq!(iso(on(&plan, "a", 2, 1).date), "2026-12-25");
    assert_eq!(window(2), ("2026-12-25".into(), "2026-12-28".into()));
    // From the actual day: cycle 3 two weeks after 25-Dec.
    assert_eq!(iso(on(&plan, "a", 3, 1).date), "2027-01-08");
    assert!(
        !plan.findings.iter().any(|f| f.code.name() == "outside-window"),
        "a delay the protocol requires is not out of window"
    );
}

#[test]
fn a_delay_moves_what_the_regimen_says_it_moves() {
    // 21-day cycles from Mon 02-Feb-2026; cycle 2 planned Mon 23-Feb, actual Thu 26-Feb.
    for (next, third) in [("actual", "2026-03-19"), ("planned", "2026-03-16")] {
        let cycle = TWO_WEEKS.replace("14 days", "21 days").replace("from actual", &format!("from {next}"));
        let regimen = one_phase(
            &cycle,
            &drug("a", &DAY_1.replace("[1]", "[1, 8, 15]").replace("days = ", "cycle_total = \"1200 mg\"\ndays = ")),
        );
        let mut course = course("2026-02-02", "170", "65");
        assert_eq!(dates(&planned(&regimen, &course), "a")[..3], ["2026-02-02", "2026-02-09", "2026-02-16"]);
        course.delays.insert((None, 2), delay(3));
        let plan = planned(&regimen, &course);
        assert_eq!(iso(on(&plan, "a", 2, 1).date), "2026-02-26");
        assert_eq!(iso(on(&plan, "a", 2, 8).date), "2026-03-05", "day 8 counts from the actual day 1");
        assert_eq!(iso(on(&plan, "a", 3, 1).date), third, "next from {next} day 1");
    }
}

#[test]
fn what_was_given_anchors_its_cycle() {
    let regimen = one_phase(TWO_WEEKS, &drug("a", DAY_1));
    let mut course = course("2026-12-07", "170", "65");
    let key = Key { phase: None, cycle: 2, day: 1, drug: "a".into(), part: None };
    course.recorded.insert(key, AdministrationRecord::Given { on: date("2026-12-23"), dose: None });
    let plan = planned(&regimen, &course);
    assert_eq!(on(&plan, "a", 2, 1).state, AdministrationState::Given);
    assert!(on(&plan, "a", 2, 1).certain);
    assert_eq!(iso(on(&plan, "a", 3, 1).date), "2027-01-06");
}

#[test]
fn a_wholly_omitted_cycle_keeps_its_date_and_counts_as_the_regimen_says() {
    for (word, cycles) in [("counts", 8), ("does not count", 9), ("unknown", 8)] {
        let cycle = TWO_WEEKS.replace("up_to = 8", &format!("up_to = 8, omitted = \"{word}\""));
        let regimen = one_phase(&cycle, &drug("a", DAY_1));
        let mut course = course("2026-12-07", "170", "65");
        let key = Key { phase: None, cycle: 4, day: 1, drug: "a".into(), part: None };
        course.recorded.insert(key, AdministrationRecord::Omitted("infection".into()));
        let plan = planned(&regimen, &course);
        assert_eq!(iso(on(&plan, "a", 4, 1).date), "2027-01-18");
        assert_eq!(iso(on(&plan, "a", 5, 1).date), "2027-02-01");
        assert_eq!(plan.cycles.len(), cycles, "{word}");
        assert_eq!(plan.findings.iter().any(|f| f.code.name() == "omitted-cycle"), word == "unknown");
    }
}

#[test]
fn a_drug_on_its_own_clock_does_not_wait() {
    let own = format!("{DAY_1}\nclock = \"own\"");
    let regimen = one_phase(TWO_WEEKS, &(drug("a", DAY_1) + &drug("b", &own)));
    let mut course = course("2026-12-07", "170", "65");
    course.delays.insert((None, 2), delay(7));
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a")[..3], ["2026-12-07", "2026-12-28", "2027-01-11"]);
    assert_eq!(dates(&plan, "b")[..3], ["2026-12-07", "2026-12-21", "2027-01-04"]);
}

#[test]
fn imaging_on_the_calendar_clock_does_not_move_and_safety_tests_do() {
    let text = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n{BODY}{}\n[[assessment]]\nname = \"imaging\"\nclock = \"calendar from first dose\"\nevery = \"6 weeks\"\nwindow = {{ early = \"3 days\", late = \"3 days\" }}\nsource = \"unverified\"\n\n[[assessment]]\nname = \"blood count\"\nclock = \"with each cycle\"\ndays = [1]\nbefore = \"72 hours\"\nsource = \"unverified\"\n{EXAMPLE}",
        drug("a", DAY_1)
    );
    let regimen = regimen(&text);
    let mut course = course("2026-12-07", "170", "65");
    course.delays.insert((None, 2), delay(4));
    let plan = planned(&regimen, &course);
    let of = |name: &str| plan.assessments.iter().filter(|a| a.name == name).map(|a| iso(a.date)).collect::<Vec<_>>();
    assert_eq!(of("imaging")[..2], ["2027-01-18", "2027-03-01"]);
    assert_eq!(of("blood count")[..3], ["2026-12-07", "2026-12-25", "2027-01-08"]);
    let count = plan.assessments.iter().find(|a| a.name == "blood count" && a.cycle == Some(2)).unwrap();
    assert_eq!(iso(count.window.unwrap().earliest), "2026-12-22", "72 hours before");
}

#[test]
fn until_stopped_shows_six_cycles_and_then_continues() {
    let cycle = TWO_WEEKS.replace("up_to = 8", "until_stopped = true");
    let regimen = one_phase(&cycle, &drug("a", DAY_1));
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    assert_eq!((plan.cycles.len(), plan.continues), (6, true));
    let ten = plan::plan(
        &regimen,
        &course("2026-12-07", "170", "65"),
        &site(),
        Options { cycles: Some(10), ..Options::default() },
    )
    .unwrap();
    assert_eq!(ten.cycles.len(), 10);
}

#[test]
fn a_limit_in_time_ends_the_cycles() {
    // Two weeks apart within two months of 07-Dec-2026: 07-Dec, 21-Dec, 04-Jan, 18-Jan, 01-Feb; 15-Feb is too late.
    let cycle = TWO_WEEKS.replace("up_to = 8", "until_stopped = true, at_most = \"2 months\"");
    let regimen = one_phase(&cycle, &drug("a", DAY_1));
    let plan = plan::plan(
        &regimen,
        &course("2026-12-07", "170", "65"),
        &site(),
        Options { cycles: Some(30), ..Options::default() },
    )
    .unwrap();
    assert_eq!(dates(&plan, "a").last().unwrap(), "2027-02-01");
}

#[test]
fn phases_follow_each_other() {
    let text = format!(
        r#"{HEAD}
{BODY}
[[phase]]
id = "one"
name = "One"
numbering = "continues"
cycle = {{ length = "14 days", count = {{ planned = 2 }}, next = "from actual day 1", window = "unknown", source = "unverified" }}
source = "unverified"

[[phase.drug]]
id = "a"
name = "a"
{DAY_1}
over = "unknown"
source = "unverified"

[[phase]]
id = "two"
name = "Two"
numbering = "continues"
begins = {{ after = "one", on = "end of last cycle", gap = "7 days" }}
cycle = {{ length = "21 days", count = {{ planned = 2 }}, next = "from actual day 1", window = "unknown", source = "unverified" }}
source = "unverified"

[[phase.drug]]
id = "b"
name = "b"
{DAY_1}
over = "unknown"
source = "unverified"

[[example]]
subject = {{ height = "170 cm", weight = "65 kg" }}
start = 2026-12-07
expect = [{{ phase = "one", cycle = 2, day = 1, drug = "a", date = 2026-12-21 }}, {{ phase = "two", cycle = 3, day = 1, drug = "b", date = 2027-01-11 }}]
"#
    );
    let regimen = regimen(&text);
    assert!(posology::verify::examples(&regimen, &site()).is_empty());
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    // Phase one: 07-Dec, 21-Dec; it ends on 03-Jan; a week later phase two: 11-Jan, 01-Feb.
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2026-12-21"]);
    assert_eq!(dates(&plan, "b"), ["2027-01-11", "2027-02-01"]);
    assert_eq!(plan.cycles.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(plan.administrations.iter().all(|one| one.certain), "planned cycles are certain");
    assert!(on(&plan, "b", 3, 1).window.is_none(), "an unknown window is not a window");
}

#[test]
fn days_that_differ_by_cycle_and_an_infusion_with_a_dated_end() {
    let lines = r#"total = "2400 mg"
route = "intravenous"
over = "46 hours"
by_cycle = [{ from = 1, through = 1, days = [1, 8] }, { from = 2, days = [1] }]
cycle_total = "4800 mg"
ends = { day = 3, visit = "pump off" }"#;
    let text = drug("a", lines);
    let regimen =
        one_phase(TWO_WEEKS, &text.replace("cycle_total = \"4800 mg\"\n", "").replace("days = [1, 8]", "days = [1]"));
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    let end = &plan.ends[0];
    assert_eq!((iso(end.date), end.visit.as_str(), end.day), ("2026-12-09".into(), "pump off", 3));
    let both = one_phase(
        TWO_WEEKS,
        &drug(
            "a",
            "dose = \"5 mg\"\nroute = \"intravenous\"\nby_cycle = [{ from = 1, through = 1, days = [1, 8] }, { from = 2, days = [1] }]",
        ),
    );
    assert_eq!(
        dates(&planned(&both, &course("2026-12-07", "170", "65")), "a")[..4],
        ["2026-12-07", "2026-12-14", "2026-12-21", "2027-01-04"]
    );
}

#[test]
fn every_day_runs_on_across_cycles_and_delays() {
    let lines = "dose = \"250 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = \"every day\"";
    let regimen = one_phase(TWO_WEEKS, &(drug("a", lines) + &drug("b", DAY_1)));
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    let run = on(&plan, "a", 1, 1).run.as_ref().unwrap();
    assert_eq!((iso(run.through), run.administrations, run.continues), ("2026-12-20".into(), 14, true));
    assert!(on(&plan, "a", 1, 1).closed.is_none(), "weekends are no matter at home");
}

#[test]
fn days_around_an_event_have_a_day_zero_and_ordinary_cycles_do_not() {
    let cycle = "length = \"28 days\"\ncount = { planned = 1 }\nnext = \"from actual day 1\"\nwindow = \"unknown\"\nday_zero = \"stem cell infusion\"";
    let lines = "dose = \"10 mg\"\nroute = \"intravenous\"\ndays = [-2, -1, 0, 1]\ncycle_total = \"40 mg\"";
    let regimen = one_phase(cycle, &drug("a", lines));
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    assert_eq!(dates(&plan, "a"), ["2026-12-05", "2026-12-06", "2026-12-07", "2026-12-08"]);
}

#[test]
fn hours_after_another_drug_are_administrations_of_their_own() {
    let lines = "dose = \"200 mg\"\nroute = \"intravenous\"\ndays = [1]\nhours = { drug = \"a\", at = [\"0 hours\", \"4 hours\", \"26 hours\"] }\ncycle_total = \"600 mg\"";
    let regimen = one_phase(TWO_WEEKS, &(drug("a", DAY_1) + &drug("b", lines)));
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    assert_eq!(dates(&plan, "b")[..3], ["2026-12-07", "2026-12-07", "2026-12-08"]);
}

#[test]
fn closed_days_are_told_and_nothing_moves() {
    let regimen = one_phase(TWO_WEEKS, &drug("a", DAY_1));
    let plan = planned(&regimen, &course("2026-12-05", "170", "65"));
    assert_eq!(on(&plan, "a", 1, 1).closed.as_deref(), Some("Saturday"));
    assert_eq!(dates(&plan, "a")[0], "2026-12-05");
    assert_eq!(plan.findings.iter().filter(|f| f.code.name() == "closed-day").count(), 8, "one a visit");
}

#[test]
fn a_dose_level_may_lengthen_the_cycle() {
    let lines =
        format!("{DAY_1}\nreduce = {{ to = [{{ length = \"28 days\" }}], then = \"ask\", raise_again = \"unknown\" }}");
    let regimen = one_phase(TWO_WEEKS, &drug("a", &lines));
    let mut course = course("2026-12-07", "170", "65");
    course.reductions.push(posology::course::Reduction {
        drug: "a".into(),
        from: (None, 2),
        level: Some(-1),
        percent: None,
        reason: "test".into(),
    });
    // Cycle 1 lasts 14 days; from cycle 2 on 28: 07-Dec, 21-Dec, 18-Jan, 15-Feb. The dose stays.
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a")[..4], ["2026-12-07", "2026-12-21", "2027-01-18", "2027-02-15"]);
    assert_eq!(on(&plan, "a", 3, 1).dose.amount.to_string(), "400 mg");
}

/// Cycle 1 begins on 20-Dec-9999 and lasts 14 days: its last day is 13 days later, and the calendar ends with that year.
#[test]
fn a_plan_beyond_the_calendar_says_which_day_is_too_late() {
    let regimen = one_phase(TWO_WEEKS, &drug("a", DAY_1));
    let years = posology::quantity::Period::read("7973 years").unwrap();
    let mut course = course("2026-12-20", "170", "65");
    course.start = posology::calendar::plus(course.start, years).unwrap();
    let findings = plan::plan(&regimen, &course, &site(), Options::default()).unwrap_err();
    let told: Vec<(&str, &str)> = findings.iter().map(|one| (one.code.name(), one.text.as_str())).collect();
    let text =
        "The plan reaches beyond the calendar, to 13 days after 20-Dec-9999; start earlier or plan a shorter time.";
    assert_eq!(told, [("date-out-of-range", text)]);
}
