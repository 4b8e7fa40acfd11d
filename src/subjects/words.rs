//! What a record says, in sentences that every front end shows.

use std::collections::BTreeMap;

use crate::calendar;
use crate::course::event::{Event, Verified};
use crate::course::fold::{EntryStatus, HistoryEntry};
use crate::course::{Folded, Key};
use crate::decide::{Affected, Change};
use crate::finding::Finding;
use crate::ledger::{self, DrugLedger, Ledger};
use crate::plan::lifetime::LifetimeTotal;
use crate::quantity::{Amount, Decimal, ProtocolDose, decimal, number};
use crate::regimen::Regimen;
use crate::store::Store;

use super::findings;

/// An entry of the history, and what became of it.
pub fn history(regimen: &Regimen, item: &HistoryEntry) -> String {
    let entry = &item.entry;
    let status = match item.status {
        EntryStatus::Holds => String::new(),
        EntryStatus::CorrectedBy(by) => format!("  (corrected by entry {by})"),
        EntryStatus::UndoneBy(by) => format!("  (undone by entry {by})"),
    };
    let by_hand = if entry.today.is_some() { "  (day set by hand)" } else { "" };
    let imported = if entry.origin.is_empty() { "" } else { "  (imported)" };
    format!(
        "{:>4}  {}  {}{}{status}{by_hand}{imported}",
        entry.seq,
        calendar::print(entry.effective),
        what(regimen, item),
        reason(item)
    )
}

/// Entries that hold and changed what was planned (held, omitted, delayed, a level): from them a person counts
/// how often something has happened, which nothing else tells.
pub fn modifications(regimen: &Regimen, folded: &Folded) -> Vec<String> {
    let modifies =
        |event: &Event| matches!(event, Event::Held(_) | Event::Omitted(_) | Event::Delayed(_) | Event::Changed(_));
    let holds = |item: &&HistoryEntry| item.status == EntryStatus::Holds && modifies(&item.entry.event);
    folded.history.iter().filter(holds).map(|item| history(regimen, item)).collect()
}

fn what(regimen: &Regimen, item: &HistoryEntry) -> String {
    let event = &item.entry.event;
    let about = event.points_at().map_or_else(String::new, |at| format!(" entry {at}"));
    let subject = event.about(regimen).map_or_else(String::new, |about| format!(" {about}"));
    format!("{}{about}{subject}", event.kind())
}

fn reason(item: &HistoryEntry) -> String {
    item.entry.event.reason().map_or_else(String::new, |reason| format!(": {reason}"))
}

/// Who recorded an entry and when, both columns of a double check, and the warnings that were answered with it.
pub fn provenance(regimen: &Regimen, item: &HistoryEntry) -> Vec<String> {
    let entry = &item.entry;
    let mut lines = vec![format!("recorded by {} at {}", entry.who, entry.recorded)];
    if let Event::DoubleChecked(check) = &entry.event {
        lines.extend(check.columns(regimen));
    }
    lines.extend(entry.today.as_deref().map(day_by_hand));
    lines.extend((!entry.origin.is_empty()).then(|| format!("imported from record {}", short(&entry.origin))));
    lines.extend(entry.answers.iter().map(|answer| format!("answered {}: {}", answer.code, answer.reason)));
    lines
}

/// As much of a record's identity as tells it from others.
pub fn short(identity: &str) -> String {
    identity.chars().take(12).collect()
}

/// That a subject came in from other records, and which entries did.
pub fn imported(folded: &Folded) -> Vec<String> {
    let mut from: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for entry in folded.history.iter().map(|item| &item.entry).filter(|entry| !entry.origin.is_empty()) {
        from.entry(&entry.origin).or_default().push(entry.seq);
    }
    let line = |(origin, seqs): (&str, Vec<u64>)| {
        let (first, last) = (seqs.first().copied().unwrap_or_default(), seqs.last().copied().unwrap_or_default());
        let entries = if first == last { format!("entry {first}") } else { format!("entries {first} through {last}") };
        format!("Imported from record {}: {entries}", short(origin))
    };
    from.into_iter().map(line).collect()
}

/// `Recorded for S-014 as entry 12`
pub fn standing(code: &str, seqs: &[u64]) -> String {
    match seqs {
        [first, .., last] => format!("Recorded for {code} as entries {first} through {last}"),
        seqs => format!("Recorded for {code} as entry {}", seqs.first().copied().unwrap_or_default()),
    }
}

/// That the day was not the clock's.
fn day_by_hand(day: &str) -> String {
    let day = calendar::read(day).map_or_else(|_| day.to_owned(), calendar::print);
    format!("day set by hand: {day} was taken for today")
}

/// A change of one dose, or the same change of several of one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ChangeLine {
    /// `C2D1 irinotecan liposomal, nimotuzumab`
    pub what: String,
    pub of: &'static str,
    pub old: String,
    pub new: String,
}

/// Changes that are the same for several drugs of one visit, told once:
/// `C2D1 irinotecan liposomal, nimotuzumab`.
pub fn grouped(changes: &[Change]) -> Vec<ChangeLine> {
    let mut lines: Vec<ChangeLine> = Vec::new();
    let mut last: Option<&Key> = None;
    for one in changes {
        let dose = if let Affected::Dose(key, drug, _) = &one.what { Some((key, drug)) } else { None };
        let key = dose.map(|(key, _)| key);
        let visit = |key: &Key| (key.phase.clone(), key.cycle, key.day);
        let same_visit = last.zip(key).is_some_and(|(last, key)| visit(last) == visit(key));
        let same = |line: &&mut ChangeLine| (line.of, &line.old, &line.new) == (one.of, &one.old, &one.new);
        match (dose, lines.last_mut().filter(|_| same_visit).filter(same)) {
            (Some((_, drug)), Some(line)) => line.what = format!("{}, {drug}", line.what),
            _ => lines.push(ChangeLine {
                what: one.what.to_string(),
                of: one.of,
                old: one.old.clone(),
                new: one.new.clone(),
            }),
        }
        last = key;
    }
    lines
}

/// Every dose given, by date.
pub fn given(regimen: &Regimen, folded: &Folded) -> Vec<String> {
    folded
        .delivered
        .iter()
        .map(|one| {
            let dose = one.given.portion().to_string();
            let planned = one.given.planned_words.clone().or(one.given.planned.map(|planned| planned.to_string()));
            let planned = match planned {
                Some(planned) if planned == dose => String::new(),
                Some(planned) => format!(" (planned {planned})"),
                None => " (not planned)".to_owned(),
            };
            let part = if one.given.partly { ", in part" } else { "" };
            let second = if one.given.second { ", a second dose" } else { "" };
            let on = calendar::with_weekday(one.on);
            let product = &one.given.product;
            let from = if product.is_empty() { String::new() } else { format!(", {product}") };
            let times = &one.given.times;
            let hours = if times.is_empty() { String::new() } else { format!(", {times}") };
            let key = one.given.key.named(regimen);
            format!("{on}  {key}  {dose}{planned}{part}{second}{hours}{from}  [entry {}]", one.seq)
        })
        .collect()
}

fn percent(value: Decimal) -> String {
    format!("{} %", number::print(decimal::half_up(value, 1)))
}

fn amount(amount: Option<Amount>) -> String {
    amount.map_or_else(
        || "unknown".to_owned(),
        |amount| Amount { value: decimal::half_up(amount.value, 3), ..amount }.to_string(),
    )
}

/// Planned and delivered doses, cumulative doses, dose intensity with its convention.
pub fn ledger(regimen: &Regimen, ledger: &Ledger) -> Vec<String> {
    let mut lines = vec![format!(
        "Doses so far: {} begun, {} days planned, {} days taken",
        regimen.cycle_word.tally(ledger.cycles),
        ledger.planned_days,
        ledger.actual_days
    )];
    lines.extend(ledger.drugs.iter().map(|one| drug(regimen, one)));
    let uncounted = ledger.drugs.iter().any(|one| one.uncounted > 0);
    let unknown = uncounted.then(|| "regimen: dose intensity unknown".to_owned());
    let whole = ledger.regimen.map(|whole| format!("regimen: dose intensity {}", percent(whole)));
    lines.extend(whole.or(unknown));
    lines.push(ledger::CONVENTION.to_owned());
    lines
}

/// Whether the newest figures that doses rest on were typed again by a second person, and from which
/// state of the record this is: what stands on everything that goes out.
pub fn verification(folded: &Folded, store: &Store) -> String {
    let rests = |item: &&HistoryEntry| matches!(item.entry.event, Event::Enrolled(_) | Event::Measured(_));
    let newest =
        folded.history.iter().rev().filter(rests).find(|item| !matches!(item.status, EntryStatus::UndoneBy(_)));
    let checked = newest.and_then(|item| {
        let (by, check) = last_check(folded, item)?;
        let found = if check.agrees { "the same" } else { "DIFFERS" };
        Some(format!("Entry {} typed again by {}: {found}", item.entry.seq, by.entry.who))
    });
    let checked = checked.unwrap_or_else(|| "Not verified by a second person".to_owned());
    let seen = newest.map(|item| item.entry.seq);
    let others = differing(folded).into_iter().filter(|(entry, ..)| Some(*entry) != seen);
    let others = others.map(|(entry, who, _)| format!("entry {entry} typed again by {who}: DIFFERS"));
    let checked = std::iter::once(checked).chain(others).collect::<Vec<_>>().join("; ");
    let (identity, head) = (store.identity(), store.head());
    let events = number::count(head.count, "event");
    format!("{checked}; record {} of {events}, head {}", short(&identity), short(&head.hash))
}

/// The newest check of an entry; a correction after the check is a figure nobody has checked.
fn last_check<'a>(folded: &'a Folded, item: &HistoryEntry) -> Option<(&'a HistoryEntry, &'a Verified)> {
    let since = if let EntryStatus::CorrectedBy(by) = item.status { by } else { item.entry.seq };
    let holds = |one: &&HistoryEntry| one.entry.seq > since && !matches!(one.status, EntryStatus::UndoneBy(_));
    folded.history.iter().rev().filter(holds).find_map(|one| match &one.entry.event {
        Event::Verified(check) if check.entry == item.entry.seq => Some((one, check)),
        _ => None,
    })
}

/// Entries that a second person typed differently, and nobody has corrected or checked since: entry, who, what.
fn differing(folded: &Folded) -> Vec<(u64, &str, &[String])> {
    let stands = folded.history.iter().filter(|item| !matches!(item.status, EntryStatus::UndoneBy(_)));
    let differs = stands.filter_map(|item| {
        let (by, check) = last_check(folded, item).filter(|(_, check)| !check.agrees)?;
        Some((item.entry.seq, by.entry.who.as_str(), check.differences.as_slice()))
    });
    differs.collect()
}

/// The same as findings, for those who look at the subject.
pub fn checks_that_differ(folded: &Folded) -> Vec<Finding> {
    differing(folded).into_iter().map(|(entry, who, all)| findings::check_differs(entry, who, all)).collect()
}

/// Each lifetime limit, with what counts towards it.
pub fn limits(sums: &[LifetimeTotal]) -> Vec<String> {
    sums.iter().map(limit).collect()
}

fn limit(sum: &LifetimeTotal) -> String {
    let figure = |value: Option<Decimal>| {
        value.map_or_else(
            || "unknown".to_owned(),
            |value| ProtocolDose { value: decimal::half_up(value, 1), ..sum.most }.to_string(),
        )
    };
    let share = sum.percent().map_or_else(String::new, |share| format!(", {}", percent(share)));
    format!(
        "{}: received before {}, given {}, with what is planned {}; at most {}{share} so far",
        sum.name,
        figure(sum.before),
        figure(sum.given),
        figure(sum.planned),
        sum.most
    )
}

fn drug(regimen: &Regimen, one: &DrugLedger) -> String {
    let none = match one.uncounted {
        0 => "dose intensity not computed".to_owned(),
        runs => format!("dose intensity unknown ({} at home not counted)", number::count(runs as u64, "run")),
    };
    let intensity = one.intensity.map_or(none, |i| {
        format!("dose intensity {} (dose {}, time {})", percent(i.relative), percent(i.dose), percent(i.time))
    });
    let delivered = if one.doses == 0 && one.uncounted == 0 { "none".to_owned() } else { amount(one.delivered) };
    let planned = one.planned.map_or_else(|| "none".to_owned(), |planned| amount(Some(planned)));
    let cumulative = match &one.before {
        None => "exposure before not asked".to_owned(),
        Some(_) => format!("cumulative {}", amount(one.cumulative)),
    };
    format!(
        "{}: {}, {delivered} delivered of {planned} planned at full dose; {cumulative}; {intensity}",
        regimen.name_of(&one.drug, None, 1),
        number::count(one.doses as u64, "dose")
    )
}
