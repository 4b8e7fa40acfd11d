//! Saving through the real binary: what cannot be written ends with exit code 1 and a sentence, and leaves nothing;
//! a folder of calendars is updated in place.

use std::collections::BTreeMap;
use std::path::Path;

use crate::program::Home;

const PLAN: &[&str] = &[
    "plan",
    "npc-liposomal-irinotecan-nituzumab",
    "--height",
    "170",
    "--weight",
    "65",
    "--start",
    "2026-12-07",
    "--subject",
    "S-014",
    "--study",
    "NPC-1",
    "--namespace",
    "7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f",
];
/// One that is made as a whole, and those that are written row by row.
const FORMATS: &[&str] = &["pdf-worksheet", "csv", "jsonl", "xlsx", "parquet"];

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with(".local") && !name.starts_with(".config"))
        .collect();
    names.sort();
    names
}

fn write(home: &Home, format: &str, rest: &[&str]) -> crate::program::Ran {
    home.run(&[PLAN, &["--as", format], rest].concat())
}

#[test]
fn an_existing_file_stays_as_it_is_without_force() {
    for format in FORMATS {
        let home = Home::new();
        std::fs::write(home.path().join("plan"), "mine").unwrap();
        let ran = write(&home, format, &["-o", "plan"]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{format}");
        assert!(ran.err.contains("plan exists already.") && ran.err.contains("--force overwrites it"), "{}", ran.err);
        assert_eq!(std::fs::read(home.path().join("plan")).unwrap(), b"mine");
        assert_eq!(write(&home, format, &["-o", "plan", "--force"]).code, 0);
        assert_ne!(std::fs::read(home.path().join("plan")).unwrap(), b"mine");
        assert_eq!(names(home.path()), ["plan"], "{format}");
    }
}

#[test]
fn a_missing_folder_is_named() {
    let home = Home::new();
    let ran = write(&home, "csv", &["-o", "none/plan.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("The folder none does not exist; make it first, or choose another."), "{}", ran.err);
    assert!(names(home.path()).is_empty());
    // A folder of events can only be a calendar.
    let ran = home.run(&[PLAN, &["--split", ".", "--cycles", "1"]].concat());
    assert!(ran.code == 0 && ran.err.contains("1 events new"), "{}", ran.err);
}

#[test]
fn what_the_format_refuses_leaves_no_file() {
    let home = Home::new();
    let plan = &PLAN[..8];
    for format in ["ics", "fhir", "sdtm-ec"] {
        let ran = home.run(&[plan, &["--as", format, "-o", "plan"]].concat());
        assert_eq!(ran.code, 1, "{format}");
        assert!(ran.err.contains("subject"), "{format}: {}", ran.err);
        assert!(names(home.path()).is_empty());
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Output};

    use super::*;

    /// Runs it in a folder, as somebody to whom rights apply: the superuser may write anywhere.
    fn run(folder: &Path, program: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().env("HOME", folder).current_dir(folder);
        if std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
            command.uid(65_534).gid(65_534);
        }
        command.output().unwrap()
    }

    #[test]
    fn a_folder_that_may_not_be_written_to_is_named() {
        let home = Home::new();
        let open = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        // The program itself may lie where nobody else may look.
        let program = home.path().join("posology");
        std::fs::copy(env!("CARGO_BIN_EXE_posology"), &program).unwrap();
        open(&program, 0o755);
        open(home.path(), 0o755);
        let closed = home.path().join("closed");
        std::fs::create_dir(&closed).unwrap();
        open(&closed, 0o555);
        let ran = run(home.path(), &program, &[PLAN, &["--as", "csv", "-o", "closed/plan.csv"]].concat());
        let told = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(1), "{told}");
        assert!(told.contains("The folder closed may not be written to"), "{told}");
        assert!(names(&closed).is_empty());
    }

    /// A limit on the size of files is met as a full disk is: in the middle of a write.
    #[test]
    fn a_disk_that_is_full_leaves_nothing_half_written() {
        for format in FORMATS {
            let home = Home::new();
            std::fs::write(home.path().join("old"), "mine").unwrap();
            for (name, force) in [("new", &[][..]), ("old", &["--force"])] {
                let arguments = [PLAN, &["--as", format, "-o", name], force].concat();
                let mut command = Command::new("sh");
                // Two blocks of 512 or 1,024 octets; without the signal the write itself fails.
                command.args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_posology")]);
                command.args(arguments).env_clear().env("HOME", home.path()).current_dir(home.path());
                let ran = command.output().unwrap();
                let told = String::from_utf8(ran.stderr).unwrap();
                assert_eq!(ran.status.code(), Some(1), "{format}: {told}");
                assert!(told.contains("is full; nothing was written to"), "{format}: {told}");
                assert_eq!(names(home.path()), ["old"], "{format}");
                assert_eq!(std::fs::read(home.path().join("old")).unwrap(), b"mine", "{format}");
            }
        }
    }

    #[test]
    fn standard_output_may_be_named_as_a_file() {
        let ran = write(&Home::new(), "csv", &["-o", "/dev/stdout"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.starts_with("study,subject,"), "{}", ran.out);
    }
}

/// Name, SEQUENCE, STATUS, first day and bytes of every event of a folder.
fn events(folder: &Path) -> BTreeMap<String, (u32, String, String, Vec<u8>)> {
    let event = |name: &String| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let of = |name: &str| {
            text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{name}")).to_owned()
        };
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "one event a file");
        assert!(!text.contains("METHOD"), "a calendar server refuses it");
        assert_eq!(format!("{}.ics", of("UID:")), *name);
        (name.clone(), (of("SEQUENCE:").parse().unwrap(), of("STATUS:"), of("DTSTART;VALUE=DATE:"), bytes))
    };
    names(folder).iter().filter(|name| !name.starts_with("other")).map(event).collect()
}

#[test]
fn a_folder_of_events_is_updated_in_place() {
    let home = Home::new();
    let folder = home.path().join("calendar");
    std::fs::create_dir(&folder).unwrap();
    let into = |cycles: &str, start: &str, at: &str| {
        let mut plan = PLAN.to_vec();
        plan[7] = start;
        let ran = home.run(
            &[&plan[..], &["--cycles", cycles, "--as", "ics", "--split", "calendar", "--generated-at", at]].concat(),
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        (ran.err, events(&folder))
    };
    // One visit in each of three cycles.
    let (told, first) = into("3", "2026-12-07", "2026-11-21T09:00:00Z");
    assert!(told.contains("3 events new, 0 changed, 0 as they were"), "{told}");
    assert_eq!(first.len(), 3);
    assert!(first.values().all(|(sequence, status, ..)| (*sequence, status.as_str()) == (0, "TENTATIVE")));

    // A calendar of somebody else in the same folder is nobody's business.
    std::fs::write(folder.join("other.ics"), "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").unwrap();
    let (told, again) = into("3", "2026-12-07", "2026-11-22T09:00:00Z");
    assert!(told.contains("0 events new, 0 changed, 3 as they were"), "{told}");
    assert_eq!(again, first, "to the byte");

    // Two days later, and a cycle less: two are moved, one is cancelled, none is new.
    let (told, moved) = into("2", "2026-12-09", "2026-11-23T09:00:00Z");
    assert!(told.contains("0 events new, 3 changed, 0 as they were"), "{told}");
    assert!(moved.keys().eq(first.keys()), "identities do not move with the dates");
    assert!(moved.values().all(|(sequence, ..)| *sequence == 1));
    let cancelled: Vec<_> = moved.values().filter(|(_, status, ..)| status == "CANCELLED").collect();
    assert_eq!(cancelled.len(), 1);
    assert!(cancelled.iter().all(|(_, _, day, bytes)| {
        day == "20270104" && String::from_utf8_lossy(bytes).contains("SUMMARY:CANCELLED")
    }));
    let days: Vec<&str> = moved.values().filter(|one| one.1 != "CANCELLED").map(|one| one.2.as_str()).collect();
    assert_eq!(days.iter().filter(|day| **day == "20261209").count(), 1, "{days:?}");
    assert_eq!(days.iter().filter(|day| **day == "20261223").count(), 1, "{days:?}");

    // What was cancelled stays so, and comes back when the plan does.
    let (told, still) = into("2", "2026-12-09", "2026-11-24T09:00:00Z");
    assert!(told.contains("3 as they were") && still == moved, "{told}");
    let (_, back) = into("3", "2026-12-09", "2026-11-25T09:00:00Z");
    assert!(back.values().all(|(_, status, ..)| status == "TENTATIVE"));
    assert_eq!(back.values().filter(|(sequence, ..)| *sequence == 2).count(), 1);
    assert_eq!(std::fs::read(folder.join("other.ics")).unwrap(), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
}

#[test]
fn a_whole_calendar_may_be_split_later_and_subjects_share_a_folder() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("calendar")).unwrap();
    assert_eq!(write(&home, "ics", &["-o", "all.ics", "--cycles", "2"]).code, 0);
    let split = |subject: &str, rest: &[&str]| {
        let mut plan = PLAN.to_vec();
        plan[9] = subject;
        home.run(&[&plan[..], &["--as", "ics", "--split", "calendar"], rest].concat())
    };
    let ran = split("S-014", &["--previous", "all.ics", "--cycles", "1"]);
    assert!(ran.err.contains("2 events new"), "{}", ran.err);
    let events = events(&home.path().join("calendar"));
    assert_eq!(events.values().filter(|one| one.1 == "CANCELLED").count(), 1, "the second cycle is gone");
    let ran = split("S-015", &["--cycles", "1"]);
    assert!(ran.err.contains("1 events new, 0 changed, 0 as they were"), "{}", ran.err);
}

#[test]
fn nothing_is_silently_empty() {
    let home = Home::new();
    let told = |rest: &[&str]| {
        let ran = home.run(&[PLAN, rest].concat());
        (ran.code, ran.err)
    };
    let (code, why) = told(&["--as", "pdf-worksheet", "-o", "w.pdf", "--only-cycle", "99"]);
    assert!(code == 1 && why.contains("has no cycle 99; it has cycles 1 to 8"), "{why}");
    assert!(names(home.path()).is_empty());
    // Narrowing is for print-outs, a ninth cycle of at most eight is none, and a table without a row says so.
    let (code, why) = told(&["--as", "csv", "--only-cycle", "2"]);
    assert!(code == 0 && why.contains("NOTE: csv holds every cycle"), "{why}");
    let (code, why) = told(&["--cycles", "9"]);
    assert!(code == 0 && why.contains("NOTE: 9 cycles were asked for, and the regimen has"), "{why}");
    for format in ["csv-history", "csv-intensity", "csv-home"] {
        let (code, why) = told(&["--as", format]);
        assert!(code == 0 && why.contains(&format!("so {format} has no row")), "{why}");
    }
    // A regimen that gives one of its two infusions no length.
    let file = home.path().join("own-trial.toml");
    let text = include_str!("../corpus/valid/npc-liposomal-irinotecan-nituzumab.toml");
    std::fs::write(&file, text.replacen("npc-liposomal-irinotecan-nituzumab", "own-trial", 1)).unwrap();
    let mut plan = PLAN.to_vec();
    plan[1] = file.to_str().unwrap();
    let why = home.run(&[&plan[..], &["--as", "nonmem", "--cycles", "1"]].concat()).err;
    assert!(why.contains("WARN: 1 of 2 doses are infusions whose length is not one figure"), "{why}");
    let (_, why) = told(&["--as", "sdtm-ec", "--cycles", "1"]);
    assert!(why.contains("study day 1 is Mon 07-Dec-2026, the first day on which it is planned"), "{why}");
}

/// A spreadsheet makes 123 of 00123, 100,000 of 1E5 and a date of 12-03.
#[test]
fn codes_that_a_spreadsheet_changes_are_told_with_the_format_for_it() {
    let home = Home::new();
    for (code, told) in [("00123", true), ("1E5", true), ("12-03", true), ("S-014", false)] {
        let mut plan = PLAN.to_vec();
        plan[9] = code;
        let ran = home.run(&[&plan[..], &["--as", "csv", "--excel"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(
            ran.err.contains(&format!("may take {code} for a number or a date. The format xlsx")),
            told,
            "{}",
            ran.err
        );
    }
}

#[test]
fn split_says_what_it_needs() {
    let home = Home::new();
    let refused = |rest: &[&str], code: i32, words: &[&str]| {
        let ran = home.run(&[PLAN, rest].concat());
        assert_eq!(ran.code, code, "{}", ran.err);
        words.iter().for_each(|word| assert!(ran.err.contains(word), "{word}: {}", ran.err));
    };
    refused(&["--as", "csv", "--split", "."], 2, &["--as ics"]);
    refused(&["--as", "ics", "--split", "none"], 1, &["none is not a folder", "make it first"]);
    refused(&["--as", "ics", "--split", ".", "-o", "x.ics"], 2, &["--split", "--output"]);
    assert!(names(home.path()).is_empty());
    // A folder of events can only be a calendar.
    let ran = home.run(&[PLAN, &["--split", ".", "--cycles", "1"]].concat());
    assert!(ran.code == 0 && ran.err.contains("1 events new"), "{}", ran.err);
}
