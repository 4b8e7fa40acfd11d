//! Reading the record: a subject from its last event back to its first, or everything in order.

use rusqlite::OptionalExtension;

use super::Store;
use super::chain::{self, COLUMNS, Linked, SubjectHead, Texts};
use super::error::StoreError;
use super::format1;
use super::hash::sha256;
use super::kept::Heads;
use super::record::{Record, STORE};
use super::texts::{self, FreeText, REDACTED};

impl Store {
    /// The events of a subject, in the order they were written: from the last, which the table of heads names,
    /// back along the hashes. Where that table, the index and the events do not agree, the record is damaged.
    pub fn events(&self, subject: &str) -> Result<Vec<Record>, StoreError> {
        // Texts and all: each would ask for the file anew otherwise, which costs more than reading it.
        self.held(|| {
            let linked = self.chained(subject)?;
            let mut texts = self.texts()?;
            linked.into_iter().map(|linked| self.with_texts(linked, &mut texts)).collect()
        })
    }

    /// Every event, those of the store itself among them.
    pub fn all(&self) -> Result<Vec<Record>, StoreError> {
        let mut all = Vec::new();
        self.each(|record| -> Result<(), StoreError> {
            all.push(record);
            Ok(())
        })?;
        Ok(all)
    }

    /// Every event in order, one after the other.
    pub fn each<E: From<StoreError>>(&self, mut take: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        self.readable()?;
        let told = |error: rusqlite::Error| self.told(&error);
        let query = format!("SELECT {COLUMNS} FROM event ORDER BY seq");
        let mut statement = self.connection.prepare(&query).map_err(told)?;
        let mut rows = statement.query([]).map_err(told)?;
        let mut texts = self.texts()?;
        while let Some(found) = rows.next().map_err(told)? {
            let linked = chain::row(found).map_err(told)?;
            if !linked.holds() {
                return Err(StoreError::Damaged(vec![linked.changed()]).into());
            }
            take(self.with_texts(linked, &mut texts)?)?;
        }
        Ok(())
    }

    /// The codes of all subjects, sorted.
    pub fn subjects(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.heads()?.into_iter().map(|(subject, _)| subject).collect())
    }

    /// The last event of each subject as the file names it, by code.
    pub fn heads(&self) -> Result<Heads, StoreError> {
        self.readable()?;
        let read = || {
            let heads = chain::heads(&self.connection)?;
            Ok((heads, chain::last(&self.connection)?.map_or(0, |last| last.record.seq)))
        };
        let (heads, count) = self.snapshot(read)?;
        // A subject that is not in the table would be in no list.
        if heads.values().fold(0_u64, |sum, head| sum.saturating_add(head.events)) != count {
            let fault = "the table of subjects does not account for every event".to_owned();
            return Err(StoreError::Damaged(vec![fault]));
        }
        Ok(heads.into_iter().filter(|(subject, _)| subject != STORE).collect())
    }

    /// The text of a regimen by its hash; `None` where it was never pinned.
    pub fn regimen(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.readable()?;
        let query = "SELECT text FROM regimen WHERE sha256 = ?1";
        let text: Option<Vec<u8>> =
            self.connection.query_row(query, [hash], |row| row.get(0)).optional().map_err(|error| self.told(&error))?;
        match text {
            Some(text) if sha256(&text) != hash => {
                Err(StoreError::Damaged(vec![format!("the pinned regimen text {hash} was changed")]))
            }
            text => Ok(text),
        }
    }

    /// How many events were added since the one whose hash begins so; `None` where no single one does.
    pub fn since(&self, hash: &str) -> Option<u64> {
        let query = "SELECT min(seq), count(*) FROM event WHERE substr(hash, 1, length(?1)) = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Option<u64>>(0)?, row.get::<_, u64>(1)?));
        match self.connection.query_row(query, [hash], read).ok()? {
            (Some(seq), 1) => self.head().count.checked_sub(seq),
            _ if chain::beginning(&self.connection).ok()?.hash.starts_with(hash) => Some(self.head().count),
            _ => None,
        }
    }

    /// What can still be read of a damaged record, to be looked at and never computed with.
    pub fn salvage<E>(&self, mut take: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        if self.is_of_format_1() {
            return format1::salvaged(&self.connection).into_iter().try_for_each(take);
        }
        let query = format!("SELECT {COLUMNS} FROM event NOT INDEXED ORDER BY seq");
        let Ok(mut statement) = self.connection.prepare(&query) else { return Ok(()) };
        let Ok(mut rows) = statement.query([]) else { return Ok(()) };
        let mut texts = self.texts().ok();
        while let Ok(Some(found)) = rows.next() {
            let Ok(Linked { mut record, .. }) = chain::row(found) else { continue };
            let mut text = |id: &str| -> Result<String, ()> {
                let text = texts.as_mut().and_then(|texts| texts.get(id).ok().flatten()).filter(FreeText::holds);
                Ok(text.map_or_else(|| format!("[text {id}]"), |text| text.value))
            };
            if let Ok(body) = texts::put_back(&record.body, &mut text) {
                record.body = body;
            }
            take(record)?;
        }
        Ok(())
    }

    /// When the newest event that was written here was recorded.
    pub fn newest(&self) -> Result<Option<String>, StoreError> {
        let query = "SELECT recorded FROM event WHERE origin = '' ORDER BY seq DESC LIMIT 1";
        self.connection.query_row(query, [], |row| row.get(0)).optional().map_err(|error| self.told(&error))
    }

    /// The ids and the values of the texts that people typed in an event: what a redaction takes away.
    pub fn texts_of(&self, seq: u64) -> Result<Vec<(String, String)>, StoreError> {
        self.readable()?;
        let read = || {
            let Some(linked) = chain::event_at(&self.connection, seq)? else { return Ok(Vec::new()) };
            let mut texts = Texts::of(&self.connection)?;
            let ids = texts::named(&linked.record.body).into_iter();
            let texts = ids.map(|id| texts.get(&id)).collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(texts.into_iter().flatten().map(|text| (text.id, text.value)).collect())
        };
        read().map_err(|error| self.told(&error))
    }

    /// A subject's events as they lie in the file, along the hashes.
    pub(super) fn chained(&self, subject: &str) -> Result<Vec<Linked>, StoreError> {
        self.readable()?;
        let (head, events) = self.snapshot(|| {
            let head = chain::head_of_subject(&self.connection, subject)?;
            let query = format!("SELECT {COLUMNS} FROM event WHERE subject = ?1 ORDER BY seq");
            let mut statement = self.connection.prepare(&query)?;
            let events = statement.query_map([subject], chain::row)?.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok((head, events))
        })?;
        agree(subject, head.as_ref(), &events).map_err(|fault| StoreError::Damaged(vec![fault]))?;
        Ok(events)
    }

    /// Runs on one state of the file, whatever is written meanwhile.
    fn snapshot<T>(&self, work: impl FnOnce() -> rusqlite::Result<T>) -> Result<T, StoreError> {
        self.held(|| work().map_err(|error| self.told(&error)))
    }

    /// The same of several readings.
    fn held<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let told = |error: rusqlite::Error| self.told(&error);
        // Inside a transaction there is one state already.
        let held = self.connection.is_autocommit().then(|| self.connection.unchecked_transaction()).transpose();
        let held = held.map_err(told)?;
        let done = work()?;
        held.map_or(Ok(()), rusqlite::Transaction::commit).map_err(told)?;
        Ok(done)
    }

    /// An event with what people typed in its place.
    pub(super) fn with_texts(&self, linked: Linked, texts: &mut Texts<'_>) -> Result<Record, StoreError> {
        let mut record = linked.record;
        let body =
            texts::put_back(&record.body, &mut |id: &str| match texts.get(id).map_err(|error| self.told(&error))? {
                Some(text) if text.holds() => Ok(text.value),
                None if self.redacted(&record.subject, id)? => Ok(REDACTED.to_owned()),
                Some(_) => Err(StoreError::Damaged(vec![format!("a typed text of event {} was changed", record.seq)])),
                None => Err(StoreError::Damaged(vec![format!("a typed text of event {} is missing", record.seq)])),
            })?;
        record.body = body;
        Ok(record)
    }

    pub(super) fn texts(&self) -> Result<Texts<'_>, StoreError> {
        Texts::of(&self.connection).map_err(|error| self.told(&error))
    }

    /// Whether an event of the subject takes a text away.
    fn redacted(&self, subject: &str, id: &str) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM event WHERE subject = ?1 AND kind = ?2 AND instr(CAST(body AS TEXT), ?3) > 0)";
        let found = self.connection.query_row(query, (subject, texts::KIND_OF_REDACTION, id), |row| row.get(0));
        found.map_err(|error| self.told(&error))
    }
}

/// From a subject's last event, which the table of heads names, to its first: each is found under the hash that the one
/// behind it names, and there are as many as the table says.
fn agree(subject: &str, head: Option<&SubjectHead>, events: &[Linked]) -> Result<(), String> {
    let last = events.last().map(|last| (last.record.seq, last.record.hash.as_str(), events.len() as u64));
    if last != head.map(|head| (head.seq, head.hash.as_str(), head.events)) {
        return Err(format!("the table of subjects, the index and the events of {subject} do not agree"));
    }
    let mut before = (0, "");
    for linked in events {
        let Linked { record, place } = linked;
        if !linked.holds() || record.subject != subject {
            return Err(linked.changed());
        }
        if (place.prior, place.prior_hash.as_str()) != before {
            return Err(format!("event {} does not follow the event of {subject} before it", record.seq));
        }
        before = (record.seq, &record.hash);
    }
    Ok(())
}
