//! What the check of the largest doses must know of a drug: substance, route, how it runs, whether it has its rescue.

use crate::finding::Severity;
use crate::plausibility::doses::{self, Body, Given, Least, Mode, Solid};
use crate::quantity::{Amount, Decimal, decimal, number};

use super::{Days, Drug, Form, Over, Regimen, Spread, substance};

/// How fast a dose into a vein runs, where that is faster than the substance is given.
#[derive(Debug, Clone, PartialEq)]
pub struct RunsShort {
    /// How much it matters.
    pub severity: Severity,
    /// The shortest time in use.
    pub least: &'static Least,
    /// How it runs, in minutes.
    pub minutes: Decimal,
    /// The same in words.
    pub how: String,
}

/// The substance of a drug's full name, without salt, water and formulation; a conjugate is another substance than its
/// antibody. One slip of the pen away from a substance whose largest dose is known, it is that one.
pub fn substance_of(full_name: &str) -> String {
    let base = substance::base(full_name);
    let known = || doses::table().most.iter().map(|row| row.drug);
    if known().any(|drug| drug == base) {
        return base;
    }
    known().find(|drug| substance::is(full_name, drug)).map_or(base, str::to_owned)
}

impl Drug {
    /// Whether the largest single dose of its substance is known, by whatever route.
    pub(super) fn has_known_largest(&self) -> bool {
        doses::table().most.iter().any(|row| row.drug == self.substance)
    }

    /// Whether it goes into the cerebrospinal fluid.
    pub fn is_spinal(&self) -> bool {
        self.route.known().is_some_and(|route| ["intrathecal", "intraventricular"].contains(&route.as_str()))
    }

    /// How it runs, where that is known.
    pub fn mode(&self) -> Option<Mode> {
        if matches!(self.dosing.spread, Spread::Total { .. } | Spread::PerDay { .. }) {
            return Some(Mode::Long);
        }
        match self.over.as_ref()? {
            Over::AtMostPerHour(_) => Some(Mode::Short),
            _ => self.shortest().map(Mode::of_minutes),
        }
    }

    /// The fewest minutes in which a dose runs, where the file says so; none at all of what is given at once.
    pub fn shortest(&self) -> Option<Decimal> {
        match self.over.as_ref()? {
            Over::Bolus => Some(Decimal::ZERO),
            Over::Unknown | Over::AtMostPerHour(_) => None,
            Over::Fixed(period) | Over::Between(period, _) => period.minutes(),
            Over::ByOccurrence(list) => list.iter().filter_map(|period| period.minutes()).min(),
        }
    }

    /// Whether a dose of it runs in less than the shortest time of its substance. A rate that is not to be passed makes a
    /// length with the dose alone, and slower steps before it a longer one: it is never more than a WARN.
    pub fn runs_short(&self, dose: Option<Amount>) -> Option<RunsShort> {
        let vein = self.route.known().is_some_and(|route| route == "intravenous") && self.dosing.spread == Spread::Each;
        let by_rate = dose.and_then(|dose| self.at_its_rate(dose));
        let minutes = self.shortest().or(by_rate).filter(|_| vein)?;
        let (severity, least) = doses::short(&self.substance, minutes)?;
        let severity = if by_rate.is_some() { severity.max(Severity::Warn) } else { severity };
        let rounded = decimal::half_up(minutes, 0);
        let how = match by_rate {
            _ if minutes.is_zero() => "at once".to_owned(),
            Some(_) => format!("at the fastest rate of the file in {}", number::counted(rounded, "minute")),
            None => format!("over {}", number::counted(minutes, "minute")),
        };
        Some(RunsShort { severity, least, minutes, how })
    }

    /// The same of the smallest full dose of the file, which is through first, for a body of nobody in particular.
    pub fn runs_short_in_file(&self) -> Option<RunsShort> {
        let doses = self.dosing.options().filter_map(|one| Body::REFERENCE.amount(one.dose));
        let smallest = doses.reduce(|least, dose| match dose.in_unit(least.unit) {
            Some(other) if other.value < least.value => dose,
            _ => least,
        });
        self.runs_short(smallest)
    }

    /// The minutes of a dose at the rate that is not to be passed.
    fn at_its_rate(&self, dose: Amount) -> Option<Decimal> {
        let Some(Over::AtMostPerHour(rate)) = &self.over else { return None };
        decimal::over(dose.in_unit(rate.unit)?.value.checked_mul(Decimal::from(60))?, rate.value)
    }

    /// Whether there are at least 7 days between its doses, within a cycle of so many days and into the next.
    fn is_weekly(&self, length: i32) -> bool {
        let week = |days: &Vec<i32>| {
            let ends = days.first().map(|first| first.saturating_add(length));
            let days: Vec<i32> = days.iter().copied().chain(ends).collect();
            days.windows(2).all(|pair| matches!(pair, [a, b] if b.saturating_sub(*a) >= 7))
        };
        let once = self.times <= 1 && self.hours.is_none();
        once && match &self.days {
            Days::EveryDay => false,
            Days::List(list) => week(list),
            Days::ByCycle(rows) => rows.iter().all(|(_, _, list)| week(list)),
        }
    }

    /// Whether it is a vinca alkaloid, by any of its names.
    pub fn is_vinca(&self) -> bool {
        let names = [Some(&self.name), Some(&self.id), self.product.as_ref()].into_iter().flatten();
        names.chain(&self.also).any(|name| substance::vinca(name).is_some())
    }
}

impl Regimen {
    /// Whether a drug is followed by what saves the patient from it: by its own key, or as a row of the file, folinic acid
    /// after methotrexate and stem cells after the others. A note is for people: "no transplant" names one too.
    pub fn has_rescue(&self, drug: &Drug) -> bool {
        let folinic = |other: &Drug| ["folinic acid", "levofolinic acid"].contains(&other.substance.as_str());
        let cells = |other: &Drug| other.name.to_lowercase().contains("stem cell");
        let methotrexate = drug.substance == "methotrexate";
        drug.rescue.is_some() || self.drugs().any(|other| if methotrexate { folinic(other) } else { cells(other) })
    }

    /// What is given of a drug, and how.
    pub fn given<'a>(&self, drug: &'a Drug) -> Given<'a> {
        let phase = self.phases.iter().find(|phase| phase.drugs.iter().any(|one| one.id == drug.id));
        Given {
            weekly: phase.is_some_and(|phase| drug.is_weekly(phase.cycle.length)),
            form: drug.tablets.as_ref().map(|_| match drug.form {
                Form::Tablets => Solid::Tablets,
                Form::Capsules => Solid::Capsules,
            }),
            substance: &drug.substance,
            route: drug.route.known().map(String::as_str),
            mode: drug.mode(),
            rescue: self.has_rescue(drug),
        }
    }
}
