//! Dates and doses as treatment goes: late steps, held doses, doses beyond the plan, stops. Every expected date was
//! counted on a calendar; 7 December 2026 is a Monday.

use posology::calendar::iso;
use posology::course::{AdministrationRecord, Course, Delay, Extra, Key, Part, Reduction};
use posology::plan::{self, Administration, Options, Plan};
use posology::quantity::{Amount, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{HEAD, TWO_WEEKS, course, date, dates, dose, drug, on, one_phase, planned, regimen, site};

const FLAT: &str = "dose = \"400 mg\"\nroute = \"intravenous\"\ndays = [1]";
const THREE_WEEKS: &str = r#"length = "21 days"
count = { planned = 4, omitted = "does not count" }
next = "from actual day 1"
window = { early = "0 days", late = "3 days" }"#;
const EVERY_DAY: &str = "dose = \"250 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = \"every day\"\nmissed = \"ask\"";

fn key(cycle: u32, day: i32, drug: &str) -> Key {
    Key { phase: None, cycle, day, drug: drug.into(), part: None }
}

fn in_phase(phase: &str, cycle: u32, day: i32, drug: &str) -> Key {
    Key { phase: Some(phase.into()), ..key(cycle, day, drug) }
}

fn given(course: &mut Course, key: Key, on: &str) {
    course.recorded.insert(key, AdministrationRecord::Given { on: date(on), dose: None });
}

fn delay(course: &mut Course, phase: Option<&str>, cycle: u32, days: i32) {
    let delay = Delay { days, reason: "neutrophils".into(), required: true };
    course.delays.insert((phase.map(str::to_owned), cycle), delay);
}

fn amount(text: &str) -> Amount {
    Amount::read(text).unwrap()
}

fn weighing(start: &str, weight: &str) -> Course {
    Course::new(date(start), Subject { weight: Some(Weight::read(weight).unwrap()), ..Subject::default() })
}

fn shipped(id: &str) -> Regimen {
    regimen(&std::fs::read_to_string(format!("{}/regimens/{id}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap())
}

/// `07-Dec-2026` through its last day, of every run of a drug.
fn runs(plan: &Plan, drug: &str) -> Vec<(String, String)> {
    let runs = plan.administrations.iter().filter(|one| one.key.drug == drug);
    runs.map(|one| (iso(one.date), iso(one.run.as_ref().unwrap().through))).collect()
}

fn run(from: &str, through: &str) -> (String, String) {
    (from.into(), through.into())
}

fn of_phase<'a>(plan: &'a Plan, (phase, drug): (&str, &str), cycle: u32, day: i32) -> &'a Administration {
    let meant =
        |one: &&Administration| one.key.phase.as_deref() == Some(phase) && one.key.cycle == cycle && one.key.day == day;
    plan.administrations
        .iter()
        .filter(|one| one.key.drug == drug)
        .find(meant)
        .unwrap_or_else(|| panic!("{phase} {cycle} {day}"))
}

/// Two phases written in short: drugs and cycles of each.
fn two_phases(first: (&str, &str), begins: &str, second: (&str, &str)) -> Regimen {
    let phase = |id: &str, (cycle, drugs): (&str, &str), begins: &str| {
        let drugs = drugs.replace("[[drug]]", "[[phase.drug]]");
        format!(
            "\n[[phase]]\nid = \"{id}\"\nname = \"{id}\"\nnumbering = \"restarts\"\n{begins}\nsource = \"unverified\"\n\
             [phase.cycle]\n{cycle}\nsource = \"unverified\"\n{drugs}"
        )
    };
    let example = "[[example]]\nsubject = { }\nstart = 2026-12-07\nexpect = [{ phase = \"one\", cycle = 1, day = 1, drug = \"a\", date = 2026-12-07 }]\n";
    regimen(&format!("{HEAD}{}{}{example}", phase("one", first, ""), phase("two", second, begins)))
}

#[test]
fn a_step_that_came_late_moves_the_steps_after_it_and_the_phase_that_follows_the_last_dose() {
    let teclistamab = shipped("heme-teclistamab");
    let mut course = weighing("2026-11-02", "72");
    // Planned on 2, 5 and 8 November. The second came four days late: the third follows three days after it.
    given(&mut course, in_phase("step-up", 1, 1, "teclistamab"), "2026-11-02");
    given(&mut course, in_phase("step-up", 1, 4, "teclistamab"), "2026-11-09");
    let plan = planned(&teclistamab, &course);
    assert_eq!(iso(of_phase(&plan, ("step-up", "teclistamab"), 1, 7).date), "2026-11-12");
    assert_eq!(iso(of_phase(&plan, ("step-up", "dexamethasone"), 1, 7).date), "2026-11-12", "with its premedication");
    assert_eq!(iso(of_phase(&plan, ("weekly", "teclistamab"), 1, 1).date), "2026-11-19");
    // All three late in another way: seven days after the last one, wherever it fell.
    given(&mut course, in_phase("step-up", 1, 4, "teclistamab"), "2026-11-06");
    given(&mut course, in_phase("step-up", 1, 7, "teclistamab"), "2026-11-12");
    let plan = planned(&teclistamab, &course);
    assert_eq!(iso(of_phase(&plan, ("weekly", "teclistamab"), 1, 1).date), "2026-11-19");
    assert_eq!(iso(of_phase(&plan, ("weekly", "teclistamab"), 2, 1).date), "2026-11-26");
}

#[test]
fn a_step_that_was_held_or_omitted_is_still_to_come() {
    let teclistamab = shipped("heme-teclistamab");
    for record in [AdministrationRecord::Held("fever".into()), AdministrationRecord::Omitted("fever".into())] {
        let mut course = weighing("2026-12-07", "72");
        course.recorded.insert(in_phase("step-up", 1, 1, "teclistamab"), record);
        let plan = planned(&teclistamab, &course);
        // 0.06 mg/kg × 72 kg = 4.32; 0.3 × 72 = 21.6: nobody has had the first step yet.
        assert_eq!(of_phase(&plan, ("step-up", "teclistamab"), 1, 4).dose.amount.to_string(), "4.3 mg");
        assert_eq!(of_phase(&plan, ("step-up", "teclistamab"), 1, 7).dose.amount.to_string(), "21.6 mg");
        assert_eq!(of_phase(&plan, ("weekly", "teclistamab"), 1, 1).dose.amount.to_string(), "108 mg");
    }
}

#[test]
fn a_loading_dose_that_was_held_is_still_to_come() {
    let lines = format!("{FLAT}\nloading = {{ dose = \"600 mg\", again_after = \"6 weeks\" }}");
    let regimen = one_phase(TWO_WEEKS, &drug("a", &lines));
    let mut course = course("2026-12-07", "170", "65");
    course.recorded.insert(key(1, 1, "a"), AdministrationRecord::Held("fever".into()));
    let plan = planned(&regimen, &course);
    assert_eq!((dose(&plan, "a", 2, 1), dose(&plan, "a", 3, 1)), ("600 mg".into(), "400 mg".into()));
}

#[test]
fn a_dose_beyond_the_plan_counts_as_a_dose() {
    let lines = format!("{FLAT}\nloading = {{ dose = \"600 mg\", again_after = \"6 weeks\" }}");
    let regimen = one_phase(THREE_WEEKS, &drug("a", &lines));
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    delay(&mut course, None, 2, 28);
    // 28-Dec + 28 days = 25-Jan, seven weeks after 07-Dec: the larger dose again.
    assert_eq!(dose(&planned(&regimen, &course), "a", 2, 1), "600 mg");
    // 400 mg on 28-Dec, a day the regimen does not have: four weeks only.
    let extra = AdministrationRecord::Given { on: date("2026-12-28"), dose: Some(amount("400 mg").into()) };
    course.recorded.insert(key(1, 22, "a"), extra);
    let plan = planned(&regimen, &course);
    assert_eq!((iso(on(&plan, "a", 2, 1).date), dose(&plan, "a", 2, 1)), ("2027-01-25".into(), "400 mg".into()));
    course.recorded.remove(&key(1, 22, "a"));
    let again = Key { part: Some(Part::Again(2)), ..key(1, 1, "a") };
    course.extra.push(Extra { key: again, on: date("2026-12-28"), dose: amount("400 mg") });
    assert_eq!(dose(&planned(&regimen, &course), "a", 2, 1), "400 mg", "a second dose of a day too");
}

#[test]
fn what_is_shown_never_cuts_an_earlier_phase_short() {
    let weekly = "length = \"7 days\"\ncount = { planned = 8 }\nnext = \"from actual day 1\"\nwindow = \"unknown\"";
    let monthly =
        "length = \"28 days\"\ncount = { until_stopped = true }\nnext = \"from actual day 1\"\nwindow = \"unknown\"";
    let begins = "begins = { after = \"one\", on = \"end of last cycle\", gap = \"0 days\" }";
    let regimen = two_phases((weekly, &drug("a", FLAT)), begins, (monthly, &drug("a", FLAT)));
    let shown =
        |options| plan::plan(&regimen, &Course::new(date("2026-12-07"), Subject::default()), &site(), options).unwrap();
    let ids =
        |plan: &Plan| plan.cycles.iter().map(|cycle| cycle.phase_id.clone().unwrap()).collect::<Vec<_>>().join(" ");
    let two = shown(Options { cycles: Some(2), ..Options::default() });
    assert_eq!((ids(&two).as_str(), two.continues), ("one one", true));
    let ten = shown(Options { cycles: Some(10), ..Options::default() });
    assert_eq!(ids(&ten), "one one one one one one one one two two");
    // Eight weeks after 07-Dec-2026.
    assert_eq!(iso(of_phase(&ten, ("two", "a"), 1, 1).date), "2027-02-01");
    let open = shown(Options { open: Some(7), ..Options::default() });
    assert_eq!(open.cycles.len(), 15, "all of the first, seven of the open one");
}

#[test]
fn a_drug_with_a_clock_of_its_own_says_nothing_about_a_delay() {
    let drugs = drug("a", FLAT) + &drug("own", &format!("{FLAT}\nclock = \"own\""));
    let regimen = one_phase(THREE_WEEKS, &drugs);
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    delay(&mut course, None, 2, 14);
    given(&mut course, key(2, 1, "own"), "2026-12-28");
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a")[..3], ["2026-12-07", "2027-01-11", "2027-02-01"]);
    assert_eq!(dates(&plan, "own")[..3], ["2026-12-07", "2026-12-28", "2027-01-18"]);
}

#[test]
fn omitting_day_1_omits_no_cycle() {
    let drugs = drug("a", &(FLAT.replace("[1]", "[1, 8]") + "\ncycle_total = \"800 mg\"")) + &drug("b", FLAT);
    let regimen = one_phase(THREE_WEEKS, &drugs);
    let mut course = course("2026-12-07", "170", "65");
    delay(&mut course, None, 2, 7);
    let omitted = || AdministrationRecord::Omitted("thrombocytes".into());
    course.recorded.insert(key(2, 1, "a"), omitted());
    course.recorded.insert(key(2, 1, "b"), omitted());
    let plan = planned(&regimen, &course);
    // Day 1 on 28-Dec + 7 = 04-Jan, so day 8 on 11-Jan; still four cycles.
    assert_eq!((iso(on(&plan, "a", 2, 8).date), plan.cycles.len()), ("2027-01-11".into(), 4));
    course.recorded.insert(key(2, 8, "a"), omitted());
    let plan = planned(&regimen, &course);
    assert!(plan.cycles[1].omitted);
    assert_eq!(plan.cycles.len(), 5, "one that does not count is made up for");
}

#[test]
fn every_day_runs_to_the_day_before_the_next_first_day() {
    let regimen = one_phase(THREE_WEEKS, &(drug("b", FLAT) + &drug("a", EVERY_DAY)));
    let mut course = course("2026-12-07", "170", "65");
    delay(&mut course, None, 2, 14);
    // Cycle 2 on 11-Jan: the run of cycle 1 goes on through 10-Jan, the last of four through 14-Mar.
    let plan = planned(&regimen, &course);
    let expected = [
        run("2026-12-07", "2027-01-10"),
        run("2027-01-11", "2027-01-31"),
        run("2027-02-01", "2027-02-21"),
        run("2027-02-22", "2027-03-14"),
    ];
    assert_eq!(runs(&plan, "a"), expected);
    // On a clock of its own it never waits, and never overlaps.
    let own = one_phase(THREE_WEEKS, &(drug("b", FLAT) + &drug("a", &format!("{EVERY_DAY}\nclock = \"own\""))));
    let plan = planned(&own, &course);
    let expected = [run("2026-12-07", "2026-12-27"), run("2026-12-28", "2027-01-17"), run("2027-01-18", "2027-02-07")];
    assert_eq!(runs(&plan, "a")[..3], expected);
}

#[test]
fn a_clock_of_its_own_goes_on_in_the_next_phase() {
    let two = THREE_WEEKS.replace("planned = 4, omitted = \"does not count\"", "planned = 2");
    let own = drug("own", &format!("{FLAT}\nclock = \"own\""));
    let begins = "begins = { after = \"one\", on = \"end of last cycle\", gap = \"0 days\" }";
    let regimen = two_phases((&two, &(drug("a", FLAT) + &own)), begins, (&two, &(drug("a", FLAT) + &own)));
    let mut course = Course::new(date("2026-12-07"), Subject::default());
    delay(&mut course, Some("one"), 2, 14);
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2027-01-11", "2027-02-01", "2027-02-22"]);
    assert_eq!(dates(&plan, "own"), ["2026-12-07", "2026-12-28", "2027-01-18", "2027-02-08"]);
}

#[test]
fn a_level_keeps_its_interval_under_a_percentage_and_in_the_next_phase() {
    let ladder =
        "reduce = { to = [{ dose = \"300 mg\", length = \"28 days\" }], then = \"ask\", raise_again = \"never\" }";
    let stepped = drug("a", &format!("{FLAT}\n{ladder}"));
    let reduction = |from: (Option<String>, u32), level, percent: Option<i64>| Reduction {
        drug: "a".into(),
        from,
        level,
        percent: percent.map(Into::into),
        reason: "neutropenia".into(),
    };
    let mut one = course("2026-12-07", "170", "65");
    one.reductions.push(reduction((None, 2), Some(-1), None));
    one.reductions.push(reduction((None, 3), None, Some(75)));
    let plan = planned(&one_phase(THREE_WEEKS, &stepped), &one);
    // Three weeks, then four each: 28-Dec, 25-Jan, 22-Feb. 75 % of 300 mg is 225 mg.
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2026-12-28", "2027-01-25", "2027-02-22"]);
    assert_eq!((dose(&plan, "a", 2, 1), dose(&plan, "a", 3, 1)), ("300 mg".into(), "225 mg".into()));

    let two = THREE_WEEKS.replace("planned = 4, omitted = \"does not count\"", "planned = 2");
    let begins = "begins = { after = \"one\", on = \"end of last cycle\", gap = \"0 days\" }";
    let regimen = two_phases((&two, &stepped), begins, (&two, &stepped));
    let mut course = Course::new(date("2026-12-07"), Subject::default());
    course.reductions.push(reduction((Some("one".into()), 2), Some(-1), None));
    assert_eq!(dates(&planned(&regimen, &course), "a"), ["2026-12-07", "2026-12-28", "2027-01-25", "2027-02-22"]);
}

#[test]
fn a_limit_in_time_holds_for_every_dose_and_is_counted_from_the_first_dose_given() {
    let limit = |at_most: &str| {
        THREE_WEEKS.replace(
            "planned = 4, omitted = \"does not count\"",
            &format!("until_stopped = true, at_most = \"{at_most}\""),
        )
    };
    // Nine weeks from 07-Dec end before 08-Feb: days 1, 8 and 15 of 07-Dec, 28-Dec and 18-Jan.
    let weekly =
        one_phase(&limit("9 weeks"), &drug("a", &(FLAT.replace("[1]", "[1, 8, 15]") + "\ncycle_total = \"1200 mg\"")));
    let mut late = course("2026-12-07", "170", "65");
    assert_eq!(dates(&planned(&weekly, &late), "a").last().unwrap(), "2027-02-01");
    delay(&mut late, None, 3, 14);
    // Cycle 3 on 01-Feb: its day 8 would be 08-Feb, too late.
    assert_eq!(dates(&planned(&weekly, &late), "a").last().unwrap(), "2027-02-01");
    // The first dose a week late: so is the end.
    let mut later = course("2026-12-07", "170", "65");
    given(&mut later, key(1, 1, "a"), "2026-12-14");
    assert_eq!(dates(&planned(&weekly, &later), "a").last().unwrap(), "2027-02-08");
    // A run is cut on the last day before: one month from 07-Dec ends on 06-Jan.
    let home = one_phase(&limit("1 months"), &drug("a", EVERY_DAY));
    let plan = planned(&home, &course("2026-12-07", "170", "65"));
    assert_eq!(runs(&plan, "a"), [run("2026-12-07", "2026-12-27"), run("2026-12-28", "2027-01-06")]);
}

#[test]
fn a_stop_ends_runs_cycles_and_the_visits_of_doses() {
    let visit = "\n[[assessment]]\nname = \"safety visit\"\nclock = \"from last dose\"\nafter = \"30 days\"\nsource = \"unverified\"\n\
                 \n[[assessment]]\nname = \"blood count\"\nclock = \"with each cycle\"\ndays = [1, 15]\nbefore = \"72 hours\"\nsource = \"unverified\"\n";
    let regimen = one_phase(THREE_WEEKS, &(drug("a", EVERY_DAY) + visit));
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    course.stopped = Some((date("2026-12-15"), "progression".into()));
    let plan = planned(&regimen, &course);
    assert_eq!(runs(&plan, "a"), [run("2026-12-07", "2026-12-15")]);
    assert_eq!(on(&plan, "a", 1, 1).run.as_ref().unwrap().administrations, 9);
    assert_eq!((plan.cycles.len(), plan.continues), (1, false));
    let visits: Vec<_> = plan.assessments.iter().map(|one| (one.name.as_str(), iso(one.date))).collect();
    // 15-Dec + 30 days.
    assert_eq!(visits, [("blood count", "2026-12-07".into()), ("safety visit", "2027-01-14".into())]);
}

#[test]
fn a_limit_of_a_later_phase_is_counted_from_its_own_first_dose() {
    let regimen = shipped("heme-venetoclax-rituximab");
    let course = course("2026-12-07", "173", "76");
    let plan = plan::plan(&regimen, &course, &site(), Options { open: Some(40), ..Options::default() }).unwrap();
    // Rituximab first on 11-Jan-2027; 24 months from it end on 10-Jan-2029.
    assert_eq!(iso(of_phase(&plan, ("together", "rituximab-1"), 1, 1).date), "2027-01-11");
    assert_eq!(runs(&plan, "venetoclax").last().unwrap().1, "2029-01-10");
}

const STEPS: &str = r#"dose = "400 mg"
ramp = [{ dose = "20 mg", lasts = "7 doses" }, { dose = "50 mg", lasts = "7 doses" }, { dose = "100 mg", lasts = "7 doses" }]
route = "oral"
given = "home"
days = { from = 1, through = 21 }
missed = "ask""#;

/// Dose, first and last day of every run of a drug.
fn amounts(plan: &Plan, drug: &str) -> Vec<(String, String, String)> {
    let of_drug = plan.administrations.iter().filter(|one| one.key.drug == drug);
    let through = |one: &Administration| one.run.as_ref().map_or_else(|| iso(one.date), |run| iso(run.through));
    of_drug.map(|one| (one.dose.amount.to_string(), iso(one.date), through(one))).collect()
}

fn step(dose: &str, from: &str, through: &str) -> (String, String, String) {
    (dose.into(), from.into(), through.into())
}

#[test]
fn a_step_that_was_given_twice_is_no_step_further() {
    let teclistamab = shipped("heme-teclistamab");
    let mut course = weighing("2026-12-07", "70");
    given(&mut course, in_phase("step-up", 1, 1, "teclistamab"), "2026-12-07");
    let again = Key { part: Some(Part::Again(2)), ..in_phase("step-up", 1, 1, "teclistamab") };
    course.extra.push(Extra { key: again, on: date("2026-12-09"), dose: amount("4.2 mg") });
    // The second step, 0.3 × 70 = 21 mg, is still the next one.
    let plan = planned(&teclistamab, &course);
    assert_eq!(of_phase(&plan, ("step-up", "teclistamab"), 1, 4).dose.amount.to_string(), "21 mg");
}

#[test]
fn steps_that_were_not_given_are_carried_into_the_next_phase() {
    let teclistamab = shipped("heme-teclistamab");
    let mut course = weighing("2026-12-07", "70");
    for day in [1, 4] {
        course.recorded.insert(in_phase("step-up", 1, day, "teclistamab"), AdministrationRecord::Held("fever".into()));
    }
    let dose = |plan: &Plan, cycle| of_phase(plan, ("weekly", "teclistamab"), cycle, 1).dose.amount.to_string();
    // Day 7 was the first step (0.06 × 70 = 4.2), so the first week is the second, 21 mg, and then 1.5 × 70 = 105.
    let plan = planned(&teclistamab, &course);
    assert_eq!(of_phase(&plan, ("step-up", "teclistamab"), 1, 7).dose.amount.to_string(), "4.2 mg");
    assert_eq!([1, 2].map(|cycle| dose(&plan, cycle)), ["21 mg", "105 mg"]);
}

#[test]
fn a_step_of_a_run_that_was_held_is_still_to_come_with_all_its_days() {
    let regimen = one_phase(THREE_WEEKS, &drug("a", STEPS));
    let mut course = course("2026-12-07", "170", "65");
    assert_eq!(
        amounts(&planned(&regimen, &course), "a")[..4],
        [
            step("20 mg", "2026-12-07", "2026-12-13"),
            step("50 mg", "2026-12-14", "2026-12-20"),
            step("100 mg", "2026-12-21", "2026-12-27"),
            step("400 mg", "2026-12-28", "2027-01-17"),
        ]
    );
    course.recorded.insert(key(1, 1, "a"), AdministrationRecord::Held("fever".into()));
    let plan = planned(&regimen, &course);
    assert_eq!(
        amounts(&plan, "a")[1..5],
        [
            step("20 mg", "2026-12-14", "2026-12-20"),
            step("50 mg", "2026-12-21", "2026-12-27"),
            step("100 mg", "2026-12-28", "2027-01-03"),
            step("400 mg", "2027-01-04", "2027-01-17"),
        ]
    );
}

#[test]
fn a_run_that_began_late_is_not_doubled_by_the_next() {
    let regimen = one_phase(THREE_WEEKS, &drug("a", STEPS));
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    given(&mut course, key(1, 8, "a"), "2026-12-17");
    // Seven days of 50 mg from 17-Dec end on 23-Dec.
    assert_eq!(
        amounts(&planned(&regimen, &course), "a")[1..3],
        [step("50 mg", "2026-12-17", "2026-12-23"), step("100 mg", "2026-12-24", "2026-12-30")]
    );
}

#[test]
fn a_morning_without_its_evening_is_a_dose_received() {
    let lines = "dose = \"100 mg\"\nroute = \"intravenous\"\ndays = [1]\ntimes = \"twice daily\"\ncycle_total = \"200 mg\"\nloading = { dose = \"300 mg\", again_after = \"never\" }";
    let regimen = one_phase(THREE_WEEKS, &drug("a", lines));
    let mut course = course("2026-12-07", "170", "65");
    let half = |half| Key { part: Some(Part::Half(half)), ..key(1, 1, "a") };
    given(&mut course, half(posology::regimen::HalfDay::Morning), "2026-12-07");
    course.recorded.insert(half(posology::regimen::HalfDay::Evening), AdministrationRecord::Omitted("fever".into()));
    assert_eq!(dose(&planned(&regimen, &course), "a", 2, 1), "100 mg");
}

#[test]
fn a_dose_on_a_day_the_regimen_does_not_have_moves_nothing() {
    let regimen = one_phase(THREE_WEEKS, &drug("a", FLAT));
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07");
    let extra = AdministrationRecord::Given { on: date("2026-12-21"), dose: Some(amount("400 mg").into()) };
    course.recorded.insert(key(2, 5, "a"), extra);
    let plan = planned(&regimen, &course);
    assert_eq!((iso(plan.cycles[1].actual), iso(plan.cycles[2].actual)), ("2026-12-28".into(), "2027-01-18".into()));
}

#[test]
fn omitting_one_step_of_a_run_omits_no_cycle() {
    let regimen = one_phase(THREE_WEEKS, &drug("a", STEPS));
    let mut course = course("2026-12-07", "170", "65");
    delay(&mut course, None, 1, 7);
    course.recorded.insert(key(1, 1, "a"), AdministrationRecord::Omitted("fever".into()));
    let plan = planned(&regimen, &course);
    assert_eq!((iso(on(&plan, "a", 1, 8).date), plan.cycles.len()), ("2026-12-21".into(), 4));
}

#[test]
fn every_day_runs_on_to_the_stop_where_no_cycle_follows() {
    let regimen = one_phase(THREE_WEEKS, &(drug("b", FLAT) + &drug("a", EVERY_DAY)));
    let mut course = course("2026-12-07", "170", "65");
    delay(&mut course, None, 2, 14);
    course.stopped = Some((date("2027-01-05"), "progression".into()));
    // Cycle 2 would have begun on 11-Jan.
    assert_eq!(runs(&planned(&regimen, &course), "a"), [run("2026-12-07", "2027-01-05")]);
}

#[test]
fn a_clock_of_its_own_goes_on_while_the_others_wait_beyond_the_limit() {
    let nine =
        THREE_WEEKS.replace("planned = 4, omitted = \"does not count\"", "until_stopped = true, at_most = \"9 weeks\"");
    let regimen = one_phase(&nine, &(drug("a", FLAT) + &drug("own", &format!("{FLAT}\nclock = \"own\""))));
    let mut course = course("2026-12-07", "170", "65");
    delay(&mut course, None, 3, 28);
    // Nine weeks end before 08-Feb; the others would have their third cycle on 15-Feb.
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "own"), ["2026-12-07", "2026-12-28", "2027-01-18"]);
    assert_eq!(dates(&plan, "a"), ["2026-12-07", "2026-12-28"]);
}

#[test]
fn a_run_that_begins_in_the_evening_ends_on_the_day_of_the_stop() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "capecitabine"), "2026-12-07");
    course.stopped = Some((date("2026-12-14"), "progression".into()));
    let plan = planned(&shipped("gi-xelox"), &course);
    let run = on(&plan, "capecitabine", 1, 1).run.clone().unwrap();
    // The evening of 07-Dec, and both doses of 08 to 14-Dec.
    assert_eq!((iso(run.through), run.administrations), ("2026-12-14".into(), 15));
}

#[test]
fn a_clock_of_its_own_does_not_know_what_is_measured_later() {
    let own = drug("own", "dose = \"2 mg/kg\"\nroute = \"intravenous\"\ndays = [1]\nclock = \"own\"\nround = \"none\"");
    let regimen = one_phase(THREE_WEEKS, &(drug("a", FLAT) + &own));
    let mut course = course("2026-12-07", "170", "65");
    delay(&mut course, None, 2, 14);
    course.measurements.push(posology::course::Measurement {
        on: date("2027-01-04"),
        height: None,
        weight: Some(Weight::read("55").unwrap()),
        creatinine: None,
        gfr: None,
    });
    // On 28-Dec 2 × 65 = 130 mg; from 18-Jan 2 × 55 = 110 (15 % less).
    let plan = planned(&regimen, &course);
    assert_eq!([2, 3].map(|cycle| dose(&plan, "own", cycle, 1)), ["130 mg", "110 mg"]);
}
