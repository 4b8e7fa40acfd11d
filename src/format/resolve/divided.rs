//! A dose that the protocol says for a day or a week, given in equal parts.

use crate::format::codes;
use crate::format::definition::{At, DrugDef};
use crate::quantity::{Decimal, ProtocolDose};
use crate::regimen::{Days, Dosing, Ladder, Over, Spread, StartDose};

use super::resolver::{Resolver, TablePath};
use super::scope::Scope;
use super::{days, dose, timing};

/// The key that says the dose of a week, or that of a day of which there are several doses; nothing where the file says its
/// dose in another way, or in two, which is told elsewhere.
pub(super) fn said<'d>(def: &'d DrugDef, over: Option<&Over>) -> Option<(&'static str, &'d At<String>)> {
    let several = def.times.is_some() || def.hours.is_some();
    let mut ways = def.own_doses();
    let one = ways.next().filter(|_| ways.next().is_none())?;
    let is = |key: &Option<At<String>>| key.as_ref().is_some_and(|at| std::ptr::eq(at, one));
    if is(&def.dose_per_week) {
        return Some(("dose_per_week", one));
    }
    let short = !over.is_some_and(dose::is_long);
    (is(&def.dose_per_day) && several && short).then_some(("dose_per_day", one))
}

/// One of the equal doses.
pub(super) fn dose(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    scope: Scope,
    (key, at): (&'static str, &At<String>),
) -> Option<(ProtocolDose, Spread)> {
    let of = dose::protocol(resolver, at)?;
    // What is wrong with either of them is told where it is read.
    let mut aside = resolver.silent();
    let times = match &def.hours {
        Some(hours) => u32::try_from(hours.at.as_ref()?.value.len()).ok()?,
        None => timing::times(&mut aside, def)?,
    };
    let (parts, each) = match key {
        "dose_per_day" => (times, "day"),
        _ => (in_a_week(resolver, place, def, scope)?.checked_mul(times)?, "week"),
    };
    if parts < 2 {
        let text = format!("`{key}` given once a {each} is the dose itself");
        resolver.block(codes::LONG_INFUSION, &at.span, text, "write `dose`, or how often under `times`");
        return None;
    }
    let value = part(resolver, at, of, parts)?;
    Some((ProtocolDose { value, ..of }, Spread::Divided { of, parts, each }))
}

/// A part that ends: a figure that nobody can write down is not printed as if it were one.
fn part(resolver: &mut Resolver, at: &At<String>, of: ProtocolDose, parts: u32) -> Option<Decimal> {
    let number = Decimal::from(parts);
    let value = of.value.checked_div(number)?.normalize();
    if value.scale() <= 6 && value.checked_mul(number) == Some(of.value) {
        return Some(value);
    }
    let text = format!("{of} in {parts} equal doses is a figure that does not end");
    resolver.block(
        codes::QUANTITY,
        &at.span,
        text,
        "write the dose of one administration as the protocol rounds it, as `dose`",
    );
    None
}

/// The days of each week on which it is given, which are as many in every week of the cycle.
fn in_a_week(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, scope: Scope) -> Option<u32> {
    let (cycle, mut aside) = (scope.cycle?, resolver.silent());
    let found = match days::of_drug(&mut aside, place, def, scope)? {
        Days::EveryDay => Some(7),
        Days::List(days) => alike(&days, cycle.length),
        Days::ByCycle(rows) => {
            let counts: Vec<Option<u32>> = rows.iter().map(|(_, _, days)| alike(days, cycle.length)).collect();
            counts.first().copied().flatten().filter(|first| counts.iter().all(|count| *count == Some(*first)))
        }
    };
    if found.is_none() {
        let text = format!("{} says the dose of a week, and is not given on as many days in every week", place.name);
        resolver.block(codes::LONG_INFUSION, &place.span, text, "write the dose of one administration, as `dose`");
    }
    found
}

/// How many of the days lie in each week of a cycle, where that is one number.
fn alike(days: &[i32], length: i32) -> Option<u32> {
    let weeks = length.checked_div(7).filter(|weeks| *weeks > 0 && length % 7 == 0)?;
    let in_week = |week: i32| days.iter().filter(|day| (*day - 1).div_euclid(7) == week).count();
    let first = in_week(0);
    let all = (0..weeks).all(|week| in_week(week) == first) && days.iter().all(|day| (1..=length).contains(day));
    u32::try_from(first).ok().filter(|count| all && *count > 0)
}

fn steps(ladder: &mut Ladder) -> impl Iterator<Item = &mut ProtocolDose> {
    ladder.steps.iter_mut().filter_map(|step| step.dose.as_mut())
}

/// The other doses of a drug are written in the same way as its dose, and divided with it.
pub(super) fn every_dose(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    mut dosing: Dosing,
) -> Option<Dosing> {
    let Spread::Divided { parts, each, .. } = dosing.spread else { return Some(dosing) };
    let other = def.table.as_ref().map(|at| &at.span).or(def.loading.as_ref().map(|table| &table.span));
    if let Some(span) = other {
        let text = format!(
            "{} says the dose of a {each}, and a figure beside it that can be read as one administration",
            place.name
        );
        resolver.block(codes::LONG_INFUSION, span, text, "write every figure as one administration, with `dose`");
        return None;
    }
    let at = def.own_doses().next()?;
    let divide = |dose: &mut ProtocolDose| part(resolver, at, *dose, parts).map(|value| dose.value = value);
    let mut doses: Vec<&mut ProtocolDose> = dosing.ladder.iter_mut().flat_map(steps).collect();
    doses.extend(dosing.ramp.iter_mut().map(|step| &mut step.dose));
    for start in &mut dosing.starts {
        doses.extend(start.ladder.iter_mut().flat_map(steps));
        if let StartDose::Dose(dose) = &mut start.dose {
            doses.push(dose);
        }
    }
    doses.into_iter().try_for_each(divide)?;
    Some(dosing)
}
