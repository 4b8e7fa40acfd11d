//! The table of every formula: it drives `calc --formula all` and the reference pages.

use super::{Computed, FormulaError, Inputs, Need, bmi, bsa, calvert, renal, weight};

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

/// Every formula.
pub const CATALOGUE: &[Entry] = &[
    bsa::mosteller::ENTRY,
    bsa::du_bois::ENTRY,
    bsa::haycock::ENTRY,
    bsa::gehan_george::ENTRY,
    bsa::boyd::ENTRY,
    bsa::fujimoto::ENTRY,
    bsa::takahira::ENTRY,
    bsa::shuter_aslani::ENTRY,
    bsa::schlich::ENTRY,
    bsa::livingston_lee::ENTRY,
    bmi::ENTRY,
    weight::devine::ENTRY,
    weight::devine_floor::ENTRY,
    weight::robinson::ENTRY,
    weight::miller::ENTRY,
    weight::hamwi::ENTRY,
    weight::adjusted::ENTRY,
    weight::janmahasatian::ENTRY,
    weight::james::ENTRY,
    weight::boer::ENTRY,
    weight::hume::ENTRY,
    weight::mirvetuximab::ENTRY,
    renal::cockcroft_gault::ENTRY,
    renal::mdrd::ENTRY,
    renal::mdrd_original::ENTRY,
    renal::ckd_epi_2009::ENTRY,
    renal::ckd_epi_2021::ENTRY,
    renal::bedside_schwartz::ENTRY,
    renal::schwartz::ENTRY,
    renal::wright::ENTRY,
    renal::chatelut::ENTRY,
    renal::indexing::DEINDEX,
    renal::indexing::INDEX,
    calvert::ENTRY,
];

/// The formula of that name.
pub fn entry(name: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.name == name)
}
