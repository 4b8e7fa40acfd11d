//! XLSX: the schedule, the doses with their working, running totals and where it all comes from. Real
//! dates and numbers, no formulas: a sheet that recalculates is a second calculator nobody has checked.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::calendar::{self, Date};
use crate::present::{DoseRow, NOT_AN_ORDER, Schedule, running_totals};
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
    let escaped = |text: &str| text.replace('&', "&&");
    page.set_header(format!(
        "&L{} version {} ({})",
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
        Value::Nothing => {}
        Value::Words(text) if text.is_empty() => {}
        Value::Words(text) => {
            page.write_string(row, column, text.as_ref())?;
        }
        Value::Date(day) => match excel_date(*day) {
            Some(day) => {
                page.write_datetime_with_format(row, column, day, date)?;
            }
            None => {
                page.write_string(row, column, calendar::iso(*day))?;
            }
        },
        Value::Number(figure) => match super::exact(*figure) {
            Some(value) => {
                page.write_number(row, column, value)?;
            }
            None => {
                page.write_string(row, column, plain(*figure))?;
            }
        },
    }
    Ok(())
}

fn excel_date(day: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// What was recorded, in words: `in part`, `2 days late`.
fn apart(dose: &DoseRow) -> String {
    let beside = dose.given().map(|given| given.beside(dose.planned()));
    beside.unwrap_or_default().join(", ")
}

fn doses<'a>(schedule: &'a Schedule, options: &'a Options) -> Sheet<'a> {
    let row = |dose: &'a DoseRow| {
        let (planned, given) = (dose.planned(), dose.given());
        vec![
            maybe(options.study.as_ref()),
            maybe(options.subject.as_ref()),
            maybe(dose.phase.as_ref()),
            whole(dose.cycle),
            whole(dose.day),
            dose.part.map_or(Value::Nothing, |part| words(part.to_string())),
            date(Some(dose.date())),
            words(calendar::weekday(dose.date())),
            date(planned.map(|planned| planned.at.date)),
            date(dose.window().map(|window| window.earliest)),
            date(dose.window().map(|window| window.latest)),
            date(given.map(|given| given.at.date)),
            date(dose.run().map(|run| run.through)),
            words(&dose.shown),
            amount(Some(dose.portion().amount)),
            amount(planned.map(|planned| planned.at.portion.amount)),
            amount(given.map(|given| given.at.portion.amount)),
            words(dose.portion().amount.unit.written()),
            words(dose.portion().to_string()),
            words(dose.route_words()),
            dose.over.as_ref().map_or(Value::Nothing, |over| words(over.to_string())),
            words(dose.place.word()),
            words(dose.state().word()),
            words(apart(dose)),
            maybe(dose.reason.as_ref()),
            maybe(dose.recorded.as_ref().map(|recorded| &recorded.by)),
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
            ("planned_date", 12),
            ("earliest", 12),
            ("latest", 12),
            ("given_date", 12),
            ("through", 12),
            ("drug", 30),
            ("dose", 10),
            ("planned_dose", 12),
            ("given_dose", 12),
            ("unit", 8),
            ("dose in words", 24),
            ("route", 14),
            ("over", 12),
            ("place", 8),
            ("state", 10),
            ("beside the plan", 24),
            ("reason", 30),
            ("recorded_by", 14),
            ("certain", 12),
            ("note", 40),
        ],
        rows: Box::new(schedule.doses.iter().map(row)),
    }
}

fn working<'a>(schedule: &'a Schedule) -> Sheet<'a> {
    let row = |dose: &'a DoseRow| {
        let planned = dose.planned();
        vec![
            whole(dose.cycle),
            whole(dose.day),
            date(Some(dose.date())),
            words(&dose.shown),
            planned.map_or(Value::Nothing, |planned| words(planned.per.to_string())),
            planned.map_or(Value::Nothing, |planned| whole(planned.level)),
            number(planned.and_then(|planned| planned.percent)),
            date(dose.measured()),
            amount(planned.and_then(|planned| planned.uncapped)),
            amount(planned.map(|planned| planned.calculated)),
            amount(planned.map(|planned| planned.at.portion.amount)),
            words(dose.portion().amount.unit.written()),
            number(planned.and_then(|planned| planned.difference)),
            number(planned.and_then(|planned| planned.volume)),
            number(planned.and_then(|planned| planned.vials).map(Decimal::from)),
            maybe(planned.and_then(|planned| planned.supply.as_ref())),
            words(dose.working().join("\n")),
            words(dose.marks().join("; ")),
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
            ("planned_dose", 12),
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
            date(Some(row.date)),
            amount(Some(row.amount)),
            amount(Some(row.total)),
            words(row.total.unit.written()),
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
    add("verification", options.print.verification.as_deref().unwrap_or(super::print::NOT_VERIFIED));
    add("regimen", &regimen.id);
    add("regimen name", &regimen.name);
    add("regimen version", &regimen.version);
    add("regimen status", &regimen.status.word().to_uppercase());
    add("regimen sha256", &regimen.sha256);
    add("indication", &regimen.indication);
    add("cycles", &schedule.count.words);
    let known = shared::subject(schedule);
    for (name, key) in ENTERED {
        let value = known.iter().find(|(known, _)| *known == key).map_or("not entered", |(_, value)| value.as_str());
        add(name, value);
    }
    regimen.unverified.iter().for_each(|key| add("not verified", key));
    schedule.findings.iter().for_each(|one| add(one.severity.word(), &one.text));
    Sheet { name: "Provenance", head: &[("what", 24), ("value", 90)], rows: Box::new(rows.into_iter()) }
}
