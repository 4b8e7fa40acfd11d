//! The record on the worker's thread: reading the list, opening a subject, recording.

#![allow(clippy::disallowed_methods, reason = "works for the worker")]

use crate::failure::{Failure, Kind};
use crate::store::Store;
use crate::subjects::{self, Beside, words};
use crate::tui::screen::subjects::WITHIN;
use crate::tui::worker::World;

use super::{Job, OpenSubject, Recorded, Register};

/// Everybody, and what waits. A record that is not there yet is an empty one.
pub fn register(world: &World) -> Result<Register, String> {
    let Some(folder) = world.data.as_ref().filter(|folder| crate::store::file(folder).is_file()) else {
        return Ok(Register::new(Vec::new(), Vec::new(), (world.today)()));
    };
    let attempt = || -> Result<Register, Failure> {
        let store = subjects::require_known(Store::open_read_only(folder)?)?;
        let today = (world.today)();
        let (subjects, worklist) = subjects::overview(&store, &world.library, today, WITHIN)?;
        Ok(Register { warnings: store.warnings(), ..Register::new(subjects, worklist, today) })
    };
    attempt().map_err(|failure| sentence(&failure))
}

/// Looks at everything in the record, once a day: what its user should know about it, or why it cannot be trusted.
pub fn check(world: &World) -> Result<Vec<String>, String> {
    let Some(folder) = world.data.as_ref().filter(|folder| crate::store::file(folder).is_file()) else {
        return Ok(Vec::new());
    };
    let intact = || subjects::require_intact(Store::open_read_only(folder)?);
    match intact() {
        Ok(store) => Ok(store.warnings()),
        // The same may work in a moment, and nobody waits for it.
        Err(failure) if failure.kind == Kind::Busy => Ok(Vec::new()),
        Err(failure) => Err(sentence(&failure)),
    }
}

/// One subject.
pub fn open(world: &World, code: &str) -> Result<OpenSubject, String> {
    let attempt = || -> Result<OpenSubject, Failure> {
        let store = subjects::require_known(Store::open_read_only(folder(world)?)?)?;
        read(&store, world, code)
    };
    attempt().map_err(|failure| sentence(&failure))
}

fn folder(world: &World) -> Result<&std::path::PathBuf, Failure> {
    let none = || Failure::unreadable("this computer names no folder for records").hint("start with --data DIR");
    world.data.as_ref().ok_or_else(none)
}

fn read(store: &Store, world: &World, code: &str) -> Result<OpenSubject, Failure> {
    let opened = subjects::open(store, code, &world.library)?;
    Ok(OpenSubject::new(opened, world.library.site()))
}

/// Whether a second person typed the figures again, and from which state of the record a file is made.
pub fn verification(world: &World, subject: &OpenSubject) -> Result<String, String> {
    let head = || -> Result<String, Failure> {
        let store = Store::open_read_only(folder(world)?)?;
        let (shown, now) = (&subject.0.opened, subjects::open(&store, subject.code(), &world.library)?);
        if now.folded.last != shown.folded.last {
            let text = format!("somebody else recorded of {} meanwhile", shown.code);
            return Err(
                Failure::refused(text).hint("nothing was written: open the subject again, and look what is new")
            );
        }
        Ok(subjects::words::verification(&shown.folded, &store))
    };
    head().map_err(|failure| sentence(&failure))
}

/// Records a step whole, or says why not.
pub fn record(world: &World, job: &Job) -> Recorded {
    let write = || -> Result<Recorded, Failure> {
        let folder = folder(world)?;
        // Only an enrolment begins a record.
        let store = if job.last == 0 { Store::open(folder)? } else { Store::open_existing(folder)? };
        let mut store = subjects::require_known(store)?;
        if job.last == 0
            && let Some(finding) = subjects::taken(&store, &job.code)?
        {
            return Err(Failure::refused(finding.text.trim_end_matches('.').to_owned()));
        }
        let texts = job.text.iter().map(|(hash, text)| (hash.clone(), text.to_vec())).collect();
        let beside = Beside { texts, act: None };
        let recorded = subjects::record(&mut store, &job.code, job.last, &job.events, &job.actor, &beside)?;
        let now = read(&store, world, &job.code);
        Ok(match (recorded, now) {
            (Ok(_), Ok(now)) => Recorded::Done(now, store.warnings()),
            (Ok(seqs), Err(failure)) => {
                let stands = words::standing(&job.code, &seqs);
                Recorded::Unread(format!("{stands}, and cannot be shown: {}", sentence(&failure)))
            }
            (Err(_), now) => Recorded::Raced(now?),
        })
    };
    write().unwrap_or_else(|failure| match failure.findings.as_slice() {
        _ if failure.code == subjects::UNANSWERED => Recorded::Unread(sentence(&failure)),
        [_, ..] if failure.findings.iter().all(|one| one.severity.asks()) => Recorded::Asks(failure.findings),
        _ => Recorded::Failed(sentence(&failure)),
    })
}

/// A failure and what would be right, in one line.
fn sentence(failure: &Failure) -> String {
    let found = failure.findings.iter().map(|finding| finding.text.clone());
    let wanted = failure.remedies.iter().map(|remedy| &remedy.text).chain(&failure.hints).cloned();
    let parts = std::iter::once(failure.message.clone()).chain(found).chain(wanted);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
