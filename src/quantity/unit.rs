//! The units of doses, with their codes in the Unified Code for Units of Measure (UCUM 2.1, 2017)
//! and the spellings that are refused because people have died of them.

use rust_decimal::Decimal;

/// What an amount of drug is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the table below says what each is
pub enum DoseUnit {
    Mcg,
    Mg,
    G,
    Units,
    MillionUnits,
    KBq,
    MBq,
    GBq,
    Cells,
    MillionCells,
    Ml,
    Mmol,
}

/// Units of one dimension convert into each other; others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Micrograms, milligrams, grams.
    Mass,
    /// Units of biological activity.
    Units,
    /// Radioactivity.
    Activity,
    /// A count of cells.
    Cells,
    /// Millilitres.
    Volume,
    /// Millimoles.
    Substance,
}

struct Row {
    unit: DoseUnit,
    written: &'static str,
    ucum: &'static str,
    dimension: Dimension,
    /// How many of the dimension's smallest unit.
    factor: u64,
}

const TABLE: &[Row] = &[
    Row { unit: DoseUnit::Mcg, written: "mcg", ucum: "ug", dimension: Dimension::Mass, factor: 1 },
    Row { unit: DoseUnit::Mg, written: "mg", ucum: "mg", dimension: Dimension::Mass, factor: 1_000 },
    Row { unit: DoseUnit::G, written: "g", ucum: "g", dimension: Dimension::Mass, factor: 1_000_000 },
    Row { unit: DoseUnit::Units, written: "units", ucum: "[iU]", dimension: Dimension::Units, factor: 1 },
    Row {
        unit: DoseUnit::MillionUnits,
        written: "million units",
        ucum: "10*6.[iU]",
        dimension: Dimension::Units,
        factor: 1_000_000,
    },
    Row { unit: DoseUnit::KBq, written: "kBq", ucum: "kBq", dimension: Dimension::Activity, factor: 1 },
    Row { unit: DoseUnit::MBq, written: "MBq", ucum: "MBq", dimension: Dimension::Activity, factor: 1_000 },
    Row { unit: DoseUnit::GBq, written: "GBq", ucum: "GBq", dimension: Dimension::Activity, factor: 1_000_000 },
    Row { unit: DoseUnit::Cells, written: "cells", ucum: "{cells}", dimension: Dimension::Cells, factor: 1 },
    Row {
        unit: DoseUnit::MillionCells,
        written: "million cells",
        ucum: "10*6.{cells}",
        dimension: Dimension::Cells,
        factor: 1_000_000,
    },
    Row { unit: DoseUnit::Ml, written: "mL", ucum: "mL", dimension: Dimension::Volume, factor: 1 },
    Row { unit: DoseUnit::Mmol, written: "mmol", ucum: "mmol", dimension: Dimension::Substance, factor: 1 },
];

/// Spellings that are refused, with what to write instead.
const REFUSED: &[(&str, &str)] = &[
    ("µg", "mcg"),
    ("μg", "mcg"),
    ("ug", "mcg"),
    ("microgram", "mcg"),
    ("micrograms", "mcg"),
    ("IU", "units"),
    ("iu", "units"),
    ("U", "units"),
    ("u", "units"),
    ("unit", "units"),
    ("UI", "units"),
    ("MG", "mg"),
    ("Mg", "mg"),
    ("mgs", "mg"),
    ("milligram", "mg"),
    ("milligrams", "mg"),
    ("mg.", "mg"),
    ("gm", "g"),
    ("gr", "g"),
    ("gram", "g"),
    ("grams", "g"),
    ("G", "g"),
    ("cc", "mL"),
    ("ml", "mL"),
    ("ML", "mL"),
    ("kbq", "kBq"),
    ("KBq", "kBq"),
    ("mbq", "MBq"),
    ("gbq", "GBq"),
    ("MU", "million units"),
    ("cell", "cells"),
];

impl DoseUnit {
    fn row(self) -> &'static Row {
        // The table names every unit; a test holds it to that, so the first row is never a guess.
        TABLE.iter().find(|row| row.unit == self).unwrap_or(&TABLE[0])
    }

    /// Every unit.
    pub fn all() -> impl Iterator<Item = DoseUnit> {
        TABLE.iter().map(|row| row.unit)
    }

    /// As it is written for people: `mcg`, `units`, `mL`.
    pub fn written(self) -> &'static str {
        self.row().written
    }

    /// Its code in UCUM.
    pub fn ucum(self) -> &'static str {
        self.row().ucum
    }

    /// What kind of amount it counts.
    pub fn dimension(self) -> Dimension {
        self.row().dimension
    }

    /// The one unit in which amounts of its dimension are compared.
    #[must_use]
    pub fn base(self) -> DoseUnit {
        let dimension = self.dimension();
        TABLE.iter().find(|row| row.dimension == dimension).map_or(self, |row| row.unit)
    }

    /// Reads a unit; the error is what to write instead, where a known misspelling was met.
    pub fn read(text: &str) -> Result<DoseUnit, Option<&'static str>> {
        if let Some(row) = TABLE.iter().find(|row| row.written == text) {
            return Ok(row.unit);
        }
        Err(REFUSED.iter().find(|(wrong, _)| *wrong == text).map(|(_, right)| *right))
    }

    /// The factor from this unit to `other`; `None` between dimensions.
    pub fn factor_to(self, other: DoseUnit) -> Option<Decimal> {
        let (from, to) = (self.row(), other.row());
        (from.dimension == to.dimension)
            .then(|| Decimal::from(from.factor).checked_div(Decimal::from(to.factor)))
            .flatten()
    }
}

impl std::fmt::Display for DoseUnit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.written())
    }
}
