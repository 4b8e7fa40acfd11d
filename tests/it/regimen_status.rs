//! A word in a file approves nothing: `status = "reviewed"` is a draft, and `"retired"` says so, whatever is made.

use std::fs;

use crate::clinic::Clinic;
use crate::program::Home;
use crate::record_commands::{approve, version};

const FILE: &str = include_str!("../corpus/valid/one-drug.toml");

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The file with another word under `status`, written where the command line finds it.
fn saying(home: &Home, word: &str) -> String {
    let file = home.path().join("one-drug.toml");
    fs::write(&file, FILE.replacen("\"draft\"", &format!("\"{word}\""), 1)).unwrap();
    file.display().to_string()
}

#[test]
fn a_page_a_plan_and_the_lists_name_what_nobody_has_approved() {
    let home = Home::new();
    for (word, status, banner) in [
        ("reviewed", "draft", "DRAFT: nobody has approved this regimen for use."),
        ("approved", "draft", "DRAFT: nobody has approved this regimen for use."),
        ("retired", "retired", "RETIRED: this regimen is no longer for use."),
    ] {
        let file = saying(&home, word);
        let shown = home.run(&["regimen", "show", &file]).out;
        assert!(shown.starts_with(&format!("*** {banner} ***\n")), "{word}: {shown}");
        assert!(!shown.to_lowercase().contains("reviewed"), "{shown}");
        assert_eq!(home.json(&["regimen", "show", &file])["status"], status);
        let plan = ["plan", &file, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        let planned = home.run(&plan).out;
        assert!(planned.contains(&format!("*** {banner}\n")), "{word}: {planned}");
        let document = home.json(&plan);
        assert_eq!(document["regimen"]["status"], status);
        assert_eq!(document["findings"][0]["code"], status, "{document:#}");
        let folder = home.path().display().to_string();
        let list = home.json(&["regimen", "list", "--library", &folder, "irinotecan"]);
        let rows = list["regimens"].as_array().unwrap();
        let row = rows.iter().find(|row| row["id"] == "one-drug").unwrap_or_else(|| panic!("{list:#}"));
        assert_eq!(row["status"], status);
    }
}

#[test]
fn one_approval_of_a_reviewed_file_leaves_it_a_draft_and_two_do_not() {
    let home = Home::new();
    let file = saying(&home, "reviewed");
    let status = || home.json(&["regimen", "show", &file])["status"].clone();
    let checked = home.run(&["regimen", "check", &file]).out;
    assert!(checked.contains("calls itself reviewed, and 0 of 2 approvals"), "{checked}");
    for (who, after) in [("A. Okafor", "draft"), ("B. Lindqvist", "approved")] {
        let accept = ["--accept", "unverified=compared with protocol 3.0"];
        let ran = home.run(&[&["regimen", "approve", &file, "--who", who][..], &accept].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(status(), after, "{who}");
    }
}

/// Enrolment asks, and nothing that rests on it is checked off: exactly as on a draft.
#[test]
fn a_subject_on_a_reviewed_file_is_on_a_draft() {
    let mut clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text.replacen("\"draft\"", "\"reviewed\"", 1));
    clinic.extra = vec!["--library".into(), clinic.path("library").display().to_string()];
    let sizes = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let add = [&["add", "S-1", "own-trial"][..], &sizes].concat();
    let told = clinic.refused(&add, "draft");
    assert!(told.contains("nobody has approved it for use"), "{told}");
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let check = [&["check", "S-1", "1"][..], &sizes].concat();
    clinic.refused(&check, "draft");
    let label = clinic.run(&["subject", "plan", "S-1", "--as", "html-labels"]);
    assert!(text(&label.stdout).contains("DRAFT: not for use"), "{}", text(&label.stderr));
    // Two people approve that very content, and the word in the file stays as it was.
    approve(&clinic, "own-trial");
    let label = clinic.run(&["subject", "plan", "S-1", "--as", "html-labels"]);
    assert!(!text(&label.stdout).contains("DRAFT"), "{}", text(&label.stdout));
}

#[test]
fn nobody_is_enrolled_on_a_retired_file_or_moved_to_it() {
    let mut clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text.replacen("\"draft\"", "\"retired\"", 1));
    clinic.extra = vec!["--library".into(), clinic.path("library").display().to_string()];
    let sizes = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.refused(&[&["add", "S-1", "own-trial"][..], &sizes, &["--accept", "retired=x"]].concat(), "retired");
    clinic.enrol();
    clinic.refused(&["move", "S-014", "own-trial", "--reason", "amendment"], "retired");
}
