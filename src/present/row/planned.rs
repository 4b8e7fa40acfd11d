//! What is planned beside what was given, each a day and an amount.

use std::sync::Arc;

use crate::calendar::{Date, Moment, Window};
use crate::plan::DoseInputs;
use crate::quantity::number;
use crate::quantity::unit::DoseUnit;
use crate::quantity::{Amount, Decimal, Portion, ProtocolDose};
use crate::regimen::Mark;

use super::preparation::PreparationRow;
use super::run::{Dispensed, Measure, RunRow, TabletRow, tablets_words};

/// A day and an amount, planned or given.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion {
    /// The day; of a run at home its first.
    pub date: Date,
    /// What goes in each time.
    pub portion: Portion,
    /// The amount of the whole row: every dose of a run, every day of an infusion. `None` beyond the range of a decimal.
    pub total: Option<Amount>,
    /// The run, for doses taken at home.
    pub run: Option<RunRow>,
    /// When it begins by the clock, where that is known.
    pub begins: Option<Moment>,
    /// When it ends, where that is known.
    pub ends: Option<Moment>,
}

/// What is planned.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRow {
    /// The day and the dose.
    pub at: Occasion,
    /// First and last day allowed; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// The last figure before rounding.
    pub calculated: Amount,
    /// The figure before a cap cut it.
    pub uncapped: Option<Amount>,
    /// What the regimen orders.
    pub per: ProtocolDose,
    /// Dose level; 0 is the starting level.
    pub level: i32,
    /// Percent of the dose ordered, where it is not all of it.
    pub percent: Option<Decimal>,
    /// Whether it is a loading dose.
    pub loading: bool,
    /// Whether it is a step before the full dose.
    pub step: bool,
    /// What rounding changed, in percent.
    pub difference: Option<Decimal>,
    /// What is prepared for one administration.
    pub preparation: PreparationRow,
    /// By what one dose is counted out.
    pub measure: Measure,
    /// Tablets of the whole run, by strength.
    pub tablets: Vec<TabletRow>,
    /// What else is dispensed for the whole run.
    pub dispensed: Option<Dispensed>,
    /// Of a dose at home that stands alone: days to the next one in its cycle, where they are always as many.
    pub every: Option<i32>,
    /// A long infusion's other figure, and what it is of: `2,100 mg in each 24 hours`.
    pub spread: Option<(Amount, String)>,
    /// The measurements the dose was made from.
    pub inputs: Arc<DoseInputs>,
    /// Of these, the steps by which body surface or weight came about.
    pub size: Vec<String>,
    /// One sentence a step.
    pub working: Vec<String>,
    /// Figures nobody has verified, or on which sources disagree, that enter the dose or its date.
    pub marks: Vec<Mark>,
}

/// What was given.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenRow {
    /// The day and the dose.
    pub at: Occasion,
    /// Whether only a part of the dose went in, or only some doses of the run were taken.
    pub incomplete: bool,
    /// Doses of a run at home that were due and not taken.
    pub missed: u32,
    /// Days after the planned day, negative before it; `None` of a dose beyond the plan.
    pub days_late: Option<i32>,
}

impl PlannedRow {
    /// One dose, by what it is counted out first: `3 tablets of 500 mg (1,500 mg)`, `4.5 mL (540 mg)`, `123 mg`.
    pub fn dose_words(&self) -> String {
        let portion = self.at.portion;
        match &self.measure {
            Measure::Amount => portion.to_string(),
            Measure::Liquid(volume) => format!("{volume} ({portion})"),
            Measure::Tablets(tablets) => {
                tablets_words(tablets).map_or_else(|| portion.to_string(), |words| format!("{words} ({portion})"))
            }
            Measure::Halves { morning, evening } => {
                let words = tablets_words(morning).zip(tablets_words(evening)).zip(portion.halves);
                words.map_or_else(
                    || portion.to_string(),
                    |((morning, evening), (m, e))| {
                        format!("{morning} ({m}) in the morning, {evening} ({e}) in the evening")
                    },
                )
            }
        }
    }

    /// How often and when it is taken at home, in words that go with its dose; nothing of a dose in the clinic.
    pub fn taken_words(&self) -> Option<String> {
        self.at.taken_words(self.every)
    }

    /// What to dispense for all of it: `98 tablets of 500 mg`, `90 mL of 600 mg in 5 mL`.
    pub fn dispensed_words(&self) -> Option<String> {
        tablets_words(&self.tablets).or_else(|| self.dispensed.as_ref().map(ToString::to_string))
    }

    /// What is taken from the shelf for one administration: `105.6 mL; 3 vials of 2,500 mg in 50 mL`, `2 tablets of 4 mg`.
    pub fn supply_words(&self) -> Option<String> {
        let each = if self.at.run.is_some() { " for each dose" } else { "" };
        match &self.measure {
            Measure::Amount => self.preparation.supply_words().map(|words| format!("{words}{each}")),
            Measure::Liquid(volume) => Some(format!("{volume}{each}")),
            Measure::Tablets(tablets) => tablets_words(tablets).map(|words| format!("{words}{each}")),
            Measure::Halves { morning, evening } => {
                let (morning, evening) = (tablets_words(morning)?, tablets_words(evening)?);
                Some(format!("{morning} in the morning, {evening} in the evening"))
            }
        }
    }

    /// `2,100 mg in each 24 hours`, the other figure of a long infusion.
    pub fn spread_words(&self) -> Option<String> {
        let whole = self.at.portion.days.and(self.at.total).filter(|_| !self.at.portion.is_plain());
        let in_all = whole.map(|amount| format!("{amount} in all"));
        in_all.or_else(|| self.spread.as_ref().map(|(amount, of)| format!("{amount} {of}")))
    }
}

impl GivenRow {
    /// What sets it apart from the plan, each in a few words: `in part`, `2 days late`, `planned 149 mg on Mon 09-Nov-2026`.
    pub fn beside(&self, planned: Option<&PlannedRow>) -> Vec<String> {
        let mut apart: Vec<String> = self.at.clock_words().into_iter().collect();
        let planned_run = planned.and_then(|planned| planned.at.run.as_ref());
        match self.at.run.as_ref().zip(planned_run) {
            Some((run, all)) if run.administrations != all.administrations => {
                apart.push(format!("{} of {} doses taken", run.administrations, all.administrations));
            }
            _ if self.incomplete && planned.is_some() => apart.push("in part".to_owned()),
            _ => {}
        }
        match self.days_late {
            Some(late) if late > 0 => apart.push(format!("{} late", days(late))),
            Some(late) if late < 0 => apart.push(format!("{} early", days(late))),
            _ => {}
        }
        match planned {
            None if self.incomplete => apart.push("another part of the dose".to_owned()),
            None => apart.push("not planned".to_owned()),
            Some(planned) => apart.extend(planned.at.beside(&self.at)),
        }
        apart
    }
}

fn days(count: i32) -> String {
    number::count(count.unsigned_abs(), "day")
}

impl Occasion {
    /// The same in another unit; as it is where the two measure different things.
    #[must_use]
    pub(super) fn in_unit(&self, unit: DoseUnit) -> Self {
        self.converted(unit).unwrap_or_else(|| self.clone())
    }

    fn converted(&self, unit: DoseUnit) -> Option<Self> {
        let amount = self.portion.amount.in_unit(unit)?;
        let halves = match self.portion.halves {
            Some((morning, evening)) => Some((morning.in_unit(unit)?, evening.in_unit(unit)?)),
            None => None,
        };
        let total = match self.total {
            Some(total) => Some(total.in_unit(unit)?),
            None => None,
        };
        Some(Self { portion: Portion { amount, halves, ..self.portion }, total, ..self.clone() })
    }

    /// The dose of one administration; `None` where morning and evening differ: of 1,500 and 2,000 mg neither is it.
    pub fn each(&self) -> Option<Amount> {
        self.halves().is_none().then_some(self.portion.amount)
    }

    /// The morning's dose, where morning and evening differ.
    pub fn morning(&self) -> Option<Amount> {
        self.halves().map(|(morning, _)| morning)
    }

    /// And the evening's.
    pub fn evening(&self) -> Option<Amount> {
        self.halves().map(|(_, evening)| evening)
    }

    fn halves(&self) -> Option<(Amount, Amount)> {
        self.run.as_ref().and(self.portion.halves)
    }

    /// `at 08:05 until 09:35`, `at 11:00 until Mon 15-Mar-2027 10:00`, `until 09:35`; nothing where nobody knows.
    pub fn clock_words(&self) -> Option<String> {
        let begins = self.begins.map(|begins| format!("at {}", begins.time()));
        let ends = self.ends.map(|ends| format!("until {}", ends.beside(self.date)));
        let words: Vec<String> = begins.into_iter().chain(ends).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// How often and when a dose at home is taken: `one dose on Monday 07-Dec-2026`, `twice daily, Mon 07-Dec-2026 through
    /// Sun 20-Dec-2026, 28 doses`. Where morning and evening are named, never "twice daily" beside them.
    pub fn taken_words(&self, every: Option<i32>) -> Option<String> {
        let run = self.run.as_ref()?;
        let often = run.often().filter(|_| self.portion.is_plain());
        let words = often.into_iter().chain([run.words()]).collect::<Vec<_>>().join(", ");
        Some(match every.filter(|_| run.administrations == 1) {
            Some(7) => format!("{words}, once a week on {}s", crate::calendar::weekday(run.from)),
            Some(days) => format!("{words}, every {days} days"),
            None => words,
        })
    }

    /// `planned 149 mg on Mon 09-Nov-2026`, as far as what was given differs.
    fn beside(&self, given: &Occasion) -> Option<String> {
        let dose = (self.portion != given.portion).then(|| format!(" {}", self.portion));
        let day = (self.date != given.date).then(|| format!(" for {}", crate::calendar::with_weekday(self.date)));
        (dose.is_some() || day.is_some()).then(|| {
            let dose = dose.unwrap_or_default();
            format!("planned{dose}{}", day.unwrap_or_default())
        })
    }
}
