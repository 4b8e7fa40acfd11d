//! The subjects of a record: opened, enrolled, decided on and recorded, for whoever shows them.
//!
//! The core decides (`decide`), the store keeps (`store`); here one meets the other. Whoever shows
//! subjects, on a command line or on a screen, asks this module and writes nothing by itself.
//!
//! * [`open`] one subject: events, folded to a course, planned on the pinned regimen text.
//! * [`decide()`] on it and [`record`] it: a decision with its preview, then the record.
//! * [`enrol`] a new one.
//! * [`worklist`]: everybody who is due, overdue, out of window, held, or has an old weight.

mod act;
pub mod affected;
pub mod check;
pub mod codes;
mod enrol;
pub mod findings;
mod home;
mod import;
mod kept;
mod known;
mod lists;
mod open;
mod register;
mod several;
mod store_failure;
pub mod words;
mod worklist;

use crate::calendar;
use crate::clock;
use crate::event_codec::{self, DecodeError};
use crate::failure::Failure;
use crate::store::{State, Store, StoreError};

pub use act::{Actor, Beside, another_act, decide, entry_of, record, standing, visit_to_verify};
pub use enrol::{Enrolment, OnPaper, about, enrol, may_be, on_paper};
pub use home::home;
pub use import::import;
pub use known::known;
pub use lists::{overview, register, worklist};
pub use open::{Opened, all_read, among, from_entries, open, open_before, pinned, unread};
pub use register::{Listed, UNREAD, taken};
pub use several::{as_entry, several};
pub use store_failure::UNANSWERED;
pub use worklist::{COLUMNS as WORKLIST_COLUMNS, WorklistItem};

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Failure::store(error.to_string())
    }
}

/// A store in which every event is known and nothing is damaged; of any other, nothing is computed. On the first
/// command of a day everything in it is looked at.
pub fn require_intact(mut store: Store) -> Result<Store, Failure> {
    store.check_daily(&calendar::iso(clock::today()))?;
    require_known(store)
}

/// The same, without a look at everything: for whoever has that done elsewhere.
pub fn require_known(mut store: Store) -> Result<Store, Failure> {
    store.require(event_codec::is_known)?;
    match store.state() {
        State::Damaged(faults) => Err(StoreError::Damaged(faults).into()),
        _ => Ok(store),
    }
}
