//! Which dose is in force where several things decide it at once: steps, levels, percentages, starting doses,
//! measurements, another drug. Every expected figure was worked out by hand.

use posology::course::event::{Changed, Enrolled, Entry, Event, Pinned};
use posology::course::{AdministrationRecord, Course, Delay, Key, Measurement, Reduction, fold};
use posology::decide::{Command, Context, Decision, DoseChange, decide};
use posology::finding::Severity;
use posology::plan::{self, Options};
use posology::quantity::{Amount, Creatinine, Decimal, Gfr, Sex, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{BODY, EXAMPLE, HEAD, date, dates, dose, drug, one_phase, planned, site};

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
        crate::support::on(&plan, "a", 1, 1).dose.steps.iter().map(posology::dosing::Step::sentence).collect();
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
    let words: Vec<String> = second.steps.iter().map(posology::dosing::Step::sentence).collect();
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
    let folded =
        fold(&[Entry { seq: 1, effective: start, recorded, who, event, answers, today: None, origin: String::new() }])
            .unwrap();
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
        replies: posology::decide::Replies { accepted: &[], confirmed: &[] },
    };
    let command = Command::Change { drug: "a".to_owned(), phase: None, from: 2, to, reason: "toxicity".to_owned() };
    decide(&context, &command)
}

fn code(decision: &Decision) -> String {
    match decision {
        Decision::Events(..) => "recorded".to_owned(),
        Decision::Asks(findings, _) => {
            format!("asks {}", findings.iter().map(|one| one.code.name()).collect::<Vec<_>>().join(", "))
        }
        Decision::Refused(finding) => format!("refused {}", finding.code),
    }
}

/// A cohort starts on 1 mg/kg = 65 mg; level -1, 100 mg for everyone, is above it. The checker cannot compare the two
/// (one is per kg), so the change is compared as doses, and the regimen says never.
#[test]
fn a_lower_level_that_raises_the_dose_is_no_reduction() {
    let lines = |again: &str| {
        format!(
            "dose = \"180 mg\"\nstart = [{{ when = {{ age = {{ from = \"70 years\" }} }}, dose = \"1.5 mg/kg\" }}]\nreduce = {{ to = [\"100 mg\", \"50 mg\"], then = \"ask\", raise_again = \"{again}\" }}"
        )
    };
    let old = Subject { age: Some(age(75)), ..crate::support::subject("170", "65") };
    let young = Subject { age: Some(age(50)), ..old.clone() };
    let never = of(&lines("never"));
    let down = |level| DoseChange::Level(level);
    assert_eq!(code(&ask(&never, &old, Vec::new(), down(-1))), "refused level-above-dose"); // 97.5 -> 100
    assert_eq!(code(&ask(&never, &old, Vec::new(), down(-2))), "recorded"); // 97.5 -> 50
    assert_eq!(code(&ask(&never, &young, Vec::new(), down(-1))), "recorded"); // 180 -> 100
    // Even where a dose may rise again, nobody meant this one to.
    assert_eq!(code(&ask(&of(&lines("allowed")), &old, Vec::new(), down(-1))), "refused level-above-dose");
    // What cannot be planned now (there is no level -3) is not raised without a word either.
    let below = Changed { drug: "a".into(), from: (None, 1), level: Some(-3), percent: None, reason: "?".into() };
    assert_eq!(code(&ask(&never, &young, vec![below], down(-1))), "refused raise-again");
}

/// The ladder of a starting dose says whether it may rise again, as the drug's own does; the strictest counts.
#[test]
fn the_ladder_of_a_start_says_never_too() {
    let lines = "dose = \"180 mg\"\nstart = [{ when = { age = { from = \"70 years\" } }, dose = \"120 mg\", reduce = { to = [\"100 mg\", \"50 mg\"], then = \"ask\", raise_again = \"never\" } }]";
    let old = Subject { age: Some(age(75)), ..crate::support::subject("170", "65") };
    let below = || Changed { drug: "a".into(), from: (None, 1), level: Some(-2), percent: None, reason: "?".into() };
    // The setting is a trial, which refuses anyhow; in practice only the ladder can.
    for setting in ["trial", "practice"] {
        let drug = drug("a", &format!("route = \"intravenous\"\nround = \"none\"\n{lines}\ndays = [1]"));
        let head = HEAD.replace("\"trial\"", &format!("\"{setting}\""));
        let regimen = crate::support::regimen(&format!(
            "{head}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drug}\n{EXAMPLE}"
        ));
        let raised = ask(&regimen, &old, vec![below()], DoseChange::Level(-1));
        assert_eq!(code(&raised), "refused raise-again", "50 -> 100 mg, {setting}");
    }
}

/// 100 mg by the start, 150 mg as level -1: no such file is calculated from.
#[test]
fn a_ladder_lies_below_every_start_it_can_follow() {
    let told = |lines: &str| {
        let drug = drug("a", &format!("route = \"intravenous\"\nround = \"none\"\n{lines}\ndays = [1]"));
        let text = format!("{HEAD}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drug}\n{EXAMPLE}");
        let checked = posology::checker::check(text.as_bytes(), &posology::calendar::Site::default());
        let texts = checked.findings.into_iter().filter(|one| one.code.name() == "R096").map(|one| one.text);
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

const CARBOPLATIN: &str = r#"dose = "AUC 5"
gfr = { formula = "cockcroft-gault", weight = "actual", creatinine_floor = "none", cap = "125 mL/min", places = 0, recalculate = "every cycle" }"#;

/// A man of 60 with 65 kg and 1.0 mg/dL: (140 − 60) × 65 ÷ 72 = 72 mL/min; 5 × (72 + 25) = 485 mg.
fn man() -> Subject {
    Subject {
        sex: Some(Sex::Male),
        age: Some(age(60)),
        creatinine: Some(Creatinine::read("1.0 mg/dL").unwrap()),
        ..crate::support::subject("170", "65")
    }
}

fn creatinine(on: &str, mg: &str) -> Measurement {
    let creatinine = Some(Creatinine::read(&format!("{mg} mg/dL")).unwrap());
    Measurement { on: date(on), height: None, weight: None, creatinine, gfr: None }
}

fn weight(on: &str, kg: &str) -> Measurement {
    let weight = Some(Weight::read(&format!("{kg} kg")).unwrap());
    Measurement { on: date(on), height: None, weight, creatinine: None, gfr: None }
}

/// Figures of 06-Dec stand against older ones recorded later. 2.0 mg/dL: 36.1, used 36; 5 × (36 + 25) = 305 mg.
#[test]
fn the_newest_measurement_counts_and_not_the_one_recorded_last() {
    let regimen = of(CARBOPLATIN);
    let mut course = starting(Subject { measured: Some(date("2026-12-06")), ..man() });
    course.measurements = vec![creatinine("2026-10-01", "2.0")];
    assert_eq!(doses(&regimen, &course), ["485 mg"; 4]);
    assert_eq!(crate::support::on(&planned(&regimen, &course), "a", 1, 1).measured, Some(date("2026-12-06")));
    // Without a day, the enrolment's figures are those of the first day of treatment.
    course.subject.measured = None;
    assert_eq!(doses(&regimen, &course), ["485 mg"; 4]);
    // Measured between the enrolment's figures and the dose: the newer one counts. C3 is on 18-Jan.
    course.subject.measured = Some(date("2026-09-30"));
    assert_eq!(doses(&regimen, &course), ["305 mg"; 4]);
    course.measurements = vec![creatinine("2027-01-18", "2.0")];
    assert_eq!(doses(&regimen, &course), ["485 mg", "485 mg", "305 mg", "305 mg"]);
}

/// 2 mg/kg, and weights count from 10 %. On day 1 it is 68 kg, not the 65 of the screening: 136 mg. 74 kg is 8.8 % above
/// 68 (and would be 13.8 % above 65): still 136 mg. 75 kg is 10.3 % above: 150 mg.
#[test]
fn the_weight_of_cycle_1_day_1_is_the_newest_on_that_day() {
    let regimen = of("dose = \"2 mg/kg\"");
    let mut course = starting(Subject { measured: Some(date("2026-11-20")), ..crate::support::subject("170", "65") });
    course.measurements = vec![weight("2026-12-06", "68"), weight("2026-12-27", "74"), weight("2027-01-17", "75")];
    assert_eq!(doses(&regimen, &course), ["136 mg", "136 mg", "150 mg", "150 mg"]);
    let plan = planned(&regimen, &course);
    let told: Vec<&str> =
        plan.findings.iter().filter(|one| one.code.name().starts_with("weight")).map(|one| one.code.name()).collect();
    assert_eq!(told, ["weight-changes-doses", "weight-changes-doses", "weight-below-threshold"]);
    let size = plan.size.unwrap();
    assert_eq!(size.weight.to_string(), "68 kg", "the size on the first page is that of the first dose");
}

/// Cycle 2 is delayed from 28-Dec to 04-Jan: on 28-Dec it would have been 58 kg, on its day it is 57. Weights count from
/// 10 %, and 57 is 12.3 % below 65. A drug with a clock of its own stays on 28-Dec, and only one that is dosed by the
/// weight makes the 58 kg worth telling (10.8 % below).
#[test]
fn a_weight_that_no_dose_is_made_from_is_not_told() {
    let told = |own: &str| {
        let lines = "route = \"intravenous\"\nround = \"none\"\ndays = [1]\n";
        let with_cycle = drug("a", &format!("{lines}dose = \"2 mg/kg\""));
        let regimen = one_phase(THREE_WEEKS, &format!("{with_cycle}{}", drug("own", &format!("{lines}{own}"))));
        let mut course = starting(crate::support::subject("170", "65"));
        course.measurements = vec![weight("2026-12-26", "58"), weight("2027-01-03", "57")];
        course.delays.insert((None, 2), Delay { days: 7, reason: "platelets".to_owned(), required: true });
        let plan = planned(&regimen, &course);
        assert_eq!(doses(&regimen, &course), ["130 mg", "114 mg", "114 mg", "114 mg"]);
        let told: Vec<String> = plan
            .findings
            .into_iter()
            .filter(|one| one.code.name() == "weight-changes-doses")
            .map(|one| one.text)
            .collect();
        (told, dose(&planned(&regimen, &course), "own", 2, 1))
    };
    let used = |kg: &str, percent: &str| {
        format!("From cycle 2 the weight is {kg} kg against 65 kg (−{percent} %): doses use {kg} kg.")
    };
    let flat = told("clock = \"own\"\ndose = \"200 mg\"");
    assert_eq!(flat, (vec![used("57", "12.3")], "200 mg".to_owned()));
    let by_weight = told("clock = \"own\"\ndose = \"3 mg/kg\"");
    assert_eq!(by_weight, (vec![used("57", "12.3"), used("58", "10.8")], "174 mg".to_owned()));
}

/// Weights count from 10 % since the one last used. On 28-Dec it is 60 kg, 7.7 % below 65: the drug with a clock of its own
/// stays at 3 × 65 = 195 mg. Cycle 2 waits until 04-Jan, when 52 kg are 20 % below 65: 2 × 52 = 104 mg. Against these 52,
/// which nobody knew on 28-Dec, 60 would be 15.4 % more.
#[test]
fn a_clock_of_its_own_compares_a_weight_with_none_measured_later() {
    let lines = "route = \"intravenous\"\nround = \"none\"\ndays = [1]\n";
    let own = format!("{lines}clock = \"own\"\ndose = \"3 mg/kg\"");
    let drugs = format!("{}{}", drug("a", &format!("{lines}dose = \"2 mg/kg\"")), drug("own", &own));
    let body = BODY.replace("since = \"cycle 1 day 1\"", "since = \"weight last used\"");
    let text = format!("{HEAD}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{body}\n{drugs}\n{EXAMPLE}");
    let mut course = starting(crate::support::subject("170", "65"));
    course.measurements = vec![weight("2026-12-26", "60"), weight("2027-01-03", "52")];
    course.delays.insert((None, 2), Delay { days: 7, reason: "platelets".to_owned(), required: true });
    let plan = planned(&crate::support::regimen(&text), &course);
    assert_eq!([dose(&plan, "a", 2, 1), dose(&plan, "own", 2, 1)], ["104 mg", "195 mg"]);
    // In cycle 3 both know the 52 kg: 3 × 52 = 156 mg.
    assert_eq!([dose(&plan, "a", 3, 1), dose(&plan, "own", 3, 1)], ["104 mg", "156 mg"]);
}

/// 170 cm and 65 kg: 1.75 m2, 75 mg/m2 are 131.25 mg. 172 cm would be 1.76 m2 and 132 mg.
#[test]
fn a_new_height_changes_nothing_where_the_size_is_never_computed_again() {
    let text = |again: &str| {
        let drug = drug(
            "a",
            "route = \"intravenous\"\nround = { nearest = \"1 mg\", ties = \"up\" }\ndose = \"75 mg/m2\"\ndays = [1]",
        );
        let body = BODY.replace(
            BODY.lines().find(|line| line.starts_with("recalculate")).unwrap(),
            &format!("recalculate = \"{again}\""),
        );
        format!("{HEAD}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{body}\n{drug}\n{EXAMPLE}")
    };
    let mut course = starting(crate::support::subject("170", "65"));
    let height = Some(posology::quantity::Height::read("172 cm").unwrap());
    course.measurements =
        vec![Measurement { on: date("2026-12-20"), height, weight: None, creatinine: None, gfr: None }];
    let never = crate::support::regimen(&text("never"));
    assert_eq!(doses(&never, &course), ["131 mg"; 4]);
    assert!(planned(&never, &course).findings.iter().any(|one| one.code.name() == "height-not-used"));
    let every = crate::support::regimen(&text("every cycle"));
    assert_eq!(doses(&every, &course), ["131 mg", "132 mg", "132 mg", "132 mg"]);
}

/// Mesna, 20 % of ifosfamide, written before and after it.
fn with_share(ifosfamide: &str, first: bool) -> Regimen {
    let plain = "route = \"intravenous\"\nround = \"none\"\ndays = [1]";
    let mesna = drug("mesna", &format!("dose = \"20 % of a\"\n{plain}"));
    let owner = drug("a", &format!("dose = \"2000 mg\"\n{ifosfamide}\n{plain}"));
    one_phase(THREE_WEEKS, &if first { format!("{mesna}{owner}") } else { format!("{owner}{mesna}") })
}

fn mesna(regimen: &Regimen, course: &Course) -> [String; 4] {
    let plan = planned(regimen, course);
    [1, 2, 3, 4].map(|cycle| dose(&plan, "mesna", cycle, 1))
}

/// 20 % of what ifosfamide really is that day: loading 3000 -> 600, step 500 -> 100, level 1500 -> 300, 75 % of 2000 -> 300,
/// 2.5 g given -> 500.
#[test]
fn a_fraction_follows_the_other_drug_as_it_really_is() {
    for first in [false, true] {
        let mut course = starting(crate::support::subject("170", "65"));
        let loading = with_share("loading = { dose = \"3000 mg\", again_after = \"never\" }", first);
        assert_eq!(mesna(&loading, &course), ["600 mg", "400 mg", "400 mg", "400 mg"]);
        let ramp = with_share("ramp = [{ dose = \"500 mg\", lasts = \"1 dose\" }]", first);
        assert_eq!(mesna(&ramp, &course), ["100 mg", "400 mg", "400 mg", "400 mg"]);
        let ladder = with_share("reduce = { to = [\"1500 mg\"], then = \"ask\", raise_again = \"never\" }", first);
        course.reductions = vec![reduced(2, Some(-1), None), reduced(4, Some(0), Some(75))];
        assert_eq!(mesna(&ladder, &course), ["400 mg", "300 mg", "300 mg", "300 mg"]);
        course.reductions = Vec::new();
        let key = Key { phase: None, cycle: 1, day: 1, drug: "a".to_owned(), part: None };
        let given = Some(Amount::read("2.5 g").unwrap());
        course
            .recorded
            .insert(key, AdministrationRecord::Given { on: date("2026-12-07"), dose: given.map(Into::into) });
        assert_eq!(mesna(&ladder, &course), ["500 mg", "400 mg", "400 mg", "400 mg"]);
        let plan = planned(&ladder, &course);
        let order: Vec<&str> = plan.administrations.iter().take(2).map(|one| one.key.drug.as_str()).collect();
        assert_eq!(order, if first { ["mesna", "a"] } else { ["a", "mesna"] }, "the order of the file stays");
    }
}

/// 2.0 mg/dL in cycle 2 halves the clearance: 36 mL/min and 305 mg, where the regimen computes it again; 485 mg where it never does.
#[test]
fn a_kidney_function_that_is_never_computed_again_stays_that_of_cycle_1() {
    let mut course = starting(man());
    course.measurements = vec![creatinine("2026-12-27", "2.0"), weight("2027-01-17", "80")];
    // 80 kg is 23 % more: (140 − 60) × 80 ÷ 144 = 44.4, used 44; 5 × (44 + 25) = 345 mg.
    assert_eq!(doses(&of(CARBOPLATIN), &course), ["485 mg", "305 mg", "345 mg", "345 mg"]);
    let never = of(&CARBOPLATIN.replace("every cycle", "never"));
    assert_eq!(doses(&never, &course), ["485 mg"; 4]);
    let plan = planned(&never, &course);
    let notes: Vec<&str> =
        plan.findings.iter().filter(|one| one.code.name() == "kidney-not-used").map(|one| one.text.as_str()).collect();
    assert_eq!(
        notes,
        [
            "The kidney function was measured again for cycle 2: a keeps that of cycle 1, as the regimen says (gfr.recalculate)."
        ]
    );
    // A measured kidney function in cycle 3 changes nothing either.
    course
        .measurements
        .push(Measurement { gfr: Some(Gfr::read("50 mL/min").unwrap()), ..creatinine("2027-01-18", "1.0") });
    assert_eq!(doses(&never, &course), ["485 mg"; 4]);
    // What is known on day 1 counts, not what was known before.
    course.measurements = vec![creatinine("2026-12-07", "2.0")];
    assert_eq!(doses(&never, &course), ["305 mg"; 4]);
}

fn rows(rows: &str) -> Regimen {
    of(&format!(
        "table = [{rows}]{}",
        if rows.contains("gfr =") {
            CARBOPLATIN.split_once('\n').map_or("", |(_, gfr)| gfr).replacen("gfr", "\ngfr", 1)
        } else {
            String::new()
        }
    ))
}

/// 21 days from 07-Dec-2026 are 28-Dec, 28 days are 04-Jan-2027; 35 days more are 08-Feb.
#[test]
fn the_length_and_the_ladder_of_a_row_hold_for_whoever_has_its_dose() {
    let other = rows(
        r#"{ genotype = "A", dose = "100 mg" }, { genotype = "any other", dose = "80 mg", length = "28 days", reduce = { to = [{ dose = "60 mg", length = "35 days" }], then = "ask", raise_again = "never" } }"#,
    );
    let mut course = starting(Subject { genotype: Some("other: B".to_owned()), ..Subject::default() });
    course.reductions = vec![reduced(2, Some(-1), None)];
    let plan = planned(&other, &course);
    assert_eq!(dates(&plan, "a")[..3], ["2026-12-07", "2027-01-04", "2027-02-08"]);
    assert_eq!(doses(&other, &course), ["80 mg", "60 mg", "60 mg", "60 mg"]);
    course.subject.genotype = Some("A".to_owned());
    course.reductions = Vec::new();
    assert_eq!(dates(&planned(&other, &course), "a")[1], "2026-12-28");
    // By kidney function, and by body surface: 170 cm and 65 kg are 1.75 m2.
    let by_gfr = rows(
        r#"{ gfr = { below = "60 mL/min" }, dose = "50 mg", length = "28 days" }, { gfr = { from = "60 mL/min" }, dose = "100 mg" }"#,
    );
    let mut course = starting(Subject { gfr: Some(Gfr::read("50 mL/min").unwrap()), ..man() });
    assert_eq!(dates(&planned(&by_gfr, &course), "a")[1], "2027-01-04");
    // From 04-Jan it is 70 mL/min: the full dose, and three weeks again.
    course.measurements = vec![Measurement {
        gfr: Some(Gfr::read("70 mL/min").unwrap()),
        creatinine: None,
        ..creatinine("2027-01-04", "1.0")
    }];
    assert_eq!(dates(&planned(&by_gfr, &course), "a")[..3], ["2026-12-07", "2027-01-04", "2027-01-25"]);
    assert_eq!(doses(&by_gfr, &course), ["50 mg", "100 mg", "100 mg", "100 mg"]);
    let by_surface = rows(
        r#"{ bsa = { below = "1.8 m2" }, dose = "50 mg", length = "28 days" }, { bsa = { from = "1.8 m2" }, dose = "100 mg" }"#,
    );
    assert_eq!(dates(&planned(&by_surface, &starting(man())), "a")[1], "2027-01-04");
}

/// Born on 20-Dec-2008: 17 years on 07-Dec-2026, 18 on 28-Dec.
#[test]
fn a_table_by_age_moves_on_with_the_birthday() {
    let regimen =
        rows(r#"{ age = { below = "18 years" }, dose = "50 mg" }, { age = { from = "18 years" }, dose = "100 mg" }"#);
    let course = Course::new(date("2026-12-07"), Subject { born: Some(date("2008-12-20")), ..Subject::default() });
    assert_eq!(doses(&regimen, &course), ["50 mg", "100 mg", "100 mg", "100 mg"]);
}

/// 2.5 mg/dL: (140 − 60) × 65 ÷ 180 = 28.9 mL/min, below the 50 of the protocol, though no kidney function was measured.
#[test]
fn eligibility_looks_at_the_estimated_kidney_function_too() {
    let with = |drugs: &str| {
        let limits = "[eligibility]\ngfr = { from = \"50 mL/min\" }\nsource = \"unverified\"\n";
        crate::support::regimen(&format!(
            "{HEAD}\n[cycle]\n{THREE_WEEKS}\nsource = \"unverified\"\n\n{limits}\n{BODY}\n{drugs}\n{EXAMPLE}"
        ))
    };
    let lines = |dose: &str| format!("route = \"intravenous\"\nround = \"none\"\n{dose}\ndays = [1]");
    let codes = |regimen: &Regimen, subject: Subject| -> Vec<String> {
        match plan::plan(regimen, &starting(subject), &site(), Options::default()) {
            Ok(_) => Vec::new(),
            Err(findings) => findings
                .iter()
                .filter(|one| one.severity == Severity::Block)
                .map(|one| format!("{} {}", one.code, one.field.as_ref().map(ToString::to_string).unwrap_or_default()))
                .collect(),
        }
    };
    let by_formula = with(&drug("a", &lines(CARBOPLATIN)));
    let creatinine = |text: &str| Subject { creatinine: Some(Creatinine::read(text).unwrap()), ..man() };
    assert_eq!(codes(&by_formula, creatinine("2.5 mg/dL")), ["not-eligible creatinine"]);
    assert_eq!(codes(&by_formula, creatinine("1.0 mg/dL")), Vec::<String>::new()); // 72 mL/min
    // A measured one stands before the estimate.
    let measured = |text: &str| Subject { gfr: Some(Gfr::read(text).unwrap()), ..man() };
    assert_eq!(codes(&by_formula, measured("40 mL/min")), ["not-eligible gfr"]);
    assert_eq!(codes(&by_formula, measured("50 mL/min")), Vec::<String>::new());
    // An indexed figure is worked out for the body: 49 mL/min/1.73 m2 at 1.75 m2 are 49.6 mL/min, 52 are 52.6.
    assert_eq!(codes(&by_formula, measured("49 mL/min/1.73m2")), ["not-eligible gfr"]);
    assert_eq!(codes(&by_formula, measured("52 mL/min/1.73m2")), Vec::<String>::new());
    // Without a formula only a measured one tells; without any, it is asked for.
    let plain = with(&drug("a", &lines("dose = \"100 mg\"")));
    assert_eq!(codes(&plain, man()), ["missing-input gfr"]);
    assert_eq!(codes(&plain, measured("40 mL/min")), ["not-eligible gfr"]);
    assert_eq!(codes(&plain, measured("60 mL/min")), Vec::<String>::new());
    // A drug of flat doses with a formula asks for its inputs.
    let flat = with(&drug("a", &lines(&CARBOPLATIN.replace("AUC 5", "100 mg"))));
    assert_eq!(codes(&flat, Subject { creatinine: None, ..man() }), ["missing-input creatinine"]);
}

/// Unequal halves of a row: 75 % of 20 and 30 mg are 15 and 22.5 mg; a level that only shortens the days keeps them.
#[test]
fn the_halves_of_a_row_are_reduced_each() {
    let regimen = one_phase(
        THREE_WEEKS,
        &drug(
            "a",
            "table = [{ bsa = { below = \"1.5 m2\" }, morning = \"15 mg\", evening = \"20 mg\" }, { bsa = { from = \"1.5 m2\" }, morning = \"20 mg\", evening = \"30 mg\" }]\nroute = \"oral\"\ngiven = \"home\"\ntimes = \"twice daily\"\ndays = { from = 1, through = 14 }\nmissed = \"skip\"\nround = \"none\"\nreduce = { to = [{ days = { from = 1, through = 7 } }, { dose = \"15 mg\" }], then = \"ask\", raise_again = \"unknown\" }",
        ),
    );
    let shown = |level, percent| {
        let mut course = starting(crate::support::subject("170", "65"));
        course.reductions.push(reduced(1, level, percent));
        crate::support::on(&planned(&regimen, &course), "a", 1, 1).portion().to_string()
    };
    assert_eq!(shown(None, Some(75)), "15 mg in the morning, 22.5 mg in the evening");
    assert_eq!(shown(Some(-1), None), "20 mg in the morning, 30 mg in the evening");
    assert_eq!(shown(Some(-2), None), "15 mg");
}

/// 50 mg below 18 years, 100 mg from there. Of somebody of 17 whose birthday nobody told every dose is 50 mg, which is told;
/// at 16 years the four cycles of three weeks end before any such birthday can come.
#[test]
fn a_birthday_that_nobody_knows_is_told() {
    let regimen = rows(
        "{ age = { below = \"18 years\" }, dose = \"50 mg\" }, { age = { from = \"18 years\" }, dose = \"100 mg\" }",
    );
    let told = |years| {
        let plan =
            planned(&regimen, &starting(Subject { age: Some(age(years)), ..crate::support::subject("170", "65") }));
        plan.findings.iter().filter(|one| one.code.name() == "birthday").map(|one| one.text.clone()).collect::<Vec<_>>()
    };
    assert!(told(17)[0].contains("a limit at 18 years"), "{:?}", told(17));
    assert_eq!((told(16), told(18)), (Vec::new(), Vec::new()));
}
