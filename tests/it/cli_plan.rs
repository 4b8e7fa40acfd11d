//! `plan` and `regimen`, through the real binary: what the documented JSON holds, and how every wrong
//! input ends.

use serde_json::{Value, json};

use crate::program::Home;

const TRIAL: &str = "npc-liposomal-irinotecan-nituzumab";
const FIRST: &[&str] = &["plan", TRIAL, "--height", "170", "--weight", "65", "--start", "2026-12-07"];

fn doses(document: &Value) -> &Vec<Value> {
    document["doses"].as_array().unwrap()
}

#[test]
fn the_users_first_trial_comes_out_as_the_text_says() {
    // 70 mg/m² × 1.75 m² = 122.5 mg, to the nearest 1 mg 123 mg; 400 mg; every two weeks, eight times.
    let plan = Home::new().json(FIRST);
    let mondays = [
        "2026-12-07",
        "2026-12-21",
        "2027-01-04",
        "2027-01-18",
        "2027-02-01",
        "2027-02-15",
        "2027-03-01",
        "2027-03-15",
    ];
    assert_eq!(doses(&plan).len(), 16);
    for (nth, pair) in doses(&plan).chunks(2).enumerate() {
        for (dose, (drug, amount)) in pair.iter().zip([("irinotecan", "123"), ("nimotuzumab", "400")]) {
            let planned = &dose["planned"];
            assert_eq!((dose["drug"].as_str(), planned["dose"].as_str()), (Some(drug), Some(amount)));
            assert_eq!((planned["date"].as_str(), planned["weekday"].as_str()), (Some(mondays[nth]), Some("Monday")));
            assert_eq!((&planned["unit"], &dose["cycle"], &dose["day"]), (&json!("mg"), &json!(nth + 1), &json!(1)));
            assert_eq!(dose["given"], Value::Null);
            assert_eq!(dose["certain"], json!(nth == 0), "only the first cycle is certain");
        }
    }
    let first = &doses(&plan)[0];
    for (key, value) in [
        ("id", json!("irinotecan")),
        ("phase", Value::Null),
        ("part", Value::Null),
        ("state", json!("projected")),
        ("reason", Value::Null),
        ("formulation", json!("liposomal")),
        ("route", json!("intravenous")),
        ("over", json!("90 minutes")),
    ] {
        assert_eq!(first[key], value, "{key}");
    }
    let unknown = |value: &str, unit: &str| json!({"value": value, "unit": unit, "on": null});
    for (key, value) in [
        ("window", json!({"earliest": "2026-12-07", "latest": "2026-12-07"})),
        ("calculated", json!("122.5")),
        ("per", json!("70 mg/m2")),
        ("level", json!(0)),
        ("difference_percent", json!("0.4")),
        ("vials", json!(3)),
    ] {
        assert_eq!(first["planned"][key], value, "{key}");
    }
    let measured = &first["planned"]["measurements"];
    assert_eq!((&measured["height"], &measured["weight"]), (&unknown("170", "cm"), &unknown("65", "kg")));
    assert_eq!(measured["bsa"], json!({"value": "1.75", "unit": "m2"}));
    assert_eq!(doses(&plan)[2]["planned"]["window"]["latest"], "2026-12-24", "three days of room from cycle 2");
    assert_eq!(plan["count"]["kind"], "up-to");
    assert_eq!(plan["count"]["cycles"], 8);
    assert_eq!(plan["subject"]["bsa"], json!({"value": "1.75", "unit": "m2"}));
    assert_eq!(plan["subject"]["bsa_formula"], "mosteller");
    assert_eq!(plan["subject"]["bmi"], json!({"value": "22.5", "unit": "kg/m2"}));
    assert_eq!(plan["regimen"]["status"], "draft");
    assert_eq!(plan["regimen"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(plan["format"], 2);
    assert_eq!(plan["program"]["name"], "posology");
}

#[test]
fn the_working_can_be_redone_with_a_pocket_calculator() {
    let ran = Home::new().run(&[FIRST, &["--working"]].concat());
    assert_eq!(ran.code, 0);
    for line in [
        "√(170 cm × 65 kg ÷ 3,600) = 1.751983… m²",
        "70 mg/m² × 1.75 m² = 122.5 mg",
        "to the nearest 1 mg = 123 mg (+0.4 %)",
        "Mon 07-Dec-2026",
        "Mon 15-Mar-2027",
        "400 mg",
        "DRAFT",
        "not an order",
        "if treatment continues",
    ] {
        assert!(ran.out.contains(line), "{line} is missing:\n{}", ran.out);
    }
}

#[test]
fn other_units_are_echoed_with_both_values() {
    let ran = Home::new().run(&["plan", TRIAL, "--height", "5ft7in", "--weight", "154lb", "--start", "07-Dec-2026"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("5 ft 7 in is 170.18 cm") && ran.err.contains("154 lb is 69.85 kg"), "{}", ran.err);
}

/// What is typed, the exit code, and words of the sentence that says what is wrong and what would be right.
type Wrong = (&'static [&'static str], i32, &'static [&'static str]);

const START: &str = "--start=2026-12-07";

const WRONG: &[Wrong] = &[
    (&["plan", TRIAL, "--height=65", "--weight=170", START], 3, &["exchanged", "170 cm", "65 kg"]),
    (&["plan", TRIAL, "--height=170", "--weight=154", START], 3, &["154 in pounds", "69.85 kg", "BMI 24.2"]),
    (&["plan", TRIAL, "--height=67", "--weight=65", START], 3, &["67 in inches", "170.18 cm"]),
    (&["plan", TRIAL, "--height=1.70", "--weight=65", START], 3, &["metres", "170 cm"]),
    (&["plan", TRIAL, "--height=170", "--weight=650", START], 3, &["ten times too large", "65 kg"]),
    (&["plan", TRIAL, "--height=1,70", "--weight=65", START], 1, &["1,70", "comma", "such as 170"]),
    (&["plan", TRIAL, "--height=17O", "--weight=65", START], 1, &["17O", "such as 170"]),
    (&["plan", TRIAL, "--height=170", "--weight=-65", START], 1, &["-65", "negative"]),
    (&["plan", TRIAL, "--height=170", "--weight=0", START], 1, &["zero"]),
    (&["plan", TRIAL, "--height=170", START], 1, &["weight was not given", "such as 65 (--weight)"]),
    (&["plan", TRIAL, "--height=170", "--weight=65"], 1, &["start date was not given", "--start 2026-12-07"]),
    (&["plan", TRIAL, "--height=170", "--weight=65", "--start=2026-02-31"], 1, &["2026-02-31", "calendar"]),
    (&["plan", TRIAL, "--height=170", "--weight=65", "--start=03/04/2026"], 1, &["two different days", "2026-12-07"]),
    (&["plan", TRIAL, "--height=170", "--weight=65", "--start=07-Dec-26"], 1, &["two digits"]),
    (
        &["plan", TRIAL, "--height=170", "--weight=65", START, "--level=foo=-1"],
        1,
        &["foo", "irinotecan liposomal, nimotuzumab"],
    ),
    (&["plan", TRIAL, "--height=170", "--weight=65", START, "--level=irinotecan"], 1, &["no =", "irinotecan=-1"]),
    (&["plan", TRIAL, "--height=170", "--weight=65", START, "--level=irinotecan=1"], 3, &["above the assigned dose"]),
    (
        &["plan", TRIAL, "--height=170", "--weight=65", START, "--level=irinotecan=-3"],
        3,
        &["no dose level -3", "stops this drug"],
    ),
    (&["plan", TRIAL, "--height=170", "--weight=65", START, "--cohort=A3"], 1, &["no cohorts"]),
    (&["plan", TRIAL, "--height=170", "--weight=65", START, "--cycles=0"], 3, &["1 or more"]),
    (&["plan", TRIAL, "--height=170", "--weight=65", START, "--as=xml"], 2, &["xml", "json"]),
    (&["plan", TRIAL, "--hight=170"], 2, &["--hight", "--height"]),
    (&["plan", "npc-camrelizumab-apatinib", "--age=80", START], 3, &["80 years", "18 through 75 years"]),
    (&["plan", "npc-camrelizumab-apatinib", START], 1, &["age", "such as 46, or the date of birth (--age, --born)"]),
    (
        &[
            "plan",
            "gyn-carboplatin-paclitaxel",
            "--height=170",
            "--weight=65",
            "--sex=female",
            "--age=60",
            "--creatinine=70 mg/dL",
            START,
        ],
        3,
        &["70 mg/dL", "Is it umol/L?"],
    ),
    (&["plan", "gyn-carboplatin-paclitaxel", "--creatinine=0.8", START], 1, &["no unit", "0.8 mg/dL"]),
    (&["plan", "nituzumab", START], 1, &["no regimen", TRIAL]),
    (&["plan", "./nothing.toml", START], 1, &["nothing.toml", "no such file"]),
    (&["plan", "./", START], 1, &["is a folder"]),
    (&["regimen", "show", "nothing-like-it-at-all"], 1, &["regimen list"]),
    (&["regimen", "explain", "R999"], 1, &["R999"]),
    (&["regimen"], 2, &["list"]),
];

#[test]
fn every_wrong_input_ends_with_its_code_and_a_sentence() {
    let home = Home::new();
    for (arguments, code, words) in WRONG {
        let ran = home.run(arguments);
        assert_eq!(ran.code, *code, "{arguments:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{arguments:?} gave a result: {}", ran.out);
        for word in *words {
            assert!(ran.err.contains(word), "{arguments:?} does not say {word:?}: {}", ran.err);
        }
        assert!(!ran.err.contains("panicked"), "{arguments:?}");
    }
}

#[test]
fn a_failure_is_one_json_document() {
    let home = Home::new();
    let ran = home.run(&["plan", TRIAL, "--height", "65", "--weight", "170", "--start", "2026-12-07", "--json"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.code, 3);
    assert_eq!(
        (document["error"]["severity"].as_str(), document["error"]["code"].as_str()),
        (Some("block"), Some("bmi-range"))
    );
}

#[test]
fn wrong_files_are_told_and_never_planned_from() {
    let home = Home::new();
    let write = |name: &str, bytes: &[u8]| std::fs::write(home.path().join(name), bytes).unwrap();
    write("empty.toml", b"");
    write("large.toml", &vec![b' '; 50_000_000]);
    write("binary.toml", b"format = 1\n\xff\xfe");
    write("utf16.toml", b"\xff\xfef\0o\0r\0m\0a\0t\0");
    let five = "format = 1\n[regimen]\nid = \"five\"\nstatus = \"drafty\"\n[cycle]\nlenght = \"14 days\"\ncount = { up_to = \"8\" }\n[[drug]]\nname = \"x\"\ndose = \"70mg/sqm\"\ndays = \"1-8\"\n";
    write("five.toml", five.as_bytes());
    for (name, words) in [
        ("empty.toml", vec!["empty"]),
        ("large.toml", vec!["50 MB"]),
        ("binary.toml", vec!["0xFF", "UTF-8"]),
        ("utf16.toml", vec!["UTF-16"]),
        ("five.toml", vec!["drafty", "lenght", "length", "up_to", "sqm", "1-8", "through"]),
    ] {
        let path = format!("./{name}");
        let ran = home.run(&["plan", &path, "--height", "170", "--weight", "65", "--start", "2026-12-07"]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(ran.out.is_empty(), "{name}");
        for word in words {
            assert!(ran.err.contains(word), "{name} does not say {word:?}: {}", ran.err);
        }
    }
    let checked = home.run(&["regimen", "check", "five.toml"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("five.toml:4:"), "{}", checked.out);
}

#[test]
fn a_file_is_written_whole_and_never_over_another() {
    let home = Home::new();
    let to = |extra: &[&str]| home.run(&[FIRST, &["--as", "csv", "-o", "plan.csv"], extra].concat());
    let first = to(&[]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(
        first.err.contains(home.path().canonicalize().unwrap().join("plan.csv").to_str().unwrap()),
        "{}",
        first.err
    );
    let second = to(&[]);
    assert_eq!(second.code, 1);
    assert!(second.err.contains("exists already"), "{}", second.err);
    assert_eq!(to(&["--force"]).code, 0);
}

#[test]
fn home_runs_are_one_row_and_each_expands_them() {
    let home = Home::new();
    let plan = ["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--cycles", "1"];
    let run = home.json(&plan);
    let oral = doses(&run).iter().find(|dose| dose["id"] == "capecitabine").unwrap();
    // 1,000 mg/m² × 1.75 m² = 1,750 mg twice daily = 3,500 mg a day: 1,500 and 2,000 mg; 28 doses from the
    // evening of day 1 through the morning of day 15; 3 + 4 tablets of 500 mg on 14 days are 98.
    let planned = &oral["planned"];
    assert_eq!((planned["morning"].as_str(), planned["evening"].as_str()), (Some("1500"), Some("2000")));
    let run = &planned["run"];
    assert_eq!((run["from"].as_str(), run["through"].as_str()), (Some("2026-12-07"), Some("2026-12-21")));
    assert_eq!((run["starts"].as_str(), run["administrations"].as_u64()), (Some("evening"), Some(28)));
    let tablets: u64 = planned["tablets"].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
    assert!(tablets >= 98, "{oral}");
    let each = home.json(&[&plan[..], &["--each"]].concat());
    let spread: Vec<_> = doses(&each).iter().filter(|dose| dose["id"] == "capecitabine").collect();
    assert_eq!(spread.len(), 28);
    let ends = |dose: &Value| {
        (
            dose["planned"]["date"].as_str().unwrap().to_owned(),
            dose["part"].as_str().unwrap().to_owned(),
            dose["planned"]["dose"].clone(),
        )
    };
    assert_eq!(ends(spread[0]), ("2026-12-07".into(), "evening".into(), json!("2000")));
    assert_eq!(ends(spread[27]), ("2026-12-21".into(), "morning".into(), json!("1500")));
}

#[test]
fn the_library_is_found_by_any_word_and_shown_with_its_sources() {
    let home = Home::new();
    for words in [&["nituzumab"][..], &["NCT04548271"], &["apatinib", "camrelizumab"]] {
        let list = home.run(&[&["regimen", "list"], words].concat());
        assert!(list.out.contains("npc-"), "{words:?}: {}", list.out);
    }
    let page = home.run(&["regimen", "show", TRIAL]);
    for text in ["70 mg/m2  [trial]", "[UNVERIFIED]", "up to 8 cycles", "never raised again", "Sources"] {
        assert!(page.out.contains(text), "{text} is missing:\n{}", page.out);
    }
    let listed = home.json(&["regimen", "list"]);
    assert!(listed["regimens"].as_array().unwrap().iter().all(|row| row["usable"] == true));
}

#[test]
fn a_user_regimen_may_not_take_the_id_of_a_shipped_one() {
    let home = Home::new();
    let folder = home.path().join("more");
    std::fs::create_dir(&folder).unwrap();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/regimens/npc-gp.toml");
    std::fs::copy(shipped, folder.join("npc-gp.toml")).unwrap();
    std::fs::copy(shipped, folder.join("other.toml")).unwrap();
    let ran = home.run(&["regimen", "show", "npc-gp", "--library", "more"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("two places"), "{}", ran.err);
}

#[test]
fn what_a_regimen_leaves_to_the_site_comes_from_the_site_file_and_is_told() {
    let home = Home::new();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    let shipped = include_str!("../../regimens/npc-liposomal-irinotecan-nituzumab.toml");
    let left = shipped.replace("\"mosteller\"", "\"site\"").replace(TRIAL, "mine");
    assert!(left.contains("\"site\"") && left != shipped);
    write("mine.toml", &left);
    let plan = ["plan", "./mine.toml", "--height", "170", "--weight", "65", "--start", "2026-12-11"];
    let without = home.run(&plan);
    assert_eq!(without.code, 1);
    assert!(without.err.contains("leaves `bsa` to the site") && without.err.contains("body.bsa"), "{}", without.err);
    write(
        "site.toml",
        "[closures]\nweekdays = [\"sunday\"]\n[closures.days]\n2026-12-25 = \"Christmas Day\"\n[values]\n\"body.bsa\" = \"mosteller\"\n",
    );
    let with = home.json(&[&plan[..], &["--site-file", "site.toml"]].concat());
    assert_eq!(doses(&with)[0]["planned"]["dose"], "123");
    let told: Vec<&str> =
        with["findings"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert!(told.iter().any(|text| text.contains("body.bsa = mosteller")), "{told:?}");
    // Cycle 2 falls on Friday 25-Dec-2026: told by its name, and not moved.
    assert!(told.iter().any(|text| text.contains("Fri 25-Dec-2026") && text.contains("Christmas Day")), "{told:?}");
    assert_eq!(doses(&with)[2]["planned"]["date"], "2026-12-25");
    for (text, words) in
        [("[values", "site.toml"), ("[closures]\nweekdays = [\"caturday\"]\n", "caturday"), ("[valeus]\n", "valeus")]
    {
        write("site.toml", text);
        let ran = home.run(&[&plan[..], &["--site-file", "site.toml"]].concat());
        assert_eq!(ran.code, 1, "{text}");
        assert!(ran.err.contains(words), "{text}: {}", ran.err);
    }
}

#[test]
fn watching_needs_files_and_prints_no_document() {
    let home = crate::program::Home::new();
    let absent = home.run(&["regimen", "check", "--watch", "gi-xelox"]);
    assert_eq!(absent.code, 1);
    assert!(absent.err.contains("looks at files and folders"), "{}", absent.err);
    std::fs::write(home.path().join("x.toml"), "format = 1").unwrap();
    assert_eq!(home.run(&["regimen", "check", "--watch", "x.toml", "--json"]).code, 2);
}
