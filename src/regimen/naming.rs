//! Names: what a person reads of a drug, and which drug a person's word means.

use crate::quantity::names::nearest;
use crate::quantity::number;

use super::{Drug, Over, Regimen};

/// Why a word names no single drug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOneDrug {
    /// It fits several, which are different entries of the file: id and name.
    Several(Vec<(String, String)>),
    /// It fits none; the name that is nearest, where one is near.
    None(Option<String>),
}

impl Drug {
    /// What tells it from another entry of the same name in its phase: `bolus`, `15-minute infusion`, `46-hour infusion`.
    /// Nothing of a name that stands there once, and of entries that are all given alike.
    pub fn apart(&self, phase: &[Drug]) -> Option<String> {
        let meets = |other: &&Drug| {
            other.id != self.id
                && other.full_name() == self.full_name()
                && (other.cohorts.is_empty()
                    || self.cohorts.is_empty()
                    || other.cohorts.iter().any(|one| self.cohorts.contains(one)))
        };
        let mut same = phase.iter().filter(meets).peekable();
        same.peek()?;
        if same.all(|other| other.over == self.over) {
            return None;
        }
        Some(match self.over.as_ref()? {
            Over::Bolus => "bolus".to_owned(),
            Over::Fixed(period) => format!("{}-{} infusion", number::print(period.value), period.unit.one()),
            Over::Unknown | Over::ByOccurrence(_) | Over::Between(..) | Over::AtMostPerHour(_) => "infusion".to_owned(),
        })
    }

    /// Its full name, with what tells it from its namesakes: `fluorouracil bolus`, `irinotecan liposomal`.
    pub fn name_among(&self, phase: &[Drug]) -> String {
        match self.apart(phase) {
            Some(apart) => format!("{} {apart}", self.full_name()),
            None => self.full_name(),
        }
    }
}

impl Regimen {
    /// Every drug once, by id, with the name a person reads.
    pub fn drug_names(&self) -> Vec<(&str, String)> {
        let mut all: Vec<(&str, String)> = Vec::new();
        for phase in &self.phases {
            for drug in &phase.drugs {
                if all.iter().all(|(id, _)| *id != drug.id) {
                    all.push((&drug.id, drug.name_among(&phase.drugs)));
                }
            }
        }
        all
    }

    /// The name a person reads for an id, as it stands in a cycle of a phase; the id where the regimen has no such drug.
    pub fn name_of(&self, id: &str, phase: Option<&str>, cycle: u32) -> String {
        let of_phase = self.phases.iter().filter(|one| one.id.as_deref() == phase);
        let all = || of_phase.clone().chain(&self.phases).flat_map(|one| one.drugs.iter().map(move |drug| (one, drug)));
        let found = all().find(|(_, drug)| drug.id == id && drug.in_cycle(cycle));
        let found = found.or_else(|| all().find(|(_, drug)| drug.id == id));
        found.map_or_else(|| id.to_owned(), |(phase, drug)| drug.name_among(&phase.drugs))
    }

    /// The drug a word means: by its id first, then by the name a person reads, else by any of its names; small and capital
    /// letters alike.
    pub fn drug_called(&self, word: &str) -> Result<&Drug, NotOneDrug> {
        let typed = word.trim().to_lowercase();
        let names = self.drug_names();
        let by_id = self.drugs().find(|drug| drug.id.to_lowercase() == typed);
        let shown = names.iter().find(|(_, name)| name.to_lowercase() == typed).map(|(id, _)| *id);
        if let Some(drug) = by_id.or_else(|| self.drugs().find(|drug| Some(drug.id.as_str()) == shown)) {
            return Ok(drug);
        }
        let of = |id: &str| self.drugs().filter(|drug| drug.id == id).any(|drug| drug.is_called(word));
        let called: Vec<&(&str, String)> = names.iter().filter(|(id, _)| of(id)).collect();
        match called.as_slice() {
            [] => Err(NotOneDrug::None(self.nearest(&typed, &names))),
            [(id, _)] => self.drugs().find(|drug| drug.id == *id).ok_or(NotOneDrug::None(None)),
            several => {
                Err(NotOneDrug::Several(several.iter().map(|(id, name)| ((*id).to_owned(), name.clone())).collect()))
            }
        }
    }

    /// The name a person reads of the drug that was probably meant.
    fn nearest(&self, typed: &str, names: &[(&str, String)]) -> Option<String> {
        let spelt = |(id, shown): &(&str, String)| {
            let of = self.drugs().filter(|drug| drug.id == *id);
            let own = of.flat_map(|drug| [&drug.id, &drug.name].into_iter().chain(&drug.also));
            let all: Vec<String> = own.chain([shown]).map(|name| name.to_lowercase()).collect();
            all.into_iter().map(|name| (name, shown.clone())).collect::<Vec<_>>()
        };
        let spelt: Vec<(String, String)> = names.iter().flat_map(spelt).collect();
        let words: Vec<&str> = spelt.iter().map(|(name, _)| name.as_str()).collect();
        let near = nearest(typed, &words)?;
        spelt.iter().find(|(name, _)| name == near).map(|(_, shown)| shown.clone())
    }
}
