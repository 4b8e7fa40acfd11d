//! What is published about a formula.

use super::{Computed, FormulaError, Inputs, Need};

/// What a formula estimates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Body surface area.
    BodySurface,
    /// Body-mass index.
    BodyMassIndex,
    /// Ideal, adjusted or lean body weight.
    BodyWeight,
    /// Kidney function in mL/min, for this body.
    RenalAbsolute,
    /// Kidney function in mL/min/1.73 m², for a standard body.
    RenalIndexed,
    /// The clearance of carboplatin itself, which is no GFR.
    CarboplatinClearance,
    /// Conversion between absolute and indexed kidney function.
    Indexing,
    /// A dose of carboplatin.
    CarboplatinDose,
}

/// One formula: what is published about it, and how to run it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its name on the command line and in regimens, in kebab-case.
    pub name: &'static str,
    /// Its name for people: `Du Bois`, `Ideal (Devine)`.
    pub title: &'static str,
    /// What it estimates.
    pub kind: Kind,
    /// Author, year and journal.
    pub citation: &'static str,
    /// The formula in words and numbers; W is kg, H is cm, Scr is mg/dL unless it says otherwise.
    pub formula_text: &'static str,
    /// The unit of the result.
    pub unit: &'static str,
    /// Who it was made for. Outside of it the result carries a caution or is left to the reader.
    pub valid_range: &'static str,
    /// What it cannot do without.
    pub needs: &'static [Need],
    /// Computes it.
    pub compute: fn(&Inputs) -> Result<Computed, FormulaError>,
}
