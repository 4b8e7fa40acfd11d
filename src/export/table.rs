//! Rows and columns of delimited text.
//!
//! A column is described once: the header, the cells and the code book come from the same table.
//! A spreadsheet program runs a cell that begins with `=`, `+`, `-` or `@`; such a cell gets an
//! apostrophe in front, unless it is a number. Numbers are never touched.

use super::{ExportError, Options};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Decimal,
    Date,
    Boolean,
}

impl Kind {
    /// The word of the code book.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
            Kind::Date => "date",
            Kind::Boolean => "boolean",
        }
    }
}

/// One column over rows of one type.
pub(super) struct Column<Row> {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Values allowed, where they are a closed list.
    pub(super) values: &'static [&'static str],
    pub(super) meaning: &'static str,
    pub(super) cell: fn(&Row) -> String,
}

/// The header and the rows, safe for spreadsheets.
pub(super) fn write<Row>(columns: &[Column<Row>], rows: &[Row], options: &Options) -> Result<Vec<u8>, ExportError> {
    let header = columns.iter().map(|column| column.name.to_owned()).collect();
    let cells = rows.iter().map(|row| columns.iter().map(|column| (column.cell)(row)).collect());
    records(std::iter::once(header).chain(cells), options)
}

/// Records of text, safe for spreadsheets.
pub(super) fn records(records: impl Iterator<Item = Vec<String>>, options: &Options) -> Result<Vec<u8>, ExportError> {
    let start = if options.excel { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(start);
    let failed = |error: ::csv::Error| ExportError::Writer(error.to_string());
    for record in records {
        for cell in &record {
            writer.write_field(safe(cell).as_bytes()).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ExportError::Writer(error.to_string()))
}

/// A cell no spreadsheet runs.
fn safe(cell: &str) -> std::borrow::Cow<'_, str> {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if runs && !is_number(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// Whether a cell is a number and nothing else: `-3`, `+0.4`.
fn is_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    match bare.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_would_run_are_text_and_numbers_stay_numbers() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-cmd", "'-cmd"),
            ("+", "'+"),
            ("-1.", "'-1."),
            ("-1-1", "'-1-1"),
            ("\t=1", "'\t=1"),
            ("-1", "-1"),
            ("+0.4", "+0.4"),
            ("0042", "0042"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(safe(cell), written);
        }
    }
}
