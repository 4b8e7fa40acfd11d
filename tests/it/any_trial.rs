//! What trials of any kind say: doses of a day and of a week, months and ranges between phases, wards, ladders of a cohort,
//! steps that begin again, and what no source gives. Every expected value is worked out by hand.

use posology::calendar::{self, Site};
use posology::checker::check;
use posology::course::{AdministrationRecord, Course, Delay, Key, Measurement, Reduction};
use posology::finding::Finding;
use posology::plan::Plan;
use posology::quantity::Weight;
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{
    BODY, EXAMPLE, HEAD, TWO_WEEKS, course, date, dates, dose, drug, on, one_phase, planned, regimen,
};

const CASE: &str = include_str!("../corpus/valid/any-trial.toml");

fn told(plan: &Plan, code: &str) -> Vec<String> {
    plan.findings.iter().filter(|one| one.code.name() == code).map(|one| one.text.clone()).collect()
}

fn case(change: impl FnOnce(&mut Course)) -> Plan {
    let subject =
        Subject { weight: Some(Weight::read("40 kg").unwrap()), cohort: Some("2".to_owned()), ..Subject::default() };
    let mut course = Course::new(date("2026-12-07"), subject);
    change(&mut course);
    planned(&regimen(CASE), &course)
}

fn refused(drug_lines: &str) -> Vec<Finding> {
    let text = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{}\n{EXAMPLE}",
        drug("a", drug_lines)
    );
    check(text.as_bytes(), &Site::default()).findings
}

/// 90 mg/kg a day × 40 kg = 3,600 mg, of which one of two is 1,800 mg. The working says both figures.
#[test]
fn the_dose_of_a_day_is_given_in_equal_parts() {
    let plan = case(|_| {});
    let one = on(&plan, "study-antibiotic", 1, 1);
    assert_eq!(one.dose.amount.to_string(), "1,800 mg");
    let steps: Vec<String> = one.dose.steps.iter().map(posology::dosing::Step::sentence).collect();
    assert!(steps.contains(&"protocol dose: 90 mg/kg a day in 2 doses = 45 mg/kg".to_owned()), "{steps:#?}");
    let of_day = plan.administrations.iter().filter(|one| one.key.drug == "study-antibiotic" && one.key.day == 1);
    assert_eq!(of_day.count(), 2);
}

/// 21 mg a week on three days of each are 7 mg each; a level of 10.5 mg a week is 3.5 mg.
#[test]
fn the_dose_of_a_week_and_its_levels_are_divided_alike() {
    let lines = "dose_per_week = \"21 mg\"\nreduce = { to = [\"10.5 mg\"], then = \"ask\", raise_again = \"never\" }\nroute = \"subcutaneous\"\ndays = [1, 3, 5, 8, 10, 12]\ncycle_total = \"42 mg\"";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let mut course = course("2026-12-07", "170", "65");
    course.reductions.push(Reduction {
        drug: "a".to_owned(),
        from: (None, 2),
        level: Some(-1),
        percent: None,
        reason: "tried".to_owned(),
    });
    let plan = planned(&regimen, &course);
    assert_eq!([dose(&plan, "a", 1, 1), dose(&plan, "a", 2, 1)], ["7 mg", "3.5 mg"]);
}

/// A third of 100 mg/kg does not end, two days of one week are not one of the next, and once a day it is the dose.
#[test]
fn what_does_not_divide_is_refused_with_what_to_write() {
    for (lines, says) in [
        (
            "dose_per_day = \"100 mg/kg\"\ntimes = \"3 times daily\"\nround = \"none\"\nroute = \"subcutaneous\"\ndays = [1]",
            "does not end",
        ),
        ("dose_per_week = \"7 mg\"\nroute = \"subcutaneous\"\ndays = [1, 4, 8]", "as many days in every week"),
        ("dose_per_day = \"7 mg\"\ntimes = \"once daily\"\nroute = \"subcutaneous\"\ndays = [1]", "is the dose itself"),
        (
            "dose_per_day = \"8 mg\"\ntimes = \"twice daily\"\nloading = { dose = \"16 mg\", again_after = \"never\" }\nroute = \"subcutaneous\"\ndays = [1]",
            "read as one administration",
        ),
    ] {
        let findings = refused(lines);
        let found = findings.iter().find(|one| one.text.contains(says));
        let found = found.unwrap_or_else(|| panic!("{lines}: {findings:#?}"));
        assert!(found.wanted().is_some_and(|help| help.starts_with("write ")), "{found:#?}");
    }
}

/// Saturday 12 December 2026 is closed in the clinic and a day like any other on a ward.
#[test]
fn a_ward_has_no_closed_days() {
    let plan_of = |given: &str| {
        let lines = format!(
            "dose = \"5 mg\"\nroute = \"oral\"\ngiven = \"{given}\"\ndays = {{ from = 1, through = 7 }}\ncycle_total = \"35 mg\""
        );
        planned(&one_phase(TWO_WEEKS, &drug("a", &lines)), &course("2026-12-07", "170", "65"))
    };
    assert!(on(&plan_of("clinic"), "a", 1, 6).closed.is_some());
    assert_eq!(on(&plan_of("ward"), "a", 1, 6).closed, None);
    // Each day is given by somebody, and stands by itself.
    assert_eq!(dates(&plan_of("ward"), "a").len(), 7 * 8);
}

/// The text of three single doses, the later ones so long after day 1 of the first.
fn months(second: &str, third: &str) -> Regimen {
    let phase = |id: &str, begins: &str| {
        format!(
            "[[phase]]\nid = \"{id}\"\nnumbering = \"restarts\"\n{begins}source = \"unverified\"\n\n[phase.cycle]\nlength = \"1 days\"\ncount = {{ planned = 1 }}\nnext = \"from actual day 1\"\nwindow = \"unknown\"\nsource = \"unverified\"\n\n[[phase.drug]]\nname = \"a\"\ndose = \"0.5 mL\"\nroute = \"intramuscular\"\ndays = [1]\nsource = \"unverified\"\n\n"
        )
    };
    let begins = |gap: &str| format!("begins = {{ after = \"one\", on = \"day 1 of last cycle\", gap = {gap} }}\n");
    let phases = [phase("one", ""), phase("two", &begins(second)), phase("three", &begins(third))].concat();
    let example = "[[example]]\nsubject = {}\nstart = 2026-12-07\nexpect = [{ phase = \"one\", cycle = 1, day = 1, drug = \"a\", date = 2026-12-07 }]\n";
    regimen(&format!("{HEAD}\n{phases}{example}"))
}

/// One month after 31 January is 28 February, and six are 31 July; twelve months after 1 March 2027 are 1 March 2028.
#[test]
fn months_between_phases_are_those_of_the_calendar() {
    let from =
        |start: &str, regimen: &Regimen| dates(&planned(regimen, &Course::new(date(start), Subject::default())), "a");
    assert_eq!(from("2027-01-31", &months("\"1 month\"", "\"6 months\"")), ["2027-01-31", "2027-02-28", "2027-07-31"]);
    assert_eq!(
        from("2027-03-01", &months("\"6 months\"", "\"12 months\"")),
        ["2027-03-01", "2027-09-01", "2028-03-01"]
    );
}

/// Phase two ends on 04-Jul-2027; 30 days after that begins the window, 60 days after it ends.
#[test]
fn a_range_between_phases_is_the_window_of_the_first_day() {
    let plan = case(|_| {});
    let one = on(&plan, "study-vaccine", 1, 1);
    let window = one.window.unwrap();
    assert_eq!(
        [one.date, window.earliest, window.latest].map(calendar::iso),
        ["2027-08-04", "2027-08-04", "2027-09-03"]
    );
    // A delay within the range is none out of window.
    let later = case(|course| {
        course
            .delays
            .insert((Some("three".to_owned()), 1), Delay { days: 20, reason: "x".to_owned(), required: false });
    });
    assert_eq!(calendar::iso(on(&later, "study-vaccine", 1, 1).date), "2027-08-24");
    assert_eq!(told(&later, "outside-window"), Vec::<String>::new());
}

#[test]
fn a_gap_that_nobody_knows_is_shown_as_such() {
    let text = CASE.replace("{ from = \"30 days\", through = \"60 days\" }", "\"unknown\"");
    let text =
        text.replace(", window = { from = 2027-08-04, through = 2027-09-03 }", "").replace("2027-08-04", "2027-07-05");
    let mut course = Course::new(date("2026-12-07"), Subject::default());
    course.subject.weight = Some(Weight::read("40 kg").unwrap());
    course.subject.cohort = Some("2".to_owned());
    let plan = planned(&regimen(&text), &course);
    let second = plan.administrations.iter().find(|one| one.key.phase.as_deref() == Some("three")).unwrap();
    assert_eq!((second.window, second.certain), (None, false));
    assert!(second.marks.iter().any(|mark| mark.to_string() == "unknown: begins"), "{:?}", second.marks);
}

/// A cycle three days late: the next are counted from its actual day 1, marked, and told.
#[test]
fn what_a_delay_does_may_be_unknown() {
    let cycle = TWO_WEEKS.replace("\"from actual day 1\"", "\"unknown\"");
    let regimen = one_phase(&cycle, &drug("a", "dose = \"5 mg\"\nroute = \"subcutaneous\"\ndays = [1]"));
    let mut course = course("2026-12-07", "170", "65");
    let plan = planned(&regimen, &course);
    assert_eq!(told(&plan, "next-not-known"), Vec::<String>::new());
    course.delays.insert((None, 2), Delay { days: 3, reason: "x".to_owned(), required: true });
    let plan = planned(&regimen, &course);
    assert_eq!(dates(&plan, "a")[..3], ["2026-12-07", "2026-12-24", "2027-01-07"]);
    assert_eq!(told(&plan, "next-not-known").len(), 1);
    let marked = |cycle: u32| on(&plan, "a", cycle, 1).marks.iter().any(|mark| mark.to_string() == "unknown: next");
    assert!(!marked(1) && !marked(2) && marked(3));
}

/// 2 mg/kg × 65 kg = 130 mg stays when the weight rises to 80 kg, and the plan says that nobody knows whether it should.
#[test]
fn when_a_new_weight_counts_may_be_unknown() {
    let body = BODY.replace("{ when_weight_changes = \">= 10 %\", since = \"cycle 1 day 1\" }", "\"unknown\"");
    let text = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{body}\n{}\n{EXAMPLE}",
        drug("a", "dose = \"2 mg/kg\"\nround = \"none\"\nroute = \"subcutaneous\"\ndays = [1]")
    );
    let mut course = course("2026-12-07", "170", "65");
    let weight = Some(Weight::read("80 kg").unwrap());
    course.measurements.push(Measurement { on: date("2026-12-20"), height: None, weight, creatinine: None, gfr: None });
    let plan = planned(&regimen(&text), &course);
    assert_eq!([dose(&plan, "a", 1, 1), dose(&plan, "a", 2, 1)], ["130 mg", "130 mg"]);
    let told = told(&plan, "weight-rule-not-known");
    assert!(told.len() == 1 && told[0].contains("80 kg against 65 kg"), "{told:?}");
}

/// The antibody was last given on 14 December; on 11 January, 28 days later, it begins again with 1 mg.
#[test]
fn steps_begin_again_after_a_gap() {
    let regimen = one_phase(
        &TWO_WEEKS.replace("14 days", "7 days"),
        &drug(
            "a",
            "dose = \"10 mg\"\nramp = [{ dose = \"1 mg\", lasts = \"1 dose\" }, { dose = \"2 mg\", lasts = \"1 dose\" }]\nramp_again_after = \"28 days\"\nroute = \"subcutaneous\"\ndays = [1]",
        ),
    );
    let of = |left_out: &[u32]| {
        let mut course = course("2026-12-07", "170", "65");
        for cycle in left_out {
            let key = Key { phase: None, cycle: *cycle, day: 1, drug: "a".to_owned(), part: None };
            course.recorded.insert(key, AdministrationRecord::Omitted("infection".to_owned()));
        }
        let plan = planned(&regimen, &course);
        let given =
            plan.administrations.iter().filter(|one| one.planned.is_some() && !left_out.contains(&one.key.cycle));
        (given.map(|one| one.dose.amount.to_string()).collect::<Vec<_>>(), told(&plan, "steps-again"))
    };
    assert_eq!(of(&[]).0, ["1 mg", "2 mg", "10 mg", "10 mg", "10 mg", "10 mg", "10 mg", "10 mg"]);
    // 14 December to 4 January are 21 days: it goes on.
    assert_eq!(of(&[3, 4]).0, ["1 mg", "2 mg", "10 mg", "10 mg", "10 mg", "10 mg"]);
    let (doses, told) = of(&[3, 4, 5]);
    assert_eq!(doses, ["1 mg", "2 mg", "1 mg", "2 mg", "10 mg"]);
    assert_eq!(told, ["a begins again with the first step on 11-Jan-2027: the last dose was 28 days before."]);
}

/// Cycle 2 a week late, on 28 December: cycle 3 follows 14 days after it, on 11 January, or on its old day, 4 January. Whoever
/// misread the protocol is told by the example.
#[test]
fn an_example_says_what_a_delay_does() {
    let findings = |next: &str, third: &str, delayed: &str| {
        let cycle = TWO_WEEKS.replace("from actual day 1", next);
        let drug = drug("a", "dose = \"5 mg\"\nroute = \"subcutaneous\"\ndays = [1]");
        let example =
            EXAMPLE.replace("start = 2026-12-07", &format!("start = 2026-12-07\ndelayed = [{delayed}]")).replace(
                "{ cycle = 1, day = 1, drug = \"a\", date = 2026-12-07 }",
                &format!("{{ cycle = 3, day = 1, drug = \"a\", date = {third} }}"),
            );
        let text = format!("{HEAD}\n[cycle]\n{cycle}\nsource = \"unverified\"\n\n{BODY}\n{drug}\n{example}");
        posology::verify::examples(&regimen(&text), &Site::default())
    };
    let week = "{ cycle = 2, by = \"7 days\" }";
    let blocks = |findings: Vec<Finding>| {
        findings.into_iter().filter(|one| one.code.name() == "R090").map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(blocks(findings("from actual day 1", "2027-01-11", week)), Vec::<String>::new());
    assert_eq!(blocks(findings("from planned day 1", "2027-01-04", week)), Vec::<String>::new());
    assert_eq!(blocks(findings("from planned day 1", "2027-01-11", week)).len(), 1);
    let beyond = blocks(findings("from actual day 1", "2027-01-04", "{ cycle = 40, by = \"7 days\" }"));
    assert_eq!(beyond, ["This example delays cycle 40, which is not planned."]);
}

/// Drug a in cycle 1, drug b from cycle 2: the premedication comes with whichever is given, once. Of two on one day it would come
/// twice, and the file is refused.
#[test]
fn a_premedication_may_belong_to_several_drugs() {
    let file = |first: &str| {
        let drugs = [
            drug("a", &format!("dose = \"5 mg\"\nroute = \"subcutaneous\"\n{first}days = [1]")),
            drug("b", "dose = \"7 mg\"\nroute = \"subcutaneous\"\ncycles = { from = 2 }\ndays = [1]"),
            drug(
                "dexamethasone",
                "role = \"premedication\"\ndose = \"8 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\nfor = [\"a\", \"b\"]\nmissed = \"ask\"",
            ),
        ];
        format!("{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{}\n{EXAMPLE}", drugs.concat())
    };
    let plan = planned(&regimen(&file("cycles = { through = 1 }\n")), &course("2026-12-07", "170", "65"));
    let given: Vec<(u32, &str)> = plan
        .administrations
        .iter()
        .filter(|one| one.key.drug.starts_with("dexamethasone"))
        .map(|one| (one.key.cycle, one.key.drug.as_str()))
        .collect();
    assert_eq!(given[..3], [(1, "dexamethasone"), (2, "dexamethasone-for-b"), (3, "dexamethasone-for-b")]);
    let both = check(file("").as_bytes(), &Site::default()).findings;
    assert!(both.iter().any(|one| one.code.name() == "R075"), "{both:#?}");
}

/// 4 hours stand twice: two doses at one time were planned without a word.
#[test]
fn hours_that_stand_twice_are_findings() {
    let lines = "dose = \"1 mg\"\nroute = \"intravenous\"\nover = \"bolus\"\ndays = [1]\nround = \"none\"\n\
                 cycle_total = \"3 mg\"\nhours = { at = [\"0 hours\", \"4 hours\", \"240 minutes\"] }\n";
    let found = refused(lines);
    assert!(found.iter().any(|one| one.text == "\"240 minutes\" stands twice"), "{found:#?}");
}

/// 46 hours are 1.91666… days, which nobody writes.
#[test]
fn findings_about_the_end_of_a_pump_say_its_hours() {
    let lines = "total = \"2400 mg/m2\"\nroute = \"intravenous\"\nover = \"46 hours\"\ndays = [1]\nround = \"none\"\n\
                 ends = { day = 5, visit = \"pump off\" }\n";
    let found = refused(lines);
    let told = "an infusion of 46 hours that begins 4 days before day 5 does not end on that day";
    assert!(found.iter().any(|one| one.text == told), "{found:#?}");
}

/// A gap may be months, and the message says so.
#[test]
fn findings_about_a_gap_name_months() {
    let text = CASE.replace("gap = \"", "gap = \"x");
    let found = check(text.as_bytes(), &Site::default()).findings;
    let helps = found.iter().filter(|one| one.text.contains("is not a length of time"));
    assert!(helps.count() > 0, "{found:#?}");
}
