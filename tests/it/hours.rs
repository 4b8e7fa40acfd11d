//! At what hours a dose went in: kept on both faces, corrected, typed again, and written in a version of its own.

use crate::clinic::Clinic;
use crate::store_record::looked_through;
use crate::tui_record::Interface;

fn history(clinic: &Clinic) -> String {
    String::from_utf8(clinic.run(&["subject", "show", "S-014", "--history"]).stdout).unwrap()
}

const GIVEN: [&str; 8] = ["given", "S-014", "--cycle", "1", "--day", "1", "--drug", "irinotecan"];

/// A pump of 46 hours that is begun on Monday at 10:15 ends on Wednesday at 08:15.
#[test]
fn the_hours_of_a_dose_are_kept_corrected_and_typed_again() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-09";
    let hours =
        ["--start-time", "10:15", "--stop-time", "09-Dec-2026 08:15", "--accept", "infusion-length=given by a pump"];
    clinic.record(&[&GIVEN[..], &hours].concat());
    assert!(
        history(&clinic).contains("irinotecan liposomal, 123 mg, 10:15 to 09-Dec-2026 08:15"),
        "{}",
        history(&clinic)
    );
    clinic.record(&["correct", "S-014", "2", "--start-time", "1030", "--reason", "the clock of the pump"]);
    assert!(history(&clinic).contains("123 mg, 10:30 to 09-Dec-2026 08:15"), "{}", history(&clinic));
    let versions: Vec<u32> =
        looked_through(&clinic.path("records")).events("S-014").unwrap().iter().map(|one| one.version).collect();
    assert_eq!(versions, [1, 3, 3], "only what says something new is written in a newer version");
    // A second person types them again.
    let check = ["check", "S-014", "2", "--dose", "123 mg", "--on", "2026-12-07"];
    let missing = clinic.run(&[&["subject"][..], &check, &["--who", "B. Second"]].concat());
    let told = String::from_utf8(missing.stderr).unwrap();
    assert!(told.contains("--start-time, --stop-time"), "{told}");
}

#[test]
fn what_cannot_be_is_refused() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-09";
    let refused = |hours: &[&str], code: &str| clinic.refused(&[&GIVEN[..], hours].concat(), code);
    refused(&["--start-time", "10:15", "--stop-time", "09:15"], "stop-before-start");
    refused(&["--start-time", "10:15", "--stop-time", "10:15"], "stop-before-start");
    refused(&["--stop-time", "06-Dec-2026 09:15"], "stop-before-start");
    refused(&["--start-time", "10:15", "--stop-time", "10-Dec-2026 08:15"], "future-date");
    let several = ["given", "S-014", "--cycle", "1", "--start-time", "10:15"];
    clinic.refused(&several, "which");
    clinic.refused(&["correct", "S-014", "1", "--start-time", "10:15", "--reason", "x"], "not-in-entry");
    let wrong = clinic.run(&[&["subject"][..], &GIVEN, &["--start-time", "10", "--who", "A"]].concat());
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("a time of 24 hours such as 09:30"));
}

#[test]
fn in_the_interface_the_hours_stand_beside_the_lot() {
    let mut interface = Interface::enrolled();
    let form = interface.keys("a");
    assert!(form.contains("Hours irinotecan liposomal"), "{form}");
    let before = form.lines().position(|line| line.contains("Hours irinotecan liposomal")).unwrap();
    let first = form.lines().position(|line| line.starts_with("irinotecan liposomal:")).unwrap();
    let down = "<tab>".repeat(before - first);
    let ready = interface.keys(&format!("{down}9:30-11:00"));
    assert!(ready.contains("9:30-11:00"), "{ready}");
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert!(history.contains("09:30 to 11:00"), "{history}");
}

/// Of 90 minutes three quarters are 67.5, and one and a half are 135; an hour is more than 15 minutes shorter.
#[test]
fn an_infusion_that_ran_too_fast_or_too_long_is_asked_about() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-09";
    let asked = |stop: &str| {
        clinic.refused(&[&GIVEN[..], &["--start-time", "10:00", "--stop-time", stop]].concat(), "infusion-length")
    };
    let fast = asked("10:05");
    assert!(
        fast.contains("10:00 to 10:05 is 5 minutes, and it is to run 90 minutes: it went in faster than it may"),
        "{fast}"
    );
    assert!(asked("11:00").contains("is 1 hour, and"), "{}", asked("11:00"));
    assert!(
        asked("09-Dec-2026 10:00").contains("is 48 hours, and it is to run 90 minutes: it went in slower than planned")
    );
    // A dose that was broken off may be shorter.
    let part = ["--dose", "60 mg", "--partly", "--reason", "reaction", "--accept", "dose-differs=reaction"];
    let part = [&GIVEN[..], &part, &["--start-time", "10:00", "--stop-time", "10:40"]].concat();
    clinic.record(&part);
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-09";
    clinic.record(&[&GIVEN[..], &["--start-time", "10:00", "--stop-time", "11:08"]].concat());
}
