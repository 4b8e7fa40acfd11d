//! XLSX: the schedule, the doses with their working, running totals and where it all comes from. Real
//! dates and numbers, no formulas: a sheet that recalculates is a second calculator nobody has checked.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::calendar;
use crate::present::{DoseRow, NOT_AN_ORDER, Schedule, cumulative};

use super::{ExportError, Options, shared};

/// A cell.
enum Value {
    Words(String),
    Date(String),
    Number(String),
}

/// Words as a cell can hold them: one kind of line break, no control characters.
fn words(text: impl AsRef<str>) -> Value {
    let lines = text.as_ref().replace("\r\n", "\n").replace('\r', "\n");
    Value::Words(lines.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect())
}

fn maybe(text: Option<&String>) -> Value {
    words(text.map_or("", String::as_str))
}

fn date(iso: Option<&String>) -> Value {
    Value::Date(iso.cloned().unwrap_or_default())
}

fn number(figure: Option<&String>) -> Value {
    Value::Number(figure.cloned().unwrap_or_default())
}

/// A sheet: its name, columns with widths, rows.
struct Sheet {
    name: &'static str,
    head: &'static [(&'static str, u16)],
    rows: Vec<Vec<Value>>,
}

/// The colour of what must be seen.
const ALARM: u32 = 0x00AA_0000;
/// Rows above the data: how far the figures may be relied on, and the names of the columns.
const HEAD: u32 = 2;

/// Writes the workbook.
pub(super) fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    build(schedule, options).map_err(|error| ExportError::Writer(error.to_string()))
}

fn build(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::parse_from_str(&options.generated).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    let properties = DocProperties::new().set_title(&schedule.regimen.name).set_comment(NOT_AN_ORDER);
    workbook.set_properties(&properties.set_creation_datetime(&made));
    for sheet in [doses(schedule, options), working(schedule), totals(schedule), provenance(schedule, options)] {
        fill(workbook.add_worksheet(), &sheet, schedule, options)?;
    }
    workbook.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, schedule: &Schedule, options: &Options) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?;
    let bold = Format::new().set_bold();
    let standing = format!("{} {NOT_AN_ORDER}", shared::standing(schedule, options));
    page.write_string_with_format(0, 0, standing, &bold.clone().set_font_color(ALARM))?;
    for ((name, width), column) in sheet.head.iter().zip(0u16..) {
        page.write_string_with_format(HEAD - 1, column, *name, &bold)?;
        page.set_column_width(column, *width)?;
    }
    let date = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
    let plain = Format::new();
    for (row, at) in sheet.rows.iter().zip(HEAD..) {
        for (value, column) in row.iter().zip(0u16..) {
            cell(page, at, column, value, [&date, &plain])?;
        }
    }
    page.set_freeze_panes(HEAD, 0)?;
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).saturating_add(HEAD - 1);
    let columns = u16::try_from(sheet.head.len()).unwrap_or(1).saturating_sub(1);
    page.autofilter(HEAD - 1, 0, last, columns)?;
    page.set_repeat_rows(0, HEAD - 1)?;
    page.set_landscape().set_paper_size(if options.letter { 1 } else { 9 }).set_print_fit_to_pages(1, 0);
    let regimen = &schedule.regimen;
    let plain = |text: &str| text.replace('&', "&&");
    page.set_header(format!("&L{} version {} ({})", plain(&regimen.id), plain(&regimen.version), regimen.status));
    page.set_footer(format!("&L{NOT_AN_ORDER}&RPage &P of &N"));
    Ok(())
}

/// Figures of more digits than a spreadsheet keeps, and dates it cannot hold, are written as text.
fn cell(page: &mut Worksheet, row: u32, column: u16, value: &Value, formats: [&Format; 2]) -> Result<(), XlsxError> {
    let [date, plain] = formats;
    match value {
        Value::Words(text) | Value::Date(text) | Value::Number(text) if text.is_empty() => {}
        Value::Words(text) => {
            page.write_string_with_format(row, column, text, plain)?;
        }
        Value::Date(iso) => match excel_date(iso) {
            Some(day) => {
                page.write_datetime_with_format(row, column, day, date)?;
            }
            None => {
                page.write_string_with_format(row, column, iso, plain)?;
            }
        },
        Value::Number(figure) => match super::exact(figure) {
            Some(value) => {
                page.write_number(row, column, value)?;
            }
            None => {
                page.write_string_with_format(row, column, figure, plain)?;
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

fn doses(schedule: &Schedule, options: &Options) -> Sheet {
    let row = |dose: &DoseRow| {
        vec![
            maybe(options.study.as_ref()),
            maybe(options.subject.as_ref()),
            maybe(dose.phase.as_ref()),
            Value::Number(dose.cycle.to_string()),
            Value::Number(dose.day.to_string()),
            maybe(dose.part.as_ref()),
            date(Some(&dose.date)),
            words(dose.weekday),
            date(dose.earliest.as_ref()),
            date(dose.latest.as_ref()),
            date(dose.run.as_ref().map(|run| &run.through)),
            words(&dose.shown),
            Value::Number(dose.dose.clone()),
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
        rows: schedule.doses.iter().map(row).collect(),
    }
}

fn working(schedule: &Schedule) -> Sheet {
    let row = |dose: &DoseRow| {
        vec![
            Value::Number(dose.cycle.to_string()),
            Value::Number(dose.day.to_string()),
            date(Some(&dose.date)),
            words(&dose.shown),
            words(&dose.per),
            Value::Number(dose.level.to_string()),
            number(dose.percent.as_ref()),
            date(dose.measured.as_ref()),
            number(dose.uncapped.as_ref()),
            Value::Number(dose.calculated.clone()),
            Value::Number(dose.dose.clone()),
            words(dose.unit),
            Value::Number(dose.difference_percent.as_ref().map_or(String::new(), |share| share.replace('+', ""))),
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
        rows: schedule.doses.iter().map(row).collect(),
    }
}

fn totals(schedule: &Schedule) -> Sheet {
    let rows = cumulative(schedule).into_iter().map(|row| {
        vec![
            words(row.shown),
            maybe(row.phase.as_ref()),
            Value::Number(row.cycle.to_string()),
            Value::Number(row.day.to_string()),
            Value::Date(row.date),
            Value::Number(row.amount),
            Value::Number(row.total),
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
        rows: rows.collect(),
    }
}

fn provenance(schedule: &Schedule, options: &Options) -> Sheet {
    let (regimen, subject) = (&schedule.regimen, &schedule.subject);
    let mut rows = Vec::new();
    let mut add = |name: &str, value: &str| rows.push(vec![words(name), words(value)]);
    add("notice", NOT_AN_ORDER);
    add("program", concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")));
    add("made", &options.generated);
    add("verification", options.print.verification.as_deref().unwrap_or(super::print::NOT_VERIFIED));
    add("regimen", &regimen.id);
    add("regimen name", &regimen.name);
    add("regimen version", &regimen.version);
    add("regimen status", &regimen.status.to_uppercase());
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
    Sheet { name: "Provenance", head: &[("what", 24), ("value", 90)], rows }
}
