//! Processes killed while they write, two that write at once, and a disk that is full: every event that
//! was acknowledged is there, and the chain verifies.
//!
//! The writers are this test binary itself, started again with [`FOLDER`] set. Most do not wait for the
//! disk: what is killed is the process, not the machine, and the system keeps what was written.
#![cfg(unix)]
#![allow(clippy::disallowed_methods)] // tells the writer from the test by the environment

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use posology::store::{State, Store, StoreError};

use super::store_record::{event, looked_through};

const FOLDER: &str = "POSOLOGY_TEST_WRITER_FOLDER";
const SUBJECT: &str = "POSOLOGY_TEST_WRITER_SUBJECT";
const DURABLE: &str = "POSOLOGY_TEST_WRITER_DURABLE";
const MANY: usize = 5_000;

/// Not a test: the writer. Prints `ack SEQ HASH` when an event is saved.
#[test]
fn writer() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let subject = std::env::var(SUBJECT).unwrap();
    let mut store = Store::open(Path::new(&folder)).unwrap();
    if std::env::var_os(DURABLE).is_none() {
        store.do_not_wait_for_the_disk().unwrap();
    }
    let mut out = std::io::stdout();
    let mut last = store.events(&subject).unwrap().last().map_or(0, |one| one.seq);
    for number in 0..MANY {
        let new = event(&subject, &format!("{{\"n\":{number},\"fill\":\"{}\"}}", "x".repeat(number % 700)));
        match store.append(last, &[new]) {
            Ok(saved) => {
                last = saved[0].seq;
                writeln!(out, "\nack {last} {}", saved[0].hash).unwrap();
                out.flush().unwrap();
            }
            Err(StoreError::Locked(_)) => {}
            Err(error) => {
                writeln!(out, "\nfull {}", matches!(error, StoreError::NotWritten(_))).unwrap();
                return;
            }
        }
    }
}

fn command(folder: &Path, subject: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "store_kill::writer", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env(SUBJECT, subject).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// What the writer acknowledged, to the end of what it wrote.
fn acknowledged(child: &mut Child) -> Vec<(u64, String)> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.filter_map(|line| ack(&line)).collect()
}

fn ack(line: &str) -> Option<(u64, String)> {
    let (seq, hash) = line.strip_prefix("ack ")?.split_once(' ')?;
    // The last line may be cut by the kill.
    (hash.len() == 64).then(|| (seq.parse().unwrap(), hash.to_owned()))
}

fn kept(folder: &Path, acknowledged: &[(u64, String)]) -> usize {
    let store = looked_through(folder);
    assert_eq!(store.state(), State::Sound);
    let there: BTreeSet<(u64, String)> = store.all().unwrap().into_iter().map(|one| (one.seq, one.hash)).collect();
    for one in acknowledged {
        assert!(there.contains(one), "event {} was acknowledged and is gone", one.0);
    }
    there.len()
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for round in 0..24_u64 {
        let mut command = command(folder.path(), "S-1");
        if round % 6 == 5 {
            command.env(DURABLE, "yes");
        }
        let mut child = command.spawn().unwrap();
        // From before the first write to far into them, at moments that differ.
        std::thread::sleep(Duration::from_millis(5 + (round * 37) % 190));
        child.kill().unwrap();
        all.extend(acknowledged(&mut child));
        child.wait().unwrap();
        kept(folder.path(), &all);
    }
    assert!(all.len() > 200, "only {} events were written", all.len());
    // What was begun and not acknowledged may be there, one a round at most.
    assert!(kept(folder.path(), &all) <= all.len() + 24);
}

#[test]
fn two_programs_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut writers: Vec<Child> =
        ["S-1", "S-2"].iter().map(|subject| command(folder.path(), subject).spawn().unwrap()).collect();
    // However slow the machine is: until both have written.
    let both = || {
        let store = Store::open_read_only(folder.path()).ok()?;
        let written = |subject| store.events(subject).is_ok_and(|events| events.len() > 4);
        (written("S-1") && written("S-2")).then_some(())
    };
    for _ in 0..600 {
        if both().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    for child in &mut writers {
        child.kill().unwrap();
    }
    let each: Vec<Vec<(u64, String)>> = writers.iter_mut().map(acknowledged).collect();
    for child in &mut writers {
        child.wait().unwrap();
    }
    assert!(each.iter().all(|one| one.len() > 2), "{} and {}", each[0].len(), each[1].len());
    let all = each.concat();
    assert_eq!(all.iter().map(|one| one.0).collect::<BTreeSet<_>>().len(), all.len(), "no place was given twice");
    kept(folder.path(), &all);
}

/// The limit on a file's size stands for a full disk: the write fails half way in the same manner.
#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().append(0, &[event("S-2", "{}")]).unwrap();
    let writer = command(folder.path(), "S-1");
    let mut shell = Command::new("sh");
    // The signal that would end the writer is ignored, so that the write itself fails.
    shell.args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""]).arg(writer.get_program());
    shell.args(writer.get_args()).env(FOLDER, folder.path()).env(SUBJECT, "S-1");
    let output = shell.stderr(Stdio::null()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let all: Vec<(u64, String)> = text.lines().filter_map(ack).collect();
    assert!(text.contains("\nfull true"), "{text}");
    assert!(all.len() > 20, "{}", all.len());
    assert_eq!(kept(folder.path(), &all), 1 + all.len());
    // With room again the record goes on.
    let mut store = Store::open(folder.path()).unwrap();
    let last = store.events("S-1").unwrap().last().unwrap().seq;
    store.append(last, &[event("S-1", "{}")]).unwrap();
    assert!(store.verify().faults.is_empty());
}
