//! What a dose line means where two readings give two doses. Every expected figure was worked out by hand; 180 cm and
//! 80 kg are √(180 × 80 ÷ 3,600) = 2 m².

use posology::calendar::Site;
use posology::checker;
use posology::course::{AdministrationRecord, Course, Key, Part, Reduction};
use posology::finding::Severity;
use posology::plan::{self, Options, Plan};
use posology::quantity::{Age, Decimal};
use posology::regimen::HalfDay;
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{BODY, EXAMPLE, HEAD, course, date, drug, one_phase, planned, regimen, site, subject};

const THREE_WEEKS: &str = "length = \"21 days\"\ncount = { planned = 2 }\nnext = \"from actual day 1\"\n\
window = { early = \"0 days\", late = \"3 days\" }";
const INFUSED: &str = "route = \"intravenous\"\nover = \"60 minutes\"";
const HOME: &str = "route = \"oral\"\ngiven = \"home\"";

fn file(before: &str, drugs: &str) -> String {
    format!("{HEAD}\n{before}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drugs}\n{EXAMPLE}")
}

fn of(lines: &str) -> Regimen {
    one_phase(THREE_WEEKS, &drug("a", lines))
}

/// The codes that keep a file of one drug from being used.
fn refused(lines: &str) -> Vec<String> {
    refused_file(&file("", &drug("a", lines)))
}

fn refused_file(text: &str) -> Vec<String> {
    let findings = checker::check(text.as_bytes(), &Site::default()).findings;
    let blocks = findings.iter().filter(|finding| finding.severity == Severity::Block);
    let mut codes: Vec<String> = blocks.map(|finding| finding.code.to_string()).collect();
    codes.dedup();
    codes
}

fn large() -> Course {
    course("2026-12-07", "180", "80")
}

fn aged(years: i64) -> Course {
    let subject = Subject { age: Some(Age::new(Decimal::from(years))), ..subject("180", "80") };
    Course::new(date("2026-12-07"), subject)
}

fn at_level(level: Option<i32>, percent: Option<i64>) -> Course {
    let mut course = large();
    let percent = percent.map(Decimal::from);
    course.reductions.push(Reduction { drug: "a".into(), from: (None, 1), level, percent, reason: "test".into() });
    course
}

/// Why there is no plan.
fn stopped(regimen: &Regimen, course: &Course) -> String {
    let findings = plan::plan(regimen, course, &site(), Options::default()).unwrap_err();
    findings.iter().map(|finding| format!("{}: {}", finding.code, finding.text)).collect::<Vec<_>>().join("\n")
}

/// What goes in of cycle 1, row by row.
fn rows(plan: &Plan) -> Vec<String> {
    let first = plan.administrations.iter().filter(|one| one.key.cycle == 1);
    first.map(|one| one.portion().to_string()).collect()
}

fn of_course(regimen: &Regimen, course: &Course) -> Vec<String> {
    rows(&planned(regimen, course))
}

fn half(day: i32, half: HalfDay) -> Key {
    Key { phase: None, cycle: 1, day, drug: "a".into(), part: Some(Part::Half(half)) }
}

const TWICE: &str = "dose = \"200 mg\"\ntimes = \"twice daily\"\ndays = [1, 2]\ncycle_total = \"800 mg\"\n\
loading = { dose = \"400 mg\", over = \"2 hours\", again_after = \"never\" }";

/// One larger dose, the first: 400 + 3 × 200 mg, within 700 mg a day (400 + 200), and the others over 60 minutes.
#[test]
fn a_loading_dose_is_one_administration() {
    let regimen = of(&format!("{INFUSED}\n{TWICE}\nmaximum = {{ day = \"700 mg\" }}"));
    let plan = planned(&regimen, &large());
    assert_eq!(rows(&plan), ["400 mg", "200 mg", "200 mg", "200 mg"]);
    let over: Vec<String> =
        plan.administrations.iter().take(4).filter_map(|one| one.infusion.as_ref().map(ToString::to_string)).collect();
    assert_eq!(over, ["2 hours", "60 minutes", "60 minutes", "60 minutes"]);
    let loading: Vec<bool> = plan.administrations.iter().map(|one| one.dose.loading).collect();
    assert_eq!(loading, [true, false, false, false, false, false, false, false]);
    // 400 + 200 mg are more than 500 mg.
    let tight = of(&format!("{INFUSED}\n{TWICE}\nmaximum = {{ day = \"500 mg\" }}"));
    assert!(stopped(&tight, &large()).contains("600 mg is above the maximum of 500 mg for one day"));
    // A morning that was omitted: the evening is the first dose this subject has.
    let mut course = large();
    course.recorded.insert(half(1, HalfDay::Morning), AdministrationRecord::Omitted("fever".into()));
    assert_eq!(of_course(&regimen, &course)[1..], ["400 mg", "200 mg", "200 mg"]);
}

#[test]
fn a_loading_dose_that_can_be_read_in_two_ways_is_refused() {
    let loads = "loading = { dose = \"400 mg\", again_after = \"never\" }";
    let run =
        format!("dose = \"200 mg\"\n{HOME}\ndays = {{ from = 1, through = 5 }}\ncycle_total = \"1000 mg\"\n{loads}");
    assert_eq!(refused(&run), ["R104"]);
    let twice =
        format!("dose = \"200 mg\"\n{HOME}\ndays = [1]\ntimes = \"twice daily\"\ncycle_total = \"400 mg\"\n{loads}");
    assert_eq!(refused(&twice), ["R104"]);
    // One dose at home on one day is one administration.
    assert_eq!(refused(&format!("dose = \"200 mg\"\n{HOME}\ndays = [1]\n{loads}")), [""; 0]);
    let pump = "route = \"intravenous\"\ndays = [1]\nover = \"96 hours\"";
    let each = format!("{pump}\ndose_per_day = \"100 mg\"\ncycle_total = \"400 mg\"");
    assert_eq!(
        refused(&format!("{each}\nloading = {{ dose = \"150 mg\", over = \"2 hours\", again_after = \"never\" }}")),
        ["R104"]
    );
    assert_eq!(refused(&format!("{pump}\ntotal = \"100 mg\"\n{loads}")), ["R104"]);
    let long = "loading = { dose = \"400 mg\", over = \"48 hours\", again_after = \"never\" }";
    assert_eq!(refused(&format!("{INFUSED}\ndose = \"200 mg\"\ndays = [1]\n{long}")), ["R104"]);
    let ramp = "ramp = [{ dose = \"50 mg\", lasts = \"1 dose\" }]";
    assert_eq!(refused(&format!("{INFUSED}\ndose = \"200 mg\"\ndays = [1]\n{ramp}\n{loads}")), ["R104"]);
    let table = "table = [{ weight = { below = \"50 kg\" }, dose = \"100 mg\" }, { weight = { from = \"50 kg\" }, dose = \"200 mg\" }]";
    assert_eq!(refused(&format!("{INFUSED}\ndays = [1]\n{table}\n{loads}")), ["R104"]);
    let arms = "[[cohort]]\nid = \"1\"\n[[cohort]]\nid = \"2\"\n";
    let cohorts = format!("{INFUSED}\ndays = [1]\nby_cohort = {{ \"1\" = \"150 mg\", \"2\" = \"1000 mg\" }}\n{loads}");
    // 400 mg lies below the 1,000 mg of cohort 2 as well.
    assert_eq!(refused_file(&file(arms, &drug("a", &cohorts))), ["R081", "R104"]);
}

/// What R104 tells to write instead: 400 mg on day 1 of cycle 1, 200 mg on the days after it, 400 + 4 × 200 mg in cycle 1
/// and 5 × 200 mg in cycle 2.
#[test]
fn a_larger_first_dose_of_a_run_at_home_is_an_entry_of_its_own() {
    let first = drug("first", &format!("dose = \"400 mg\"\n{HOME}\ndays = [1]\ncycles = {{ through = 1 }}"));
    let rest = drug(
        "a",
        &format!(
            "dose = \"200 mg\"\n{HOME}\nby_cycle = [{{ from = 1, through = 1, days = {{ from = 2, through = 5 }} }}, {{ from = 2, days = {{ from = 1, through = 5 }} }}]"
        ),
    );
    let plan = planned(&one_phase(THREE_WEEKS, &(first + &rest)), &large());
    let totals: Vec<String> = plan.administrations.iter().map(|one| one.total().unwrap().to_string()).collect();
    assert_eq!(totals, ["400 mg", "800 mg", "1,000 mg"]);
}

/// Steps of 50, 100 and 200 mg, and a full dose of 150 mg for this subject: the third step would be above it.
#[test]
fn a_step_is_never_above_the_dose_a_subject_is_assigned() {
    let steps = format!(
        "{INFUSED}\ndays = [1, 2, 3, 4, 5]\nramp = [{{ dose = \"50 mg\", lasts = \"1 dose\" }}, {{ dose = \"100 mg\", lasts = \"1 dose\" }}, {{ dose = \"200 mg\", lasts = \"1 dose\" }}]"
    );
    let expected = ["50 mg", "100 mg", "150 mg", "150 mg", "150 mg"];
    let start = of(&format!(
        "{steps}\ndose = \"400 mg\"\nstart = [{{ when = {{ age = {{ from = \"70 years\" }} }}, dose = \"150 mg\" }}]"
    ));
    let plan = planned(&start, &aged(75));
    assert_eq!(rows(&plan), expected);
    let third = plan.administrations[2].dose.steps[0].sentence();
    assert_eq!(third, "starting dose: age 75 years; step 3 of 200 mg does not lie below it = 150 mg");
    assert_eq!(of_course(&start, &aged(50)), ["50 mg", "100 mg", "200 mg", "400 mg", "400 mg"]);
    let table = of(&format!(
        "{steps}\ntable = [{{ weight = {{ from = \"50 kg\" }}, dose = \"150 mg\" }}, {{ weight = {{ below = \"50 kg\" }}, dose = \"400 mg\" }}]"
    ));
    assert_eq!(of_course(&table, &large()), expected);
    let arms = "[[cohort]]\nid = \"1\"\n[[cohort]]\nid = \"2\"\n";
    let by_cohort = format!("{steps}\nby_cohort = {{ \"1\" = \"150 mg\", \"2\" = \"400 mg\" }}");
    let regimen = crate::support::regimen(&file(arms, &drug("a", &by_cohort)));
    let mut course = large();
    course.subject.cohort = Some("1".into());
    assert_eq!(of_course(&regimen, &course), expected);
}

#[test]
fn a_loading_dose_belongs_to_the_full_dose() {
    let lines = format!(
        "{INFUSED}\ndose = \"300 mg\"\ndays = [1, 8]\ncycle_total = \"600 mg\"\nloading = {{ dose = \"400 mg\", again_after = \"never\" }}"
    );
    for lower in ["dose = \"100 mg\"", "percent = \"50 %\""] {
        let regimen = of(&format!("{lines}\nstart = [{{ when = {{ age = {{ from = \"70 years\" }} }}, {lower} }}]"));
        assert_eq!(of_course(&regimen, &aged(50)), ["400 mg", "300 mg"]);
        let told = stopped(&regimen, &aged(75));
        assert!(
            told.starts_with("loading-of-another-dose: a: the loading dose of 400 mg belongs to the full dose"),
            "{told}"
        );
    }
    // A table says it for each: 150 mg, then 100 mg from 70 years.
    let table = of(&format!(
        "{INFUSED}\ndays = [1, 8]\nloading = {{ again_after = \"never\" }}\ntable = [{{ age = {{ below = \"70 years\" }}, dose = \"300 mg\", loading = \"400 mg\" }}, {{ age = {{ from = \"70 years\" }}, dose = \"100 mg\", loading = \"150 mg\" }}]"
    ));
    assert_eq!(of_course(&table, &aged(75)), ["150 mg", "100 mg"]);
    // 1 mg/kg before 39 mg/m2: 80 mg before 39 × 2 = 78 mg; of 50 kg and 170 cm, 50 mg before 39 × 1.54 = 60.06 mg.
    let mixed = of(&format!(
        "{INFUSED}\nround = \"none\"\ndose = \"39 mg/m2\"\ndays = [1]\nloading = {{ dose = \"1 mg/kg\", again_after = \"never\" }}"
    ));
    assert_eq!(of_course(&mixed, &large()), ["80 mg"]);
    let told = stopped(&mixed, &course("2026-12-07", "170", "50"));
    assert!(
        told.contains("loading-below-dose: a: the loading dose comes to 50 mg, less than the 60.06 mg that follow"),
        "{told}"
    );
    // 50 mg/m2 are 87.5 mg at 1.75 m2, 1 mg/kg are 70 mg at 70 kg.
    let exchanged = format!(
        "{INFUSED}\nround = \"none\"\ndose = \"50 mg/m2\"\ndays = [1]\nloading = {{ dose = \"1 mg/kg\", again_after = \"never\" }}"
    );
    assert_eq!(refused(&exchanged), ["R081"]);
}

/// A level from the first dose on is no loading dose, and runs no longer than the others.
#[test]
fn a_dose_level_is_no_loading_dose() {
    let regimen = of(&format!(
        "{INFUSED}\ndose = \"300 mg\"\ndays = [1, 8]\ncycle_total = \"600 mg\"\nloading = {{ dose = \"400 mg\", over = \"2 hours\", again_after = \"never\" }}\nreduce = {{ to = [\"200 mg\"], then = \"ask\", raise_again = \"never\" }}"
    ));
    let plan = planned(&regimen, &at_level(Some(-1), None));
    let first = &plan.administrations[0];
    assert_eq!((rows(&plan), first.dose.loading), (vec!["200 mg".to_owned(), "200 mg".to_owned()], false));
    assert_eq!(first.infusion.as_ref().map(ToString::to_string).as_deref(), Some("60 minutes"));
}

const DAILY: &str = "round = { nearest = \"500 mg\", ties = \"up\", of = \"daily total\", larger = \"evening\" }";

/// 1,000 mg/m2 × 2 m² = 2,000 mg, capped at 1,800: 3,600 a day, nearest 3,500: 1,500 and 2,000, and 2,000 is capped again.
/// At 1.73 m² (180 cm, 60 kg) 3,460 a day, nearest 3,500: 1,500 and 2,000, which a cap of 1,750 cuts; a maximum stops it.
#[test]
fn halves_of_a_day_are_capped_each() {
    let lines = format!(
        "{HOME}\ntimes = \"twice daily\"\ndose = \"1000 mg/m2\"\ncycle_total = \"10000 mg/m2\"\ndays = {{ from = 1, through = 5 }}\n{DAILY}"
    );
    let capped = of(&format!("{lines}\ncap = \"1800 mg\""));
    assert_eq!(of_course(&capped, &large()), ["1,500 mg in the morning, 1,800 mg in the evening"]);
    let plan = planned(&capped, &large());
    // 3,300 against 3,600 mg.
    assert_eq!(plan.administrations[0].dose.difference.map(|percent| percent.to_string()).as_deref(), Some("-8.3"));
    let lighter = course("2026-12-07", "180", "60");
    let both = of(&format!("{lines}\ncap = \"1750 mg\"\nmaximum = {{ dose = \"1800 mg\" }}"));
    assert_eq!(of_course(&both, &lighter), ["1,500 mg in the morning, 1,750 mg in the evening"]);
    let maximum = of(&format!("{lines}\nmaximum = {{ dose = \"1800 mg\" }}"));
    assert!(stopped(&maximum, &lighter).contains("2,000 mg is above the maximum of 1,800 mg for one administration"));
    let narrow = lines.replace("larger = \"evening\"", "larger = \"evening\", within = \"5 %\"");
    let narrow = of(&format!("{narrow}\ncap = \"1800 mg\""));
    let told = planned(&narrow, &large()).findings;
    // 300 of 3,600 mg are 8.33 %.
    assert!(told.iter().any(|one| one.text.contains("3,600 mg to 3,300 mg changes it by −8.33 %")), "{told:#?}");
}

/// 300 and 150 mg capped at 200 mg from 50 kg: 200 and 150; 75 % of the capped halves are 150 and 112.5 mg; a start at
/// 50 % gives 100 and 75 mg.
#[test]
fn halves_of_a_row_are_capped_and_reduced_each() {
    let lines = format!(
        "{HOME}\ntimes = \"twice daily\"\ndays = {{ from = 1, through = 5 }}\ncap = [{{ dose = \"200 mg\", weight = {{ from = \"50 kg\" }} }}]\ntable = [{{ weight = {{ below = \"50 kg\" }}, morning = \"100 mg\", evening = \"50 mg\" }}, {{ weight = {{ from = \"50 kg\" }}, morning = \"300 mg\", evening = \"150 mg\" }}]"
    );
    let regimen = of(&lines);
    assert_eq!(of_course(&regimen, &large()), ["200 mg in the morning, 150 mg in the evening"]);
    assert_eq!(of_course(&regimen, &at_level(None, Some(75))), ["150 mg in the morning, 112.5 mg in the evening"]);
    let start =
        of(&format!("{lines}\nstart = [{{ when = {{ age = {{ from = \"70 years\" }} }}, percent = \"50 %\" }}]"));
    assert_eq!(of_course(&start, &aged(75)), ["100 mg in the morning, 75 mg in the evening"]);
    // A row above a cap of everybody: one of the two figures is wrong.
    let cap = "cap = \"200 mg\"";
    assert_eq!(refused(&lines.replace("cap = [{ dose = \"200 mg\", weight = { from = \"50 kg\" } }]", cap)), ["R082"]);
}

#[test]
fn only_a_drug_given_twice_daily_has_a_morning_and_an_evening_dose() {
    let run = format!("{HOME}\ndays = {{ from = 1, through = 5 }}");
    let total =
        format!("{run}\ntimes = \"3 times daily\"\ndose = \"333 mg/m2\"\ncycle_total = \"4995 mg/m2\"\n{DAILY}");
    assert_eq!(refused(&total), ["R105"]);
    let table = "table = [{ weight = { below = \"50 kg\" }, morning = \"100 mg\", evening = \"50 mg\" }, { weight = { from = \"50 kg\" }, morning = \"150 mg\", evening = \"300 mg\" }]";
    assert_eq!(refused(&format!("{run}\n{table}")), ["R105"]);
    assert_eq!(refused(&format!("{run}\ntimes = \"3 times daily\"\n{table}")), ["R105"]);
    // Alike halves of a drug given once would be half of the day's dose.
    let alike = "table = [{ weight = { below = \"50 kg\" }, morning = \"50 mg\", evening = \"50 mg\" }, { weight = { from = \"50 kg\" }, morning = \"100 mg\", evening = \"100 mg\" }]";
    assert_eq!(refused(&format!("{run}\n{alike}")), ["R105"]);
    assert_eq!(refused(&format!("{run}\ntimes = \"twice daily\"\n{table}")), [""; 0]);
    assert_eq!(refused(&format!("{run}\ntimes = \"twice daily\"\n{table}\n{DAILY}")), ["R105"]);
}

/// Two doses of 50 mg are the morning and the evening of day 1; four of them two days.
#[test]
fn steps_are_counted_in_doses() {
    let lines = |given: &str, lasts: &str| {
        format!(
            "{given}\ndose = \"200 mg\"\ntimes = \"twice daily\"\ndays = {{ from = 1, through = 4 }}\nramp = [{{ dose = \"50 mg\", lasts = \"{lasts}\" }}]"
        )
    };
    let clinic = of_course(&of(&lines(INFUSED, "2 doses")), &large());
    assert_eq!(clinic, ["50 mg", "50 mg", "200 mg", "200 mg", "200 mg", "200 mg", "200 mg", "200 mg"]);
    let home = planned(&of(&lines(HOME, "2 doses")), &large());
    let runs: Vec<(String, u32)> = home
        .administrations
        .iter()
        .take(2)
        .map(|one| (one.dose.amount.to_string(), one.run.as_ref().unwrap().administrations))
        .collect();
    assert_eq!(runs, [("50 mg".to_owned(), 2), ("200 mg".to_owned(), 6)]);
    let four = of_course(&of(&lines(INFUSED, "4 doses")), &large());
    assert_eq!(four[3..5], ["50 mg", "200 mg"]);
    assert_eq!(refused(&lines(HOME, "3 doses")), ["R106"]);
    assert_eq!(refused(&lines(INFUSED, "1 dose")), ["R106"]);
}

/// The second infusion is the evening of day 1; where the morning was omitted, it is the first.
#[test]
fn infusions_are_counted_one_by_one() {
    let lines = "route = \"intravenous\"\ndose = \"200 mg\"\nover = { by_occurrence = [\"90 minutes\", \"30 minutes\"] }\ntimes = \"twice daily\"\ndays = [1, 2]\ncycle_total = \"800 mg\"";
    let lengths = |course: &Course| {
        let plan = planned(&of(lines), course);
        let infusions = plan.administrations.iter().take(4).filter_map(|one| one.infusion.as_ref());
        infusions.map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(lengths(&large()), ["90 minutes", "30 minutes", "30 minutes", "30 minutes"]);
    let mut course = large();
    course.recorded.insert(half(1, HalfDay::Morning), AdministrationRecord::Omitted("fever".into()));
    assert_eq!(lengths(&course)[1..], ["90 minutes", "30 minutes", "30 minutes"]);
    let home = lines.replace("over =", "given = \"home\"\nover =");
    assert_eq!(refused(&home), ["R106"]);
}

/// 20 % of ifosfamide at level -1: 600 mg/m2 × 2.35 m² (180 cm, 110 kg) = 1,410 mg; 20 % are 282, 120 % of them 338.4,
/// nearest 340 mg. And 50 % of 1,500 mg (2,000 capped) are 750, 50 % of them 375 mg.
#[test]
fn a_fraction_of_another_drug_stays_one_at_a_percentage_of_the_start() {
    let near = "round = { nearest = \"10 mg\", ties = \"up\" }";
    let owner = drug(
        "a",
        &format!(
            "{INFUSED}\n{near}\ndose = \"1200 mg/m2\"\nreduce = {{ to = [\"600 mg/m2\"], then = \"ask\", raise_again = \"never\" }}\ndays = [1]"
        ),
    );
    let mesna = drug(
        "mesna",
        &format!(
            "{INFUSED}\n{near}\ndose = \"20 % of a\"\nstart = [{{ when = {{ weight = {{ from = \"100 kg\" }} }}, percent = \"120 %\" }}]\ndays = [1]"
        ),
    );
    let mut heavy = course("2026-12-07", "180", "110");
    heavy.reductions = at_level(Some(-1), None).reductions;
    // A trial allows no 120 % (R098): a file of practice.
    let head = HEAD.replace("\"trial\"", "\"practice\"");
    let text = format!("{head}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{owner}{mesna}\n{EXAMPLE}");
    assert_eq!(of_course(&regimen(&text), &heavy), ["1,410 mg", "340 mg"]);
    let owner =
        drug("a", &format!("{INFUSED}\nround = \"none\"\ndose = \"1000 mg/m2\"\ncap = \"1500 mg\"\ndays = [1]"));
    let half = drug(
        "b",
        &format!(
            "{INFUSED}\nround = \"none\"\ndose = \"50 % of a\"\nstart = [{{ when = {{ age = {{ from = \"70 years\" }} }}, percent = \"50 %\" }}]\ndays = [1]"
        ),
    );
    assert_eq!(of_course(&one_phase(THREE_WEEKS, &(owner + &half)), &aged(75)), ["1,500 mg", "375 mg"]);
}

/// A flat level of 85 mg below 50 mg/m2: of 2 m² (100 mg) it is a reduction, of 1.49 m² (160 cm, 50 kg: 74.5 mg) it is none.
#[test]
fn a_level_never_comes_to_more_than_the_dose_it_reduces() {
    let lines = |level: &str| {
        format!(
            "{INFUSED}\nround = \"none\"\ndose = \"50 mg/m2\"\ndays = [1]\nreduce = {{ to = [\"{level}\"], then = \"ask\", raise_again = \"never\" }}"
        )
    };
    let regimen = of(&lines("85 mg"));
    assert_eq!(of_course(&regimen, &at_level(Some(-1), None)), ["85 mg"]);
    let mut small = course("2026-12-07", "160", "50");
    small.reductions = at_level(Some(-1), None).reductions;
    let told = stopped(&regimen, &small);
    assert!(
        told.contains("level-above-dose: a: dose level -1 comes to 85 mg, more than the 74.5 mg it should reduce"),
        "{told}"
    );
    // 50 mg/m2 are 87.5 mg at 1.75 m².
    assert_eq!(refused(&lines("120 mg")), ["R042"]);
    // 100 mg/m2 are 175 mg at 1.75 m², 3 mg/kg are 210 mg at 70 kg.
    let arms = "[[cohort]]\nid = \"1\"\n[[cohort]]\nid = \"2\"\n";
    let cohorts = format!(
        "{INFUSED}\nround = \"none\"\ndays = [1]\nby_cohort = {{ \"1\" = \"100 mg/m2\", \"2\" = \"5 mg/kg\" }}\nreduce = {{ to = [\"3 mg/kg\"], then = \"ask\", raise_again = \"never\" }}"
    );
    assert_eq!(refused_file(&file(arms, &drug("a", &cohorts))), ["R096"]);
    // Of 150 and 300 mg a level of 280 mg for each half is 560 against 450 mg a day.
    let halves = format!(
        "{HOME}\ntimes = \"twice daily\"\ndays = [1]\ntable = [{{ weight = {{ below = \"50 kg\" }}, dose = \"290 mg\" }}, {{ weight = {{ from = \"50 kg\" }}, morning = \"150 mg\", evening = \"300 mg\" }}]\nreduce = {{ to = [\"280 mg\"], then = \"ask\", raise_again = \"never\" }}"
    );
    assert_eq!(refused(&halves), ["R096"]);
}

/// 500 mg of cohort 2 above a cap of 200 mg; a maximum of 200 mg nobody of it could be planned under.
#[test]
fn caps_and_maxima_are_held_against_every_cohort() {
    let arms = "[[cohort]]\nid = \"1\"\n[[cohort]]\nid = \"2\"\n";
    let of = |limit: &str| {
        let lines = format!("{INFUSED}\ndays = [1]\nby_cohort = {{ \"1\" = \"100 mg\", \"2\" = \"500 mg\" }}\n{limit}");
        refused_file(&file(arms, &drug("a", &lines)))
    };
    assert_eq!(of("cap = \"200 mg\""), ["R082"]);
    assert_eq!(of("maximum = { dose = \"200 mg\" }"), ["R084"]);
    assert_eq!(of("cap = \"500 mg\""), [""; 0]);
}

/// A table or cohorts over 96 hours do not say whether 100 mg are all of it or a day's.
#[test]
fn doses_of_a_long_infusion_say_what_they_cover() {
    let pump = "route = \"intravenous\"\nover = \"96 hours\"\ndays = [1]";
    let table = "table = [{ weight = { below = \"50 kg\" }, dose = \"100 mg\" }, { weight = { from = \"50 kg\" }, dose = \"200 mg\" }]";
    assert_eq!(refused(&format!("{pump}\n{table}")), ["R019"]);
    let arms = "[[cohort]]\nid = \"1\"\n[[cohort]]\nid = \"2\"\n";
    let cohorts = format!("{pump}\nby_cohort = {{ \"1\" = \"100 mg\", \"2\" = \"200 mg\" }}");
    assert_eq!(refused_file(&file(arms, &drug("a", &cohorts))), ["R019"]);
    // With the formula beside it the table says each 24 hours: 200 mg a day, 800 mg in all.
    let regimen = of(&format!("{pump}\ndose_per_day = \"100 mg\"\n{table}"));
    assert_eq!(planned(&regimen, &large()).administrations[0].total().unwrap().to_string(), "800 mg");
}
