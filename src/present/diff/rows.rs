//! Rows of a table: a row whose limit moved, or whose action changed, is one change and not a row less and a row more.

use super::page::{Line, Part};
use super::{Change, concern};

/// A row before, and the row that stands in its place now.
pub(super) struct Moved<'a> {
    was: &'a Line,
    now: &'a Line,
}

/// Rows that nobody kept as they were, paired where one took the other's place: the same table, and the same words of
/// what follows; else in their order, where there are as many before as after.
pub(super) fn moved<'a>(was: &'a Part, now: &'a Part) -> Vec<Moved<'a>> {
    let mut tables: Vec<&str> = Vec::new();
    for table in now.lines.iter().filter_map(|line| line.shown.table.as_deref()) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    tables.into_iter().flat_map(|table| of_table(table, was, now)).collect()
}

fn of_table<'a>(table: &str, was: &'a Part, now: &'a Part) -> Vec<Moved<'a>> {
    let mut gone = missing(table, was, now);
    let mut come = missing(table, now, was);
    let mut pairs = Vec::new();
    gone.retain(|was| match come.iter().position(|now| now.value == was.value) {
        Some(at) => {
            pairs.push(Moved { was, now: come.remove(at) });
            false
        }
        None => true,
    });
    if gone.len() == come.len() {
        pairs.extend(gone.into_iter().zip(come).map(|(was, now)| Moved { was, now }));
    }
    pairs
}

/// The rows of a table that the other page does not have.
fn missing<'a>(table: &str, of: &'a Part, other: &Part) -> Vec<&'a Line> {
    let mine = of.lines.iter().filter(|line| line.shown.table.as_deref() == Some(table));
    mine.filter(|line| !other.lines.iter().any(|one| one.label == line.label)).collect()
}

impl Moved<'_> {
    /// Whether this line is one of the two.
    pub(super) fn holds(&self, label: &str) -> bool {
        self.was.label == label || self.now.label == label
    }

    /// `neutrophils: below 1.5 10^9/L → below 1 10^9/L (irinotecan: hold)`
    pub(super) fn change(&self, part: &Part) -> Change {
        let table = self.now.shown.table.clone().unwrap_or_default();
        let head = format!("{table}: ");
        let own = |line: &Line| {
            let label = line.shown.label.as_str();
            label.strip_prefix(&head).unwrap_or(label).to_owned()
        };
        let (was, now) = (&self.was.shown, &self.now.shown);
        let limits = format!("{} → {}", was.label, own(self.now));
        let text = if self.was.value == self.now.value {
            format!("{limits} ({})", now.value)
        } else {
            format!("{limits}: {} → {}", was.value, now.value)
        };
        let said = |line: &Line| format!("{}: {}", own(line), line.shown.value);
        Change {
            concerns: concern::of_line(&part.id, &table),
            part: part.id.clone(),
            of: part.name.clone(),
            what: table.clone(),
            from: Some(said(self.was)),
            to: Some(said(self.now)),
            text,
        }
    }
}
