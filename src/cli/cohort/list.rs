//! The list of subjects: CSV with a header, read row by row.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read};

use crate::cli::delimiter;
use crate::export::ExportError;
use crate::failure::Failure;
use crate::quantity::number::shown;
use crate::subject::Fact;

use super::column::{Column, OURS};
use super::row;

/// A row with the line on which it begins.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) line: u64,
    /// Whether a row above has the code: one that differs in capitals alone is the same subject.
    pub(super) again: bool,
    /// The cells; the error is why they cannot be read.
    pub(super) cells: Result<csv::StringRecord, String>,
}

/// A list on its way.
pub(super) struct List<R> {
    reader: csv::Reader<R>,
    pub(super) columns: Vec<Column>,
    names: Vec<String>,
    /// Of every code so far a number of 64 bits: of a million codes the codes themselves would take more room than all else.
    seen: BTreeSet<u64>,
}

impl List<BufReader<Box<dyn Read>>> {
    /// Reads the header.
    pub(super) fn open(input: Box<dyn Read>) -> Result<Self, Failure> {
        let wrong = |why: String| Failure::unreadable(format!("the list of subjects: {why}"));
        let mut input = BufReader::with_capacity(1 << 16, input);
        let begins = input.fill_buf().map_err(|error| wrong(error.to_string()))?;
        let delimiter = delimiter::of(&String::from_utf8_lossy(begins));
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).delimiter(delimiter).from_reader(input);
        let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
        let names: Vec<String> =
            header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
        let columns = columns(&names)?;
        Ok(Self { reader, columns, names, seen: BTreeSet::new() })
    }
}

fn columns(names: &[String]) -> Result<Vec<Column>, Failure> {
    let hint = format!("its first line names the columns: {}", Column::names().join(", "));
    let wrong = |why: String| Failure::unreadable(format!("the list of subjects {why}")).hint(hint.clone());
    let mut known = BTreeSet::new();
    let mut columns = Vec::new();
    for name in names {
        let column = Column::named(name).ok_or_else(|| wrong(format!("has an unknown column \"{}\"", shown(name))))?;
        if !known.insert(column) && column != Column::Ours {
            return Err(wrong(format!("has the column \"{name}\" twice")));
        }
        columns.push(column);
    }
    for (needed, name) in [(Column::Code, "code"), (Column::Fact(Fact::Start), "start")] {
        if !known.contains(&needed) {
            return Err(wrong(format!("has no column \"{name}\"")));
        }
    }
    Ok(columns)
}

impl<R: Read> List<R> {
    /// The next row; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Row>, ExportError> {
        let mut record = csv::ByteRecord::new();
        let there = self.reader.read_byte_record(&mut record).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => ExportError::Io(error),
            other => ExportError::Refused(format!("the list of subjects: {other:?}")),
        })?;
        if !there {
            return Ok(None);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = csv::StringRecord::from_byte_record(record).map_err(|_| "the row is no UTF-8 text".to_owned());
        let cells = cells.and_then(|cells| match (cells.len(), self.columns.len()) {
            (have, need) if have == need => Ok(cells),
            (have, need) => Err(format!("the row has {have} cells, and the header {need}")),
        });
        let code = cells.as_ref().map(|cells| row::code(&self.columns, cells)).unwrap_or_default();
        let again = !code.is_empty() && !self.seen.insert(number(&code.to_lowercase()));
        Ok(Some(Row { line, again, cells }))
    }

    /// The names of the columns of the rows that are not planned.
    pub(super) fn refused_header(&self) -> Vec<String> {
        let own = self.names.iter().zip(&self.columns).filter(|(_, column)| **column != Column::Ours);
        own.map(|(name, _)| name.clone()).chain(OURS.map(str::to_owned)).collect()
    }
}

fn number(code: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    code.hash(&mut hasher);
    hasher.finish()
}
