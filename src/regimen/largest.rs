//! What the check of the largest doses must know of a drug: substance, route, how it runs, whether it has its rescue.

use crate::finding::Severity;
use crate::plausibility::doses::{self, Given, Least, Mode};
use crate::quantity::{Decimal, number};

use super::{Drug, Over, Regimen, Spread, substance};

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

    /// Whether a dose of it runs in less than the shortest time of its substance, and how it runs in words.
    pub fn runs_short(&self) -> Option<(Severity, &'static Least, String)> {
        let vein = self.route.known().is_some_and(|route| route == "intravenous") && self.dosing.spread == Spread::Each;
        let minutes = self.shortest().filter(|_| vein)?;
        let (severity, least) = doses::short(&self.substance, minutes)?;
        let how = if minutes.is_zero() {
            "at once".to_owned()
        } else {
            format!("over {}", number::counted(minutes, "minute"))
        };
        Some((severity, least, how))
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
        Given {
            substance: &drug.substance,
            route: drug.route.known().map(String::as_str),
            mode: drug.mode(),
            rescue: self.has_rescue(drug),
        }
    }
}
