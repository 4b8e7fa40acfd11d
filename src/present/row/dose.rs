//! One dose: what is planned, and what happened.

use std::sync::Arc;

use crate::calendar::{Date, Window};
use crate::course::Part;
use crate::plan::{DoseInputs, Infusion};
use crate::quantity::number;
use crate::quantity::{Amount, Decimal, Portion, ProtocolDose};
use crate::regimen::{HalfDay, Role};

use super::super::words;

/// One administration in the clinic, or one run at home.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseRow {
    /// The drug's id in the regimen.
    pub id: String,
    /// The phase, where the regimen has several.
    pub phase: Option<String>,
    /// The cycle, from 1.
    pub cycle: u32,
    /// The day of the cycle.
    pub day: i32,
    /// Which of a day's administrations, where a day has several.
    pub part: Option<Part>,
    /// What is planned, and what happened.
    pub facts: Facts,
    /// Why it was held, omitted, or given otherwise than planned.
    pub reason: Option<String>,
    /// The entry of the record that says what happened.
    pub recorded: Option<Recorded>,
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
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
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

/// What is known to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseState {
    /// Nothing yet.
    Projected,
    /// Given as one dose, or taken as a whole run.
    Given,
    /// Only a part of it was given, or only some doses of a run were taken.
    Incomplete,
    /// Not given now, date open.
    Held,
    /// Somebody decided that it is not given.
    Omitted,
    /// It was due, and nobody gave or took it.
    Missed,
}

impl DoseState {
    /// Every state with its word, in the order in which code books list them.
    pub const WORDS: [&'static str; 6] = ["projected", "given", "incomplete", "held", "omitted", "missed"];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            DoseState::Projected => "projected",
            DoseState::Given => "given",
            DoseState::Incomplete => "incomplete",
            DoseState::Held => "held",
            DoseState::Omitted => "omitted",
            DoseState::Missed => "missed",
        }
    }

    /// The same before a sentence that goes on with what is incomplete: `GIVEN`, in part.
    pub fn heading(self) -> String {
        if self == DoseState::Incomplete { DoseState::Given.word() } else { self.word() }.to_uppercase()
    }
}

/// Where a dose is given or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Place {
    Clinic,
    Home,
}

impl Place {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Place::Clinic => "clinic",
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
    /// What rounding changed, in percent.
    pub difference: Option<Decimal>,
    /// Volume to withdraw, in mL.
    pub volume: Option<Decimal>,
    /// Whole vials needed.
    pub vials: Option<u32>,
    /// Supply in words: `28.6 mL; 3 vials of 43 mg in 10 mL`.
    pub supply: Option<String>,
    /// Tablets of the whole run, by strength.
    pub tablets: Vec<TabletRow>,
    /// A long infusion's other figure, and what it is of: `2,100 mg in each 24 hours`.
    pub spread: Option<(Amount, String)>,
    /// The measurements the dose was made from.
    pub inputs: Arc<DoseInputs>,
    /// One sentence a step.
    pub working: Vec<String>,
    /// Figures nobody has verified, or on which sources disagree, that enter the dose or its date.
    pub marks: Vec<String>,
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

/// A run of doses at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub through: Date,
    /// The cycle day of the last dose.
    pub through_day: i32,
    /// Half-day of the first dose, where there are two a day.
    pub starts: Option<HalfDay>,
    /// Half-day of the last dose.
    pub ends: Option<HalfDay>,
    /// Doses a day.
    pub times_a_day: u32,
    /// Doses in all.
    pub administrations: u32,
}

/// Tablets of one strength for a whole run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabletRow {
    /// The strength of one.
    pub strength: Amount,
    /// How many.
    pub count: u32,
}

impl DoseRow {
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
    pub fn marks(&self) -> &[String] {
        self.planned().map_or(&[], |planned| &planned.marks)
    }

    /// Volume, vials and tablets in words; nothing where another amount was given than they were worked out for.
    pub fn supply(&self) -> Option<&str> {
        let planned = self.planned().filter(|planned| planned.at.portion == self.portion())?;
        planned.supply.as_deref()
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

impl PlannedRow {
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
        let mut apart = Vec::new();
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

impl RunRow {
    /// `evening of 07-Dec-2026 through morning of 21-Dec-2026, 28 doses`
    pub fn words(&self) -> String {
        words::run((self.from, self.starts), (self.through, self.ends), self.administrations)
    }
}

impl std::fmt::Display for TabletRow {
    /// `84 × 500 mg`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {}", self.count, self.strength)
    }
}
