//! Doses that real people must get, and those that must not be made: children and the formulas of adults, tablets, birthdays,
//! a kidney function beside a limit. Each figure is worked out here.

use posology::course::{Course, Reduction};
use posology::plan::{self, Options};
use posology::quantity::{Age, Creatinine, Decimal, Gfr, Height, Sex, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::program::Home;
use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, course, date, dose, drug, one_phase, planned, regimen, site};

fn carboplatin(gfr: &str) -> Regimen {
    one_phase(
        TWO_WEEKS,
        &drug("a", &format!("route = \"intravenous\"\ndose = \"AUC 5\"\ndays = [1]\nround = \"none\"\n{gfr}")),
    )
}

const FLOOR: &str = r#"formula = "cockcroft-gault", weight = "actual", creatinine_floor = "none", cap = "none", places = 1, recalculate = "every cycle""#;

fn child(age: &str, height: &str, weight: &str, gfr: i64) -> Course {
    let subject = Subject {
        height: Height::read(height).ok(),
        weight: Weight::read(weight).ok(),
        age: Age::read(age).ok(),
        sex: Some(Sex::Female),
        gfr: Some(Gfr::Absolute(Decimal::new(gfr, 1))),
        ..Subject::default()
    };
    Course::new(date("2026-12-07"), subject)
}

/// Newell 1993: 5 × (42.9 + 0.36 × 18) = 246.9 mg, where Calvert's formula gives 339.5; 5 × (25 + 0.36 × 10.5) = 143.9.
#[test]
fn adult_formulas_are_refused_for_children_and_newell_is_not() {
    let unsaid = carboplatin(&format!("gfr = {{ {FLOOR} }}"));
    let newell = carboplatin(&format!("gfr = {{ {FLOOR}, calvert = \"newell\" }}"));
    let calvert = carboplatin(&format!("gfr = {{ {FLOOR}, calvert = \"calvert\" }}"));
    for (age, height, weight, gfr, by_newell) in
        [("5", "110", "18", 429, "246.9 mg"), ("1", "76", "10.5", 250, "143.9 mg")]
    {
        let course = child(age, height, weight, gfr);
        let refused = plan::plan(&unsaid, &course, &site(), Options::default()).unwrap_err();
        let refused = refused.iter().find(|one| one.code.name() == "not-for-children").unwrap();
        assert!(refused.text.contains("is not defined for this age"), "{}", refused.text);
        assert_eq!(dose(&planned(&newell, &course), "a", 1, 1), by_newell);
    }
    assert_eq!(dose(&planned(&calvert, &child("5", "110", "18", 429)), "a", 1, 1), "339.5 mg");
    // An adult's dose is what it was.
    assert_eq!(dose(&planned(&unsaid, &child("40", "165", "60", 900)), "a", 1, 1), "575 mg");
}

/// 1,000 mg/m2 twice a day in tablets of 500 mg: at 1.75 m² 3,500 mg a day, half of it 1,750 mg, which is three tablets and
/// never four.
#[test]
fn a_reduced_dose_in_tablets_is_never_rounded_above_itself_and_everybody_is_planned() {
    let capecitabine = |dose: &str, total: &str| {
        let lines = format!(
            "route = \"oral\"\ngiven = \"home\"\ndose = \"{dose} mg/m2\"\ntimes = \"twice daily\"\nstarts = \"morning\"\ndays = {{ from = 1, through = 14 }}\ncycle_total = \"{total} mg/m2\"\n\
             tablets = [\"500 mg\"]\nround = {{ nearest = \"500 mg\", of = \"daily total\", larger = \"evening\", ties = \"up\", within = \"10 %\" }}"
        );
        one_phase(TWO_WEEKS, &drug("a", &lines))
    };
    let day = |regimen: &Regimen, course: &Course| {
        let plan = planned(regimen, course);
        let halves = plan.administrations[0].dose.parts;
        let one = plan.administrations[0].dose.amount.value;
        halves.map_or(one * Decimal::TWO, |(morning, evening)| morning.value + evening.value)
    };
    let full = capecitabine("1000", "28000");
    let mut reduced = course("2026-12-07", "170", "65");
    assert_eq!(day(&full, &reduced), Decimal::from(3_500));
    let half = Reduction {
        drug: "a".to_owned(),
        from: (None, 1),
        level: None,
        percent: Some(Decimal::from(50)),
        reason: "grade 3".to_owned(),
    };
    reduced.reductions.push(half.clone());
    assert_eq!(day(&full, &reduced), Decimal::from(1_500));
    // Every size of an adult, in full and by half, has its plan.
    for regimen in [&full, &capecitabine("650", "18200")] {
        for kilograms in 38..=130 {
            let mut course = course("2026-12-07", "165", &format!("{kilograms}kg"));
            course.reductions.push(half.clone());
            assert!(day(regimen, &course) > Decimal::ZERO, "{kilograms} kg");
            course.reductions.clear();
            assert!(day(regimen, &course) > Decimal::ZERO, "{kilograms} kg");
        }
    }
}

/// Bands of tablets, the nearest: 75 % of 1,000 mg is 750 mg, nearer to 800 than to 650 mg, and 650 mg all the same.
#[test]
fn a_reduced_dose_in_bands_of_tablets_is_never_above_itself() {
    let lines = "route = \"oral\"\ngiven = \"clinic\"\ndose = \"1000 mg\"\ndays = [1]\ntablets = [\"150 mg\", \"500 mg\"]\n\
                 round = { bands = [{ from = \"600 mg\", give = \"650 mg\" }, { from = \"725 mg\", give = \"800 mg\" }, { from = \"900 mg\", give = \"1000 mg\" }] }";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let mut course = course("2026-12-07", "170", "65");
    assert_eq!(dose(&planned(&regimen, &course), "a", 1, 1), "1,000 mg");
    course.reductions.push(Reduction {
        drug: "a".to_owned(),
        from: (None, 1),
        level: None,
        percent: Some(Decimal::from(75)),
        reason: "grade 3".to_owned(),
    });
    assert_eq!(dose(&planned(&regimen, &course), "a", 1, 1), "650 mg");
}

/// 60 on the second day of treatment: 45 mg/m2 × 1.75 m² = 78.75, 79 mg on all three days of the first induction.
#[test]
fn a_birthday_within_a_cycle_changes_nothing_of_that_cycle() {
    let home = Home::new();
    let plan = |born: &[&str]| {
        let line = [
            "plan",
            "heme-7plus3",
            "--height",
            "170",
            "--weight",
            "65",
            "--start",
            "2026-12-31",
            "--exposure",
            "daunorubicin=none",
        ];
        let ran = home.run(&[&line[..], born, &["--cycles", "1"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let (born, aged) = (plan(&["--born", "1967-01-01"]), plan(&["--age", "59"]));
    for out in [&born, &aged] {
        assert!(out.contains("79 mg") && !out.contains("53 mg"), "{out}");
    }
    // A table goes by the age on day 1 of each cycle: 18 on the day before the second.
    let table = r#"{ age = { below = "18 years" }, dose = "50 mg" }, { age = { from = "18 years" }, dose = "100 mg" }"#;
    let lines = format!("route = \"intravenous\"\ntable = [{table}]\ndays = [1, 8]\nround = \"none\"");
    let regimen = one_phase(TWO_WEEKS, &drug("a", &lines));
    let subject = Subject { born: Some(date("2008-12-12")), ..crate::support::subject("170", "65") };
    let plan = planned(&regimen, &Course::new(date("2026-12-07"), subject));
    let doses = [(1, 1), (1, 8), (2, 1), (2, 8)].map(|(cycle, day)| dose(&plan, "a", cycle, day));
    assert_eq!(doses, ["50 mg", "50 mg", "100 mg", "100 mg"]);
    // Where the protocol goes by the age on the first day, the birthday changes nothing, and nothing is told of it.
    let lines = format!("{lines}\nage_at = \"treatment\"");
    let regimen = one_phase(TWO_WEEKS, &drug("a", &lines));
    let subject = Subject { born: Some(date("2008-12-12")), ..crate::support::subject("170", "65") };
    let first = planned(&regimen, &Course::new(date("2026-12-07"), subject));
    assert_eq!([(1, 1), (2, 1)].map(|(cycle, day)| dose(&first, "a", cycle, day)), ["50 mg", "50 mg"]);
    assert!(first.findings.iter().all(|one| one.code.name() != "birthday"), "{:?}", first.findings);
    let told =
        plan.findings.iter().find(|one| one.code.name() == "age-limit-ahead" || one.text.contains("12-Dec-2026"));
    assert!(told.is_some_and(|one| one.text.contains("completed on Sat 12-Dec-2026")), "{:?}", plan.findings);
}

/// (140 − 60) × 70.5 ÷ (72 × 4) = 19.58 mL/min: below 20, though it is 20 without decimals.
/// Pegaspargase is 2,500 units/m² through 21 years and 2,000 above: born on 20-Dec-2004, the subject is above on the 22nd birthday,
/// 20-Dec-2026, and the second cycle, on 21-Dec-2026, has the lower dose (1.75 m²: 4,375, then 3,500 units). Of an age alone nobody
/// knows the day. Both say so, in both faces of a plan.
#[test]
fn a_limit_through_an_age_is_told_with_the_birthday_that_ends_it() {
    let home = Home::new();
    let plan = |age: [&str; 2]| {
        let body = ["plan", "heme-pegaspargase", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        home.run(&[&body[..], &age[..]].concat()).out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let dated = plan(["--born", "2004-12-20"]);
    assert!(dated.contains("4,375 units") && dated.contains("3,500 units"), "{dated}");
    assert!(dated.contains("a limit at 22 years, completed on Sun 20-Dec-2026"), "{dated}");
    let undated = plan(["--age", "21"]);
    assert!(undated.contains("4,375 units") && !undated.contains("3,500 units"), "{undated}");
    assert!(undated.contains("a limit at 22 years; only the age on the first day, 21 years, is known"), "{undated}");
}

#[test]
fn a_limit_of_enrolment_compares_what_was_found() {
    let lines = "route = \"intravenous\"\ndose = \"AUC 5\"\ndays = [1]\nround = \"none\"\ngfr = { formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"none\", places = 0, recalculate = \"never\" }";
    let limits = "[eligibility]\ngfr = { from = \"20 mL/min\" }\nsource = \"unverified\"\n";
    let text = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{limits}\n{BODY}\n{}\n{EXAMPLE}",
        drug("a", lines)
    );
    let example = "subject = { height = \"170 cm\", weight = \"65 kg\", gfr = \"90 mL/min\" }";
    let regimen = regimen(&text.replace("subject = { height = \"170 cm\", weight = \"65 kg\" }", example));
    let of = |weight: &str| {
        let subject = Subject {
            age: Age::read("60").ok(),
            sex: Some(Sex::Male),
            creatinine: Creatinine::read("4 mg/dL").ok(),
            ..crate::support::subject("170", weight)
        };
        plan::plan(&regimen, &Course::new(date("2026-12-07"), subject), &site(), Options::default())
    };
    let refused = of("70.5").unwrap_err();
    let told = refused.iter().find(|one| one.code.name() == "not-eligible").unwrap();
    assert!(told.text.contains("estimated GFR of 19.6 mL/min"), "{}", told.text);
    // 72 kg: 20.0 exactly.
    assert!(of("72").is_ok());
}

/// Level −1 is 100 mg of 120 mg, and the tablets are of 100 mg: 120 is rounded to 100, and so is 100.
#[test]
fn a_reduction_that_changes_nothing_waits_for_a_second_person() {
    let lines = "route = \"oral\"\ngiven = \"clinic\"\ndose = \"120 mg\"\ndays = [1]\ntablets = [\"100 mg\"]\n\
                 round = { nearest = \"100 mg\", ties = \"up\" }\nreduce = { to = [\"100 mg\", \"80 mg\"], then = \"stop this drug\", raise_again = \"never\" }";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let reduced = |level: i32| {
        let mut course = course("2026-12-07", "170", "65");
        course.reductions.push(Reduction {
            drug: "a".to_owned(),
            from: (None, 2),
            level: Some(level),
            percent: None,
            reason: "grade 3".to_owned(),
        });
        let planned = plan::plan(&regimen, &course, &site(), Options::default());
        planned.map_err(|findings| findings.iter().map(|one| (one.code.name(), one.severity)).collect::<Vec<_>>())
    };
    let confirm = posology::finding::Severity::Confirm;
    assert_eq!(reduced(-1).unwrap_err(), [("reduction-without-effect", confirm)]);
}
