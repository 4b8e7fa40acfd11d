//! Parquet: one row an administration, dates as dates, doses as exact decimals. A run at home is one row, or two where
//! its mornings and evenings differ.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use crate::calendar::{self, Date, Moment, days_between};
use crate::present::{DoseRow, NOT_AN_ORDER, Schedule};
use crate::quantity::Decimal;
use crate::quantity::number::plain;
use crate::regimen::marks_data;

use super::{ExportError, Options, Out, each, shared};

/// Decimals behind the point of every dose column.
const SCALE: u32 = 6;

/// Rows held in memory at a time.
const GROUP: usize = 4096;

type Read<T> = fn(&DoseRow, &Options) -> Option<T>;

/// How a column is filled.
enum Fill {
    Plan(fn(&Schedule) -> Option<String>),
    Words(Read<String>),
    Whole(Read<i32>),
    Date(Read<Date>),
    Figure(Read<Decimal>),
}

const COLUMNS: &[(&str, Fill)] = &[
    ("study", Fill::Words(|_, options| options.study.clone())),
    ("subject", Fill::Words(|_, options| options.subject.clone())),
    ("regimen", Fill::Plan(|schedule| Some(schedule.regimen.id.clone()))),
    ("regimen_version", Fill::Plan(|schedule| Some(schedule.regimen.version.clone()))),
    ("regimen_status", Fill::Plan(|schedule| Some(schedule.regimen.status.word().to_owned()))),
    ("phase", Fill::Words(|dose, _| dose.phase.clone())),
    ("cycle", Fill::Whole(|dose, _| i32::try_from(dose.cycle).ok())),
    ("day", Fill::Whole(|dose, _| Some(dose.day))),
    ("own_day", Fill::Whole(|dose, _| Some(dose.own_day))),
    ("part", Fill::Words(|dose, _| dose.part.map(|part| part.to_string()))),
    ("id", Fill::Words(|dose, _| Some(dose.id.clone()))),
    ("date", Fill::Date(|dose, _| Some(dose.date()))),
    ("planned_date", Fill::Date(|dose, _| dose.planned().map(|planned| planned.at.date))),
    ("earliest", Fill::Date(|dose, _| dose.window().map(|window| window.earliest))),
    ("latest", Fill::Date(|dose, _| dose.window().map(|window| window.latest))),
    ("given_date", Fill::Date(|dose, _| dose.given().map(|given| given.at.date))),
    ("planned_begins", Fill::Words(|dose, _| dose.planned()?.at.begins.map(Moment::iso))),
    ("planned_ends", Fill::Words(|dose, _| dose.planned()?.at.ends.map(Moment::iso))),
    ("given_begins", Fill::Words(|dose, _| dose.given()?.at.begins.map(Moment::iso))),
    ("given_ends", Fill::Words(|dose, _| dose.given()?.at.ends.map(Moment::iso))),
    ("days_late", Fill::Whole(|dose, _| dose.given().and_then(|given| given.days_late))),
    ("through", Fill::Date(|dose, _| dose.run().map(|run| run.through))),
    ("state", Fill::Words(|dose, _| Some(dose.state().word().to_owned()))),
    ("incomplete", Fill::Words(|dose, _| dose.given().map(|given| yes(given.incomplete)))),
    ("reason", Fill::Words(|dose, _| dose.reason.clone())),
    ("planned_reason", Fill::Words(|dose, _| dose.changed_words())),
    ("recorded_by", Fill::Words(|dose, _| dose.recorded.as_ref().map(|recorded| recorded.by.clone()))),
    ("kit", Fill::Words(|dose, _| dose.used.kit.clone())),
    ("lot", Fill::Words(|dose, _| dose.used.lot.clone())),
    ("certain", Fill::Words(|dose, _| Some(yes(dose.certain)))),
    ("drug", Fill::Words(|dose, _| Some(dose.drug.clone()))),
    ("formulation", Fill::Words(|dose, _| dose.formulation.clone())),
    ("product", Fill::Words(|dose, _| dose.product.clone())),
    ("role", Fill::Words(|dose, _| Some(shared::role(dose.role).to_owned()))),
    ("route", Fill::Words(|dose, _| Some(dose.route_words().to_owned()))),
    ("place", Fill::Words(|dose, _| Some(dose.place.word().to_owned()))),
    ("over_minutes", Fill::Figure(|dose, _| dose.over_minutes())),
    ("dose", Fill::Figure(|dose, _| Some(dose.portion().amount.value))),
    ("planned_dose", Fill::Figure(|dose, _| dose.planned().map(|planned| planned.at.portion.amount.value))),
    ("given_dose", Fill::Figure(|dose, _| dose.given().map(|given| given.at.portion.amount.value))),
    ("total", Fill::Figure(|dose, _| dose.total().map(|total| total.value))),
    ("infusion_days", Fill::Words(|dose, _| dose.portion().days.map(plain))),
    ("unit", Fill::Words(|dose, _| Some(dose.portion().amount.unit.written().to_owned()))),
    ("unit_ucum", Fill::Words(|dose, _| Some(dose.portion().amount.unit.ucum().to_owned()))),
    ("calculated", Fill::Words(|dose, _| dose.planned().map(|planned| plain(planned.calculated.value)))),
    ("uncapped", Fill::Words(|dose, _| dose.planned()?.uncapped.map(|uncapped| plain(uncapped.value)))),
    ("per", Fill::Words(|dose, _| dose.planned().map(|planned| planned.per.to_string()))),
    ("level", Fill::Whole(|dose, _| dose.planned().map(|planned| planned.level))),
    ("times_a_day", Fill::Whole(|dose, _| dose.run().and_then(|run| i32::try_from(run.times_a_day).ok()))),
    (
        "administrations",
        Fill::Whole(|dose, _| dose.run().map_or(Some(1), |run| i32::try_from(run.administrations).ok())),
    ),
    ("measured", Fill::Date(|dose, _| dose.measured())),
    ("working", Fill::Words(|dose, _| Some(dose.working().join("\n")))),
    ("volume_ml", Fill::Words(|dose, _| dose.planned()?.preparation.drug.map(|volume| plain(volume.shown())))),
    ("diluent", Fill::Words(|dose, _| dose.planned()?.preparation.fluid_words())),
    ("bag_ml", Fill::Words(|dose, _| dose.planned()?.preparation.in_all().map(|volume| plain(volume.shown())))),
    ("in_1_ml", Fill::Words(|dose, _| dose.planned()?.preparation.concentration().map(|one| plain(one.shown())))),
    ("limits", Fill::Words(|dose, _| dose.planned()?.preparation.limits_words())),
    ("ml_per_hour", Fill::Words(|dose, _| dose.planned()?.preparation.rate().map(|rate| plain(rate.shown())))),
    ("never_with", Fill::Words(|dose, _| dose.planned()?.preparation.never_words())),
    ("warn", Fill::Words(|dose, _| dose.warn.clone())),
    ("regimen_note", Fill::Plan(|schedule| schedule.regimen.note.clone())),
    ("discontinued", Fill::Plan(|schedule| schedule.discontinued.as_ref().map(|ended| calendar::iso(ended.date)))),
    ("discontinued_reason", Fill::Plan(|schedule| schedule.discontinued.as_ref().map(|ended| ended.reason.clone()))),
    ("marks", Fill::Words(|dose, _| Some(marks_data(dose.marks())))),
    ("note", Fill::Words(|dose, _| dose.note.clone())),
];

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

/// Writes the file.
pub(super) fn write(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    refuse_fine(schedule)?;
    build(schedule, options, out).map_err(|error| match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => ExportError::Io(*error),
            Err(error) => ExportError::Writer(error.to_string()),
        },
        other => ExportError::Writer(other.to_string()),
    })
}

fn schema() -> String {
    let column = |(name, fill): &(&str, Fill)| match fill {
        Fill::Plan(_) | Fill::Words(_) => format!("OPTIONAL BYTE_ARRAY {name} (STRING);"),
        Fill::Whole(_) => format!("OPTIONAL INT32 {name};"),
        Fill::Date(_) => format!("OPTIONAL INT32 {name} (DATE);"),
        Fill::Figure(_) => format!("OPTIONAL INT64 {name} (DECIMAL(18,{SCALE}));"),
    };
    format!("message doses {{ {} }}", COLUMNS.iter().map(column).collect::<Vec<_>>().join(" "))
}

fn build(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ParquetError> {
    let facts = [
        ("notice", NOT_AN_ORDER.to_owned()),
        ("program", concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("made", options.generated.clone()),
        ("regimen", schedule.regimen.id.clone()),
        ("regimen_version", schedule.regimen.version.clone()),
        ("regimen_status", schedule.regimen.status.word().to_owned()),
        ("standing", shared::standing(schedule, options)),
        ("regimen_sha256", schedule.regimen.sha256.clone()),
    ];
    let facts = facts.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value)).collect();
    let properties = WriterProperties::builder().set_key_value_metadata(Some(facts)).build();
    let schema = Arc::new(parse_message_type(&schema())?);
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    // A plan without a dose is a table without a row, which still has its one group.
    let none: [&[DoseRow]; 1] = [&[]];
    let groups: Box<dyn Iterator<Item = &[DoseRow]>> =
        if schedule.doses.is_empty() { Box::new(none.into_iter()) } else { Box::new(schedule.doses.chunks(GROUP)) };
    for rows in groups {
        // Where morning and evening differ, each half is a row: a row holds one amount.
        let rows: Vec<DoseRow> = rows.iter().flat_map(each::by_half).collect();
        let mut group = file.next_row_group()?;
        for (_, fill) in COLUMNS {
            if let Some(mut column) = group.next_column()? {
                self::column(&mut column, fill, (schedule, &rows), options)?;
                column.close()?;
            }
        }
        group.close()?;
    }
    file.close().map(|_| ())
}

fn column(
    column: &mut SerializedColumnWriter<'_>,
    fill: &Fill,
    (schedule, rows): (&Schedule, &[DoseRow]),
    options: &Options,
) -> Result<(), ParquetError> {
    let rows = rows.iter();
    match fill {
        Fill::Plan(read) => {
            let all = rows.map(|_| read(schedule).map(|words| ByteArray::from(words.into_bytes())));
            let (values, there) = split(all);
            column.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
        }
        Fill::Words(read) => {
            let all = rows.map(|dose| read(dose, options).map(|words| ByteArray::from(words.into_bytes())));
            let (values, there) = split(all);
            column.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
        }
        Fill::Whole(read) => {
            let (values, there) = split(rows.map(|dose| read(dose, options)));
            column.typed::<Int32Type>().write_batch(&values, Some(&there), None)?;
        }
        Fill::Date(read) => {
            let (values, there) = split(rows.map(|dose| read(dose, options).and_then(epoch_days)));
            column.typed::<Int32Type>().write_batch(&values, Some(&there), None)?;
        }
        Fill::Figure(read) => {
            let (values, there) = split(rows.map(|dose| read(dose, options).and_then(scaled)));
            column.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
        }
    }
    Ok(())
}

/// The values that are there, and for each row whether one is (1) or not (0).
fn split<T>(all: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let mut values = Vec::new();
    let mut there = Vec::new();
    for one in all {
        there.push(i16::from(one.is_some()));
        values.extend(one);
    }
    (values, there)
}

fn epoch_days(date: Date) -> Option<i32> {
    Some(days_between(Date::new(1970, 1, 1).ok()?, date))
}

fn scaled(figure: Decimal) -> Option<i64> {
    let value = figure.checked_mul(Decimal::from(10i64.pow(SCALE)))?.normalize();
    (value.scale() == 0).then(|| i64::try_from(value.mantissa()).ok()).flatten()
}

/// A dose finer than the columns hold is refused, never rounded.
fn refuse_fine(schedule: &Schedule) -> Result<(), ExportError> {
    let halves = schedule.doses.iter().flat_map(each::by_half);
    let amounts = halves.flat_map(|dose| {
        let planned = dose.planned().map(|planned| planned.at.portion.amount);
        let given = dose.given().map(|given| given.at.portion.amount);
        planned.into_iter().chain(given).map(move |amount| (dose.shown.clone(), amount)).collect::<Vec<_>>()
    });
    let fine = amounts.into_iter().find(|(_, amount)| scaled(amount.value).is_none());
    fine.map_or(Ok(()), |(drug, amount)| {
        Err(ExportError::Refused(format!(
            "{} {} of {drug} has more than {SCALE} decimals, which the Parquet columns do not hold; CSV and JSON do",
            plain(amount.value),
            amount.unit
        )))
    })
}
