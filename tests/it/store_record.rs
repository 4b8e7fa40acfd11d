//! The record: what is appended is there, chained, guarded, closed to others, and can be carried over.

use std::path::Path;

use posology::store::{FreeText, NewEvent, Place, Record, STORE, Stamp, State, Step, Store, StoreError, file, start};
use rusqlite::Connection;

/// An event of a subject with a text as its body.
pub fn event(subject: &str, body: &str) -> NewEvent {
    NewEvent {
        subject: subject.into(),
        kind: "note".into(),
        version: 1,
        effective: "2026-12-07".into(),
        recorded: "2026-12-07T09:30:00Z".into(),
        offset: "+01:00".into(),
        who: "Zoë".into(),
        account: "zoe".into(),
        machine: "ward-3".into(),
        body: body.as_bytes().to_vec(),
        ..NewEvent::default()
    }
}

pub fn stamp() -> Stamp {
    Stamp {
        effective: "2027-01-04".into(),
        recorded: "2027-01-04T08:00:00Z".into(),
        offset: "+01:00".into(),
        who: "B. Keeper".into(),
        ..Stamp::default()
    }
}

/// A fresh folder and a store in it with events `0 .. count`, alternating between two subjects.
pub fn store_with(count: u64) -> (tempfile::TempDir, Store) {
    let folder = tempfile::Builder::new().prefix("record").tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.do_not_wait_for_the_disk().unwrap();
    let mut last = [0, 0];
    for number in 0..count {
        let which = usize::from(number % 2 == 1);
        let new = event(["S-1", "S-2"][which], &format!("{{\"n\":{number}}}"));
        last[which] = store.append(last[which], &[new]).unwrap()[0].seq;
    }
    (folder, store)
}

/// Opened, and everything looked at.
pub fn looked_through(folder: &Path) -> Store {
    let mut store = Store::open(folder).unwrap();
    store.check().unwrap();
    store
}

/// What can be read of a damaged record.
pub fn salvaged(store: &Store) -> Vec<Record> {
    let mut records = Vec::new();
    let Ok(()) = store.salvage(|record| -> Result<(), std::convert::Infallible> {
        records.push(record);
        Ok(())
    });
    records
}

pub fn raw(folder: &Path) -> Connection {
    Connection::open(file(folder)).unwrap()
}

#[allow(clippy::unnecessary_wraps)] // the shape an import asks for
fn unchanged(_: &str, _: u32, body: &[u8], _: &std::collections::BTreeMap<u64, u64>) -> Result<Vec<u8>, String> {
    Ok(body.to_vec())
}

#[allow(clippy::unnecessary_wraps)] // the shape an import asks for
fn admitted(_: &Store, _: &str) -> Result<(), StoreError> {
    Ok(())
}

/// Records an event with a regimen text beside it.
fn append_with(store: &mut Store, last: u64, new: &NewEvent, hash: &str, text: &[u8]) -> Result<(), StoreError> {
    let step = || Ok(Step { events: vec![new.clone()], texts: vec![(hash.to_owned(), text.to_vec())] });
    store.append_step(&new.subject, last, &step, &|_| Ok(())).map(drop)
}

#[test]
fn the_hashes_are_those_another_tool_computes() {
    // Computed with Python's hashlib from the descriptions in `Record::content`, `Record::hashed` and `start`.
    let begin = start(&"ab".repeat(32), "");
    assert_eq!(begin, "332cc7a2cef1471b380875a951d5f3438368ad1835116661c699c17460d1ccf1");
    let first = Record {
        seq: 1,
        origin: String::new(),
        act: "0011".repeat(8),
        subject: "S-014".into(),
        kind: "note".into(),
        version: 1,
        effective: "2026-12-07".into(),
        recorded: "2026-12-07T09:30:00Z".into(),
        offset: "+01:00".into(),
        who: "Zoë".into(),
        account: "zoe".into(),
        machine: "ward-3".into(),
        body: br#"{"text":{"text":"9de09c4d8dfaabd51d7d654c8b7ca7a5e158cec2493026628d7dd3a3e6cf8ee8"}}"#.to_vec(),
        hash: String::new(),
    };
    let place = Place { previous: begin, prior: 0, prior_hash: String::new() };
    assert_eq!(first.content(), "54dd3d39341aae18b0650612f8f0c661ac5e1b36385311a62a8f3504ebd55e5c");
    let hash = first.hashed(&place);
    assert_eq!(hash, "6c3f2f3dfe0358f2b20f849fbacacd8af16d669df3e9891899225d383d81688b");
    let second = Record {
        seq: 2,
        origin: "cd".repeat(32),
        act: "2233".repeat(8),
        effective: "2026-12-08".into(),
        recorded: "2026-12-08T09:30:00Z".into(),
        body: b"{}".to_vec(),
        ..first
    };
    let place = Place { previous: hash.clone(), prior: 1, prior_hash: hash };
    assert_eq!(second.content(), "396d03fe567ebbb10943f467908db72c50327cce5d8f17549ac7be3432fed850");
    assert_eq!(second.hashed(&place), "c3c10f4834d103c6b7674294814a4aef857432ad743b12963aef430d30e085e0");
    // And 16 bytes of salt, 00 to 0f, before "kam zu Fuß".
    let text = FreeText::new(std::array::from_fn(|at| u8::try_from(at).unwrap()), "kam zu Fuß".into());
    assert_eq!(text.id, "9de09c4d8dfaabd51d7d654c8b7ca7a5e158cec2493026628d7dd3a3e6cf8ee8");
}

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let (folder, store) = store_with(7);
    let all = store.all().unwrap();
    drop(store);
    let again = Store::open(folder.path()).unwrap();
    assert_eq!(again.state(), State::Sound);
    assert_eq!(again.all().unwrap(), all);
    assert_eq!(again.subjects().unwrap(), ["S-1", "S-2"]);
    let seqs: Vec<u64> = again.events("S-2").unwrap().iter().map(|one| one.seq).collect();
    assert_eq!(seqs, [2, 4, 6]);
    assert_eq!(again.events("S-2").unwrap()[1].body, b"{\"n\":3}");
    assert_eq!(again.verify().faults, Vec::<String>::new());
}

#[test]
fn the_second_of_two_writers_is_told_and_nothing_is_saved() {
    let (folder, mut first) = store_with(2);
    let mut second = Store::open(folder.path()).unwrap();
    second.append(1, &[event("S-1", "{}")]).unwrap();
    match first.append(1, &[event("S-1", "{\"late\":true}")]) {
        Err(StoreError::Raced { last: 3 }) => {}
        other => panic!("{other:?}"),
    }
    // Another subject's events are no race; and on fresh state it works.
    first.append(2, &[event("S-2", "{}")]).unwrap();
    first.append(3, &[event("S-1", "{}")]).unwrap();
    assert_eq!(first.head().count, 5);
    assert_eq!(second.head(), first.head());
    assert!(second.verify().faults.is_empty());
}

#[test]
fn all_events_of_a_step_or_none() {
    let (_folder, mut store) = store_with(1);
    for wrong in [
        vec![event("S-1", "{}"), event("S-2", "{}")],
        vec![event(STORE, "{}")],
        vec![event("", "{}")],
        vec![NewEvent { who: " ".into(), ..event("S-9", "{}") }],
        vec![NewEvent { kind: String::new(), ..event("S-9", "{}") }],
    ] {
        assert!(matches!(store.append(0, &wrong), Err(StoreError::Refused(_) | StoreError::Raced { .. })), "{wrong:?}");
    }
    assert_eq!(store.head().count, 1);
    assert!(store.append(1, &[]).unwrap().is_empty());
}

#[test]
fn no_statement_walks_past_the_guards() {
    let (folder, mut store) = store_with(3);
    store.append(2, &[event("S-2", "{\"reason\":\"came on foot\"}")]).unwrap();
    let before = store.all().unwrap();
    assert!(store.verify().faults.is_empty());
    let raw = raw(folder.path());
    let columns = "(seq, previous, prior, prior_hash, origin, act, subject, kind, version, effective, recorded, \
                   offset, who, account, machine, body, hash)";
    let (head, wrong) = (before[3].hash.clone(), before[2].hash.clone());
    let third = before[2].hash.clone();
    let act = before[1].act.clone();
    let rest = format!("3, '{third}', '', 'new', 'S-1', 'note', 1, '2026-12-07', '', '', 'x', '', '', x'7b7d', 'h'");
    for statement in [
        "UPDATE event SET who = 'somebody else' WHERE seq = 2".to_owned(),
        "UPDATE OR REPLACE event SET seq = 2 WHERE seq = 3".to_owned(),
        "DELETE FROM event WHERE seq = 4".to_owned(),
        "DELETE FROM event".to_owned(),
        format!("INSERT OR REPLACE INTO event {columns} VALUES (4, '{third}', {rest})"),
        format!("REPLACE INTO event {columns} VALUES (2, '{}', {rest})", before[0].hash),
        format!("INSERT OR IGNORE INTO event {columns} VALUES (6, '{head}', {rest})"),
        format!("INSERT INTO event {columns} VALUES (5, '{wrong}', {rest})"),
        format!("INSERT INTO event {columns} VALUES (0, '0', {rest})"),
        format!("INSERT INTO event {columns} VALUES (NULL, '{head}', {rest})"),
        format!("INSERT INTO event {columns} VALUES (5, '{head}', {})", rest.replace("'new'", &format!("'{act}'"))),
        format!("INSERT INTO event {columns} VALUES (5, '{head}', {})", rest.replacen("3,", "1,", 1)),
        "UPDATE record SET identity = 'another'".to_owned(),
        "DELETE FROM record".to_owned(),
        "REPLACE INTO record VALUES (1, 'another', '')".to_owned(),
        "INSERT INTO record VALUES (2, 'another', '')".to_owned(),
        "DELETE FROM head".to_owned(),
        "UPDATE head SET seq = 1 WHERE subject = 'S-1'".to_owned(),
        "UPDATE head SET subject = 'S-3' WHERE subject = 'S-1'".to_owned(),
        format!("REPLACE INTO head VALUES ('S-1', 1, '{}', 1)", before[0].hash),
        format!("REPLACE INTO head VALUES ('S-1', 3, '{third}', 1)"),
        "DELETE FROM kind".to_owned(),
        "UPDATE kind SET kind = 'given'".to_owned(),
        "DELETE FROM text".to_owned(),
        "UPDATE text SET value = 'another'".to_owned(),
        "REPLACE INTO text SELECT id, salt, 'another' FROM text".to_owned(),
    ] {
        assert!(raw.execute(&statement, []).is_err(), "{statement}");
    }
    assert_eq!(store.all().unwrap(), before);
}

#[test]
fn an_event_added_by_hand_with_a_made_up_hash_is_found() {
    let (folder, store) = store_with(4);
    let (head, prior) = (store.head().hash, store.events("S-1").unwrap()[1].hash.clone());
    raw(folder.path())
        .execute(
            "INSERT INTO event VALUES (5, ?1, 3, ?2, '', 'x', 'S-1', 'note', 1, '2026-12-07', '', '', 'x', '', '', \
             x'7b7d', ?3)",
            [&head, &prior, &"a".repeat(64)],
        )
        .unwrap();
    assert!(store.verify().faults[0].starts_with("event 5 (note of S-1) was changed"));
    assert!(matches!(Store::open(folder.path()).unwrap().state(), State::Damaged(_)));
    // A store that was open already neither reads nor builds on it.
    let mut store = store;
    assert!(matches!(store.events("S-1"), Err(StoreError::Damaged(_))));
    assert!(matches!(store.append(5, &[event("S-1", "{}")]), Err(StoreError::Damaged(_))));
}

/// Drops the guards, does something, and puts them back as they were.
pub fn behind_the_guards(folder: &Path, statement: &str) {
    let raw = raw(folder);
    let mut query = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let guards: Vec<(String, String)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &guards {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(statement).unwrap();
    for (_, sql) in &guards {
        raw.execute_batch(sql).unwrap();
    }
}

#[test]
fn whoever_changes_the_file_behind_the_guards_is_found_and_told_where() {
    let cases = [
        ("UPDATE event SET body = x'7b7d' WHERE seq = 3", "event 3 (note of S-1) was changed"),
        ("UPDATE event SET who = 'A' WHERE seq = 6", "event 6 (note of S-2) was changed"),
        ("UPDATE event SET effective = '2026-12-06' WHERE seq = 1", "event 1 (note of S-1) was changed"),
        ("UPDATE event SET offset = '+02:00' WHERE seq = 1", "event 1 (note of S-1) was changed"),
        ("DELETE FROM event WHERE seq = 2", "event 2 is missing"),
        ("DELETE FROM event WHERE seq IN (2, 3)", "events 2 to 3 are missing"),
        ("UPDATE event SET seq = 99 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 5", "event 3 does not follow"),
        ("UPDATE regimen SET text = x'00'", "the pinned regimen text"),
        ("UPDATE event SET account = 'b' WHERE seq = 1", "event 1 (note of S-1) was changed"),
        ("UPDATE event SET origin = 'b' WHERE seq = 1", "event 1 (note of S-1) was changed"),
        ("UPDATE event SET act = 'b' WHERE seq = 1", "event 1 (note of S-1) was changed"),
        ("UPDATE event SET prior = 1 WHERE seq = 5", "event 5 (note of S-1) was changed"),
        ("UPDATE record SET identity = 'b'", "event 1 does not follow the beginning"),
        ("UPDATE text SET value = 'b'", "a typed text of event 6 was changed"),
        ("DELETE FROM text", "a typed text of event 6 is missing"),
        ("INSERT INTO text VALUES ('b', x'00', 'b')", "1 typed texts that no event names"),
        ("UPDATE head SET seq = 3 WHERE subject = 'S-1'", "the last event of S-1 is not the one the file names"),
        ("DELETE FROM head WHERE subject = 'S-1'", "the last event of S-1 is not the one the file names"),
        ("DELETE FROM kind", "the list of kinds of events is not that of the events"),
    ];
    for (statement, expected) in cases {
        let (folder, mut store) = store_with(5);
        let sixth = event("S-2", "{\"reason\":\"came on foot\"}");
        append_with(&mut store, 4, &sixth, PLAIN_HASH, b"id = \"x\"\nname\r\n").unwrap();
        drop(store);
        behind_the_guards(folder.path(), statement);
        let store = looked_through(folder.path());
        assert!(matches!(store.state(), State::Damaged(_)), "{statement}: {:?}", store.state());
        let faults = store.verify().faults;
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{statement}: {faults:?}");
        assert!(matches!(store.events("S-1"), Err(StoreError::Damaged(_))), "nothing is computed from it");
        assert!(matches!(store.regimen(PLAIN_HASH), Err(StoreError::Damaged(_))));
        assert!(!salvaged(&store).is_empty());
    }
}

#[test]
fn a_removed_guard_is_found() {
    let (folder, _) = store_with(2);
    raw(folder.path()).execute_batch("DROP TRIGGER event_is_never_removed").unwrap();
    let State::Damaged(faults) = Store::open(folder.path()).unwrap().state() else { panic!("not found") };
    assert_eq!(faults, ["the trigger event_is_never_removed is missing or was changed"]);
}

/// The table of heads, made anew by somebody who knows what they do.
const HEADS: &str = "UPDATE head SET events = (SELECT count(*) FROM event WHERE subject = head.subject), \
                     seq = (SELECT max(seq) FROM event WHERE subject = head.subject), \
                     hash = (SELECT hash FROM event WHERE subject = head.subject ORDER BY seq DESC LIMIT 1)";

#[test]
fn a_tail_cut_off_cleanly_shows_only_against_the_head_written_down() {
    let (folder, store) = store_with(6);
    let (head, earlier) = (store.head().hash, store.all().unwrap()[2].hash.clone());
    assert_eq!(store.since(&head), Some(0));
    assert_eq!(store.since(&earlier[..12]), Some(3));
    drop(store);
    behind_the_guards(folder.path(), &format!("DELETE FROM event WHERE seq > 4; {HEADS}"));
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.state(), State::Sound);
    assert_eq!(store.since(&head), None);
    assert_eq!(store.since(&earlier), Some(1));
}

#[test]
fn a_newer_record_or_an_unknown_event_opens_for_reading_only() {
    let (folder, mut store) = store_with(3);
    store.require(|kind, version| kind == "note" && version == 1).unwrap();
    assert_eq!(store.state(), State::Sound);
    store.require(|kind, _| kind == "given").unwrap();
    assert!(matches!(store.state(), State::ReadOnly(reason) if reason.contains("note, version 1")));
    assert!(matches!(store.append(3, &[event("S-1", "{}")]), Err(StoreError::ReadOnly(_))));
    assert_eq!(store.events("S-1").unwrap().len(), 2);
    drop(store);
    raw(folder.path()).pragma_update(None, "user_version", 7).unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    assert!(matches!(store.state(), State::ReadOnly(reason) if reason.contains("newer version")));
    assert!(matches!(store.append(3, &[event("S-1", "{}")]), Err(StoreError::ReadOnly(_))));
    assert_eq!(store.events("S-1").unwrap().len(), 2);
}

const PLAIN_HASH: &str = "e592fdb85f247ffb4a10bcd28ab7d2ceb25b0b4336ab33960ae07a528a8b47f7";

#[test]
fn a_pinned_text_is_kept_under_its_hash_and_never_replaced() {
    let (folder, mut store) = store_with(0);
    let new = event("S-1", "{}");
    let another = append_with(&mut store, 0, &new, PLAIN_HASH, b"another");
    assert!(matches!(another, Err(StoreError::Refused(_))));
    assert_eq!((store.regimen(PLAIN_HASH).unwrap(), store.head().count), (None, 0));
    append_with(&mut store, 0, &new, PLAIN_HASH, b"\xef\xbb\xbfid = \"x\"\r\nname\r\n").unwrap();
    append_with(&mut store, 1, &new, PLAIN_HASH, b"id = \"x\"\nname\n").unwrap();
    assert_eq!(store.regimen(PLAIN_HASH).unwrap().unwrap(), b"id = \"x\"\nname\n");
    let raw = raw(folder.path());
    for statement in [
        "DELETE FROM regimen",
        "UPDATE regimen SET text = x'00'",
        "REPLACE INTO regimen VALUES (1, 'other', x'00')",
        "REPLACE INTO regimen SELECT 2, sha256, x'00' FROM regimen",
    ] {
        assert!(raw.execute(statement, []).is_err(), "{statement}");
    }
    assert!(store.verify().faults.is_empty());
}

#[test]
fn a_clock_set_back_orders_nothing_and_is_told() {
    let (folder, mut store) = store_with(1);
    let back = NewEvent { recorded: "2019-01-01T00:00:00Z".into(), ..event("S-1", "{\"n\":1}") };
    store.append(1, &[back]).unwrap();
    store.append(2, &[event("S-1", "{\"n\":2}")]).unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.state(), State::Sound);
    let bodies: Vec<Vec<u8>> = store.events("S-1").unwrap().into_iter().map(|one| one.body).collect();
    assert_eq!(bodies, [b"{\"n\":0}", b"{\"n\":1}", b"{\"n\":2}"]);
    let found = store.verify();
    assert!(found.faults.is_empty());
    assert_eq!(found.notes.len(), 1);
    assert!(found.notes[0].contains("event 2 was recorded at 2019-01-01T00:00:00Z"));
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_and_others_are_refused_with_the_command_that_mends_it() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("a study").join("records");
    Store::open(&folder).unwrap().append(0, &[event("S-1", "{}")]).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    assert_eq!((mode(&folder), mode(&file(&folder))), (0o700, 0o600));
    for (path, open, right) in
        [(file(&folder), 0o644, "600"), (file(&folder), 0o640, "600"), (folder.clone(), 0o755, "700")]
    {
        let before = mode(&path);
        set(&path, open);
        for opened in [Store::open(&folder), Store::open_read_only(&folder)] {
            let error = opened.unwrap_err();
            let expected = format!("chmod {right} '{}'", path.display());
            assert!(matches!(&error, StoreError::Exposed { command, .. } if *command == expected), "{error:?}");
        }
        set(&path, before);
    }
    assert_eq!(Store::open(&folder).unwrap().state(), State::Sound);
}

#[test]
fn reading_makes_nothing() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("none");
    assert!(matches!(Store::open_read_only(&folder), Err(StoreError::Absent(_))));
    assert!(!folder.exists());
    let (folder, _) = store_with(2);
    let mut store = Store::open_read_only(folder.path()).unwrap();
    assert!(matches!(store.append(1, &[event("S-1", "{}")]), Err(StoreError::ReadOnly(_))));
    assert_eq!(store.events("S-1").unwrap().len(), 1);
}

#[test]
fn a_subject_is_carried_into_another_record() {
    let (_one, mut from) = store_with(5);
    let naming = format!("{{\"sha256\":\"{PLAIN_HASH}\",\"target\":3,\"reason\":\"kam zu Fuß\"}}");
    append_with(&mut from, 5, &event("S-1", &naming), PLAIN_HASH, b"id = \"x\"\nname\n").unwrap();
    let mut lines = Vec::new();
    from.export_subject("S-1", &mut lines).unwrap();
    let text = String::from_utf8(lines.clone()).unwrap();
    assert_eq!(text.lines().count(), 1 + 1 + 4 + 1, "{text}");

    let (_two, mut to) = store_with(0);
    to.append(0, &[event("S-7", "{}")]).unwrap();
    // 1, 3, 5, 6 there become 2, 3, 4, 5 here.
    let renumber = |_: &str, _: u32, body: &[u8], places: &std::collections::BTreeMap<u64, u64>| {
        let text = String::from_utf8(body.to_vec()).unwrap();
        let new = places[&5];
        Ok(text.replace("\"target\":3", &format!("\"target\":{new}")).into_bytes())
    };
    let done = to.import(&mut lines.as_slice(), &stamp(), &renumber, &admitted).unwrap();
    assert_eq!((done.subject.as_str(), done.events, done.head.count), ("S-1", 4, 6));
    let events = to.events("S-1").unwrap();
    assert_eq!(events.iter().map(|one| one.seq).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert_eq!(events[1].body, b"{\"n\":2}");
    assert_eq!(events[3].body, naming.replace("\"target\":3", "\"target\":4").into_bytes());
    assert_eq!(
        (events[0].who.as_str(), events[0].account.as_str(), events[0].machine.as_str()),
        ("Zoë", "zoe", "ward-3")
    );
    // Each says from which record it came, and keeps the act under which it was recorded there.
    assert_ne!(from.identity(), to.identity());
    assert!(events.iter().all(|one| one.origin == from.identity()));
    assert_eq!(events[2].act, from.events("S-1").unwrap()[2].act);
    assert!(to.regimen(PLAIN_HASH).unwrap().is_some());
    let own = &to.all().unwrap()[5];
    assert_eq!((own.subject.as_str(), own.kind.as_str(), own.who.as_str()), (STORE, "imported", "B. Keeper"));
    assert!(to.verify().faults.is_empty());
    assert_eq!(to.subjects().unwrap(), ["S-1", "S-7"]);
    // Once is enough.
    assert!(matches!(to.import(&mut lines.as_slice(), &stamp(), &unchanged, &admitted), Err(StoreError::Refused(_))));
}

#[test]
fn an_export_that_was_touched_is_not_imported() {
    let (_one, from) = store_with(5);
    let mut lines = Vec::new();
    from.export_subject("S-1", &mut lines).unwrap();
    let text = String::from_utf8(lines).unwrap();
    let all: Vec<&str> = text.lines().collect();
    let edits = [
        text.replace("{\\\"n\\\":2}", "{\\\"n\\\":9}"),
        text.replace("Zoë", "Zoe"),
        all[..3].join("\n"),
        [all[0], all[1], all[3], all[2], all[4]].join("\n"),
        [all[1], all[2], all[3]].join("\n"),
        all[..4].join("\n"),
        [all[0], all[1], all[3], all[4]].join("\n").replace("\"events\":3", "\"events\":2"),
        format!("{text}{}", all[2]),
        text.replace("\"count\":5", "\"count\":6"),
        text.replace("\"format\":2", "\"format\":1"),
        text.replace("\"format\":2", "\"format\":3"),
        String::new(),
        "no json".to_owned(),
    ];
    let (_two, mut to) = store_with(0);
    for edit in edits {
        assert_ne!(edit, text);
        let refused = to.import(&mut edit.as_bytes(), &stamp(), &unchanged, &admitted);
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{edit}");
    }
    assert_eq!(to.head().count, 0);
    assert!(matches!(from.export_subject("S-9", &mut Vec::new()), Err(StoreError::Refused(_))));
}

#[test]
fn a_network_file_system_is_told_by_the_nearest_mount() {
    let mounts = "1 0 8:1 / / rw - ext4 /dev/a rw\n\
                  2 1 0:30 / /home rw shared:1 - cifs //server/home rw\n\
                  3 2 8:2 / /home/anna/local rw - xfs /dev/b rw\n\
                  4 1 0:31 / /mnt/my\\040share rw - fuse.sshfs host: rw\n\
                  not a line\n";
    let network = |path: &str| posology::store::network(mounts, path.as_ref());
    assert_eq!(network("/home/anna/records"), Some("cifs"));
    assert_eq!(network("/home/anna/local/records"), None);
    assert_eq!(network("/mnt/my share/x"), Some("fuse.sshfs"));
    assert_eq!(network("/mnt/other"), None);
    assert_eq!(network("/homes"), None);
}
