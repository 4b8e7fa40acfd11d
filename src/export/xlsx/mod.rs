//! XLSX: the schedule, the doses with their working, running totals and where it all comes from. Real
//! dates and numbers, no formulas: a sheet that recalculates is a second calculator nobody has checked.

mod record;
mod schedule;

use std::borrow::Cow;
use std::io::ErrorKind;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::calendar::{self, Date};
use crate::present::{NOT_AN_ORDER, Schedule, running_totals};
use crate::quantity::number::plain;
use crate::quantity::{Amount, Decimal};

use super::{ExportError, Options, Out, shared};

/// A cell.
enum Value<'a> {
    Nothing,
    Words(Cow<'a, str>),
    Date(Date),
    Number(Decimal),
}

/// Words as a cell can hold them: one kind of line break, no control characters.
fn words<'a>(text: impl Into<Cow<'a, str>>) -> Value<'a> {
    let text = text.into();
    let unfit = |c: char| c.is_control() && c != '\n';
    if !text.contains(unfit) {
        return Value::Words(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Value::Words(lines.replace(unfit, " ").into())
}

fn maybe(text: Option<&String>) -> Value<'_> {
    text.map_or(Value::Nothing, words)
}

fn date<'a>(date: Option<Date>) -> Value<'a> {
    date.map_or(Value::Nothing, Value::Date)
}

fn number<'a>(figure: Option<Decimal>) -> Value<'a> {
    figure.map_or(Value::Nothing, Value::Number)
}

fn amount<'a>(amount: Option<Amount>) -> Value<'a> {
    number(amount.map(|amount| amount.value))
}

fn whole<'a>(number: impl Into<Decimal>) -> Value<'a> {
    Value::Number(number.into())
}

/// A column: its name, how wide it is in characters, and whether its text goes on below.
#[derive(Clone, Copy)]
struct Head {
    name: &'static str,
    width: u16,
    wraps: bool,
}

/// A column of one line.
const fn narrow(name: &'static str, width: u16) -> Head {
    Head { name, width, wraps: false }
}

/// A column whose text goes on below.
const fn wide(name: &'static str, width: u16) -> Head {
    Head { name, width, wraps: true }
}

/// A sheet: its name, its columns, and its rows, of which none is made before the one above is written.
struct Sheet<'a> {
    name: &'static str,
    head: Vec<Head>,
    /// Columns on paper; what lies behind them is for the screen.
    printed: usize,
    rows: Box<dyn Iterator<Item = Vec<Value<'a>>> + 'a>,
}

impl<'a> Sheet<'a> {
    fn new(name: &'static str, head: Vec<Head>, rows: Box<dyn Iterator<Item = Vec<Value<'a>>> + 'a>) -> Self {
        Self { name, printed: head.len(), head, rows }
    }
}

/// The colour of what must be seen.
const ALARM: u32 = 0x00AA_0000;
/// A plan of more doses than this is written through temporary files, so that no sheet is held in memory.
const LONG: usize = 2_000;
/// The height of a line, and the tallest row there can be, in points.
const LINE: u32 = 15;
const TALLEST: u32 = 405;
/// Rows above the data: how far the figures may be relied on, and the names of the columns.
const HEAD: u32 = 2;

/// Writes the workbook.
pub(super) fn write(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    // The library has no error for a folder of temporary files that is full.
    let built = std::panic::catch_unwind(AssertUnwindSafe(|| build(schedule, options, out)));
    let full = |_| Err(XlsxError::IoError(ErrorKind::StorageFull.into()));
    built.unwrap_or_else(full).map_err(|error| match error {
        XlsxError::IoError(error) => ExportError::Io(error),
        XlsxError::ZipError(error) => ExportError::Io(error.into()),
        other => ExportError::Writer(other.to_string()),
    })
}

fn build(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::parse_from_str(&options.generated).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    let properties = DocProperties::new().set_title(&schedule.regimen.name).set_comment(NOT_AN_ORDER);
    workbook.set_properties(&properties.set_creation_datetime(&made));
    for sheet in sheets(schedule, options) {
        let long = schedule.doses.len() > LONG;
        let page = if long { workbook.add_worksheet_with_constant_memory()? } else { workbook.add_worksheet() };
        fill(page, sheet, schedule, options)?;
    }
    workbook.save_to_writer(out)
}

/// Sheets of a record only where there is one.
fn sheets<'a>(schedule: &'a Schedule, options: &'a Options) -> Vec<Sheet<'a>> {
    let mut sheets = vec![schedule::doses(schedule, options), schedule::working(schedule), totals(schedule)];
    sheets.extend(schedule.ledger.as_ref().map(|_| record::intensity(schedule)));
    sheets.extend((!schedule.history.is_empty()).then(|| record::history(schedule)));
    sheets.extend((!schedule.supplies.is_empty()).then(|| record::home_doses(schedule)));
    sheets.push(provenance(schedule, options));
    sheets
}

fn fill(page: &mut Worksheet, sheet: Sheet<'_>, schedule: &Schedule, options: &Options) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?;
    for (head, column) in sheet.head.iter().zip(0u16..) {
        page.set_column_width(column, head.width)?;
    }
    page.set_freeze_panes(HEAD, 0)?;
    page.set_repeat_rows(0, HEAD - 1)?;
    page.set_landscape().set_paper_size(if options.letter { 1 } else { 9 }).set_print_fit_to_pages(1, 0);
    let regimen = &schedule.regimen;
    let escaped = |text: &str| text.replace('&', "&&");
    let whose: Vec<String> = options.study.iter().chain(&options.subject).map(|code| escaped(code)).collect();
    page.set_header(format!(
        "&L{}&R{} version {} ({})",
        whose.join(" "),
        escaped(&regimen.id),
        escaped(&regimen.version),
        regimen.status.word()
    ));
    page.set_footer(format!("&L{NOT_AN_ORDER}&RPage &P of &N"));
    cells(page, sheet, &format!("{} {NOT_AN_ORDER}", shared::standing(schedule, options)))
}

/// From the top down: a row that is written is out of reach.
fn cells(page: &mut Worksheet, sheet: Sheet<'_>, standing: &str) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let heading = bold.clone().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    // Over the columns that are printed: beyond them it would be cut off.
    let end = |columns: usize| u16::try_from(columns).unwrap_or(1).saturating_sub(1);
    let alarm = bold.set_font_color(ALARM).set_text_wrap().set_align(FormatAlign::Top);
    match end(sheet.printed) {
        0 => page.write_string_with_format(0, 0, standing, &alarm)?,
        last => page.merge_range(0, 0, 0, last, standing, &alarm)?,
    };
    page.set_row_height(0, 2 * LINE)?;
    page.set_row_height(HEAD - 1, 2 * LINE)?;
    for (head, column) in sheet.head.iter().zip(0u16..) {
        page.write_string_with_format(HEAD - 1, column, head.name, &heading)?;
    }
    let number = Format::new().set_align(FormatAlign::Top);
    let date = number.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left).set_indent(1);
    // A little away from the figure on its left.
    let text = number.clone().set_align(FormatAlign::Left).set_indent(1);
    let wrapped = text.clone().set_text_wrap();
    let mut last = HEAD - 1;
    for (row, at) in sheet.rows.zip(HEAD..) {
        let tall = row.iter().zip(&sheet.head).map(|(value, head)| lines(value, *head)).max().unwrap_or(1);
        if tall > 1 {
            page.set_row_height(at, tall.saturating_mul(LINE).min(TALLEST))?;
        }
        for ((value, head), column) in row.iter().zip(&sheet.head).zip(0u16..) {
            let format = match value {
                Value::Date(_) => &date,
                Value::Number(_) | Value::Nothing => &number,
                Value::Words(_) if head.wraps => &wrapped,
                Value::Words(_) => &text,
            };
            cell(page, (at, column), value, format)?;
        }
        last = at;
    }
    page.autofilter(HEAD - 1, 0, last, end(sheet.head.len()))?;
    page.set_print_area(0, 0, last, end(sheet.printed))?;
    Ok(())
}

/// A date a spreadsheet cannot hold is written as text. A figure of more digits than one keeps is the nearest number:
/// text could be neither sorted nor added up, and the working shows every digit.
fn cell(page: &mut Worksheet, (row, column): (u32, u16), value: &Value<'_>, format: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Nothing => {}
        Value::Words(text) if text.is_empty() => {}
        Value::Words(text) => {
            page.write_string_with_format(row, column, text.as_ref(), format)?;
        }
        Value::Date(day) => match excel_date(*day) {
            Some(day) => {
                page.write_datetime_with_format(row, column, day, format)?;
            }
            None => {
                page.write_string_with_format(row, column, calendar::iso(*day), format)?;
            }
        },
        Value::Number(figure) => match plain(*figure).parse::<f64>() {
            Ok(value) => {
                page.write_number_with_format(row, column, value, format)?;
            }
            Err(_) => {
                page.write_string_with_format(row, column, plain(*figure), format)?;
            }
        },
    }
    Ok(())
}

/// Lines a cell takes. Not every spreadsheet makes a row as tall as its texts, so the height is written down.
fn lines(value: &Value<'_>, head: Head) -> u32 {
    let Value::Words(text) = value else { return 1 };
    if !head.wraps {
        return 1;
    }
    // Words are not cut, and the indent takes a character: a line holds somewhat less than the column is wide.
    let room = usize::from(head.width).saturating_sub(2).max(1);
    let lines = text.lines().map(|line| line.chars().count().div_ceil(room).max(1)).sum::<usize>();
    u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
}

fn excel_date(day: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn totals(schedule: &Schedule) -> Sheet<'_> {
    let rows = running_totals(schedule).map(|row| {
        vec![
            words(row.shown),
            words(row.phase.unwrap_or_default()),
            whole(row.cycle),
            whole(row.day),
            row.part.map_or(Value::Nothing, |part| words(part.to_string())),
            date(Some(row.date)),
            amount(Some(row.amount)),
            amount(Some(row.total)),
            words(row.total.unit.written()),
        ]
    });
    let head = vec![
        narrow("drug", 32),
        narrow("phase", 12),
        narrow("cycle", 7),
        narrow("day", 6),
        narrow("part", 10),
        narrow("date", 12),
        narrow("amount", 12),
        narrow("total", 12),
        narrow("unit", 9),
    ];
    Sheet::new("Cumulative", head, Box::new(rows))
}

/// What was entered about the subject: its name on the sheet, and in [`shared::subject`].
const ENTERED: [(&str, &str); 7] = [
    ("height", "height"),
    ("weight", "weight"),
    ("body surface area", "bsa"),
    ("body surface formula", "bsa_formula"),
    ("creatinine", "creatinine"),
    ("kidney function", "gfr"),
    ("measured", "measured"),
];

fn provenance<'a>(schedule: &Schedule, options: &Options) -> Sheet<'a> {
    let regimen = &schedule.regimen;
    let mut rows = Vec::new();
    let mut add = |name: &str, value: &str| rows.push(vec![words(name.to_owned()), words(value.to_owned())]);
    add("notice", NOT_AN_ORDER);
    add("program", concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")));
    add("made", &options.generated);
    add("verification", options.print.verification.as_deref().unwrap_or(super::shared::NOT_VERIFIED));
    add("regimen", &regimen.id);
    add("regimen name", &regimen.name);
    add("regimen version", &regimen.version);
    add("regimen status", &regimen.status.word().to_uppercase());
    add("regimen sha256", &regimen.sha256);
    add("indication", &regimen.indication);
    regimen.note.iter().for_each(|note| add("regimen note", note));
    add("cycles", &schedule.count.words);
    let known = shared::subject(schedule);
    for (name, key) in ENTERED {
        let value = known.iter().find(|(known, _)| *known == key).map_or("not entered", |(_, value)| value.as_str());
        add(name, value);
    }
    if let Some(ended) = &schedule.discontinued {
        add("treatment ended", &format!("{}: {}", calendar::iso(ended.date), ended.reason));
    }
    regimen.unverified_words.iter().for_each(|line| add("not verified", line));
    schedule.findings.iter().for_each(|one| add(one.severity.word(), &one.text));
    Sheet::new("Provenance", vec![narrow("what", 24), wide("value", 90)], Box::new(rows.into_iter()))
}
