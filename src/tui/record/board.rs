//! The board: a line for each visit that waits, the most urgent first, and one for everybody of whom nothing waits.

use std::collections::BTreeMap;

use crate::calendar::{Date, days_between};
use crate::plan::DueStatus;
use crate::subjects::{Listed, WorklistItem};

/// How soon a visit needs somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Its last allowed day has passed, or it lies outside its window.
    Overdue,
    /// Its date is open, its plan blocked, or its subject cannot be read.
    Stuck,
    /// Today, or on a day before while its window is open.
    Today,
    /// Within seven days.
    Week,
    /// Later, as far as the list looks ahead.
    Later,
    /// Nothing waits.
    Quiet,
}

impl When {
    /// Every group, in order.
    pub const ALL: [When; 6] = [When::Overdue, When::Stuck, When::Today, When::Week, When::Later, When::Quiet];

    /// Above the group, and in the counts.
    pub fn word(self) -> &'static str {
        match self {
            When::Overdue => "overdue",
            When::Stuck => "held or blocked",
            When::Today => "today",
            When::Week => "this week",
            When::Later => "later",
            When::Quiet => "nothing waits",
        }
    }

    fn of(item: &WorklistItem, today: Date) -> Self {
        match item.status {
            None | Some(DueStatus::Held) => When::Stuck,
            Some(DueStatus::Overdue(_) | DueStatus::OutOfWindow) => When::Overdue,
            Some(DueStatus::Due) => match days_between(today, item.date) {
                ..=0 => When::Today,
                1..=7 => When::Week,
                _ => When::Later,
            },
        }
    }
}

/// A line of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// Its subject, among those listed.
    pub subject: usize,
    /// Its doses, among what waits; none where nothing does.
    pub items: Vec<usize>,
    /// How soon.
    pub when: When,
    /// Its day.
    pub on: Option<Date>,
    /// Days until its window closes, where it is open today.
    pub left: Option<i32>,
    /// Everything by which it is found, in small letters.
    pub words: String,
}

/// How the board is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum GroupBy {
    #[default]
    Day,
    Study,
    Regimen,
}

impl GroupBy {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            GroupBy::Day => GroupBy::Study,
            GroupBy::Study => GroupBy::Regimen,
            GroupBy::Regimen => GroupBy::Day,
        }
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            GroupBy::Day => "day",
            GroupBy::Study => "study",
            GroupBy::Regimen => "regimen",
        }
    }
}

/// Every line, the most urgent first: what is overdue by its day, then what closes soonest.
pub fn rows(subjects: &[Listed], waits: &[WorklistItem], today: Date) -> Vec<BoardRow> {
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, item) in waits.iter().enumerate() {
        of.entry(&item.subject).or_default().push(at);
    }
    let mut rows: Vec<BoardRow> = Vec::with_capacity(subjects.len());
    for (subject, one) in subjects.iter().enumerate() {
        let mut visits: BTreeMap<(Date, &str), BoardRow> = BTreeMap::new();
        for at in of.get(one.code.as_str()).into_iter().flatten().copied() {
            let Some(item) = waits.get(at) else { continue };
            let row = visits.entry((item.date, &item.visit)).or_insert_with(|| BoardRow::new(subject, one));
            row.add(at, item, today);
        }
        if visits.is_empty() {
            rows.push(BoardRow::new(subject, one));
        }
        rows.extend(visits.into_values());
    }
    let soon = |row: &BoardRow| if row.when == When::Today { row.left.unwrap_or(i32::MAX) } else { 0 };
    rows.sort_by_key(|row| (row.when, soon(row), row.on, row.subject));
    rows
}

impl BoardRow {
    /// A line of somebody of whom nothing waits.
    fn new(subject: usize, one: &Listed) -> Self {
        let study = one.study.as_deref().unwrap_or_default();
        let words = format!("{} {study} {} v{} {}", one.code, one.regimen, one.version, one.status).to_lowercase();
        Self { subject, items: Vec::new(), when: When::Quiet, on: None, left: None, words }
    }

    /// One more dose of its visit; the most urgent says how soon the visit is.
    fn add(&mut self, at: usize, item: &WorklistItem, today: Date) {
        self.items.push(at);
        self.when = self.when.min(When::of(item, today));
        self.on = Some(item.date);
        let left = item.window.map(|window| days_between(today, window.latest));
        if let Some(left) = left.filter(|left| *left >= 0 && item.date <= today) {
            self.left = Some(self.left.map_or(left, |known| known.min(left)));
        }
        let way = item.way.map_or("", |way| way.word());
        let words = format!(" {} {} {} {way} {}", item.visit, item.drug, item.status_words(), self.when.word());
        self.words.push_str(&words.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Window, read};

    fn listed(code: &str) -> Listed {
        Listed {
            code: code.to_owned(),
            regimen: "gi-xelox".to_owned(),
            version: "1".to_owned(),
            study: None,
            start: "2026-12-07".to_owned(),
            status: "on treatment".to_owned(),
            waits: None,
            next: None,
            way: None,
            given: 0,
            fault: None,
        }
    }

    fn item(code: &str, day: &str, status: DueStatus, latest: Option<&str>) -> WorklistItem {
        let date = read(day).unwrap();
        let window = latest.map(|day| Window { earliest: date, latest: read(day).unwrap() });
        WorklistItem::planned(code, date, status, "C2D1", "oxaliplatin", window)
    }

    #[test]
    fn what_is_overdue_comes_first_then_what_closes_soonest_and_everybody_has_a_line() {
        let people = ["S-1", "S-2", "S-3", "S-4", "S-5"].map(listed);
        let mut waits = vec![
            item("S-2", "2026-12-21", DueStatus::Due, Some("2026-12-24")),
            item("S-3", "2026-12-20", DueStatus::Due, Some("2026-12-21")),
            item("S-4", "2026-12-10", DueStatus::Overdue(8), Some("2026-12-13")),
            item("S-4", "2026-12-10", DueStatus::Overdue(8), Some("2026-12-13")),
            item("S-5", "2026-12-24", DueStatus::Due, None),
            item("S-5", "2026-12-01", DueStatus::Held, None),
        ];
        waits.sort_by_key(|item| item.date);
        let rows = rows(&people, &waits, read("2026-12-21").unwrap());
        let told: Vec<(usize, When, usize, Option<i32>)> =
            rows.iter().map(|row| (row.subject, row.when, row.items.len(), row.left)).collect();
        assert_eq!(
            told,
            [
                (3, When::Overdue, 2, None),
                (4, When::Stuck, 1, None),
                (2, When::Today, 1, Some(0)),
                (1, When::Today, 1, Some(3)),
                (4, When::Week, 1, None),
                (0, When::Quiet, 0, None),
            ]
        );
    }
}
