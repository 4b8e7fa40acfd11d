//! Who waits for somebody: every cycle nobody has recorded anything of, and nobody after a stop.

use serde_json::Value;

use crate::clinic::Clinic;

/// `overdue: C2D1 irinotecan`, for everything that waits on a day.
fn due(clinic: &mut Clinic, today: &'static str) -> Vec<String> {
    clinic.today = today;
    let output = clinic.run(&["due", "--within", "7d", "--json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = told["due"].as_array().unwrap();
    rows.iter().map(|row| format!("{}: {}", row["standing"].as_str().unwrap(), row["what"].as_str().unwrap())).collect()
}

fn next(clinic: &Clinic) -> Value {
    let listed = clinic.run(&["subject", "list", "--json"]);
    let told: Value = serde_json::from_slice(&listed.stdout).unwrap();
    told["subjects"][0]["next"].clone()
}

/// Cycles of 14 days from 07-Dec; on 15-Jan cycle 2 (21-Dec) and cycle 3 (04-Jan) have passed, windows and all, and
/// cycle 4 (18-Jan) stands within a week.
#[test]
fn no_cycle_is_skipped() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1", "--day", "1"]);
    let standing = due(&mut clinic, "2027-01-15");
    let cycles = |word: &str| standing.iter().filter(|line| line.contains(word)).count();
    assert!(cycles("overdue: C2D1 ") > 0 && cycles("overdue: C3D1 ") > 0, "{standing:?}");
    assert_eq!(cycles("overdue"), cycles(": C2") + cycles(": C3"), "{standing:?}");
    assert!(cycles("due: C4D1 ") > 0, "{standing:?}");
    // A cycle that was begun stays, whatever comes after it.
    clinic.record(&["omit", "S-014", "--cycle", "2", "--day", "1", "--drug", "irinotecan", "--reason", "fever"]);
    let standing = due(&mut clinic, "2027-01-15");
    assert!(standing.iter().any(|line| line == "overdue: C3D1 irinotecan liposomal"), "{standing:?}");
    assert!(standing.iter().any(|line| line.starts_with("overdue: C2D1 nimotuzumab")), "{standing:?}");
}

#[test]
fn after_a_stop_nothing_waits_and_nothing_is_next() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1", "--day", "1"]);
    clinic.today = "2027-01-15";
    assert!(next(&clinic).is_string());
    clinic.record(&["stop", "S-014", "--on", "2027-01-10", "--reason", "progression"]);
    assert_eq!(due(&mut clinic, "2027-01-15"), [] as [&str; 0]);
    assert_eq!(next(&clinic), Value::Null);
}
