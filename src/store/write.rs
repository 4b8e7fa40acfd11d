//! Adding to the record.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::chain;
use super::error::StoreError;
use super::hash::sha256;
use super::record::{Head, NewEvent, Place, Record, STORE};
use super::texts::{self, Salt};
use super::{State, Store, place, schema};

/// What is recorded at once.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// Events of one subject.
    pub events: Vec<NewEvent>,
    /// Regimen texts to be kept with them, each with its SHA-256. What is kept has no byte-order mark and plain line
    /// ends, as the hash was taken: any tool finds it again.
    pub texts: Vec<(String, Vec<u8>)>,
}

/// What a writing transaction does, and the events it adds.
type Work<'a> = dyn Fn(&Store, &Connection) -> Result<Vec<Record>, StoreError> + 'a;

impl Store {
    /// Adds events of one subject, all or none, and waits until the disk has them.
    ///
    /// `expected` is the `seq` of the subject's last event as the caller knows it, 0 for none: where
    /// another writer was first, nothing is saved and [`StoreError::Raced`] tells what is there now.
    pub fn append(&mut self, expected: u64, events: &[NewEvent]) -> Result<Vec<Record>, StoreError> {
        let Some(first) = events.first() else { return Ok(Vec::new()) };
        let step = || Ok(Step { events: events.to_vec(), texts: Vec::new() });
        self.append_step(&first.subject, expected, &step, &|_| Ok(()))
    }

    /// The same of a step that is made once nobody else can write (so that its time is that of its place), and
    /// that is kept only if `check`, reading it back from the store, finds nothing wrong.
    ///
    /// A step whose first act is on record already adds nothing: what comes back is what is there.
    pub fn append_step(
        &mut self,
        subject: &str,
        expected: u64,
        make: &dyn Fn() -> Result<Step, StoreError>,
        check: &dyn Fn(&Store) -> Result<(), StoreError>,
    ) -> Result<Vec<Record>, StoreError> {
        self.write(|store, transaction| {
            let step = make()?;
            let Some(first) = step.events.first() else { return Ok(Vec::new()) };
            acceptable(first, &step.events)?;
            if let Some(there) = store.there_already(&step.events)? {
                return Ok(there);
            }
            let last = store.last_of(transaction, subject)?;
            if last != expected {
                return Err(StoreError::Raced { last });
            }
            let told = |error: rusqlite::Error| store.told(&error);
            for (hash, text) in &step.texts {
                let text = plain(text);
                if sha256(&text) != *hash {
                    let why = format!("the text of the regimen is not the one with the hash {hash}");
                    return Err(StoreError::Refused(why));
                }
                pin(transaction, hash, &text).map_err(told)?;
            }
            let records = store.insert(transaction, &step.events)?;
            check(store)?;
            Ok(records)
        })
    }

    /// The events of a step that was recorded before, by its first act.
    fn there_already(&self, events: &[NewEvent]) -> Result<Option<Vec<Record>>, StoreError> {
        let Some(first) = events.first().filter(|first| !first.act.is_empty()) else { return Ok(None) };
        let Some(seq) = self.entry_of(&first.act)? else { return Ok(None) };
        let mut texts = self.texts()?;
        let mut records = Vec::with_capacity(events.len());
        for (seq, event) in (seq..).zip(events) {
            let linked = chain::event_at(&self.connection, seq).map_err(|error| self.told(&error))?;
            let record = linked.map(|linked| self.with_texts(linked, &mut texts)).transpose()?;
            match record.filter(|record| same_act(record, event)) {
                Some(record) => records.push(record),
                None => return Err(another_act(&first.act, seq)),
            }
        }
        Ok(Some(records))
    }

    /// The place of an act; `None` where it is not on record.
    pub fn entry_of(&self, act: &str) -> Result<Option<u64>, StoreError> {
        let query = "SELECT seq FROM event WHERE act = ?1";
        let found = self.connection.query_row(query, [act], |row| row.get(0)).optional();
        found.map_err(|error| self.told(&error))
    }

    /// Takes texts away for good, beside the event that says so: its kind is `redacted`, and its body names them.
    pub fn redact(&mut self, expected: u64, event: &NewEvent, texts: &[String]) -> Result<Record, StoreError> {
        let named = texts.iter().all(|id| texts::mentions_id(&event.body, id));
        if event.kind != texts::KIND_OF_REDACTION || texts.is_empty() || !named {
            let text = "a redaction is an event of its kind, and names the texts that it takes away";
            return Err(StoreError::Refused(text.to_owned()));
        }
        acceptable(event, std::slice::from_ref(event))?;
        self.write(|store, transaction| {
            let last = store.last_of(transaction, &event.subject)?;
            if last != expected {
                return Err(StoreError::Raced { last });
            }
            let own = store.chained(&event.subject)?;
            for id in texts {
                if !own.iter().any(|linked| texts::named(&linked.record.body).contains(id)) {
                    let text = format!("no entry of {} has the text {id}", event.subject);
                    return Err(StoreError::Refused(text));
                }
            }
            let records = store.insert(transaction, std::slice::from_ref(event))?;
            for id in texts {
                let removed = transaction.execute("DELETE FROM text WHERE id = ?1", [id]);
                removed.map_err(|error| store.told(&error))?;
            }
            Ok(records)
        })?
        .pop()
        .ok_or_else(|| StoreError::Other("the redaction was not recorded".to_owned()))
    }

    /// Runs one writing transaction on a store that is fit for it.
    ///
    /// Where the answer of the disk to the commit is an error, the record is opened afresh and asked whether the last
    /// of the acts stands in it: what stands is never called unsaved.
    pub(super) fn write(
        &mut self,
        work: impl Fn(&Self, &Connection) -> Result<Vec<Record>, StoreError>,
    ) -> Result<Vec<Record>, StoreError> {
        self.writable()?;
        let done = self.commit(&work)?;
        let done = if self.begun(&done)? { done } else { self.commit(&work)? };
        self.head = self.head();
        if let Some(last) = done.last() {
            self.testify(&last.recorded.clone());
        }
        Ok(done)
    }

    fn commit(&self, work: &Work<'_>) -> Result<Vec<Record>, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
            .map_err(|error| self.told(&error))?;
        // Behind the lock: a restore exchanges the file while it holds that lock.
        self.still_there()?;
        let done = work(self, &transaction)?;
        if let Err(error) = transaction.commit() {
            self.landed(done.last(), self.told(&error))?;
        }
        Ok(done)
    }

    /// A record that begins with these entries gets its name; `false` where another program began one meanwhile, which
    /// is open from here on.
    ///
    /// Once it has its name its entries stand, whatever fails afterwards: then it is not open any more, and that is told.
    fn begun(&mut self, entries: &[Record]) -> Result<bool, StoreError> {
        let Some(pending) = self.pending.take() else { return Ok(true) };
        // Closed first: not every system renames a file that is open.
        self.connection = Connection::open_in_memory().map_err(|error| self.told(&error))?;
        let first = pending.named(&place::file(&self.folder))?;
        match self.under_its_name() {
            Err(error) if first => {
                let why = format!("what was recorded stands, but the record cannot be opened again: {error}");
                self.head = entries.last().map_or_else(|| self.head.clone(), Record::head);
                self.state = State::ReadOnly(why.clone());
                self.told.push(why);
                Ok(true)
            }
            opened => opened.map(|()| first),
        }
    }

    /// Opens the record under its own name: a journal has to lie beside the file that it belongs to.
    fn under_its_name(&mut self) -> Result<(), StoreError> {
        let opened = Self::attach(&self.folder)?;
        let (told, hurried) = (std::mem::take(&mut self.told), self.hurried);
        let told = told.into_iter().chain(opened.told.iter().cloned()).collect();
        *self = Self { told, ..opened };
        if hurried { self.do_not_wait_for_the_disk() } else { Ok(()) }
    }

    /// After a commit that failed: whether the event is there all the same; else why it is not.
    fn landed(&self, last: Option<&Record>, why: StoreError) -> Result<(), StoreError> {
        let Some(last) = last else { return Err(why) };
        let look = || {
            let connection = schema::connect(&self.file, true)?;
            let query = "SELECT count(*) FROM event WHERE seq = ?1 AND act = ?2 AND hash = ?3";
            connection.query_row(query, (last.seq, &last.act, &last.hash), |row| row.get::<_, u64>(0))
        };
        match look() {
            Ok(1) => Ok(()),
            Ok(_) => Err(why),
            Err(error) => Err(StoreError::Unanswered { entry: last.seq, why: error.to_string() }),
        }
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
        let told = |error: rusqlite::Error| self.told(&error);
        let last = chain::last(connection).map_err(told)?;
        if let Some(last) = last.as_ref().filter(|last| !last.holds()) {
            return Err(StoreError::Damaged(vec![last.changed()]));
        }
        let head = last.map_or_else(|| chain::beginning(connection), |last| Ok(last.record.head())).map_err(told)?;
        let mut salt = || connection.query_row("SELECT randomblob(16)", [], |row| row.get::<_, Salt>(0));
        insert(connection, head, events, &mut salt).map_err(told)
    }

    /// The `seq` of a subject's last event, 0 for none: the table of heads and the index have to say the same.
    pub(super) fn last_of(&self, connection: &Connection, subject: &str) -> Result<u64, StoreError> {
        let told = |error: rusqlite::Error| self.told(&error);
        let head = chain::head_of_subject(connection, subject).map_err(told)?;
        let query = "SELECT coalesce(max(seq), 0) FROM event INDEXED BY event_of_subject WHERE subject = ?1";
        let last: u64 = connection.query_row(query, [subject], |row| row.get(0)).map_err(told)?;
        if head.map_or(0, |head| head.seq) == last {
            return Ok(last);
        }
        let fault = format!("the last event of {subject} is not the one the file names");
        Err(StoreError::Damaged(vec![fault]))
    }
}

/// Whether an event on record is the one that is sent again: all that it says, whenever it was typed.
fn same_act(record: &Record, event: &NewEvent) -> bool {
    let said = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).ok();
    let same_body = record.body == event.body || said(&record.body).is_some_and(|one| said(&event.body) == Some(one));
    (&record.act, &record.subject, &record.kind, record.version, &record.effective, &record.who)
        == (&event.act, &event.subject, &event.kind, event.version, &event.effective, &event.who)
        && same_body
}

fn another_act(act: &str, entry: u64) -> StoreError {
    StoreError::Refused(format!(
        "the act {act} is that of entry {entry}, which says something else; nothing was recorded"
    ))
}

/// Adds events behind the head.
pub(super) fn insert(
    connection: &Connection,
    mut head: Head,
    events: &[NewEvent],
    salt: &mut dyn FnMut() -> rusqlite::Result<Salt>,
) -> rusqlite::Result<Vec<Record>> {
    let mut records = Vec::with_capacity(events.len());
    for event in events {
        let prior = chain::head_of_subject(connection, &event.subject)?;
        let (prior, prior_hash) = prior.map_or((0, String::new()), |prior| (prior.seq, prior.hash));
        let place = Place { previous: head.hash, prior, prior_hash };
        let (body, texts) = texts::taken_out(&event.body, salt)?;
        let act = if event.act.is_empty() { new_act(connection)? } else { event.act.clone() };
        for text in texts.iter().chain(&event.texts) {
            let statement = "INSERT INTO text (id, salt, value) VALUES (?1, ?2, ?3)";
            connection.prepare(statement)?.execute(params![text.id, text.salt, text.value])?;
        }
        let record = event.at(head.count + 1, act, body, &place);
        row(connection, &record, &place)?;
        head = record.head();
        records.push(record);
    }
    Ok(records)
}

/// What tells an act of recording from every other: 16 random bytes, hexadecimal.
fn new_act(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))
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

fn row(connection: &Connection, record: &Record, place: &Place) -> rusqlite::Result<()> {
    let columns = chain::COLUMNS;
    let statement =
        format!("INSERT INTO event ({columns}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)");
    connection.prepare(&statement)?.execute(params![
        record.seq,
        place.previous,
        place.prior,
        place.prior_hash,
        record.origin,
        record.act,
        record.subject,
        record.kind,
        record.version,
        record.effective,
        record.recorded,
        record.offset,
        record.who,
        record.account,
        record.machine,
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
