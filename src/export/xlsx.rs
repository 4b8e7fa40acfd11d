//! XLSX: the schedule, the doses with their working, running totals and where it all comes from. Real
//! dates and numbers, no formulas: a sheet that recalculates is a second calculator nobody has checked.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::calendar;
use crate::present::{DoseRow, NOT_AN_ORDER, Schedule, running_totals};

use super::{ExportError, Options, Out, shared};

/// A cell.
enum Value<'a> {
    Words(Cow<'a, str>),
    Date(Cow<'a, str>),
    Number(Cow<'a, str>),
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
    words(text.map_or("", String::as_str))
}

fn date(iso: Option<&String>) -> Value<'_> {
    Value::Date(iso.map_or("", String::as_str).into())
}

fn number(figure: Option<&String>) -> Value<'_> {
    Value::Number(figure.map_or("", String::as_str).into())
}

fn whole<'a>(number: impl Into<i64>) -> Value<'a> {
    Value::Number(number.into().to_string().into())
}

/// A sheet: its name, columns with widths, and its rows, of which none is made before the one above is written.
struct Sheet<'a> {
    name: &'static str,
    head: &'static [(&'static str, u16)],
    rows: Box<dyn Iterator<Item = Vec<Value<'a>>> + 'a>,
}

/// The colour of what must be seen.
const ALARM: u32 = 0x00AA_0000;
/// A plan of more doses than this is written through temporary files, so that no sheet is held in memory.
const LONG: usize = 2_000;
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
    for sheet in [doses(schedule, options), working(schedule), totals(schedule), provenance(schedule, options)] {
        let long = schedule.doses.len() > LONG;
        let page = if long { workbook.add_worksheet_with_constant_memory()? } else { workbook.add_worksheet() };
        fill(page, sheet, schedule, options)?;
    }
    workbook.save_to_writer(out)
}

fn fill(page: &mut Worksheet, sheet: Sheet<'_>, schedule: &Schedule, options: &Options) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?;
    for ((_, width), column) in sheet.head.iter().zip(0u16..) {
        page.set_column_width(column, *width)?;
    }
    page.set_freeze_panes(HEAD, 0)?;
    page.set_repeat_rows(0, HEAD - 1)?;
    page.set_landscape().set_paper_size(if options.letter { 1 } else { 9 }).set_print_fit_to_pages(1, 0);
    let regimen = &schedule.regimen;
    let plain = |text: &str| text.replace('&', "&&");
    page.set_header(format!(
        "&L{} version {} ({})",
        plain(&regimen.id),
        plain(&regimen.version),
        regimen.status.word()
    ));
    page.set_footer(format!("&L{NOT_AN_ORDER}&RPage &P of &N"));
    cells(page, sheet, &format!("{} {NOT_AN_ORDER}", shared::standing(schedule, options)))
}

/// From the top down: a row that is written is out of reach.
fn cells(page: &mut Worksheet, sheet: Sheet<'_>, standing: &str) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    page.write_string_with_format(0, 0, standing, &bold.clone().set_font_color(ALARM))?;
    for ((name, _), column) in sheet.head.iter().zip(0u16..) {
        page.write_string_with_format(HEAD - 1, column, *name, &bold)?;
    }
    let date = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
    let mut last = HEAD - 1;
    for (row, at) in sheet.rows.zip(HEAD..) {
        for (value, column) in row.iter().zip(0u16..) {
            cell(page, at, column, value, &date)?;
        }
        last = at;
    }
    let columns = u16::try_from(sheet.head.len()).unwrap_or(1).saturating_sub(1);
    page.autofilter(HEAD - 1, 0, last, columns)?;
    Ok(())
}

/// Figures of more digits than a spreadsheet keeps, and dates it cannot hold, are written as text.
fn cell(page: &mut Worksheet, row: u32, column: u16, value: &Value<'_>, date: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Words(text) | Value::Date(text) | Value::Number(text) if text.is_empty() => {}
        Value::Words(text) => {
            page.write_string(row, column, text.as_ref())?;
        }
        Value::Date(iso) => match excel_date(iso) {
            Some(day) => {
                page.write_datetime_with_format(row, column, day, date)?;
            }
            None => {
                page.write_string(row, column, iso.as_ref())?;
            }
        },
        Value::Number(figure) => match super::exact(figure) {
            Some(value) => {
                page.write_number(row, column, value)?;
            }
            None => {
                page.write_string(row, column, figure.as_ref())?;
            }
        },
    }
    Ok(())
}

fn excel_date(iso: &str) -> Option<ExcelDateTime> {
    let day = calendar::read(iso).ok()?;
    let (year, month, day) = (day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn doses<'a>(schedule: &'a Schedule, options: &'a Options) -> Sheet<'a> {
    let row = |dose: &'a DoseRow| {
        vec![
            maybe(options.study.as_ref()),
            maybe(options.subject.as_ref()),
            maybe(dose.phase.as_ref()),
            whole(dose.cycle),
            whole(dose.day),
            maybe(dose.part.as_ref()),
            date(Some(&dose.date)),
            words(dose.weekday),
            date(dose.earliest.as_ref()),
            date(dose.latest.as_ref()),
            date(dose.run.as_ref().map(|run| &run.through)),
            words(&dose.shown),
            number(Some(&dose.dose)),
            words(dose.unit),
            words(&dose.dose_shown),
            words(&dose.route),
            maybe(dose.over.as_ref()),
            words(dose.place),
            words(dose.state),
            words(if dose.certain { "yes" } else { "only if treatment goes on" }),
            maybe(dose.note.as_ref()),
        ]
    };
    Sheet {
        name: "Schedule",
        head: &[
            ("study", 12),
            ("subject", 12),
            ("phase", 10),
            ("cycle", 7),
            ("day", 6),
            ("part", 9),
            ("date", 12),
            ("weekday", 12),
            ("earliest", 12),
            ("latest", 12),
            ("through", 12),
            ("drug", 30),
            ("dose", 10),
            ("unit", 8),
            ("dose in words", 24),
            ("route", 14),
            ("over", 12),
            ("place", 8),
            ("state", 10),
            ("certain", 12),
            ("note", 40),
        ],
        rows: Box::new(schedule.doses.iter().map(row)),
    }
}

fn working<'a>(schedule: &'a Schedule) -> Sheet<'a> {
    let row = |dose: &'a DoseRow| {
        vec![
            whole(dose.cycle),
            whole(dose.day),
            date(Some(&dose.date)),
            words(&dose.shown),
            words(&dose.per),
            whole(dose.level),
            number(dose.percent.as_ref()),
            date(dose.measured.as_ref()),
            number(dose.uncapped.as_ref()),
            number(Some(&dose.calculated)),
            number(Some(&dose.dose)),
            words(dose.unit),
            Value::Number(dose.difference_percent.as_deref().unwrap_or_default().trim_start_matches('+').into()),
            number(dose.volume_ml.as_ref()),
            number(dose.vials.as_ref()),
            maybe(dose.supply.as_ref()),
            words(dose.working.join("\n")),
            words(dose.marks.join("; ")),
        ]
    };
    Sheet {
        name: "Doses",
        head: &[
            ("cycle", 7),
            ("day", 6),
            ("date", 12),
            ("drug", 30),
            ("protocol dose", 16),
            ("level", 7),
            ("percent", 8),
            ("measured", 12),
            ("before cap", 11),
            ("calculated", 11),
            ("dose", 10),
            ("unit", 8),
            ("difference percent", 11),
            ("volume mL", 10),
            ("vials", 7),
            ("supply", 30),
            ("working", 60),
            ("not verified", 24),
        ],
        rows: Box::new(schedule.doses.iter().map(row)),
    }
}

fn totals(schedule: &Schedule) -> Sheet<'_> {
    let rows = running_totals(schedule).map(|row| {
        vec![
            words(row.shown),
            words(row.phase.unwrap_or_default()),
            whole(row.cycle),
            whole(row.day),
            Value::Date(row.date.into()),
            Value::Number(row.amount.into()),
            Value::Number(row.total.into()),
            words(row.unit),
        ]
    });
    Sheet {
        name: "Cumulative",
        head: &[
            ("drug", 30),
            ("phase", 10),
            ("cycle", 7),
            ("day", 6),
            ("date", 12),
            ("amount", 12),
            ("total", 12),
            ("unit", 8),
        ],
        rows: Box::new(rows),
    }
}

fn provenance<'a>(schedule: &Schedule, options: &Options) -> Sheet<'a> {
    let (regimen, subject) = (&schedule.regimen, &schedule.subject);
    let mut rows = Vec::new();
    let mut add = |name: &str, value: &str| rows.push(vec![words(name.to_owned()), words(value.to_owned())]);
    add("notice", NOT_AN_ORDER);
    add("program", concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")));
    add("made", &options.generated);
    add("verification", options.print.verification.as_deref().unwrap_or(super::print::NOT_VERIFIED));
    add("regimen", &regimen.id);
    add("regimen name", &regimen.name);
    add("regimen version", &regimen.version);
    add("regimen status", &regimen.status.word().to_uppercase());
    add("regimen sha256", &regimen.sha256);
    add("indication", &regimen.indication);
    add("cycles", &schedule.count.words);
    let measured = [
        ("height", &subject.height),
        ("weight", &subject.weight),
        ("body surface area", &subject.bsa),
        ("body surface formula", &subject.bsa_formula),
        ("creatinine", &subject.creatinine),
        ("kidney function", &subject.gfr),
        ("measured", &subject.measured),
    ];
    measured.into_iter().for_each(|(name, value)| add(name, value.as_deref().unwrap_or("not entered")));
    regimen.unverified.iter().for_each(|key| add("not verified", key));
    schedule.findings.iter().for_each(|one| add(one.severity.word(), &one.text));
    Sheet { name: "Provenance", head: &[("what", 24), ("value", 90)], rows: Box::new(rows.into_iter()) }
}
