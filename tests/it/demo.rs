//! `posology --demo`: the scratch record with its invented subjects, said to be scratch on every screen and gone at the end.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::tui_record::Interface;

/// The plain interface, typed into until its end; the folder in which the scratch record lay.
fn typed(lines: &str) -> (String, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let scratch = home.path().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_posology"));
    command
        .args(["--plain", "--demo"])
        .env_clear()
        .env("HOME", home.path())
        .env("TMPDIR", &scratch)
        .env("TMP", &scratch);
    command.env("POSOLOGY_TODAY", "2026-12-07").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).unwrap(), home)
}

#[test]
fn three_invented_subjects_stand_in_a_record_that_is_gone_at_the_end() {
    let (shown, home) = typed("\nsubjects\n5\nback\nquit\n");
    for code in ["DEMO-01", "DEMO-02", "DEMO-03"] {
        assert!(shown.contains(code), "{shown}");
    }
    // Late, reduced, given in part: 50 x 1.75 = 87.5, 88 mg, of which 60 went in.
    assert!(shown.contains("given in part") || shown.contains("60 mg"), "{shown}");
    let screens: Vec<&str> =
        shown.split("\n\n").filter(|screen| screen.contains("Posology") || screen.contains("DEMO-0")).collect();
    assert!(!screens.is_empty() && shown.matches("SCRATCH RECORD").count() >= 4, "{shown}");
    let left = std::fs::read_dir(home.path().join("scratch")).unwrap().count();
    assert_eq!(left, 0, "the scratch record is still there");
    assert!(!home.path().join(".local/share/posology/posology.sqlite3").exists());
}

/// On every screen, in every window.
#[test]
fn every_screen_of_a_scratch_record_says_so() {
    let mut interface = Interface::enrolled();
    assert!(!interface.drawn(100, 30).contains("SCRATCH RECORD"));
    interface.model.record.scratch = true;
    for keys in ["", "w", "<esc>", "?", "<esc>", "<f3>", "<f7>"] {
        interface.keys(keys);
        for (columns, rows) in [(60, 20), (80, 24), (140, 45)] {
            let drawn = interface.drawn(columns, rows);
            assert!(drawn.contains("SCRATCH RECORD"), "{keys} {columns}: {drawn}");
        }
        assert!(interface.text().contains("SCRATCH RECORD"));
    }
}

#[test]
fn a_demo_has_no_other_record_and_is_no_option_of_a_command() {
    let home = crate::program::Home::new();
    let with_data = home.run(&["--plain", "--demo", "--data", "records"]);
    assert!(with_data.code == 2 && with_data.err.contains("--data"), "{}", with_data.err);
    let before = home.run(&["--demo", "subject", "list"]);
    assert!(before.code == 2 && before.err.contains("--demo stands before"), "{}", before.err);
}
