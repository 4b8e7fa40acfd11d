//! Every format that a record ever had is read, and brought up to today's; typed texts can be taken away for good.

use std::fs;
use std::path::Path;

use posology::event_codec;
use posology::store::{NewEvent, REDACTED, State, Store, StoreError, file};
use serde_json::Value;

use super::clinic::Clinic;
use super::store_record::{event, looked_through, raw, salvaged, stamp, store_with};

/// A record as version 0.1.0 wrote it, kept as it was written: 29 events of two subjects, one of them imported.
const FIRST: &[u8] = include_bytes!("../fixtures/record-1.sqlite");
const FIRST_HEAD: &str = "a8021aaef649ae9078383c36118fdf94e71b8822cba67362382493a217a9fdcc";

/// A record of format 2, made by the program before that format was released: an enrolment in a study, a dose with kit and
/// lot that was corrected, a remark that was redacted, and a subject that was imported.
const SECOND: &[u8] = include_bytes!("../fixtures/record-2.sqlite");

pub fn first_in(folder: &Path) {
    placed(folder, FIRST);
}

pub fn placed(folder: &Path, bytes: &[u8]) {
    posology_private(folder);
    fs::write(file(folder), bytes).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(file(folder), fs::Permissions::from_mode(0o600)).unwrap();
    }
}

fn posology_private(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

/// By hand: S-014 as in `record_commands`; S-001 got 70 mg/m2 × 1.75 m2 = 122.5, rounded to 123 mg, twice.
#[test]
fn the_first_format_reads_to_the_same_figures_before_and_after_it_is_brought_up() {
    let mut clinic = Clinic::new();
    let records = clinic.path("records");
    first_in(&records);
    let delivered = |clinic: &Clinic, code: &str| {
        let shown = clinic.run(&["subject", "show", code, "--json"]);
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        let document: Value = serde_json::from_slice(&shown.stdout).unwrap();
        let drugs = document["ledger"]["drugs"].as_array().unwrap();
        let irinotecan = drugs.iter().find(|one| one["drug"] == "irinotecan").unwrap();
        let mut history = document["history"].clone();
        // What a later version may add to an entry is no matter of the format.
        history.as_array_mut().unwrap().iter_mut().for_each(|entry| *entry = entry["entry"].clone());
        (irinotecan["delivered"].as_str().unwrap().to_owned(), irinotecan["relative_dose_intensity"].clone(), history)
    };
    // Every dose, its day, its working and what became of it; behind it stands from which state of the record.
    let plans = |clinic: &Clinic| {
        ["S-014", "S-001"].map(|code| {
            let plan = clinic.run(&["subject", "plan", code, "--as", "csv"]);
            assert!(plan.status.success(), "{}", String::from_utf8_lossy(&plan.stderr));
            let plan = String::from_utf8(plan.stdout).unwrap();
            let dose = |row: &str| row.split(",\"Not verified").next().unwrap().to_owned();
            let rows: Vec<String> = plan.lines().map(dose).collect();
            assert!(rows.len() > 10 && rows.iter().any(|row| row.contains(",given,")), "{rows:?}");
            rows
        })
    };
    let (planned, before) = (plans(&clinic), (delivered(&clinic, "S-014"), delivered(&clinic, "S-001")));
    assert_eq!((before.0.0.as_str(), before.0.1.as_str()), ("362 mg", Some("56.9931")));
    assert_eq!(before.1.0, "246 mg");
    assert_eq!(before.1.2, serde_json::json!([1, 2, 3, 4, 26, 27, 28, 29]));
    let looked = Store::open_read_only(&records).unwrap();
    let (identity, head) = (looked.identity(), looked.head());
    assert_eq!(fs::read(file(&records)).unwrap(), FIRST, "looking changes nothing");

    clinic.today = "2027-01-08";
    clinic.record(&["note", "S-001", "brought up"]);
    let store = Store::open(&records).unwrap();
    assert_eq!((store.state(), store.identity()), (State::Sound, identity));
    assert_eq!(store.all().unwrap()[28].hash, head.hash, "the same record, whoever brings it up");
    assert_eq!(store.head().count, 30);
    // What was imported says so, and no clock is blamed for it.
    let found = store.verify();
    assert_eq!((found.faults, found.notes), (Vec::<String>::new(), Vec::<String>::new()));
    assert!(store.events("S-014").unwrap().iter().all(|one| one.origin.len() == 64));
    assert!(store.events("S-001").unwrap().iter().all(|one| one.origin.is_empty()));
    // The old chain is sealed, and the old file kept as it was.
    let seals: String = raw(&records).query_row("SELECT seals FROM record", [], |row| row.get(0)).unwrap();
    let seals: Value = serde_json::from_str(&seals).unwrap();
    assert_eq!(seals, serde_json::json!({ "format": 1, "count": 29, "head": FIRST_HEAD }));
    assert_eq!(fs::read(records.join("records.format-1.sqlite")).unwrap(), FIRST);
    let after = (delivered(&clinic, "S-014"), delivered(&clinic, "S-001"));
    assert_eq!(after.0, before.0);
    assert_eq!(plans(&clinic), planned);
    assert_eq!((after.1.0, after.1.1), (before.1.0, before.1.1));
}

/// What stands in it was typed when it was made: 70 mg/m2 × 1.75 m2 = 122.5, rounded to 123 mg.
#[test]
fn the_second_format_says_what_it_said_when_it_was_made() {
    let clinic = Clinic::new();
    let records = clinic.path("records");
    placed(&records, SECOND);
    let mut store = Store::open(&records).unwrap();
    assert_eq!((store.check().unwrap().faults, store.state()), (Vec::<String>::new(), State::Sound));
    let kinds: Vec<String> = store.events("S-014").unwrap().into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds, ["enrolled", "given", "note", "redacted", "corrected"]);
    assert!(store.events("S-002").unwrap().iter().all(|one| one.origin.len() == 64 && one.origin != store.identity()));
    let shown = String::from_utf8(clinic.run(&["subject", "show", "S-014", "--history"]).stdout).unwrap();
    for words in [
        "study TR-01, site Berlin",
        "C1D1 irinotecan liposomal, 123 mg, kit 1023, lot AB1234  (corrected by entry 5)",
        "C1D1 irinotecan liposomal  123 mg, kit 1023, lot AB1243",
        "note: [redacted]",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!SECOND.windows(5).any(|window| window == b"Lopez"));
    clinic.record(&["note", "S-014", "goes on"]);
    assert!(looked_through(&records).verify().faults.is_empty());
}

/// What a later program wrote, as an older one meets it: nothing is called damaged, what can be read is shown, and nothing is
/// added. Kinds and versions that this program does not know stand for those that an older one does not.
#[test]
fn an_older_program_reads_what_it_knows_and_writes_nothing() {
    for (kind, version) in [("teleported", 1), ("note", 99)] {
        let clinic = Clinic::new();
        clinic.enrol();
        let add = ["add", "S-015", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
        let mut store = Store::open_existing(&clinic.path("records")).unwrap();
        let unknown = event("S-015", r#"{"event":{"teleported":{}}}"#);
        let later = NewEvent { kind: kind.into(), version, recorded: posology::clock::now(), ..unknown };
        store.append(2, &[later]).unwrap();
        drop(store);
        let run = |arguments: &[&str]| {
            let ran = clinic.run(arguments);
            (ran.status.code(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
        };
        let (code, listed) = run(&["subject", "list"]);
        assert_eq!(code, Some(4), "{listed}");
        assert!(listed.contains("S-014        npc-liposomal"), "{listed}");
        let why =
            format!("entry 3 ({kind}, version {version}) cannot be read: this version of the program does not know it");
        assert!(listed.contains(&why), "{listed}");
        assert_eq!(run(&["subject", "show", "S-014"]).0, Some(0));
        let (code, said) = run(&["subject", "note", "S-014", "x", "--who", "A", "--yes"]);
        assert_ne!(code, Some(0), "{said}");
        let strange = format!("events that this version of the program does not know ({kind}, version {version})");
        assert!(said.contains(&strange) && !said.contains("damaged"), "{said}");
        let data = clinic.path("records").display().to_string();
        let audit = |what: &str| {
            let ran = clinic.bare(&["audit", what, "--data", &data]);
            (ran.status.code(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
        };
        let (code, verified) = audit("verify");
        assert_eq!(code, Some(0), "{verified}");
        assert!(verified.contains("Unbroken: 3 events"), "{verified}");
        assert!(audit("show").1.contains(kind));
    }
}

#[test]
fn a_backup_of_the_first_format_comes_back_in_todays() {
    let outer = tempfile::tempdir().unwrap();
    let backup = outer.path().join("old.sqlite");
    fs::write(&backup, FIRST).unwrap();
    let folder = outer.path().join("records");
    let done = Store::restore(&backup, &folder, &stamp(), false).unwrap();
    assert_eq!((done.backup.count, done.head.count), (29, 30));
    let again = Store::restore(&backup, &folder, &stamp(), true).unwrap();
    let replaced = again.replaced.unwrap();
    assert!(replaced.continues, "it is known as the same record");
    // And it takes the place of a record of the first format.
    let other = outer.path().join("other");
    first_in(&other);
    let done = Store::restore(&backup, &other, &stamp(), true).unwrap();
    assert!(done.replaced.unwrap().continues);
    assert_eq!(looked_through(&other).state(), State::Sound);
}

#[test]
fn a_damaged_record_of_the_first_format_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = FIRST.to_vec();
    // Everywhere it stands: copies that SQLite left in unused places are nobody's.
    let places: Vec<usize> =
        FIRST.windows(12).enumerate().filter(|(_, window)| *window == b"came on foot").map(|(at, _)| at).collect();
    places.iter().for_each(|at| bytes[*at] = b'C');
    first_in(folder.path());
    fs::write(file(folder.path()), &bytes).unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let State::Damaged(faults) = store.state() else { panic!("{:?}", store.state()) };
    assert!(faults.iter().any(|fault| fault.contains("event 4 was changed")), "{faults:?}");
    // What can be read of it is still there to be looked at.
    let found = store.verify();
    assert_eq!((found.count, found.head.as_str()), (29, FIRST_HEAD));
    assert!(found.faults.iter().any(|fault| fault.contains("event 4 was changed")), "{:?}", found.faults);
    assert_eq!((store.head().count, salvaged(&store).len()), (29, 29));
    assert!(matches!(store.append(29, &[event("S-001", "{}")]), Err(StoreError::Damaged(_))));
    assert!(matches!(store.events("S-001"), Err(StoreError::Damaged(_))));
    assert_eq!(fs::read(file(folder.path())).unwrap(), bytes);
    // Nothing takes its place unasked, and what it holds is told.
    let backup = folder.path().join("old.sqlite");
    fs::write(&backup, FIRST).unwrap();
    let refused = Store::restore(&backup, folder.path(), &stamp(), false).unwrap_err().to_string();
    assert!(refused.contains("there is a record with 29 events"), "{refused}");
}

fn redaction(ids: &[String]) -> NewEvent {
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    NewEvent {
        kind: "redacted".into(),
        ..event("S-1", &format!("{{\"texts\":[{}],\"reason\":\"a name\"}}", ids.join(",")))
    }
}

#[test]
fn a_redacted_text_is_gone_from_the_file_and_the_chain_verifies() {
    const NAME: &str = "patient Maria Lopez";
    let (folder, mut store) = store_with(2);
    store.append(1, &[event("S-1", &format!("{{\"note\":{{\"reason\":\"{NAME}\"}},\"n\":1}}"))]).unwrap();
    let there = |store: &Store| {
        let record = store.events("S-1").unwrap()[1].clone();
        String::from_utf8(record.body).unwrap()
    };
    assert!(there(&store).contains(NAME));
    let texts = store.texts_of(3).unwrap();
    assert_eq!(texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), [NAME]);
    let ids: Vec<String> = texts.into_iter().map(|(id, _)| id).collect();

    // Not without its event, not beside another event, not of another subject.
    raw(folder.path()).execute("DELETE FROM text", []).unwrap_err();
    let other = NewEvent { subject: "S-2".into(), ..redaction(&ids) };
    assert!(matches!(store.redact(2, &other, &ids), Err(StoreError::Refused(_))));
    let unnamed = redaction(&["f".repeat(64)]);
    assert!(matches!(store.redact(3, &unnamed, &ids), Err(StoreError::Refused(_))));
    assert!(matches!(store.redact(1, &redaction(&ids), &ids), Err(StoreError::Raced { last: 3 })));

    let before = fs::read(file(folder.path())).unwrap();
    assert!(before.windows(NAME.len()).any(|window| window == NAME.as_bytes()));
    store.redact(3, &redaction(&ids), &ids).unwrap();
    let after = fs::read(file(folder.path())).unwrap();
    assert!(!after.windows(NAME.len()).any(|window| window == NAME.as_bytes()), "written over, not only unlinked");
    assert_eq!(there(&store), format!("{{\"note\":{{\"reason\":\"{REDACTED}\"}},\"n\":1}}"));
    assert_eq!(store.verify().faults, Vec::<String>::new());
    assert_eq!(Store::open(folder.path()).unwrap().state(), State::Sound);

    // What was redacted stays so where the subject is carried to.
    let mut lines = Vec::new();
    store.export_subject("S-1", &mut lines).unwrap();
    let (_two, mut to) = store_with(0);
    let same = |_: &str, _: u32, body: &[u8], _: &std::collections::BTreeMap<u64, u64>| Ok(body.to_vec());
    to.import(&mut lines.as_slice(), &stamp(), &same, &|_, _| Ok(())).unwrap();
    assert!(there(&to).contains(REDACTED));
    assert_eq!(to.verify().faults, Vec::<String>::new());
}

/// Whatever a person typed lies in the table of texts, and nowhere else.
#[test]
fn every_reason_and_remark_is_a_text_that_can_be_redacted() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    let typed = "zzMARKzz";
    let reason = ["--reason", typed];
    clinic.extra = vec!["--accept".into(), "dose-differs=zzMARKzz".into()];
    let given = ["given", "S-014", "--cycle", "1", "--drug", "irinotecan", "--dose", "100 mg", "--partly"];
    clinic.record(&[&given[..], &reason].concat());
    clinic.extra.clear();
    clinic.record(&["note", "S-014", typed]);
    clinic.record(&["criteria", "S-014", "--cycle", "2", "--found", typed]);
    clinic.record(&[&["hold", "S-014", "--cycle", "3"][..], &reason].concat());
    clinic.record(&[&["omit", "S-014", "--cycle", "4", "--accept", "omitted-cycle=zzMARKzz"][..], &reason].concat());
    clinic.record(&[&["level", "S-014", "irinotecan=-1", "--from", "5"][..], &reason].concat());
    clinic.record(&[&["undo", "S-014", "5"][..], &reason].concat());
    clinic.today = "2026-12-14";
    clinic.record(&[&["delay", "S-014", "--cycle", "2", "--days", "2", "--required"][..], &reason].concat());
    clinic.record(&[&["stop", "S-014"][..], &reason].concat());
    let raw = raw(&clinic.path("records"));
    let count = |query: &str| raw.query_row(query, [], |row| row.get::<_, u64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM event WHERE instr(CAST(body AS TEXT), 'MARK') > 0"), 0);
    // Nine reasons, and two answers to questions.
    assert_eq!(count("SELECT count(*) FROM text WHERE value = 'zzMARKzz'"), 11);
    let store = Store::open_read_only(&clinic.path("records")).unwrap();
    for record in store.events("S-014").unwrap() {
        let entry = event_codec::decode(&record).unwrap();
        assert!(entry.event.reason().is_none_or(|reason| reason == typed), "{entry:?}");
        assert!(!record.account.is_empty() && record.act.len() == 32, "who was logged in, and which act it was");
    }
}
