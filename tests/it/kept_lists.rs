//! What lists show is kept beside the record, and never believed when the record says something else.

use std::fs;
use std::path::PathBuf;

use super::clinic::Clinic;
use super::store_record::{behind_the_guards, looked_through};

const FILES: [&str; 2] = ["records.listed", "records.waiting"];

/// Two subjects: one of the trial, one on the shipped mFOLFOX6.
fn two() -> Clinic {
    let clinic = Clinic::new();
    clinic.enrol();
    let add = ["add", "S-015", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    clinic
}

fn kept(clinic: &Clinic) -> [PathBuf; 2] {
    FILES.map(|name| clinic.path("records").join(name))
}

/// What both lists say; they succeed.
fn lists(clinic: &Clinic) -> [String; 2] {
    [&["subject", "list"][..], &["due", "--as", "csv"]].map(|command| {
        let shown = clinic.run(command);
        assert!(shown.status.success(), "{command:?}: {}", String::from_utf8_lossy(&shown.stderr));
        String::from_utf8(shown.stdout).unwrap()
    })
}

fn anew(clinic: &Clinic) -> [String; 2] {
    for file in kept(clinic) {
        let _ = fs::remove_file(file);
    }
    lists(clinic)
}

#[test]
fn what_is_kept_is_what_is_worked_out_on_every_day_and_after_every_entry() {
    let mut clinic = two();
    let acts: [(&'static str, &[&str]); 6] = [
        ("2026-12-07", &["given", "S-014", "--cycle", "1", "--drug", "irinotecan"]),
        ("2026-12-09", &["hold", "S-015", "--cycle", "2", "--reason", "fever"]),
        ("2026-12-21", &["delay", "S-014", "--cycle", "2", "--days", "7", "--reason", "counts", "--required"]),
        ("2026-12-29", &["measure", "S-014", "--weight", "64"]),
        ("2027-01-04", &["given", "S-014", "--cycle", "2", "--drug", "irinotecan", "--on", "2026-12-29"]),
        ("2027-01-05", &["stop", "S-015", "--reason", "progression"]),
    ];
    for (today, act) in acts {
        clinic.today = today;
        let before = lists(&clinic);
        assert_eq!(before, lists(&clinic), "{today}");
        assert_eq!(before, anew(&clinic), "{today}");
        let asked = clinic.run(&[&["subject"][..], act, &["--who", "A", "--json"]].concat());
        let asked: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
        let codes = asked["findings"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str());
        let codes: std::collections::BTreeSet<String> = codes.map(|code| format!("{code}=training")).collect();
        let answers: Vec<&str> = codes.iter().flat_map(|code| ["--accept", code.as_str()]).collect();
        clinic.record(&[act, &answers].concat());
        let after = lists(&clinic);
        assert_ne!(before, after, "{act:?} changes what is shown");
        assert_eq!(after, anew(&clinic), "{act:?}");
    }
    // A week and a month ahead, from what was kept for today.
    for within in ["0d", "7d", "31d"] {
        let shown = |clinic: &Clinic| clinic.run(&["due", "--within", within, "--as", "csv"]).stdout;
        let first = shown(&clinic);
        assert_eq!(first, shown(&clinic));
        kept(&clinic).iter().for_each(|file| fs::remove_file(file).unwrap());
        assert_eq!(first, shown(&clinic), "{within}");
    }
}

/// It is read: a subject whose events are damaged behind the program's back is shown as it was worked out from them, as long
/// as its last event is the one the record names; whoever looks at the events finds the damage.
#[test]
fn what_was_worked_out_serves_until_the_subject_moves_on() {
    let clinic = two();
    let before = lists(&clinic);
    behind_the_guards(&clinic.path("records"), "UPDATE event SET who = 'B' WHERE seq = 1");
    // The first event is looked at whenever a record is opened: another one.
    behind_the_guards(&clinic.path("records"), "UPDATE event SET who = 'A. Nurse' WHERE seq = 1");
    assert_eq!(lists(&clinic), before);
    clinic.record(&["note", "S-014", "came on foot"]);
    clinic.record(&["note", "S-015", "came on foot"]);
    lists(&clinic);
    let noted = lists(&clinic);
    behind_the_guards(&clinic.path("records"), "UPDATE event SET who = 'B' WHERE seq = 2");
    assert_eq!(lists(&clinic), noted);
    assert!(!looked_through(&clinic.path("records")).verify().faults.is_empty());
    assert_eq!(clinic.run(&["subject", "show", "S-015"]).status.code(), Some(4));
    kept(&clinic).iter().for_each(|file| fs::remove_file(file).unwrap());
    assert_eq!(clinic.run(&["subject", "list"]).status.code(), Some(4), "worked out, it is found");
}

#[test]
fn a_damaged_or_forged_line_is_as_if_it_were_not_there() {
    let clinic = two();
    let right = lists(&clinic);
    let whole = kept(&clinic).map(|file| fs::read_to_string(file).unwrap());
    let forged = |text: &str, from: &str, to: &str| {
        let new = text.replace(from, to);
        assert_ne!(new, text, "{from}");
        new
    };
    let dose = whole[1].split("\"amount\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let lies = [
        (0, forged(&whole[0], "C1D1", "C9D1")),
        (0, forged(&whole[0], "on treatment", "stopped 01-Dec-2026")),
        (0, forged(&whole[0], "S-015", "S-014")),
        (1, forged(&whole[1], &dose, "999 mg")),
        (1, forged(&whole[1], "\"doses\":[{", "\"doses\":[],\"more\":[{")),
        (1, whole[0].clone()),
        (0, whole[1].clone()),
        (0, whole[0].lines().rev().collect::<Vec<_>>().join("\n")),
    ];
    for (which, lie) in lies {
        fs::write(&kept(&clinic)[which], &lie).unwrap();
        assert_eq!(lists(&clinic), right, "{lie}");
        for (file, text) in kept(&clinic).iter().zip(&whole) {
            fs::write(file, text).unwrap();
        }
    }
    for rubbish in [&b""[..], b"\0\0\0\0", b"\xff\xfe\t\t\t", &whole[0].as_bytes()[..whole[0].len() / 2]] {
        kept(&clinic).iter().for_each(|file| fs::write(file, rubbish).unwrap());
        assert_eq!(lists(&clinic), right);
    }
    // Nothing rests on its being there: not when it cannot be written, not when something else bears the name.
    for file in kept(&clinic) {
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
    }
    assert_eq!(lists(&clinic), right);
}

/// What was kept of one record, or of a later state of it, says nothing of another.
#[test]
fn an_older_copy_and_another_record_are_worked_out_from_their_own_events() {
    let mut clinic = two();
    let record = clinic.path("records").join("records.sqlite");
    let older = (fs::read(&record).unwrap(), lists(&clinic));
    clinic.today = "2026-12-09";
    clinic.record(&["given", "S-014", "--cycle", "1", "--drug", "irinotecan", "--on", "2026-12-07"]);
    clinic.today = "2026-12-07";
    let newer = lists(&clinic);
    assert_ne!(newer, older.1);
    let files = kept(&clinic).map(|file| fs::read(file).unwrap());
    fs::write(&record, &older.0).unwrap();
    assert_eq!(lists(&clinic), older.1, "an older copy in the place of the record");

    let other = two();
    let right = lists(&other);
    for (file, bytes) in kept(&other).iter().zip(&files) {
        fs::write(file, bytes).unwrap();
    }
    assert_eq!(lists(&other), right, "what was kept of another record");
    // The closed days of the site are part of what it was worked out with.
    fs::write(other.path("site.toml"), "").unwrap();
    lists(&other);
    let warm = lists(&other);
    assert_eq!(warm, anew(&other));
}

#[cfg(unix)]
#[test]
fn it_is_its_owner_s_alone_like_the_record() {
    use std::os::unix::fs::PermissionsExt;
    let clinic = two();
    lists(&clinic);
    for file in kept(&clinic) {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
