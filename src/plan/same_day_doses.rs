//! One drug planned twice on one day, from two cycles, two phases or two days.
//!
//! Nobody means that: a cycle was made shorter than its days, a dose was moved onto the next, two phases overlap. Where the
//! regimen alone does it, nothing is planned; where a delay or a dose on another day does it, whoever records it is asked.
//! What a file lists for one day of one cycle (a bolus and an infusion) is meant, and is the checker's affair.

use crate::calendar::{self, Date, days_between, plus_days};
use crate::course::Course;
use crate::finding::{Field, Finding};
use crate::regimen::{CycleWord, Drug, HalfDay, Regimen, Role};

use super::{Administration, Plan};

/// The half-days a dose takes, counted from the first day of the plan; a run at home from its first dose to its last.
struct Taken<'a> {
    one: &'a Administration,
    drug: &'a Drug,
    identity: (String, Option<String>, Option<String>, Role),
    from: i32,
    through: i32,
}

/// Every drug that stands twice on one day.
pub(super) fn findings<'p>(regimen: &'p Regimen, course: &Course, plan: &'p Plan) -> Vec<Finding> {
    let Some(first) = plan.administrations.iter().map(|one| one.date).min() else { return Vec::new() };
    let mut taken: Vec<Taken<'_>> = Vec::new();
    for one in plan.administrations.iter().filter(|one| one.planned.is_some() && !one.state.is_left_out()) {
        // Of several doses a day, the first stands for all of them.
        let same = |known: &Taken<'_>| same_day(known.one, one) && known.one.key.drug == one.key.drug;
        if taken.iter().rev().take_while(|known| known.one.date >= before(one.date)).any(same) {
            continue;
        }
        let of = |drug: &'p Drug| Taken {
            one,
            drug,
            identity: drug.identity(),
            from: from(one, first),
            through: through(one, first),
        };
        taken.extend(plan.drug_of(regimen, one).map(of));
    }
    let recorded = !(course.recorded.is_empty() && course.delays.is_empty());
    pairs(&taken).iter().map(|pair| told(pair, regimen.cycle_word, first, recorded)).collect()
}

/// Doses at hours after another may reach into the next days.
fn before(date: Date) -> Date {
    plus_days(date, -14).unwrap_or(date)
}

fn same_day(one: &Administration, other: &Administration) -> bool {
    (one.phase, one.key.cycle, one.key.day) == (other.phase, other.key.cycle, other.key.day)
}

fn from(one: &Administration, first: Date) -> i32 {
    let evening = one.run.as_ref().is_some_and(|run| run.starts == Some(HalfDay::Evening));
    half(days_between(first, one.date), evening)
}

fn through(one: &Administration, first: Date) -> i32 {
    let Some(run) = &one.run else { return half(days_between(first, one.date), true) };
    half(days_between(first, run.through), run.ends != Some(HalfDay::Morning))
}

fn half(day: i32, evening: bool) -> i32 {
    day.saturating_mul(2).saturating_add(i32::from(evening))
}

/// Two doses on one day, with how many more of the same two entries follow.
type Pair<'a, 'p> = (&'a Taken<'p>, &'a Taken<'p>, usize);

/// The first pair of each two entries of the file.
fn pairs<'a, 'p>(taken: &'a [Taken<'p>]) -> Vec<Pair<'a, 'p>> {
    let mut found: Vec<Pair<'a, 'p>> = Vec::new();
    let mut by_drug: Vec<&Taken<'p>> = taken.iter().collect();
    by_drug.sort_by(|a, b| (&a.identity, a.from).cmp(&(&b.identity, b.from)));
    for (at, one) in by_drug.iter().copied().enumerate() {
        let later = by_drug.iter().copied().skip(at + 1).take_while(|other| other.identity == one.identity);
        for other in later.take_while(|other| other.from <= one.through).filter(|other| !meant(one, other)) {
            let entries = |pair: &&mut Pair<'_, '_>| {
                (&pair.0.one.key.drug, &pair.1.one.key.drug) == (&one.one.key.drug, &other.one.key.drug)
            };
            match found.iter_mut().find(entries) {
                Some(known) => known.2 += 1,
                None => found.push((one, other, 0)),
            }
        }
    }
    found
}

/// Two entries of a file for days of one cycle that meet.
fn meant(one: &Taken<'_>, other: &Taken<'_>) -> bool {
    let last = |taken: &Taken<'_>| {
        let key = &taken.one.key;
        taken.one.run.as_ref().map_or(key.day, |run| run.through_day)
    };
    let cycle = |taken: &Taken<'_>| (taken.one.phase, taken.one.key.cycle);
    let (a, b) = (one.one.key.day, other.one.key.day);
    cycle(one) == cycle(other) && one.one.key.drug != other.one.key.drug && a <= last(other) && b <= last(one)
}

fn told((one, other, more): &Pair<'_, '_>, word: CycleWord, first: Date, recorded: bool) -> Finding {
    let day = |half: i32| plus_days(first, half.div_euclid(2)).map(calendar::print).unwrap_or_default();
    let (begins, ends) = (one.from.max(other.from), one.through.min(other.through));
    let when = if day(begins) == day(ends) {
        format!("on {}", day(begins))
    } else {
        format!("on every day from {} through {}", day(begins), day(ends))
    };
    let name = one.drug.full_name();
    let more = match more {
        0 => String::new(),
        1 => ", and once more after that".to_owned(),
        more => format!(", and {more} times more after that"),
    };
    let text = format!("{name} would be given twice {when}: {} and {}{more}.", place(one, word), place(other, word));
    if recorded {
        let help = "omit one of the two, delay the later one, or say why both are meant";
        Finding::warn(super::codes::SAME_DAY_TWICE, text).field(Field::Days).help(help)
    } else {
        let help = "correct the regimen: the days, the `length` of a level or a row, or where a phase begins";
        Finding::block(super::codes::SAME_DAY_TWICE, text).help(help)
    }
}

/// `cycle 1 day 22`, with the phase before it where there are several.
fn place(taken: &Taken<'_>, word: CycleWord) -> String {
    let key = &taken.one.key;
    let phase = key.phase.as_ref().map(|phase| format!("phase {phase} ")).unwrap_or_default();
    match &taken.one.run {
        Some(run) if run.through_day != key.day => {
            format!("{phase}{} days {} through {}", word.numbered(key.cycle), key.day, run.through_day)
        }
        _ => format!("{phase}{} day {}", word.numbered(key.cycle), key.day),
    }
}
