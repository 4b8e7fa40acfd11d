//! The columns of the delimited files, each described once.

use std::borrow::Cow;

use crate::present::{AssessmentRow, DoseRow, EndRow, RunRow, Schedule};

use super::Options;
use super::table::{Column, Kind};

/// A row and what every row repeats.
pub(super) struct Of<'a, Row> {
    pub(super) schedule: &'a Schedule,
    pub(super) options: &'a Options,
    pub(super) row: Row,
}

/// A visit without a dose.
pub(super) enum Visit<'a> {
    Assessment(&'a AssessmentRow),
    End(&'a EndRow),
}

impl Visit<'_> {
    pub(super) fn date(&self) -> &str {
        match self {
            Visit::Assessment(row) => &row.date,
            Visit::End(row) => &row.date,
        }
    }

    fn assessment(&self) -> Option<&AssessmentRow> {
        match self {
            Visit::Assessment(row) => Some(row),
            Visit::End(_) => None,
        }
    }

    fn end(&self) -> Option<&EndRow> {
        match self {
            Visit::End(row) => Some(row),
            Visit::Assessment(_) => None,
        }
    }
}

impl Of<'_, &DoseRow> {
    fn run(&self) -> Option<&RunRow> {
        self.row.run.as_ref()
    }
}

/// A column; its values are a closed list, or open where the list is empty.
fn column<Row>(
    name: &'static str,
    kind: Kind,
    values: &'static [&'static str],
    meaning: &'static str,
    cell: for<'r> fn(&'r Row) -> Cow<'r, str>,
) -> Column<Row> {
    Column { name, kind, values, meaning, cell }
}

/// What a cell can hold: words as they are, numbers as text.
trait Cell {
    fn cell(&self) -> Cow<'_, str>;
}

impl Cell for String {
    fn cell(&self) -> Cow<'_, str> {
        self.as_str().into()
    }
}

impl Cell for &str {
    fn cell(&self) -> Cow<'_, str> {
        (*self).into()
    }
}

impl Cell for u32 {
    fn cell(&self) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl Cell for i32 {
    fn cell(&self) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl Cell for bool {
    fn cell(&self) -> Cow<'_, str> {
        if *self { "true" } else { "false" }.into()
    }
}

fn text<T: Cell>(value: Option<&T>) -> Cow<'_, str> {
    value.map_or("".into(), Cell::cell)
}

fn tablets(run: &RunRow) -> String {
    run.tablets.iter().map(|row| format!("{} × {}", row.count, row.strength)).collect::<Vec<_>>().join("; ")
}

const STATES: &[&str] = &["projected", "given", "held", "omitted"];
const BOOLEAN: &[&str] = &["true", "false"];
const ROLES: &[&str] = &["treatment", "premedication", "support"];
const PLACES: &[&str] = &["clinic", "home"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HALVES: &[&str] = &["morning", "evening"];
const VISITS: &[&str] = &["assessment", "end"];
const OPEN: &[&str] = &[];

/// What every row begins with, so that a row torn out of its file still says what it belongs to.
#[rustfmt::skip] // one line a column reads as the table it is
fn common<'a, Row>() -> Vec<Column<Of<'a, Row>>> {
    use Kind::Text;
    vec![
        column("study", Text, OPEN, "study code", |of| text(of.options.study.as_ref())),
        column("subject", Text, OPEN, "subject code; text, so that 0042 keeps its zeros", |of| text(of.options.subject.as_ref())),
        column("regimen", Text, OPEN, "regimen id", |of| of.schedule.regimen.id.as_str().into()),
        column("regimen_version", Text, OPEN, "regimen version", |of| of.schedule.regimen.version.as_str().into()),
        column("regimen_status", Text, OPEN, "draft until the regimen is approved", |of| of.schedule.regimen.status.word().into()),
    ]
}

/// The columns of doses.
#[rustfmt::skip]
pub(super) fn dose_columns<'a>() -> Vec<Column<Of<'a, &'a DoseRow>>> {
    use Kind::{Boolean, Date, Decimal, Integer, Text};
    let mut columns = common();
    columns.extend([
        column("phase", Text, OPEN, "phase of the regimen, where it has several", |of: &Of<'a, &'a DoseRow>| text(of.row.phase.as_ref())),
        column("cycle", Integer, OPEN, "cycle, from 1", |of| of.row.cycle.to_string().into()),
        column("day", Integer, OPEN, "day of the cycle; its first treatment day is 1", |of| of.row.day.to_string().into()),
        column("part", Text, OPEN, "part of the day, where a day has several doses", |of| text(of.row.part.as_ref())),
        column("drug_id", Text, OPEN, "id of the drug in the regimen; with phase, cycle, day and part the identity of the row", |of| of.row.id.as_str().into()),
        column("date", Date, OPEN, "planned day; of a run at home its first day", |of| of.row.date.as_str().into()),
        column("weekday", Text, WEEKDAYS, "day of the week of date", |of| of.row.weekday.into()),
        column("earliest", Date, OPEN, "first day of the window; empty where the regimen states none", |of| text(of.row.earliest.as_ref())),
        column("latest", Date, OPEN, "last day of the window", |of| text(of.row.latest.as_ref())),
        column("state", Text, STATES, "what is known to have happened", |of| of.row.state.into()),
        column("certain", Boolean, BOOLEAN, "false: takes place only if treatment continues", |of| of.row.certain.cell()),
        column("drug", Text, OPEN, "generic name", |of| of.row.drug.as_str().into()),
        column("formulation", Text, OPEN, "formulation, such as liposomal", |of| text(of.row.formulation.as_ref())),
        column("product", Text, OPEN, "product, where the regimen names one", |of| text(of.row.product.as_ref())),
        column("role", Text, ROLES, "why it is given", |of| of.row.role.into()),
        column("route", Text, OPEN, "route in words", |of| of.row.route.as_str().into()),
        column("place", Text, PLACES, "where it is given or taken", |of| of.row.place.into()),
        column("over", Text, OPEN, "length of the infusion in words, or bolus", |of| text(of.row.over.as_ref())),
        column("over_minutes", Decimal, OPEN, "length of the infusion in minutes, where it is one figure", |of| text(of.row.over_minutes.as_ref())),
        column("timing", Text, OPEN, "order or distance to another drug", |of| text(of.row.when.as_ref())),
        column("dose", Decimal, OPEN, "dose of one administration, rounded; where morning and evening differ the larger", |of| of.row.dose.as_str().into()),
        column("infusion_days", Decimal, OPEN, "days of an infusion dosed by the day: dose and calculated are those of each 24 hours; empty for all others", |of| text(of.row.infusion_days.as_ref())),
        column("total", Decimal, OPEN, "amount of the whole row: every dose of a run, every day of an infusion", |of| text(of.row.total.as_ref())),
        column("dose_unit", Text, OPEN, "unit of dose, total and calculated", |of| of.row.unit.into()),
        column("dose_unit_ucum", Text, OPEN, "the same unit as a UCUM code", |of| of.row.unit_ucum.into()),
        column("calculated", Decimal, OPEN, "dose before rounding", |of| of.row.calculated.as_str().into()),
        column("uncapped", Decimal, OPEN, "dose before a cap cut it; empty where none did", |of| text(of.row.uncapped.as_ref())),
        column("per", Text, OPEN, "what the regimen orders, such as 70 mg/m2", |of| of.row.per.as_str().into()),
        column("level", Integer, OPEN, "dose level; 0 is the starting level", |of| of.row.level.to_string().into()),
        column("percent", Decimal, OPEN, "percent of the dose ordered, where it is not all of it", |of| text(of.row.percent.as_ref())),
        column("loading", Boolean, BOOLEAN, "whether this is a loading dose", |of| of.row.loading.cell()),
        column("difference_percent", Decimal, OPEN, "what rounding changed, in percent", |of| text(of.row.difference_percent.as_ref())),
        column("volume_ml", Decimal, OPEN, "volume to withdraw in mL", |of| text(of.row.volume_ml.as_ref())),
        column("vials", Integer, OPEN, "vials needed", |of| text(of.row.vials.as_ref())),
        column("supply", Text, OPEN, "volume, vials or tablets in words", |of| text(of.row.supply.as_ref())),
        column("spread", Text, OPEN, "the other figure of a long infusion", |of| text(of.row.spread.as_ref())),
        column("run_from", Date, OPEN, "first day of a run at home", |of| text(of.run().map(|run| &run.from))),
        column("run_through", Date, OPEN, "last day of a run at home", |of| text(of.run().map(|run| &run.through))),
        column("run_through_day", Integer, OPEN, "cycle day of the last dose of a run", |of| text(of.run().map(|run| &run.through_day))),
        column("run_starts", Text, HALVES, "half-day of the first dose of a run", |of| text(of.run().and_then(|run| run.starts.as_ref()))),
        column("run_ends", Text, HALVES, "half-day of the last dose of a run", |of| text(of.run().and_then(|run| run.ends.as_ref()))),
        column("times_a_day", Integer, OPEN, "doses a day in a run", |of| text(of.run().map(|run| &run.times_a_day))),
        column("administrations", Integer, OPEN, "doses in the whole run", |of| text(of.run().map(|run| &run.administrations))),
        column("tablets", Text, OPEN, "tablets or capsules for the whole run, by strength", |of| of.run().map(tablets).unwrap_or_default().into()),
        column("morning", Decimal, OPEN, "morning dose, where morning and evening differ", |of| text(of.run().and_then(|run| run.morning.as_ref()))),
        column("evening", Decimal, OPEN, "evening dose, where morning and evening differ", |of| text(of.run().and_then(|run| run.evening.as_ref()))),
        column("measured", Date, OPEN, "day of the newest measurement the dose was calculated from", |of| text(of.row.measured.as_ref())),
        column("closed", Text, OPEN, "why the clinic is closed that day", |of| text(of.row.closed.as_ref())),
        column("marks", Text, OPEN, "figures nobody has verified, or that sources disagree about", |of| of.row.marks.join("; ").into()),
        column("note", Text, OPEN, "note of the regimen, or why it is held or omitted", |of| text(of.row.note.as_ref())),
        column("working", Text, OPEN, "how the dose came about, step by step", |of| of.row.working.join("; ").into()),
    ]);
    columns
}

/// The columns of visits without a dose.
#[rustfmt::skip]
pub(super) fn visit_columns<'a>() -> Vec<Column<Of<'a, Visit<'a>>>> {
    use Kind::{Boolean, Date, Integer, Text};
    let mut columns = common();
    columns.extend([
        column("visit", Text, VISITS, "an assessment, or the end of a long infusion", |of: &Of<'a, Visit<'a>>| if of.row.end().is_some() { "end" } else { "assessment" }.into()),
        column("name", Text, OPEN, "what is done", |of| text(of.row.assessment().map(|row| &row.name).or(of.row.end().map(|row| &row.visit)))),
        column("drug_id", Text, OPEN, "id of the drug whose infusion ends", |of| text(of.row.end().map(|row| &row.id))),
        column("phase", Text, OPEN, "phase of the regimen, where it has several", |of| text(of.row.end().and_then(|row| row.phase.as_ref()))),
        column("cycle", Integer, OPEN, "cycle, from 1", |of| of.row.assessment().and_then(|row| row.cycle).or(of.row.end().map(|row| row.cycle)).map_or("".into(), |number| number.to_string().into())),
        column("day", Integer, OPEN, "day of the cycle", |of| of.row.assessment().and_then(|row| row.day).or(of.row.end().map(|row| row.day)).map_or("".into(), |number| number.to_string().into())),
        column("date", Date, OPEN, "planned day", |of| of.row.date().into()),
        column("weekday", Text, WEEKDAYS, "day of the week of date", |of| text(of.row.assessment().map(|row| &row.weekday).or(of.row.end().map(|row| &row.weekday)))),
        column("earliest", Date, OPEN, "first day of the window; empty where the regimen states none", |of| text(of.row.assessment().and_then(|row| row.earliest.as_ref()))),
        column("latest", Date, OPEN, "last day of the window", |of| text(of.row.assessment().and_then(|row| row.latest.as_ref()))),
        column("moves", Boolean, BOOLEAN, "whether a delay of treatment moves it; empty for an end", |of| text(of.row.assessment().map(|row| &row.moves))),
        column("certain", Boolean, BOOLEAN, "false: takes place only if treatment continues; empty for an assessment", |of| text(of.row.end().map(|row| &row.certain))),
        column("closed", Text, OPEN, "why the clinic is closed that day", |of| text(of.row.assessment().and_then(|row| row.closed.as_ref()).or(of.row.end().and_then(|row| row.closed.as_ref())))),
        column("marks", Text, OPEN, "figures nobody has verified", |of| of.row.assessment().map(|row| row.marks.join("; ")).unwrap_or_default().into()),
    ]);
    columns
}
