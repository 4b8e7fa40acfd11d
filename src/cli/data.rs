//! Where the record lies and who works on it: what every command over the record asks.

use std::path::{Path, PathBuf};

use crate::clock;
use crate::failure::Failure;
use crate::settings::{Computer, Settings};
use crate::store::{Head, Stamp, Store};
use crate::subjects;

use super::Output;

/// Where the record lies.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Data {
    /// The folder of the record [default: the platform's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Data {
    /// In this folder.
    pub(super) fn at(folder: &Path) -> Self {
        Self { data: Some(folder.to_owned()) }
    }

    /// The folder named, or the platform's.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        let folder = self.data.clone().or_else(|| Settings::read().data);
        folder.ok_or_else(|| Failure::missing("this computer names no folder for data").hint("name one: --data DIR"))
    }

    /// The record, to be looked at. What the user should know about its place is told.
    pub fn look(&self, output: &mut Output) -> Result<Store, Failure> {
        let store = Store::open_read_only(&self.folder()?)?;
        warn(&store, output);
        Ok(store)
    }

    /// The record, to be computed with: looked through on the first command of a day.
    pub fn intact(&self, output: &mut Output) -> Result<Store, Failure> {
        let store = subjects::require_intact(Store::open_read_only(&self.folder()?)?)?;
        warn(&store, output);
        Ok(store)
    }
}

/// Tells what the user should know about a record.
pub fn warn(store: &Store, output: &mut Output) {
    for warning in store.warnings() {
        output.message(&format!("WARN: {warning}"));
    }
}

/// Who works on the record.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Who {
    /// Your name or initials, as they shall stand in the record: a typed name, not a signature
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

impl Who {
    /// Who; nobody is guessed.
    pub fn name(&self) -> Result<&str, Failure> {
        self.who.as_deref().map(str::trim).filter(|who| !who.is_empty()).ok_or_else(|| {
            Failure::usage("the record says who did what, and --who is missing").hint("add --who \"A. Nurse\"")
        })
    }

    /// Who, and when.
    pub fn stamp(&self) -> Result<Stamp, Failure> {
        let who = self.name()?;
        let (recorded, offset) = clock::now_and_offset();
        let Computer { account, machine } = Computer::here();
        let effective = crate::calendar::iso(clock::today());
        Ok(Stamp { effective, recorded, offset, who: who.to_owned(), account, machine })
    }
}

/// `12 events, head 3f2a…` with the whole hash: what an export carries and `audit verify --head` compares.
pub fn head(head: &Head) -> String {
    let events = if head.count == 1 { "event" } else { "events" };
    format!("{} {events}, head {}", crate::quantity::number::print(head.count.into()), head.hash)
}
