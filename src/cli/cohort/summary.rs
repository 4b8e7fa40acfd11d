//! What a cohort comes to: how many rows, and what their doses are.

use std::collections::BTreeMap;

use serde_json::json;

use crate::export::cohort::Counted;
use crate::quantity::number::{self, plain};
use crate::quantity::{Decimal, DoseUnit};

/// Counts, and every dose that occurred with how often it did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Summary {
    /// Rows read.
    pub(super) read: u64,
    /// Of them planned.
    pub(super) planned: u64,
    /// Refused as they stand.
    pub(super) refused: u64,
    /// About which a person would be asked.
    pub(super) questioned: u64,
    /// Lines of doses.
    doses: u64,
    drugs: BTreeMap<String, OfDrug>,
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct OfDrug {
    doses: BTreeMap<(DoseUnit, Decimal), u64>,
    capped: u64,
    vials: BTreeMap<String, u64>,
}

/// The quantiles that are told: the smallest, the quarters, the largest.
const QUANTILES: [(&str, u64); 5] = [("min", 0), ("p25", 25), ("median", 50), ("p75", 75), ("max", 100)];

impl OfDrug {
    fn count(&self) -> u64 {
        self.doses.values().sum()
    }

    /// The dose that so many percent of all doses do not exceed (nearest rank).
    fn quantile(&self, percent: u64) -> Option<(DoseUnit, Decimal)> {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        let mut before = 0;
        let found = self.doses.iter().find(|(_, times)| {
            before += **times;
            before >= rank
        });
        found.map(|(dose, _)| *dose)
    }
}

impl Summary {
    /// The doses of one subject.
    pub(super) fn count(&mut self, lines: usize, counted: &[Counted]) {
        self.doses += u64::try_from(lines).unwrap_or(u64::MAX);
        for one in counted {
            if !self.drugs.contains_key(&one.drug) {
                self.drugs.insert(one.drug.clone(), OfDrug::default());
            }
            let Some(drug) = self.drugs.get_mut(&one.drug) else { continue };
            *drug.doses.entry((one.amount.unit, one.amount.value)).or_default() += 1;
            drug.capped += u64::from(one.capped);
            if let Some((count, size)) = &one.vials {
                *drug.vials.entry(size.clone()).or_default() += u64::from(*count);
            }
        }
    }

    /// Those of another part of the list.
    pub(super) fn add(&mut self, other: Summary) {
        self.read += other.read;
        self.planned += other.planned;
        self.refused += other.refused;
        self.questioned += other.questioned;
        self.doses += other.doses;
        for (name, more) in other.drugs {
            let drug = self.drugs.entry(name).or_default();
            drug.capped += more.capped;
            more.doses.into_iter().for_each(|(dose, times)| *drug.doses.entry(dose).or_default() += times);
            more.vials.into_iter().for_each(|(size, count)| *drug.vials.entry(size).or_default() += count);
        }
    }

    /// `12 subjects: 10 planned (160 doses), 1 refused, 1 questioned`
    pub(super) fn words(&self) -> String {
        format!(
            "{} rows: {} planned ({} lines of doses), {} refused, {} questioned",
            self.read, self.planned, self.doses, self.refused, self.questioned
        )
    }

    /// A line a drug and a line a size of vial.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, drug) in &self.drugs {
            let told = QUANTILES.iter().filter_map(|(word, percent)| {
                let (unit, value) = drug.quantile(*percent)?;
                Some(format!("{word} {} {unit}", number::print(value)))
            });
            let told = told.collect::<Vec<_>>().join(", ");
            lines.push(format!("{name}: {} doses; {told}; {} cut by a cap", drug.count(), drug.capped));
            lines.extend(drug.vials.iter().map(|(size, count)| format!("  vials of {size}: {count}")));
        }
        lines
    }

    /// The same for programs.
    pub(super) fn json(&self) -> serde_json::Value {
        let drugs = self.drugs.iter().map(|(name, drug)| {
            let quantiles: serde_json::Map<String, serde_json::Value> = QUANTILES
                .iter()
                .filter_map(|(word, percent)| {
                    let (unit, value) = drug.quantile(*percent)?;
                    Some(((*word).to_owned(), json!({ "value": plain(value), "unit": unit.written() })))
                })
                .collect();
            json!({
                "drug": name,
                "doses": drug.count(),
                "quantiles": quantiles,
                "capped": drug.capped,
                "vials": drug.vials,
            })
        });
        json!({
            "format": 1,
            "rows": self.read,
            "planned": self.planned,
            "refused": self.refused,
            "questioned": self.questioned,
            "dose_lines": self.doses,
            "drugs": drugs.collect::<Vec<_>>(),
        })
    }
}
