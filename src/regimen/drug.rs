//! One drug.

use crate::formula::renal::RenalFormula;
use crate::quantity::decimal::{Direction, Ties};
use crate::quantity::{Amount, Creatinine, Decimal, Gfr, GfrMethods, Period, ProtocolDose, Volume};

use crate::subject::Subject;

use super::{Clock, Days, Decay, Dilution, Dosing, HalfDay, Handling, Provenance, Range, Room, Stated, WeightKind};

/// A drug.
#[derive(Debug, Clone, PartialEq)]
pub struct Drug {
    /// Short name, unique in its phase.
    pub id: String,
    /// Full generic name.
    pub name: String,
    /// What it is without salt, water and formulation, in small letters: `methotrexate`.
    pub substance: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// Always shown with the name.
    pub formulation: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// What the strength is expressed as.
    pub strength_as: Option<String>,
    /// Treatment, premedication or support.
    pub role: Role,
    /// Which dose who gets.
    pub dosing: Dosing,
    /// The weight of a dose per kg.
    pub weight: Option<WeightKind>,
    /// Kidney function of an AUC dose.
    pub gfr: Option<GfrRule>,
    /// Route.
    pub route: Stated<String>,
    /// Taken at home.
    pub home: bool,
    /// Given to whoever stays in hospital, where no day is closed.
    pub ward: bool,
    /// Length of the infusion; `None` where there is none.
    pub over: Option<Over>,
    /// Days of the cycle.
    pub days: Days,
    /// Administrations a day.
    pub times: u32,
    /// At stated hours after another drug.
    pub hours: Option<Hours>,
    /// Half-day on which a home run starts.
    pub starts: Option<HalfDay>,
    /// First cycle in which it is given.
    pub first_cycle: u32,
    /// Last cycle in which it is given.
    pub last_cycle: Option<u32>,
    /// How long it is given from its first dose: the last dose lies before that day.
    pub stop_after: Option<Period>,
    /// Caps; the first whose weight fits applies.
    pub caps: Vec<Cap>,
    /// Never exceeded.
    pub maximum: Maximum,
    /// Rounding.
    pub rounding: Rounding,
    /// Room around its days.
    pub window: Option<Stated<Room>>,
    /// What happens to a missed dose.
    pub missed: Option<Missed>,
    /// Shortest interval to its previous dose, in days.
    pub least_gap: Option<i32>,
    /// What its dates follow.
    pub clock: Clock,
    /// Order within the day.
    pub relative: Option<Relative>,
    /// Dated end of a long infusion.
    pub ends: Option<Ends>,
    /// Vial.
    pub vial: Option<Vial>,
    /// Tablets or capsules.
    pub tablets: Option<Tablets>,
    /// Which of them.
    pub form: Form,
    /// Separately typed total of one cycle.
    pub cycle_total: Option<ProtocolDose>,
    /// Drugs that stop with it.
    pub stops: Vec<String>,
    /// Given instead of this drug, where a person chooses so.
    pub instead_of: Option<String>,
    /// Given only in these cohorts; in all where empty.
    pub cohorts: Vec<String>,
    /// How it decays.
    pub decay: Option<Decay>,
    /// How it is diluted.
    pub dilution: Option<Dilution>,
    /// How what is handed over is handled.
    pub handling: Handling,
    /// What must be read before it is prepared or given: one line.
    pub warn: Option<String>,
    /// What saves the patient from the dose, where that is no row of the file.
    pub rescue: Option<String>,
    /// The source of the first tier that gives a dose far above the largest in use.
    pub dose_exception: Option<String>,
    /// That another entry of its substance is given in full on the same day is meant.
    pub together: bool,
    /// By which age its table goes.
    pub age_at: AgeAt,
    /// A remark.
    pub note: Option<String>,
    /// The earlier version of the regimen it is from, where a subject was moved to another.
    pub text: Option<std::sync::Arc<super::Regimen>>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// A name with its formulation.
pub fn with_formulation(name: &str, formulation: Option<&str>) -> String {
    formulation.map_or_else(|| name.to_owned(), |formulation| format!("{name} {formulation}"))
}

impl Drug {
    /// Whether it goes by this id or name; small and capital letters alike.
    pub fn is_called(&self, word: &str) -> bool {
        let word = word.trim().to_lowercase();
        let mut names = [&self.id, &self.name].into_iter().chain(&self.also);
        names.any(|name| name.to_lowercase() == word) || self.full_name().to_lowercase() == word
    }

    /// The name with its formulation, as every face shows it.
    pub fn full_name(&self) -> String {
        with_formulation(&self.name, self.formulation.as_deref())
    }

    /// Whether it is swallowed as a liquid: measured in mL, from a bottle of which nobody counts vials.
    pub fn is_oral_liquid(&self) -> bool {
        self.route.known().is_some_and(|route| route == "oral") && self.vial.is_some_and(|vial| vial.volume.is_some())
    }

    /// Whether it belongs to the subject's cohort or arm.
    pub fn is_for(&self, subject: &Subject) -> bool {
        self.cohorts.is_empty() || subject.cohort.as_ref().is_some_and(|one| self.cohorts.contains(one))
    }

    /// Whether it is taken at home in runs of more than one dose, which stand in the plan as one.
    pub fn runs_at_home(&self) -> bool {
        let follow = |pair: &[i32]| matches!(pair, [a, b] if b.saturating_sub(*a) == 1 || (*a, *b) == (-1, 1));
        let in_a_row = match &self.days {
            Days::EveryDay => true,
            Days::List(list) => list.windows(2).any(follow),
            Days::ByCycle(rows) => rows.iter().any(|(_, _, list)| list.windows(2).any(follow)),
        };
        self.home && self.hours.is_none() && (self.times > 1 || in_a_row)
    }

    /// Whether the regimen gives it in a cycle of its phase.
    pub fn in_cycle(&self, number: u32) -> bool {
        self.first_cycle <= number && self.last_cycle.is_none_or(|last| number <= last)
    }

    /// Whether a subject receives it: in its cohort, and not another drug in its place. `others` are the drugs of its phase.
    pub fn is_given_to(&self, subject: &Subject, others: &[Drug]) -> bool {
        let chosen = |id: &String| subject.instead.contains(id);
        let in_cohort = self.is_for(subject);
        let replaces = |other: &Drug| {
            other.instead_of.as_ref() == Some(&self.id)
                && chosen(&other.id)
                && other.is_for(subject)
                && other.meets(self)
        };
        let replaced = others.iter().any(replaces);
        in_cohort && !replaced && (self.instead_of.is_none() || chosen(&self.id))
    }
}

/// What a drug is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Role {
    Treatment,
    Premedication,
    Support,
}

/// Length of an infusion.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// No source gives it.
    Unknown,
    /// Given at once.
    Bolus,
    /// One figure.
    Fixed(Period),
    /// By occurrence; the last goes on.
    ByOccurrence(Vec<Period>),
    /// A range the source allows.
    Between(Period, Period),
    /// Not faster than this an hour.
    AtMostPerHour(Amount),
}

/// How a kidney function comes about.
#[derive(Debug, Clone, PartialEq)]
pub struct GfrRule {
    /// Formula.
    pub formula: RenalFormula,
    /// Weight in it.
    pub weight: WeightKind,
    /// Lowest creatinine used.
    pub creatinine_floor: Option<Creatinine>,
    /// Highest GFR used, in mL/min.
    pub cap: Option<Decimal>,
    /// Methods of measuring whose figure the cap does not cut.
    pub uncapped: GfrMethods,
    /// Which formula makes the dose of it, where the file says so; Calvert's where not, and then of adults only.
    pub calvert: Option<AucFormula>,
    /// Decimals.
    pub places: u32,
    /// Whether newer figures count; the kidney function of cycle 1 day 1 stays where not.
    pub recalculate: bool,
}

impl GfrRule {
    /// The cap for a kidney function as it was given; one without a method counts as estimated.
    pub fn cap_for(&self, given: Option<Gfr>) -> Option<Decimal> {
        self.cap.filter(|_| !given.is_some_and(|gfr| self.uncapped.hold(gfr)))
    }
}

/// What makes a dose of a target AUC and a kidney function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AucFormula {
    /// AUC × (GFR + 25): made for adults.
    Calvert,
    /// AUC × (GFR + 0.36 × weight): made for children.
    Newell,
}

impl AucFormula {
    /// The word of a file.
    pub const fn word(self) -> &'static str {
        match self {
            AucFormula::Calvert => "calvert",
            AucFormula::Newell => "newell",
        }
    }
}

/// Hours after another drug.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// The other drug's id.
    pub drug: String,
    /// Each administration, in hours.
    pub at: Vec<Decimal>,
}

/// A cap on the dose of one administration.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// Highest dose.
    pub dose: Amount,
    /// Only in this range of weight.
    pub weight: Option<Range>,
}

/// What is never exceeded.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Maximum {
    pub dose: Option<Amount>,
    pub day: Option<Amount>,
    pub cycle: Option<Amount>,
}

/// How a dose is rounded.
#[derive(Debug, Clone, PartialEq)]
pub enum Rounding {
    /// Not at all.
    None,
    /// No source says how.
    Unknown,
    /// To a multiple of a step.
    Step {
        /// The step.
        step: Amount,
        /// `vial` or `tablet`, where the step is one of those.
        whole: Option<&'static str>,
        /// Direction.
        direction: Direction,
        /// Ties.
        ties: Ties,
        /// Largest difference in percent.
        within: Option<Decimal>,
        /// The day's dose is rounded, then split; the named part is the larger.
        daily: Option<HalfDay>,
    },
    /// To a band's dose: (from, give), rising.
    Bands {
        /// The bands.
        bands: Vec<(Amount, Amount)>,
        /// Largest difference in percent.
        within: Option<Decimal>,
    },
}

/// What happens to a missed dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Missed {
    Skip,
    GiveWithin(i32),
    Ask,
}

/// Order within a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Relative {
    /// After a drug.
    After(String),
    /// Together with a drug.
    With(String),
    /// A premedication, so long before its drug.
    Before(String, Option<Period>),
}

/// Dated end of a long infusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// Day of the cycle.
    pub day: i32,
    /// What happens.
    pub visit: String,
}

/// A vial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vial {
    /// Content.
    pub amount: Amount,
    /// Its volume; absent for a powder.
    pub volume: Option<Volume>,
}

impl std::fmt::Display for Vial {
    /// `43 mg in 10 mL`; `200 mg` of a powder.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.volume {
            Some(volume) => write!(f, "{} in {volume}", self.amount),
            None => self.amount.fmt(f),
        }
    }
}

/// By which age a table goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgeAt {
    /// That on day 1 of each cycle.
    #[default]
    Cycle,
    /// That on the first day of treatment, whatever birthday follows.
    Treatment,
}

/// What is counted out: tablets, or capsules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Tablets, unless the file says otherwise.
    #[default]
    Tablets,
    /// Capsules.
    Capsules,
}

impl Form {
    /// The word for so many: `tablet`, `capsules`.
    pub fn word(self, count: u32) -> &'static str {
        match (self, count) {
            (Form::Tablets, 1) => "tablet",
            (Form::Tablets, _) => "tablets",
            (Form::Capsules, 1) => "capsule",
            (Form::Capsules, _) => "capsules",
        }
    }
}

/// Tablet or capsule strengths, largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tablets(pub Vec<Amount>);
