//! Subjects of the record on the screen: who there is, what waits, one subject's plan, and what is
//! about to be recorded.
//!
//! Deciding is pure and happens between two keys; opening and recording wait for a disk and happen on
//! the worker's thread.

pub mod act;
mod ahead;
pub mod board;
pub mod build;
pub mod commands;
mod confirm;
mod form;
mod more;
mod read;
mod reasons;
pub mod replies;
mod visit;
pub mod worker_jobs;

use std::sync::Arc;

use crate::calendar::{Date, Site};
use crate::course::event::Event;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::subjects::{Actor, Listed, Opened, WorklistItem};

use super::session::{Planned, Session};

/// What the interface knows of the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The list, as last read.
    pub register: Option<Register>,
    /// Why there is none.
    pub trouble: Option<String>,
    /// What the daily look at everything told of the record itself.
    pub warnings: Vec<String>,
    /// The day to stand on in the subject that is being opened.
    pub opening: Option<Date>,
    /// Who records, as last typed.
    pub who: String,
    /// The day taken for today, where it was set by hand.
    pub today_set: Option<String>,
    /// Whether it is a scratch one, which is deleted when the program ends: every screen says so.
    pub scratch: bool,
}

impl Record {
    /// What its user should know about the record itself: where it lies, and what is kept of it outside.
    pub fn told(&self) -> Vec<&String> {
        let mut told: Vec<&String> = self.register.iter().flat_map(|register| &register.warnings).collect();
        told.extend(self.warnings.iter().filter(|one| !told.contains(one)).collect::<Vec<_>>());
        told
    }
}

/// Everybody, and what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Subjects by code.
    pub subjects: Vec<Listed>,
    /// What waits, by date.
    pub worklist: Vec<WorklistItem>,
    /// The lines of the board, the most urgent first.
    pub rows: Vec<board::BoardRow>,
    /// What the user should know about the record itself.
    pub warnings: Vec<String>,
}

impl Register {
    /// From the list and what waits.
    pub fn new(subjects: Vec<Listed>, worklist: Vec<WorklistItem>, today: Date) -> Self {
        let rows = board::rows(&subjects, &worklist, today);
        Self { subjects, worklist, rows, warnings: Vec::new() }
    }
}

/// One subject, opened. Two are the same when they are the same reading of the record.
#[derive(Debug, Clone)]
pub struct OpenSubject(pub Arc<Contents>);

/// What is read of an open subject.
#[derive(Debug)]
pub struct Contents {
    /// The record, folded and planned.
    pub opened: Opened,
    /// Planned and delivered doses.
    pub ledger: Option<Ledger>,
    /// The plan as the screens show it; none while it is blocked.
    pub planned: Option<Arc<Planned>>,
}

impl Eq for OpenSubject {}

impl PartialEq for OpenSubject {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl OpenSubject {
    /// Everything that the screens show of a subject.
    pub fn new(opened: Opened, site: &Site) -> Self {
        let planned = opened.plan.as_ref().ok().zip(opened.schedule(site)).map(|(plan, schedule)| {
            Arc::new(Planned { course: opened.folded.course.clone(), plan: plan.clone(), schedule })
        });
        let ledger = match &planned {
            Some(planned) => planned.schedule.ledger.clone(),
            None => opened.ledger(site),
        };
        Self(Arc::new(Contents { opened, ledger, planned }))
    }

    /// The subject's code.
    pub fn code(&self) -> &str {
        &self.0.opened.code
    }

    /// The plan's session: nothing to type, everything from the record.
    pub fn session(&self) -> Session {
        Session::recorded(self)
    }

    /// Heights and weights in order of date: at the start, and since.
    pub fn weights(&self) -> Vec<(crate::calendar::Date, crate::quantity::Weight)> {
        let course = &self.0.opened.folded.course;
        let first = course.subject.weight.map(|weight| (course.subject.measured.unwrap_or(course.start), weight));
        let later = course.measurements.iter().filter_map(|one| Some((one.on, one.weight?)));
        first.into_iter().chain(later).collect()
    }

    /// What an entry says now, through its corrections.
    pub fn entry(&self, seq: u64) -> Option<(crate::calendar::Date, &Event)> {
        self.0.opened.folded.now(seq)
    }
}

/// What is to be recorded of a subject.
#[derive(Debug, Clone)]
pub struct Job {
    /// The subject's code.
    pub code: String,
    /// The entry behind which it is recorded; 0 of a new subject.
    pub last: u64,
    /// The events.
    pub events: Vec<crate::decide::Proposed>,
    /// Who, when, with which answers.
    pub actor: Actor,
    /// The regimen text that is kept with a new subject: its hash and its bytes.
    pub text: Option<(String, Arc<[u8]>)>,
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        (&self.code, self.last, &self.events) == (&other.code, other.last, &other.events)
    }
}

/// What came of recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// Recorded, and the subject as it is now; with what its user should know about the record.
    Done(OpenSubject, Vec<String>),
    /// Somebody else recorded in between; the subject as it is now. Nothing of this was recorded.
    Raced(OpenSubject),
    /// Questions that only the record can ask, such as one about the clock. Nothing was recorded.
    Asks(Vec<Finding>),
    /// It stands, or nobody knows whether it does; the subject cannot be shown. The text says which.
    Unread(String),
    /// Nothing was recorded.
    Failed(String),
}
