//! What a tired person types in advice: read where there is one reading, else refused with what would be right, and never with
//! a figure that could be taken over.

use serde_json::{Value, json};

use crate::program::{Home, Ran};

const CASE: &str = include_str!("../corpus/valid/rules.toml");

fn ran(said: &[&str]) -> Ran {
    let home = Home::new();
    std::fs::write(home.path().join("case.toml"), CASE).unwrap();
    home.run(&[&["regimen", "advise", "./case.toml", "--genotype", "UGT1A1*1/*1"][..], said].concat())
}

/// What fluorouracil comes to: a hold of neutrophils below 1.5.
fn now(said: &[&str]) -> Value {
    let ran = ran(&[said, &["--json"]].concat());
    assert_eq!(ran.code, 0, "{said:?}: {}", ran.err);
    serde_json::from_str::<Value>(&ran.out).unwrap()["drugs"][1]["now"].clone()
}

#[track_caller]
fn refused(said: &[&str], code: i32) -> String {
    let ran = ran(said);
    assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{said:?}: {}", ran.err);
    ran.err
}

#[test]
fn a_grade_is_read_however_it_is_written() {
    let lines =
        ["diarrhoea 2", "diarrhoea G2", "diarrhoea grade 2", "diarrhoea, Gr. 2", "2 diarrhoea", "grade 2 diarrhoea"];
    for line in lines {
        assert_eq!(now(&["--grade", line]), json!("hold"), "{line}");
    }
}

#[test]
fn a_grade_that_there_is_not_is_told_without_another() {
    for line in ["diarrhoea 6", "diarrhoea 34"] {
        let told = refused(&["--grade", line], 1);
        assert!(told.contains("grades are 1 to 5 (CTCAE), and 0 for none"), "{told}");
        let help = told.split("help:").nth(1).unwrap();
        assert!(!help.contains(|c: char| c.is_ascii_digit()), "{help}");
    }
    for line in ["diarrhoea", "diarrhoea 2-3", "diarrhoea III", "2 diarrhoea 3", "grade 3", "3"] {
        let told = refused(&["--grade", line], 1);
        assert!(told.contains("write the toxicity and then its grade as a whole number"), "{line}: {told}");
    }
    for line in ["diarrhoea 0", "diarrhoea x"] {
        let told = refused(&["--occurrence", line], 1);
        assert!(!told.split("help:").nth(1).unwrap().contains(|c: char| c.is_ascii_digit()), "{told}");
    }
}

#[test]
fn a_result_is_read_in_every_spelling_of_its_unit() {
    let units = ["10^9/L", "10⁹/L", "x10⁹/L", "10E9/L", "10e9/l", "Gpt/L", "G/L"];
    for unit in units {
        assert_eq!(now(&["--lab", &format!("neutrophils 0.9 {unit}")]), json!("hold"), "{unit}");
    }
    for line in ["neutrophils=0.9 10^9/L", "neutrophils: 0.9 10^9/L", "neutrophils:0.9 10⁹/L", "neutrophils 0.9e9/L"]
    {
        assert_eq!(now(&["--lab", line]), json!("hold"), "{line}");
    }
}

/// 1 ukat is 60 U: 5 ukat/L are 300 U/L, 7.5 times a limit of 40.
#[test]
fn a_catalytic_activity_may_be_in_katal() {
    let home = Home::new();
    let said = ["regimen", "advise", "br-trastuzumab-emtansine", "--lab", "ALT 5 ukat/L", "--uln", "ALT 40 U/L"];
    assert_eq!(home.json(&said)["rows"][0]["found"], json!("ALT 5 ukat/L = 7.5 x ULN (40 U/L)"));
}

#[test]
fn a_result_that_cannot_be_read_says_which_units_the_test_may_have() {
    for line in ["neutrophils 0.9 10^8/L", "ANC 0.9 foo", "neutrophils 0.9"] {
        let told = refused(&["--lab", line], 1);
        assert!(told.contains("10^9/L, 10^3/uL, /mm3") && !told.contains("g/dL"), "{line}: {told}");
    }
    let told = refused(&["--lab", &format!("neutrophils 0.{} 10^9/L", "9".repeat(34))], 1);
    assert!(told.contains("has more digits than can be kept exactly") && !told.contains("two numbers"), "{told}");
    let told = refused(&["--lab", "platelets 110E9/L"], 1);
    assert!(told.contains("an exponent of two readings"), "{told}");
}

/// Below 0.5 is a hold here; typed as 0.5 where a row begins at 0.5 it would not be.
#[test]
fn a_bound_is_no_result_and_its_limit_is_not_offered() {
    for line in ["neutrophils <0.5 10^9/L", "neutrophils < 0.5 10^9/L", "neutrophils: ≤0.5 10^9/L"] {
        let told = refused(&["--lab", line], 1);
        assert!(told.contains("gives a bound, not a figure") && told.contains("read the rule by hand"), "{told}");
    }
}

#[test]
fn a_value_cut_at_its_spaces_is_told_back_in_quotes() {
    let told = refused(&["--lab", "neutrophils", "0.9", "10^9/L"], 2);
    assert!(told.contains("put quotes round a value with spaces: --lab \"neutrophils 0.9 10^9/L\""), "{told}");
    let told = refused(&["--grade", "diarrhoea", "3", "--event", "fever"], 2);
    assert!(told.contains("--grade \"diarrhoea 3\""), "{told}");
    let plan = ["plan", "gi-mfolfox6", "--height", "170", "--weight", "65", "kg", "--start", "2026-12-07"];
    let told = Home::new().run(&plan).err;
    assert!(told.contains("--weight \"65 kg\""), "{told}");
    let other = Home::new().run(&["regimen", "show", "gi-mfolfox6", "again"]).err;
    assert!(!other.contains("quotes"), "{other}");
}

#[test]
fn a_negative_figure_is_told_as_one() {
    for option in ["--age", "--weight", "--bsa", "--gfr"] {
        let told = refused(&["--event", "poor tolerance", option, "-1"], 1);
        assert!(told.contains("is negative") && !told.contains("-- -1"), "{told}");
    }
    let plan = ["plan", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--age", "-1"];
    assert!(Home::new().run(&plan).err.contains("is negative"));
}
