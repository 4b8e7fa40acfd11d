//! `regimen advise`, through the real binary.

use serde_json::json;

use crate::program::Home;

const FIRST: &str = "npc-liposomal-irinotecan-nituzumab";
const BREAST: &str = "br-trastuzumab-emtansine";

fn advise<'a>(id: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    ["regimen", "advise", id].into_iter().chain(more.iter().copied()).collect()
}

/// The document of a run that names something no rule looks at, or lacks something a rule asks: all of it, and the
/// exit code of a refusal.
#[track_caller]
fn refused_in_the_end(asked: &[&str]) -> serde_json::Value {
    let ran = Home::new().run(&[asked, &["--json"]].concat());
    assert_eq!(ran.code, 3, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Platelets 40 are held (25 to 50: hold), whatever they are called; a neuropathy is asked for by its name.
#[test]
fn a_hold_is_not_missed_over_a_synonym() {
    for name in ["platelets", "platelet", "PLT", "platelet count"] {
        let lab = format!("{name} 40 10^9/L");
        let told = Home::new().json(&advise(BREAST, &["--lab", &lab]));
        assert_eq!(told["drugs"][0]["now"], json!("hold"), "{name}");
    }
    let asked = advise(BREAST, &["--grade", "neuropathy 3", "--lab", "platelets 40 10^9/L"]);
    let told = refused_in_the_end(&asked);
    assert_eq!((&told["unused"], &told["near"]), (&json!(["neuropathy grade 3"]), &json!(["peripheral neuropathy"])));
    assert_eq!(told["drugs"][0]["now"], json!("hold"));
    let text = Home::new().run(&asked);
    assert!(text.out.contains("did you mean --grade \"peripheral neuropathy …\"?"), "{}", text.out);
    assert!(text.out.contains("This file looks at: --lab ALT, AST, bilirubin, platelets, LVEF"), "{}", text.out);
    assert!(text.err.contains("no rule of this file looks at \"neuropathy grade 3\""), "{}", text.err);
}

/// Case does not matter in the name of a drug: one level below -1 is -2, 2.4 mg/kg.
#[test]
fn a_drug_is_named_in_capitals_too() {
    let asked = advise(BREAST, &["--lab", "ALT 300 U/L", "--uln", "ALT 40 U/L", "--level", "Trastuzumab-Emtansine=-1"]);
    assert_eq!(Home::new().json(&asked)["drugs"][0]["dose"]["dose"], json!("2.4 mg/kg"));
    let plan =
        ["plan", FIRST, "--height", "170", "--weight", "65", "--start", "2026-12-07", "--level", "Irinotecan=-1"];
    let doses = Home::new().json(&plan);
    // 50 mg/m2 x 1.75 m2 = 87.5, to the nearest 1 mg with ties up: 88.
    assert_eq!(doses["doses"][0]["planned"]["dose"], json!("88"));
}

#[test]
fn the_row_of_a_result_is_listed_with_its_source() {
    // 300 ÷ 40 = 7.5 x ULN: held, and one level below -1 is -2, 2.4 mg/kg.
    let asked = advise(BREAST, &["--lab", "ALT 300 U/L", "--uln", "ALT 40 U/L", "--level", "trastuzumab-emtansine=-1"]);
    let told = Home::new().json(&asked);
    assert_eq!(told["drugs"][0]["now"], json!("hold"));
    assert_eq!(told["drugs"][0]["dose"]["dose"], json!("2.4 mg/kg"));
    assert_eq!(told["rows"][0]["source"], json!("monograph"));
    assert_eq!(told["rows"][0]["found"], json!("ALT 300 U/L = 7.5 x ULN (40 U/L)"));
    assert_eq!(told["decides"], json!("the prescriber"));
    let without_limit = refused_in_the_end(&advise(BREAST, &["--lab", "ALT 300 U/L"]));
    assert_eq!((&without_limit["rows"], &without_limit["open"][0]["rule"]), (&json!([]), &json!("ALT")));
}

/// A criterion to treat shows its source as a row does; `days` and `otherwise` of this one nobody has verified.
#[test]
fn a_criterion_is_listed_with_its_source() {
    let asked = advise("cns-stupp", &["--lab", "neutrophils 1.4 10^9/L"]);
    let row = &Home::new().json(&asked)["rows"][0];
    assert_eq!(row["rule"], json!("criterion to treat"));
    assert_eq!((&row["source"], &row["mark"]), (&json!("label"), &json!("unverified")));
    let text = Home::new().run(&asked);
    assert!(text.out.contains("source: label, ") && text.out.contains("[UNVERIFIED]"), "{}", text.out);
}

/// What a pause means stands in the remark of the rule, and is shown with its row; a row that asks for nothing has none.
#[test]
fn the_remark_of_a_rule_is_shown_where_its_row_asks_for_something() {
    let words = |days: &str| {
        let lab = format!("days since a weekly dose {days} days");
        Home::new().json(&advise("heme-teclistamab", &["--lab", &lab]))["rows"][0]["words"].to_string()
    };
    assert!(words("40").contains("begin again with step-up dose 2"), "{}", words("40"));
    assert!(!words("28").contains("begin again"), "{}", words("28"));
}

#[test]
fn a_file_without_rules_says_so_and_does_not_advise() {
    let asked = advise("heme-abvd", &["--grade", "diarrhoea 3"]);
    let told = refused_in_the_end(&asked);
    assert_eq!((&told["rows"], &told["unused"]), (&json!([]), &json!(["diarrhoea grade 3"])));
    let text = Home::new().run(&asked);
    assert!(text.out.contains("has no dose-modification rules; check the protocol"), "{}", text.out);
    assert!(text.out.contains("the prescriber decides."));
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_looked_up() {
    let wrong: &[&[&str]] = &[
        &[],
        &["--lab", "neutrophils 0.9"],
        &["--lab", "0.9 10^9/L"],
        &["--lab", "neutrophils low"],
        &["--grade", "diarrhoea"],
        &["--grade", "diarrhoea 6"],
        &["--occurrence", "diarrhoea 0"],
        &["--grade", "diarrhoea 3", "--level", "aspirin=-1"],
        &["--grade", "diarrhoea 3", "--gfr", "60 mL/min/1.73m2"],
    ];
    for options in wrong {
        let told = Home::new().run(&advise(FIRST, options));
        assert_eq!((told.code, told.out.as_str()), (1, ""), "{options:?}: {}", told.err);
        assert!(!told.err.is_empty());
    }
}

/// The file's criterion on neutrophils is of day 1: on another day it decides nothing, and says so.
#[test]
fn a_criterion_of_another_day_is_named_and_decides_nothing() {
    let low = "neutrophils 1 10^9/L";
    let told = Home::new().json(&advise(FIRST, &["--lab", low, "--day", "1"]));
    assert_eq!(told["drugs"][0]["now"], json!("hold"));
    let asked = advise(FIRST, &["--lab", low, "--day", "8"]);
    let told = Home::new().json(&asked);
    assert_eq!(told["drugs"][0]["now"], json!(null));
    assert_eq!(told["other_days"][0]["days"], json!([1]));
    let text = Home::new().run(&asked).out;
    assert!(text.contains("criterion to treat is about day 1, not about day 8."), "{text}");
    let wrong = Home::new().run(&advise(FIRST, &["--lab", low, "--day", "1.5"]));
    assert!(wrong.code != 0 && wrong.err.contains("--day \"1.5\" is not a whole number"), "{}", wrong.err);
    let alone = Home::new().run(&advise(FIRST, &["--day", "8"]));
    assert!(alone.err.contains("nothing was said to look up"), "{}", alone.err);
}
