//! What a dose is handed over in.

use crate::regimen::substance;

use super::dose::{DoseRow, Place};
use super::run::Measure;

/// What a dose is handed over in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Something that is swallowed or taken home, or that no needle brings in.
    Pack,
    /// An infusion of which the regimen states a fluid, and every vinca alkaloid.
    Bag,
    /// What is injected under the skin, into a muscle or into another small space.
    Syringe,
    /// Anything else that is drawn up: the pharmacy decides.
    BagOrSyringe,
}

impl Container {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Container::Pack => "Pack",
            Container::Bag => "Bag",
            Container::Syringe => "Syringe",
            Container::BagOrSyringe => "Bag or syringe",
        }
    }
}

impl DoseRow {
    /// What it is handed over in, by its route and form. A vinca alkaloid is never drawn into a syringe: every one that was
    /// given into the spine came in one (ISMP; WHO, Information Exchange System alert 115, 2007).
    pub fn container(&self) -> Container {
        let names = [Some(&self.drug), Some(&self.id), self.product.as_ref()];
        let vinca = names.into_iter().flatten().any(|name| substance::vinca(name).is_some());
        let fluid = self.planned().and_then(|planned| planned.preparation.dilution.as_ref()?.fluid.as_ref());
        let by = |routes: &[&str]| self.route.as_deref().is_some_and(|route| routes.contains(&route));
        match () {
            () if self.place == Place::Home || self.is_swallowed() || by(PACK) => Container::Pack,
            () if vinca || (fluid.is_some() && self.over.is_some()) => Container::Bag,
            () if by(SYRINGE) => Container::Syringe,
            () => Container::BagOrSyringe,
        }
    }

    /// Whether it goes into the cerebrospinal fluid: it stands on no sheet with anything else.
    pub fn is_spinal(&self) -> bool {
        self.route.as_deref().is_some_and(|route| ["intrathecal", "intraventricular"].contains(&route))
    }

    /// Whether it is swallowed: nothing of it is drawn up, and no rate is set.
    pub fn is_swallowed(&self) -> bool {
        let counted = self.planned().is_some_and(|planned| !matches!(planned.measure, Measure::Amount));
        counted || self.route.as_deref() == Some("oral")
    }
}

/// Routes of which no dose hangs in a bag.
const SYRINGE: &[&str] = &[
    "subcutaneous",
    "intramuscular",
    "intradermal",
    "intravitreal",
    "intra-articular",
    "intralesional",
    "subconjunctival",
];

/// Routes without a needle.
const PACK: &[&str] = &[
    "otic",
    "intranasal",
    "inhaled",
    "sublingual",
    "buccal",
    "topical",
    "transdermal",
    "rectal",
    "vaginal",
    "ophthalmic",
];
