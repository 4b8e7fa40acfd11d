//! The columns of the delimited files, each described once.

use std::borrow::Cow;

use crate::calendar::{self, Date};
use crate::present::{AssessmentRow, DoseRow, EndRow, GivenRow, PlannedRow, RunRow, Schedule};
use crate::quantity::number::plain;
use crate::quantity::{Amount, Decimal};
use crate::regimen::HalfDay;

use super::table::{Column, Kind};
use super::{Options, shared};

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
    pub(super) fn date(&self) -> Date {
        match self {
            Visit::Assessment(row) => row.date,
            Visit::End(row) => row.date,
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

impl<'a> Of<'_, &'a DoseRow> {
    fn run(&self) -> Option<&'a RunRow> {
        self.row.run()
    }

    fn planned(&self) -> Option<&'a PlannedRow> {
        self.row.planned()
    }

    fn given(&self) -> Option<&'a GivenRow> {
        self.row.given()
    }

    /// Morning and evening doses, where they differ.
    fn halves(&self) -> Option<(Amount, Amount)> {
        self.row.run().and(self.row.portion().halves)
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

/// What a cell can hold: words as they are, figures and dates as machines read them.
trait Cell {
    fn cell(&self) -> Cow<'static, str>;
}

impl Cell for u32 {
    fn cell(&self) -> Cow<'static, str> {
        self.to_string().into()
    }
}

impl Cell for i32 {
    fn cell(&self) -> Cow<'static, str> {
        self.to_string().into()
    }
}

impl Cell for u64 {
    fn cell(&self) -> Cow<'static, str> {
        self.to_string().into()
    }
}

impl Cell for bool {
    fn cell(&self) -> Cow<'static, str> {
        if *self { "true" } else { "false" }.into()
    }
}

impl Cell for Date {
    fn cell(&self) -> Cow<'static, str> {
        calendar::iso(*self).into()
    }
}

impl Cell for Decimal {
    fn cell(&self) -> Cow<'static, str> {
        plain(*self).into()
    }
}

/// The figure; the unit has a column of its own.
impl Cell for Amount {
    fn cell(&self) -> Cow<'static, str> {
        plain(self.value).into()
    }
}

impl Cell for HalfDay {
    fn cell(&self) -> Cow<'static, str> {
        self.word().into()
    }
}

impl Cell for String {
    fn cell(&self) -> Cow<'static, str> {
        self.clone().into()
    }
}

fn maybe<T: Cell>(value: Option<T>) -> Cow<'static, str> {
    value.map_or("".into(), |value| value.cell())
}

fn text(value: Option<&String>) -> Cow<'_, str> {
    value.map_or("".into(), |value| value.as_str().into())
}

fn tablets(row: &DoseRow) -> String {
    row.tablets().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
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
        column("cycle", Integer, OPEN, "cycle, from 1", |of| of.row.cycle.cell()),
        column("day", Integer, OPEN, "day of the cycle; its first treatment day is 1", |of| of.row.day.cell()),
        column("part", Text, OPEN, "part of the day, where a day has several doses", |of| maybe(of.row.part.map(|part| part.to_string()))),
        column("drug_id", Text, OPEN, "id of the drug in the regimen; with phase, cycle, day and part the identity of the row", |of| of.row.id.as_str().into()),
        column("date", Date, OPEN, "the day as it stands: given_date where it was given, else planned_date; of a run at home its first day", |of| of.row.date().cell()),
        column("weekday", Text, WEEKDAYS, "day of the week of date", |of| calendar::weekday(of.row.date()).into()),
        column("planned_date", Date, OPEN, "planned day; empty of a dose beyond the plan", |of| maybe(of.planned().map(|planned| planned.at.date))),
        column("earliest", Date, OPEN, "first day of the window; empty where the regimen states none", |of| maybe(of.row.window().map(|window| window.earliest))),
        column("latest", Date, OPEN, "last day of the window", |of| maybe(of.row.window().map(|window| window.latest))),
        column("given_date", Date, OPEN, "day on which it was given; of a run at home its first day", |of| maybe(of.given().map(|given| given.at.date))),
        column("days_late", Integer, OPEN, "days from planned_date to given_date; negative where it was given early", |of| maybe(of.given().and_then(|given| given.days_late))),
        column("state", Text, STATES, "what is known to have happened", |of| of.row.state().word().into()),
        column("in_part", Boolean, BOOLEAN, "whether only a part of the dose went in; empty where nothing was given", |of| maybe(of.given().map(|given| given.in_part))),
        column("reason", Text, OPEN, "why it was held, omitted, or given otherwise than planned", |of| text(of.row.reason.as_ref())),
        column("recorded_by", Text, OPEN, "who recorded what happened; empty outside a record", |of| text(of.row.recorded.as_ref().map(|recorded| &recorded.by))),
        column("entry", Integer, OPEN, "number of the entry of the record that says what happened", |of| maybe(of.row.recorded.as_ref().map(|recorded| recorded.entry))),
        column("certain", Boolean, BOOLEAN, "false: takes place only if treatment continues", |of| of.row.certain.cell()),
        column("drug", Text, OPEN, "generic name", |of| of.row.drug.as_str().into()),
        column("formulation", Text, OPEN, "formulation, such as liposomal", |of| text(of.row.formulation.as_ref())),
        column("product", Text, OPEN, "product, where the regimen names one", |of| text(of.row.product.as_ref())),
        column("role", Text, ROLES, "why it is given", |of| shared::role(of.row.role).into()),
        column("route", Text, OPEN, "route in words", |of| of.row.route_words().into()),
        column("place", Text, PLACES, "where it is given or taken", |of| of.row.place.word().into()),
        column("over", Text, OPEN, "length of the infusion in words, or bolus", |of| maybe(of.row.over.as_ref().map(ToString::to_string))),
        column("over_minutes", Decimal, OPEN, "length of the infusion in minutes, where it is one figure", |of| maybe(of.row.over_minutes())),
        column("timing", Text, OPEN, "order or distance to another drug", |of| text(of.row.when.as_ref())),
        column("dose", Decimal, OPEN, "dose of one administration as it stands: given_dose where it was given, else planned_dose", |of| of.row.portion().amount.cell()),
        column("planned_dose", Decimal, OPEN, "planned dose of one administration, rounded; where morning and evening differ the larger; empty of a dose beyond the plan", |of| maybe(of.planned().map(|planned| planned.at.portion.amount))),
        column("given_dose", Decimal, OPEN, "dose of one administration that was given; where morning and evening differ the larger", |of| maybe(of.given().map(|given| given.at.portion.amount))),
        column("infusion_days", Decimal, OPEN, "days of an infusion dosed by the day: dose and calculated are those of each 24 hours; empty for all others", |of| maybe(of.row.portion().days)),
        column("total", Decimal, OPEN, "amount of the whole row as it stands: every dose of a run, every day of an infusion", |of| maybe(of.row.total())),
        column("dose_unit", Text, OPEN, "unit of the doses, total and calculated", |of| of.row.portion().amount.unit.written().into()),
        column("dose_unit_ucum", Text, OPEN, "the same unit as a UCUM code", |of| of.row.portion().amount.unit.ucum().into()),
        column("calculated", Decimal, OPEN, "planned dose before rounding", |of| maybe(of.planned().map(|planned| planned.calculated))),
        column("uncapped", Decimal, OPEN, "planned dose before a cap cut it; empty where none did", |of| maybe(of.planned().and_then(|planned| planned.uncapped))),
        column("per", Text, OPEN, "what the regimen orders, such as 70 mg/m2", |of| maybe(of.planned().map(|planned| planned.per.to_string()))),
        column("level", Integer, OPEN, "dose level; 0 is the starting level", |of| maybe(of.planned().map(|planned| planned.level))),
        column("percent", Decimal, OPEN, "percent of the dose ordered, where it is not all of it", |of| maybe(of.planned().and_then(|planned| planned.percent))),
        column("loading", Boolean, BOOLEAN, "whether this is a loading dose", |of| maybe(of.planned().map(|planned| planned.loading))),
        column("difference_percent", Decimal, OPEN, "what rounding changed, in percent", |of| maybe(of.planned().and_then(|planned| planned.difference).map(shared::signed))),
        column("volume_ml", Decimal, OPEN, "volume to withdraw in mL", |of| maybe(of.planned().and_then(|planned| planned.volume))),
        column("vials", Integer, OPEN, "vials needed", |of| maybe(of.planned().and_then(|planned| planned.vials))),
        column("supply", Text, OPEN, "volume, vials or tablets in words", |of| text(of.planned().and_then(|planned| planned.supply.as_ref()))),
        column("spread", Text, OPEN, "the other figure of a long infusion", |of| maybe(of.planned().and_then(PlannedRow::spread_words))),
        column("run_from", Date, OPEN, "first day of a run at home", |of| maybe(of.run().map(|run| run.from))),
        column("run_through", Date, OPEN, "last day of a run at home", |of| maybe(of.run().map(|run| run.through))),
        column("run_through_day", Integer, OPEN, "cycle day of the last dose of a run", |of| maybe(of.run().map(|run| run.through_day))),
        column("run_starts", Text, HALVES, "half-day of the first dose of a run", |of| maybe(of.run().and_then(|run| run.starts))),
        column("run_ends", Text, HALVES, "half-day of the last dose of a run", |of| maybe(of.run().and_then(|run| run.ends))),
        column("times_a_day", Integer, OPEN, "doses a day in a run", |of| maybe(of.run().map(|run| run.times_a_day))),
        column("administrations", Integer, OPEN, "doses in the whole run", |of| maybe(of.run().map(|run| run.administrations))),
        column("tablets", Text, OPEN, "tablets or capsules for the whole run, by strength", |of| tablets(of.row).into()),
        column("morning", Decimal, OPEN, "morning dose, where morning and evening differ", |of| maybe(of.halves().map(|(morning, _)| morning))),
        column("evening", Decimal, OPEN, "evening dose, where morning and evening differ", |of| maybe(of.halves().map(|(_, evening)| evening))),
        column("measured", Date, OPEN, "day of the newest measurement the planned dose was calculated from", |of| maybe(of.row.measured())),
        column("closed", Text, OPEN, "why the clinic is closed that day", |of| text(of.row.closed.as_ref())),
        column("marks", Text, OPEN, "figures nobody has verified, or that sources disagree about", |of| of.row.marks().join("; ").into()),
        column("note", Text, OPEN, "note of the regimen on the drug", |of| text(of.row.note.as_ref())),
        column("working", Text, OPEN, "how the planned dose came about, step by step", |of| of.row.working().join("; ").into()),
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
        column("cycle", Integer, OPEN, "cycle, from 1", |of| maybe(of.row.assessment().and_then(|row| row.cycle).or(of.row.end().map(|row| row.cycle)))),
        column("day", Integer, OPEN, "day of the cycle", |of| maybe(of.row.assessment().and_then(|row| row.day).or(of.row.end().map(|row| row.day)))),
        column("date", Date, OPEN, "planned day", |of| of.row.date().cell()),
        column("weekday", Text, WEEKDAYS, "day of the week of date", |of| calendar::weekday(of.row.date()).into()),
        column("earliest", Date, OPEN, "first day of the window; empty where the regimen states none", |of| maybe(of.row.assessment().and_then(|row| row.window).map(|window| window.earliest))),
        column("latest", Date, OPEN, "last day of the window", |of| maybe(of.row.assessment().and_then(|row| row.window).map(|window| window.latest))),
        column("moves", Boolean, BOOLEAN, "whether a delay of treatment moves it; empty for an end", |of| maybe(of.row.assessment().map(|row| row.moves))),
        column("certain", Boolean, BOOLEAN, "false: takes place only if treatment continues; empty for an assessment", |of| maybe(of.row.end().map(|row| row.certain))),
        column("closed", Text, OPEN, "why the clinic is closed that day", |of| text(of.row.assessment().and_then(|row| row.closed.as_ref()).or(of.row.end().and_then(|row| row.closed.as_ref())))),
        column("marks", Text, OPEN, "figures nobody has verified", |of| of.row.assessment().map(|row| row.marks.join("; ")).unwrap_or_default().into()),
    ]);
    columns
}
