//! What a monitor asks for: doses off by more than the limit, visits out of their window, doses not
//! given, days set by hand; and, apart from them, warnings answered with a reason.

use serde::Serialize;

use crate::calendar;
use crate::course::event::{Delayed, Event, Note};
use crate::course::fold::{Delivered, EntryStatus};
use crate::course::visit::visit_words;
use crate::course::{Departure, Folded, Noted};
use crate::plan::{AdministrationState, Plan, way};
use crate::quantity::number;
use crate::regimen::Regimen;

/// What a row tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Treatment, or the keeping of the record, was otherwise than planned.
    Deviation,
    /// A dose of the treatment was given that no second person had worked out.
    NotDoubleChecked,
    /// A warning was answered with a reason; nothing need have been otherwise.
    Answered,
}

impl Category {
    /// As it is written in files and asked for.
    pub const fn word(self) -> &'static str {
        match self {
            Category::Deviation => "deviation",
            Category::NotDoubleChecked => "not-double-checked",
            Category::Answered => "answered",
        }
    }
}

/// One deviation, or one answered warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// The day it belongs to, ISO.
    pub date: String,
    /// Whether it is a deviation or an answered warning.
    pub category: Category,
    /// What it is: the code of the warning, `omitted`, `delayed`, `out of window` …
    pub kind: String,
    /// What happened.
    pub text: String,
    /// The reason that was typed.
    pub reason: String,
    /// Who typed it.
    pub who: String,
    /// The entry.
    pub entry: Option<u64>,
    /// `important` or `not important`, of a deviation that a person noted; else empty.
    pub grade: &'static str,
}

/// Every deviation of a subject, by date.
pub fn deviations(regimen: &Regimen, folded: &Folded, plan: Option<&Plan>) -> Vec<Deviation> {
    let mut all = Vec::new();
    for item in folded.history.iter().filter(|item| !matches!(item.status, EntryStatus::UndoneBy(_))) {
        let entry = &item.entry;
        let row = |category: Category, kind: &str, text: String, reason: &str| Deviation {
            date: calendar::iso(entry.effective),
            category,
            kind: kind.to_owned(),
            text,
            reason: reason.to_owned(),
            who: entry.who.clone(),
            entry: Some(entry.seq),
            grade: "",
        };
        let answers = entry.answers.iter();
        all.extend(answers.map(|one| row(Category::Answered, &one.code, one.text.clone(), &one.reason)));
        if let Some(day) = &entry.today {
            let day = calendar::read(day).map_or_else(|_| day.clone(), calendar::print);
            let text = format!("{day} was taken for today; the entry was typed at {}.", entry.recorded);
            all.push(row(Category::Deviation, "day set by hand", text, ""));
        }
        let now = folded.now(entry.seq);
        let told = now.and_then(|(on, event)| Some((on, event, of_event(event, regimen, plan)?)));
        if let Some((on, event, (kind, text, reason))) = told {
            let grade = noted(event).map_or("", Departure::grade);
            let date = calendar::iso(on);
            all.push(Deviation { date, grade, ..row(Category::Deviation, kind, text, reason) });
        }
    }
    all.extend(plan.map(|plan| windows(regimen, plan)).unwrap_or_default());
    all.extend(way::unverified(regimen, folded).into_iter().map(|one| not_double_checked(regimen, folded, one)));
    all.sort_by(|a, b| (&a.date, a.entry).cmp(&(&b.date, b.entry)));
    all
}

/// What kind of deviation an event is, what happened, and the reason that was typed; nothing of one that is none.
fn of_event<'a>(event: &'a Event, regimen: &Regimen, plan: Option<&Plan>) -> Option<(&'static str, String, &'a str)> {
    Some(match event {
        Event::Omitted(one) | Event::Held(one) => {
            let word = match event {
                Event::Held(_) => "held",
                _ if one.missed => "missed",
                _ => "omitted",
            };
            (word, format!("{} was {word}.", one.words(regimen)), &one.reason)
        }
        Event::Delayed(one) => {
            let days = format!("{} was delayed by {} days.", regimen.cycle_word.titled(one.cycle.1), one.days);
            let text = plan.and_then(|plan| begun(plan, one)).map_or(days.clone(), |begun| format!("{days} {begun}"));
            (if one.required { "delayed as the protocol requires" } else { "delayed" }, text, &one.reason)
        }
        Event::Given(one) if one.partly => {
            let text = format!("{}: {} was given.", one.key.named(regimen), one.portion());
            ("given in part", text, one.reason.as_deref().unwrap_or_default())
        }
        Event::Redacted(one) => ("redacted", format!("The texts of entry {} were taken away.", one.entry), &one.reason),
        Event::DoubleChecked(one) if !one.agrees() => ("double check differs", format!("{}.", one.words(regimen)), ""),
        Event::Verified(one) if !one.agrees => {
            let text = format!("Entry {} was typed again: {}.", one.entry, one.differences.join("; "));
            ("second check differs", text, "")
        }
        Event::Note(note) => (noted(event)?.kind.words(), "Noted as a deviation.".to_owned(), &note.reason),
        _ => return None,
    })
}

/// One row a visit, however many of its doses nobody had worked out.
fn not_double_checked(regimen: &Regimen, folded: &Folded, one: &Delivered) -> Deviation {
    let key = &one.given.key;
    let visit = visit_words(regimen.cycle_word, &(key.phase.clone(), key.cycle), key.day);
    Deviation {
        date: calendar::iso(one.on),
        category: Category::NotDoubleChecked,
        kind: Category::NotDoubleChecked.word().to_owned(),
        text: format!("{visit} was given without an independent double check."),
        reason: String::new(),
        who: folded.entry(one.seq).map_or_else(String::new, |item| item.entry.who.clone()),
        entry: Some(one.seq),
        grade: "",
    }
}

/// The deviation that a remark tells of.
fn noted(event: &Event) -> Option<Departure> {
    match event {
        Event::Note(Note { what: Some(Noted::Deviation(one)), .. }) => Some(*one),
        _ => None,
    }
}

/// The day on which a delayed cycle began, where it is another than it was delayed to: late and early count from that one.
fn begun(plan: &Plan, delayed: &Delayed) -> Option<String> {
    let cycle = plan.cycles.iter().find(|cycle| cycle.begun && cycle.key() == delayed.cycle)?;
    let later = cycle.delay.saturating_sub(delayed.days);
    let moved = calendar::plus_days(cycle.actual, -later).filter(|_| later != 0)?;
    let side = if later < 0 { "before" } else { "after" };
    let days = number::count(later.unsigned_abs(), "day");
    let (began, moved) = (calendar::with_weekday(cycle.actual), calendar::with_weekday(moved));
    Some(format!("It began on {began}, {days} {side} the day it was moved to, {moved}."))
}

/// Doses given outside their window, whatever the reason.
fn windows(regimen: &Regimen, plan: &Plan) -> Vec<Deviation> {
    let given = plan.administrations.iter().filter(|one| one.state == AdministrationState::Given);
    let outside = given.filter_map(|one| {
        let window = one.window.filter(|window| !window.holds(one.date))?;
        let (word, edge) =
            if one.date < window.earliest { ("early", window.earliest) } else { ("late", window.latest) };
        let days = number::count(calendar::days_between(edge, one.date).unsigned_abs(), "day");
        let text = format!(
            "{} was given on {}, {days} too {word}; its window is {} through {}.",
            one.key.named(regimen),
            calendar::with_weekday(one.date),
            calendar::print(window.earliest),
            calendar::print(window.latest)
        );
        Some(Deviation {
            date: calendar::iso(one.date),
            category: Category::Deviation,
            kind: "out of window".to_owned(),
            text,
            reason: String::new(),
            who: String::new(),
            entry: None,
            grade: "",
        })
    });
    outside.collect()
}
