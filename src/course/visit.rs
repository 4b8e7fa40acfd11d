//! What is done for a visit before its doses are given: worked out anew by a second person, and prepared.

use serde::{Deserialize, Serialize};

use crate::regimen::{CycleWord, HalfDay, Regimen};

use super::{CycleKey, Key, Product};

/// A second person worked a visit out from its sources, without seeing what was entered or calculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoubleChecked {
    /// The cycle.
    pub cycle: CycleKey,
    /// The day of the cycle.
    pub day: i32,
    /// Every figure, on record and as it was typed.
    pub figures: Vec<Compared>,
    /// What else was looked at, each by itself; what is not among them nobody looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticks: Vec<Ticked>,
}

/// What a second person looks at of a dose beside its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Looked {
    Volume,
    Diluent,
    Route,
    Rate,
    Expiry,
}

impl Looked {
    /// Each of them.
    pub const ALL: [Looked; 5] = [Looked::Volume, Looked::Diluent, Looked::Route, Looked::Rate, Looked::Expiry];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Looked::Volume => "volume",
            Looked::Diluent => "diluent",
            Looked::Route => "route",
            Looked::Rate => "rate",
            Looked::Expiry => "expiry",
        }
    }

    /// Reads the word.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word().eq_ignore_ascii_case(text.trim()))
    }
}

/// Something of a dose that a second person looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticked {
    /// The dose.
    pub dose: Key,
    /// What of it.
    pub what: Looked,
    /// Whether it is as the protocol and the label say.
    pub agrees: bool,
}

/// A figure on record beside the one that was typed blind; both are kept, with both names on their entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The dose it is of; `None` of a fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Key>,
    /// The name of the fact; of a dose `dose`, `morning` or `evening`.
    pub name: String,
    /// What was entered or calculated.
    pub held: String,
    /// What the second person typed.
    pub typed: String,
}

impl Compared {
    /// Whether both are one figure: they are written alike, in one unit.
    pub fn is_same(&self) -> bool {
        self.held == self.typed
    }

    /// `weight`, `irinotecan liposomal`, `capecitabine morning`
    pub fn words(&self, regimen: &Regimen) -> String {
        let Some(key) = &self.dose else { return self.name.clone() };
        let drug = key.named(regimen).drug();
        if self.name == WHOLE { drug } else { format!("{drug} {}", self.name) }
    }
}

/// The name of a dose that is no half of a day.
const WHOLE: &str = "dose";

/// The name under which a dose, or a half of a day of it, is compared.
pub fn name_of_dose(half: Option<HalfDay>) -> &'static str {
    half.map_or(WHOLE, HalfDay::word)
}

impl DoubleChecked {
    /// Whether every figure was typed as it is on record, and nothing that was looked at is otherwise than it should be.
    pub fn agrees(&self) -> bool {
        self.figures.iter().all(Compared::is_same) && self.ticks.iter().all(|one| one.agrees)
    }

    /// `irinotecan liposomal volume, route`: what was looked at and is right, dose by dose; nothing where nothing was.
    pub fn ticked(&self, regimen: &Regimen) -> String {
        let mut doses: Vec<(&Key, Vec<&str>)> = Vec::new();
        for one in self.ticks.iter().filter(|one| one.agrees) {
            match doses.iter_mut().find(|(dose, _)| **dose == one.dose) {
                Some((_, words)) => words.push(one.what.word()),
                None => doses.push((&one.dose, vec![one.what.word()])),
            }
        }
        let told = doses.iter().map(|(dose, words)| format!("{} {}", dose.named(regimen).drug(), words.join(", ")));
        told.collect::<Vec<_>>().join("; ")
    }

    /// Whether it is of this visit.
    pub fn is_of(&self, cycle: &CycleKey, day: i32) -> bool {
        self.cycle == *cycle && self.day == day
    }

    /// `C2D1, the same`; `C2D1, DIFFERS: weight 65 kg on record, 56 kg typed`
    pub fn words(&self, regimen: &Regimen) -> String {
        let visit = visit_words(regimen.cycle_word, &self.cycle, self.day);
        let differs = self.figures.iter().filter(|one| !one.is_same());
        let differs = differs.map(|one| format!("{} {} on record, {} typed", one.words(regimen), one.held, one.typed));
        let wrong = self.ticks.iter().filter(|one| !one.agrees);
        let wrong = wrong.map(|one| format!("{} {} not right", one.dose.named(regimen).drug(), one.what.word()));
        let differs: Vec<String> = differs.chain(wrong).collect();
        if differs.is_empty() {
            format!("{visit}, the same")
        } else {
            format!("{visit}, DIFFERS: {}", differs.join("; "))
        }
    }

    /// Both columns, a line a figure; then a line for each thing that was looked at beside.
    pub fn columns(&self, regimen: &Regimen) -> Vec<String> {
        let line = |one: &Compared| {
            let found = if one.is_same() { "same" } else { "DIFFERS" };
            format!("{}: on record {}, typed {}: {found}", one.words(regimen), one.held, one.typed)
        };
        let tick = |one: &Ticked| {
            let found = if one.agrees { "ticked" } else { "NOT RIGHT" };
            format!("{} {}: {found}", one.dose.named(regimen).drug(), one.what.word())
        };
        self.figures.iter().map(line).chain(self.ticks.iter().map(tick)).collect()
    }
}

/// `C2D1`, with the phase before where there are several.
pub fn visit_words(word: CycleWord, (phase, cycle): &CycleKey, day: i32) -> String {
    let phase = phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
    format!("{phase}{}", word.on_day(*cycle, day))
}

/// A dose was prepared and waits to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prepared {
    /// Which administration.
    pub key: Key,
    /// The kit and the lot it was prepared from.
    #[serde(default, skip_serializing_if = "Product::is_empty")]
    pub product: Product,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
