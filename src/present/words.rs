//! Sentences that several faces need.

use crate::calendar::{self, Date};
use crate::dosing::Supply;
use crate::quantity::number::{self, print};
use crate::quantity::{Decimal, decimal};
use crate::regimen::{Count, CountKind, Days, Drug, HalfDay, Stated};

/// `Days 1, 8 (2 doses)`, `daily for 5 days (Days 1 through 5)`, `every day`.
pub fn days(days: &Days) -> String {
    match days {
        Days::EveryDay => "every day".to_owned(),
        Days::List(list) => day_list(list),
        Days::ByCycle(rows) => {
            let each = |(from, through, list): &(u32, Option<u32>, Vec<i32>)| {
                let cycles = match through {
                    Some(through) if through == from => format!("cycle {from}"),
                    Some(through) => format!("cycles {from} through {through}"),
                    None => format!("from cycle {from}"),
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

/// `up to 8 cycles`, `6 cycles`, `4 to 6 cycles`, `until stopped`.
pub fn count(count: Count) -> String {
    let number = match count.kind {
        CountKind::UpTo(n) => format!("up to {n} cycles"),
        CountKind::Planned(1) => "1 cycle".to_owned(),
        CountKind::Planned(n) => format!("{n} cycles"),
        CountKind::Between(least, most) => format!("{least} to {most} cycles"),
        CountKind::UntilStopped => "until stopped".to_owned(),
    };
    match count.at_most {
        Some(period) => format!("{number}, at most {period}"),
        None => number,
    }
}

/// `once`, `twice daily`, `3 times daily`.
pub fn times(times: u32) -> String {
    match times {
        0 | 1 => "once daily".to_owned(),
        2 => "twice daily".to_owned(),
        n => format!("{n} times daily"),
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

/// `evening of 07-Dec-2026 through morning of 21-Dec-2026, 28 doses`.
pub fn run(
    (from, starts): (Date, Option<HalfDay>),
    (through, ends): (Date, Option<HalfDay>),
    administrations: u32,
) -> String {
    let half = |half: Option<HalfDay>| half.map_or(String::new(), |half| format!("{} of ", half.word()));
    let doses = number::count(administrations, "dose");
    if administrations == 1 {
        return doses;
    }
    format!("{}{} through {}{}, {doses}", half(starts), calendar::print(from), half(ends), calendar::print(through))
}

/// `28.6 mL; 3 vials of 43 mg in 10 mL`; tablets only of a single dose, because those of a run are counted for all of it.
pub fn supply(supply: &Supply, run: bool) -> Option<String> {
    let mut parts = Vec::new();
    parts.extend(supply.volume.map(|volume| format!("{} mL", print(volume))));
    if let Some((count, vial)) = supply.vials {
        let volume = vial.volume.map_or(String::new(), |volume| format!(" in {} mL", print(volume)));
        parts.push(format!("{} of {}{volume}", number::count(count, "vial"), vial.amount));
    }
    if !run {
        parts.extend(supply.tablets.iter().map(|(count, strength)| format!("{count} × {strength}")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
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
