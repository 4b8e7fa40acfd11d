//! Is this a dose that anybody gives? The largest single dose of a substance, by route, way of giving and rescue: data in
//! `drugs.toml`, each row with its source. A regimen file and a plan are held to the same rows.
//!
//! ```
//! use posology::plausibility::doses::{Body, Given, Mode, large};
//! use posology::finding::Severity;
//! use posology::quantity::ProtocolDose;
//! let push = Given {
//!     substance: "fluorouracil",
//!     route: Some("intravenous"),
//!     mode: Some(Mode::Push),
//!     ..Given::default()
//! };
//! let dose = |text| ProtocolDose::read(text).unwrap();
//! assert_eq!(large(&push, dose("2400 mg/m2"), Body::REFERENCE).unwrap().severity, Severity::Block);
//! assert!(large(&push, dose("400 mg/m2"), Body::REFERENCE).is_none());
//! let pump = Given { mode: Some(Mode::Long), ..push };
//! assert!(large(&pump, dose("2400 mg/m2"), Body::REFERENCE).is_none());
//! ```

use crate::finding::Severity;
use crate::quantity::{Amount, Basis, Decimal, DoseUnit, ProtocolDose, decimal, number};

include!(concat!(env!("OUT_DIR"), "/largest.rs"));

/// Every row, with the version of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // as the table explains them
pub struct Table {
    pub version: &'static str,
    pub note: Decimal,
    pub warn: Decimal,
    pub confirm: Decimal,
    pub block: Decimal,
    pub spinal: &'static [&'static str],
    pub spinal_confirmed: &'static [&'static str],
    pub most: &'static [Most],
    pub least_confirm: Decimal,
    pub least: &'static [Least],
    pub day_confirm: Decimal,
    pub day: &'static [Daily],
}

/// The largest single dose of a substance.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Most {
    pub drug: &'static str,
    pub route: &'static str,
    pub mode: Option<Mode>,
    pub rescue: bool,
    pub weekly: bool,
    pub form: Option<Solid>,
    pub dose: ProtocolDose,
    pub above: Option<Above>,
    pub source: &'static str,
}

impl Most {
    /// As a sentence names it: `400 mg/m2`; of a row that has no source `400 mg/m2 (not verified)`.
    pub fn words(&self) -> String {
        marked(self.dose.to_string(), self.source)
    }
}

fn marked(figure: String, source: &str) -> String {
    if source.contains("unverified") { format!("{figure} (not verified)") } else { figure }
}

/// The shortest time in which a dose into a vein runs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Least {
    pub drug: &'static str,
    pub minutes: Decimal,
    pub source: &'static str,
}

impl Least {
    /// `60 minutes`, `30 minutes (not verified)`
    pub fn words(&self) -> String {
        marked(number::counted(self.minutes, "minute"), self.source)
    }
}

/// The most of a substance that is given as support in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Daily {
    pub drug: &'static str,
    pub dose: ProtocolDose,
    pub source: &'static str,
}

impl Daily {
    /// `32 mg`
    pub fn words(&self) -> String {
        marked(self.dose.to_string(), self.source)
    }
}

/// Whether a dose into a vein runs in less than the shortest time of its substance; what is given at once takes no time.
pub fn short(substance: &str, minutes: Decimal) -> Option<(Severity, &'static Least)> {
    let table = table();
    let least = table.least.iter().find(|row| row.drug == substance).filter(|row| minutes < row.minutes)?;
    let part = least.minutes.checked_mul(table.least_confirm)?;
    Some((if minutes < part { Severity::Confirm } else { Severity::Warn }, least))
}

/// Whether what is given of a substance as support in a day is more than the most of it.
pub fn in_a_day(substance: &str, amount: Amount) -> Option<(Severity, &'static Daily)> {
    let table = table();
    let most = table.day.iter().find(|row| row.drug == substance)?;
    let times = decimal::over(amount.in_unit(most.dose.unit)?.value, most.dose.value)?;
    let severity = if times >= table.day_confirm { Severity::Confirm } else { Severity::Warn };
    (times > Decimal::ONE).then_some((severity, most))
}

/// How a dose into a vein runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// At once, or in 15 minutes or less.
    Push,
    /// In less than 22 hours.
    Short,
    /// In 22 hours or more.
    Long,
}

impl Mode {
    /// Of an infusion of so many minutes.
    pub fn of_minutes(minutes: Decimal) -> Self {
        if minutes <= Decimal::from(15) {
            Mode::Push
        } else if minutes < Decimal::from(22 * 60) {
            Mode::Short
        } else {
            Mode::Long
        }
    }

    /// As a sentence says it.
    pub fn words(self) -> &'static str {
        match self {
            Mode::Push => " at once or in 15 minutes or less",
            Mode::Short => " in less than 22 hours",
            Mode::Long => " over 22 hours or more",
        }
    }
}

/// What is swallowed, where one holds more than the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Solid {
    Tablets,
    Capsules,
}

/// The grade of whatever is above a row, where it is graver than the ratio makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    /// Confirmed by a second person.
    Confirm,
    /// Never.
    Block,
}

/// What is given, and how; the route and the way of giving where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given<'a> {
    /// The substance, in small letters.
    pub substance: &'a str,
    /// By the words of the regimen format.
    pub route: Option<&'a str>,
    /// How it runs.
    pub mode: Option<Mode>,
    /// With its rescue: stem cells, or folinic acid.
    pub rescue: bool,
    /// With at least 7 days between its doses.
    pub weekly: bool,
    /// What is swallowed, where that is known.
    pub form: Option<Solid>,
}

/// The body by which doses of different bases are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    /// In m².
    pub surface: Decimal,
    /// In kg.
    pub weight: Decimal,
}

impl Body {
    /// Of nobody in particular: 1.75 m² and 70 kg, an engineering figure.
    pub const REFERENCE: Body =
        Body { surface: Decimal::from_parts(175, 0, 0, false, 2), weight: Decimal::from_parts(70, 0, 0, false, 0) };

    /// What a dose comes to for it; nothing of a target AUC.
    pub fn amount(self, dose: ProtocolDose) -> Option<Amount> {
        Some(Amount { value: dose.value.checked_mul(self.size(dose.basis)?)?, unit: dose.unit })
    }

    fn size(self, basis: Basis) -> Option<Decimal> {
        match basis {
            Basis::Flat => Some(Decimal::ONE),
            Basis::PerM2 => Some(self.surface),
            Basis::PerKg => Some(self.weight),
            Basis::Auc => None,
        }
    }
}

/// A dose above the largest in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Large {
    /// How much it matters.
    pub severity: Severity,
    /// How many times the largest it is.
    pub times: Decimal,
    /// The row.
    pub most: &'static Most,
}

/// The table.
pub fn table() -> &'static Table {
    &TABLE
}

/// How a dose stands to the largest of its substance, where it is above it. Of several rows that fit, the one that allows most.
pub fn large(given: &Given<'_>, dose: ProtocolDose, body: Body) -> Option<Large> {
    let (times, most) = compared(given, dose, body)?;
    let table = table();
    let by_ratio = [
        (table.block, Severity::Block),
        (table.confirm, Severity::Confirm),
        (table.warn, Severity::Warn),
        (table.note, Severity::Note),
    ];
    let severity = by_ratio.into_iter().find(|(limit, _)| times > *limit)?.1;
    let severity = match most.above {
        Some(Above::Block) => Severity::Block,
        Some(Above::Confirm) => severity.min(Severity::Confirm),
        None => severity,
    };
    Some(Large { severity, times, most })
}

/// How many times the largest of its substance a dose is, with the row; `None` of a substance that no row is of.
pub fn compared(given: &Given<'_>, dose: ProtocolDose, body: Body) -> Option<(Decimal, &'static Most)> {
    let rows = table().most.iter().filter(|row| fits(given, row));
    let by_times = rows.filter_map(|row| Some((times(dose, row.dose, body)?, row)));
    by_times.min_by_key(|(times, _)| *times)
}

fn fits(given: &Given<'_>, row: &Most) -> bool {
    let spinal = |route| if route == "intraventricular" { "intrathecal" } else { route };
    row.drug == given.substance
        && given.route.is_none_or(|route| spinal(route) == row.route)
        && given.mode.is_none_or(|mode| row.mode.is_none_or(|of| of == mode))
        && (given.rescue || !row.rescue)
        && (given.weekly || !row.weekly)
        && given.form.is_none_or(|form| row.form.is_none_or(|of| of == form))
}

fn times(dose: ProtocolDose, most: ProtocolDose, body: Body) -> Option<Decimal> {
    if dose.basis == Basis::Auc && most.basis == Basis::Auc {
        return decimal::over(dose.value, most.value);
    }
    let same = dose.basis == most.basis;
    let size = |basis| if same { Some(Decimal::ONE) } else { body.size(basis) };
    let value = dose.value.checked_mul(dose.unit.factor_to(most.unit)?)?.checked_mul(size(dose.basis)?)?;
    decimal::over(value, most.value.checked_mul(size(most.basis)?)?)
}

/// Whether a substance goes into the cerebrospinal fluid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spinal {
    /// It is usual there.
    Usual,
    /// A second person confirms it.
    Confirmed,
    /// Never.
    Never,
}

/// Whether a substance goes into the cerebrospinal fluid.
pub fn spinal(substance: &str) -> Spinal {
    let table = table();
    let holds = |list: &[&str]| list.contains(&substance);
    match (holds(table.spinal), holds(table.spinal_confirmed)) {
        (true, _) => Spinal::Usual,
        (false, true) => Spinal::Confirmed,
        (false, false) => Spinal::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read from the text by the reader of doses, where the build has a list of units.
    #[test]
    fn every_dose_of_the_text_is_in_the_table() {
        let text: toml::Table = toml::from_str(include_str!("drugs.toml")).unwrap();
        let rows = text["most"].as_array().unwrap();
        assert_eq!(rows.len(), table().most.len());
        for (row, known) in rows.iter().zip(table().most) {
            let said = |key: &str| row[key].as_str().unwrap();
            assert_eq!((said("drug"), said("route")), (known.drug, known.route));
            assert_eq!(ProtocolDose::read(said("dose")).unwrap(), known.dose, "{}", known.drug);
            let mode = row.get("mode").map(|mode| mode.as_str().unwrap().to_owned());
            assert_eq!(mode, known.mode.map(|mode| format!("{mode:?}").to_lowercase()), "{}", known.drug);
            assert!(!known.source.is_empty(), "{}", known.drug);
        }
        assert_eq!(text["least"].as_array().unwrap().len(), table().least.len());
        assert_eq!(text["day"].as_array().unwrap().len(), table().day.len());
    }
}
