//! The reader of the record by chance: files of every format there was, with bytes overwritten and ends cut off, and the
//! notes that lie beside them. What is damaged is told; what is shown is what was recorded; looking changes nothing.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use posology::store::{Record, State, Store, file};
use proptest::prelude::*;

use crate::fuzz_files::{add, edited, run};
use crate::fuzz_inputs::edits;
use crate::store_formats::first_in;
use crate::store_record::{salvaged, store_with};
use crate::support::cases;

/// A record, its bytes and what it says.
type Known = (Vec<u8>, Vec<Record>);

static SECOND: LazyLock<Known> = LazyLock::new(|| {
    let (folder, mut store) = store_with(12);
    let text = crate::store_record::event("S-1", "{\"reason\":\"came on foot\"}");
    let last = store.events("S-1").unwrap().last().unwrap().seq;
    store.append(last, &[text]).unwrap();
    let all = store.all().unwrap();
    drop(store);
    (fs::read(file(folder.path())).unwrap(), all)
});

static FIRST: LazyLock<Known> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    first_in(folder.path());
    let all = Store::open_read_only(folder.path()).unwrap().all().unwrap();
    (fs::read(file(folder.path())).unwrap(), all)
});

/// Bytes put over others, each somewhere; and where the file ends.
type Damage = (Vec<(u32, Vec<u8>)>, Option<u32>);

fn damage() -> impl Strategy<Value = Damage> {
    let pieces = prop_oneof![3 => prop::collection::vec(any::<u8>(), 1..5), 1 => Just(vec![0; 64])];
    (prop::collection::vec((any::<u32>(), pieces), 0..4), prop::option::weighted(0.2, any::<u32>()))
}

fn damaged(whole: &[u8], (pieces, end): &Damage) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let within = |at: u32, length: usize| usize::try_from(at).unwrap() % length;
    for (at, piece) in pieces {
        let at = within(*at, bytes.len());
        bytes.iter_mut().skip(at).zip(piece).for_each(|(byte, new)| *byte = *new);
    }
    bytes.truncate(end.map_or(bytes.len(), |end| within(end, whole.len())));
    bytes
}

fn looked_at(folder: &Path, said: &[Record]) -> Result<(), TestCaseError> {
    let Ok(mut store) = Store::open_read_only(folder) else { return Ok(()) };
    if store.check().is_err() {
        return Ok(());
    }
    if let State::Damaged(faults) = store.state() {
        prop_assert!(!faults.is_empty() && !store.verify().faults.is_empty());
        prop_assert!(store.all().is_err() && store.events("S-1").is_err(), "nothing is computed from it");
        salvaged(&store);
    } else if let Ok(all) = store.all() {
        prop_assert_eq!(all, said);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(120)))]

    #[test]
    fn a_damaged_record_is_told_or_says_what_was_recorded(first in any::<bool>(), damage in damage()) {
        let (whole, said) = if first { &*FIRST } else { &*SECOND };
        let folder = tempfile::tempdir().unwrap();
        first_in(folder.path());
        let bytes = damaged(whole, &damage);
        fs::write(file(folder.path()), &bytes).unwrap();
        looked_at(folder.path(), said)?;
        prop_assert!(fs::read(file(folder.path())).unwrap() == bytes, "looking changes nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(12)))]

    /// Nothing depends on the notes: whatever stands in them, the record is read and written.
    #[test]
    fn damaged_notes_beside_the_record_stop_nobody(which in 0..4usize, edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let (other, data) = (folder.path().join("witness.txt"), folder.path().join("records"));
        let backup = folder.path().join("copy.sqlite");
        prop_assert_eq!(run(&format!("{} --yes --data DATA", add()), &other, &data).0, 0);
        prop_assert_eq!(run("audit witness FILE --who RT --data DATA", &other, &data).0, 0);
        prop_assert_eq!(run("backup FILE --data DATA", &backup, &data).0, 0);
        prop_assert_eq!(run("subject list --data DATA", &other, &data).0, 0);
        let waiting = data.join("records.witness-waiting");
        fs::copy(&other, &waiting).unwrap();
        let note = [other.clone(), data.join("records.checked"), data.join("last-backup.json"), waiting][which].clone();
        let text = fs::read_to_string(&note).unwrap();
        fs::write(&note, edited(&text, &edits)).unwrap();
        for line in ["subject list --data DATA", "subject note S-9 x --who RT --yes --data DATA", "due --data DATA"] {
            let (code, said) = run(line, &other, &data);
            prop_assert_eq!(code, 0, "{}: {}", line, said);
        }
        let (code, said) = run("audit verify --data DATA", &other, &data);
        prop_assert!(code == 0 || code == 4 && said.contains("witness"), "{code}: {said}");
    }
}
