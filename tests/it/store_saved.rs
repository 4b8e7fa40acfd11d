//! What is called saved stands, what is called unsaved does not, and nothing is made by looking, by mistyping or by a
//! refusal.

use std::fs;
use std::process::Stdio;

use posology::store::{NewEvent, State, Step, Store, StoreError, file};
use serde_json::Value;

use super::clinic::Clinic;
use super::store_record::{event, looked_through, store_with};

#[test]
fn an_act_sent_twice_is_recorded_once() {
    let (_folder, mut store) = store_with(1);
    let step = |act: &str| {
        let first = NewEvent { act: act.into(), ..event("S-1", "{}") };
        let second = NewEvent { act: format!("{act}.2"), ..event("S-1", "{}") };
        Step { events: vec![first, second], texts: Vec::new() }
    };
    let once = store.append_step("S-1", 1, &|| Ok(step("act-0001")), &|_| Ok(())).unwrap();
    let again = store.append_step("S-1", 1, &|| Ok(step("act-0001")), &|_| Ok(())).unwrap();
    assert_eq!(once, again);
    assert_eq!(store.head().count, 3);
    assert_eq!((store.entry_of("act-0001").unwrap(), store.entry_of("act-0002").unwrap()), (Some(2), None));
    let other = NewEvent { act: "act-0001".into(), ..event("S-9", "{}") };
    assert!(matches!(store.append(0, &[other]), Err(StoreError::Refused(_))));

    let clinic = Clinic::new();
    clinic.enrol();
    let note = ["subject", "note", "S-014", "x", "--who", "A", "--yes", "--json", "--act-id", "3f2a-0412-77"];
    for _ in 0..2 {
        let noted = clinic.run(&note);
        assert!(noted.status.success(), "{}", String::from_utf8_lossy(&noted.stderr));
        let noted: Value = serde_json::from_slice(&noted.stdout).unwrap();
        assert_eq!((&noted["recorded"], &noted["entries"]), (&true.into(), &serde_json::json!([2])));
    }
    assert_eq!(
        clinic.run(&["subject", "note", "S-014", "x", "--who", "A", "--act-id", "short"]).status.code(),
        Some(2)
    );
}

/// Whoever takes the id of an act for another act is told, and nothing is added; the same act is the same again.
#[test]
fn an_id_stands_for_one_act_alone() {
    let clinic = Clinic::new();
    let add = ["subject", "add", "S-014", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let add = [&add[..], &["--accept", "draft=training"]].concat();
    let sent = |arguments: &[&str], id: &str| {
        let ran = clinic.run(&[arguments, &["--who", "A", "--yes", "--json", "--act-id", id]].concat());
        let document: Value = serde_json::from_slice(&ran.stdout).unwrap();
        (ran.status.code(), document["entries"].clone(), String::from_utf8(ran.stderr).unwrap())
    };
    let given = ["subject", "given", "S-014", "--cycle", "1", "--day", "1"];
    let note = ["subject", "note", "S-014", "seen by Dr Okafor"];
    let redact = ["subject", "redact", "S-014", "2", "--reason", "a name", "--accept", "redacts=asked"];
    let first = |arguments: &[&str], id: &str, entries: Value| {
        for time in ["first", "again"] {
            let (code, stands, told) = sent(arguments, id);
            assert_eq!((code, &stands), (Some(0), &entries), "{time}: {arguments:?}: {told}");
            assert_eq!(told.contains("recorded before"), time == "again", "{told}");
        }
    };
    first(&add, "act-of-adding", serde_json::json!([1]));
    first(&note, "act-of-noting", serde_json::json!([2]));
    // Seven drugs on the first day, what comes before the treatment among them.
    first(&given, "act-of-giving", serde_json::json!([3, 4, 5, 6, 7, 8, 9]));
    let add_other = [&["subject", "add", "S-015"][..], &add[3..]].concat();
    assert_eq!(sent(&add_other, "act-of-adding-2").0, Some(0));
    let count = || looked_through(&clinic.path("records")).head().count;
    let before = count();
    assert_eq!(before, 10);
    for (arguments, id) in [
        (&["subject", "note", "S-014", "another"][..], "act-of-noting"),
        (&["subject", "note", "S-015", "seen by Dr Okafor"], "act-of-noting"),
        (&given, "act-of-noting"),
        (&note, "act-of-giving"),
        (&add_other, "act-of-adding"),
    ] {
        let (code, _, told) = sent(arguments, id);
        assert_eq!(code, Some(3), "{arguments:?}: {told}");
        assert!(
            told.contains(&format!("the id {id} is that of entry")) && told.contains("says something else"),
            "{told}"
        );
    }
    assert_eq!(count(), before);
    first(&redact, "act-of-redacting", serde_json::json!([before + 1]));
}

#[test]
fn two_that_begin_a_record_at_once_both_stand_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut one, mut two) = (Store::open(folder.path()).unwrap(), Store::open(folder.path()).unwrap());
    let mut three = Store::open(folder.path()).unwrap();
    assert_eq!(one.append(0, &[event("S-1", "{}")]).unwrap()[0].seq, 1);
    assert_eq!(two.append(0, &[event("S-2", "{}")]).unwrap()[0].seq, 2);
    assert!(matches!(three.append(0, &[event("S-1", "{}")]), Err(StoreError::Raced { last: 1 })));
    assert_eq!(one.append(1, &[event("S-1", "{\"n\":2}")]).unwrap()[0].seq, 3);
    assert_eq!(one.identity(), two.identity());
    assert_eq!(looked_through(folder.path()).head().count, 3);
}

/// The record has its name, and the file is refused when it is opened under it: the entry stands, and that is told.
#[cfg(unix)]
#[test]
fn the_first_entry_stands_though_the_record_cannot_be_opened_again() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let exposed = |_: &Store| {
        for entry in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o644)).unwrap();
        }
        Ok(())
    };
    let step = || Ok(Step { events: vec![event("S-1", "{}")], texts: Vec::new() });
    let saved = store.append_step("S-1", 0, &step, &exposed).unwrap();
    assert_eq!(saved.iter().map(|one| one.seq).collect::<Vec<_>>(), [1]);
    assert!(store.warnings().iter().any(|told| told.contains("what was recorded stands")), "{:?}", store.warnings());
    assert!(matches!(store.append(1, &[event("S-1", "{}")]), Err(StoreError::ReadOnly(_))));
    fs::set_permissions(file(folder.path()), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(looked_through(folder.path()).events("S-1").unwrap()[0].hash, saved[0].hash);
}

#[test]
fn what_the_check_refuses_leaves_nothing() {
    let (folder, mut store) = store_with(2);
    let before = fs::read(file(folder.path())).unwrap();
    let refuse = |store: &Store| {
        assert_eq!(store.events("S-1")?.len(), 2, "it is read back before it stands");
        Err(StoreError::Refused("no".to_owned()))
    };
    let step = || Ok(Step { events: vec![event("S-1", "{\"reason\":\"x\"}")], texts: Vec::new() });
    assert!(matches!(store.append_step("S-1", 1, &step, &refuse), Err(StoreError::Refused(_))));
    assert_eq!(fs::read(file(folder.path())).unwrap(), before);
}

/// `/dev/full` takes nothing: the answer cannot be written, and the entry stands.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_fails_after_the_entry_stands_says_so() {
    let clinic = Clinic::new();
    clinic.enrol();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_posology"));
    command
        .args(["subject", "note", "S-014", "x", "--who", "A", "--yes", "--json", "--data"])
        .arg(clinic.path("records"));
    command.env("POSOLOGY_TODAY", "2026-12-07").env("HOME", clinic.folder.path());
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let failed = command.stdout(Stdio::from(full)).output().unwrap();
    assert_eq!(failed.status.code(), Some(1));
    let told = String::from_utf8(failed.stderr).unwrap();
    assert!(told.contains("Recorded for S-014 as entry 2; what failed came after it"), "{told}");
    assert_eq!(looked_through(&clinic.path("records")).head().count, 2);
}

#[test]
fn only_a_recorded_enrolment_or_import_makes_a_record() {
    let clinic = Clinic::new();
    let add = ["subject", "add", "S-014", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let add = [&add[..], &["--accept", "draft=training"]].concat();
    let wrong = clinic.path("wrong.jsonl");
    fs::write(&wrong, "{}\n").unwrap();
    let import = ["subject", "import", wrong.to_str().unwrap(), "--who", "A", "--data"];
    for (arguments, code) in [
        (&["subject", "note", "S-014", "x", "--who", "A"][..], 1),
        (&["subject", "note", "S-014", "x", "--who", "A", "--yes"], 1),
        (&["subject", "list"], 1),
        (&["due"], 1),
        (&[&add[..], &["--who", "A"]].concat(), 0),
    ] {
        let ran = clinic.run(arguments);
        assert_eq!(ran.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        assert!(!clinic.path("records").exists(), "{arguments:?}");
    }
    let records = clinic.path("records").display().to_string();
    let witness = ["audit", "witness", "elsewhere.txt", "--who", "A", "--data", &records];
    assert_eq!(clinic.bare(&witness).status.code(), Some(1));
    assert_eq!(clinic.bare(&[&import[..], &[&records]].concat()).status.code(), Some(3));
    assert!(!clinic.path("records").exists(), "a refused import makes nothing");
    assert!(clinic.run(&[&add[..], &["--who", "A", "--yes"]].concat()).status.success());
    assert_eq!(looked_through(&clinic.path("records")).state(), State::Sound);
    let left: Vec<_> = fs::read_dir(clinic.path("records")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name.to_str().unwrap().starts_with("records.")), "{left:?}");
}

#[test]
fn what_programs_that_were_ended_left_is_swept_once_it_is_old() {
    let (folder, store) = store_with(1);
    drop(store);
    let (old, new) = (folder.path().join(".posology-old"), folder.path().join(".posology-new"));
    fs::write(&old, "x").unwrap();
    fs::write(&new, "x").unwrap();
    let past = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    fs::File::options().write(true).open(&old).unwrap().set_modified(past).unwrap();
    drop(Store::open(folder.path()).unwrap());
    assert!(!old.exists() && new.exists());
}

#[cfg(unix)]
#[test]
fn a_folder_in_the_place_of_the_file_and_endless_files_are_told() {
    let clinic = Clinic::new();
    clinic.enrol();
    let records = clinic.path("records").display().to_string();
    for endless in [
        &["regimen", "check", "/dev/zero"][..],
        &["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--site-file", "/dev/zero"],
        &[
            "plan",
            "gi-xelox",
            "--height",
            "170",
            "--weight",
            "65",
            "--start",
            "2026-12-07",
            "--as",
            "ics",
            "--previous",
            "/dev/zero",
        ],
        &[
            "subject",
            "add",
            "S-900",
            "gi-xelox",
            "--height",
            "170",
            "--weight",
            "65",
            "--start",
            "2026-12-07",
            "--history",
            "/dev/zero",
            "--who",
            "A",
            "--accept",
            "draft=x",
            "--data",
            &records,
        ],
    ] {
        let refused = clinic.bare(endless);
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{endless:?}: {said}");
        assert!(said.contains("/dev/zero") && said.contains("MB"), "{endless:?}: {said}");
    }
    let import = clinic.bare(&["subject", "import", "/dev/zero", "--who", "A", "--data", &records]);
    assert_eq!(import.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&import.stderr).contains("/dev/zero: it is not a file"));
    fs::remove_file(file(&clinic.path("records"))).unwrap();
    fs::create_dir(file(&clinic.path("records"))).unwrap();
    let listed = clinic.run(&["subject", "list"]);
    assert_eq!(listed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&listed.stderr).contains("it is not a file, and no record"));
}

/// A clock that is set back is asked about before anything is recorded with it.
#[test]
fn a_clock_behind_the_newest_entry_is_asked_about() {
    let clinic = Clinic::new();
    clinic.enrol();
    let mut store = Store::open_existing(&clinic.path("records")).unwrap();
    let body = r#"{"event":{"note":{"reason":"x"}},"program":"0.1.0"}"#;
    store.append(1, &[NewEvent { recorded: "2099-01-01T00:00:00Z".into(), ..event("S-014", body) }]).unwrap();
    clinic.refused(&["note", "S-014", "y"], "clock-back");
    let told = clinic.record(&["note", "S-014", "y", "--accept", "clock-back=battery was changed"]);
    assert_eq!(told["entries"], serde_json::json!([3]));
    let record = store.events("S-014").unwrap()[2].clone();
    assert!(String::from_utf8(record.body).unwrap().contains("battery was changed"));
}
