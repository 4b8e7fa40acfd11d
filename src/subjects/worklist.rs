//! The week of all subjects: who is due, overdue, out of window, held, or has an old weight.

use crate::calendar::{self, Date, Window};
use crate::course::Delay;
use crate::failure::Failure;
use crate::library::Library;
use crate::plan::{self, DueStatus};
use crate::quantity::number;
use crate::store::Store;

use super::open;

/// The columns of [`WorklistItem::cells`].
pub const COLUMNS: [&str; 9] =
    ["date", "subject", "standing", "what", "dose", "window", "weight", "days_overdue", "delay"];

/// One line of the worklist: something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorklistItem {
    /// The planned day; today of a plan that is blocked.
    pub date: Date,
    /// The subject's code.
    pub subject: String,
    /// How it stands; `None` of a plan that is blocked.
    pub status: Option<DueStatus>,
    /// What: `C2D1 irinotecan`.
    pub what: String,
    /// The dose.
    pub dose: String,
    /// The days on which it may be given; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// The delay of its cycle: `delayed by 7 days as the protocol requires`.
    pub delay: Option<String>,
    /// Days by which the newest weight is old on the day of the dose, where that is too old.
    pub stale: Option<i32>,
}

impl WorklistItem {
    /// How it stands: `due`, `overdue`, `out of window`, `held`, `blocked`.
    pub fn word(&self) -> &'static str {
        self.status.map_or("blocked", DueStatus::word)
    }

    /// The same with the days: `overdue 3 days`.
    pub fn status_words(&self) -> String {
        self.status.map_or_else(|| "blocked".to_owned(), |status| status.to_string())
    }

    /// `19-Dec-2026 through 24-Dec-2026`, or `unknown`.
    pub fn window_words(&self) -> String {
        let days =
            |window: Window| format!("{} through {}", calendar::print(window.earliest), calendar::print(window.latest));
        self.window.map_or_else(|| "unknown".to_owned(), days)
    }

    /// `14 days old`, or nothing.
    pub fn weight_words(&self) -> String {
        self.stale.map_or_else(String::new, |days| format!("{days} days old"))
    }

    /// Cells for a file, under [`COLUMNS`]; dates in ISO.
    pub fn cells(&self) -> [String; 9] {
        let window = |window: Window| format!("{}/{}", calendar::iso(window.earliest), calendar::iso(window.latest));
        [
            calendar::iso(self.date),
            self.subject.clone(),
            self.word().to_owned(),
            self.what.clone(),
            self.dose.clone(),
            self.window.map_or_else(|| "unknown".to_owned(), window),
            self.weight_words(),
            match self.status {
                Some(DueStatus::Overdue(days)) => days.to_string(),
                _ => String::new(),
            },
            self.delay.clone().unwrap_or_default(),
        ]
    }
}

/// Everything that waits on a day, looking ahead some days, by date.
pub fn worklist(store: &Store, library: &Library, today: Date, within: i32) -> Result<Vec<WorklistItem>, Failure> {
    let mut all = Vec::new();
    for code in store.subjects()? {
        let opened = open(store, &code, library)?;
        match &opened.plan {
            Ok(plan) => {
                let due = plan::due(plan, &opened.folded.course, today, within);
                all.extend(due.into_iter().map(|due| item(&code, &due)));
            }
            Err(_) if opened.folded.course.stopped.is_some() => {}
            Err(_) => all.push(blocked_item(&code, today)),
        }
    }
    all.sort_by(|a, b| (a.date, &a.subject).cmp(&(b.date, &b.subject)));
    Ok(all)
}

fn item(code: &str, due: &plan::Due<'_>) -> WorklistItem {
    WorklistItem {
        date: due.one.date,
        subject: code.to_owned(),
        status: Some(due.status),
        what: due.one.key.to_string(),
        dose: due.one.portion().to_string(),
        window: due.one.window,
        delay: due.delay.map(delay_words),
        stale: due.stale,
    }
}

fn delay_words(delay: &Delay) -> String {
    let required = if delay.required { " as the protocol requires" } else { "" };
    format!("delayed by {}{required}", number::count(delay.days.unsigned_abs(), "day"))
}

fn blocked_item(code: &str, today: Date) -> WorklistItem {
    WorklistItem {
        date: today,
        subject: code.to_owned(),
        status: None,
        what: "the plan is blocked; the page of the subject says why".to_owned(),
        dose: String::new(),
        window: None,
        delay: None,
        stale: None,
    }
}
