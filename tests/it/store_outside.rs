//! What only something outside the file can show: that its end was cut off, that all of it was made anew, that another
//! file lies in its place.

use std::fs;
use std::path::Path;
use std::process::Output;

use posology::store::{Compared, Seal, Store, StoreError, file};

use super::clinic::Clinic;
use super::store_record::{event, looked_through, stamp, store_with};

/// A command about the whole record: it takes no site.
fn audit(clinic: &Clinic, arguments: &[&str]) -> Output {
    let records = clinic.path("records").display().to_string();
    clinic.bare(&[&["audit"][..], arguments, &["--data", &records]].concat())
}

fn verify(clinic: &Clinic, more: &[&str]) -> (Option<i32>, String, String) {
    let shown = audit(clinic, &[&["verify"][..], more].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (shown.status.code(), text(shown.stdout), text(shown.stderr))
}

#[test]
fn a_seal_stands_while_the_record_grows_and_fails_where_it_was_cut_or_exchanged() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["note", "S-014", "one"]);
    let records = clinic.path("records");
    let earlier = fs::read(file(&records)).unwrap();
    clinic.record(&["note", "S-014", "two"]);
    let seal = clinic.path("monitor.txt");
    let name = seal.to_str().unwrap();
    assert!(audit(&clinic, &["seal", "-o", name]).status.success());
    assert_eq!(audit(&clinic, &["seal", "-o", name]).status.code(), Some(1), "it exists");
    clinic.record(&["note", "S-014", "three"]);
    let (code, out, _) = verify(&clinic, &["--seal", name]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("Sound: 4 events") && out.contains("1 state, the newest of 3 events"), "{out}");
    // An older copy put back is unbroken by itself.
    fs::write(file(&records), &earlier).unwrap();
    let (code, out, _) = verify(&clinic, &[]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("Unbroken: 2 events") && out.contains("Not compared with anything outside"), "{out}");
    let (code, out, err) = verify(&clinic, &["--seal", name]);
    assert_eq!(code, Some(4), "{out}");
    assert!(out.starts_with("Damaged") && !out.contains("Not compared"), "{out}");
    assert!(err.contains("says that event 3 had the hash"), "{err}");
    // So is the record of another study.
    let other = Clinic::new();
    other.enrol();
    let (code, _, err) = verify(&other, &["--seal", name]);
    assert_eq!(code, Some(4));
    assert!(err.contains("is of another record"), "{err}");
    fs::write(&seal, "nothing of the kind").unwrap();
    assert_eq!(verify(&clinic, &["--seal", name]).0, Some(1));
}

#[test]
fn a_witness_is_told_of_every_write_and_compared_when_the_record_is_opened() {
    let clinic = Clinic::new();
    clinic.enrol();
    let records = clinic.path("records");
    fs::create_dir(clinic.path("share")).unwrap();
    let witness = clinic.path("share/witness.txt");
    let name = witness.to_str().unwrap();
    let beside = records.join("witness.txt");
    let refused = audit(&clinic, &["witness", beside.to_str().unwrap(), "--who", "B. Keeper"]);
    assert_eq!(refused.status.code(), Some(3), "a witness beside the record goes where the record goes");
    // By whatever way it is named; nor is a file taken that holds something else.
    fs::create_dir(records.join("sub")).unwrap();
    let (around, below) = (records.join("sub/../witness.txt"), records.join("sub/witness.txt"));
    let (link, other) = (clinic.path("share/link"), clinic.path("share/plan.csv"));
    fs::hard_link(file(&records), &link).unwrap();
    fs::write(&other, "a plan\n").unwrap();
    for unfit in [&around, &below, &link, &other] {
        let refused = audit(&clinic, &["witness", unfit.to_str().unwrap(), "--who", "B. Keeper"]);
        assert_eq!(refused.status.code(), Some(3), "{}", unfit.display());
    }
    assert_eq!(fs::read(&other).unwrap(), b"a plan\n");
    fs::remove_file(link).unwrap();
    assert!(audit(&clinic, &["witness", name, "--who", "B. Keeper"]).status.success());
    clinic.record(&["note", "S-014", "one"]);
    let seals = Seal::all_in(&witness).unwrap();
    // As it was named, the event that names it, and the note.
    assert_eq!(seals.iter().map(|seal| seal.head.count).collect::<Vec<_>>(), [1, 2, 3]);
    let store = Store::open_read_only(&records).unwrap();
    assert!(seals.iter().all(|seal| store.compare(seal).unwrap() == Compared::Holds));
    let (code, out, _) = verify(&clinic, &[]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("Sound: 3 events") && out.contains("3 states, the newest of 3 events"), "{out}");

    // A share that is gone blocks nothing; its lines wait and are told it once it is back.
    fs::rename(clinic.path("share"), clinic.path("gone")).unwrap();
    let noted = clinic.run(&["subject", "note", "S-014", "two", "--who", "A", "--yes"]);
    assert!(noted.status.success());
    let told = String::from_utf8(noted.stderr).unwrap();
    assert!(told.contains("cannot be told of this entry") && told.contains("its line waits"), "{told}");
    fs::rename(clinic.path("gone"), clinic.path("share")).unwrap();
    let earlier = fs::read(file(&records)).unwrap();
    clinic.record(&["note", "S-014", "three"]);
    let counts: Vec<u64> = Seal::all_in(&witness).unwrap().iter().map(|seal| seal.head.count).collect();
    assert_eq!(counts, [1, 2, 3, 4, 5]);

    // An older copy in its place is told by whatever opens it.
    fs::write(file(&records), &earlier).unwrap();
    let shown = clinic.run(&["subject", "list"]);
    let told = String::from_utf8(shown.stderr).unwrap();
    assert!(told.contains("is not the one that the witness") && told.contains("5 events"), "{told}");
    assert_eq!(verify(&clinic, &[]).0, Some(4));
}

/// However many states are lost, it is one thing to look into.
#[test]
fn a_cut_record_is_one_fault_whatever_the_witness_knows() {
    let clinic = Clinic::new();
    clinic.enrol();
    fs::create_dir(clinic.path("share")).unwrap();
    let witness = clinic.path("share/witness.txt");
    assert!(audit(&clinic, &["witness", witness.to_str().unwrap(), "--who", "B. Keeper"]).status.success());
    let earlier = fs::read(file(&clinic.path("records"))).unwrap();
    for number in 0..4 {
        clinic.record(&["note", "S-014", &format!("note {number}")]);
    }
    fs::write(file(&clinic.path("records")), &earlier).unwrap();
    let (code, out, _) = verify(&clinic, &["--json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let faults = document["faults"].as_array().unwrap();
    assert_eq!((code, faults.len()), (Some(4), 1), "{faults:?}");
    let fault = faults[0].as_str().unwrap();
    // Events 3 to 6 were recorded since, and the first of them is named.
    assert!(fault.contains("says that event 3 had the hash"), "{fault}");
    assert!(fault.ends_with("the same holds of 3 more of its states, up to event 6"), "{fault}");
}

/// The note of the daily look holds the state that was seen: an older copy is told later, without any witness.
#[test]
fn the_daily_look_remembers_what_it_saw() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["note", "S-014", "one"]);
    let records = clinic.path("records");
    let earlier = fs::read(file(&records)).unwrap();
    clinic.record(&["note", "S-014", "two"]);
    let note = records.join("records.checked");
    let list = |clinic: &Clinic| String::from_utf8(clinic.run(&["subject", "list"]).stderr).unwrap();
    let look = |day: &str| {
        let mut store = Store::open_read_only(&records).unwrap();
        store.check_daily(day).unwrap();
        (store.seal(day), Seal::all_in(&note).unwrap())
    };
    let (now, noted) = look("2099-12-08");
    assert_eq!(noted, [now], "what is seen is noted, whole");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(note.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(list(&clinic), "");
    look("2099-12-08");
    fs::write(file(&records), &earlier).unwrap();
    for _ in 0..2 {
        let told = list(&clinic);
        assert!(told.contains("is not the one that was looked through on 2099-12-08: event 3"), "{told}");
    }
    // Put there on purpose: without the note it is looked through and seen anew.
    fs::remove_file(&note).unwrap();
    assert_eq!(list(&clinic), "");
    assert_eq!(Seal::all_in(&note).unwrap()[0].head.count, 2);
}

#[test]
fn a_restore_explains_what_a_witness_knows_and_the_record_does_not() {
    let (folder, mut store) = store_with(3);
    let outside = tempfile::tempdir().unwrap();
    let copy = outside.path().join("copy.sqlite");
    store.backup(&copy, false).unwrap();
    store.append(3, &[event("S-1", "{}")]).unwrap();
    let seal = store.seal("2026-12-07T10:00:00Z");
    assert_eq!(Seal::read(&seal.to_string()), Some(seal.clone()));
    drop(store);
    let cut = |folder: &Path| fs::copy(&copy, file(folder)).unwrap();
    cut(folder.path());
    assert_eq!(looked_through(folder.path()).compare(&seal).unwrap(), Compared::Broken);
    let mut store = looked_through(folder.path());
    store.append(3, &[event("S-1", "{\"other\":1}")]).unwrap();
    drop(store);
    Store::restore(&copy, folder.path(), &stamp(), true).unwrap();
    assert_eq!(looked_through(folder.path()).compare(&seal).unwrap(), Compared::Restored(4));
}

#[test]
fn a_record_has_an_identity_that_its_backups_share_and_no_other_has() {
    let (_one, store) = store_with(2);
    let (_two, other) = store_with(2);
    assert_eq!((store.identity().len(), other.identity().len()), (64, 64));
    assert_ne!(store.identity(), other.identity());
    let outside = tempfile::tempdir().unwrap();
    let copy = outside.path().join("copy.sqlite");
    store.backup(&copy, false).unwrap();
    let folder = outside.path().join("records");
    Store::restore(&copy, &folder, &stamp(), false).unwrap();
    assert_eq!(Store::open(&folder).unwrap().identity(), store.identity());
    assert!(matches!(Seal::all_in(&outside.path().join("none")), Err(StoreError::Unreadable { .. })));
}
