//! Days that were added, dropped or moved.

use crate::regimen::{Days, Drug, Regimen};

use super::page::{Names, drugs};
use super::{Change, Concern, full_name, words};

/// The days of every drug that stands in both.
pub(super) fn changes(old: &Regimen, new: &Regimen, names: &Names) -> Vec<Change> {
    let before = drugs(old);
    let mut changes = Vec::new();
    for (part, _, drug) in drugs(new) {
        let Some((.., was)) = before.iter().find(|(id, ..)| *id == part) else { continue };
        if was.days != drug.days {
            let of = names.of(&part, &full_name(drug));
            let said = [words::days(&was.days, old.cycle_word), words::days(&drug.days, new.cycle_word)];
            changes.push(change(part, of, (was, drug), said));
        }
    }
    changes
}

fn change(part: String, of: String, (was, now): (&Drug, &Drug), [from, to]: [String; 2]) -> Change {
    let text = match (&was.days, &now.days) {
        (Days::List(old), Days::List(new)) => moved(old, new),
        _ => format!("days {from} → {to}"),
    };
    Change { concerns: Concern::Date, part, of, what: "days".to_owned(), from: Some(from), to: Some(to), text }
}

/// `day 15 dropped`, `day 8 moved to day 9`, `days 1, 8 → days 2, 9, 16`.
fn moved(old: &[i32], new: &[i32]) -> String {
    let dropped: Vec<i32> = old.iter().filter(|day| !new.contains(day)).copied().collect();
    let added: Vec<i32> = new.iter().filter(|day| !old.contains(day)).copied().collect();
    match (dropped.as_slice(), added.as_slice()) {
        ([], []) => format!("{} → {}", list(old), list(new)),
        ([from], [to]) => format!("day {from} moved to day {to}"),
        (_, []) => format!("{} dropped", list(&dropped)),
        ([], _) => format!("{} added", list(&added)),
        _ => format!("{} → {}", list(old), list(new)),
    }
}

/// `day 15`, `days 8, 15`, `days 1 to 14`.
fn list(days: &[i32]) -> String {
    let run = days.len() > 3 && days.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    match days {
        [day] => format!("day {day}"),
        [first, .., last] if run => format!("days {first} to {last}"),
        _ => format!("days {}", days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}
