//! The event table of pharmacometrics (NONMEM, mrgsolve, rxode2), its data specification, and the
//! `new_regimen` calls of `PKPDsim`.
//!
//! Every dose is a row of its own: repeating a dose with ADDL goes wrong with the first hold. TIME counts
//! hours from the day of the first dose. A dose planned some hours after another stands so many hours after
//! it; else a plan knows days, not hours, and several doses of a day are spread evenly over it. Held and
//! omitted doses are no events.

use crate::calendar::{self, Date};
use crate::course::Part;
use crate::plan::Infusion;
use crate::present::{DoseRow, Schedule};
use crate::quantity::unit::DoseUnit;
use crate::quantity::{Age, Bsa, Decimal, Height, Sex, Weight, decimal, number};
use crate::regimen::HalfDay;

use super::{ExportError, Format, Options, Write, each, shared, table};

pub(super) const TABLE: Format = Format {
    id: "nonmem",
    extension: "csv",
    title: "event table for NONMEM, mrgsolve and rxode2",
    text: true,
    write: Write::Whole(event_table),
};
pub(super) const SPECIFICATION: Format = Format {
    id: "nonmem-spec",
    extension: "txt",
    title: "data specification of the event table",
    text: true,
    write: Write::Whole(specification),
};
pub(super) const PKPDSIM: Format = Format {
    id: "pkpdsim",
    extension: "R",
    title: "new_regimen() calls for PKPDsim",
    text: true,
    write: Write::Whole(pkpdsim),
};

const HEADER: &str = "ID,TIME,AMT,RATE,II,ADDL,EVID,CMT,MDV,SS,DV,WT,HT,BSA,AGE,SEX,CYCLE,DAY,DRUG,CERTAIN,DRAFT";

/// A dose as a model sees it.
struct Event<'a> {
    hours: Decimal,
    amount: Decimal,
    /// Hours of the infusion.
    length: Option<Decimal>,
    /// Number of the drug and of its compartment, from 1.
    drug: usize,
    row: &'a DoseRow,
}

/// Everything the three formats share.
struct Events<'a> {
    all: Vec<Event<'a>>,
    /// Drugs by number, each by its first dose.
    drugs: Vec<&'a DoseRow>,
    first: Option<Date>,
    held: usize,
    /// Doses whose amount is nothing or no figure.
    empty: usize,
}

fn events(expanded: &Schedule) -> Events<'_> {
    let mut found = Events { all: Vec::new(), drugs: Vec::new(), first: None, held: 0, empty: 0 };
    for row in &expanded.doses {
        if !row.counts() {
            found.held += 1;
            continue;
        }
        let Some(amount) = row.total().map(|total| total.value).filter(|amount| *amount > Decimal::ZERO) else {
            found.empty += 1;
            continue;
        };
        let date = row.date();
        let first = *found.first.get_or_insert(date);
        let known = found.drugs.iter().position(|known| substance(known) == substance(row));
        let drug = known.unwrap_or_else(|| {
            found.drugs.push(row);
            found.drugs.len() - 1
        }) + 1;
        let hours = Decimal::from(calendar::days_between(first, date)) * Decimal::from(24) + of_day(expanded, row);
        found.all.push(Event { hours, amount, length: length(row), drug, row });
    }
    found.all.sort_by(|a, b| a.hours.cmp(&b.hours).then(a.drug.cmp(&b.drug)));
    found
}

/// One compartment takes one drug in one unit by one route: a bolus and an infusion of it are the same drug.
fn substance(row: &DoseRow) -> (&str, Option<&str>, Option<&str>, DoseUnit) {
    (&row.drug, row.formulation.as_deref(), row.route.as_deref(), row.portion().amount.unit)
}

/// Hours into the day: those stated after the dose that the row counts from, which stands at 0; else the parts of a
/// day lie evenly in it.
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

fn length(row: &DoseRow) -> Option<Decimal> {
    decimal::over(row.over_minutes()?, Decimal::from(60)).filter(|hours| *hours > Decimal::ZERO)
}

/// The amount over the hours, to six places; 0 for a dose given at once or over an unknown time.
fn rate(event: &Event) -> String {
    let rate = event.length.and_then(|length| decimal::over(event.amount, length));
    rate.map_or_else(|| "0".to_owned(), |rate| number::plain(decimal::half_up(rate, 6)))
}

fn event_table(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let expanded = each::expand(schedule);
    let header = HEADER.split(',').map(str::to_owned).collect();
    let covariates = covariates(schedule);
    let events = events(&expanded);
    let rows = events.all.iter().map(|event| {
        let mut cells: Vec<String> = vec!["1".to_owned(), number::plain(event.hours), number::plain(event.amount)];
        cells.extend([rate(event), "0".into(), "0".into(), "1".into(), event.drug.to_string()]);
        cells.extend(["1", "0", "."].map(str::to_owned));
        cells.extend(covariates.clone());
        cells.extend([event.row.cycle.to_string(), event.row.day.to_string(), event.drug.to_string()]);
        cells.push(u8::from(event.row.certain).to_string());
        cells.push(u8::from(shared::banner(schedule).is_some()).to_string());
        cells
    });
    // A byte-order mark would be read as part of the first name.
    let plain = Options { excel: false, ..options.clone() };
    table::records(std::iter::once(header).chain(rows), &plain)
}

/// WT, HT, BSA, AGE and SEX; a point where a value is missing.
fn covariates(schedule: &Schedule) -> Vec<String> {
    let subject = &schedule.subject;
    let figure = |value: Option<Decimal>| value.map_or_else(|| ".".to_owned(), number::plain);
    let sex = match subject.sex {
        Some(Sex::Male) => "1",
        Some(Sex::Female) => "2",
        None => ".",
    };
    vec![
        figure(subject.weight.map(Weight::value)),
        figure(subject.height.map(Height::value)),
        figure(subject.bsa.map(Bsa::value)),
        figure(subject.age.map(Age::value)),
        sex.to_owned(),
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "a format of the table may fail; this one cannot")]
fn specification(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let expanded = each::expand(schedule);
    let events = events(&expanded);
    let mut out =
        String::from("Data specification of the event table (comma-separated, one header line, `.` missing)\n\n");
    for (name, meaning) in COLUMNS {
        out.push_str(&format!("{name:<10}{meaning}\n"));
    }
    out.push_str("\nTime zero\n");
    out.push_str(&format!(
        "  {}, the day of the first dose\n",
        events.first.map_or("no dose".to_owned(), calendar::iso)
    ));
    out.push_str("\nDrugs and compartments (DRUG and CMT have the same number)\n");
    for (at, row) in events.drugs.iter().enumerate() {
        out.push_str(&format!(
            "  {}  {}, amounts in {} (UCUM {}), {}\n",
            at + 1,
            one_line(&row.shown),
            row.portion().amount.unit,
            row.portion().amount.unit.ucum(),
            one_line(row.route_words())
        ));
    }
    let unknown = events.all.iter().filter(|event| event.length.is_none()).count();
    out.push_str("\nLeft out, and not known\n");
    out.push_str(&format!("  {} held or omitted doses are no events\n", events.held));
    out.push_str(&format!("  {} doses of nothing, or without a figure, are no events\n", events.empty));
    out.push_str(&format!(
        "  {unknown} doses have RATE 0: given at once, by mouth, or over a time that is no single figure\n"
    ));
    out.push_str("\nMade from\n");
    for (name, value) in shared::provenance(schedule, options) {
        out.push_str(&format!("  {name}: {}\n", one_line(&value)));
    }
    Ok(out.into_bytes())
}

const COLUMNS: &[(&str, &str)] = &[
    ("ID", "subject; 1 is the subject below"),
    (
        "TIME",
        "hours since 00:00 of time zero; a dose planned hours after another stands so long after it; other doses of one day are spread evenly over 24 hours, morning at 0, evening at 12",
    ),
    ("AMT", "amount of one dose, in the unit of its drug; of an infusion over days, all of it"),
    ("RATE", "amount an hour; 0 is a dose at once"),
    ("II", "0: no dose is repeated by its row"),
    ("ADDL", "0: every dose has its own row"),
    ("EVID", "1 is a dose"),
    ("CMT", "compartment the dose enters, one for each drug; map it to your model"),
    ("MDV", "1: no observation"),
    ("SS", "0: no steady state assumed"),
    ("DV", "missing: a plan holds no observation"),
    ("WT", "weight at the start in kg"),
    ("HT", "height in cm"),
    ("BSA", "body surface area at the start in m2"),
    ("AGE", "age at the start in years"),
    ("SEX", "1 male, 2 female"),
    ("CYCLE", "cycle of the regimen, from 1"),
    ("DAY", "day of the cycle"),
    ("DRUG", "number of the drug, below"),
    ("CERTAIN", "0: given only if treatment continues"),
    ("DRAFT", "1: calculated from a regimen that is not approved for use, a draft or one that is retired"),
];

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// One call for each drug, every vector of one length: a shorter one would be repeated silently.
#[expect(clippy::unnecessary_wraps, reason = "a format of the table may fail; this one cannot")]
fn pkpdsim(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let expanded = each::expand(schedule);
    let events = events(&expanded);
    let mut out = String::from("library(PKPDsim)\n\n");
    for (name, value) in shared::provenance(schedule, options) {
        out.push_str(&format!("# {name}: {}\n", one_line(&value)));
    }
    for (at, row) in events.drugs.iter().enumerate() {
        let of: Vec<&Event> = events.all.iter().filter(|event| event.drug == at + 1).collect();
        out.push_str(&format!(
            "\n# {}, {}; times in hours since the first dose of the plan\n",
            one_line(&row.shown),
            row.portion().amount.unit
        ));
        let unknown = of
            .iter()
            .filter(|event| !matches!(event.row.over, None | Some(Infusion::Bolus)) && event.length.is_none())
            .count();
        if unknown > 0 {
            out.push_str(&format!("# {unknown} infusions have no single length and stand here as bolus: set t_inf\n"));
        }
        out.push_str(&format!("drug_{} <- new_regimen(\n", at + 1));
        vector(&mut out, "amt", of.iter().map(|event| number::plain(event.amount)), ",\n");
        vector(&mut out, "times", of.iter().map(|event| number::plain(event.hours)), ",\n");
        vector(&mut out, "type", of.iter().map(|event| kind(event).to_owned()), ",\n");
        let length =
            |event: &&Event| event.length.map_or("0".to_owned(), |hours| number::plain(decimal::half_up(hours, 6)));
        vector(&mut out, "t_inf", of.iter().map(length), "\n)\n");
    }
    Ok(out.into_bytes())
}

fn kind(event: &Event) -> &'static str {
    match (event.length, event.row.route.as_deref()) {
        (Some(_), _) => "\"infusion\"",
        (None, Some("oral")) => "\"oral\"",
        (None, _) => "\"bolus\"",
    }
}

fn vector(out: &mut String, name: &str, values: impl Iterator<Item = String>, end: &str) {
    out.push_str(&format!("  {name} = c({}){end}", values.collect::<Vec<_>>().join(", ")));
}
