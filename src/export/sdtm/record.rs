//! One record of EC or EX, made from a dose: what was planned, what was given, what was not.

use crate::calendar::{Date, days_between};
use crate::course::Part;
use crate::present::{DoseRow, DoseState, Occasion, Schedule};
use crate::quantity::number::{self, plain};
use crate::regimen::Role;

use super::super::{each, shared};

const ROUTES: [(&str, &str); 14] = [
    ("intravenous", "INTRAVENOUS"),
    ("intravenous bolus", "INTRAVENOUS BOLUS"),
    ("intravenous drip", "INTRAVENOUS DRIP"),
    ("subcutaneous", "SUBCUTANEOUS"),
    ("oral", "ORAL"),
    ("intrathecal", "INTRATHECAL"),
    ("intramuscular", "INTRAMUSCULAR"),
    ("intravesical", "INTRAVESICAL"),
    ("intravitreal", "INTRAVITREAL"),
    ("intra-articular", "INTRA-ARTICULAR"),
    ("intralesional", "INTRALESIONAL"),
    ("subconjunctival", "SUBCONJUNCTIVAL"),
    ("percutaneous", "PERCUTANEOUS"),
    ("otic", "AURICULAR (OTIC)"),
];

const UNITS: [(&str, &str); 5] = [
    ("mcg", "ug"),
    ("units", "IU"),
    ("million units", "10^6 IU"),
    ("cells", "Therapeutic Cells"),
    ("million cells", "10^6 Therapeutic Cells"),
];

/// Doses a day that the code list has a term for.
const FREQUENCIES: [&str; 9] = [
    "QD",
    "BID",
    "TID",
    "QID",
    "5 TIMES PER DAY",
    "6 TIMES PER DAY",
    "7 TIMES PER DAY",
    "8 TIMES PER DAY",
    "9 TIMES PER DAY",
];

/// What a record says of its dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// What was intended.
    Scheduled,
    /// What was given.
    Given,
    /// What was not given, or of a run so many doses that were not taken.
    NotGiven {
        /// Of a run; `None` of a whole dose.
        missed: Option<u32>,
    },
}

/// A row of EC or EX.
pub(super) struct Record {
    dose: DoseRow,
    mood: Mood,
}

/// Study day 1, and whether it is a fact: the first day on which study treatment was given, else on which it is planned.
/// Premedication and support may come before it and have negative days.
pub(super) fn reference_day(schedule: &Schedule) -> Option<(Date, bool)> {
    let treatment = || schedule.doses.iter().filter(|dose| dose.role == Role::Treatment);
    let given = treatment().filter_map(|dose| dose.given()).map(|given| given.at.date).min();
    let planned = || treatment().filter_map(|dose| dose.planned()).map(|planned| planned.at.date).min();
    given.map(|day| (day, true)).or_else(|| planned().map(|day| (day, false)))
}

impl Record {
    /// The records of one dose. Where morning and evening differ, each half has its own: a record holds one amount.
    pub(super) fn of(row: &DoseRow) -> Vec<Record> {
        let halves = each::by_half(row).into_iter();
        halves.flat_map(|dose| moods(&dose).into_iter().map(move |mood| Record { dose: dose.clone(), mood })).collect()
    }

    /// Whether something went in.
    pub(super) fn is_exposure(&self) -> bool {
        self.mood == Mood::Given
    }

    /// The day and the dose that the record is of; nothing of what was not given.
    fn at(&self) -> Option<&Occasion> {
        match self.mood {
            Mood::Scheduled => self.dose.planned().map(|planned| &planned.at),
            Mood::Given => self.dose.given().map(|given| &given.at),
            Mood::NotGiven { .. } => None,
        }
    }

    /// A variable, by its name without the letters of the domain. On scheduled records `--PRESP` and `--OCCUR` stay blank:
    /// a pre-specified record without an occurrence would need a status.
    pub(super) fn value(&self, name: &str, schedule: &Schedule, day_1: Option<Date>) -> String {
        let dose = &self.dose;
        match name {
            "--REFID" => identity(dose, dose.part),
            // What was planned, each part of it that was given, and what was missed of it.
            "--LNKID" => identity(dose, dose.part.filter(|part| !matches!(part, Part::Again(_)))),
            "--TRT" => match &dose.formulation {
                Some(formulation) => format!("{} {formulation}", dose.drug).to_uppercase(),
                None => dose.drug.to_uppercase(),
            },
            "--MOOD" => if self.mood == Mood::Scheduled { "SCHEDULED" } else { "PERFORMED" }.to_owned(),
            "--CAT" => category(dose.role).to_owned(),
            "--PRESP" if self.mood != Mood::Scheduled => "Y".to_owned(),
            "--OCCUR" if self.mood != Mood::Scheduled => if self.is_exposure() { "Y" } else { "N" }.to_owned(),
            "--REASOC" => self.why_not(),
            "--DOSRGM" => intended(schedule, dose),
            "--ROUTE" => route(dose),
            "--LOT" if self.is_exposure() => dose.used.lot.clone().unwrap_or_default(),
            "--ADJ" => self.adjusted(),
            "EPOCH" => "TREATMENT".to_owned(),
            _ => self.at().map_or_else(String::new, |at| occasion(name, dose, at, day_1)),
        }
    }

    fn why_not(&self) -> String {
        let reason = self.dose.reason.clone();
        match self.mood {
            Mood::Scheduled | Mood::Given => String::new(),
            Mood::NotGiven { missed: None } => reason.unwrap_or_else(|| "not taken".to_owned()),
            Mood::NotGiven { missed: Some(missed) } => {
                let missed = format!("{} not taken", number::count(missed, "dose"));
                reason.map_or(missed.clone(), |reason| format!("{missed}: {reason}"))
            }
        }
    }

    /// Why it is another dose or day than the first: what is said of one that was given, or that it is held; the level in
    /// force and a delay of its cycle.
    fn adjusted(&self) -> String {
        let dose = &self.dose;
        let held = dose.reason.as_ref().filter(|_| dose.state() == DoseState::Held).map(|why| format!("held: {why}"));
        let said = match self.mood {
            Mood::Scheduled => held,
            Mood::Given => dose.reason.clone(),
            Mood::NotGiven { .. } => return String::new(),
        };
        let changed = dose.changed_words().filter(|_| self.at().is_some());
        said.into_iter().chain(changed).collect::<Vec<_>>().join("; ")
    }
}

fn moods(dose: &DoseRow) -> Vec<Mood> {
    let scheduled = dose.planned().map(|_| Mood::Scheduled);
    let missed = dose.given().map(|given| given.missed).filter(|missed| *missed > 0);
    let performed = match dose.state() {
        DoseState::Projected | DoseState::Held => None,
        DoseState::Given | DoseState::Incomplete => Some(Mood::Given),
        DoseState::Omitted | DoseState::Missed => Some(Mood::NotGiven { missed: None }),
    };
    let missed = missed.map(|missed| Mood::NotGiven { missed: Some(missed) });
    scheduled.into_iter().chain(performed).chain(missed).collect()
}

fn occasion(name: &str, dose: &DoseRow, at: &Occasion, day_1: Option<Date>) -> String {
    let through = shared::through(dose, at);
    let unit = at.portion.amount.unit.written();
    match name {
        // An infusion dosed by the day is one administration, from its first day to its last: all of it.
        "--DOSE" if at.portion.days.is_some() => at.total.map(|total| plain(total.value)).unwrap_or_default(),
        "--DOSE" => plain(at.portion.amount.value),
        "--DOSU" => term(&UNITS, unit).unwrap_or(unit).to_owned(),
        "--DOSFRQ" => frequency(at).to_owned(),
        "--STDTC" => shared::begins(at),
        "--ENDTC" => shared::ends(dose, at),
        "--STDY" => study_day(day_1, at.date),
        "--ENDY" => study_day(day_1, through),
        _ => String::new(),
    }
}

fn term<'a>(terms: &[(&str, &'a str)], ours: &str) -> Option<&'a str> {
    terms.iter().find(|(known, _)| *known == ours).map(|(_, term)| *term)
}

/// Never the date or the dose: the same administration keeps it when it moves.
fn identity(dose: &DoseRow, part: Option<Part>) -> String {
    let phase = dose.phase.as_ref().map_or(String::new(), |phase| format!("{phase}/"));
    let part = part.map_or(String::new(), |part| format!("/{part}"));
    format!("{phase}C{}/D{}/{}{part}", dose.cycle, dose.day, dose.id)
}

/// A term of the code list, or nothing: the list has none for more doses a day, and the regimen says them in words.
fn frequency(at: &Occasion) -> &'static str {
    match &at.run {
        Some(run) if run.administrations > 1 => {
            let nth = usize::try_from(run.times_a_day).unwrap_or(usize::MAX).max(1) - 1;
            FREQUENCIES.get(nth).copied().unwrap_or_default()
        }
        _ => "ONCE",
    }
}

fn route(dose: &DoseRow) -> String {
    let words = dose.route.as_deref().unwrap_or_default();
    term(&ROUTES, words).map_or_else(|| words.to_uppercase(), str::to_owned)
}

/// No variable says how far a planned dose may be relied on; the intended regimen is where a reader looks.
fn intended(schedule: &Schedule, dose: &DoseRow) -> String {
    let draft = shared::before(schedule);
    let over = shared::over(dose).map_or(String::new(), |over| format!(", {over}"));
    let run = dose.to_prepare().run.as_ref().map_or(String::new(), |run| format!(", {}", run.words()));
    let each = if dose.to_prepare().portion.days.is_some() { " in each 24 hours" } else { "" };
    match dose.planned() {
        Some(planned) => format!("{draft}{}{each}{over}{run}", planned.per),
        None if dose.state() == DoseState::Incomplete => format!("{draft}another part of the planned dose"),
        None => format!("{draft}not planned{over}{run}"),
    }
}

/// What a drug is for.
pub(super) fn category(role: Role) -> &'static str {
    match role {
        Role::Treatment => "STUDY TREATMENT",
        Role::Premedication => "PREMEDICATION",
        Role::Support => "SUPPORTIVE CARE",
    }
}

/// There is no day 0: the day before day 1 is day -1.
pub(super) fn study_day(day_1: Option<Date>, date: Date) -> String {
    let Some(day_1) = day_1 else { return String::new() };
    let days = days_between(day_1, date);
    if days < 0 { days.to_string() } else { (days + 1).to_string() }
}
