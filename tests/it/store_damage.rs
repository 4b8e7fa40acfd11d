//! Files that were cut or flipped, and disks that fill up: everything is found or harmless.

use std::fs;
use std::path::Path;

use posology::store::{Record, State, Store, StoreError, file};

use super::store_record::{event, looked_through, salvaged, store_with};

/// Whether the file is told to be damaged (or newer), or reads exactly as before and takes a further event. Opening looks
/// at both ends alone: what is read behind it is as it was, or refused.
fn found_or_harmless(folder: &Path, before: &[Record]) -> bool {
    let Ok(mut store) = Store::open(folder) else { return true };
    for subject in ["S-1", "S-2"] {
        if let Ok(events) = store.events(subject) {
            let expected: Vec<&Record> = before.iter().filter(|record| record.subject == subject).collect();
            assert_eq!(events.iter().collect::<Vec<_>>(), expected, "what is shown is what was recorded");
        }
    }
    if let Ok(subjects) = store.subjects() {
        assert_eq!(subjects, ["S-1", "S-2"]);
    }
    if let Ok(all) = store.all() {
        assert_eq!(all, before);
    }
    if store.check().is_err() {
        return true;
    }
    match store.state() {
        State::Damaged(faults) => {
            assert!(!faults.is_empty());
            assert!(store.all().is_err(), "nothing is computed from a damaged record");
            true
        }
        State::ReadOnly(_) => store.all().is_err() || store.all().unwrap() == before,
        State::Sound => {
            assert_eq!(store.all().unwrap(), before);
            store.do_not_wait_for_the_disk().unwrap();
            let last = store.events("S-1").unwrap().last().unwrap().seq;
            store.append(last, &[event("S-1", "{}")]).unwrap();
            store.verify().faults.is_empty()
        }
    }
}

#[test]
fn a_flipped_byte_is_found_or_harmless_anywhere_in_the_file() {
    let (folder, store) = store_with(60);
    let before = store.all().unwrap();
    drop(store);
    let path = file(folder.path());
    let whole = fs::read(&path).unwrap();
    // Every byte of the header, and every 61st after it: each page in many places.
    let places: Vec<usize> = (0..100).chain((100..whole.len()).step_by(61)).collect();
    assert!(places.len() > 500, "{}", places.len());
    for (number, place) in places.into_iter().enumerate() {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (number % 8);
        fs::write(&path, &bytes).unwrap();
        assert!(found_or_harmless(folder.path(), &before), "byte {place}, bit {}", number % 8);
        for rest in ["-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{rest}", path.display()));
        }
    }
}

#[test]
fn a_byte_flipped_in_what_was_recorded_is_always_found() {
    let (folder, store) = store_with(60);
    let all = store.all().unwrap();
    drop(store);
    let path = file(folder.path());
    let whole = fs::read(&path).unwrap();
    for record in all.iter().step_by(7) {
        for text in [record.body.as_slice(), record.hash.as_bytes()] {
            // Everywhere it stands: copies that SQLite left in unused places are nobody's.
            let places = whole.windows(text.len()).enumerate().filter(|(_, window)| *window == text);
            let mut bytes = whole.clone();
            places.for_each(|(at, _)| bytes[at + text.len() - 1] ^= 2);
            assert_ne!(bytes, whole);
            fs::write(&path, &bytes).unwrap();
            let store = looked_through(folder.path());
            let State::Damaged(faults) = store.state() else { panic!("event {} not found", record.seq) };
            assert!(faults.iter().any(|fault| fault.contains("event")), "{faults:?}");
        }
    }
}

#[test]
fn a_cut_file_is_found_wherever_it_was_cut() {
    let (folder, store) = store_with(60);
    let before = store.all().unwrap();
    drop(store);
    let path = file(folder.path());
    let whole = fs::read(&path).unwrap();
    for length in (0..whole.len()).step_by(509).chain([1, 99, 100, 4096, 8192, whole.len() - 1]) {
        fs::write(&path, &whole[..length]).unwrap();
        let store = looked_through(folder.path());
        assert!(matches!(store.state(), State::Damaged(_)), "cut to {length}: {:?}", store.state());
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().all().unwrap(), before);
}

#[test]
fn something_else_under_the_name_is_told_and_left_alone() {
    let (folder, _) = store_with(1);
    for other in [&b"not a database"[..], &[0; 5000], b"SQLite format 3\0 and then nothing of the kind"] {
        fs::write(file(folder.path()), other).unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        assert!(matches!(store.state(), State::Damaged(_)));
        assert!(matches!(store.append(0, &[event("S-1", "{}")]), Err(StoreError::Damaged(_))));
        assert!(salvaged(&store).is_empty());
        assert!(!store.verify().faults.is_empty());
        assert_eq!(fs::read(file(folder.path())).unwrap(), other);
    }
}
