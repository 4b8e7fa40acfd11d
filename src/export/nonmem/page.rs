//! The page beside the event table: what its columns mean, which drug has which number, what it leaves out, and how each
//! program reads it.

use crate::calendar;
use crate::present::Schedule;

use super::super::{ExportError, Options, Out, each, shared};
use super::{Events, events, phases};

const COLUMNS: &[(&str, &str)] = &[
    (
        "ID",
        "number of the subject, 1 where none was asked for; with numbers of their own several subjects can stand in one file",
    ),
    (
        "TIME",
        "hours since 00:00 of time zero, as they pass where the place of the clock is known; a dose whose clock time is known stands at it; a dose planned hours after another stands so long after it; other doses of one day are spread evenly over 24 hours, morning at 0, evening at 12",
    ),
    ("AMT", "amount of one dose, in the unit of its drug; of an infusion over days, all of it"),
    (
        "RATE",
        "amount an hour, by begin and end where they were recorded, else of an infusion that was broken off as it was planned; 0 is a dose at once; -2 an infusion whose duration the model must give",
    ),
    ("II", "0: no dose is repeated by its row"),
    ("ADDL", "0: every dose has its own row"),
    ("EVID", "1 is a dose"),
    ("CMT", "compartment the dose enters, one for each drug; map it to your model"),
    ("MDV", "1: no observation"),
    ("SS", "0: no steady state assumed"),
    ("DV", "missing: a plan holds no observation"),
    ("WT", "weight in kg the dose was made from; of one that no weight enters, the last measured"),
    ("HT", "height in cm, likewise"),
    ("BSA", "body surface area in m2, likewise"),
    ("AGE", "age at the start in years"),
    ("SEX", "1 male, 2 female"),
    ("PHASE", "number of the phase of the regimen, below"),
    ("CYCLE", "cycle, by the number the regimen gives it"),
    ("DAY", "day of the cycle"),
    ("DRUG", "number of the drug, below"),
    ("GIVEN", "1: recorded as given or taken, with the day and amount that went in; 0: planned"),
    ("CERTAIN", "0: given only if treatment continues"),
    ("DRAFT", "1: calculated from a regimen that is not approved for use, a draft or one that is retired"),
];

/// How each program takes RATE -2, and what it must be given.
const READERS: &[&str] = &[
    "NONMEM    $INPUT as the header; $DATA IGNORE=@; for RATE -2 the model gives the duration D1, D2 … of the compartment",
    "mrgsolve  data_set(); for RATE -2 the model gives D_CMT of the compartment",
    "rxode2    et() or the table as event table; for RATE -2 the model gives dur() of the compartment",
    "PKPDsim   it has no RATE -2: take one drug, and give every infusion its length yourself:",
    "            one <- subset(events, DRUG == 1 & RATE >= 0)",
    "            new_regimen(amt = one$AMT, times = one$TIME, type = ifelse(one$RATE > 0, \"infusion\", \"bolus\"),",
    "                        t_inf = ifelse(one$RATE > 0, one$AMT / one$RATE, 0))",
];

pub(super) fn write(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let expanded = each::expand(schedule);
    let events = events(&expanded, options);
    writeln!(out, "The event table: comma-separated, one header line, `.` where a value is missing\n")?;
    for (name, meaning) in COLUMNS {
        writeln!(out, "{name:<10}{meaning}")?;
    }
    let first = events.first.map_or("no dose".to_owned(), calendar::iso);
    writeln!(out, "\nTime zero\n  {first}, the day of the first dose")?;
    drugs(&events, out)?;
    writeln!(out, "\nPhases")?;
    for (at, phase) in phases(schedule).iter().enumerate() {
        writeln!(out, "  {}  {}", at + 1, one_line(phase.unwrap_or("the whole regimen")))?;
    }
    writeln!(out, "\nLeft out, and not known")?;
    writeln!(out, "  {} held, omitted or missed doses are no events", events.left_out)?;
    writeln!(out, "  {} doses of nothing, or without a figure, are no events", events.empty)?;
    writeln!(out, "  {} infusions have RATE -2: their length is not one figure", events.open())?;
    writeln!(out, "\nHow it is read")?;
    for line in READERS {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "\nMade from")?;
    for (name, value) in shared::provenance(schedule, options) {
        writeln!(out, "  {name}: {}", one_line(&value))?;
    }
    Ok(())
}

fn drugs(events: &Events<'_>, out: Out<'_>) -> Result<(), ExportError> {
    writeln!(out, "\nDrugs and compartments (DRUG and CMT have the same number)")?;
    for (at, row) in events.drugs.iter().enumerate() {
        let unit = row.portion().amount.unit;
        let (shown, route) = (one_line(&row.shown), one_line(row.route_words()));
        writeln!(out, "  {}  {shown}, amounts in {unit} (UCUM {}), {route}", at + 1, unit.ucum())?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
