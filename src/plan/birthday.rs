//! A dose by age, and a subject of whom only the age on the first day is known.
//!
//! A record keeps no date of birth. Where a birthday during treatment would bring another dose, the plan cannot know the
//! day: it says so.

use crate::calendar::{self, birthday, days_between};
use crate::course::Course;
use crate::finding::{Field, Finding, Remedy};
use crate::quantity::{Decimal, decimal, number};
use crate::regimen::{AgeAt, Drug, Range, Regimen};

use super::Plan;

/// What is told where a limit of age lies between the first day and the last.
pub(super) fn finding(regimen: &Regimen, course: &Course, plan: &Plan) -> Option<Finding> {
    dated(regimen, course, plan).or_else(|| undated(regimen, course, plan))
}

/// Of a subject whose date of birth is known: the day, and that the dose changes with the next cycle. What holds for the start
/// goes by the age on the first day of treatment.
fn dated(regimen: &Regimen, course: &Course, plan: &Plan) -> Option<Finding> {
    let born = course.subject.born?;
    let last = plan.administrations.last()?.date;
    let day = |limit: Decimal| birthday(born, decimal::whole(limit)?).filter(|day| *day > course.start && *day <= last);
    let of_drug = |drug: &Drug| row_limits(drug).into_iter().find_map(|limit| Some((limit, day(limit)?)));
    let (drug, (limit, day)) = regimen.drugs().find_map(|drug| Some((drug, of_drug(drug)?)))?;
    let text = format!(
        "{} depends on age, with a limit at {} years, completed on {}: the dose changes with the first {} that begins on or after that day.",
        drug.full_name(),
        number::print(limit),
        calendar::with_weekday(day),
        regimen.cycle_word.one(),
    );
    Some(Finding::note(super::codes::BIRTHDAY, text).field(Field::Age))
}

fn undated(regimen: &Regimen, course: &Course, plan: &Plan) -> Option<Finding> {
    let age = course.subject.age.filter(|_| course.subject.born.is_none())?.value();
    let last = plan.administrations.last()?.date;
    let years = Decimal::from(days_between(course.start, last) / 365).checked_add(Decimal::ONE)?;
    let ahead = |limit: &Decimal| *limit > age && age.checked_add(years).is_some_and(|oldest| *limit <= oldest);
    let (drug, limit) = regimen.drugs().find_map(|drug| Some((drug, row_limits(drug).into_iter().find(ahead)?)))?;
    let text = format!(
        "{} depends on age, with a limit at {}; only the age on the first day, {}, is known, and every dose here is that of this age.",
        drug.full_name(),
        number::counted(limit, "year"),
        number::counted(age, "year"),
    );
    let help = "after that birthday compare the doses with the regimen's table; a plan made with the date of birth knows the day";
    Some(Finding::note(super::codes::BIRTHDAY, text).field(Field::Age).help(Remedy::of([Field::Born], help)))
}

/// The years whose completion leads into a range or out of it: whoever is 21 until the next birthday is through 21 years until
/// the 22nd.
fn ends(range: Range) -> impl Iterator<Item = Decimal> {
    let next = |limit: Decimal| if limit.fract().is_zero() { limit.checked_add(Decimal::ONE) } else { Some(limit) };
    [range.from, range.below, range.through.and_then(next), range.above.and_then(next)].into_iter().flatten()
}

/// The limits of the rows of a table, where they go by the age on day 1 of each cycle.
fn row_limits(drug: &Drug) -> Vec<Decimal> {
    if drug.age_at == AgeAt::Treatment {
        return Vec::new();
    }
    drug.dosing.rows().iter().filter_map(|row| row.when.age).flat_map(ends).collect()
}
