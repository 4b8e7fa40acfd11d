//! What an event says of itself: its kind, what it is about, which entry it points at, why.

use crate::calendar::{self, Date};
use crate::quantity::{ProtocolDose, QuantityError};
use crate::regimen::Regimen;

use super::event::{Before, Event, Prepared, Supply, SupplyAct};
use super::{Product, Times};

/// The hours behind what went in.
fn hours(times: &Times) -> String {
    if times.is_empty() { String::new() } else { format!(", {times}") }
}

/// A kit and a lot behind what came from them.
fn behind(product: &Product) -> String {
    if product.is_empty() { String::new() } else { format!(", {product}") }
}

impl Event {
    /// The word the record files it under.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::Enrolled(_) => "enrolled",
            Event::Measured(_) => "measured",
            Event::Given(_) => "given",
            Event::Held(_) => "held",
            Event::Omitted(_) => "omitted",
            Event::Delayed(_) => "delayed",
            Event::Changed(_) => "changed",
            Event::Criteria(_) => "criteria",
            Event::DoubleChecked(_) => "double-checked",
            Event::Prepared(_) => "prepared",
            Event::Exposure(_) => "exposure",
            Event::Supply(_) => "supply",
            Event::Stopped(_) => "stopped",
            Event::Moved(_) => "moved",
            Event::Note(_) => "note",
            Event::Verified(_) => "verified",
            Event::Corrected(_) => "corrected",
            Event::Undone(_) => "undone",
            Event::Redacted(_) => "redacted",
        }
    }

    /// What it is about: `C1D1 irinotecan liposomal, 123 mg`; `None` where its kind says all.
    pub fn about(&self, regimen: &Regimen) -> Option<String> {
        match self {
            Event::Given(one) => {
                let (key, rest) = (one.key.named(regimen), behind(&one.product) + &hours(&one.times));
                let part = if one.partly { ", in part" } else { "" };
                Some(format!("{key}, {}{part}{rest}", one.portion()))
            }
            Event::Omitted(one) if one.missed => Some(format!("{}, missed", one.words(regimen))),
            Event::Held(one) | Event::Omitted(one) => Some(one.words(regimen)),
            Event::Delayed(one) => {
                let required = if one.required { ", as the protocol requires" } else { "" };
                Some(format!("{} by {} days{required}", regimen.cycle_word.numbered(one.cycle.1), one.days))
            }
            Event::Changed(one) => {
                let level = one.level.map(|level| format!("level {level}"));
                let percent = one.percent.map(|percent| format!("{} %", crate::quantity::number::print(percent)));
                let to = level.or(percent).unwrap_or_default();
                let drug = regimen.name_of(&one.drug, one.from.0.as_deref(), one.from.1);
                Some(format!("{drug} to {to} from {} on", regimen.cycle_word.numbered(one.from.1)))
            }
            Event::Measured(one) => {
                let height = one.height.map(|height| height.to_string());
                let from = one.weight_from.map_or_else(String::new, |from| format!(" ({from})"));
                let weight = one.weight.map(|weight| format!("{weight}{from}"));
                let creatinine = one.creatinine.map(|creatinine| creatinine.to_string());
                let gfr = one.gfr.map(|gfr| format!("GFR {gfr}"));
                Some([height, weight, creatinine, gfr].into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
            Event::Enrolled(one) => {
                let from = one.weight_from.map_or_else(String::new, |from| format!(", weight {from}"));
                let study = one.study.as_ref().map_or_else(String::new, |study| format!(", study {study}"));
                let site = one.site.as_ref().map_or_else(String::new, |site| format!(", site {site}"));
                Some(format!("on {} version {}{from}{study}{site}", one.regimen.id, one.regimen.version))
            }
            Event::Moved(one) => Some(format!("to {} version {}", one.to.id, one.to.version)),
            Event::Verified(one) => Some(if one.agrees { "agrees".to_owned() } else { one.differences.join("; ") }),
            Event::Supply(one) => {
                let (key, product) = (one.key.named(regimen), behind(&one.product));
                Some(format!("{} {} of {key}{product}", one.count, one.act.word()))
            }
            Event::Criteria(one) => {
                let met = if one.met { "met" } else { "not met" };
                Some(format!("{met} for {} day {}", regimen.cycle_word.numbered(one.cycle.1), one.day))
            }
            Event::DoubleChecked(one) => Some(one.words(regimen)),
            Event::Prepared(one) => Some(format!("{}{}", one.key.named(regimen), behind(&one.product))),
            Event::Stopped(one) => one.drug.as_ref().map(|drug| regimen.name_of(drug, None, 1)),
            Event::Note(one) => one.what.map(|what| what.to_string()),
            Event::Corrected(one) => one.event.about(regimen).map(|about| format!("to {about}")),
            _ => None,
        }
    }

    /// The figures it holds, by the name under which each is typed: what a second person types again.
    pub fn figures(&self, on: Date) -> Vec<(&'static str, String)> {
        let facts = self.facts().into_iter().map(|value| (value.fact().name(), value.to_string()));
        let day = || ("on", calendar::print(on));
        match self {
            Event::Measured(_) => facts.chain([day()]).collect(),
            Event::Given(it) => {
                let rest = it.product.figures().into_iter().chain(it.times.figures());
                [("dose", it.dose.to_string()), day()].into_iter().chain(rest).collect()
            }
            Event::Supply(Supply { product, .. }) | Event::Prepared(Prepared { product, .. }) => product.figures(),
            _ => facts.collect(),
        }
    }

    /// The same with what else a correction may change.
    pub fn stated(&self, on: Date) -> Vec<(&'static str, String)> {
        let mut all = self.figures(on);
        if let Event::Enrolled(one) = self {
            all.extend(one.study.clone().map(|study| ("study", study)));
            all.extend(one.site.clone().map(|site| ("site", site)));
        }
        all
    }

    /// The entry it points at.
    pub fn points_at(&self) -> Option<u64> {
        match self {
            Event::Corrected(corrected) => Some(corrected.entry),
            Event::Undone(undone) => Some(undone.entry),
            Event::Redacted(redacted) => Some(redacted.entry),
            Event::Verified(verified) => Some(verified.entry),
            _ => None,
        }
    }

    /// Every text that a person wrote.
    pub fn texts(&self) -> Vec<&str> {
        let inner = if let Event::Corrected(corrected) = self { corrected.event.texts() } else { Vec::new() };
        self.reason().into_iter().chain(inner).collect()
    }

    /// The typed reason.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Event::Given(given) => given.reason.as_deref(),
            Event::Held(one) | Event::Omitted(one) => Some(&one.reason),
            Event::Delayed(delayed) => Some(&delayed.reason),
            Event::Changed(changed) => Some(&changed.reason),
            Event::Criteria(criteria) => Some(&criteria.found),
            Event::Supply(supply) => supply.reason.as_deref(),
            Event::Prepared(prepared) => prepared.reason.as_deref(),
            Event::Stopped(stopped) => Some(&stopped.reason),
            Event::Note(note) => Some(&note.reason),
            Event::Moved(moved) => Some(&moved.reason),
            Event::Corrected(corrected) => Some(&corrected.reason),
            Event::Undone(undone) => Some(&undone.reason),
            Event::Redacted(redacted) => Some(&redacted.reason),
            Event::Enrolled(_)
            | Event::Measured(_)
            | Event::Exposure(_)
            | Event::Verified(_)
            | Event::DoubleChecked(_) => None,
        }
    }
}

impl Before {
    /// Reads `none`, `unknown`, or an amount: `300 mg`, `240 mg/m2`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        match text {
            "none" => Ok(Before::None),
            "unknown" => Ok(Before::Unknown),
            amount => ProtocolDose::read(amount)
                .map(Before::Amount)
                .map_err(|error| QuantityError { right: format!("{}, or none, or unknown", error.right), ..error }),
        }
    }
}

impl SupplyAct {
    /// The words, in the order of what happens.
    pub const WORDS: [(&'static str, SupplyAct); 3] =
        [("dispensed", SupplyAct::Dispensed), ("returned", SupplyAct::Returned), ("taken", SupplyAct::Taken)];

    /// The word.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, act)| *act == self).map_or("", |(word, _)| word)
    }

    /// Reads one of the words, or as much of it as tells it from the others.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let typed = text.trim().to_lowercase();
        let meant = Self::WORDS.iter().find(|(word, _)| !typed.is_empty() && word.starts_with(&typed));
        let wrong = || QuantityError::new(text, "is not what happens to home doses", "dispensed, returned or taken");
        meant.map(|(_, act)| *act).ok_or_else(wrong)
    }
}
