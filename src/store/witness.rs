//! States of the record that are kept outside of it: a witness file that gets a line at every write, and seals
//! that a person takes away. Only they show that a tail was cut off or the whole chain made anew.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rusqlite::OptionalExtension;
use serde_json::{Value, json};

use super::backup::{bytes, folder_of};
use super::error::StoreError;
use super::record::{Head, STORE, Stamp};
use super::{Store, chain, place};

/// What a line begins with.
const MARK: &str = "posology-head";

/// How long a share may take to answer before its lines wait.
const PATIENCE: Duration = Duration::from_secs(2);

/// Heads that the witness could not take, in the folder of the record.
const WAITING: &str = "records.witness-waiting";

/// As much of a witness as is looked at when the record is opened.
const TAIL: u64 = 64 << 10;

/// More is no witness and no seal.
const MOST: u64 = 256 << 20;

/// A state of a record: which, how many events, the hash of the last, and when that was so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The identity of the record.
    pub identity: String,
    /// How many events it had, and the hash of the last.
    pub head: Head,
    /// When: RFC 3339, UTC.
    pub time: String,
}

/// Whether a seal stands in the record as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// It does.
    Holds,
    /// It is of another record.
    Another,
    /// It does not: what was recorded up to it was changed, cut off, or is of an older state.
    Broken,
    /// It does not, and this event records a restore that took the place of a longer record.
    Restored(u64),
}

impl std::fmt::Display for Seal {
    /// `posology-head 1 IDENTITY COUNT HASH TIME`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{MARK} 1 {} {} {} {}", self.identity, self.head.count, self.head.hash, self.time)
    }
}

impl Seal {
    /// Reads a line; `None` of any other.
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        let mut next = || words.next();
        if (next()?, next()?) != (MARK, "1") {
            return None;
        }
        let (identity, count, hash, time) = (next()?, next()?.parse().ok()?, next()?, next()?);
        let digits = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (identity, hash, time) = (identity.to_owned(), hash.to_owned(), time.to_owned());
        (digits(&identity) && digits(&hash)).then_some(Self { identity, head: Head { count, hash }, time })
    }

    /// Every seal in a file: of a person, or of a witness.
    pub fn all_in(file: &Path) -> Result<Vec<Self>, StoreError> {
        read_seals(file, None).map_err(|error| StoreError::io(file, &error))
    }
}

/// The last seal in a small file; `None` where there is none, or no such file.
pub(super) fn last_in(file: &Path) -> Option<Seal> {
    read_seals(file, Some(TAIL)).ok()?.into_iter().next_back()
}

fn read_seals(file: &Path, tail: Option<u64>) -> std::io::Result<Vec<Seal>> {
    let known = file.metadata()?;
    if !known.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    let mut input = std::fs::File::open(file)?;
    if let Some(tail) = tail {
        input.seek(SeekFrom::Start(known.len().saturating_sub(tail)))?;
    }
    let lines = BufReader::new(input.take(MOST)).split(b'\n').collect::<std::io::Result<Vec<_>>>()?;
    // Where only the end is read, its first line is cut, and is none.
    Ok(lines.iter().filter_map(|line| Seal::read(&String::from_utf8_lossy(line))).collect())
}

/// Does something with a file that may be on a share that does not answer.
fn patiently<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> std::io::Result<T> {
    let (answer, wait) = channel();
    thread::spawn(move || drop(answer.send(work())));
    wait.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(std::io::Error::other("it does not answer")))
}

fn add(file: &Path, lines: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    out.write_all(lines.as_bytes())?;
    out.sync_all()
}

impl Store {
    /// The present state.
    pub fn seal(&self, time: &str) -> Seal {
        Seal { identity: self.identity(), head: self.head(), time: time.to_owned() }
    }

    /// Holds a seal against the record.
    pub fn compare(&self, seal: &Seal) -> Result<Compared, StoreError> {
        if seal.identity != self.identity() {
            return Ok(Compared::Another);
        }
        let told = |error: rusqlite::Error| self.told(&error);
        let hash = match seal.head.count {
            0 => Some(chain::beginning(&self.connection).map_err(told)?.hash),
            count => chain::event_at(&self.connection, count).map_err(told)?.map(|linked| linked.record.hash),
        };
        if hash.as_ref() == Some(&seal.head.hash) {
            return Ok(Compared::Holds);
        }
        let query = "SELECT seq, body FROM event WHERE subject = ?1 AND kind = 'restored' ORDER BY seq DESC";
        let mut statement = self.connection.prepare(query).map_err(told)?;
        let rows = statement.query_map([STORE], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?)));
        for row in rows.map_err(told)? {
            let (seq, body) = row.map_err(told)?;
            let body: Value = serde_json::from_slice(&body).unwrap_or_default();
            if body["replaced"]["count"].as_u64().is_some_and(|count| count >= seal.head.count) {
                return Ok(Compared::Restored(seq));
            }
        }
        Ok(Compared::Broken)
    }

    /// The file that is told of every write; `None` where none is named.
    pub fn witness(&self) -> Option<PathBuf> {
        let query = "SELECT body FROM event WHERE subject = ?1 AND kind = 'witness' ORDER BY seq DESC LIMIT 1";
        let body: Option<Vec<u8>> =
            self.connection.query_row(query, [STORE], |row| row.get(0)).optional().unwrap_or_default();
        let body: Value = serde_json::from_slice(&body?).ok()?;
        body["file"].as_str().map(PathBuf::from)
    }

    /// Names the file that is told of every write from now on, or that none is; recorded.
    pub fn set_witness(&mut self, file: Option<&Path>, stamp: &Stamp) -> Result<Head, StoreError> {
        let file = file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
        if let Some(file) = file.clone() {
            self.fit_for_a_witness(&file)?;
            let line = format!("{}\n", self.seal(&stamp.recorded));
            let named = file.clone();
            patiently(move || add(&named, &line)).map_err(|error| StoreError::io(&file, &error))?;
        }
        let body = json!({ "file": file.map(|file| file.display().to_string()) });
        let event = stamp.event("witness", bytes(&body));
        self.write(|store, transaction| store.insert(transaction, std::slice::from_ref(&event)))?;
        Ok(self.head())
    }

    /// Whether a file may be the witness: one that does not go where the record goes, by whatever way it is named, and
    /// that holds nothing else.
    fn fit_for_a_witness(&self, file: &Path) -> Result<(), StoreError> {
        let (named, folder, itself) = (file.to_owned(), self.folder.clone(), self.identity);
        let refusal = patiently(move || {
            let folder = folder.canonicalize()?;
            let there = named.metadata().ok();
            let full = match &there {
                Some(_) => named.canonicalize()?,
                None => folder_of(&named).canonicalize()?,
            };
            let beside = full.starts_with(&folder) || there.is_some() && place::identity(&named) == itself;
            let other = || there.is_some_and(|known| known.len() > 0) && last_in(&named).is_none();
            Ok(if beside {
                Some("a witness beside the record goes where the record goes; name a file in another folder or share")
            } else if other() {
                Some("the file holds something else, and no line of a witness; name one that is not there yet")
            } else {
                None
            })
        });
        match refusal.map_err(|error| StoreError::io(file, &error))? {
            Some(text) => Err(StoreError::Refused(text.to_owned())),
            None => Ok(()),
        }
    }

    /// Tells the witness of the present state; where it cannot be reached, the line waits, and that is told. What was
    /// recorded stands either way.
    pub(super) fn testify(&mut self, time: &str) {
        let Some(witness) = self.witness() else { return };
        let waiting = self.folder.join(WAITING);
        let mut lines = std::fs::read_to_string(&waiting).unwrap_or_default();
        let line = format!("{}\n", self.seal(time));
        lines.push_str(&line);
        let file = witness.clone();
        match patiently(move || add(&file, &lines)) {
            Ok(()) => drop(std::fs::remove_file(&waiting)),
            Err(why) => {
                let kept = if add(&waiting, &line).is_ok() { "its line waits" } else { "its line is lost" };
                let witness = witness.display();
                self.told.push(format!("the witness {witness} cannot be told of this entry ({why}); {kept}"));
            }
        }
    }

    /// What the witness says to the record as it was opened: nothing while they agree.
    pub(super) fn heed(&mut self) {
        let Some(witness) = self.witness() else { return };
        let file = witness.clone();
        let identity = self.identity();
        let shown = witness.display();
        match patiently(move || read_seals(&file, Some(TAIL))) {
            Err(why) => self
                .told
                .push(format!("the witness {shown} cannot be read ({why}); the record was not compared with it")),
            Ok(seals) => {
                let newest = seals.iter().rev().find(|seal| seal.identity == identity);
                let broken = newest.filter(|seal| matches!(self.compare(seal), Ok(Compared::Broken)));
                if let Some(Seal { head, time, .. }) = broken {
                    let count = head.count;
                    self.told.push(format!(
                        "the record is not the one that the witness {shown} saw: of {time} it knows {count} events, and \
                         event {count} is not there or another one; a look through the whole record tells more"
                    ));
                }
            }
        }
    }
}
