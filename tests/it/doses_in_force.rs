//! Which dose is in force where several things decide it at once: steps, levels, percentages, starting doses,
//! measurements, another drug. Every expected figure was worked out by hand.

use posology::course::event::{Changed, Enrolled, Entry, Event, Pinned};
use posology::course::{Course, Reduction, fold};
use posology::decide::{Command, Context, Decision, DoseChange, decide};
use posology::plan::{self, Options};
use posology::quantity::Decimal;
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{BODY, EXAMPLE, HEAD, date, dose, drug, one_phase, planned, site};

const THREE_WEEKS: &str = "length = \"21 days\"\ncount = { planned = 4 }\nnext = \"from actual day 1\"\n\
window = { early = \"0 days\", late = \"3 days\" }";

fn of(lines: &str) -> Regimen {
    one_phase(THREE_WEEKS, &drug("a", &format!("route = \"intravenous\"\nround = \"none\"\n{lines}\ndays = [1]")))
}

fn reduced(cycle: u32, level: Option<i32>, percent: Option<i64>) -> Reduction {
    let percent = percent.map(Decimal::from);
    Reduction { drug: "a".to_owned(), from: (None, cycle), level, percent, reason: "test".to_owned() }
}

fn starting(subject: Subject) -> Course {
    Course::new(date("2026-12-07"), Subject { age: subject.age.or(Some(age(50))), ..subject })
}

fn age(years: i64) -> posology::quantity::Age {
    posology::quantity::Age::new(Decimal::from(years))
}

/// The dose of day 1 of each cycle.
fn doses(regimen: &Regimen, course: &Course) -> [String; 4] {
    let plan = planned(regimen, course);
    [1, 2, 3, 4].map(|cycle| dose(&plan, "a", cycle, 1))
}

/// A reduced dose is one of the full dose. Steps 20, 50, 100, then 400; level -1 is 80: 20 and 50 are below 80, 100 is not.
#[test]
fn a_dose_level_never_jumps_over_the_steps_before_the_full_dose() {
    let regimen = of(r#"dose = "400 mg"
ramp = [{ dose = "20 mg", lasts = "1 dose" }, { dose = "50 mg", lasts = "1 dose" }, { dose = "100 mg", lasts = "1 dose" }]
reduce = { to = ["80 mg"], then = "ask", raise_again = "never" }"#);
    let mut course = starting(Subject::default());
    assert_eq!(doses(&regimen, &course), ["20 mg", "50 mg", "100 mg", "400 mg"]);
    course.reductions.push(reduced(1, Some(-1), None));
    assert_eq!(doses(&regimen, &course), ["20 mg", "50 mg", "80 mg", "80 mg"]);
    let plan = planned(&regimen, &course);
    let words: Vec<String> =
        crate::support::on(&plan, "a", 1, 1).dose.steps.iter().map(|step| step.sentence()).collect();
    assert_eq!(words, ["dose level -1: 80 mg", "step dose: step 1 of 3 before the full dose = 20 mg"]);
}

/// 65 kg: the first step is 0.5 × 65 = 32.5 mg, level -1 is 65 mg, and the second step of 130 mg is above it.
#[test]
fn steps_and_levels_by_weight_are_compared_too() {
    let regimen = of(r#"dose = "3 mg/kg"
ramp = [{ dose = "0.5 mg/kg", lasts = "1 dose" }, { dose = "2 mg/kg", lasts = "1 dose" }]
reduce = { to = ["1 mg/kg"], then = "ask", raise_again = "never" }"#);
    let mut course = starting(crate::support::subject("170", "65"));
    course.reductions.push(reduced(1, Some(-1), None));
    assert_eq!(doses(&regimen, &course), ["32.5 mg", "65 mg", "65 mg", "65 mg"]);
}

/// From 70 years 50 % of 400 = 200 mg. A reduction to 75 % is 75 % of these 200 = 150 mg, never 75 % of 400 = 300 mg.
#[test]
fn a_percentage_multiplies_the_percentage_of_the_start() {
    let regimen = of(r#"dose = "400 mg"
start = [{ when = { age = { from = "70 years" } }, percent = "50 %" }]
reduce = { to = ["300 mg"], then = "ask", raise_again = "never" }"#);
    let mut course = starting(Subject { age: Some(age(75)), ..Subject::default() });
    course.reductions.push(reduced(2, None, Some(75)));
    course.reductions.push(reduced(3, Some(-1), Some(100)));
    // Level -1 starts at 50 % too: 50 % of 300 = 150 mg.
    assert_eq!(doses(&regimen, &course), ["200 mg", "150 mg", "150 mg", "150 mg"]);
    let plan = planned(&regimen, &course);
    let second = &crate::support::on(&plan, "a", 2, 1).dose;
    assert_eq!(second.percent.unwrap().to_string(), "37.5");
    let words: Vec<String> = second.steps.iter().map(|step| step.sentence()).collect();
    let expected = ["percent at the start: 50 % of 400 mg = 200 mg", "reduced: 75 % of 200 mg = 150 mg"];
    assert_eq!(words[1..], expected);
    // Without a start at a percentage it is 75 % of 400 = 300 mg.
    let mut young = starting(Subject::default());
    young.reductions.push(reduced(2, None, Some(75)));
    assert_eq!(doses(&regimen, &young)[1], "300 mg");
}

/// Asks for a change of drug `a` from cycle 2 on, with cycle 1 on record as nothing yet.
fn ask(regimen: &Regimen, subject: &Subject, levels: Vec<Changed>, to: DoseChange) -> Decision {
    let pinned = Pinned { id: regimen.id.clone(), version: "1".into(), sha256: regimen.sha256.clone() };
    let start = date("2026-12-07");
    let event = Event::Enrolled(Enrolled::new(pinned, start, subject, levels));
    let (recorded, who, answers) = (String::new(), "A".to_owned(), Vec::new());
    let folded = fold(&[Entry { seq: 1, effective: start, recorded, who, event, answers }]).unwrap();
    let plan = plan::plan(regimen, &folded.course, &site(), Options::default()).ok();
    let (site, plan) = (site(), plan.as_ref());
    let context = Context {
        folded: &folded,
        plan,
        regimen,
        site: &site,
        options: Options::default(),
        who: "A",
        now: start,
        accepted: &[],
    };
    let command = Command::Change { drug: "a".to_owned(), phase: None, from: 2, to, reason: "toxicity".to_owned() };
    decide(&context, &command)
}

fn code(decision: &Decision) -> String {
    match decision {
        Decision::Events(..) => "recorded".to_owned(),
        Decision::Asks(findings, _) => findings.iter().map(|one| format!("asks {}", one.code)).collect(),
        Decision::Refused(finding) => format!("refused {}", finding.code),
    }
}

/// A cohort starts on 1 mg/kg = 65 mg; level -1, 100 mg for everyone, is above it. The checker cannot compare the two
/// (one is per kg), so the change is compared as doses, and the regimen says never.
#[test]
fn a_lower_level_that_raises_the_dose_is_no_reduction() {
    let lines = |again: &str| {
        format!(
            "dose = \"180 mg\"\nstart = [{{ when = {{ age = {{ from = \"70 years\" }} }}, dose = \"1 mg/kg\" }}]\nreduce = {{ to = [\"100 mg\", \"50 mg\"], then = \"ask\", raise_again = \"{again}\" }}"
        )
    };
    let old = Subject { age: Some(age(75)), ..crate::support::subject("170", "65") };
    let young = Subject { age: Some(age(50)), ..old.clone() };
    let never = of(&lines("never"));
    let down = |level| DoseChange::Level(level);
    assert_eq!(code(&ask(&never, &old, Vec::new(), down(-1))), "refused raise-again"); // 65 -> 100
    assert_eq!(code(&ask(&never, &old, Vec::new(), down(-2))), "recorded"); // 65 -> 50
    assert_eq!(code(&ask(&never, &young, Vec::new(), down(-1))), "recorded"); // 180 -> 100
    // Even where a dose may rise again, nobody meant this one to.
    assert_eq!(code(&ask(&of(&lines("allowed")), &old, Vec::new(), down(-1))), "asks raise-again");
    // What cannot be planned now (there is no level -3) is not raised without a word either.
    let below = Changed { drug: "a".into(), from: (None, 1), level: Some(-3), percent: None, reason: "?".into() };
    assert_eq!(code(&ask(&never, &young, vec![below], down(-1))), "refused raise-again");
}

/// 100 mg by the start, 150 mg as level -1: no such file is calculated from.
#[test]
fn a_ladder_lies_below_every_start_it_can_follow() {
    let told = |lines: &str| {
        let drug = drug("a", &format!("route = \"intravenous\"\nround = \"none\"\n{lines}\ndays = [1]"));
        let text = format!("{HEAD}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drug}\n{EXAMPLE}");
        let checked = posology::regimen::check(text.as_bytes(), &posology::calendar::Site::default());
        let texts = checked.findings.into_iter().filter(|one| one.code == "R096").map(|one| one.text);
        texts.collect::<Vec<_>>()
    };
    let start = |dose: &str, own: &str| {
        format!(
            "dose = \"180 mg\"\nstart = [{{ when = {{ genotype = \"B\" }}, dose = \"{dose}\"{own} }}]\nreduce = {{ to = [\"150 mg\", \"120 mg\"], then = \"ask\", raise_again = \"never\" }}"
        )
    };
    let own = |dose: &str| format!(", reduce = {{ to = [\"{dose}\"], then = \"ask\", raise_again = \"never\" }}");
    assert_eq!(told(&start("100 mg", "")), ["a: the reduced dose 150 mg is not below 100 mg, which it can follow"]);
    assert_eq!(told(&start("0.1 g", "")).len(), 1);
    assert_eq!(told(&start("150 mg", "")).len(), 1);
    assert_eq!(told(&start("160 mg", "")), Vec::<String>::new());
    assert_eq!(told(&start("100 mg", &own("80 mg"))), Vec::<String>::new());
    assert_eq!(told(&start("100 mg", &own("110 mg"))).len(), 1);
    let table = |second: &str| {
        format!(
            "table = [{{ genotype = \"A\", dose = \"180 mg\" }}, {{ genotype = \"any other\", dose = \"{second}\" }}]\nreduce = {{ to = [\"100 mg\"], then = \"ask\", raise_again = \"never\" }}"
        )
    };
    assert_eq!(told(&table("90 mg")).len(), 1);
    assert_eq!(told(&table("120 mg")), Vec::<String>::new());
}
