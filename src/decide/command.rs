//! What a person may ask to be recorded.

use crate::calendar::Date;
use crate::course::event::{Before, Event, Measured, SupplyAct, Ticked};
use crate::course::{Noted, Product, Times};
use crate::quantity::{Amount, Decimal, number};
use crate::regimen::Regimen;

use super::asked::TypedFigure;

/// Which administrations a command means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Phase, where the regimen has several and the cycle number alone does not say.
    pub phase: Option<String>,
    /// Cycle.
    pub cycle: u32,
    /// Day; every day of the cycle where left out.
    pub day: Option<i32>,
    /// Drug id; every drug where left out.
    pub drug: Option<String>,
    /// Part of the day.
    pub part: Option<crate::course::Part>,
}

impl Scope {
    /// `cycle 2 day 8 irinotecan liposomal`; a word that names no drug stands as it was typed.
    pub fn words(&self, regimen: &Regimen) -> String {
        let mut words = self.phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
        words.push_str(&regimen.cycle_word.numbered(self.cycle));
        if let Some(day) = self.day {
            words.push_str(&format!(" day {day}"));
        }
        if let Some(drug) = &self.drug {
            let known = regimen.drug_called(drug);
            let name = known.map(|known| regimen.name_of(&known.id, self.phase.as_deref(), self.cycle));
            words.push_str(&format!(" {}", name.unwrap_or_else(|_| number::shown(drug))));
        }
        words
    }
}

/// A dose level or a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A level: 0, -1 …
    Level(i32),
    /// A percentage of the capped dose.
    Percent(Decimal),
}

/// What a person may ask to be recorded.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the events say what each field means
pub enum Command {
    Measure {
        on: Date,
        measured: Measured,
    },
    /// Given as planned, or with the dose named; `on` is the planned day where left out.
    Give {
        scope: Scope,
        on: Option<Date>,
        dose: Option<Amount>,
        partly: bool,
        second: bool,
        product: Product,
        times: Times,
        reason: Option<String>,
    },
    Hold {
        scope: Scope,
        reason: String,
    },
    /// `missed`: nobody decided it, the doses were due and were not given or taken.
    Omit {
        scope: Scope,
        reason: String,
        missed: bool,
    },
    /// `days` after the planned day 1, in all.
    Delay {
        phase: Option<String>,
        cycle: u32,
        days: i32,
        reason: String,
        required: bool,
    },
    Change {
        drug: String,
        phase: Option<String>,
        from: u32,
        to: Change,
        reason: String,
    },
    Criteria {
        phase: Option<String>,
        cycle: u32,
        day: i32,
        met: bool,
        found: String,
    },
    /// A second person worked the visit out: all that they typed.
    DoubleCheck {
        scope: Scope,
        typed: Vec<TypedFigure>,
        ticks: Vec<Ticked>,
    },
    Prepare {
        scope: Scope,
        on: Date,
        product: Product,
        reason: Option<String>,
    },
    Expose {
        drug: String,
        before: Before,
    },
    Supply {
        scope: Scope,
        act: SupplyAct,
        count: u32,
        on: Date,
        product: Product,
        reason: Option<String>,
    },
    /// To another version of the regimen, from the first cycle on of which nothing is on record.
    Move {
        to: Box<Regimen>,
        reason: String,
    },
    /// All treatment, or one drug of it for good; `on` is the last day.
    Stop {
        drug: Option<String>,
        on: Date,
        reason: String,
    },
    /// `on` is the day it is about; today where left out.
    Note {
        text: String,
        on: Option<Date>,
        what: Option<Noted>,
    },
    Correct {
        entry: u64,
        event: Box<Event>,
        effective: Date,
        reason: String,
    },
    Undo {
        entry: u64,
        reason: String,
    },
    /// The texts of an entry are taken away for good.
    Redact {
        entry: u64,
        reason: String,
    },
    Verify {
        entry: u64,
        agrees: bool,
        differences: Vec<String>,
    },
}
