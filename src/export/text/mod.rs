//! The schedule as plain text: what `posology plan` shows.
//!
//! Nothing is cut off: what does not fit goes to the next line. Cycles that may never come say so.

mod layout;

use crate::calendar;
use crate::finding::in_full;
use crate::present::{NOT_AN_ORDER, Schedule};

use super::reading::{self, Marks, Visit};
use super::{ExportError, Format, Options, Write};
use layout::{columns, labelled, width};

pub(super) const FORMAT: Format = Format {
    id: "text",
    extension: "txt",
    title: "plain text: the schedule as it is shown",
    text: true,
    write: Write::Whole(write),
};

/// Columns, where nobody says how many.
const COLUMNS: usize = 80;
/// Below this a table of three columns is no longer one.
const LEAST: usize = 40;
const LEAST_COLUMN: usize = 8;
const LABELS: usize = 10;

#[allow(clippy::unnecessary_wraps)] // the registry's signature
fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let most = options.width.unwrap_or(COLUMNS).max(LEAST);
    let mut out = String::new();
    head(&mut out, schedule, options, most);
    let shape = Shape::of(schedule, most);
    for visit in reading::visits(schedule) {
        shape.visit(&mut out, &visit);
    }
    if schedule.continues {
        paragraph(&mut out, "Treatment may go on after the last visit shown.", most);
    }
    legend(&mut out, &shape);
    if options.working {
        working(&mut out, schedule, most);
    }
    findings(&mut out, schedule, most);
    paragraph(&mut out, NOT_AN_ORDER, most);
    Ok(out.into_bytes())
}

fn paragraph(out: &mut String, text: &str, most: usize) {
    out.push('\n');
    columns(out, "", &[(text, most)]);
}

fn head(out: &mut String, schedule: &Schedule, options: &Options, most: usize) {
    if let Some(banner) = schedule.regimen.status.banner() {
        let bar = "*".repeat(most);
        out.push_str(&bar);
        out.push('\n');
        columns(out, "*** ", &[(banner, most.saturating_sub(4))]);
        out.push_str(&bar);
        out.push_str("\n\n");
    }
    columns(out, "", &[(&schedule.regimen.name, most)]);
    out.push('\n');
    for (label, text) in reading::header(schedule, options) {
        labelled(out, label, LABELS, &text, most);
    }
}

/// How wide the columns of the table are.
struct Shape {
    marks: Marks,
    most: usize,
    drug: usize,
    dose: usize,
}

impl Shape {
    fn of(schedule: &Schedule, most: usize) -> Self {
        let widest =
            |texts: &mut dyn Iterator<Item = usize>, cap: usize| texts.max().unwrap_or(0).clamp(LEAST_COLUMN, cap);
        let third = most / 3;
        let drug = {
            let doses = schedule.doses.iter().map(|row| width(&row.shown_apart()));
            let assessments = schedule.assessments.iter().map(|row| width(&row.name));
            widest(&mut doses.chain(assessments), third)
        };
        let dose = widest(&mut schedule.doses.iter().map(|row| width(&dose(row).0)), (third / 2).max(LEAST_COLUMN));
        Self { marks: Marks::new(schedule), most, drug, dose }
    }

    fn visit(&self, out: &mut String, visit: &Visit) {
        out.push('\n');
        columns(out, "", &[(&title(visit), self.most)]);
        let window = visit.window();
        if let Some(window) = &window {
            columns(out, "  ", &[(&format!("window {window}"), self.most.saturating_sub(2))]);
        }
        if let Some(delay) = visit.delay() {
            columns(out, "  ", &[(&delay, self.most.saturating_sub(2))]);
        }
        for row in &visit.doses {
            let mut how = reading::how(row, &self.marks);
            if window.is_none() {
                how.extend(reading::window(row.window()));
            }
            let (dose, of_day) = dose(row);
            how.splice(0..0, of_day);
            self.row(out, &row.shown_apart(), &dose, &how.join("; "));
        }
        for row in &visit.ends {
            let closed = row.closed.as_ref().map_or(String::new(), |why| format!("clinic closed: {why}"));
            self.row(out, &row.shown, &row.visit, &closed);
        }
        for row in &visit.assessments {
            let mut about = reading::about(row, &self.marks);
            if window.is_none() {
                about.extend(reading::window(row.window));
            }
            columns(out, "  ", &[(&row.name, self.drug), (&about.join("; "), self.rest() + self.dose + 2)]);
        }
    }

    fn row(&self, out: &mut String, drug: &str, dose: &str, how: &str) {
        columns(out, "  ", &[(drug, self.drug), (dose, self.dose), (how, self.rest())]);
    }

    fn rest(&self) -> usize {
        self.most.saturating_sub(2 + self.drug + 2 + self.dose + 2)
    }
}

/// The figure for its column; that it is one of each 24 hours, and what it comes to, stands beside.
fn dose(row: &crate::present::DoseRow) -> (String, Option<String>) {
    let portion = row.portion();
    if portion.is_plain() || portion.days.is_none() || portion.halves.is_some() {
        return (portion.to_string(), None);
    }
    let in_all = portion.total(1, 0).map_or(String::new(), |total| format!(", {total} in all"));
    (portion.amount.to_string(), Some(format!("in each 24 hours{in_all}")))
}

fn legend(out: &mut String, shape: &Shape) {
    out.push('\n');
    let most = shape.most.saturating_sub(2);
    shape.marks.legend().for_each(|mark| columns(out, "  ", &[(&mark, most)]));
}

/// `Mon 21-Dec-2026  Cycle 2, Day 1, if treatment continues`
fn title(visit: &Visit) -> String {
    let place = visit.place();
    let place = if place.is_empty() { place } else { format!(" – {place}") };
    let uncertain = if visit.uncertain() { format!(" – {}", reading::IF_CONTINUED) } else { String::new() };
    format!("{}{place}{uncertain}", calendar::with_weekday(visit.date))
}

fn working(out: &mut String, schedule: &Schedule, most: usize) {
    paragraph(out, "Working", most);
    for (drug, places, steps) in reading::workings(schedule) {
        columns(out, "  ", &[(&format!("{drug}: {}", places.join(", ")), most.saturating_sub(2))]);
        for step in steps {
            columns(out, "    ", &[(step, most.saturating_sub(4))]);
        }
    }
    let unverified = &schedule.regimen.unverified_words;
    if !unverified.is_empty() {
        paragraph(out, &format!("Unverified: {}", unverified.join("; ")), most);
    }
}

fn findings(out: &mut String, schedule: &Schedule, most: usize) {
    if schedule.findings.is_empty() {
        return;
    }
    paragraph(out, "Findings", most);
    for finding in &schedule.findings {
        let text = in_full(&finding.text, finding.wanted());
        let mut lines = String::new();
        labelled(&mut lines, finding.severity.word(), 5, &text, most.saturating_sub(2));
        lines.lines().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
}
