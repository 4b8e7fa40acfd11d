//! `audit`, `backup` and `restore`, as scripts use them.

use std::cell::RefCell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

use posology::cli::{self, Output};
use posology::store::{STORE, State, Store, StoreError, file};

use super::store_record::{event, stamp, store_with};

#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (u8, String, String) {
    let (out, err) = (Kept::default(), Kept::default());
    let data = ["--data", folder.to_str().unwrap()];
    let all = ["posology"].iter().chain(arguments).chain(&data).map(Into::into);
    let code = cli::run(all, &mut Output::to(Box::new(out.clone()), Box::new(err.clone())));
    (code, out.text(), err.text())
}

#[test]
fn a_sound_record_is_shown_and_verified() {
    let (folder, store) = store_with(3);
    let head = store.head().hash;
    drop(store);
    let (code, out, err) = run(folder.path(), &["audit", "verify"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with(&format!("Unbroken: 3 events, head {head}\nNot compared with anything outside: ")),
        "{out}"
    );
    let none = "No backup is known: posology backup FILE makes one, and it belongs on another disk.";
    assert!(out.ends_with(&format!("{none}\n")), "{out}");
    let (code, out, _) = run(folder.path(), &["audit", "verify", "--head", &head[..16]]);
    assert_eq!(code, 0);
    assert!(out.contains("nothing was added since"), "{out}");
    let (code, out, _) = run(folder.path(), &["audit", "show", "--subject", "S-2"]);
    assert_eq!(code, 0);
    let who = "07-Dec-2026 10:30:00 +01:00 by Zoë (zoe at ward-3)";
    assert!(out.starts_with(&format!("2  S-2  note  07-Dec-2026\n    {who}\n")), "{out}");
    let (code, out, _) = run(folder.path(), &["audit", "show", "--json"]);
    assert_eq!(code, 0);
    assert!(out.contains(&format!("\"head\": \"{head}\"")) && out.contains("\"sound\": true"), "{out}");
    assert_eq!(run(folder.path(), &["audit", "show", "--subject", "S-9"]).0, 1);
    assert_eq!(run(folder.path(), &["audit", "verify", "--head", "abc"]).0, 2);
}

#[test]
fn damage_and_a_missing_head_end_with_code_4() {
    let (folder, store) = store_with(3);
    let body = store.all().unwrap()[1].body.clone();
    drop(store);
    let (code, _, err) = run(folder.path(), &["audit", "verify", "--head", &"a".repeat(64)]);
    assert_eq!(code, 4);
    assert!(err.contains("no event has the hash aaaa"), "{err}");
    let path = file(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(body.len()).position(|window| window == body).unwrap();
    bytes[at + 5] = b'8';
    std::fs::write(&path, bytes).unwrap();
    let (code, out, err) = run(folder.path(), &["audit", "verify"]);
    assert_eq!(code, 4);
    assert!(out.starts_with("Damaged: 3 events"), "{out}");
    assert!(err.contains("event 2 (note of S-2) was changed after it was recorded"), "{err}");
    let (code, out, _) = run(folder.path(), &["audit", "show", "--json"]);
    assert_eq!(code, 4);
    assert!(out.contains("\"sound\": false"), "{out}");
    let copy = folder.path().join("copy");
    assert_eq!(run(folder.path(), &["backup", copy.to_str().unwrap()]).0, 4);
    assert!(!copy.exists());
    assert_eq!(run(&folder.path().join("nowhere"), &["audit", "verify"]).0, 1);
}

#[test]
fn a_backup_comes_back_and_the_restore_is_recorded() {
    let (folder, mut store) = store_with(4);
    let backed_up = store.head();
    let outside = tempfile::tempdir().unwrap();
    let copy = outside.path().join("monday.sqlite");
    let name = copy.to_str().unwrap();
    let (code, out, _) = run(folder.path(), &["backup", name]);
    assert_eq!(code, 0);
    assert!(out.contains(&format!("4 events, head {}", backed_up.hash)), "{out}");
    assert_eq!(run(folder.path(), &["backup", name]).0, 3, "it exists");
    assert_eq!(run(folder.path(), &["backup", name, "--force"]).0, 0);
    assert_eq!(run(folder.path(), &["backup", file(folder.path()).to_str().unwrap(), "--force"]).0, 3);

    store.append(3, &[event("S-1", "{\"later\":true}")]).unwrap();
    let later = store.head();
    assert_eq!(run(folder.path(), &["restore", name]).0, 2, "who?");
    let (code, _, err) = run(folder.path(), &["restore", name, "--who", "B. Keeper"]);
    assert_eq!(code, 3);
    assert!(err.contains("the last 1 of them not in the backup"), "{err}");
    assert_eq!(store.head(), later, "nothing happened");
    let (code, out, err) = run(folder.path(), &["restore", name, "--who", "B. Keeper", "--force"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Its last 1 events are not in the record any more"), "{out}");

    // The program that still had the old file open saves nothing into it unseen.
    assert!(matches!(store.append(5, &[event("S-1", "{}")]), Err(StoreError::Replaced(_))));
    assert!(matches!(store.events("S-1"), Err(StoreError::Replaced(_))));
    let now = Store::open(folder.path()).unwrap();
    assert_eq!(now.state(), State::Sound);
    let all = now.all().unwrap();
    assert_eq!(all.len(), 5);
    assert_eq!(all[3].hash, backed_up.hash);
    assert_eq!((all[4].subject.as_str(), all[4].kind.as_str(), all[4].who.as_str()), (STORE, "restored", "B. Keeper"));
    assert!(String::from_utf8_lossy(&all[4].body).contains(&later.hash), "what it took the place of is named");
    assert_eq!(now.subjects().unwrap(), ["S-1", "S-2"]);
    // And the record it took the place of is whole.
    let kept = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let kept = kept.into_iter().find(|path| path.to_string_lossy().contains("replaced")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let old = Store::restore(&kept, &elsewhere.path().join("old"), &stamp(), false).unwrap();
    assert_eq!(old.backup, later);
    assert_eq!(old.replaced, None);
}

#[test]
fn a_damaged_record_is_replaced_and_a_damaged_backup_never_used() {
    let (folder, store) = store_with(4);
    let outside = tempfile::tempdir().unwrap();
    let copy = outside.path().join("copy.sqlite");
    store.backup(&copy, false).unwrap();
    drop(store);
    std::fs::write(file(folder.path()), b"rubbish").unwrap();
    let done = Store::restore(&copy, folder.path(), &stamp(), true).unwrap();
    assert_eq!((done.backup.count, done.head.count), (4, 5));
    assert_eq!(std::fs::read(done.replaced.unwrap().kept).unwrap(), b"rubbish");

    let mut bytes = std::fs::read(&copy).unwrap();
    bytes.truncate(bytes.len() - 4096);
    std::fs::write(&copy, bytes).unwrap();
    let refused = Store::restore(&copy, folder.path(), &stamp(), true);
    assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
    assert_eq!(Store::open(folder.path()).unwrap().head(), done.head);
}
