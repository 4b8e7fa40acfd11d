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
