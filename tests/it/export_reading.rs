//! Plain text and Markdown, and files on disk.

use posology::export::save::{SaveError, save};
use posology::export::{self, Options};
use posology::finding::Finding;
use posology::present::{NOT_AN_ORDER, Schedule};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::export_all::{any_options, any_schedule};
use crate::schedules::{nasty, options, shipped, trial};

fn text(id: &str, schedule: &Schedule, options: &Options) -> String {
    String::from_utf8(export::format(id).unwrap().bytes(schedule, options).unwrap()).unwrap()
}

/// Without line breaks and runs of spaces, so that wrapping does not matter.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_trial_as_it_is_shown() {
    let mut schedule = trial();
    schedule.findings = vec![
        Finding::warn(posology::plausibility::codes::WEIGHT_STALE, "The weight is old."),
        Finding::note(posology::plan::codes::CLOSED_DAY, "A Saturday."),
    ];
    for id in ["text", "markdown"] {
        let shown = text(id, &schedule, &options()).replace('\\', "");
        for part in [
            "DRAFT",
            "Liposomal irinotecan + nituzumab",
            "S-014",
            "1.75 m²",
            "mosteller",
            "up to 8 cycles (8 shown)",
            "figures of the regimen are unverified",
            "1 WARN, 1 NOTE",
            "The weight is old.",
            "Mon 07-Dec-2026",
            "Cycle 1, Day 1",
            "123 mg",
            "400 mg",
            "over 90 minutes",
            "28.6 mL; 3 vials of 43 mg in 10 mL",
            "21-Dec-2026 through 24-Dec-2026",
        ] {
            assert!(flat(&shown).contains(part), "{part} in {shown}");
        }
        assert!(flat(&shown).ends_with(NOT_AN_ORDER));
        assert!(!shown.contains("dose: 70 mg"), "the working is told only when asked");
        let worked = text(id, &schedule, &Options { working: true, ..options() });
        assert!(flat(&worked).contains("dose: 70 mg/m² × 1.75 m² = 122.5 mg"), "{worked}");
    }
}

#[test]
fn a_cycle_that_may_never_come_says_so() {
    let shown = text("text", &trial(), &options());
    let visits: Vec<&str> = shown.lines().filter(|line| line.contains("Cycle ") && line.contains("Day 1")).collect();
    assert_eq!(visits.len(), 8);
    assert!(!visits[0].contains("if treatment continues"));
    assert!(visits[1..].iter().all(|line| line.contains("if treatment continues")), "{visits:#?}");
}

#[test]
fn nothing_is_cut_off_and_no_line_is_too_wide() {
    for width in [40, 60, 80, 133] {
        for schedule in [trial(), nasty(), shipped("gi-mfolfox6"), shipped("gi-xelox")] {
            let shown = text("text", &schedule, &Options { width: Some(width), working: true, ..options() });
            for line in shown.lines() {
                assert!(line.width() <= width, "{} of {width}: {line}", line.width());
            }
            assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
        }
    }
    // A long name in a narrow column: every piece of it is there.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let shown = text("text", &shipped("gi-mfolfox6"), &Options { width: Some(200), ..options() });
    for row in shipped("gi-mfolfox6").doses {
        assert!(letters(&shown).contains(&letters(&row.shown)), "{}", row.shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::support::cases(48)))]

    #[test]
    fn any_text_keeps_to_the_width(schedule in any_schedule(), options in any_options()) {
        let width = options.width.unwrap_or(80).max(40);
        for line in text("text", &schedule, &options).lines() {
            prop_assert!(line.width() <= width, "{} of {width}: {line:?}", line.width());
        }
    }

    #[test]
    fn every_row_of_a_markdown_table_has_its_six_cells(schedule in any_schedule(), options in any_options()) {
        let shown = text("markdown", &schedule, &options);
        let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with('|')).collect();
        for row in rows {
            let escaped = row.replace("\\\\", "").replace("\\|", "");
            prop_assert_eq!(escaped.matches('|').count(), 7, "{}", row);
        }
    }
}

#[test]
fn a_file_is_written_whole_and_never_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.csv");
    save(&path, b"one", false).unwrap();
    let refused = save(&path, b"two", false).unwrap_err();
    assert!(matches!(refused, SaveError::Exists(_)) && refused.to_string().contains("exists already"), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), b"one");
    save(&path, b"two", true).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"two");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn what_cannot_be_written_ends_with_a_sentence_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &std::path::Path| save(path, b"x", false).unwrap_err();
    assert!(matches!(refused(folder.path()), SaveError::IsFolder(_)));
    assert!(matches!(refused(&folder.path().join("none/plan.csv")), SaveError::NoFolder(_)));
    let file = folder.path().join("file");
    save(&file, b"x", false).unwrap();
    assert!(
        matches!(refused(&file.join("plan.csv")), SaveError::NotAFolder(_)),
        "{:?}",
        refused(&file.join("plan.csv"))
    );
    for error in [refused(folder.path()), refused(&folder.path().join("none/plan.csv"))] {
        assert!(error.to_string().ends_with('.'), "{error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nothing_can_be_made_is_named() {
    // No one, not even the superuser, can make a file in /proc.
    let refused = save(std::path::Path::new("/proc/plan.csv"), b"x", false).unwrap_err();
    assert!(refused.to_string().contains("/proc"), "{refused}");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.csv");
    save(&path, b"one", false).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    save(&path, b"two", true).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}
