//! What stands around the doses: eligibility, criteria, assessments.

use crate::format::codes;
use crate::format::definition::{AssessmentDef, At, BeforeFirstDef, CriterionDef, EligibilityDef, Table, TextOr};
use crate::quantity::{Decimal, Period, Sex};
use crate::regimen::{Assessment, AssessmentWhen, BeforeFirst, Criterion, Eligibility, Event};

use super::desk::{Desk, Place, text, texts};
use super::dose::{kilograms, ml_per_minute, range, years};
use super::source::Book;

pub(super) fn eligibility(
    desk: &mut Desk,
    book: &mut Book,
    def: Option<&Table<EligibilityDef>>,
) -> Option<Eligibility> {
    let Some(def) = def else { return Some(Eligibility::default()) };
    let place = Place::new("[eligibility]", &def.span, "eligibility");
    let age = desk.optional(def.age.as_ref(), |desk, def| range(desk, &place, def, years));
    let weight = desk.optional(def.weight.as_ref(), |desk, def| range(desk, &place, def, kilograms));
    let gfr = desk.optional(def.gfr.as_ref(), |desk, def| range(desk, &place, def, ml_per_minute));
    let sex = desk.optional(def.sex.as_ref(), |desk, at| desk.read(at, Sex::read));
    let provenance = book.table(desk, &place, &def.value, def.source.as_ref(), None);
    let other = texts(def.other.as_ref());
    Some(Eligibility { age: age?, weight: weight?, gfr: gfr?, sex: sex?, other, provenance })
}

pub(super) const OTHERWISE: &[(&str, &str)] = &[("delay", "delay"), ("omit", "omit"), ("hold", "hold"), ("ask", "ask")];

pub(super) fn criterion(desk: &mut Desk, book: &mut Book, def: &Table<CriterionDef>) -> Option<Criterion> {
    let name = def.test.as_ref().map_or("[[criterion]]".to_owned(), |at| format!("criterion {}", at.value));
    let place = Place::new(name, &def.span, "criterion");
    let test = desk.need(&place, "test", def.test.as_ref(), "test = \"neutrophils\"");
    if def.at_least.is_none() && def.at_most.is_none() {
        desk.missing(&place, "at_least", "at_least = \"1.5 10^9/L\" (or at_most)");
    }
    let days = desk.need(&place, "days", def.days.as_ref(), "days = [1]");
    let days = days.and_then(|list| plain_days(desk, list));
    let valid_for = desk.optional(def.valid_for.as_ref(), |desk, at| {
        if at.value == super::UNKNOWN { Some(None) } else { whole_days(desk, at).map(Some) }
    });
    let otherwise = desk.need(&place, "otherwise", def.otherwise.as_ref(), "otherwise = \"delay\"");
    let otherwise = otherwise.and_then(|at| desk.word(at, "word for what follows", OTHERWISE));
    let provenance = book.table(desk, &place, &def.value, def.source.as_ref(), None);
    Some(Criterion {
        test: test?.value.clone(),
        at_least: text(def.at_least.as_ref()),
        at_most: text(def.at_most.as_ref()),
        days: days?,
        valid_for: valid_for?.flatten(),
        otherwise: otherwise?.to_owned(),
        provenance,
    })
}

fn plain_days(desk: &mut Desk, list: &At<Vec<At<i64>>>) -> Option<Vec<i32>> {
    desk.each(&list.value, |desk, at| desk.number(at, "day", -90, 3_660))
}

/// Whole days, a part of a day left out: 36 hours are 1 day.
fn whole_days(desk: &mut Desk, at: &At<String>) -> Option<i32> {
    let minutes = desk.read(at, Period::read)?.minutes();
    let days = minutes.and_then(|minutes| minutes.checked_div(Decimal::from(24 * 60)));
    let days = days.and_then(|days| crate::quantity::decimal::whole(days.floor()));
    if days.is_none() {
        desk.block(codes::QUANTITY, &at.span, format!("\"{}\" is no number of days", at.value), "write \"3 days\"");
    }
    days
}

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

pub(super) fn assessment(desk: &mut Desk, book: &mut Book, def: &Table<AssessmentDef>) -> Option<Assessment> {
    let name = def.name.as_ref().map_or("[[assessment]]".to_owned(), |at| format!("assessment {}", at.value));
    let place = Place::new(name, &def.span, "assessment");
    let name = desk.need(&place, "name", def.name.as_ref(), "name = \"tumour imaging\"");
    let line = "clock = \"calendar from first dose\" (a delay does not move it) or \"with each cycle\"";
    let clock = desk.need(&place, "clock", def.clock.as_ref(), line);
    let clock = clock.and_then(|at| desk.word(at, "clock", CLOCKS));
    let when = clock.and_then(|clock| match clock {
        Clock::Calendar => calendar(desk, &place, def),
        Clock::Cycle => with_cycle(desk, &place, def),
        Clock::From(event) => from_event(desk, &place, def, event),
    });
    let window = desk.optional(def.window.as_ref(), |desk, room| super::cycle::room(desk, &place, room));
    let provenance = book.table(desk, &place, &def.value, def.source.as_ref(), None);
    Some(Assessment { name: name?.value.clone(), when: when?, window: window?, provenance })
}

fn calendar(desk: &mut Desk, place: &Place, def: &AssessmentDef) -> Option<AssessmentWhen> {
    for at in [def.days.as_ref().map(|at| &at.span), def.before.as_ref().map(|at| &at.span)].into_iter().flatten() {
        let text = "`days` and `before` belong to the clock \"with each cycle\"";
        desk.block(codes::ONE_OF, at, text, "write every = \"6 weeks\", or the other clock");
    }
    until_without_event(desk, def);
    if def.every.is_none() && def.before_first_dose.is_none() {
        desk.missing(place, "every", "every = \"6 weeks\" (or before_first_dose = \"28 days\", for a single visit)");
        return None;
    }
    let every = desk.optional(def.every.as_ref(), interval);
    let before = desk.optional(def.before_first_dose.as_ref(), |desk, def| before_first(desk, place, def));
    Some(AssessmentWhen::Calendar { every: every?, before_first: before? })
}

/// `"28 days"`, or from so many days before the first dose to so many.
fn before_first(desk: &mut Desk, place: &Place, def: &TextOr<BeforeFirstDef>) -> Option<BeforeFirst> {
    let def = match def {
        TextOr::Text(at) => return desk.days(at).map(|from| BeforeFirst { from, to: 0 }),
        TextOr::Table(def) => def,
    };
    let place = place.inner("before_first_dose", &def.span);
    let from = desk.need(&place, "from", def.from.as_ref(), "from = \"28 days\"").and_then(|at| desk.days(at));
    let to = desk.need(&place, "to", def.to.as_ref(), "to = \"1 day\"").and_then(|at| desk.days(at));
    let (from, to) = (from?, to?);
    if from < to {
        let text = format!("{from} days before the first dose come after {to} days before it");
        desk.block(
            codes::BOUNDS,
            &def.span,
            text,
            "write the earlier day first, such as { from = \"28 days\", to = \"1 day\" }",
        );
        return None;
    }
    Some(BeforeFirst { from, to })
}

/// `until` ends a series that is counted from an event; the other clocks end with the cycles.
fn until_without_event(desk: &mut Desk, def: &AssessmentDef) {
    if let Some(until) = &def.until {
        let text = "`until` belongs to a series counted from an event; here the last cycle ends it";
        desk.block(codes::ONE_OF, &until.span, text, "leave it out, or write a clock such as \"from last dose\"");
    }
}

fn interval(desk: &mut Desk, at: &At<String>) -> Option<Period> {
    let every = desk.read(at, Period::read)?;
    let day = jiff::civil::date(2026, 1, 1);
    let moves = crate::calendar::plus(day, every).is_some_and(|next| next > day);
    if !moves {
        let text = format!("\"{every}\" is no interval of whole days");
        desk.block(codes::BOUNDS, &at.span, text, "write for example every = \"6 weeks\"");
    }
    moves.then_some(every)
}

fn with_cycle(desk: &mut Desk, place: &Place, def: &AssessmentDef) -> Option<AssessmentWhen> {
    let first = def.before_first_dose.as_ref().map(TextOr::span);
    for at in [def.every.as_ref().map(|at| &at.span), first].into_iter().flatten() {
        let text = "`every` and `before_first_dose` belong to the clock \"calendar from first dose\"";
        desk.block(codes::ONE_OF, at, text, "write days = [1], or the other clock");
    }
    until_without_event(desk, def);
    let days = desk.need(place, "days", def.days.as_ref(), "days = [1]");
    let days = days.and_then(|list| plain_days(desk, list));
    let before = desk.optional(def.before.as_ref(), whole_days);
    Some(AssessmentWhen::Cycle { days: days?, before: before?.unwrap_or(0) })
}

/// Around an event: before it, at it, or after it.
fn from_event(desk: &mut Desk, place: &Place, def: &AssessmentDef, event: Event) -> Option<AssessmentWhen> {
    let first = def.before_first_dose.as_ref().map(TextOr::span);
    for at in [def.days.as_ref().map(|at| &at.span), first].into_iter().flatten() {
        let text = "`days` and `before_first_dose` belong to other clocks";
        desk.block(codes::ONE_OF, at, text, "write after = \"30 days\", or the other clock");
    }
    if let (Some(_), Some(before)) = (&def.after, &def.before) {
        let text = format!("{} comes before {} and after it", place.name, event.words());
        desk.block(codes::ONE_OF, &before.span, text, "keep `after` or `before`; two visits are two tables");
        return None;
    }
    let after = desk.optional(def.after.as_ref(), |desk, at| desk.read(at, Period::read));
    let every = desk.optional(def.every.as_ref(), interval);
    let before = desk.optional(def.before.as_ref(), whole_days);
    let until = desk.optional(def.until.as_ref(), |desk, at| desk.read(at, Period::read));
    let (after, every, until) = (after?, every?, until?);
    if let (Some(at), Some(until)) = (&def.until, until) {
        series(desk, at, [after, every], until)?;
    }
    Some(AssessmentWhen::From { event, after, every, until, before: before? })
}

/// `until` ends a series that it leaves at least one visit.
fn series(desk: &mut Desk, at: &At<String>, [after, every]: [Option<Period>; 2], until: Period) -> Option<()> {
    let Some(every) = every else {
        let text = "`until` ends a series, and without `every` there is one visit";
        desk.block(codes::ONE_OF, &at.span, text, "write every = \"1 month\", or leave `until` out");
        return None;
    };
    let day = jiff::civil::date(2026, 1, 1);
    let first = crate::calendar::plus(day, after.unwrap_or(every));
    let last = crate::calendar::plus(day, until);
    if first.zip(last).is_none_or(|(first, last)| last < first) {
        let text = format!("the series ends {until} after the event, before its first visit");
        desk.block(codes::BOUNDS, &at.span, text, "write the last day that is meant, such as until = \"2 years\"");
        return None;
    }
    Some(())
}
