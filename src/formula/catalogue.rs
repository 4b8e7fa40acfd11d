//! The table of every formula: it drives `calc --formula all` and the reference pages.

use super::{Entry, bmi, bsa, calvert, newell, renal, weight};

/// Every formula.
pub const CATALOGUE: &[Entry] = &[
    bsa::mosteller::ENTRY,
    bsa::power::DU_BOIS,
    bsa::power::HAYCOCK,
    bsa::power::GEHAN_GEORGE,
    bsa::boyd::ENTRY,
    bsa::power::FUJIMOTO,
    bsa::power::TAKAHIRA,
    bsa::power::SHUTER_ASLANI,
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
    newell::ENTRY,
];

/// The formula of that name.
pub fn entry(name: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.name == name)
}
