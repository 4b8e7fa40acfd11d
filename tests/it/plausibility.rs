//! Inputs → findings. The figures are worked from the published texts: BMI of errors (154 kg at 170 cm is
//! 53.3, exchanged 346.9, 67 cm 155.9, 7 kg 2.4), the Calvert examples, the limits at and beside each step.

use posology::calendar;
use posology::finding::{Finding, Severity};
use posology::plausibility::{self, Measurements, Policy, Previous};
use posology::quantity::{Age, Creatinine, Decimal, Gfr, Height, Weight, number};
use proptest::prelude::*;

fn dec(text: &str) -> Decimal {
    number::parse(text).unwrap()
}

fn body(height: &str, weight: &str) -> Measurements {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Measurements {
        height: given(height).map(|text| Height::read(&text).unwrap()),
        weight: given(weight).map(|text| Weight::read(&text).unwrap()),
        ..Measurements::default()
    }
}

fn aged(years: &str, height: &str, weight: &str) -> Measurements {
    Measurements { age: Some(Age::read(years).unwrap()), ..body(height, weight) }
}

#[allow(clippy::large_types_passed_by_value)] // a test's own builder
fn after(height: &str, weight: &str, now: Measurements) -> Measurements {
    let then = body(height, weight);
    let previous = Previous { height: then.height, weight: then.weight, ..Previous::default() };
    Measurements { previous: Some(previous), ..now }
}

fn creatinine(text: &str) -> Measurements {
    Measurements { creatinine: Some(Creatinine::read(text).unwrap()), ..Measurements::default() }
}

fn after_creatinine(then: &str, now: &str) -> Measurements {
    let previous = Previous { creatinine: Some(Creatinine::read(then).unwrap()), ..Previous::default() };
    Measurements { previous: Some(previous), ..creatinine(now) }
}

/// `BLOCK pounds weight`, one a finding.
fn told(findings: &[Finding]) -> Vec<String> {
    let field = |finding: &Finding| finding.field.clone().expect("every finding names its field");
    findings.iter().map(|finding| format!("{} {} {}", finding.severity.word(), finding.code, field(finding))).collect()
}

#[track_caller]
fn expect(subject: &Measurements, policy: &Policy, expected: &[&str]) {
    let findings = plausibility::check(subject, policy);
    assert_eq!(told(&findings), expected, "{subject:?}\n{findings:?}");
}

#[track_caller]
fn says(subject: &Measurements, words: &str) {
    let findings = plausibility::check(subject, &Policy::default());
    assert!(findings.iter().any(|finding| finding.text.contains(words)), "{findings:?}");
}

/// One of the findings, whatever else is told; and the gravest of all.
#[track_caller]
fn tells(subject: &Measurements, policy: &Policy, gravest: Severity, expected: &str) {
    let findings = plausibility::check(subject, policy);
    assert!(told(&findings).iter().any(|one| one == expected), "{subject:?}\n{findings:?}");
    assert_eq!(findings[0].severity, gravest, "{findings:?}");
}

#[test]
fn slips_of_body_size_are_named() {
    use Severity::{Block, Confirm};
    for (height, weight, expected, gravest) in [
        ("170", "154", "CONFIRM pounds weight", Confirm),
        ("70", "170", "CONFIRM swapped height", Block),
        ("65", "170", "CONFIRM swapped height", Block),
        ("67", "70", "CONFIRM inches height", Block),
        ("1.7", "70", "CONFIRM metres height", Block),
        ("170", "7", "CONFIRM tenfold-weight weight", Block),
        ("170", "700", "CONFIRM tenfold-weight weight", Block),
        ("17", "70", "CONFIRM tenfold-height height", Block),
        ("1700", "70", "CONFIRM tenfold-height height", Block),
        ("152", "220", "CONFIRM swapped height", Confirm),
        ("170", "70000", "CONFIRM grams weight", Block),
        ("67", "154", "CONFIRM swapped height", Block),
        ("", "7", "CONFIRM tenfold-weight weight", Confirm),
        ("67", "", "CONFIRM inches height", Confirm),
        ("1.7", "", "CONFIRM metres height", Block),
    ] {
        tells(&body(height, weight), &Policy::default(), gravest, expected);
    }
}

/// 133 kg at 160 cm is BMI 51.95; as pounds 60.33 kg, BMI 23.6. 97.2 kg is 37.97, 97.3 kg 38.01.
#[test]
fn a_bare_number_that_pounds_explain_asks_for_its_unit_and_one_with_its_unit_does_not() {
    tells(&body("160", "133"), &Policy::default(), Severity::Confirm, "CONFIRM pounds weight");
    expect(&body("160", "133kg"), &Policy::default(), &["WARN bmi-range weight"]);
    expect(&body("160", "133lb"), &Policy::default(), &[]);
    expect(&body("160", "97.2"), &Policy::default(), &["NOTE bmi-range weight"]);
    tells(&body("160", "97.3"), &Policy::default(), Severity::Confirm, "CONFIRM pounds weight");
    // 220 kg at 175 cm is 71.8: in pounds 99.79 kg, 32.6. With its unit it is measured again.
    expect(&body("175", "220kg"), &Policy::default(), &["CONFIRM bmi-range weight", "WARN weight-range weight"]);
    // Above 35 in pounds as well, no unit explains it: 200 kg at 150 cm is 88.9, in pounds 40.3.
    expect(
        &body("150", "200"),
        &Policy::default(),
        &["CONFIRM swapped height", "CONFIRM bmi-range weight", "WARN weight-range weight"],
    );
    tells(&body("67cm", "70"), &Policy::default(), Severity::Block, "BLOCK bmi-range weight");
    let unit = |text: &str| {
        plausibility::check(&body("160", text), &Policy::default()).iter().any(|one| one.code.name() == "pounds")
    };
    assert!(unit("133") && !unit("133 kg") && !unit("293.2 lb"));
    // Whom the record knows like this is not asked again.
    tells(&after("160", "132", body("160", "133")), &Policy::default(), Severity::Warn, "WARN bmi-range weight");
}

#[test]
fn the_message_holds_both_numbers() {
    // Each with the body that was typed and the one that was meant.
    let pounds = "Height 170 cm and weight 154 kg give BMI 53.3. Is 154 in pounds? 154 lb is 69.85 kg, BMI 24.2.";
    says(&body("170", "154"), pounds);
    // 65 ÷ 1.7² = 22.49; 170 ÷ 0.65² = 402.37
    says(
        &body("65", "170"),
        "give BMI 402.4. Are height and weight exchanged? Height 170 cm and weight 65 kg, BMI 22.5.",
    );
    // 70 ÷ 1.7018² = 24.17
    says(&body("67", "70"), "give BMI 155.9. Is 67 in inches? 67 in is 170.18 cm, BMI 24.2.");
    says(&body("1.7", "70"), "Is 1.7 in metres? 1.7 m is 170 cm, BMI 24.2.");
    says(&body("170", "7"), "give BMI 2.4. Is 7 ten times too small? Weight 70 kg, BMI 24.2.");
    says(&body("170", "700"), "Is 700 ten times too large? Weight 70 kg, BMI 24.2.");
    // Both readings are possible, so both are asked.
    says(&body("67", "154"), "Or: Are 67 and 154 in inches and pounds? That is 170.18 cm and 69.85 kg");
}

#[test]
fn figures_are_graded_by_their_limits() {
    let capped = Policy { bsa_cap: Some(Decimal::TWO), ..Policy::default() };
    for (height, weight, expected) in [
        ("49cm", "", &["BLOCK height-range height"][..]),
        ("99cm", "", &["CONFIRM height-range height"]),
        ("100", "", &["WARN height-range height"]),
        ("281", "", &["BLOCK height-range height"]),
        ("231", "", &["WARN height-range height"]),
        ("215", "", &["WARN height-range height"]),
        ("236cm", "", &["CONFIRM height-range height"]),
        ("139.9", "", &["WARN height-range height"]),
        ("205.1", "", &["WARN height-range height"]),
        ("", "301kg", &["CONFIRM weight-range weight"]),
        ("", "24.9kg", &["CONFIRM weight-range weight"]),
        ("", "28", &["WARN weight-range weight"]),
        ("", "34.9", &["WARN weight-range weight"]),
        ("", "180.1", &["WARN weight-range weight"]),
        ("180", "120", &["NOTE bmi-range weight"]),
        ("160", "45", &["NOTE bmi-range weight"]),
        ("170", "43", &["WARN bmi-range weight"]),
        // 36 ÷ 2.06² = 8.5; 350 ÷ 1.6² = 136.7; 270 ÷ 1.6² = 105.5
        ("206", "36kg", &["CONFIRM bmi-range weight", "WARN height-range height"]),
        ("160", "350kg", &["BLOCK bmi-range weight", "CONFIRM swapped height", "CONFIRM weight-range weight"]),
    ] {
        let findings = plausibility::check(&body(height, weight), &capped);
        let mut told = told(&findings);
        told.retain(|one| expected.contains(&one.as_str()) || !one.contains("swapped"));
        let mut expected: Vec<&str> = expected.to_vec();
        expected.retain(|one| !one.contains("swapped"));
        told.retain(|one| !one.contains("swapped"));
        assert_eq!(told, expected, "{height} {weight}");
    }
    for (height, weight) in [("140", ""), ("205", ""), ("", "35"), ("", "180"), ("170", "65"), ("165", "58.2")] {
        expect(&body(height, weight), &Policy::default(), &[]);
    }
}

#[test]
fn the_record_tells_slips_that_the_index_cannot() {
    let capped = Policy { bsa_cap: Some(Decimal::TWO), ..Policy::default() };
    tells(&after("170", "70", body("", "154")), &capped, Severity::Confirm, "CONFIRM pounds weight");
    tells(&after("", "45", body("190", "99")), &capped, Severity::Confirm, "CONFIRM pounds weight");
    tells(&after("", "18", aged("5", "", "180")), &capped, Severity::Block, "CONFIRM tenfold-weight weight");
    // A short, heavy subject: height and weight exchanged stay within every limit of the index.
    tells(&after("138.5", "138", body("138", "140")), &capped, Severity::Confirm, "WARN height-range height");
    tells(&after("160", "120", body("120", "160")), &capped, Severity::Confirm, "CONFIRM swapped height");
}

/// Making a figure less plausible never lowers the grade, whatever else is wrong with it.
#[test]
fn a_less_plausible_figure_is_never_graded_lower() {
    let gravest = |subject: &Measurements| {
        plausibility::check(subject, &Policy::default()).first().map_or(Severity::Note, |finding| finding.severity)
    };
    let rising = |subjects: Vec<Measurements>| {
        let grades: Vec<Severity> = subjects.iter().map(gravest).collect();
        let worse = grades.windows(2).position(|pair| pair[1] > pair[0]);
        assert!(
            worse.is_none(),
            "{:?}: {:?}",
            worse.map(|at| &subjects[at..at + 2]),
            worse.map(|at| &grades[at..at + 2])
        );
    };
    for unit in ["", "kg"] {
        for height in [120, 140, 155, 160, 170, 185, 200, 215] {
            let ordinary = 24 * height * height / 10_000;
            let heavier = (ordinary..=700).map(|kg| body(&height.to_string(), &format!("{kg}{unit}")));
            rising(heavier.filter(|one| one.weight.unwrap().value() < Decimal::from(height)).collect());
            rising((2..=ordinary).rev().map(|kg| body(&height.to_string(), &format!("{kg}{unit}"))).collect());
        }
        for (age, height) in [("1", 76), ("3", 95), ("5", 110), ("8", 128), ("12", 150), ("17", 170)] {
            let at = |kg: i32| aged(age, &height.to_string(), &format!("{kg}{unit}"));
            let ordinary = 17 * height * height / 10_000;
            rising(
                (ordinary..=200).map(at).filter(|one| one.weight.unwrap().value() < Decimal::from(height)).collect(),
            );
            rising((1..=ordinary).rev().map(at).collect());
        }
    }
    for unit in ["mg/dL", "umol/L"] {
        let at = |value: i64, places: u32| creatinine(&format!("{} {unit}", Decimal::new(value, places)));
        let (low, high): (Vec<i64>, Vec<i64>) = if unit == "mg/dL" {
            ((1..=80).rev().collect(), (80..=9_000).step_by(10).collect())
        } else {
            ((10..=7_000).rev().step_by(10).collect(), (7_000..=990_000).step_by(900).collect())
        };
        rising(low.into_iter().map(|value| at(value, 2)).collect());
        rising(high.into_iter().map(|value| at(value, 2)).collect());
    }
}

#[test]
fn changes_count_from_the_last_figures() {
    for (then, now, expected) in [
        ("70", "77", &["WARN weight-jump weight"][..]),
        ("70", "63", &["WARN weight-jump weight"]),
        ("70", "76.9", &["NOTE weight-jump weight"]),
        ("70", "73.5", &["NOTE weight-jump weight"]),
        ("70", "73.4", &[]),
        ("80", "100", &["CONFIRM weight-jump weight"]),
        ("80", "60", &["CONFIRM weight-jump weight"]),
        ("80", "99.9", &["WARN weight-jump weight"]),
    ] {
        expect(&after("", then, body("", now)), &Policy::default(), expected);
    }
    for (now, expected) in [
        ("171", &[][..]),
        ("171.1", &["NOTE height-change height"]),
        ("173.1", &["WARN height-change height"]),
        ("161.9", &["CONFIRM height-change height"]),
    ] {
        expect(&after("170", "", body(now, "")), &Policy::default(), expected);
    }
    expect(&after("", "20", aged("6", "115", "21")), &Policy::default(), &["WARN weight-jump weight"]);
    expect(&after("110", "20", aged("6", "116", "20.9")), &Policy::default(), &[]);
}

#[test]
fn a_weight_changes_no_faster_than_a_body_can() {
    // A week: 4 + 18 × ln(1 + 7 ÷ 30.4375) = 7.7 kg.
    let then = Previous {
        weight: Some(Weight::new(dec("100"))),
        measured: calendar::read("2026-12-01").ok(),
        ..Previous::default()
    };
    let now = |weight: &str| Measurements {
        previous: Some(then),
        measured: calendar::read("2026-12-08").ok(),
        ..body("", weight)
    };
    expect(&now("107.6"), &Policy::default(), &["NOTE weight-jump weight"]);
    expect(&now("107.8"), &Policy::default(), &["CONFIRM weight-rate weight"]);
    says(&now("107.8"), "+7.8 % in 7 days, more than the 7.7 kg");
}

#[test]
fn children_are_compared_with_others_of_their_age() {
    for (age, height, weight) in [
        ("6", "115", "20"),
        ("0", "52", "3.6"),
        ("0", "50", "3.4"),
        ("12 d", "51", "3.5"),
        ("4mo", "62", "6.2"),
        ("4", "104", "17.5"),
        ("3", "95", "14"),
        ("8", "128", "26"),
        ("17", "175", "68"),
    ] {
        expect(&aged(age, height, weight), &Policy::default(), &[]);
    }
    for (age, height, weight, gravest, expected) in [
        ("1", "80", "25", Severity::Confirm, "CONFIRM pounds weight"),
        ("1", "80", "25kg", Severity::Confirm, "CONFIRM bmi-for-age weight"),
        ("17mo", "", "25kg", Severity::Confirm, "CONFIRM weight-for-age weight"),
        ("8", "128", "56", Severity::Confirm, "CONFIRM pounds weight"),
        ("8", "128", "56kg", Severity::Warn, "WARN bmi-for-age weight"),
        ("12", "150", "99", Severity::Confirm, "CONFIRM pounds weight"),
        ("5", "43", "18", Severity::Confirm, "CONFIRM inches height"),
        ("5", "43cm", "18", Severity::Confirm, "CONFIRM height-for-age height"),
        ("0", "219", "199", Severity::Block, "BLOCK height-for-age height"),
        ("1", "170", "65", Severity::Block, "BLOCK height-for-age height"),
        ("10", "142", "80kg", Severity::Warn, "WARN bmi-for-age weight"),
        ("10", "142", "80", Severity::Confirm, "CONFIRM pounds weight"),
        ("6", "1.15", "20", Severity::Block, "CONFIRM metres height"),
        ("6", "20", "115", Severity::Block, "CONFIRM swapped height"),
        ("0", "52", "3600", Severity::Block, "CONFIRM grams weight"),
    ] {
        tells(&aged(age, height, weight), &Policy::default(), gravest, expected);
    }
    // Born ten weeks early, on the day it was born: 38 cm and 1.2 kg are its own age's figures.
    let early = Measurements { corrected_age: Age::read_corrected("-10w").ok(), ..aged("0 d", "38", "1.2") };
    expect(&early, &Policy::default(), &[]);
    tells(&aged("0 d", "38", "1.2"), &Policy::default(), Severity::Confirm, "CONFIRM bmi-for-age weight");
    // A child grows: the age is counted on from the day it was told.
    let later = Measurements { days_since: 365, ..aged("3 months", "74", "9.5") };
    expect(&later, &Policy::default(), &[]);
    let surface = Policy { body_surface_dosing: true, ..Policy::default() };
    expect(&aged("1", "76", "10"), &surface, &["BLOCK infant weight"]);
    expect(&aged("1", "76", "10.1"), &surface, &[]);
    expect(&aged("1", "76", "9"), &Policy { infant_rule: true, ..surface }, &[]);
    let adults = Policy { adult_regimen: true, ..Policy::default() };
    expect(&aged("17", "170", "65"), &adults, &["BLOCK child age"]);
    expect(&aged("18", "170", "65"), &adults, &[]);
    expect(&aged("95", "170", "65"), &adults, &[]);
    expect(&aged("101", "170", "65"), &adults, &["WARN age-range age"]);
    expect(&aged("111", "170", "65"), &adults, &["CONFIRM age-range age"]);
    expect(&aged("126", "170", "65"), &adults, &["BLOCK age-range age"]);
}

#[test]
fn without_an_age_the_way_out_for_a_child_is_told() {
    let findings = plausibility::check(&body("110", ""), &Policy::default());
    assert_eq!(told(&findings), ["WARN height-range height"]);
    assert!(findings[0].wanted().unwrap().contains("for a child, give the age"));
}

#[test]
fn creatinine_is_looked_at_before_any_floor_or_cap() {
    let floor = Policy {
        creatinine_floor: Creatinine::read("0.7 mg/dL").ok(),
        gfr_cap: Some(Decimal::from(125)),
        ..Policy::default()
    };
    for (typed, expected) in [
        ("0.8 mg/dL", &[][..]),
        ("71 umol/L", &[]),
        ("70 mg/dL", &["CONFIRM creatinine-unit creatinine"]),
        ("0.79 umol/L", &["BLOCK creatinine-unit creatinine"]),
        ("0.04 mg/dL", &["BLOCK creatinine-range creatinine"]),
        ("9001 umol/L", &["BLOCK creatinine-range creatinine"]),
        ("12 mg/dL", &["WARN creatinine-range creatinine"]),
        ("0.45 mg/dL", &["WARN creatinine-range creatinine"]),
        ("0.5 mg/dL", &["NOTE creatinine-low creatinine"]),
        ("0.69 mg/dL", &["NOTE creatinine-low creatinine"]),
        ("0.7 mg/dL", &[]),
        ("0.39 mg/dL", &["CONFIRM creatinine-range creatinine"]),
        ("35 umol/L", &["CONFIRM creatinine-range creatinine"]),
        ("3 mg/dL", &[]),
        ("3.01 mg/dL", &["WARN creatinine-range creatinine"]),
        ("266 umol/L", &["WARN creatinine-range creatinine"]),
    ] {
        expect(&creatinine(typed), &floor, expected);
    }
    says(&creatinine("0.79 umol/L"), "Is it mg/dL? 0.79 mg/dL is 69.84 umol/L.");
    says(&creatinine("70 mg/dL"), "Is it umol/L? 70 umol/L is 0.79 mg/dL.");
    says(&creatinine("8 mg/dL"), "was 0.8 mg/dL meant?");
}

#[test]
fn creatinine_is_compared_with_the_last_in_either_unit() {
    for (then, now, expected) in [
        ("0.8 mg/dL", "0.9 mg/dL", &[][..]),
        ("0.8 mg/dL", "1 mg/dL", &["NOTE creatinine-change creatinine"]),
        ("0.8 mg/dL", "1.2 mg/dL", &["WARN creatinine-change creatinine"]),
        ("70.72 umol/L", "1.2 mg/dL", &["WARN creatinine-change creatinine"]),
        ("0.8 mg/dL", "8 mg/dL", &["CONFIRM creatinine-change creatinine", "WARN creatinine-range creatinine"]),
        ("4 mg/dL", "0.8 mg/dL", &["CONFIRM creatinine-change creatinine"]),
    ] {
        expect(&after_creatinine(then, now), &Policy::default(), expected);
    }
    says(&after_creatinine("0.8 mg/dL", "8 mg/dL"), "10 times the last. Was a decimal point lost?");
}

#[test]
fn kidney_function_is_looked_at_raw() {
    let cap = Policy { gfr_cap: Some(Decimal::from(125)), ..Policy::default() };
    let entered = |text: &str| Measurements { gfr: Some(Gfr::read(text).unwrap()), ..Measurements::default() };
    let estimated = |text: &str| Measurements { estimated_gfr: Some(dec(text)), ..Measurements::default() };
    expect(&entered("90 mL/min"), &cap, &[]);
    expect(&entered("125 mL/min"), &cap, &[]);
    expect(&entered("126 mL/min"), &cap, &["NOTE gfr-above-cap gfr"]);
    expect(&entered("151 mL/min"), &cap, &["WARN gfr-range gfr"]);
    expect(&entered("251 mL/min"), &cap, &["WARN gfr-range gfr"]);
    expect(&entered("251 mL/min"), &Policy::default(), &["CONFIRM gfr-range gfr"]);
    expect(&entered("29 mL/min"), &cap, &["WARN gfr-range gfr"]);
    // Cockcroft and Gault, worked in the published examples: 82.64; 241.9; 7,398 of a creatinine in the wrong unit.
    expect(&estimated("82.64"), &cap, &[]);
    expect(&estimated("241.9"), &cap, &["WARN gfr-range creatinine"]);
    expect(&estimated("7398"), &cap, &["WARN gfr-range creatinine"]);
    expect(&estimated("7398"), &Policy::default(), &["BLOCK gfr-range creatinine"]);
    expect(&estimated("0.94"), &cap, &["WARN gfr-range creatinine"]);
    let floor = Policy { creatinine_floor: Creatinine::read("0.7 mg/dL").ok(), ..cap };
    let raised = Measurements { estimated_gfr: Some(dec("165.3")), ..creatinine("0.5 mg/dL") };
    expect(&raised, &floor, &["WARN gfr-range creatinine", "NOTE creatinine-low creatinine"]);
    let raised = Measurements { estimated_gfr: Some(dec("130")), ..creatinine("0.6 mg/dL") };
    expect(&raised, &floor, &["NOTE creatinine-low creatinine"]);
    let wrong_unit = Measurements { estimated_gfr: Some(dec("7398")), ..creatinine("0.79 umol/L") };
    expect(&wrong_unit, &cap, &["BLOCK creatinine-unit creatinine", "WARN gfr-range creatinine"]);
    let indexed = Measurements { auc: Some(dec("5")), ..entered("90 mL/min/1.73m2") };
    expect(&indexed, &cap, &["BLOCK indexed-gfr gfr"]);
    expect(&entered("90 mL/min/1.73m2"), &cap, &[]);
    says(&estimated("130"), "An estimated GFR of 130 mL/min is above 125 mL/min; no cap applied.");
}

#[test]
fn a_target_auc_is_a_target() {
    for (target, expected) in [
        ("5", &[][..]),
        ("1.5", &[]),
        ("7", &[]),
        ("7.5", &["WARN auc-target auc"]),
        ("1.4", &["WARN auc-target auc"]),
        ("10.1", &["BLOCK auc-target auc"]),
        ("0", &["BLOCK auc-target auc"]),
    ] {
        expect(&Measurements { auc: Some(dec(target)), ..Measurements::default() }, &Policy::default(), expected);
    }
}

#[test]
fn the_age_of_a_measurement_counts_when_a_visit_is_confirmed() {
    let on = |measured: &str| Measurements {
        measured: calendar::read(measured).ok(),
        calculation_date: calendar::read("2026-12-31").ok(),
        ..body("170", "65")
    };
    let confirming = Policy { confirming: true, ..Policy::default() };
    expect(&on("2026-12-24"), &confirming, &[]);
    expect(&on("2026-12-23"), &confirming, &["WARN weight-stale weight"]);
    expect(&on("2026-12-01"), &confirming, &["WARN weight-stale weight"]);
    expect(&on("2026-11-30"), &confirming, &["BLOCK weight-stale weight"]);
    expect(&on("2026-11-30"), &Policy::default(), &[]);
    expect(&on("2027-01-01"), &Policy::default(), &["BLOCK measured-later weight"]);
    expect(&on("2026-12-23"), &Policy { weight_days: Some(14), ..confirming }, &[]);
    expect(&on("2026-12-28"), &Policy { weight_days: Some(2), ..confirming }, &["WARN weight-stale weight"]);
    let drawn = Measurements { creatinine: Creatinine::read("0.8 mg/dL").ok(), ..on("2026-12-30") };
    let drawn = Measurements { creatinine_measured: calendar::read("2026-12-02").ok(), ..drawn };
    expect(&drawn, &confirming, &["BLOCK creatinine-stale creatinine"]);
    expect(&drawn, &Policy { creatinine_days: Some(3), ..Policy::default() }, &[]);
}

#[test]
fn a_large_surface_is_told_only_where_it_doses_and_no_cap_is_stated() {
    // √(190 × 100 ÷ 3,600) = 2.297, BMI 27.7.
    let surface = Policy { body_surface_dosing: true, ..Policy::default() };
    expect(&body("190", "100"), &surface, &["NOTE bsa-uncapped weight"]);
    expect(&body("190", "100"), &Policy::default(), &[]);
    expect(&body("190", "100"), &Policy { bsa_cap: Some(Decimal::TWO), ..surface }, &[]);
}

#[test]
fn ordinary_subjects_raise_nothing() {
    let first = Measurements { creatinine: Creatinine::read("0.8 mg/dL").ok(), ..aged("46", "170", "65") };
    let second = Measurements { creatinine: Creatinine::read("88 umol/L").ok(), ..aged("61", "162", "58.5") };
    for subject in [first, second] {
        let adults = Policy { adult_regimen: true, body_surface_dosing: true, confirming: true, ..Policy::default() };
        expect(&subject, &adults, &[]);
        expect(&after("170", "66", Measurements { age: subject.age, ..body("170", "65") }), &adults, &[]);
    }
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (any::<i64>(), 0u32..28).prop_map(|(digits, places)| Decimal::new(digits, places)),
        (0i64..4000, 0u32..3).prop_map(|(digits, places)| Decimal::new(digits, places)),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::ZERO),
    ]
}

fn maybe() -> impl Strategy<Value = Option<Decimal>> {
    proptest::option::of(any_decimal())
}

proptest! {
    #[test]
    fn no_figure_panics(
        now in (maybe(), maybe(), maybe(), maybe(), maybe(), maybe()),
        then in proptest::option::of((maybe(), maybe(), maybe())),
        flags in any::<[bool; 4]>(),
        micromole in any::<bool>(),
    ) {
        use posology::quantity::lab::CreatinineUnit::{MgPerDl, UmolPerL};
        let unit = if micromole { UmolPerL } else { MgPerDl };
        let (height, weight, age, creatinine, gfr, auc) = now;
        let subject = Measurements {
            height: height.map(Height::new),
            weight: weight.map(Weight::new),
            age: age.map(Age::new),
            creatinine: creatinine.map(|value| Creatinine::new(value, unit)),
            gfr: gfr.map(Gfr::Absolute),
            estimated_gfr: gfr,
            auc,
            measured: calendar::read("2026-12-08").ok(),
            calculation_date: calendar::read("2026-12-31").ok(),
            previous: then.map(|(height, weight, creatinine)| Previous {
                height: height.map(Height::new),
                weight: weight.map(Weight::new),
                creatinine: creatinine.map(|value| Creatinine::new(value, MgPerDl)),
                measured: calendar::read("2026-12-01").ok(),
            }),
            ..Measurements::default()
        };
        let [adult_regimen, body_surface_dosing, confirming, infant_rule] = flags;
        let policy = Policy { adult_regimen, body_surface_dosing, confirming, infant_rule, ..Policy::default() };
        for finding in plausibility::check(&subject, &policy) {
            prop_assert!(finding.text.ends_with(['.', '?']), "{}", finding.text);
        }
    }

    /// The body-mass index is drawn and the weight worked from it, so that the test computes none.
    #[test]
    fn ordinary_adults_are_asked_nothing(millimetres in 1500i64..=1950, index_tenths in 185i64..=350) {
        let weight_grams = index_tenths * millimetres * millimetres / 10_000;
        let (height, weight) = (Decimal::new(millimetres, 1), Decimal::new(weight_grams, 3));
        let subject = Measurements {
            height: Some(Height::new(height)),
            weight: Some(Weight::new(weight)),
            age: Some(Age::new(Decimal::from(50))),
            ..Measurements::default()
        };
        let adults = Policy { adult_regimen: true, body_surface_dosing: true, ..Policy::default() };
        let findings = plausibility::check(&subject, &adults);
        prop_assert!(findings.iter().all(|finding| finding.severity == Severity::Note), "{findings:?}");
    }

    /// Exchanging the two keeps the body surface and must still be noticed.
    #[test]
    fn an_exchange_is_always_stopped(millimetres in 1500i64..=1950, index_tenths in 185i64..=350) {
        let weight_grams = index_tenths * millimetres * millimetres / 10_000;
        let exchanged = Measurements {
            height: Height::read(&Decimal::new(weight_grams, 3).to_string()).ok(),
            weight: Weight::read(&Decimal::new(millimetres, 1).to_string()).ok(),
            ..Measurements::default()
        };
        let findings = plausibility::check(&exchanged, &Policy::default());
        prop_assert!(findings[0].severity <= Severity::Confirm);
        prop_assert!(findings.iter().any(|one| one.text.contains("exchanged")), "{:?}", findings);
    }
}
