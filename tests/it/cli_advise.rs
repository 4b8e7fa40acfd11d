//! `regimen advise`, through the real binary.

use serde_json::json;

use crate::program::Home;

const FIRST: &str = "npc-liposomal-irinotecan-nituzumab";
const BREAST: &str = "br-trastuzumab-emtansine";

fn advise<'a>(id: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    ["regimen", "advise", id].into_iter().chain(more.iter().copied()).collect()
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
    let without_limit = Home::new().json(&advise(BREAST, &["--lab", "ALT 300 U/L"]));
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
    let asked = advise(FIRST, &["--grade", "diarrhoea 3"]);
    let told = Home::new().json(&asked);
    assert_eq!((&told["rows"], &told["unused"]), (&json!([]), &json!(["diarrhoea grade 3"])));
    let text = Home::new().run(&asked);
    assert!(text.out.contains("no rule on results, grades or events"), "{}", text.out);
    assert!(text.out.contains("The prescriber decides."));
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
