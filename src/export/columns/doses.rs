//! The columns of doses, in the order of the file.

use crate::calendar::{self, Moment};
use crate::present::{DoseRow, DoseState, Place, PlannedRow};
use crate::quantity::{Concentration, Rate, Volume};
use crate::regimen::marks_data;

use super::super::shared;
use super::super::table::{Column, Kind};
use super::{BOOLEAN, Cell, HALVES, OPEN, Of, ROLES, WEEKDAYS, column, common, maybe, tablets, text, whence};

type Columns<'a> = Vec<Column<Of<'a, &'a DoseRow>>>;

/// The columns of doses.
pub(in crate::export) fn dose_columns<'a>() -> Columns<'a> {
    let parts = [common(), identity(), happened(), given(), amounts(), runs(), supply(), working()];
    parts.into_iter().flatten().chain([whence()]).collect()
}

/// Which dose it is.
#[rustfmt::skip] // one line a column reads as the table it is
fn identity<'a>() -> Columns<'a> {
    use Kind::{Integer, Text};
    vec![
        column("phase", Text, OPEN, "phase of the regimen, where it has several", |of| text(of.row.phase.as_ref())),
        column("cycle", Integer, OPEN, "cycle, by the number the regimen gives it", |of| of.row.cycle.cell()),
        column("day", Integer, OPEN, "day of the cycle; its first treatment day is 1", |of| of.row.day.cell()),
        column("own_day", Integer, OPEN, "day of the cycle on which the dose itself falls: of one so many hours after another its own", |of| of.row.own_day.cell()),
        column("part", Text, OPEN, "part of the day, where a day has several doses", |of| maybe(of.row.part.map(|part| part.to_string()))),
        column("drug_id", Text, OPEN, "id of the drug in the regimen; with phase, cycle, day and part the identity of the row", |of| of.row.id.as_str().into()),
        column("drug", Text, OPEN, "generic name", |of| of.row.drug.as_str().into()),
        column("formulation", Text, OPEN, "formulation, such as liposomal", |of| text(of.row.formulation.as_ref())),
        column("product", Text, OPEN, "product, where the regimen names one", |of| text(of.row.product.as_ref())),
        column("role", Text, ROLES, "why it is given", |of| shared::role(of.row.role).into()),
    ]
}

/// Its days, and what happened.
#[rustfmt::skip] // one line a column reads as the table it is
fn happened<'a>() -> Columns<'a> {
    use Kind::{Boolean, Date, Integer, Text};
    vec![
        column("date", Date, OPEN, "the day as it stands: given_date where it was given, else planned_date; of a run at home its first day", |of| of.row.date().cell()),
        column("weekday", Text, WEEKDAYS, "day of the week of date", |of| calendar::weekday(of.row.date()).into()),
        column("planned_date", Date, OPEN, "planned day; empty of a dose beyond the plan", |of| maybe(of.planned().map(|planned| planned.at.date))),
        column("earliest", Date, OPEN, "first day of the window; empty where the regimen states none", |of| maybe(of.row.window().map(|window| window.earliest))),
        column("latest", Date, OPEN, "last day of the window", |of| maybe(of.row.window().map(|window| window.latest))),
        column("given_date", Date, OPEN, "day on which it was given; of a run at home its first day", |of| maybe(of.given().map(|given| given.at.date))),
        column("planned_begins", Text, OPEN, "when it is planned to begin on the clock of the clinic, such as 2026-12-07T16:00; empty where that is not known", |of| maybe(of.planned().and_then(|planned| planned.at.begins).map(Moment::iso))),
        column("planned_ends", Text, OPEN, "when an infusion that begins then ends", |of| maybe(of.planned().and_then(|planned| planned.at.ends).map(Moment::iso))),
        column("given_begins", Text, OPEN, "when it began on the clock of the clinic; empty where nobody noted it", |of| maybe(of.given().and_then(|given| given.at.begins).map(Moment::iso))),
        column("given_ends", Text, OPEN, "when it ended", |of| maybe(of.given().and_then(|given| given.at.ends).map(Moment::iso))),
        column("days_late", Integer, OPEN, "days from planned_date to given_date; negative where it was given early", |of| maybe(of.given().and_then(|given| given.days_late))),
        column("state", Text, &DoseState::WORDS, "what is known to have happened: incomplete where only a part was given, held where its date is open, omitted where somebody decided so, missed where it was due and not taken", |of| of.row.state().word().into()),
        column("incomplete", Boolean, BOOLEAN, "whether only a part of the dose went in, or only some doses of the run were taken; empty where nothing was given", |of| maybe(of.given().map(|given| given.incomplete))),
        column("missed", Integer, OPEN, "doses of a run at home that were due and not taken; empty where nobody counted", |of| maybe(of.run().and(of.given()).map(|given| given.missed))),
        column("reason", Text, OPEN, "why it was held, omitted, or given otherwise than planned", |of| text(of.row.reason.as_ref())),
        column("planned_reason", Text, OPEN, "why the planned dose or day is another than at first: the level or percentage in force, a delay of the cycle, each with its reason", |of| maybe(of.row.changed_words())),
        column("recorded_by", Text, OPEN, "who recorded what happened; empty outside a record", |of| text(of.row.recorded.as_ref().map(|recorded| &recorded.by))),
        column("recorded_at", Text, OPEN, "when that was recorded, in UTC", |of| text(of.row.recorded.as_ref().map(|recorded| &recorded.at))),
        column("entry", Integer, OPEN, "number of the entry of the record that says what happened", |of| maybe(of.row.recorded.as_ref().map(|recorded| recorded.entry))),
        column("kit", Text, OPEN, "number of the kit it was given from", |of| text(of.row.used.kit.as_ref())),
        column("lot", Text, OPEN, "lot (batch) it was given from; of home doses the lots stand with what was dispensed", |of| text(of.row.used.lot.as_ref())),
        column("certain", Boolean, BOOLEAN, "false: takes place only if treatment continues", |of| of.row.certain.cell()),
        column("closed", Text, OPEN, "why the clinic is closed that day", |of| text(of.row.closed.as_ref())),
    ]
}

/// How it is given.
#[rustfmt::skip] // one line a column reads as the table it is
fn given<'a>() -> Columns<'a> {
    use Kind::{Decimal, Text};
    vec![
        column("route", Text, OPEN, "route in words", |of| of.row.route_words().into()),
        column("place", Text, &Place::WORDS, "where it is given or taken", |of| of.row.place.word().into()),
        column("over", Text, OPEN, "length of the infusion in words, or bolus", |of| maybe(of.row.over.as_ref().map(ToString::to_string))),
        column("over_minutes", Decimal, OPEN, "length of the infusion in minutes, where it is one figure", |of| maybe(of.row.over_minutes())),
        column("hours_after", Decimal, OPEN, "hours after the dose it is counted from; empty where it is not counted in hours", |of| maybe(of.row.hours_after)),
        column("timing", Text, OPEN, "order or distance to another drug", |of| text(of.row.when.as_ref())),
    ]
}

/// How much: as it stands, as planned, as given.
#[rustfmt::skip] // one line a column reads as the table it is
fn amounts<'a>() -> Columns<'a> {
    use Kind::{Decimal, Text};
    vec![
        column("dose", Decimal, OPEN, "dose of one administration as it stands: given_dose where it was given, else planned_dose; empty where morning and evening differ", |of| maybe(of.row.occasion().each())),
        column("planned_dose", Decimal, OPEN, "planned dose of one administration, rounded; empty where morning and evening differ, and of a dose beyond the plan", |of| maybe(of.planned().and_then(|planned| planned.at.each()))),
        column("given_dose", Decimal, OPEN, "dose of one administration that was given; empty where morning and evening differ", |of| maybe(of.given().and_then(|given| given.at.each()))),
        column("infusion_days", Decimal, OPEN, "days of an infusion dosed by the day: dose and calculated are those of each 24 hours; empty for all others", |of| maybe(of.row.portion().days)),
        column("total", Decimal, OPEN, "amount of the whole row as it stands: every dose of a run, every day of an infusion", |of| maybe(of.row.total())),
        column("planned_total", Decimal, OPEN, "planned amount of the whole row", |of| maybe(of.planned().and_then(|planned| planned.at.total))),
        column("given_total", Decimal, OPEN, "amount of the whole row that was given or taken", |of| maybe(of.given().and_then(|given| given.at.total))),
        column("dose_unit", Text, OPEN, "unit of the doses, total and calculated", |of| of.row.portion().amount.unit.written().into()),
        column("dose_unit_ucum", Text, OPEN, "the same unit as a UCUM code", |of| of.row.portion().amount.unit.ucum().into()),
        column("morning", Decimal, OPEN, "morning dose as it stands, where morning and evening differ", |of| maybe(of.row.occasion().morning())),
        column("evening", Decimal, OPEN, "evening dose as it stands, where morning and evening differ", |of| maybe(of.row.occasion().evening())),
        column("planned_morning", Decimal, OPEN, "planned morning dose, where morning and evening differ", |of| maybe(of.planned().and_then(|planned| planned.at.morning()))),
        column("planned_evening", Decimal, OPEN, "planned evening dose, where morning and evening differ", |of| maybe(of.planned().and_then(|planned| planned.at.evening()))),
        column("given_morning", Decimal, OPEN, "morning dose that was given, where morning and evening differ", |of| maybe(of.given().and_then(|given| given.at.morning()))),
        column("given_evening", Decimal, OPEN, "evening dose that was given, where morning and evening differ", |of| maybe(of.given().and_then(|given| given.at.evening()))),
    ]
}

/// How the planned dose came about.
#[rustfmt::skip] // one line a column reads as the table it is
fn working<'a>() -> Columns<'a> {
    use Kind::{Boolean, Date, Decimal, Integer, Text};
    vec![
        column("calculated", Decimal, OPEN, "planned dose before rounding", |of| maybe(of.planned().map(|planned| planned.calculated))),
        column("uncapped", Decimal, OPEN, "planned dose before a cap cut it; empty where none did", |of| maybe(of.planned().and_then(|planned| planned.uncapped))),
        column("per", Text, OPEN, "what the regimen orders, such as 70 mg/m2", |of| maybe(of.planned().map(|planned| planned.per.to_string()))),
        column("level", Integer, OPEN, "dose level; 0 is the starting level", |of| maybe(of.planned().map(|planned| planned.level))),
        column("percent", Decimal, OPEN, "percent of the dose ordered, where it is not all of it", |of| maybe(of.planned().and_then(|planned| planned.percent))),
        column("loading", Boolean, BOOLEAN, "whether this is a loading dose", |of| maybe(of.planned().map(|planned| planned.loading))),
        column("difference_percent", Decimal, OPEN, "what rounding changed, in percent", |of| maybe(of.planned().and_then(|planned| planned.difference).map(shared::signed))),
        column("spread", Text, OPEN, "the other figure of a long infusion", |of| maybe(of.planned().and_then(PlannedRow::spread_words))),
        column("measured", Date, OPEN, "day of the newest measurement the planned dose was calculated from", |of| maybe(of.row.measured())),
        column("marks", Text, OPEN, "figures nobody has verified, or that sources disagree about", |of| marks_data(of.row.marks()).into()),
        column("note", Text, OPEN, "note of the regimen on the drug", |of| text(of.row.note.as_ref())),
        column("working", Text, OPEN, "how the planned dose came about, step by step", |of| of.row.working().join("; ").into()),
    ]
}

/// What it takes.
#[rustfmt::skip] // one line a column reads as the table it is
fn supply<'a>() -> Columns<'a> {
    use Kind::{Boolean, Decimal, Integer, Text};
    vec![
        column("volume_ml", Decimal, OPEN, "volume to withdraw in mL", |of| maybe(of.planned().and_then(|planned| planned.preparation.drug).map(Volume::shown))),
        column("vials", Integer, OPEN, "vials needed", |of| maybe(of.planned().and_then(|planned| planned.preparation.vials).map(|(count, _)| count))),
        column("supply", Text, OPEN, "volume, vials or tablets in words", |of| maybe(of.planned().and_then(PlannedRow::supply_words))),
        column("diluent", Text, OPEN, "what it is diluted in, or undiluted; nothing where the regimen does not say", |of| maybe(of.planned().and_then(|planned| planned.preparation.fluid_words()))),
        column("bag_ml", Decimal, OPEN, "volume of the bag in mL", |of| maybe(of.planned().and_then(|planned| planned.preparation.in_all()).map(Volume::shown))),
        column("in_1_ml", Decimal, OPEN, "how much of the drug is in 1 mL of the bag, in the unit of the dose", |of| maybe(of.planned().and_then(|planned| planned.preparation.concentration()).map(Concentration::shown))),
        column("limits", Text, OPEN, "concentrations the regimen allows", |of| maybe(of.planned().and_then(|planned| planned.preparation.limits_words()))),
        column("ml_per_hour", Decimal, OPEN, "rate that follows, in mL an hour", |of| maybe(of.planned().and_then(|planned| planned.preparation.rate()).map(Rate::shown))),
        column("never_with", Text, OPEN, "diluents that must not be used", |of| maybe(of.planned().and_then(|planned| planned.preparation.never_words()))),
        column("store", Text, OPEN, "how what is handed over is stored", |of| text(of.row.handling.store.as_ref())),
        column("use_within", Text, OPEN, "how long after its preparation it may be used", |of| maybe(of.row.handling.use_within.map(|period| period.to_string()))),
        column("cytotoxic", Boolean, BOOLEAN, "whether it is handled as a cytotoxic drug; empty where the regimen does not say", |of| maybe(of.row.handling.cytotoxic)),
        column("warn", Text, OPEN, "what must be read before it is prepared or given", |of| text(of.row.warn.as_ref())),
        column("tablets", Text, OPEN, "tablets or capsules for the whole run, by strength", |of| tablets(of.row).into()),
    ]
}

/// Of a run at home.
#[rustfmt::skip] // one line a column reads as the table it is
fn runs<'a>() -> Columns<'a> {
    use Kind::{Date, Integer, Text};
    vec![
        column("run_from", Date, OPEN, "first day of a run at home", |of| maybe(of.run().map(|run| run.from))),
        column("run_through", Date, OPEN, "last day of a run at home; of one of which only some doses were taken the day of the last, counted from the first on", |of| maybe(of.run().map(|run| run.through))),
        column("run_through_day", Integer, OPEN, "cycle day of the last dose of a run", |of| maybe(of.run().map(|run| run.through_day))),
        column("run_starts", Text, HALVES, "half-day of the first dose of a run", |of| maybe(of.run().and_then(|run| run.starts))),
        column("run_ends", Text, HALVES, "half-day of the last dose of a run", |of| maybe(of.run().and_then(|run| run.ends))),
        column("times_a_day", Integer, OPEN, "doses a day in a run", |of| maybe(of.run().map(|run| run.times_a_day))),
        column("administrations", Integer, OPEN, "doses in the whole run", |of| maybe(of.run().map(|run| run.administrations))),
    ]
}
