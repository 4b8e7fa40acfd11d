//! Parquet: one row an administration, dates as dates, doses as exact decimals. A run at home is one row, or two where
//! its mornings and evenings differ.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use crate::calendar::{self, days_between};
use crate::present::{DoseRow, NOT_AN_ORDER, Schedule};
use crate::quantity::Decimal;

use super::{ExportError, Options, Out, each, shared};

/// Decimals behind the point of every dose column.
const SCALE: u32 = 6;

/// Rows held in memory at a time.
const GROUP: usize = 4096;

type Read<T> = fn(&DoseRow, &Options) -> Option<T>;

/// How a column is filled.
enum Fill {
    Plan(fn(&Schedule) -> String),
    Words(Read<String>),
    Whole(Read<i32>),
    Date(Read<String>),
    Figure(Read<String>),
}

const COLUMNS: &[(&str, Fill)] = &[
    ("study", Fill::Words(|_, options| options.study.clone())),
    ("subject", Fill::Words(|_, options| options.subject.clone())),
    ("regimen", Fill::Plan(|schedule| schedule.regimen.id.clone())),
    ("regimen_version", Fill::Plan(|schedule| schedule.regimen.version.clone())),
    ("regimen_status", Fill::Plan(|schedule| schedule.regimen.status.word().to_owned())),
    ("phase", Fill::Words(|dose, _| dose.phase.clone())),
    ("cycle", Fill::Whole(|dose, _| i32::try_from(dose.cycle).ok())),
    ("day", Fill::Whole(|dose, _| Some(dose.day))),
    ("part", Fill::Words(|dose, _| dose.part.clone())),
    ("id", Fill::Words(|dose, _| Some(dose.id.clone()))),
    ("date", Fill::Date(|dose, _| Some(dose.date.clone()))),
    ("earliest", Fill::Date(|dose, _| dose.earliest.clone())),
    ("latest", Fill::Date(|dose, _| dose.latest.clone())),
    ("through", Fill::Date(|dose, _| dose.run.as_ref().map(|run| run.through.clone()))),
    ("state", Fill::Words(|dose, _| Some(dose.state.to_owned()))),
    ("certain", Fill::Words(|dose, _| Some(if dose.certain { "yes" } else { "no" }.to_owned()))),
    ("drug", Fill::Words(|dose, _| Some(dose.drug.clone()))),
    ("formulation", Fill::Words(|dose, _| dose.formulation.clone())),
    ("product", Fill::Words(|dose, _| dose.product.clone())),
    ("role", Fill::Words(|dose, _| Some(dose.role.to_owned()))),
    ("route", Fill::Words(|dose, _| Some(dose.route.clone()))),
    ("place", Fill::Words(|dose, _| Some(dose.place.to_owned()))),
    ("over_minutes", Fill::Figure(|dose, _| dose.over_minutes.clone())),
    ("dose", Fill::Figure(|dose, _| Some(dose.dose.clone()))),
    ("total", Fill::Figure(|dose, _| dose.total.clone())),
    ("infusion_days", Fill::Words(|dose, _| dose.infusion_days.clone())),
    ("unit", Fill::Words(|dose, _| Some(dose.unit.to_owned()))),
    ("unit_ucum", Fill::Words(|dose, _| Some(dose.unit_ucum.to_owned()))),
    ("calculated", Fill::Words(|dose, _| Some(dose.calculated.clone()))),
    ("uncapped", Fill::Words(|dose, _| dose.uncapped.clone())),
    ("per", Fill::Words(|dose, _| Some(dose.per.clone()))),
    ("level", Fill::Whole(|dose, _| Some(dose.level))),
    ("times_a_day", Fill::Whole(|dose, _| dose.run.as_ref().and_then(|run| i32::try_from(run.times_a_day).ok()))),
    (
        "administrations",
        Fill::Whole(|dose, _| dose.run.as_ref().map_or(Some(1), |run| i32::try_from(run.administrations).ok())),
    ),
    ("measured", Fill::Date(|dose, _| dose.measured.clone())),
    ("working", Fill::Words(|dose, _| Some(dose.working.join("\n")))),
    ("marks", Fill::Words(|dose, _| Some(dose.marks.join("; ")))),
    ("note", Fill::Words(|dose, _| dose.note.clone())),
];

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
            let (values, there) = split(rows.map(|_| Some(ByteArray::from(read(schedule).into_bytes()))));
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
            let (values, there) = split(rows.map(|dose| read(dose, options).and_then(|iso| epoch_days(&iso))));
            column.typed::<Int32Type>().write_batch(&values, Some(&there), None)?;
        }
        Fill::Figure(read) => {
            let (values, there) = split(rows.map(|dose| read(dose, options).and_then(|figure| scaled(&figure))));
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

fn epoch_days(iso: &str) -> Option<i32> {
    let epoch = calendar::read("1970-01-01").ok()?;
    calendar::read(iso).ok().map(|date| days_between(epoch, date))
}

fn scaled(figure: &str) -> Option<i64> {
    let value: Decimal = figure.parse().ok()?;
    let value = value.checked_mul(Decimal::from(10i64.pow(SCALE)))?.normalize();
    (value.scale() == 0).then(|| i64::try_from(value.mantissa()).ok()).flatten()
}

/// A dose finer than the columns hold is refused, never rounded.
fn refuse_fine(schedule: &Schedule) -> Result<(), ExportError> {
    let halves = schedule.doses.iter().flat_map(each::by_half);
    let fine = halves.into_iter().find(|dose| scaled(&dose.dose).is_none());
    fine.map_or(Ok(()), |dose| {
        Err(ExportError::Refused(format!(
            "{} {} of {} has more than {SCALE} decimals, which the Parquet columns do not hold; CSV and JSON do",
            dose.dose, dose.unit, dose.shown
        )))
    })
}
