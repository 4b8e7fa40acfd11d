//! What is given of one substance as premedication and support on a day, all rows together, beside its daily maximum.

use std::collections::BTreeMap;

use crate::calendar::{self, Date, plus_days};
use crate::finding::{Field, Figure, Finding, Lift, Severity};
use crate::plausibility::{codes, doses};
use crate::quantity::{Amount, Decimal, decimal};
use crate::regimen::{HalfDay, Regimen, Role};

use super::{Administration, AdministrationState, Plan};

/// The day of a run beyond which every day is as the one before.
const DAYS: i32 = 28;

/// The day of each substance on which there is most of it.
pub(super) fn findings(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut days: BTreeMap<(&str, Date), Vec<Amount>> = BTreeMap::new();
    for one in plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected) {
        let Some(drug) = plan.drug_of(regimen, one).filter(|drug| drug.role != Role::Treatment) else { continue };
        if !doses::table().day.iter().any(|row| row.drug == drug.substance) {
            continue;
        }
        let last = one.run.as_ref().map_or(0, |run| calendar::days_between(one.date, run.through)).min(DAYS);
        for at in 0..=last {
            let Some(day) = plus_days(one.date, at) else { continue };
            days.entry((&drug.substance, day)).or_default().extend(on_a_day(one, day));
        }
    }
    let mut most: BTreeMap<&str, (Amount, Date)> = BTreeMap::new();
    for ((substance, day), amounts) in days {
        let Some(sum) = sum(&amounts) else { continue };
        let more = |known: &(Amount, Date)| sum.in_unit(known.0.unit).is_some_and(|sum| sum.value > known.0.value);
        if most.get(substance).is_none_or(more) {
            most.insert(substance, (sum, day));
        }
    }
    most.into_iter().filter_map(|(substance, (sum, day))| finding(substance, sum, day)).collect()
}

/// Each dose of a row on a day: of a run that begins in the evening or ends in the morning, one of that day.
fn on_a_day(one: &Administration, day: Date) -> Vec<Amount> {
    let Some(run) = &one.run else { return vec![one.dose.amount] };
    let (morning, evening) = one.dose.parts.unwrap_or((one.dose.amount, one.dose.amount));
    let half = |half: HalfDay| if half == HalfDay::Morning { morning } else { evening };
    let begins = run.starts.filter(|starts| day == one.date && *starts == HalfDay::Evening);
    let ends = run.ends.filter(|ends| day == run.through && *ends == HalfDay::Morning);
    match (begins.or(ends), run.times) {
        (Some(only), 2) => vec![half(only)],
        (_, 2) => vec![morning, evening],
        (_, times) => vec![one.dose.amount; usize::try_from(times).unwrap_or(1).max(1)],
    }
}

fn sum(amounts: &[Amount]) -> Option<Amount> {
    let first = amounts.first()?;
    let add = |sum: Decimal, one: &Amount| sum.checked_add(one.in_unit(first.unit)?.value);
    Some(Amount { value: amounts.iter().try_fold(Decimal::ZERO, add)?, unit: first.unit })
}

fn finding(substance: &str, sum: Amount, day: Date) -> Option<Finding> {
    let (severity, most) = doses::in_a_day(substance, sum)?;
    let text = format!(
        "{substance} as support comes to {} on {}, more than its daily maximum of {}.",
        Amount { value: decimal::half_up(sum.value, 2).normalize(), unit: sum.unit },
        calendar::with_weekday(day),
        most.words(),
    );
    let lift = if severity == Severity::Confirm { Lift::Second(None) } else { Lift::Reason };
    let finding = Finding::new(severity, codes::SUPPORT_DAY_LARGE, text).field(Field::Dose);
    let help = "is one of the rows there twice, or is a dose of the day written for each time?";
    Some(finding.help(help).asking(Some(Figure::Value(sum.value)), lift))
}
