//! Rows and columns of delimited text.
//!
//! A column is described once: the header, the cells and the code book come from the same table.
//! A spreadsheet program runs a cell that begins with `=`, `+`, `-` or `@`; such a cell gets an
//! apostrophe in front, unless it is a number. Numbers are never touched.

use std::borrow::Cow;

use super::{ExportError, Options, Out};

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
    pub(super) cell: for<'r> fn(&'r Row) -> Cow<'r, str>,
}

/// The header and the rows, safe for spreadsheets, each written before the next is made.
pub(super) fn write<Row>(
    columns: &[Column<Row>],
    rows: impl Iterator<Item = Row>,
    options: &Options,
    out: Out<'_>,
) -> Result<(), ExportError> {
    let mut file = File::new(options, out)?;
    file.record(columns.iter().map(|column| column.name))?;
    for row in rows {
        file.record(columns.iter().map(|column| (column.cell)(&row)))?;
    }
    file.end()
}

/// One record of text, safe for spreadsheets, with the end of its line.
pub(super) fn line(cells: impl Iterator<Item = impl AsRef<str>>) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut file = File::new(&Options::default(), &mut bytes)?;
    file.record(cells)?;
    file.end()?;
    Ok(bytes)
}

/// Records of text, safe for spreadsheets.
pub(super) fn records(records: impl Iterator<Item = Vec<String>>, options: &Options) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut file = File::new(options, &mut bytes)?;
    for record in records {
        file.record(record.iter())?;
    }
    file.end()?;
    Ok(bytes)
}

/// A delimited file on its way.
struct File<'a>(::csv::Writer<Out<'a>>);

impl<'a> File<'a> {
    fn new(options: &Options, out: Out<'a>) -> Result<Self, ExportError> {
        if options.excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Ok(Self(::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out)))
    }

    fn record(&mut self, cells: impl Iterator<Item = impl AsRef<str>>) -> Result<(), ExportError> {
        for cell in cells {
            self.0.write_field(safe(cell.as_ref()).as_bytes()).map_err(failed)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(failed)
    }

    fn end(mut self) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}

/// Of a full disk as such, so that the sentence for it is found.
fn failed(error: ::csv::Error) -> ExportError {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => ExportError::Io(error),
        other => ExportError::Writer(format!("{other:?}")),
    }
}

/// A cell no spreadsheet runs.
fn safe(cell: &str) -> Cow<'_, str> {
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
