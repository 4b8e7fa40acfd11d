//! What becomes an event, and what an event says.

use uuid::Uuid;

use crate::calendar::{self, Date, Window};
use crate::present::{AssessmentRow, DoseRow, DoseState, EndRow, Place, Schedule};

use super::super::{ExportError, Options, reading, shared};
use super::line;

/// One all-day event.
pub(super) struct Event {
    pub(super) uid: Uuid,
    pub(super) first: Date,
    /// Its content, without what changes at every writing.
    pub(super) content: Vec<String>,
}

/// What all events of a file share.
pub(super) struct Calendar<'a> {
    pub(super) schedule: &'a Schedule,
    pub(super) options: &'a Options,
    pub(super) namespace: Uuid,
    pub(super) subject: &'a str,
    /// Phases in the order of their first dose.
    pub(super) phases: Vec<&'a str>,
}

/// What an event is made from.
struct Draft {
    identity: Vec<String>,
    first: Date,
    last: Date,
    title: String,
    notes: Vec<String>,
    category: &'static str,
    cycle: Option<u32>,
    status: &'static str,
}

/// Between the parts of an identity; no code or id holds it.
const BETWEEN: &str = "\u{1f}";

impl Calendar<'_> {
    /// Every event, by day.
    pub(super) fn events(&self) -> Result<Vec<Event>, ExportError> {
        let mut events = Vec::new();
        for row in &self.schedule.doses {
            events.push(self.event(self.dose(row))?);
        }
        for row in &self.schedule.ends {
            events.push(self.event(self.end(row))?);
        }
        for (at, row) in self.schedule.assessments.iter().enumerate() {
            events.push(self.event(self.assessment(at, row))?);
        }
        events.sort_by_key(|event| event.first);
        Ok(events)
    }

    /// The identity of the whole: study, subject and regimen.
    pub(super) fn identity(&self) -> Uuid {
        self.uuid(&["plan".to_owned()])
    }

    fn uuid(&self, parts: &[String]) -> Uuid {
        let study = self.options.study.as_deref().unwrap_or_default();
        let whole = [study, self.subject, &self.schedule.regimen.id].map(str::to_owned);
        let text = [&whole, parts].concat().join(BETWEEN);
        Uuid::new_v5(&self.namespace, text.as_bytes())
    }

    fn dose(&self, row: &DoseRow) -> Draft {
        let first = row.date();
        let last = row.run().map_or(first, |run| run.through);
        let mut title = self.title(row.phase.as_deref(), Some(row.cycle), Some(row.day));
        if self.options.show_drugs {
            title = format!("{title} {}", row.shown);
        } else if row.place == Place::Home {
            title.push_str(" home treatment");
        }
        let mut notes = vec![window(row.window())];
        if self.options.show_drugs {
            notes.push(format!("{} {}, {}.", row.shown, row.portion(), reading::given(row)));
            notes.extend(row.run().map(|run| format!("{}.", run.words())));
        }
        notes.push(closed(row.closed.as_ref()));
        let (status, title) = standing(row.state(), row.certain, title);
        let part = row.part.map(|part| part.to_string()).unwrap_or_default();
        Draft {
            identity: key("dose", row.phase.as_ref(), row.cycle, row.day, &[&row.id, &part]),
            first,
            last,
            title,
            notes,
            category: "TREATMENT",
            cycle: Some(row.cycle),
            status,
        }
    }

    fn end(&self, row: &EndRow) -> Draft {
        let day = row.date;
        let title = self.title(row.phase.as_deref(), Some(row.cycle), Some(row.day));
        let what = if self.options.show_drugs { format!("{} ({})", row.visit, row.shown) } else { "visit".to_owned() };
        let (status, title) = standing(DoseState::Projected, row.certain, format!("{title} {what}"));
        Draft {
            identity: key("end", row.phase.as_ref(), row.cycle, row.day, &[&row.id]),
            first: day,
            last: day,
            title,
            notes: vec![closed(row.closed.as_ref())],
            category: "VISIT",
            cycle: Some(row.cycle),
            status,
        }
    }

    /// An assessment is the same one as long as it is the nth of its name in its cycle and day.
    fn assessment(&self, at: usize, row: &AssessmentRow) -> Draft {
        let day = row.date;
        let same = |other: &&AssessmentRow| (&other.name, other.cycle, other.day) == (&row.name, row.cycle, row.day);
        let nth = self.schedule.assessments.iter().take(at).filter(same).count() + 1;
        let what = if self.options.show_drugs { &row.name } else { "assessment" };
        let number = |value: Option<String>| value.unwrap_or_default();
        let identity = [
            "assessment".to_owned(),
            row.name.clone(),
            number(row.cycle.map(|cycle| cycle.to_string())),
            number(row.day.map(|day| day.to_string())),
            nth.to_string(),
        ];
        Draft {
            identity: identity.to_vec(),
            first: day,
            last: day,
            title: format!("{} {what}", self.title(None, row.cycle, row.day)),
            notes: vec![window(row.window), closed(row.closed.as_ref())],
            category: "ASSESSMENT",
            cycle: row.cycle,
            status: "TENTATIVE",
        }
    }

    /// `S-014 C2D8`; with the number of the phase where there are several. A phase's own name may tell a drug.
    fn title(&self, phase: Option<&str>, cycle: Option<u32>, day: Option<i32>) -> String {
        let mut title = self.subject.to_owned();
        if self.phases.len() > 1
            && let Some(at) = self.phases.iter().position(|known| Some(*known) == phase)
        {
            title.push_str(&format!(" phase {}", at + 1));
        }
        match (cycle, day) {
            (Some(cycle), Some(day)) => title.push_str(&format!(" C{cycle}D{day}")),
            (Some(cycle), None) => title.push_str(&format!(" C{cycle}")),
            _ => {}
        }
        title
    }

    fn event(&self, draft: Draft) -> Result<Event, ExportError> {
        let uid = self.uuid(&draft.identity);
        let after = calendar::plus_days(draft.last, 1)
            .filter(|after| *after > draft.first)
            .ok_or_else(|| ExportError::Refused(format!("{} ends before it begins.", draft.title)))?;
        let compact = |date: Date| calendar::iso(date).replace('-', "");
        let mut notes: Vec<String> = draft.notes.into_iter().filter(|note| !note.is_empty()).collect();
        notes.extend(shared::banner(self.schedule).map(|word| format!("{word} regimen.")));
        notes.push(crate::present::NOT_AN_ORDER.to_owned());
        let cycle = draft.cycle.map_or(String::new(), |cycle| format!(",CYCLE {cycle}"));
        let content = vec![
            format!("DTSTART;VALUE=DATE:{}", compact(draft.first)),
            format!("DTEND;VALUE=DATE:{}", compact(after)),
            format!("SUMMARY:{}", line::escape(&draft.title)),
            format!("DESCRIPTION:{}", line::escape(&notes.join("\n"))),
            format!("CATEGORIES:{}{cycle}", draft.category),
            format!("STATUS:{}", draft.status),
            "TRANSP:TRANSPARENT".to_owned(),
            "CLASS:PRIVATE".to_owned(),
        ];
        Ok(Event { uid, first: draft.first, content })
    }
}

/// What a row is, whatever its date and dose.
fn key(kind: &str, phase: Option<&String>, cycle: u32, day: i32, rest: &[&str]) -> Vec<String> {
    let phase = phase.cloned().unwrap_or_default();
    let mut key = vec![kind.to_owned(), phase, cycle.to_string(), day.to_string()];
    key.extend(rest.iter().map(|part| (*part).to_owned()));
    key
}

/// Phases in the order of their first dose.
pub(super) fn phases(schedule: &Schedule) -> Vec<&str> {
    let mut phases = Vec::new();
    for phase in schedule.doses.iter().filter_map(|row| row.phase.as_deref()) {
        if !phases.contains(&phase) {
            phases.push(phase);
        }
    }
    phases
}

/// The status, and the title that says it too, because importers often ignore the status.
fn standing(state: DoseState, certain: bool, title: String) -> (&'static str, String) {
    match state {
        DoseState::Given => ("CONFIRMED", title),
        DoseState::Omitted => ("CANCELLED", format!("{}{title}", super::CANCELLED)),
        DoseState::Held => ("TENTATIVE", format!("HELD – {title}")),
        DoseState::Projected if certain => ("TENTATIVE", title),
        DoseState::Projected => ("TENTATIVE", format!("{title} (if treatment continues)")),
    }
}

fn window(window: Option<Window>) -> String {
    match window {
        Some(Window { earliest, latest }) if earliest != latest => {
            format!("Allowed from {} through {}.", calendar::with_weekday(earliest), calendar::with_weekday(latest))
        }
        _ => String::new(),
    }
}

fn closed(reason: Option<&String>) -> String {
    reason.map_or(String::new(), |reason| format!("The clinic is closed: {reason}."))
}
