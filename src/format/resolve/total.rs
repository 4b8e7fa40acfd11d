//! `cycle_total`: a second figure, typed separately, that must agree with dose, times and days.

use crate::finding::Finding;
use crate::format::codes;
use crate::format::definition::DrugDef;
use crate::quantity::{Decimal, ProtocolDose, number};
use crate::regimen::{Days, Dosing, Spread};

use super::resolver::{Read, Resolver, TablePath};

/// What the drug says of its doses in a cycle.
pub(super) struct Given<'a> {
    pub(super) dosing: &'a Dosing,
    pub(super) times: u32,
    pub(super) days: &'a Days,
}

/// What a cycle comes to.
struct Product<'a> {
    dose: ProtocolDose,
    spread: Spread,
    times: u32,
    days: &'a Days,
}

impl Product<'_> {
    fn total(&self, days: usize) -> Option<Decimal> {
        let starts = Decimal::from(days).checked_mul(Decimal::from(self.times))?;
        let each = match self.spread {
            Spread::Each | Spread::Total { .. } | Spread::Divided { .. } => self.dose.value,
            Spread::PerDay { days } => self.dose.value.checked_mul(days)?,
        };
        each.checked_mul(starts).map(|total| total.normalize())
    }
}

/// Days of a cycle: each number that occurs, lowest first; none where the drug runs on every day.
fn day_counts(days: &Days) -> Vec<usize> {
    match days {
        Days::EveryDay => Vec::new(),
        Days::List(days) => vec![days.len()],
        Days::ByCycle(rows) => {
            let mut counts: Vec<usize> = rows.iter().map(|(_, _, days)| days.len()).collect();
            counts.sort_unstable();
            counts.dedup();
            counts
        }
    }
}

/// Where the doses differ by table, cohort or step there is no one amount; the number of doses of a cycle can be typed in its
/// place. A drug by cohort is told without it: nothing else then notices a run that is a week too long.
fn doses(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, given: &Given) -> Option<()> {
    let counts = day_counts(given.days);
    let count = |days: &usize| u32::try_from(*days).ok().and_then(|days| days.checked_mul(given.times));
    let Some(at) = &def.cycle_total else {
        if let (Some(_), [days]) = (&def.by_cohort, counts.as_slice())
            && (*days > 1 || given.times > 1)
            && !resolver.already_reported(&place.span, "cycle_total")
        {
            let text = format!(
                "{} is given on several days or several times a day and carries no `cycle_total`, so that nothing counts its days",
                place.name
            );
            let finding = Finding::warn(codes::TOTAL_MISSING, text).at(place.span.clone(), "`cycle_total` is missing");
            resolver.tell(finding.help(
                "count the doses of one cycle in the protocol and write them, such as cycle_total = \"28 doses\"; they are compared with times × days",
            ));
        }
        return Some(());
    };
    let typed = number::split(&at.value, "28 doses").ok().filter(|parts| ["dose", "doses"].contains(&parts.unit));
    let Some(typed) = typed else {
        let text = format!("{} has no one total: its doses differ by table, cohort or step", place.name);
        let help = "write how many doses a cycle has, such as \"28 doses\", or leave `cycle_total` out";
        resolver.block(codes::TOTAL_UNEQUAL, &at.span, text, help);
        return None;
    };
    let [days] = counts.as_slice() else {
        let text = format!("{} has no one total: its days differ by cycle, or run on", place.name);
        resolver.block(codes::TOTAL_UNEQUAL, &at.span, text, "leave `cycle_total` out");
        return None;
    };
    let right = count(days)?;
    if typed.value == Decimal::from(right) {
        return Some(());
    }
    let text = format!("the cycle total of {} is not {days} × {} = {right} doses", at.value, given.times);
    let help = "correct the days, how often, or the total: one of them is not what the protocol says";
    resolver.block(codes::TOTAL_UNEQUAL, &at.span, text, help);
    None
}

/// Reads the total and compares it.
pub(super) fn total(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    given: &Given,
) -> Read<Option<ProtocolDose>> {
    let Some(dose) = given.dosing.formula().filter(|_| def.ramp.is_none()) else {
        return doses(resolver, place, def, given).map(|()| None);
    };
    // Beside a table the formula it was made from may stand, and that has a total.
    if def.table.is_some() && def.cycle_total.is_none() {
        return Some(None);
    }
    let given = &Product { dose, spread: given.dosing.spread, times: given.times, days: given.days };
    let counts = day_counts(given.days);
    let Some(at) = &def.cycle_total else {
        let asked = matches!(counts.as_slice(), [days] if *days > 1 || given.times > 1);
        if asked && !resolver.already_reported(&place.span, "cycle_total") {
            absent(resolver, place, given, &counts);
        }
        return (!asked).then_some(None);
    };
    let typed = resolver.read(at, ProtocolDose::read)?;
    let [days] = counts.as_slice() else {
        let text = format!("{} has no one total: its days differ by cycle, or run on", place.name);
        resolver.block(codes::TOTAL_UNEQUAL, &at.span, text, "leave `cycle_total` out");
        return None;
    };
    let Some(total) = given.total(*days) else {
        let text = format!("the cycle total of {} is larger than can be reckoned with", product(given, *days));
        resolver.block(codes::TOTAL_UNEQUAL, &at.span, text, "correct the dose");
        return None;
    };
    let factor = typed.unit.factor_to(given.dose.unit).filter(|_| typed.basis == given.dose.basis);
    let agrees = factor.and_then(|factor| typed.value.checked_mul(factor)) == Some(total);
    if !agrees {
        let right = ProtocolDose { value: total, ..given.dose };
        let text = format!("the cycle total of {typed} is not {} = {right}", product(given, *days));
        let help = format!(
            "correct the dose, the days or the total: one of them is not what the protocol says (\"{right}\" would agree)"
        );
        resolver.block(codes::TOTAL_UNEQUAL, &at.span, text, &help);
    }
    agrees.then_some(Some(typed))
}

fn absent(resolver: &mut Resolver, place: &TablePath, given: &Product, counts: &[usize]) {
    let days = counts.first().copied().unwrap_or(1);
    let text = format!(
        "{} is given on several days or several times a day ({}) and carries no `cycle_total`",
        place.name,
        product(given, days)
    );
    let finding = Finding::block(codes::TOTAL_MISSING, text);
    let finding = finding.at(place.span.clone(), "`cycle_total` is missing");
    resolver.tell(finding.help(
        "work out dose × times × days from the protocol and write it, such as cycle_total = \"28000 mg/m2\"; it is compared with the product",
    ));
}

fn product(given: &Product, days: usize) -> String {
    let mut parts = vec![given.dose.to_string()];
    if let Spread::PerDay { days } = given.spread {
        parts.push(format!("{} days of infusion", number::print(days)));
    }
    if given.times > 1 {
        parts.push(format!("{} times a day", given.times));
    }
    let word = if days == 1 { "day" } else { "days" };
    parts.push(format!("{days} {word}"));
    parts.join(" × ")
}
