//! A dose by age, and a subject of whom only the age on the first day is known.
//!
//! A record keeps no date of birth. Where a birthday during treatment would bring another dose, the plan cannot know the
//! day: it says so.

use crate::calendar::days_between;
use crate::course::Course;
use crate::finding::{Field, Finding, Remedy};
use crate::quantity::{Decimal, number};
use crate::regimen::{Drug, Range, Regimen};

use super::Plan;

/// What is told where a limit of age lies between the first day and the last.
pub(super) fn finding(regimen: &Regimen, course: &Course, plan: &Plan) -> Option<Finding> {
    let age = course.subject.age.filter(|_| course.subject.born.is_none())?.value();
    let last = plan.administrations.last()?.date;
    let years = Decimal::from(days_between(course.start, last) / 365).checked_add(Decimal::ONE)?;
    let ahead = |limit: &Decimal| *limit > age && age.checked_add(years).is_some_and(|oldest| *limit <= oldest);
    let (drug, limit) = regimen.drugs().find_map(|drug| Some((drug, limits(drug).find(ahead)?)))?;
    let text = format!(
        "{} depends on age, with a limit at {}; only the age on the first day, {}, is known, and every dose here is that of this age.",
        drug.full_name(),
        number::counted(limit, "year"),
        number::counted(age, "year"),
    );
    let help = "after that birthday compare the doses with the regimen's table; a plan made with the date of birth knows the day";
    Some(Finding::note(super::codes::BIRTHDAY, text).field(Field::Age).help(Remedy::of([Field::Born], help)))
}

fn limits(drug: &Drug) -> impl Iterator<Item = Decimal> {
    let ends = |range: Range| [range.from, range.through, range.below, range.above];
    drug.dosing.conditions().filter_map(|when| when.age).flat_map(ends).flatten()
}
