//! What is recorded against better knowledge is asked about, and a correction keeps to the bounds of the entry.

use posology::calendar::days_between;
use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};
use crate::record_commands::{approve, version};
use crate::support::date;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A dose is given although the criteria of that day were last found not to be met.
#[test]
fn a_dose_given_against_the_criteria_is_asked_about() {
    let clinic = Clinic::new();
    clinic.enrol();
    let given = ["given", "S-014", "--cycle", "1", "--day", "1"];
    let looked = |met: &[&str]| {
        let criteria = ["criteria", "S-014", "--cycle", "1", "--found", "neutrophils 0.9"];
        clinic.record(&[&criteria[..], met].concat());
    };
    looked(&["--not-met"]);
    let told = clinic.refused(&given, "criteria-not-met");
    assert!(told.contains("cycle 1 day 1 were not met on 07-Dec-2026 (neutrophils 0.9)"), "{told}");
    // Another day has criteria of its own, and what is found later takes the place of what was found before.
    looked(&[]);
    clinic.record(&given);
    looked(&["--not-met"]);
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["criteria", "S-014", "--cycle", "2", "--not-met", "--found", "platelets 60"]);
    clinic.record(&given);
}

/// The first and the last allowed delay, and one day beyond each.
#[test]
fn a_corrected_delay_keeps_to_the_bounds_of_a_delay() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["delay", "S-014", "--cycle", "2", "--days", "2", "--reason", "holiday"]);
    let correct = |days: &'static str| ["correct", "S-014", "2", "--days", days, "--reason", "misread"];
    for days in ["100000", "401", "-61"] {
        clinic.refused(&correct(days), "delay");
    }
    clinic.record(&correct("3"));
    let cycles = clinic.show()["plan"]["doses"].clone();
    let second = cycles.as_array().unwrap().iter().find(|dose| dose["cycle"] == 2 && dose["day"] == 1).unwrap().clone();
    // Cycles of 14 days: 07-Dec + 14 + 3.
    assert_eq!(days_between(date("2026-12-07"), date(second["planned"]["date"].as_str().unwrap())), 17);
    let later = ["correct", "S-014", "2", "--on", "2026-12-08", "--reason", "misread"];
    clinic.refused(&later, "future-date");
}

#[test]
fn a_corrected_dose_or_weight_is_questioned_as_the_first_was() {
    let clinic = Clinic::new();
    clinic.enrol();
    // 70 mg/m2 x 1.75 m2 = 122.5 mg, 123 mg; ten times that is no slip of the rounding.
    clinic.record(&["given", "S-014", "--cycle", "1", "--day", "1", "--drug", "irinotecan"]);
    clinic.refused(&["correct", "S-014", "2", "--dose", "1230 mg", "--reason", "misread"], "dose-differs");
    clinic.record(&["measure", "S-014", "--weight", "66", "--on", "2026-12-07"]);
    // 145 lb typed as kg: a BMI of 50.
    let wrong = ["correct", "S-014", "3", "--weight", "145", "--reason", "misread"];
    let told = clinic.run(&[&["subject"][..], &wrong, &["--who", "A. Nurse", "--yes"]].concat());
    assert_eq!(told.status.code(), Some(3), "{}", text(&told.stderr));
    assert!(text(&told.stderr).contains("CONFIRM"), "{}", text(&told.stderr));
    clinic.record(&["correct", "S-014", "3", "--weight", "65.5", "--reason", "misread"]);
}

/// ANN types, BOB corrects: neither may check it, and a third person may.
#[test]
fn neither_who_typed_nor_who_corrected_checks() {
    let mut clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    clinic.extra = vec!["--library".into(), clinic.path("library").display().to_string()];
    let run = |who: &str, arguments: &[&str]| {
        let done = clinic.run(&[&["subject"][..], arguments, &["--who", who, "--yes"]].concat());
        (done.status.success(), text(&done.stderr))
    };
    let add = ["add", "S-1", "own-trial", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    assert!(run("ANN", &add).0);
    assert!(run("BOB", &["correct", "S-1", "1", "--weight", "66", "--reason", "misread"]).0);
    assert!(run("CAT", &["correct", "S-1", "1", "--weight", "67", "--reason", "misread"]).0);
    let check = ["check", "S-1", "1", "--height", "170", "--weight", "67", "--start", "2026-12-07"];
    for (who, did) in [
        ("ANN", "typed"),
        ("ann ", "typed"),
        ("A N.N", "typed"),
        ("\u{391}NN", "typed"),
        ("ANÑ", "typed"),
        ("BOB", "corrected"),
        ("B0B", "corrected"),
        ("CAT", "corrected"),
        ("ＣＡＴ", "corrected"),
    ] {
        let (done, told) = run(who, &check);
        assert!(!done && told.contains(did) && told.contains("a second person"), "{who}: {told}");
    }
    let (done, told) = run("DAN", &check);
    assert!(done, "{told}");
}

/// 100 mg, and 60 mg for *28/*28; only women; cohort 1 gets 200 mg of the other drug, cohort 2 gets 300 mg.
const STARTS: &str = r#"format = 1

[regimen]
id         = "starts"
name       = "starts"
version    = "1"
status     = "draft"
setting    = "practice"
indication = "testing"
supportive_care = "not included"

[cycle]
length = "21 days"
count  = { planned = 1 }
next   = "from actual day 1"
window = "unknown"
source = "unverified"

[eligibility]
age = { from = "18 years" }
source = "unverified"

[[drug]]
name   = "irinotecan"
dose   = "100 mg"
route  = "intravenous"
over   = "90 minutes"
days   = [1]
round  = "none"
start  = [{ when = { genotype = "UGT1A1*28/*28" }, dose = "60 mg" }]
source = "unverified"

[[drug]]
name   = "sorafenib"
by_cohort = { "1" = "200 mg", "2" = "300 mg" }
route  = "intravenous"
over   = "90 minutes"
days   = [1]
round  = "none"
source = "unverified"

[[cohort]]
id   = "1"
name = "one"

[[cohort]]
id   = "2"
name = "two"

[[example]]
subject = { cohort = "1", genotype = "UGT1A1*1/*1", age = "50 years" }
start   = 2026-12-07
expect  = [{ cycle = 1, day = 1, date = 2026-12-07, drug = "irinotecan", dose = "100 mg" }]
"#;

#[test]
fn whom_an_enrolment_is_about_is_corrected_and_previewed() {
    let clinic = Clinic::new();
    let path = clinic.path("starts.toml");
    std::fs::write(&path, STARTS).unwrap();
    let path = path.display().to_string();
    let subject = ["--genotype", "UGT1A1*1/*1", "--sex", "female", "--age", "50", "--cohort", "1"];
    let add = ["add", "S-014", &path, "--start", "2026-12-07", "--accept", "draft=test"];
    clinic.record(&[&add[..], &subject].concat());
    let correct = |options: &[&'static str]| {
        let base = ["correct", "S-014", "1", "--reason", "misread"];
        [&base[..], options].concat()
    };
    let shown =
        clinic.run(&[&["subject"][..], &correct(&["--genotype", "UGT1A1*28/*28"]), &["--who", "A", "--json"]].concat());
    let preview: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let changes = preview["changes"].to_string();
    assert!(changes.contains("100 mg") && changes.contains("60 mg"), "{preview:#}");
    clinic.record(&correct(&["--genotype", "UGT1A1*28/*28", "--sex", "male", "--cohort", "2", "--born", "1966-12-08"]));
    let shown = clinic.show();
    let doses: Vec<&Value> =
        shown["plan"]["doses"].as_array().unwrap().iter().map(|dose| &dose["planned"]["dose"]).collect();
    assert_eq!(doses, ["60", "300"]);
    // Born on 08-Dec-1966: 59 completed years on 07-Dec-2026. The date itself is nowhere in the record.
    let now = &shown["history"][1]["event"]["corrected"]["event"]["enrolled"];
    assert_eq!((&now["age"], &now["sex"]), (&"59".into(), &"male".into()), "{now:#}");
    assert!(!shown.to_string().contains("1966"));
    // A cohort that the regimen has not, and a birth after the start, are no corrections.
    clinic.refused(&correct(&["--cohort", "3"]), "unknown-cohort");
    let born = clinic.run(&[&["subject"][..], &correct(&["--born", "2026-12-08"]), &["--who", "A", "--yes"]].concat());
    assert!(!born.status.success() && text(&born.stderr).contains("lies in the future"), "{}", text(&born.stderr));
    // That the subject is 17 is a fact: asked about, and then nothing is planned.
    clinic.refused(&correct(&["--age", "17"]), "child");
    clinic.record(&correct(&["--age", "17", "--accept", "child=the date of birth was misread"]));
    assert!(clinic.show()["plan"]["doses"].is_null());
}

/// What is enrolled under the first regimen is typed there, too.
#[test]
fn the_shipped_regimen_takes_no_cohort_in_a_correction() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.refused(&["correct", "S-014", "1", "--cohort", "2", "--reason", "misread"], "unknown-cohort");
    assert_eq!(clinic.show()["regimen"]["id"], REGIMEN);
}
