//! Markdown: the schedule as a table that GitHub, GitLab and note programs show.

use crate::calendar;
use crate::finding::in_full;
use crate::present::{NOT_AN_ORDER, Schedule};

use super::reading::{self, Marks, Visit};
use super::{ExportError, Format, Options, Write};

pub(super) const FORMAT: Format = Format {
    id: "markdown",
    extension: "md",
    title: "Markdown: a table for notes and wikis",
    text: true,
    write: Write::Whole(write),
};

#[allow(clippy::unnecessary_wraps)] // the registry's signature
fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let mut out = format!("# {}\n\n", inline(&schedule.regimen.name));
    if let Some(banner) = schedule.regimen.status.banner() {
        out.push_str(&format!("**{banner}**\n\n"));
    }
    for (label, text) in reading::header(schedule, options) {
        out.push_str(&format!("- {label}: {}\n", inline(&text)));
    }
    table(&mut out, schedule);
    legend(&mut out, schedule);
    if schedule.continues {
        out.push_str("\nTreatment may go on after the last visit shown.\n");
    }
    if options.working {
        working(&mut out, schedule);
    }
    findings(&mut out, schedule);
    out.push_str(&format!("\n{NOT_AN_ORDER}\n"));
    Ok(out.into_bytes())
}

fn table(out: &mut String, schedule: &Schedule) {
    out.push_str(&format!(
        "\n## Schedule\n\n| Date | Window | {} and day | What | Dose | How |\n|---|---|---|---|--:|---|\n",
        schedule.regimen.cycle_word.title()
    ));
    let marks = Marks::new(schedule);
    for visit in reading::visits(schedule) {
        for row in &visit.doses {
            let window = row.window().and_then(reading::days).unwrap_or_default();
            line(
                out,
                &visit,
                &window,
                &row.shown_apart(),
                &row.portion().to_string(),
                &reading::how(row, &marks).join("; "),
            );
        }
        for row in &visit.ends {
            let closed = row.closed.as_ref().map_or(String::new(), |why| format!("clinic closed: {why}"));
            line(out, &visit, "", &format!("{}: {}", row.shown, row.visit), "", &closed);
        }
        for row in &visit.assessments {
            let window = row.window.and_then(reading::days).unwrap_or_default();
            line(out, &visit, &window, &row.name, "", &reading::about(row, &marks).join("; "));
        }
    }
}

fn legend(out: &mut String, schedule: &Schedule) {
    out.push('\n');
    Marks::new(schedule).legend().for_each(|mark| out.push_str(&format!("- {}\n", inline(&mark))));
}

fn line(out: &mut String, visit: &Visit, window: &str, what: &str, dose: &str, how: &str) {
    let place = [visit.place()].into_iter().chain(visit.delay()).collect::<Vec<_>>().join(", ");
    let place = if visit.uncertain() { format!("{place}, {}", reading::IF_CONTINUED) } else { place };
    for cell in [&calendar::with_weekday(visit.date), window, &place, what, dose, how] {
        out.push_str(&format!("| {} ", inline(cell)));
    }
    out.push_str("|\n");
}

fn working(out: &mut String, schedule: &Schedule) {
    out.push_str("\n## Working\n\n");
    for (drug, places, steps) in reading::workings(schedule) {
        out.push_str(&format!("- {}: {}\n", inline(&drug), inline(&places.join(", "))));
        for step in steps {
            out.push_str(&format!("  - {}\n", inline(step)));
        }
    }
}

fn findings(out: &mut String, schedule: &Schedule) {
    if schedule.findings.is_empty() {
        return;
    }
    out.push_str("\n## Findings\n\n");
    for finding in &schedule.findings {
        let text = in_full(&finding.text, finding.wanted());
        out.push_str(&format!("- **{}** {}\n", finding.severity.word(), inline(&text)));
    }
}

/// Text that Markdown shows as it is, on one line.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' => {
                escaped.extend(['\\', character]);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
