//! Advice tells nothing that an answer could still change, and never of two things the one that came first.
//! Everything is read from `tests/corpus/valid/rules.toml`; expected rows and doses are worked out by hand.

use serde_json::{Value, json};

use crate::clinic::Clinic;
use crate::program::{Home, Ran};

const CASE: &str = include_str!("../corpus/valid/rules.toml");
const NORMAL: [&str; 2] = ["--genotype", "UGT1A1*1/*1"];
const MFOLFOX: &str = "gi-mfolfox6";

fn ran(home: &Home, said: &[&str]) -> Ran {
    std::fs::write(home.path().join("case.toml"), CASE).unwrap();
    home.run(&[&["regimen", "advise", "./case.toml"][..], said].concat())
}

/// Text and document of one advice, which end alike.
fn told(said: &[&str], code: i32) -> (String, Value) {
    let home = Home::new();
    let (text, document) = (ran(&home, said), ran(&home, &[said, &["--json"]].concat()));
    assert_eq!((text.code, document.code), (code, code), "{said:?}: {}{}", text.out, text.err);
    (text.out + &text.err, serde_json::from_str(&document.out).unwrap())
}

fn normal<'a>(said: &[&'a str]) -> Vec<&'a str> {
    [said, &NORMAL].concat()
}

/// 0.9 is a hold and 2 is not; diarrhoea of grade 3 the third time is the end of the regimen, and the first time a hold.
#[test]
fn what_is_said_twice_in_two_ways_is_refused_whatever_the_order() {
    let pairs: &[[&[&str]; 2]] = &[
        [&["--lab", "neutrophils 2 10^9/L"], &["--lab", "ANC 0.9 10^9/L"]],
        [&["--lab", "neutrophils 2 10^9/L"], &["--lab", "absolute neutrophil count 0.9 10^9/L"]],
        [&["--lab", "NEUT 2 10^9/L"], &["--lab", "anc 900 /mm3"]],
        [&["--grade", "diarrhoea 1"], &["--grade", "diarrhea 3"]],
        [&["--occurrence", "diarrhoea 1"], &["--occurrence", "Diarrhoea 3"]],
        [&["--event", "fever"], &["--without", "fever"]],
        [&["--event", "ILD"], &["--without", "interstitial lung disease"]],
        [&["--uln", "bilirubin 20 umol/L"], &["--uln", "total bilirubin 40 umol/L"]],
    ];
    for [one, other] in pairs {
        for said in [normal(&[*one, *other].concat()), normal(&[*other, *one].concat())] {
            let (text, document) = told(&said, 3);
            assert_eq!(document["error"]["code"], json!("said-twice"), "{said:?}: {document:#}");
            assert!(text.contains("remove one"), "{text}");
            assert!(!text.contains("irinotecan:"), "no drug is told: {text}");
        }
    }
    let (text, _) = told(&normal(&["--lab", "neutrophils 2 10^9/L", "--lab", "ANC 0.9 10^9/L"]), 3);
    assert!(text.contains("\"neutrophils 2 10^9/L\" and \"ANC 0.9 10^9/L\""), "{text}");
}

#[test]
fn the_same_said_twice_is_said_once() {
    let said = ["--lab", "neutrophils 0.9 10^9/L", "--lab", "ANC 900 /mm3", "--event", "ILD", "--event", "ild"];
    assert_eq!(told(&normal(&said), 0).1["drugs"][1]["now"], json!("hold"));
}

#[test]
fn a_level_of_one_drug_is_said_once_in_advice_and_in_a_plan() {
    let two = ["--level", "irinotecan=-1", "--level", "Irinotecan=-2"];
    for said in [two.to_vec(), vec![two[2], two[3], two[0], two[1]]] {
        let (text, document) = told(&normal(&[&said, &["--grade", "diarrhoea 1"][..]].concat()), 3);
        assert!(text.contains("-1") && text.contains("-2") && text.contains("only one can be in force"), "{text}");
        assert_eq!(document["error"]["code"], json!("refused"));
        let home = Home::new();
        std::fs::write(home.path().join("case.toml"), CASE).unwrap();
        let plan = ["plan", "./case.toml", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        let plan = home.run(&[&plan[..], &NORMAL, &said].concat());
        assert_eq!((plan.code, plan.out.as_str()), (3, ""), "{}", plan.err);
        assert!(plan.err.contains("only one can be in force"), "{}", plan.err);
    }
    // A percentage may stand beside a level, and the same level beside itself: 75 % of 50 is 37.5.
    let said = ["--level", "irinotecan=-1", "--level", "irinotecan=-1", "--level", "irinotecan=75%"];
    let said = [&said[..], &["--grade", "diarrhoea 3", "--occurrence", "diarrhoea 1"]].concat();
    let known = told(&normal(&said), 0).1["known"].to_string();
    assert!(known.contains("-1, 75 %"), "{known}");
}

/// Diarrhoea of grade 3 is a hold the first two times and the end of the regimen from the third on.
#[test]
fn a_drug_is_not_headed_treat_while_a_rule_waits() {
    let (text, document) = told(&normal(&["--lab", "neutrophils 2 10^9/L", "--grade", "diarrhoea 3"]), 3);
    for drug in [0, 1] {
        let one = &document["drugs"][drug];
        assert_eq!((&one["now"], &one["at_least"], &one["asks"]), (&json!("not settled"), &json!("hold"), &json!([0])));
    }
    assert_eq!(document["open"][0]["say"], json!("--occurrence \"diarrhoea …\""));
    assert!(text.contains("irinotecan: at least hold; not settled: say which occurrence it is (diarrhoea)"), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("irinotecan: treat")), "{text}");
    assert!(text.contains("error: not settled: irinotecan, fluorouracil"), "{text}");
}

/// Bilirubin without its limit: treat, half the dose or omit. Only irinotecan is spoken of.
#[test]
fn only_the_drugs_that_a_waiting_rule_could_change_wait() {
    let (text, document) = told(&normal(&["--lab", "neutrophils 2 10^9/L", "--lab", "bilirubin 80 umol/L"]), 3);
    let drugs = &document["drugs"];
    assert_eq!((&drugs[0]["now"], &drugs[0]["at_least"]), (&json!("not settled"), &json!(null)));
    assert_eq!((&drugs[1]["now"], &drugs[1]["asks"]), (&json!("treat"), &json!([])));
    assert!(text.contains("irinotecan: not settled: say the upper limit of normal (bilirubin)"), "{text}");
    // A hold of another rule still shows, and stands where nothing goes further.
    let (text, document) = told(&normal(&["--lab", "neutrophils 0.9 10^9/L", "--lab", "bilirubin 80 umol/L"]), 3);
    assert_eq!(document["drugs"][0]["at_least"], json!("hold"));
    assert_eq!(document["drugs"][1]["now"], json!("hold"));
    assert!(text.contains("irinotecan: at least hold; not settled") && text.contains("fluorouracil: hold"), "{text}");
    // 80 ÷ 20 = 4 x ULN, above 3: omitted.
    let said = ["--lab", "neutrophils 0.9 10^9/L", "--lab", "bilirubin 80 umol/L", "--uln", "bilirubin 20 umol/L"];
    assert_eq!(told(&normal(&said), 0).1["drugs"][0]["now"], json!("omit"));
    // Past the end of the regimen nothing is left to ask.
    let ended = ["--grade", "diarrhoea 3", "--occurrence", "diarrhoea 3", "--lab", "bilirubin 80 umol/L"];
    assert_eq!(told(&normal(&ended), 0).1["drugs"][0]["now"], json!("stop the regimen"));
}

/// Level -1 is 50 mg/m2 by the usual start (70) and 43 by that of *28/*28 (50), where one further is the end.
#[test]
fn a_level_whose_dose_depends_on_something_asks_for_it() {
    let (text, document) = told(&["--grade", "neutropenia 4"], 3);
    let drug = &document["drugs"][0];
    assert_eq!((&drug["now"], &drug["at_least"]), (&json!("not settled"), &json!("one level down")));
    assert_eq!(
        (&document["open"][0]["drug"], &document["open"][0]["needs"]),
        (&json!("irinotecan"), &json!("the genotype"))
    );
    assert!(text.contains("not settled: say the genotype, on which its dose depends"), "{text}");
    for (genotype, dose) in [("UGT1A1*1/*1", "50 mg/m2"), ("UGT1A1*28/*28", "43 mg/m2")] {
        let (_, document) = told(&["--grade", "neutropenia 4", "--genotype", genotype], 0);
        assert_eq!(document["drugs"][0]["dose"]["dose"], json!(dose), "{genotype}");
    }
    // What lowers nothing asks nothing; neither does what ends treatment.
    assert_eq!(told(&["--lab", "neutrophils 0.9 10^9/L"], 0).1["open"], json!([]));
    assert_eq!(told(&["--event", "ILD"], 0).1["drugs"][0]["now"], json!("stop this drug"));
}

#[test]
fn a_share_of_a_dose_that_is_not_known_is_asked_too() {
    // 50 % of the starting dose: 35 of 70, 25 of 50.
    let said = ["--lab", "bilirubin 2 x ULN"];
    assert_eq!(told(&said, 3).1["drugs"][0]["now"], json!("not settled"));
    let (_, document) = told(&[&said[..], &["--genotype", "UGT1A1*28/*28"]].concat(), 0);
    assert_eq!(document["drugs"][0]["dose"]["dose"], json!("25 mg/m2"));
}

#[test]
fn a_dose_by_cohort_asks_for_the_cohort() {
    let file = CASE
        .replace("dose = \"70 mg/m2\"\n", "by_cohort = { a = \"70 mg/m2\", b = \"60 mg/m2\" }\n")
        .replace("[body]", "[[cohort]]\nid = \"a\"\n[[cohort]]\nid = \"b\"\n\n[body]")
        .replace("genotype = \"UGT1A1*1/*1\" }", "genotype = \"UGT1A1*1/*1\", cohort = \"a\" }")
        .replace("source = { trial = [\"dose\",", "source = { trial = [\"by_cohort\",")
        .replace("start = [{ when = { genotype = \"UGT1A1*28/*28\" }, dose = \"50 mg/m2\", reduce = { to = [\"43 mg/m2\"], then = \"stop this drug\", raise_again = \"never\" } }]\n", "")
        .replace("\"reduce\", \"start\"]", "\"reduce\"]");
    let home = Home::new();
    std::fs::write(home.path().join("case.toml"), file).unwrap();
    let asked = ["regimen", "advise", "./case.toml", "--lab", "bilirubin 2 x ULN"];
    let open = home.run(&[&asked[..], &["--json"]].concat());
    assert_eq!(open.code, 3, "{}", open.err);
    let document: Value = serde_json::from_str(&open.out).unwrap();
    assert_eq!(document["open"][0]["say"], json!("--cohort …"), "{document:#}");
    // 50 % of 60.
    let told = home.json(&[&asked[..], &["--cohort", "b"]].concat());
    assert_eq!(told["drugs"][0]["dose"]["dose"], json!("30 mg/m2"));
}

#[test]
fn a_grade_5_is_death_and_no_dose_follows() {
    for said in [["--grade", "neutropenia 5"], ["--grade", "diarrhoea 5"]] {
        let (text, document) = told(&normal(&said), 0);
        assert_eq!(document["drugs"][0]["now"], json!("no dose follows"));
        assert_eq!((&document["drugs"][0]["dose"], &document["open"]), (&json!(null), &json!([])));
        assert!(text.contains("is death (CTCAE)") && !text.contains("when treatment goes on"), "{text}");
    }
}

#[test]
fn a_level_is_told_once_and_one_that_lies_lower_stays() {
    let poor = ["--event", "poor tolerance", "--age", "75"];
    let (text, _) = told(&normal(&poor), 0);
    assert!(text.contains("irinotecan: level -1, 50 mg/m2") && !text.contains("level -1 = level -1"), "{text}");
    let (text, _) = told(&normal(&[&poor[..], &["--level", "irinotecan=-2"]].concat()), 0);
    assert!(text.contains("level -1, below which level -2 is in force and stays, 43 mg/m2"), "{text}");
}

#[test]
fn a_bolus_and_a_pump_are_told_apart() {
    let ran = Home::new().run(&["regimen", "advise", MFOLFOX, "--lab", "neutrophils 0.9 10^9/L"]);
    for drug in ["fluorouracil 15-minute infusion: ", "fluorouracil 46-hour infusion: "] {
        assert_eq!(ran.out.matches(drug).count(), 1, "{}", ran.out);
    }
}

#[test]
fn advice_from_a_draft_says_so() {
    let (text, document) = told(&normal(&["--grade", "diarrhoea 1"]), 0);
    assert!(text.starts_with("*** DRAFT: nobody has approved this regimen for use. ***\n"), "{text}");
    assert!(text.contains("A case  (v1, DRAFT)"), "{text}");
    assert_eq!(document["status"], json!("draft"));
    assert!(document["banner"].as_str().unwrap().starts_with("DRAFT") && document["notice"].is_string());
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A subject of 70 kg, 46 years, on the case; level -1 from cycle 2 (21-Dec-2026) on, weighed again on 19-Dec-2026.
fn enrolled() -> Clinic {
    let mut clinic = Clinic::new();
    std::fs::write(clinic.path("case.toml"), CASE).unwrap();
    let path = clinic.path("case.toml").display().to_string();
    let add = ["add", "S-7", &path, "--height", "170", "--weight", "70", "--age", "46", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &NORMAL, &["--accept", "draft=training"]].concat());
    clinic.record(&["given", "S-7", "--cycle", "1", "--day", "1"]);
    clinic.today = "2026-12-21";
    clinic.record(&[
        "measure",
        "S-7",
        "--weight",
        "68",
        "--on",
        "2026-12-19",
        "--accept",
        "weight-changes-doses=weighed twice",
    ]);
    clinic.record(&["level", "S-7", "irinotecan=-1", "--from", "2", "--reason", "neutropenia"]);
    clinic
}

fn advised(clinic: &Clinic, said: &[&str], code: i32) -> (String, Value) {
    let asked = [&["subject", "advise", "S-7"][..], said].concat();
    let (told, document) = (clinic.run(&asked), clinic.run(&[&asked[..], &["--json"]].concat()));
    assert_eq!((told.status.code(), document.status.code()), (Some(code), Some(code)), "{}", text(&told.stderr));
    (text(&told.stdout), serde_json::from_slice(&document.stdout).unwrap())
}

#[test]
fn advice_of_a_subject_names_the_subject_and_every_fact_with_its_day() {
    let clinic = enrolled();
    let (shown, document) = advised(&clinic, &["--grade", "neutropenia 4"], 0);
    let top: Vec<&str> = shown.lines().take(5).collect();
    assert_eq!(top[..2], ["*** DRAFT: nobody has approved this regimen for use. ***", "Subject S-7"]);
    let known = [
        ("age", "46 years", "2026-12-07"),
        ("weight", "68 kg", "2026-12-19"),
        ("genotype", "UGT1A1*1/*1", "2026-12-07"),
        ("irinotecan level", "-1, 50 mg/m2 in force", "2026-12-21"),
    ];
    let known: Vec<Value> =
        known.iter().map(|(what, value, on)| json!({ "what": what, "value": value, "on": on })).collect();
    assert_eq!(document["known"], json!(known), "{document:#}");
    assert!(top[4].starts_with("From the record: age 46 years (07-Dec-2026), weight 68 kg (19-Dec-2026)"), "{shown}");
    assert_eq!(
        (&document["subject"], &document["stopped"], &document["status"]),
        (&json!("S-7"), &json!(null), &json!("draft"))
    );
    // One level below -1: 43 mg/m2.
    assert_eq!(document["drugs"][0]["dose"]["dose"], json!("43 mg/m2"));
    let (shown, document) = advised(&clinic, &["--grade", "diarrhoea 3"], 3);
    assert!(shown.contains("at least hold; not settled") && document["drugs"][0]["now"] == "not settled", "{shown}");
}

#[test]
fn after_the_end_of_treatment_advice_says_that_first() {
    let clinic = enrolled();
    clinic.record(&["stop", "S-7", "--on", "2026-12-21", "--reason", "progression"]);
    let (shown, document) = advised(&clinic, &["--grade", "neutropenia 4"], 0);
    assert_eq!(shown.lines().nth(2), Some("Treatment ended on Mon 21-Dec-2026: progression"), "{shown}");
    assert_eq!(document["stopped"], json!({ "on": "2026-12-21", "reason": "progression" }));
}
