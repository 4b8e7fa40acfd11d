//! The week of all subjects: who is due, overdue, out of window, held, or has an old weight.

use crate::calendar::{self, Date, Window};
use crate::course::Delay;
use crate::plan::DueStatus;
use crate::plan::way::Way;
use crate::quantity::number;

use super::register::UNREAD;

/// The columns of [`WorklistItem::cells`].
pub const COLUMNS: [&str; 11] =
    ["date", "subject", "standing", "what", "dose", "window", "weight", "days_overdue", "delay", "visit", "missing"];

/// One line of the worklist: something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorklistItem {
    /// The planned day; today of a plan that is blocked.
    pub date: Date,
    /// The subject's code.
    pub subject: String,
    /// How it stands; `None` of a plan that is blocked, and of a subject that cannot be read.
    pub status: Option<DueStatus>,
    /// What: `C2D1 irinotecan liposomal`.
    pub what: String,
    /// The visit of it: `C2D1`; nothing where no dose waits.
    pub visit: String,
    /// The drug of it; nothing where no dose waits.
    pub drug: String,
    /// The dose.
    pub dose: String,
    /// The days on which it may be given; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// The delay of its cycle: `delayed by 7 days as the protocol requires`.
    pub delay: Option<String>,
    /// Days by which the newest weight is old on the day of the dose, where that is too old.
    pub stale: Option<i32>,
    /// How far its visit is; `None` of a held dose, of a plan that is blocked, and of a subject that cannot be read.
    pub way: Option<Way>,
    /// The subject cannot be read; what is wrong stands under `what`.
    pub unread: bool,
}

impl WorklistItem {
    /// How it stands: `due`, `overdue`, `out of window`, `held`, `blocked`.
    pub fn word(&self) -> &'static str {
        self.status.map_or(self.without(), DueStatus::word)
    }

    /// The same with the days: `overdue 3 days`.
    pub fn status_words(&self) -> String {
        self.status.map_or_else(|| self.without().to_owned(), |status| status.to_string())
    }

    fn without(&self) -> &'static str {
        if self.unread { UNREAD } else { "blocked" }
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
    pub fn cells(&self) -> [String; 11] {
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
            self.way.map_or_else(String::new, |way| way.word().to_owned()),
            self.way.map_or_else(String::new, |way| way.missing().join(", ")),
        ]
    }
}

impl WorklistItem {
    /// A subject that cannot be read, and why.
    pub(super) fn unread(code: &str, today: Date, why: &str) -> Self {
        without_dose(code, today, true, why.to_owned())
    }

    /// A dose that waits, as far as its day and window tell.
    #[cfg(test)]
    pub fn planned(code: &str, date: Date, status: DueStatus, visit: &str, drug: &str, window: Option<Window>) -> Self {
        let (visit, drug) = (visit.to_owned(), drug.to_owned());
        let what = format!("{visit} {drug}");
        Self { status: Some(status), visit, drug, window, ..without_dose(code, date, false, what) }
    }

    /// A subject whose plan is blocked.
    pub(super) fn blocked(code: &str, today: Date) -> Self {
        without_dose(code, today, false, "the plan is blocked; the page of the subject says why".to_owned())
    }
}

pub(super) fn delay_words(delay: &Delay) -> String {
    let required = if delay.required { " as the protocol requires" } else { "" };
    format!("delayed by {}{required}", number::count(delay.days.unsigned_abs(), "day"))
}

/// A subject of whom no dose can be told.
fn without_dose(code: &str, today: Date, unread: bool, what: String) -> WorklistItem {
    WorklistItem {
        date: today,
        subject: code.to_owned(),
        status: None,
        what,
        visit: String::new(),
        drug: String::new(),
        dose: String::new(),
        window: None,
        delay: None,
        stale: None,
        way: None,
        unread,
    }
}
