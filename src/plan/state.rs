//! How an administration stands, in the six words that every face and every file uses.

use crate::course::Folded;
use crate::course::event::{Event, NotGiven};

use super::{Administration, AdministrationState};

/// What is known to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseState {
    /// Nothing yet.
    Projected,
    /// Given as one dose, or taken as a whole run.
    Given,
    /// Only a part of it was given, or only some doses of a run were taken.
    Incomplete,
    /// Not given now, date open.
    Held,
    /// Somebody decided that it is not given.
    Omitted,
    /// It was due, and nobody gave or took it.
    Missed,
}

impl DoseState {
    /// Every state with its word, in the order in which code books list them.
    pub const WORDS: [&'static str; 6] = ["projected", "given", "incomplete", "held", "omitted", "missed"];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            DoseState::Projected => "projected",
            DoseState::Given => "given",
            DoseState::Incomplete => "incomplete",
            DoseState::Held => "held",
            DoseState::Omitted => "omitted",
            DoseState::Missed => "missed",
        }
    }

    /// The same before a sentence that goes on with what is incomplete: `GIVEN`, in part.
    pub fn heading(self) -> String {
        if self == DoseState::Incomplete { DoseState::Given.word() } else { self.word() }.to_uppercase()
    }
}

impl DoseState {
    /// How an administration stands by a record. A count of doses taken is what was delivered of a run, whatever else was
    /// recorded of it.
    pub fn of(folded: &Folded, one: &Administration) -> Self {
        let run = one.run.as_ref().filter(|_| one.planned.is_some());
        if let (Some(run), Some(taken)) = (run, folded.course.taken.get(&one.key)) {
            return if *taken < run.administrations { DoseState::Incomplete } else { DoseState::Given };
        }
        let seq = folded.recorded.get(&one.key).or_else(|| folded.extra.get(&one.key));
        let event = seq.and_then(|seq| folded.now(*seq)).map(|(_, event)| event);
        match (&one.state, event) {
            (AdministrationState::Projected, _) => DoseState::Projected,
            (AdministrationState::Held(_), _) => DoseState::Held,
            (AdministrationState::Given, Some(Event::Given(given))) if given.partly => DoseState::Incomplete,
            (AdministrationState::Given, _) => DoseState::Given,
            (AdministrationState::Omitted(_), Some(Event::Omitted(NotGiven { missed: true, .. }))) => DoseState::Missed,
            (AdministrationState::Omitted(_), _) => DoseState::Omitted,
        }
    }
}
