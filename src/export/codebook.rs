//! The code book of the delimited files: every column with its type, its values and its meaning.

use crate::present::Schedule;

use super::columns::{dose_columns, history_columns, intensity_columns, supply_columns, visit_columns};
use super::table::{self, Column};
use super::{ExportError, Format, Options, Write};

pub(super) const FORMAT: Format = Format {
    id: "csv-codebook",
    extension: "csv",
    title: "CSV: what the columns of the other CSV files mean",
    text: true,
    write: Write::Whole(write),
};

fn write(_: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let header = ["file", "column", "type", "values", "meaning"].map(str::to_owned).to_vec();
    let files = [
        of("csv", &dose_columns()),
        of("csv-visits", &visit_columns()),
        of("csv-history", &history_columns()),
        of("csv-intensity", &intensity_columns()),
        of("csv-home", &supply_columns()),
    ];
    let rows = files.into_iter().flatten();
    table::records(std::iter::once(header).chain(rows), options)
}

fn of<Row>(file: &str, columns: &[Column<Row>]) -> Vec<Vec<String>> {
    columns.iter().map(|column| row(file, column)).collect()
}

fn row<Row>(file: &str, column: &Column<Row>) -> Vec<String> {
    let values = column.values.join("|");
    [file, column.name, column.kind.word(), &values, column.meaning].map(str::to_owned).to_vec()
}
