//! The list of subjects.

use serde::{Deserialize, Serialize};

use crate::calendar;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::plan::way::Way;
use crate::plan::{Administration, AdministrationState, Plan};
use crate::store::Store;

use super::{Opened, findings};

/// One subject in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The code.
    pub code: String,
    /// The regimen's id.
    pub regimen: String,
    /// Its version.
    pub version: String,
    /// The code of its study.
    pub study: Option<String>,
    /// First day, ISO.
    pub start: String,
    /// `on treatment`, `stopped 12-Feb-2027`, `blocked`.
    pub status: String,
    /// What is worst of what waits today: `overdue 5 days`. It depends on the day, and is not kept.
    #[serde(skip)]
    pub waits: Option<String>,
    /// The next dose.
    pub next: Option<String>,
    /// How far the visit of the next dose is.
    pub way: Option<Way>,
    /// Doses given.
    pub given: usize,
    /// Why the subject cannot be read, where it cannot; then nothing else is known but the code.
    #[serde(skip)]
    pub fault: Option<String>,
}

impl Listed {
    /// How the subject stands today: what is overdue, out of its window or held goes before the state of the treatment.
    pub fn standing(&self) -> &str {
        self.waits.as_deref().unwrap_or(&self.status)
    }

    fn unread(code: String, why: String) -> Self {
        Self {
            code,
            regimen: String::new(),
            version: String::new(),
            study: None,
            start: String::new(),
            status: UNREAD.to_owned(),
            waits: None,
            next: None,
            way: None,
            given: 0,
            fault: Some(why),
        }
    }
}

/// How a subject stands of whom nothing can be told.
pub const UNREAD: &str = "cannot be read";

/// Why a code is not free: it, or one that differs in capitals alone, is on record.
pub fn taken(store: &Store, code: &str) -> Result<Option<Finding>, Failure> {
    let known = store.subjects()?.into_iter().find(|known| known.eq_ignore_ascii_case(code));
    Ok(known.map(|known| findings::subject_exists(code, &known)))
}

/// A line of the list, or why there is none.
pub(super) fn entry(code: String, listed: Option<Listed>, fault: Option<String>) -> Listed {
    listed.unwrap_or_else(|| Listed::unread(code, fault.unwrap_or_default()))
}

pub(super) fn listed(opened: &Opened) -> Listed {
    let course = &opened.folded.course;
    let plan = opened.plan.as_ref().ok();
    let open =
        |one: &Administration| matches!(one.state, AdministrationState::Projected | AdministrationState::Held(_));
    let waits = |one: &Administration| open(one) && !course.taken.contains_key(&one.key);
    let plan_of_next = plan.filter(|_| course.stopped.is_none());
    let next = plan_of_next.and_then(|plan| Some((plan, plan.administrations.iter().find(|one| waits(one))?)));
    // What is held waits before all that comes behind it, and has no day.
    let words = |(_, next): (&Plan, &Administration)| match next.state {
        AdministrationState::Held(_) => format!("{} held", next.key.named(&opened.regimen)),
        _ => format!("{} on {}", next.key.named(&opened.regimen), calendar::with_weekday(next.date)),
    };
    let status = match (&course.stopped, plan) {
        (Some((on, _)), _) => format!("stopped {}", calendar::print(*on)),
        (None, None) => "blocked".to_owned(),
        (None, Some(_)) => "on treatment".to_owned(),
    };
    Listed {
        code: opened.code.clone(),
        regimen: opened.folded.regimen.id.clone(),
        version: opened.folded.regimen.version.clone(),
        study: opened.folded.enrolled_in().and_then(|(study, _)| study),
        start: calendar::iso(course.start),
        status,
        waits: None,
        next: next.map(words),
        way: next.map(|(plan, next)| Way::of_dose(&opened.regimen, &opened.folded, plan, next)),
        given: opened.folded.delivered.len(),
        fault: None,
    }
}
