//! `[[assessment]]`: what is looked at, and when.

use crate::format::codes;
use crate::format::definition::{AssessmentDef, At, BeforeFirstDef, Table, TextOr};
use crate::quantity::Period;
use crate::regimen::{Assessment, AssessmentWhen, BeforeFirst, Event};

use super::days::{plain_days, whole_days};
use super::resolver::{Resolver, TablePath};
use super::source::Book;

#[derive(Clone, Copy)]
pub(super) enum Clock {
    Calendar,
    Cycle,
    From(Event),
}

pub(super) const CLOCKS: &[(&str, Clock)] = &[
    ("calendar from first dose", Clock::Calendar),
    ("with each cycle", Clock::Cycle),
    ("from consent", Clock::From(Event::Consent)),
    ("from enrolment", Clock::From(Event::Enrolment)),
    ("from randomisation", Clock::From(Event::Randomisation)),
    ("from last dose", Clock::From(Event::LastDose)),
    ("from stop", Clock::From(Event::Stop)),
    ("from progression", Clock::From(Event::Progression)),
];

pub(super) fn assessment(resolver: &mut Resolver, book: &mut Book, def: &Table<AssessmentDef>) -> Option<Assessment> {
    let name = def.name.as_ref().map_or("[[assessment]]".to_owned(), |at| format!("assessment {}", at.value));
    let place = TablePath::new(name, &def.span, "assessment");
    let name = resolver.need(&place, "name", def.name.as_ref(), "name = \"tumour imaging\"");
    let line = "clock = \"calendar from first dose\" (a delay does not move it) or \"with each cycle\"";
    let clock = resolver.need(&place, "clock", def.clock.as_ref(), line);
    let clock = clock.and_then(|at| resolver.word(at, "clock", CLOCKS));
    let when = clock.and_then(|clock| match clock {
        Clock::Calendar => calendar(resolver, &place, def),
        Clock::Cycle => with_cycle(resolver, &place, def),
        Clock::From(event) => from_event(resolver, &place, def, event),
    });
    let window = resolver.optional(def.window.as_ref(), |resolver, room| super::cycle::room(resolver, &place, room));
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), None);
    Some(Assessment { name: name?.value.clone(), when: when?, window: window?, provenance })
}

fn calendar(resolver: &mut Resolver, place: &TablePath, def: &AssessmentDef) -> Option<AssessmentWhen> {
    for at in [def.days.as_ref().map(|at| &at.span), def.before.as_ref().map(|at| &at.span)].into_iter().flatten() {
        let text = "`days` and `before` belong to the clock \"with each cycle\"";
        resolver.block(codes::ONE_OF, at, text, "write every = \"6 weeks\", or the other clock");
    }
    without_event(resolver, def);
    if def.every.is_none() && def.before_first_dose.is_none() {
        resolver.missing(
            place,
            "every",
            "every = \"6 weeks\" (or before_first_dose = \"28 days\", for a single visit)",
        );
        return None;
    }
    let every = resolver.optional(def.every.as_ref(), interval);
    let before = resolver.optional(def.before_first_dose.as_ref(), |resolver, def| before_first(resolver, place, def));
    Some(AssessmentWhen::Calendar { every: every?, before_first: before? })
}

/// `"28 days"`, or from so many days before the first dose to so many.
fn before_first(resolver: &mut Resolver, place: &TablePath, def: &TextOr<BeforeFirstDef>) -> Option<BeforeFirst> {
    let def = match def {
        TextOr::Text(at) => return resolver.days(at).map(|from| BeforeFirst { from, to: 0 }),
        TextOr::Table(def) => def,
    };
    let place = place.inner("before_first_dose", &def.span);
    let from = resolver.need(&place, "from", def.from.as_ref(), "from = \"28 days\"").and_then(|at| resolver.days(at));
    let to = resolver.need(&place, "to", def.to.as_ref(), "to = \"1 day\"").and_then(|at| resolver.days(at));
    let (from, to) = (from?, to?);
    if from < to {
        let text = format!("{from} days before the first dose come after {to} days before it");
        resolver.block(
            codes::BOUNDS,
            &def.span,
            text,
            "write the earlier day first, such as { from = \"28 days\", to = \"1 day\" }",
        );
        return None;
    }
    Some(BeforeFirst { from, to })
}

/// `after` and `until` belong to a series that is counted from an event; the other clocks have their own days and end with the
/// cycles.
fn without_event(resolver: &mut Resolver, def: &AssessmentDef) {
    if let Some(after) = &def.after {
        let text = "`after` belongs to a visit counted from an event; here it would be read by nobody";
        let help = "say the day with `days` or `every`, or write a clock such as \"from last dose\"; hours after a dose belong in the name";
        resolver.block(codes::ONE_OF, &after.span, text, help);
    }
    if let Some(until) = &def.until {
        let text = "`until` belongs to a series counted from an event; here the last cycle ends it";
        resolver.block(codes::ONE_OF, &until.span, text, "leave it out, or write a clock such as \"from last dose\"");
    }
}

fn interval(resolver: &mut Resolver, at: &At<String>) -> Option<Period> {
    let every = resolver.read(at, Period::read)?;
    let day = jiff::civil::date(2026, 1, 1);
    let moves = crate::calendar::plus(day, every).is_some_and(|next| next > day);
    if !moves {
        let text = format!("\"{every}\" is not an interval of whole days");
        resolver.block(codes::BOUNDS, &at.span, text, "write for example every = \"6 weeks\"");
    }
    moves.then_some(every)
}

fn with_cycle(resolver: &mut Resolver, place: &TablePath, def: &AssessmentDef) -> Option<AssessmentWhen> {
    let first = def.before_first_dose.as_ref().map(TextOr::span);
    for at in [def.every.as_ref().map(|at| &at.span), first].into_iter().flatten() {
        let text = "`every` and `before_first_dose` belong to the clock \"calendar from first dose\"";
        resolver.block(codes::ONE_OF, at, text, "write days = [1], or the other clock");
    }
    without_event(resolver, def);
    let days = resolver.need(place, "days", def.days.as_ref(), "days = [1]");
    let days = days.and_then(|list| plain_days(resolver, list));
    let before = resolver.optional(def.before.as_ref(), whole_days);
    Some(AssessmentWhen::Cycle { days: days?, before: before?.unwrap_or(0) })
}

/// Around an event: before it, at it, or after it.
fn from_event(resolver: &mut Resolver, place: &TablePath, def: &AssessmentDef, event: Event) -> Option<AssessmentWhen> {
    let first = def.before_first_dose.as_ref().map(TextOr::span);
    for at in [def.days.as_ref().map(|at| &at.span), first].into_iter().flatten() {
        let text = "`days` and `before_first_dose` belong to other clocks";
        resolver.block(codes::ONE_OF, at, text, "write after = \"30 days\", or the other clock");
    }
    if let (Some(_), Some(before)) = (&def.after, &def.before) {
        let text = format!("{} comes before {} and after it", place.name, event.words());
        resolver.block(codes::ONE_OF, &before.span, text, "keep `after` or `before`; two visits are two tables");
        return None;
    }
    let after = resolver.optional(def.after.as_ref(), |resolver, at| resolver.read(at, Period::read));
    let every = resolver.optional(def.every.as_ref(), interval);
    let before = resolver.optional(def.before.as_ref(), whole_days);
    let until = resolver.optional(def.until.as_ref(), |resolver, at| resolver.read(at, Period::read));
    let (after, every, until) = (after?, every?, until?);
    if let (Some(at), Some(until)) = (&def.until, until) {
        series(resolver, at, [after, every], until)?;
    }
    Some(AssessmentWhen::From { event, after, every, until, before: before? })
}

/// `until` ends a series that it leaves at least one visit.
fn series(resolver: &mut Resolver, at: &At<String>, [after, every]: [Option<Period>; 2], until: Period) -> Option<()> {
    let Some(every) = every else {
        let text = "`until` ends a series, and without `every` there is one visit";
        resolver.block(codes::ONE_OF, &at.span, text, "write every = \"1 month\", or leave `until` out");
        return None;
    };
    let day = jiff::civil::date(2026, 1, 1);
    let first = crate::calendar::plus(day, after.unwrap_or(every));
    let last = crate::calendar::plus(day, until);
    if first.zip(last).is_none_or(|(first, last)| last < first) {
        let text = format!("the series ends {until} after the event, before its first visit");
        resolver.block(codes::BOUNDS, &at.span, text, "write the last day that is meant, such as until = \"2 years\"");
        return None;
    }
    Some(())
}
