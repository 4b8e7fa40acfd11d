//! Is this a dose that anybody gives? The largest single dose of a substance, by route, way of giving and rescue: data in
//! `drugs.toml`, each row with its source. A regimen file and a plan are held to the same rows.
//!
//! ```
//! use posology::plausibility::doses::{Body, Given, Mode, large};
//! use posology::finding::Severity;
//! use posology::quantity::ProtocolDose;
//! let push = Given { substance: "fluorouracil", route: Some("intravenous"), mode: Some(Mode::Push), rescue: false };
//! let dose = |text| ProtocolDose::read(text).unwrap();
//! assert_eq!(large(&push, dose("2400 mg/m2"), Body::REFERENCE).unwrap().severity, Severity::Block);
//! assert!(large(&push, dose("400 mg/m2"), Body::REFERENCE).is_none());
//! let pump = Given { mode: Some(Mode::Long), ..push };
//! assert!(large(&pump, dose("2400 mg/m2"), Body::REFERENCE).is_none());
//! ```

use std::sync::LazyLock;

use serde::Deserialize;

use crate::finding::Severity;
use crate::quantity::{Basis, Decimal, ProtocolDose, decimal};

const TEXT: &str = include_str!("drugs.toml");
static TABLE: LazyLock<Result<Table, String>> =
    LazyLock::new(|| toml::from_str(TEXT).map_err(|error| error.to_string()));

/// Every row, with the version of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as the table explains them
pub struct Table {
    pub version: String,
    #[serde(deserialize_with = "figure")]
    pub note: Decimal,
    #[serde(deserialize_with = "figure")]
    pub warn: Decimal,
    #[serde(deserialize_with = "figure")]
    pub confirm: Decimal,
    #[serde(deserialize_with = "figure")]
    pub block: Decimal,
    pub spinal: Vec<String>,
    pub spinal_confirmed: Vec<String>,
    pub most: Vec<Most>,
}

/// The largest single dose of a substance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Most {
    pub drug: String,
    pub route: String,
    #[serde(default)]
    pub mode: Option<Mode>,
    #[serde(default)]
    pub rescue: bool,
    #[serde(deserialize_with = "dose")]
    pub dose: ProtocolDose,
    #[serde(default)]
    pub above: Option<Above>,
    pub source: String,
}

impl Most {
    /// As a sentence names it: `400 mg/m2`; of a row that has no source `400 mg/m2 (not verified)`.
    pub fn words(&self) -> String {
        let verified = !self.source.contains("unverified");
        if verified { self.dose.to_string() } else { format!("{} (not verified)", self.dose) }
    }
}

/// How a dose into a vein runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// The grade of whatever is above a row, where it is graver than the ratio makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Above {
    /// Confirmed by a second person.
    Confirm,
    /// Never.
    Block,
}

/// What is given, and how; the route and the way of giving where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    /// The substance, in small letters.
    pub substance: &'a str,
    /// By the words of the regimen format.
    pub route: Option<&'a str>,
    /// How it runs.
    pub mode: Option<Mode>,
    /// With its rescue: stem cells, or folinic acid.
    pub rescue: bool,
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

/// The table; the error is a fault of the program.
pub fn table() -> Result<&'static Table, &'static str> {
    TABLE.as_ref().map_err(String::as_str)
}

/// How a dose stands to the largest of its substance, where it is above it. Of several rows that fit, the one that allows most.
pub fn large(given: &Given<'_>, dose: ProtocolDose, body: Body) -> Option<Large> {
    let (times, most) = compared(given, dose, body)?;
    let table = table().ok()?;
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
    let rows = table().ok()?.most.iter().filter(|row| fits(given, row));
    let by_times = rows.filter_map(|row| Some((times(dose, row.dose, body)?, row)));
    by_times.min_by_key(|(times, _)| *times)
}

fn fits(given: &Given<'_>, row: &Most) -> bool {
    let spinal = |route: &str| if route == "intraventricular" { "intrathecal" } else { route }.to_owned();
    row.drug == given.substance
        && given.route.is_none_or(|route| spinal(route) == row.route)
        && given.mode.is_none_or(|mode| row.mode.is_none_or(|of| of == mode))
        && (given.rescue || !row.rescue)
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
    let Ok(table) = table() else { return Spinal::Never };
    let holds = |list: &[String]| list.iter().any(|one| one == substance);
    match (holds(&table.spinal), holds(&table.spinal_confirmed)) {
        (true, _) => Spinal::Usual,
        (false, true) => Spinal::Confirmed,
        (false, false) => Spinal::Never,
    }
}

fn figure<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    crate::quantity::number::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
}

fn dose<'de, D: serde::Deserializer<'de>>(from: D) -> Result<ProtocolDose, D::Error> {
    ProtocolDose::read(&String::deserialize(from)?).map_err(serde::de::Error::custom)
}
