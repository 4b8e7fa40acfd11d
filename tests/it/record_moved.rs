//! Moved to another version: what was begun is planned on the text it was begun on.

use serde_json::Value;

use crate::clinic::Clinic;
use crate::support::now;

/// Gemcitabine on days 1 and 8, `dose` mg each, every `length` days, four cycles.
fn version(clinic: &Clinic, number: u32, length: u32, dose: u32) -> String {
    let total = 2 * dose;
    let text = format!(
        r#"format = 1

[regimen]
id         = "mv"
name       = "mv"
version    = "{number}"
status     = "draft"
setting    = "practice"
indication = "testing"
supportive_care = "not included"

[cycle]
length = "{length} days"
count  = {{ planned = 4 }}
next   = "from actual day 1"
window = {{ early = "0 days", late = "3 days" }}
source = "unverified"

[[drug]]
name   = "gemcitabine"
dose   = "{dose} mg"
route  = "intravenous"
over   = "30 minutes"
days   = [1, 8]
missed = "skip"
cycle_total = "{total} mg"
round  = "none"
source = "unverified"

[[example]]
subject = {{ }}
start   = 2026-12-07
expect  = [{{ cycle = 1, day = 1, date = 2026-12-07, drug = "gemcitabine", dose = "{dose} mg" }}]
"#
    );
    let path = clinic.path(&format!("mv-{number}.toml"));
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// `2026-12-07 1,000 mg given`, in order.
fn doses(clinic: &Clinic) -> Vec<String> {
    let shown = clinic.run(&["subject", "show", "S-1", "--json"]);
    let document: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let doses = document["plan"]["doses"].as_array().unwrap();
    let text = |dose: &Value, key: &str| dose[key].as_str().unwrap().to_owned();
    doses.iter().map(|dose| format!("{} {}", text(now(dose), "date"), text(now(dose), "dose"))).collect()
}

/// C1D1 is given on 1,000 mg every 21 days; then 1,250 mg every 28. Cycle 1 keeps its dose and its 21 days:
/// day 8 on 14-Dec, cycle 2 on 28-Dec (07-Dec + 21), cycle 3 on 25-Jan (28-Dec + 28), cycle 4 on 22-Feb.
#[test]
fn a_move_holds_from_the_next_cycle() {
    let clinic = Clinic { today: "2026-12-28", ..Clinic::new() };
    let (old, new) = (version(&clinic, 1, 21, 1000), version(&clinic, 2, 28, 1250));
    clinic.record(&["add", "S-1", &old, "--start", "2026-12-07", "--accept", "draft=test"]);
    clinic.record(&["given", "S-1", "--cycle", "1", "--day", "1"]);
    clinic.record(&["move", "S-1", &new, "--reason", "amendment 2", "--accept", "draft=test"]);
    let expected = [
        "2026-12-07 1000",
        "2026-12-14 1000",
        "2026-12-28 1250",
        "2027-01-04 1250",
        "2027-01-25 1250",
        "2027-02-01 1250",
        "2027-02-22 1250",
        "2027-03-01 1250",
    ];
    assert_eq!(doses(&clinic), expected);
    // A third version after a dose of cycle 2: cycles 1 and 2 stay on the texts they were begun on.
    clinic.record(&["given", "S-1", "--cycle", "2", "--day", "1", "--on", "2026-12-28"]);
    let newest = version(&clinic, 3, 21, 800);
    clinic.record(&["move", "S-1", &newest, "--reason", "amendment 3", "--accept", "draft=test"]);
    // Cycle 3 still follows cycle 2 by its 28 days; cycle 4 follows by 21: 25-Jan + 21 = 15-Feb.
    let expected = [
        "2026-12-07 1000",
        "2026-12-14 1000",
        "2026-12-28 1250",
        "2027-01-04 1250",
        "2027-01-25 800",
        "2027-02-01 800",
        "2027-02-15 800",
        "2027-02-22 800",
    ];
    assert_eq!(doses(&clinic), expected);
}

/// Nothing is on record: the new version holds from the first cycle.
#[test]
fn a_move_before_the_first_dose_holds_from_the_start() {
    let clinic = Clinic::new();
    let (old, new) = (version(&clinic, 1, 21, 1000), version(&clinic, 2, 28, 1250));
    clinic.record(&["add", "S-1", &old, "--start", "2026-12-07", "--accept", "draft=test"]);
    clinic.record(&["move", "S-1", &new, "--reason", "amendment 2", "--accept", "draft=test"]);
    assert_eq!(doses(&clinic)[..3], ["2026-12-07 1250", "2026-12-14 1250", "2027-01-04 1250"]);
}

/// Every cycle is begun: nothing changes for what is left of the last.
#[test]
fn a_move_after_the_last_cycle_was_begun_changes_no_dose() {
    let clinic = Clinic { today: "2027-02-08", ..Clinic::new() };
    let (old, new) = (version(&clinic, 1, 21, 1000), version(&clinic, 2, 28, 1250));
    clinic.record(&["add", "S-1", &old, "--start", "2026-12-07", "--accept", "draft=test"]);
    for (cycle, on) in [("1", "2026-12-07"), ("2", "2026-12-28"), ("3", "2027-01-18"), ("4", "2027-02-08")] {
        let given = ["given", "S-1", "--cycle", cycle, "--day", "1", "--on", on];
        clinic.record(&given);
    }
    let before = doses(&clinic);
    clinic.record(&["move", "S-1", &new, "--reason", "amendment 2", "--accept", "draft=test"]);
    assert_eq!((doses(&clinic), before.len()), (before, 8));
}

/// 75 % of 1,000 mg is 750; the same percentage of 1,250 mg is 937.5: a reduced dose that another text raises is asked
/// about.
#[test]
fn a_move_that_raises_a_reduced_dose_asks() {
    let clinic = Clinic { today: "2026-12-28", ..Clinic::new() };
    let (old, new) = (version(&clinic, 1, 21, 1000), version(&clinic, 2, 21, 1250));
    clinic.record(&["add", "S-1", &old, "--start", "2026-12-07", "--accept", "draft=test"]);
    clinic.record(&["given", "S-1", "--cycle", "1", "--day", "1"]);
    clinic.record(&["level", "S-1", "gemcitabine=75%", "--from", "2", "--reason", "neutropenia"]);
    let asked = clinic.run(&[
        "subject",
        "move",
        "S-1",
        &new,
        "--reason",
        "amendment 2",
        "--accept",
        "draft=test",
        "--who",
        "A",
        "--yes",
    ]);
    let told = String::from_utf8_lossy(&asked.stderr).into_owned() + &String::from_utf8_lossy(&asked.stdout);
    assert!(told.contains("raise-again") && told.contains("937.5 mg instead of 750 mg"), "{told}");
}

/// What was given on the newer text would be lost with it.
#[test]
fn a_move_that_was_treated_on_is_not_undone() {
    let clinic = Clinic { today: "2026-12-28", ..Clinic::new() };
    let (old, new) = (version(&clinic, 1, 21, 1000), version(&clinic, 2, 21, 1250));
    clinic.record(&["add", "S-1", &old, "--start", "2026-12-07", "--accept", "draft=test"]);
    clinic.record(&["given", "S-1", "--cycle", "1", "--day", "1"]);
    clinic.record(&["move", "S-1", &new, "--reason", "amendment 2", "--accept", "draft=test"]);
    let before = doses(&clinic);
    clinic.record(&["given", "S-1", "--cycle", "2", "--day", "1", "--on", "2026-12-28"]);
    let refused = clinic.run(&["subject", "undo", "S-1", "3", "--reason", "slip", "--who", "A", "--yes"]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && told.contains("subject move"), "{told}");
    assert_eq!(doses(&clinic), before);
}
