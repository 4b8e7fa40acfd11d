//! Adding to the record.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::chain::{self, head_of};
use super::error::StoreError;
use super::record::{Head, NewEvent, Record, STORE, sha256};
use super::{State, Store, place};

impl Store {
    /// Adds events of one subject, all or none, and waits until the disk has them.
    ///
    /// `expected` is the `seq` of the subject's last event as the caller knows it, 0 for none: where
    /// another writer was first, nothing is saved and [`StoreError::Raced`] tells what is there now.
    pub fn append(&mut self, expected: u64, events: &[NewEvent]) -> Result<Vec<Record>, StoreError> {
        let Some(first) = events.first() else { return Ok(Vec::new()) };
        acceptable(first, events)?;
        let subject = first.subject.clone();
        self.write(|store, transaction| {
            let last = last_of(transaction, &subject).map_err(|error| store.told(&error))?;
            if last != expected {
                return Err(StoreError::Raced { last });
            }
            store.insert(transaction, events)
        })
    }

    /// Keeps the text of a regimen under its hash. Keeping the same text again changes nothing.
    ///
    /// What is kept has no byte-order mark and plain line ends, as the hash was taken: any tool finds it again.
    pub fn pin_regimen(&mut self, hash: &str, text: &[u8]) -> Result<(), StoreError> {
        let text = plain(text);
        if sha256(&text) != hash {
            return Err(StoreError::Refused(format!("the text of the regimen is not the one with the hash {hash}")));
        }
        if self.regimen(hash)?.is_some() {
            return Ok(());
        }
        self.write(|store, transaction| pin(transaction, hash, &text).map_err(|error| store.told(&error)))
    }

    /// Runs one writing transaction on a store that is fit for it.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Self, &Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.writable()?;
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
            .map_err(|error| self.told(&error))?;
        // Behind the lock: a restore exchanges the file while it holds that lock.
        self.still_there()?;
        let done = work(self, &transaction)?;
        transaction.commit().map_err(|error| self.told(&error))?;
        self.head = self.head();
        Ok(done)
    }

    fn writable(&self) -> Result<(), StoreError> {
        match &self.state {
            State::Sound => Ok(()),
            State::Damaged(faults) => Err(StoreError::Damaged(faults.clone())),
            State::ReadOnly(reason) => Err(StoreError::ReadOnly(reason.clone())),
        }
    }

    /// Whether the open file is still the one that bears the name.
    pub(super) fn still_there(&self) -> Result<(), StoreError> {
        if place::identity(&self.file) == self.identity {
            Ok(())
        } else {
            Err(StoreError::Replaced(self.folder.clone()))
        }
    }

    /// Adds events behind the last one, inside a transaction.
    pub(super) fn insert(&self, connection: &Connection, events: &[NewEvent]) -> Result<Vec<Record>, StoreError> {
        let last = chain::last(connection).map_err(|error| self.told(&error))?;
        if let Some(last) = last.as_ref().filter(|last| !last.holds()) {
            let fault = format!("event {} was changed after it was recorded", last.record.seq);
            return Err(StoreError::Damaged(vec![fault]));
        }
        let mut head = head_of(last.as_ref());
        let mut records = Vec::with_capacity(events.len());
        for event in events {
            let record = event.at(head.count + 1, &head.hash);
            row(connection, &record, &head.hash).map_err(|error| self.told(&error))?;
            head = Head { count: record.seq, hash: record.hash.clone() };
            records.push(record);
        }
        Ok(records)
    }
}

/// The `seq` of a subject's last event, 0 for none.
pub(super) fn last_of(connection: &Connection, subject: &str) -> rusqlite::Result<u64> {
    let query = "SELECT coalesce(max(seq), 0) FROM event WHERE subject = ?1";
    connection.query_row(query, [subject], |row| row.get(0))
}

fn acceptable(first: &NewEvent, events: &[NewEvent]) -> Result<(), StoreError> {
    let refused = |text: &str| Err(StoreError::Refused(text.to_owned()));
    if events.iter().any(|event| event.subject != first.subject) {
        return refused("events of two subjects cannot be recorded in one step");
    }
    if first.subject.is_empty() || first.subject == STORE {
        return refused("an event needs the code of its subject, such as S-014");
    }
    if events.iter().any(|event| event.kind.is_empty() || event.who.trim().is_empty()) {
        return refused("an event needs a kind and who records it");
    }
    Ok(())
}

fn row(connection: &Connection, record: &Record, previous: &str) -> rusqlite::Result<()> {
    let statement = format!("INSERT INTO event ({}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)", chain::COLUMNS);
    connection.prepare(&statement)?.execute(params![
        record.seq,
        previous,
        record.subject,
        record.kind,
        record.version,
        record.effective,
        record.recorded,
        record.offset,
        record.who,
        record.body,
        record.hash,
    ])?;
    Ok(())
}

/// Keeps a text, unless it is there.
pub(super) fn pin(connection: &Connection, hash: &str, text: &[u8]) -> rusqlite::Result<()> {
    let statement = "INSERT INTO regimen (id, sha256, text) SELECT (SELECT coalesce(max(id), 0) + 1 FROM regimen), ?1, ?2 \
                     WHERE NOT EXISTS (SELECT 1 FROM regimen WHERE sha256 = ?1)";
    connection.execute(statement, params![hash, text])?;
    Ok(())
}

/// A text without byte-order mark and carriage returns before line feeds.
fn plain(text: &[u8]) -> Vec<u8> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let follows = text.iter().copied().skip(1).map(Some).chain([None]);
    text.iter().copied().zip(follows).filter(|pair| *pair != (b'\r', Some(b'\n'))).map(|(byte, _)| byte).collect()
}
