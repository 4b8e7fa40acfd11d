//! `[cycle]`.

use crate::calendar::DayCount;
use crate::format::codes;
use crate::format::definition::{At, CountDef, CycleDef, RegimenDef, RoomDef, Table, TextOr};
use crate::regimen::{Count, CountKind, Cycle, CycleWord, Next, Omitted, Room, Stated};

use super::resolver::{Read, Resolver, TablePath, UNKNOWN, text, texts};
use super::source::Book;

pub(super) const NEXT: &[(&str, Next)] =
    &[("from actual day 1", Next::FromActual), ("from planned day 1", Next::FromPlanned), (UNKNOWN, Next::Unknown)];

pub(super) const OMITTED: &[(&str, Omitted)] =
    &[("counts", Omitted::Counts), ("does not count", Omitted::DoesNotCount), (UNKNOWN, Omitted::Unknown)];

/// The most cycles that are planned.
const MOST_CYCLES: i64 = 999;

/// What the trial calls its cycles, and the number of the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming {
    pub(super) word: CycleWord,
    pub(super) first: u32,
}

impl Default for Naming {
    fn default() -> Self {
        Naming { word: CycleWord::Cycle, first: 1 }
    }
}

pub(super) const CYCLE_WORDS: &[(&str, CycleWord)] = &[
    (CycleWord::Cycle.one(), CycleWord::Cycle),
    (CycleWord::Week.one(), CycleWord::Week),
    (CycleWord::Month.one(), CycleWord::Month),
    (CycleWord::Period.one(), CycleWord::Period),
    (CycleWord::Visit.one(), CycleWord::Visit),
    (CycleWord::Course.one(), CycleWord::Course),
    (CycleWord::Block.one(), CycleWord::Block),
];

pub(super) fn naming(resolver: &mut Resolver, head: Option<&Table<RegimenDef>>) -> Option<Naming> {
    let word = head.and_then(|def| def.cycle_word.as_ref());
    let word = resolver.optional(word, |resolver, at| resolver.word(at, "word for a cycle", CYCLE_WORDS));
    let first = head.and_then(|def| def.cycles_from.as_ref());
    let first = resolver.optional(first, |resolver, at| resolver.count(at, "number of the first cycle", 0, 1));
    let usual = Naming::default();
    Some(Naming { word: word?.unwrap_or(usual.word), first: first?.unwrap_or(usual.first) })
}

pub(super) fn cycle(
    resolver: &mut Resolver,
    book: &mut Book,
    def: &Table<CycleDef>,
    place: &TablePath,
    naming: Naming,
) -> Option<Cycle> {
    let length = resolver.need(place, "length", def.length.as_ref(), "length = \"21 days\"");
    let length = length.and_then(|at| numbered_length(resolver, naming.word, at));
    let count = resolver.need(place, "count", def.count.as_ref(), "count = { planned = 6 }");
    let count = count.and_then(|def| self::count(resolver, place, def));
    let next = resolver.need(place, "next", def.next.as_ref(), "next = \"from actual day 1\"");
    let next = next.and_then(|at| resolver.or_site(place, "next", at));
    let next = next.and_then(|at| resolver.word(&at, "word for what a delay does", NEXT));
    let next = next.and_then(|next| new_schedule(resolver, def, next));
    let line = "window = { early = \"0 days\", late = \"3 days\" }, or window = \"unknown\"";
    let window = resolver.need(place, "window", def.window.as_ref(), line);
    let window = window.and_then(|room| self::room(resolver, place, room));
    let longest_delay =
        resolver.optional(def.longest_delay.as_ref(), |resolver, at| unless_unknown(at, |at| resolver.days(at)));
    let provenance = book.table(resolver, place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    let (length, step) = length?;
    Some(Cycle {
        length,
        step,
        count: count?,
        stop: texts(def.stop.as_ref()),
        next: next?,
        window: window?,
        longest_delay: longest_delay?.flatten(),
        anchor: text(def.anchor.as_ref()),
        days: if def.day_zero.is_some() { DayCount::AroundZero } else { DayCount::FromOne },
        day_zero: text(def.day_zero.as_ref()),
        before: Vec::new(),
        provenance,
    })
}

/// The old schedule up to so many days late, a new one beyond.
fn new_schedule(resolver: &mut Resolver, def: &CycleDef, next: Next) -> Option<Next> {
    let Some(at) = &def.new_schedule_after else { return Some(next) };
    let days = resolver.days(at)?;
    if next == Next::FromPlanned {
        return Some(Next::FromPlannedUpTo(days));
    }
    let text =
        "`new_schedule_after` belongs to `next = \"from planned day 1\"`: elsewhere every cycle begins a new schedule";
    resolver.block(codes::ONE_OF, &at.span, text, "write next = \"from planned day 1\", or leave the key out");
    None
}

/// `None` inside for `"unknown"`, and the value otherwise.
fn unless_unknown<R>(at: &At<String>, reader: impl FnOnce(&At<String>) -> Option<R>) -> Read<Option<R>> {
    if at.value == UNKNOWN { Some(None) } else { reader(at).map(Some) }
}

pub(super) fn length(resolver: &mut Resolver, at: &At<String>) -> Option<i32> {
    let days = resolver.days(at)?;
    if (1..=3_660).contains(&days) {
        return Some(days);
    }
    let text = format!("a cycle of {days} days makes no sense");
    resolver.block(codes::BOUNDS, &at.span, text, "write the days from one day 1 to the next, such as \"21 days\"");
    None
}

/// The length, and how the numbers of the cycles run by it.
fn numbered_length(resolver: &mut Resolver, word: CycleWord, at: &At<String>) -> Option<(i32, u32)> {
    let days = length(resolver, at)?;
    if let Some(step) = word.step(days) {
        return Some((days, step));
    }
    let (text, help) = match word {
        CycleWord::Week => (
            format!("weeks are numbered as they pass, and {days} days are no whole number of weeks"),
            "write a length in whole weeks, such as \"28 days\", or cycle_word = \"visit\"",
        ),
        _ => (
            format!("one month after the other cannot be numbered by {days} days"),
            "write a length of 28 to 31 days, or cycle_word = \"visit\"",
        ),
    };
    resolver.block(codes::BOUNDS, &at.span, text, help);
    None
}

fn count(resolver: &mut Resolver, place: &TablePath, def: &Table<CountDef>) -> Option<Count> {
    let place = place.inner("count", &def.span);
    let kind = kind(resolver, &place, def);
    let at_most =
        resolver.optional(def.at_most.as_ref(), |resolver, at| resolver.read(at, crate::quantity::Period::read));
    let omitted =
        resolver.optional(def.omitted.as_ref(), |resolver, at| resolver.word(at, "word for an omitted cycle", OMITTED));
    Some(Count { kind: kind?, at_most: at_most?, omitted: omitted?.unwrap_or(Omitted::Unknown) })
}

fn kind(resolver: &mut Resolver, place: &TablePath, def: &CountDef) -> Option<CountKind> {
    let open = def.until_stopped.as_ref().filter(|at| at.value);
    match (&def.up_to, &def.planned, &def.between, open) {
        (Some(at), None, None, None) => cycles(resolver, at).map(CountKind::UpTo),
        (None, Some(at), None, None) => cycles(resolver, at).map(CountKind::Planned),
        (None, None, Some(at), None) => between(resolver, at),
        (None, None, None, Some(_)) => Some(CountKind::UntilStopped),
        (None, None, None, None) => {
            let any = ["up_to", "planned", "between", "until_stopped"];
            if !any.iter().any(|key| resolver.already_reported(&place.span, key)) {
                let text = format!("{} holds no number of cycles", place.name);
                resolver.block(codes::ONE_OF, &place.span, text, KINDS);
            }
            None
        }
        _ => {
            let text = format!("{} says the number of cycles in more than one way", place.name);
            resolver.block(codes::ONE_OF, &place.span, text, KINDS);
            None
        }
    }
}

const KINDS: &str = "write one of { up_to = 8 }, { planned = 6 }, { between = [4, 6] }, { until_stopped = true, at_most = \"24 months\" }";

fn cycles(resolver: &mut Resolver, at: &At<i64>) -> Option<u32> {
    resolver.count(at, "number of cycles", 1, MOST_CYCLES)
}

fn between(resolver: &mut Resolver, at: &At<Vec<At<i64>>>) -> Option<CountKind> {
    if let [least, most] = at.value.as_slice() {
        let (from, to) = (cycles(resolver, least), cycles(resolver, most));
        let (from, to) = (from?, to?);
        if from < to {
            return Some(CountKind::Between(from, to));
        }
    }
    let text = "`between` takes the least and the most cycles";
    resolver.block(codes::BOUNDS, &at.span, text, "write for example between = [4, 6]");
    None
}

/// Room around a planned day, or unknown.
pub(super) fn room(resolver: &mut Resolver, place: &TablePath, def: &TextOr<RoomDef>) -> Option<Stated<Room>> {
    let line = "{ early = \"0 days\", late = \"3 days\" }";
    match resolver.table_or_site(place, "window", def)? {
        TextOr::Text(at) if at.value == UNKNOWN => Some(Stated::Unknown),
        TextOr::Text(at) => {
            let text = format!("\"{}\" is not a window", crate::quantity::number::shown(&at.value));
            resolver.block(codes::WORD, &at.span, text, &format!("write {line}, \"site\" or \"unknown\""));
            None
        }
        TextOr::Table(def) => {
            let place = place.inner("window", &def.span);
            let early = resolver.need(&place, "early", def.early.as_ref(), "early = \"0 days\"");
            let early = early.and_then(|at| resolver.days(at));
            let late = resolver.need(&place, "late", def.late.as_ref(), "late = \"3 days\"");
            let late = late.and_then(|at| resolver.days(at));
            Some(Stated::Is(Room { early: early?, late: late? }))
        }
    }
}
