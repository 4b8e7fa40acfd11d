//! Cohorts, steps before the full dose, fractions, limits over a life, dilution, decay, follow-up.

use posology::calendar::{self, Site};
use posology::course::{Course, Reduction};
use posology::plan::{Options, Plan, lifetime, plan};
use posology::quantity::{Decimal, Height, Weight};
use posology::regimen::Near;
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support;

const FILE: &str = include_str!("../corpus/valid/cohorts-steps-and-limits.toml");

fn course(cohort: Option<&str>) -> Course {
    let subject = Subject {
        height: Some(Height::new(Decimal::from(170))),
        weight: Some(Weight::new(Decimal::from(65))),
        cohort: cohort.map(str::to_owned),
        ..Subject::default()
    };
    Course::new(calendar::read("2026-12-07").unwrap(), subject)
}

fn planned(regimen: &Regimen, course: &Course) -> Plan {
    plan(regimen, course, &Site::default(), Options::default()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

fn doses(plan: &Plan, drug: &str) -> Vec<String> {
    plan.administrations.iter().filter(|one| one.key.drug == drug).map(|one| one.dose.amount.to_string()).collect()
}

#[test]
fn a_cohort_is_chosen_and_never_assumed() {
    let regimen = support::regimen(FILE);
    let told = |cohort: Option<&str>| {
        let findings = plan(&regimen, &course(cohort), &Site::default(), Options::default()).unwrap_err();
        findings[0].text.clone()
    };
    assert!(told(None).starts_with("The cohort was not given, and A case has several: A, B."));
    assert!(told(Some("C")).contains("has no cohort \"C\"; it has A, B."));
    let other = planned(&regimen, &course(Some("B")));
    assert_eq!(doses(&other, "ifosfamide"), Vec::<String>::new());
    assert_eq!(doses(&other, "mesna"), Vec::<String>::new());
    assert!(doses(&other, "apatinib").iter().all(|dose| dose == "250 mg"));
}

#[test]
fn a_fraction_follows_the_dose_it_is_a_fraction_of() {
    let regimen = support::regimen(FILE);
    let mut course = course(Some("A"));
    course.reductions.push(Reduction {
        drug: "ifosfamide".to_owned(),
        from: (None, 2),
        level: None,
        percent: Some(Decimal::from(75)),
        reason: "a test".to_owned(),
    });
    let plan = planned(&regimen, &course);
    // 2,100 mg, then 75 % of it: 1,575 mg; 20 % of each, three times a day.
    assert_eq!(doses(&plan, "mesna")[..6], ["420 mg", "420 mg", "420 mg", "315 mg", "315 mg", "315 mg"]);
    let steps = &plan.administrations.iter().find(|one| one.key.drug == "mesna").unwrap().dose.steps;
    assert!(steps.iter().any(|step| step.sentence() == "dose: 20 % of ifosfamide 2,100 mg = 420 mg"), "{steps:#?}");
}

#[test]
fn steps_lead_up_to_the_full_dose_and_divide_a_run_at_home() {
    let regimen = support::regimen(FILE);
    let plan = planned(&regimen, &course(Some("A")));
    assert_eq!(doses(&plan, "teclistamab")[..4], ["3.9 mg", "19.5 mg", "97.5 mg", "97.5 mg"]);
    let runs: Vec<(String, u32)> = plan
        .administrations
        .iter()
        .filter(|one| one.key.drug == "venetoclax")
        .map(|one| (one.dose.amount.to_string(), one.run.as_ref().unwrap().days))
        .collect();
    assert_eq!(runs[0], ("20 mg".to_owned(), 7));
    assert_eq!(runs[1], ("50 mg".to_owned(), 7));
    assert_eq!(runs[2], ("100 mg".to_owned(), 14));
    // Day 4 to day 13 is 9 days, and the next step is due within 7.
    let told: Vec<&str> = plan
        .findings
        .iter()
        .filter(|found| found.code.name() == "step-interval")
        .map(|found| found.text.as_str())
        .collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("comes 9 days after the step before; the longest interval is 7 days"), "{told:#?}");
}

#[test]
fn a_limit_over_a_life_is_told_from_three_quarters_of_it() {
    let regimen = support::regimen(FILE);
    let plan = planned(&regimen, &course(Some("A")));
    // Six times 1,200 mg/m² are 7,200 mg/m², 80 % of 9,000.
    let limit = &regimen.lifetimes[0];
    let sums = lifetime::sums(&regimen, &course(Some("A")), &plan);
    assert_eq!((sums[0].planned, sums[0].given), (Some(Decimal::from(7_200)), Some(Decimal::ZERO)));
    assert_eq!(limit.standing(Decimal::from(7_200)), Some((Decimal::from(80), Near::Watch)));
    assert_eq!(limit.standing(Decimal::from(6_749)).unwrap().1, Near::Below);
    assert_eq!(limit.standing(Decimal::from(8_100)).unwrap().1, Near::Close);
    assert_eq!(limit.standing(Decimal::from(9_000)).unwrap().1, Near::Reached);
    assert_eq!(limit.factor("Cyclophosphamide"), Some(Decimal::TWO));
    let told = plan.findings.iter().find(|found| found.code.name() == "lifetime-limit").unwrap();
    assert!(told.text.contains("brings the total to 7,200 mg/m2, 80 % of at most 9,000 mg/m2"), "{}", told.text);
    assert!(told.text.contains("5,000 mg/m2 with one kidney"), "{}", told.text);
    let other = planned(&regimen, &course(Some("B")));
    assert!(!other.findings.iter().any(|found| found.code.name() == "lifetime-limit"));
}

#[test]
fn a_concentration_outside_its_limits_is_told() {
    let regimen = support::regimen(&FILE.replace("through = \"20 mg in 1 mL\"", "through = \"8 mg in 1 mL\""));
    let plan = planned(&regimen, &course(Some("A")));
    // 2,100 mg in 250 mL are 8.4 mg in 1 mL.
    let told = plan.findings.iter().find(|found| found.code.name() == "concentration").unwrap();
    assert!(told.text.contains("2,100 mg in 250 mL is 8.4 mg/mL, above the 8 mg"), "{}", told.text);
    let within = planned(&support::regimen(FILE), &course(Some("A")));
    assert!(!within.findings.iter().any(|found| found.code.name() == "concentration"));
}

#[test]
fn an_activity_is_told_for_the_reference_time() {
    let plan = planned(&support::regimen(FILE), &course(Some("A")));
    let steps = &plan.administrations.iter().find(|one| one.key.drug.starts_with("radium")).unwrap().dose.steps;
    // 3,575 kBq × 2^(24 ÷ 273.6) = 3,575 × 1.062688 = 3,799.11 kBq
    let step = steps.iter().find(|step| step.label == "activity 24 hours before use").unwrap();
    assert_eq!(step.result(), "3,799.11 kBq");
}

#[test]
fn follow_up_stands_on_the_last_dose_and_what_has_no_day_is_told() {
    let regimen = support::regimen(FILE);
    let plan = planned(&regimen, &course(Some("A")));
    // The last dose is the venetoclax of day 14 of cycle 6: 07-Dec-2026 + 83 days = 28-Feb-2027; + 30 days.
    let visit = plan.assessments.iter().find(|one| one.name == "safety visit").unwrap();
    assert_eq!(calendar::print(visit.date), "30-Mar-2027");
    let window = visit.window.unwrap();
    assert_eq!(
        (calendar::print(window.earliest), calendar::print(window.latest)),
        ("27-Mar-2027".into(), "02-Apr-2027".into())
    );
    let told = plan.findings.iter().find(|found| found.code.name() == "follow-up").unwrap();
    assert!(told.text.contains("screening: within 28 days before enrolment"), "{}", told.text);
    assert!(told.text.contains("survival: every 12 weeks from progression"), "{}", told.text);
}

#[test]
fn a_drug_takes_the_place_of_another_only_where_it_is_chosen() {
    let regimen = support::regimen(FILE);
    let plain = planned(&regimen, &course(Some("B")));
    assert_eq!((doses(&plain, "cisplatin")[0].as_str(), doses(&plain, "carboplatin").len()), ("140 mg", 0));
    let mut course = course(Some("B"));
    course.subject.instead = vec!["carboplatin".to_owned()];
    // Its own inputs are asked for now.
    let told = plan(&regimen, &course, &Site::default(), Options::default()).unwrap_err();
    assert!(told.iter().any(|found| found.code.name() == "missing-input"), "{told:#?}");
    course.subject.gfr = Some(posology::quantity::Gfr::Absolute(Decimal::from(85)));
    let replaced = planned(&regimen, &course);
    assert_eq!((doses(&replaced, "cisplatin").len(), doses(&replaced, "carboplatin")[0].as_str()), (0, "550 mg"));
    course.subject.instead = vec!["mesna".to_owned()];
    let told = plan(&regimen, &course, &Site::default(), Options::default()).unwrap_err();
    assert!(told[0].text.contains("\"mesna\" replaces nothing in A case: carboplatin."), "{}", told[0].text);
}

#[test]
fn the_last_step_of_a_row_s_own_ladder_may_change_the_days() {
    // 8 mg, then 4 mg, then 4 mg every other day, for those below 60 kg.
    let drugs = r#"[[drug]]
name = "a drug"
id = "a"
route = "oral"
given = "home"
days = { from = 1, through = 14 }
missed = "ask"
table = [
  { weight = { below = "60 kg" }, dose = "8 mg", reduce = { to = ["4 mg", { dose = "4 mg", days = { from = 1, through = 13, every = 2 } }], then = "ask", raise_again = "never" } },
  { weight = { from = "60 kg" }, dose = "12 mg" },
]
source = "unverified"
"#;
    let regimen = support::one_phase(support::TWO_WEEKS, drugs);
    let mut course = course(None);
    course.subject.weight = Some(Weight::new(Decimal::from(55)));
    course.reductions.push(Reduction {
        drug: "a".to_owned(),
        from: (None, 1),
        level: Some(-2),
        percent: None,
        reason: "a test".to_owned(),
    });
    let plan = planned(&regimen, &course);
    let first: Vec<i32> = plan.administrations.iter().filter(|one| one.key.cycle == 1).map(|one| one.key.day).collect();
    assert_eq!(first, [1, 3, 5, 7, 9, 11, 13]);
    assert!(doses(&plan, "a").iter().all(|dose| dose == "4 mg"));
}
