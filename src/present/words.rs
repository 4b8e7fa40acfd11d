//! Sentences that several faces need.

use crate::quantity::number::print;
use crate::quantity::{Decimal, decimal};
use crate::regimen::{Count, CountKind, Cycle, CycleWord, Days, Drug, Regimen, Stated, SupportiveCare};

/// `Days 1, 8 (2 doses)`, `daily for 5 days (Days 1 through 5)`, `every day`.
pub fn days(days: &Days, word: CycleWord) -> String {
    match days {
        Days::EveryDay => "every day".to_owned(),
        Days::List(list) => day_list(list),
        Days::ByCycle(rows) => {
            let each = |(from, through, list): &(u32, Option<u32>, Vec<i32>)| {
                let cycles = match through {
                    Some(through) if through == from => word.numbered(*from),
                    Some(through) => format!("{} {from} through {through}", word.many()),
                    None => format!("from {}", word.numbered(*from)),
                };
                format!("{cycles}: {}", day_list(list))
            };
            rows.iter().map(each).collect::<Vec<_>>().join("; ")
        }
    }
}

fn day_list(list: &[i32]) -> String {
    let consecutive = list.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    match list {
        [] => "no days".to_owned(),
        [day] => format!("Day {day}"),
        [first, .., last] if consecutive && list.len() > 2 => {
            format!("daily for {} days (Days {first} through {last})", list.len())
        }
        _ => {
            let days: Vec<String> = list.iter().map(ToString::to_string).collect();
            format!("Days {} ({} doses)", days.join(", "), list.len())
        }
    }
}

/// `up to 8 cycles`, `6 cycles`, `4 to 6 cycles`, `until stopped`; of weeks as many as pass, `24 weeks`.
pub fn count(cycle: &Cycle, word: CycleWord) -> String {
    let count = cycle.count;
    let counted = |number: u32| word.counted(number.saturating_mul(cycle.step));
    let number = match count.kind {
        CountKind::UpTo(n) => format!("up to {}", counted(n)),
        CountKind::Planned(n) => counted(n),
        CountKind::Between(least, most) => format!("{} to {}", least.saturating_mul(cycle.step), counted(most)),
        CountKind::UntilStopped => "until stopped".to_owned(),
    };
    match count.at_most {
        Some(period) => format!("{number}, at most {period}"),
        None => number,
    }
}

/// `up to 8`, `4 to 6`: how many there are, without what they are called.
pub fn many(count: Count) -> String {
    let number = match count.kind {
        CountKind::UpTo(n) => format!("up to {n}"),
        CountKind::Planned(n) => n.to_string(),
        CountKind::Between(least, most) => format!("{least} to {most}"),
        CountKind::UntilStopped => "until stopped".to_owned(),
    };
    match count.at_most {
        Some(period) => format!("{number}, at most {period}"),
        None => number,
    }
}

/// How much of the supportive care a regimen plans; `None` where its file does not say.
pub fn supportive_care(regimen: &Regimen) -> Option<String> {
    let title = |id: &str| {
        regimen
            .sources
            .iter()
            .find(|source| source.id == id)
            .map_or_else(|| id.to_owned(), |source| source.title.clone())
    };
    let needed = |list: &[String]| match list {
        [] => String::new(),
        list => format!("; when required: {}", list.join("; ")),
    };
    Some(match regimen.supportive_care.as_ref()? {
        SupportiveCare::AsListed { source, when_required } => {
            format!("as listed in {}; local practice may add{}", title(source), needed(when_required))
        }
        SupportiveCare::Partial { lacks, source: Some(source), when_required } => {
            format!("partial, of what {} lists: lacks {lacks}{}", title(source), needed(when_required))
        }
        SupportiveCare::Partial { lacks, source: None, when_required } => {
            format!("partial: lacks {lacks}{}", needed(when_required))
        }
        SupportiveCare::NotIncluded => "not included in this file".to_owned(),
    })
}

/// How many doses a day on the days that are named: nothing of one, which is no "daily".
pub fn times(times: u32) -> Option<String> {
    match times {
        0 | 1 => None,
        2 => Some("twice daily".to_owned()),
        n => Some(format!("{n} times daily")),
    }
}

/// Where nobody knows the route.
pub const ROUTE_UNKNOWN: &str = "route unknown";

/// The route, or that nobody knows it.
pub fn route(drug: &Drug) -> String {
    match &drug.route {
        Stated::Is(route) => route.clone(),
        Stated::Unknown => ROUTE_UNKNOWN.to_owned(),
    }
}

/// `2 days`; what is no whole number of days in hours, as `46 hours`.
pub fn length(days: Decimal) -> String {
    let hours =
        days.checked_mul(Decimal::from(24)).map(|hours| decimal::half_up(hours, 2)).filter(|_| !days.is_integer());
    match hours {
        Some(hours) => format!("{} hours", print(hours)),
        None => format!("{} days", print(days)),
    }
}

/// `70 mg/m²` of `70 mg/m2`, as people read it.
pub fn squared(text: &str) -> String {
    text.replace("m2", "m²")
}
