//! The event table of pharmacometrics (NONMEM, mrgsolve, rxode2, and by a few lines of R `PKPDsim`), and the page its reader
//! needs.
//!
//! Every dose is a row of its own: repeating a dose with ADDL goes wrong with the first hold. TIME counts hours from the
//! day of the first dose. A dose whose clock time is known stands at it. A dose planned some hours after another stands so many hours after it; else a plan knows days,
//! not hours, and several doses of a day are spread evenly over it. Held, omitted and missed doses are no events.
//!
//! An infusion is never a bolus: where its length is no single figure RATE is -2, a duration that the model must give.

mod page;

use crate::calendar::{Date, Moment};
use crate::course::Part;
use crate::plan::Infusion;
use crate::present::{DoseRow, DoseState, Schedule};
use crate::quantity::unit::DoseUnit;
use crate::quantity::{Age, Bsa, Decimal, Height, Period, Sex, Weight, decimal, number};
use crate::regimen::HalfDay;

use super::note::Note;
use super::{ExportError, Format, Options, Write, each, shared, table};

pub(super) const TABLE: Format = Format {
    id: "nonmem",
    extension: "csv",
    title: "event table for NONMEM, mrgsolve, rxode2 and PKPDsim",
    text: true,
    write: Write::Whole(event_table),
};
pub(super) const PAGE: Format = Format {
    id: "nonmem-page",
    extension: "txt",
    title: "what the columns of the event table mean, and how each program reads it",
    text: true,
    write: Write::Rows(page::write),
};

const HEADER: &str =
    "ID,TIME,AMT,RATE,II,ADDL,EVID,CMT,MDV,SS,DV,WT,HT,BSA,AGE,SEX,PHASE,CYCLE,DAY,DRUG,GIVEN,CERTAIN,DRAFT";

/// How long a dose goes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    /// All at once.
    None,
    /// Hours.
    Hours(Decimal),
    /// An infusion, but nobody knows how long.
    Open,
}

/// A dose as a model sees it.
struct Event<'a> {
    hours: Decimal,
    amount: Decimal,
    /// The amount by which the rate was set: of an infusion that was broken off all that was planned.
    set_by: Decimal,
    length: Length,
    /// Number of the drug and of its compartment, from 1.
    drug: usize,
    row: &'a DoseRow,
}

/// Everything the table and its page share.
struct Events<'a> {
    all: Vec<Event<'a>>,
    /// Drugs by number, each by its first dose.
    drugs: Vec<&'a DoseRow>,
    first: Option<Date>,
    /// Held, omitted and missed.
    left_out: usize,
    /// Doses whose amount is nothing or no figure.
    empty: usize,
}

impl Events<'_> {
    fn open(&self) -> usize {
        self.all.iter().filter(|event| event.length == Length::Open).count()
    }
}

fn events<'a>(expanded: &'a Schedule, options: &Options) -> Events<'a> {
    let mut found = Events { all: Vec::new(), drugs: Vec::new(), first: None, left_out: 0, empty: 0 };
    for row in &expanded.doses {
        if !row.counts() {
            found.left_out += 1;
            continue;
        }
        let Some(amount) = row.total().map(|total| total.value).filter(|amount| *amount > Decimal::ZERO) else {
            found.empty += 1;
            continue;
        };
        let first = *found.first.get_or_insert(row.date());
        let known = found.drugs.iter().position(|known| substance(known) == substance(row));
        let drug = known.unwrap_or_else(|| {
            found.drugs.push(row);
            found.drugs.len() - 1
        }) + 1;
        let hours = since(expanded, first, row);
        // Whoever wrote down when it began and ended knows how fast what went in ran.
        let (length, set_by) = match recorded(expanded, row) {
            Some(hours) => (Length::Hours(hours), amount),
            None => (length(row, options.shortest_infusion), broken_off(row).unwrap_or(amount)),
        };
        found.all.push(Event { hours, amount, set_by, length, drug, row });
    }
    found.all.sort_by(|a, b| a.hours.cmp(&b.hours).then(a.drug.cmp(&b.drug)));
    found
}

/// What whoever takes the table must be told: infusions of which nobody knows how long they run.
pub(super) fn notes(schedule: &Schedule, options: &Options) -> Vec<Note> {
    let expanded = each::expand(schedule);
    let events = events(&expanded, options);
    let (open, all) = (events.open(), events.all.len());
    let ranged = |event: &&Event| {
        event.length == Length::Open && matches!(event.row.over, Some(Infusion::Between(..) | Infusion::AtMost { .. }))
    };
    let ranged = events.all.iter().filter(ranged).count();
    let mut notes = Vec::new();
    if open > 0 {
        let shorter = if ranged == 0 {
            String::new()
        } else {
            format!(" For {ranged} of them the regimen says a shortest time, which can be taken instead.")
        };
        notes.push(Note::warn(format!(
            "{open} of {all} doses are infusions whose length is not one figure. Their RATE is -2: the model must give \
             the duration.{shorter}"
        )));
    }
    notes
}

/// One compartment takes one drug in one unit by one route: a bolus and an infusion of it are the same drug.
fn substance(row: &DoseRow) -> (&str, Option<&str>, Option<&str>, DoseUnit) {
    (&row.drug, row.formulation.as_deref(), row.route.as_deref(), row.portion().amount.unit)
}

/// Hours from 00:00 of the first day, as they pass: where a place's clock is put forward or back in between, an hour less or
/// more.
fn since(schedule: &Schedule, first: Date, row: &DoseRow) -> Decimal {
    let (zero, day) = (Moment::midnight(first), Moment::midnight(row.date()));
    match row.occasion().begins {
        Some(begins) => between(schedule, zero, begins),
        None => between(schedule, zero, day) + of_day(schedule, row),
    }
}

/// Hours from one moment to another on the clock of the clinic.
fn between(schedule: &Schedule, from: Moment, to: Moment) -> Decimal {
    let minutes = match &schedule.subject.clock {
        Some(clock) => clock.minutes(from, to),
        None => from.minutes_to(to),
    };
    decimal::half_up(decimal::over(minutes.into(), Decimal::from(60)).unwrap_or_default(), 4)
}

/// How many hours an infusion took that was given, where begin and end were written down.
fn recorded(schedule: &Schedule, row: &DoseRow) -> Option<Decimal> {
    let at = &row.given().filter(|_| row.over.is_some() || is_intravenous(row))?.at;
    let hours = between(schedule, at.begins?, at.ends?);
    (hours > Decimal::ZERO).then_some(hours)
}

fn is_intravenous(row: &DoseRow) -> bool {
    matches!(row.route.as_deref(), Some("intravenous" | "intravenous drip"))
}

/// Hours into the day where no clock says so: those stated after the dose that the row counts from, which stands at 0; else
/// the parts of a day lie evenly in it.
fn of_day(schedule: &Schedule, row: &DoseRow) -> Decimal {
    if let Some(hours) = row.hours_after {
        // Whole days are in the date already.
        return hours % Decimal::from(24);
    }
    match row.part {
        Some(Part::Half(HalfDay::Evening)) => Decimal::from(12),
        Some(Part::Nth(nth)) => {
            let same = |other: &&DoseRow| (&other.id, other.date()) == (&row.id, row.date());
            let times = schedule.doses.iter().filter(same).count().max(1);
            let apart = decimal::over(Decimal::from(24), Decimal::from(times)).unwrap_or_default();
            decimal::half_up(apart.saturating_mul(Decimal::from(nth.clamp(1, 24) - 1)), 4)
        }
        Some(Part::Half(HalfDay::Morning) | Part::Again(_)) | None => Decimal::ZERO,
    }
}

fn length(row: &DoseRow, shortest: bool) -> Length {
    let hours = |period: &Period| {
        let hours = period.minutes().and_then(|minutes| decimal::over(minutes, Decimal::from(60)));
        hours.filter(|hours| *hours > Decimal::ZERO).map_or(Length::Open, Length::Hours)
    };
    match &row.over {
        Some(Infusion::For(period)) => hours(period),
        Some(Infusion::Between(least, _) | Infusion::AtMost { least, .. }) if shortest => hours(least),
        Some(Infusion::Unknown | Infusion::Between(..) | Infusion::AtMost { .. }) => Length::Open,
        Some(Infusion::Bolus) => Length::None,
        // A dose beyond the plan into a vein: nobody said how long.
        None if is_intravenous(row) => Length::Open,
        None => Length::None,
    }
}

/// All that was planned of an infusion of which a part went in: it ran as fast as was planned, and not as long.
fn broken_off(row: &DoseRow) -> Option<Decimal> {
    let planned = row.planned().filter(|_| row.state() == DoseState::Incomplete)?.at.total?;
    (planned.unit == row.portion().amount.unit).then_some(planned.value)
}

/// The amount over the hours, to six places; 0 is a dose given at once, -2 a duration that the model gives.
fn rate(event: &Event) -> String {
    match event.length {
        Length::None => "0".to_owned(),
        Length::Open => "-2".to_owned(),
        Length::Hours(hours) => decimal::over(event.set_by, hours)
            .map_or_else(|| "-2".to_owned(), |rate| number::plain(decimal::half_up(rate, 6))),
    }
}

fn event_table(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let expanded = each::expand(schedule);
    let header = HEADER.split(',').map(str::to_owned).collect();
    let events = events(&expanded, options);
    let phases = phases(schedule);
    let rows = events.all.iter().map(|event| {
        let row = event.row;
        let mut cells = vec![options.id.unwrap_or(1).to_string(), number::plain(event.hours)];
        cells.extend([number::plain(event.amount), rate(event), "0".into(), "0".into(), "1".into()]);
        cells.extend([event.drug.to_string(), "1".into(), "0".into(), ".".into()]);
        cells.extend(covariates(schedule, row));
        let phase = phases.iter().position(|known| *known == row.phase.as_deref()).map_or(1, |at| at + 1);
        cells.extend([phase.to_string(), row.cycle.to_string(), row.day.to_string(), event.drug.to_string()]);
        let flags = [row.given().is_some(), row.certain, shared::banner(schedule).is_some()];
        cells.extend(flags.map(|flag| u8::from(flag).to_string()));
        cells
    });
    // A byte-order mark would be read as part of the first name.
    let plain = Options { excel: false, ..options.clone() };
    table::records(std::iter::once(header).chain(rows), &plain)
}

/// Phases by number, in the order of their cycles.
fn phases(schedule: &Schedule) -> Vec<Option<&str>> {
    let mut phases: Vec<Option<&str>> = Vec::new();
    for cycle in &schedule.sheets.cycles {
        if !phases.contains(&cycle.phase.as_deref()) {
            phases.push(cycle.phase.as_deref());
        }
    }
    phases
}

/// WT, HT, BSA, AGE and SEX as they are at this dose; a point where a value is missing.
fn covariates(schedule: &Schedule, row: &DoseRow) -> [String; 5] {
    let subject = &schedule.subject;
    let inputs = row.planned().map(|planned| &planned.inputs);
    let since = || schedule.sheets.measurements.iter().rev().filter(|one| one.on.is_none_or(|on| on <= row.date()));
    let weight = inputs.and_then(|inputs| inputs.weight).map(|one| one.value);
    let weight = weight.or_else(|| since().find_map(|one| one.weight)).or(subject.weight);
    let height = inputs.and_then(|inputs| inputs.height).map(|one| one.value);
    let height = height.or_else(|| since().find_map(|one| one.height)).or(subject.height);
    let bsa = inputs.and_then(|inputs| inputs.size.as_ref()).and_then(|size| size.bsa).or(subject.bsa);
    let figure = |value: Option<Decimal>| value.map_or_else(|| ".".to_owned(), number::plain);
    let sex = match subject.sex {
        Some(Sex::Male) => "1",
        Some(Sex::Female) => "2",
        None => ".",
    };
    [
        figure(weight.map(Weight::value)),
        figure(height.map(Height::value)),
        figure(bsa.map(Bsa::value)),
        figure(subject.age.map(Age::value)),
        sex.to_owned(),
    ]
}
