//! What a row of an example says beside date and dose: how it is given, and what is taken from the shelf.

use crate::calendar;
use crate::plan::{Administration, Infusion, Plan};
use crate::quantity::Amount;
use crate::quantity::number::print;
use crate::regimen::{Drug, HalfDay, Over, Regimen, Relative, Wanted};

/// Infusion time, order, certainty, window and hour that are not as the row says.
pub(super) fn given(regimen: &Regimen, plan: &Plan, one: &Administration, wanted: &Wanted) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(over) = wanted.over.as_ref().filter(|over| !same_length(one.infusion.as_ref(), over)) {
        let planned = one.infusion.as_ref().map_or("no infusion".to_owned(), ToString::to_string);
        wrong.push(format!("the infusion runs {planned}, not {}", length(over)));
    }
    if let Some(before) = wanted.after.as_ref().filter(|before| !comes_after(regimen, plan, one, before)) {
        wrong.push(format!("nothing puts it after {before}"));
    }
    if wanted.certain.is_some_and(|certain| certain != one.certain) {
        let planned = if one.certain { "certain" } else { "only planned for (certain = false)" };
        wrong.push(format!("it is {planned}"));
    }
    if let Some(window) = wanted.window.filter(|window| one.window != Some(*window)) {
        let days = |window: calendar::Window| {
            format!("{} through {}", calendar::iso(window.earliest), calendar::iso(window.latest))
        };
        let planned = one.window.map_or("not known".to_owned(), days);
        wrong.push(format!("the window is {planned}, not {}", days(window)));
    }
    let hour = one.hours.as_ref().map(|(_, hour)| *hour);
    if let Some(expected) = wanted.hour.filter(|expected| hour != Some(*expected)) {
        let planned = hour.map_or("at no hour".to_owned(), |hour| format!("at {} hours", print(hour)));
        wrong.push(format!("it is given {planned}, not at {} hours", print(expected)));
    }
    wrong
}

/// Vials, volume and tablets that are not as the row says.
pub(super) fn supplied(one: &Administration, part: Option<HalfDay>, wanted: &Wanted) -> Vec<String> {
    let mut wrong = Vec::new();
    let supply = &one.dose.supply;
    let vials = supply.vials.map(|(count, _)| count);
    if let Some(expected) = wanted.vials.filter(|expected| vials != Some(*expected)) {
        let planned = vials.map_or("none".to_owned(), |count| count.to_string());
        wrong.push(format!("the vials are {planned}, not {expected}"));
    }
    if let Some(expected) =
        wanted.volume.filter(|expected| supply.volume.is_none_or(|volume| volume.shown() != expected.shown()))
    {
        let planned = supply.volume.map_or("none".to_owned(), |volume| volume.to_string());
        wrong.push(format!("the volume is {planned}, not {expected}"));
    }
    let tablets = match (part, &one.dose.part_tablets) {
        (Some(HalfDay::Morning), Some((morning, _))) => morning,
        (Some(HalfDay::Evening), Some((_, evening))) => evening,
        _ => &supply.tablets,
    };
    if let Some(expected) = wanted.tablets.as_ref().filter(|expected| !same_count(tablets, expected)) {
        wrong.push(format!("the tablets are {}, not {}", counted(tablets), counted(expected)));
    }
    wrong
}

fn same_length(planned: Option<&Infusion>, expected: &Over) -> bool {
    match (planned, expected) {
        (Some(Infusion::For(planned)), Over::Fixed(expected)) => planned.minutes() == expected.minutes(),
        (Some(Infusion::Between(a, b)), Over::Between(from, through)) => {
            (a.minutes(), b.minutes()) == (from.minutes(), through.minutes())
        }
        (Some(Infusion::AtMost { rate, .. }), Over::AtMostPerHour(expected)) => {
            expected.in_unit(rate.unit).is_some_and(|expected| expected.value == rate.value)
        }
        (Some(Infusion::Bolus), Over::Bolus) | (Some(Infusion::Unknown), Over::Unknown) => true,
        _ => false,
    }
}

/// The length in the words of the plan.
fn length(over: &Over) -> String {
    match over {
        Over::Unknown => "unknown".to_owned(),
        Over::Bolus => "as a bolus".to_owned(),
        Over::Fixed(period) => period.to_string(),
        Over::Between(from, through) => format!("{from} to {through}"),
        Over::AtMostPerHour(rate) => format!("not faster than {rate} an hour"),
        Over::ByOccurrence(periods) => periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then "),
    }
}

/// Whether the drug is given after another on its day: by the file's own word, else by the order of the file.
fn comes_after(regimen: &Regimen, plan: &Plan, one: &Administration, before: &str) -> bool {
    let called = |drug: &Drug, name: &str| drug.id == name || drug.name == name;
    let Some(drug) = plan.drug_of(regimen, one) else { return false };
    let others = plan.administrations.iter().filter(|other| other.date == one.date && other.phase == one.phase);
    let mut others = others.filter_map(|other| Some((other, plan.drug_of(regimen, other)?)));
    let Some((other, first)) = others.find(|(_, drug)| called(drug, before)) else { return false };
    match (&drug.relative, &first.relative) {
        (Some(Relative::After(name)), _) if called(first, name) => true,
        (Some(Relative::With(name)), _) if called(first, name) => false,
        (Some(Relative::Before(name, _)), _) if called(first, name) => false,
        (_, Some(Relative::Before(name, _))) if called(drug, name) => true,
        (_, Some(Relative::After(name) | Relative::With(name))) if called(drug, name) => false,
        _ => other.drug < one.drug,
    }
}

fn same_count(planned: &[(u32, Amount)], expected: &[(u32, Amount)]) -> bool {
    let holds = |of: &[(u32, Amount)], (count, strength): &(u32, Amount)| {
        of.iter()
            .any(|(n, one)| n == count && one.in_unit(strength.unit).is_some_and(|one| one.value == strength.value))
    };
    planned.len() == expected.len() && expected.iter().all(|row| holds(planned, row))
}

fn counted(tablets: &[(u32, Amount)]) -> String {
    let rows: Vec<String> = tablets.iter().map(|(count, strength)| format!("{count} of {strength}")).collect();
    if rows.is_empty() { "none".to_owned() } else { rows.join(" and ") }
}
