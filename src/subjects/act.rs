//! A decision on the record as it is now, and its events into the store.

use crate::calendar::{Date, Site};
use crate::clock;
use crate::course::event::{Answer, Entry, Event, Redacted};
use crate::decide::{self, Command, Confirmation, Context, Decision, Proposed, Replies, Scope, VisitToVerify};
use crate::event_codec::{self, RecordedBy};
use crate::failure::Failure;
use crate::finding::{Field, Finding, Remedy};
use crate::settings::Computer;
use crate::store::{NewEvent, Step, Store, StoreError};
use crate::writing::same_person;

use super::{Opened, findings, open};

/// Who acts, on which day, and with which answers to warnings.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who.
    pub who: String,
    /// Today.
    pub now: Date,
    /// The day taken for today, where it was set by hand: kept with what is recorded.
    pub set: Option<String>,
    /// Code and reason of each warning answered.
    pub accepted: Vec<(String, String)>,
    /// What was confirmed by an act.
    pub confirmed: Vec<Confirmation>,
}

impl Actor {
    /// What was answered.
    pub fn replies(&self) -> Replies<'_> {
        Replies { accepted: &self.accepted, confirmed: &self.confirmed }
    }
}

/// What comes of a command on a subject, with everything it would change. Nothing is recorded.
pub fn decide(opened: &Opened, site: &Site, actor: &Actor, command: &Command) -> Decision {
    decide::decide(&context(opened, site, actor), command)
}

/// What a double check of a visit asks of whoever checks it; refused where it cannot be checked.
pub fn visit_to_verify(opened: &Opened, site: &Site, actor: &Actor, scope: &Scope) -> Result<VisitToVerify, Finding> {
    decide::visit_to_verify(&context(opened, site, actor), scope)
}

fn context<'a>(opened: &'a Opened, site: &'a Site, actor: &'a Actor) -> Context<'a> {
    Context {
        folded: &opened.folded,
        plan: opened.plan.as_ref().ok(),
        regimen: &opened.regimen,
        site,
        options: opened.options,
        who: &actor.who,
        now: actor.now,
        replies: actor.replies(),
    }
}

/// What is recorded in one step, beside the events.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Regimen texts that are kept with it, each with its SHA-256.
    pub texts: Vec<(String, Vec<u8>)>,
    /// What tells this act from every other, where whoever sends it keeps an id: sent again, it adds nothing.
    pub act: Option<String>,
}

/// Appends events behind entry `last`; their places. Refused with [`StoreError::Raced`] where somebody
/// else recorded in between: then one opens, decides and previews afresh.
///
/// The time is taken when nobody else can write any more, so that it is in the order of the places. What is
/// recorded is read back, before it stands, by what reads it ever after.
pub fn record(
    store: &mut Store,
    code: &str,
    last: u64,
    events: &[Proposed],
    actor: &Actor,
    beside: &Beside,
) -> Result<Result<Vec<u64>, StoreError>, Failure> {
    let (recorded, _) = clock::now_and_offset();
    let answer = of_the_clock(&recorded, store.newest()?, actor).map_err(|asked| Failure::blocked(vec![asked]))?;
    let alike = alike(store, code, last, actor).map_err(|asked| Failure::blocked(vec![asked]))?;
    let mut events = events.to_vec();
    if let Some(first) = events.first_mut() {
        first.answers.extend(answer.into_iter().chain(alike));
    }
    let encoded = |stamp: &RecordedBy| {
        let encoded = events.iter().map(|event| event_codec::encode(code, event, stamp)).collect::<Result<Vec<_>, _>>();
        let mut encoded = encoded.map_err(|error| StoreError::Other(error.to_string()))?;
        if let Some(act) = &beside.act {
            encoded.iter_mut().zip(1..).for_each(|(event, number)| event.act = numbered(act, number));
        }
        Ok::<_, StoreError>(encoded)
    };
    let stamp = || {
        let (recorded, offset) = clock::now_and_offset();
        let Computer { account, machine } = Computer::here();
        let (who, today) = (actor.who.clone(), actor.set.clone());
        RecordedBy { recorded, offset, who, today, account, machine }
    };
    if let Some(found) = encoded(&stamp())?.iter().find_map(event_codec::first_hidden) {
        return Err(Failure::blocked(vec![decide::hidden_character(found)]));
    }
    if let [one] = events.as_slice()
        && let Event::Redacted(redacted) = &one.event
    {
        let (stamp, act) = (stamp(), beside.act.clone().unwrap_or_default());
        return redact(store, code, last, (one, redacted), (&stamp, act));
    }
    let make = || Ok(Step { events: encoded(&stamp())?, texts: beside.texts.clone() });
    let check = |store: &Store| open::readable(store, code);
    match store.append_step(code, last, &make, &check) {
        Ok(records) => Ok(Ok(records.iter().map(|record| record.seq).collect())),
        Err(raced @ StoreError::Raced { .. }) => Ok(Err(raced)),
        Err(error) => Err(error.into()),
    }
}

/// The act of an event of a step, by its place among them.
fn numbered(act: &str, number: usize) -> String {
    if number == 1 { act.to_owned() } else { format!("{act}.{number}") }
}

/// The entry of the subject that bears the id of an act; an id that stands for another subject's is refused.
pub fn entry_of(store: &Store, code: &str, act: &str) -> Result<Option<u64>, Failure> {
    let Some(entry) = store.entry_of(act)? else { return Ok(None) };
    let own = store.events(code)?.iter().any(|record| record.seq == entry);
    if own { Ok(Some(entry)) } else { Err(another_act(act, entry)) }
}

/// Where an act that is sent again stands, from its first entry on: what is sent now has to say the same.
pub fn standing(
    store: &Store,
    code: &str,
    sent: (&str, u64),
    events: &[Proposed],
    actor: &Actor,
) -> Result<Vec<u64>, Failure> {
    let (act, entry) = sent;
    let records = store.events(code)?;
    let mut there = records.iter().filter(|record| record.seq >= entry);
    let mut seqs = Vec::with_capacity(events.len());
    for (number, proposed) in (1..).zip(events) {
        let record = there.next().filter(|record| record.act == numbered(act, number));
        let known = record.map(event_codec::decode).transpose()?;
        let same = |known: &Entry| {
            known.who == actor.who
                && known.effective == proposed.effective
                && without_texts(&known.event) == without_texts(&proposed.event)
        };
        seqs.push(known.filter(same).ok_or_else(|| another_act(act, entry))?.seq);
    }
    Ok(seqs)
}

/// Which texts a redaction takes away is found when it is recorded.
fn without_texts(event: &Event) -> Event {
    match event {
        Event::Redacted(one) => Event::Redacted(Redacted { texts: Vec::new(), ..one.clone() }),
        event => event.clone(),
    }
}

/// The id of an act stands for something else.
pub fn another_act(act: &str, entry: u64) -> Failure {
    let text = format!("the id {act} is that of entry {entry}, which says something else; nothing was recorded");
    Failure::refused(text)
        .remedy(Remedy::of([Field::History], "look at that entry, and give this act an id of its own"))
}

/// A redaction: the texts that the entry has today are named in it and taken away in the same transaction.
fn redact(
    store: &mut Store,
    code: &str,
    last: u64,
    (proposed, redacted): (&Proposed, &Redacted),
    (stamp, act): (&RecordedBy, String),
) -> Result<Result<Vec<u64>, StoreError>, Failure> {
    let texts: Vec<String> = store.texts_of(redacted.entry)?.into_iter().map(|(id, _)| id).collect();
    let event = Event::Redacted(Redacted { texts: texts.clone(), ..redacted.clone() });
    let proposed = Proposed { event, ..proposed.clone() };
    let encoded = event_codec::encode(code, &proposed, stamp).map_err(|error| Failure::store(error.to_string()))?;
    let encoded = NewEvent { act, ..encoded };
    match store.redact(last, &encoded, &texts) {
        Ok(record) => Ok(Ok(vec![record.seq])),
        Err(raced @ StoreError::Raced { .. }) => Ok(Err(raced)),
        Err(error) => Err(error.into()),
    }
}

/// Whoever enrols under a code that another subject's can be taken for says how it was made sure.
fn alike(store: &Store, code: &str, last: u64, actor: &Actor) -> Result<Option<Answer>, Finding> {
    if last > 0 {
        return Ok(None);
    }
    let known = store.subjects().unwrap_or_default().into_iter().find(|known| same_person(known, code));
    let Some(asked) = known.map(|known| findings::code_alike(code, &known)) else { return Ok(None) };
    match actor.replies().answer(&asked) {
        Some(answer) => Ok(Some(answer)),
        None => Err(asked),
    }
}

/// A clock that says a day before that of the newest entry is asked about.
fn of_the_clock(now: &str, newest: Option<String>, actor: &Actor) -> Result<Option<Answer>, Finding> {
    let day = |time: &str| time.chars().take("2026-12-07".len()).collect::<String>();
    let Some(newest) = newest.filter(|newest| day(now) < day(newest)) else { return Ok(None) };
    let asked = findings::clock_back(now, &newest);
    match actor.replies().answer(&asked) {
        Some(answer) => Ok(Some(answer)),
        None => Err(asked),
    }
}
