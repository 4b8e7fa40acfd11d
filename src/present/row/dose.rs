//! One dose: what is planned, and what happened.

use crate::calendar::{Date, Window};
use crate::course::{Part, Product};
use crate::plan::{DoseState, Infusion};
use crate::quantity::{Amount, Decimal, Portion};
use crate::regimen::{CycleWord, Handling, Mark, Missed, Role};

use super::super::sheet::ReasonRow;
use super::super::words;
use super::planned::{GivenRow, Occasion, PlannedRow};
use super::run::{RunRow, TabletRow};

/// One administration in the clinic, or one run at home.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseRow {
    /// The drug's id in the regimen.
    pub id: String,
    /// The phase, where the regimen has several.
    pub phase: Option<String>,
    /// Its name as people read it, where the regimen has several.
    pub phase_name: Option<String>,
    /// The cycle, by the number the file gives it.
    pub cycle: u32,
    /// What the trial calls it.
    pub cycle_word: CycleWord,
    /// The day of the cycle.
    pub day: i32,
    /// Which of a day's administrations, where a day has several.
    pub part: Option<Part>,
    /// What is planned, and what happened.
    pub facts: Facts,
    /// Why it was held, omitted, or given otherwise than planned.
    pub reason: Option<String>,
    /// Why the planned dose or day is another than at first: a level or percentage in force, a delay of its cycle.
    pub changed: Vec<ReasonRow>,
    /// The entry of the record that says what happened.
    pub recorded: Option<Recorded>,
    /// The kit and the lot it was given from, where the record says so.
    pub used: Product,
    /// Whether it will be given if all goes as planned.
    pub certain: bool,
    /// Generic name, lower case.
    pub drug: String,
    /// Formulation, such as liposomal.
    pub formulation: Option<String>,
    /// The product, where the regimen names one.
    pub product: Option<String>,
    /// The name as people read it: tall-man letters, formulation, product.
    pub shown: String,
    /// What the drug is for.
    pub role: Role,
    /// The route in words; `None` where nobody knows it.
    pub route: Option<String>,
    /// Where it is given or taken.
    pub place: Place,
    /// How long the infusion runs.
    pub over: Option<Infusion>,
    /// `4 hours after ifosfamide`.
    pub when: Option<String>,
    /// The hours of `when`, where it is stated in hours after a dose.
    pub hours_after: Option<Decimal>,
    /// Whether these hours are counted from the first dose of the same drug.
    pub own_hours: bool,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
    /// The day of the cycle it falls on: of a dose so many hours after another its own, else [`DoseRow::day`].
    pub own_day: i32,
    /// What tells it from another entry of the same name in its phase: `bolus`, `46-hour infusion`.
    pub apart: Option<String>,
    /// How what is handed over is handled.
    pub handling: Handling,
    /// What must be read before it is prepared or given: one line, on its label too.
    pub warn: Option<String>,
    /// What the regimen says of a missed dose.
    pub missed: Option<Missed>,
    /// The regimen's note on the drug.
    pub note: Option<String>,
}

/// The plan, what was given, or both.
#[derive(Debug, Clone, PartialEq)]
pub enum Facts {
    /// Nothing was given.
    Planned {
        /// What is planned.
        planned: PlannedRow,
        /// Whether it is held or omitted; `None` of a dose that is still to come.
        left_out: Option<LeftOut>,
    },
    /// It was given.
    Given {
        /// What was planned; `None` of a dose beyond the plan.
        planned: Option<PlannedRow>,
        /// What was given.
        given: GivenRow,
    },
}

/// Why nothing is given on the planned day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Not given now, date open.
    Held,
    /// Somebody decided that it is not given.
    Omitted,
    /// It was due, and nobody gave or took it.
    Missed,
}

/// Where a dose is given or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Place {
    Clinic,
    /// Whoever stays in hospital.
    Ward,
    Home,
}

impl Place {
    /// Every place with its word.
    pub const WORDS: [&'static str; 3] = ["clinic", "ward", "home"];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Place::Clinic => "clinic",
            Place::Ward => "ward",
            Place::Home => "home",
        }
    }
}

/// The entry of the record behind a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub entry: u64,
    /// Who recorded it.
    pub by: String,
    /// When, in UTC.
    pub at: String,
}

impl DoseRow {
    /// `C2D8`
    pub fn on_day(&self) -> String {
        self.cycle_word.on_day(self.cycle, self.day)
    }

    /// What is planned; `None` of a dose beyond the plan.
    pub fn planned(&self) -> Option<&PlannedRow> {
        match &self.facts {
            Facts::Planned { planned, .. } => Some(planned),
            Facts::Given { planned, .. } => planned.as_ref(),
        }
    }

    /// What was given.
    pub fn given(&self) -> Option<&GivenRow> {
        match &self.facts {
            Facts::Planned { .. } => None,
            Facts::Given { given, .. } => Some(given),
        }
    }

    /// Which of a day's doses it is: `morning`, `dose 2 of the day`, `again 2`; nothing where its hour says so.
    pub fn part_words(&self) -> Option<String> {
        match self.part.filter(|_| self.hours_after.is_none())? {
            Part::Nth(nth) => Some(format!("dose {nth} of the day")),
            part => Some(part.to_string()),
        }
    }

    /// What is known to have happened.
    pub fn state(&self) -> DoseState {
        match &self.facts {
            Facts::Planned { left_out: None, .. } => DoseState::Projected,
            Facts::Planned { left_out: Some(LeftOut::Held), .. } => DoseState::Held,
            Facts::Planned { left_out: Some(LeftOut::Omitted), .. } => DoseState::Omitted,
            Facts::Planned { left_out: Some(LeftOut::Missed), .. } => DoseState::Missed,
            Facts::Given { given, .. } if given.incomplete => DoseState::Incomplete,
            Facts::Given { .. } => DoseState::Given,
        }
    }

    /// Whether it counts: given, or still to be given.
    pub fn counts(&self) -> bool {
        matches!(self.state(), DoseState::Projected | DoseState::Given | DoseState::Incomplete)
    }

    /// Whether nobody gave it and nobody will: omitted, or missed.
    pub fn never_given(&self) -> bool {
        matches!(self.state(), DoseState::Omitted | DoseState::Missed)
    }

    /// The day and the dose as they stand: what was given, else what is planned.
    pub fn occasion(&self) -> &Occasion {
        match &self.facts {
            Facts::Planned { planned, .. } => &planned.at,
            Facts::Given { given, .. } => &given.at,
        }
    }

    /// The day and the dose as they are prepared: what is planned, else what was given beyond the plan.
    pub fn to_prepare(&self) -> &Occasion {
        self.planned().map_or_else(|| self.occasion(), |planned| &planned.at)
    }

    /// The day: on which it was given, else on which it is planned.
    pub fn date(&self) -> Date {
        self.occasion().date
    }

    /// What goes in each time, as it stands.
    pub fn portion(&self) -> Portion {
        self.occasion().portion
    }

    /// The amount of the whole row, as it stands.
    pub fn total(&self) -> Option<Amount> {
        self.occasion().total
    }

    /// The run at home, as it stands.
    pub fn run(&self) -> Option<&RunRow> {
        self.occasion().run.as_ref()
    }

    /// First and last day allowed.
    pub fn window(&self) -> Option<Window> {
        self.planned().and_then(|planned| planned.window)
    }

    /// How the planned dose came about; nothing of a dose beyond the plan.
    pub fn working(&self) -> &[String] {
        self.planned().map_or(&[], |planned| &planned.working)
    }

    /// Figures behind it that nobody has verified.
    pub fn marks(&self) -> &[Mark] {
        self.planned().map_or(&[], |planned| &planned.marks)
    }

    /// What is planned, where nothing else was given than that: volume, vials and tablets were worked out for it.
    pub fn as_planned(&self) -> Option<&PlannedRow> {
        self.planned().filter(|planned| planned.at.portion == self.portion())
    }

    /// One dose as it stands, by what it is counted out first: `3 tablets of 500 mg (1,500 mg)`.
    pub fn dose_words(&self) -> String {
        self.as_planned().map_or_else(|| self.portion().to_string(), PlannedRow::dose_words)
    }

    /// How often and when it is taken at home, as it stands; nothing of a dose in the clinic.
    pub fn taken_words(&self) -> Option<String> {
        self.occasion().taken_words(self.planned().and_then(|planned| planned.every))
    }

    /// Volume, vials and tablets of one administration in words.
    pub fn supply(&self) -> Option<String> {
        self.as_planned().and_then(PlannedRow::supply_words)
    }

    /// `80 % of the dose: neuropathy grade 2; delayed by 7 days: neutrophils 0.9`, why the planned dose or day is another than at
    /// first.
    pub fn changed_words(&self) -> Option<String> {
        let all: Vec<String> = self.changed.iter().map(ReasonRow::words).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Of these, the delay of its cycle.
    pub fn delayed_words(&self) -> Option<String> {
        self.changed.iter().find(|one| one.drug.is_none()).map(ReasonRow::words)
    }

    /// The name, with what tells it from another entry of the same name.
    pub fn shown_apart(&self) -> String {
        self.apart.as_ref().map_or_else(|| self.shown.clone(), |apart| format!("{}, {apart}", self.shown))
    }

    /// Tablets of the whole run.
    pub fn tablets(&self) -> &[TabletRow] {
        self.planned().map_or(&[], |planned| &planned.tablets)
    }

    /// The day of the newest measurement the planned dose was made from.
    pub fn measured(&self) -> Option<Date> {
        self.planned().and_then(|planned| planned.inputs.newest())
    }

    /// The route, or that nobody knows it.
    pub fn route_words(&self) -> &str {
        self.route.as_deref().unwrap_or(words::ROUTE_UNKNOWN)
    }

    /// The length of the infusion in minutes, where it is one figure.
    pub fn over_minutes(&self) -> Option<Decimal> {
        self.over.as_ref().and_then(Infusion::minutes)
    }
}
