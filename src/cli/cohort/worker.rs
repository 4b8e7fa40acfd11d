//! One thread's part of a round.
//!
//! Whose row says the same as another's but for code and start has the same doses on the same days from the start, where
//! nothing in regimen, site and row is bound to the calendar but by the weekday. Such a plan is worked out once, by the
//! planner that works out every other, [kept](Kept) for all threads, and dated anew for each.

use std::io::Read;

use crate::calendar::{self, Date, Site};
use crate::decide::Confirmation;
use crate::export::ExportError;
use crate::export::cohort::{self, Columns, Days, Lines};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::present;
use crate::quantity::PeriodUnit;
use crate::regimen::Regimen;
use crate::subject::Fact;
use crate::subjects::{self, OnPaper};

use super::answers::Answers;
use super::column::Column;
use super::kept::{Kept, Planned};
use super::list::{List, Row};
use super::row;
use super::summary::Summary;

/// What is the same for every row.
pub(super) struct Work<'a> {
    regimen: &'a Regimen,
    site: &'a Site,
    today: Date,
    pub(super) columns: Columns,
    list: Vec<Column>,
    counts: bool,
    /// Whether every day of a plan is so many days from its start, and is open or closed by its weekday.
    moves: bool,
    kept: Kept,
}

impl<'a> Work<'a> {
    pub(super) fn new<R: Read>(
        regimen: &'a Regimen,
        site: &'a Site,
        today: Date,
        columns: Columns,
        list: &List<R>,
        counts: bool,
    ) -> Self {
        let in_days = |unit| matches!(unit, PeriodUnit::Days | PeriodUnit::Weeks);
        let mut periods = regimen.drugs().filter_map(|drug| drug.stop_after);
        let by_weekday = site.closures.by_weekday_alone();
        let moves = columns == Columns::Lean && by_weekday && periods.all(|period| in_days(period.unit));
        Self { regimen, site, today, columns, list: list.columns.clone(), counts, moves, kept: Kept::default() }
    }
}

/// The rows of the next round, as many lots as there are threads.
pub(super) fn lots<R: Read>(list: &mut List<R>, threads: usize, rows: usize) -> Result<Vec<Vec<Row>>, ExportError> {
    let mut lots = Vec::new();
    for _ in 0..threads {
        let mut lot = Vec::new();
        while lot.len() < rows
            && let Some(row) = list.next()?
        {
            lot.push(row);
        }
        if lot.is_empty() {
            break;
        }
        lots.push(lot);
    }
    Ok(lots)
}

/// Every lot by a thread of its own, in order.
pub(super) fn all(work: &Work<'_>, workers: &mut [Worker], lots: Vec<Vec<Row>>) -> Vec<Result<Round, ExportError>> {
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            workers.iter_mut().zip(lots).map(|(worker, lot)| scope.spawn(move || worker.plan(work, &lot))).collect();
        let lost = || ExportError::Writer("a thread of the cohort ended early".to_owned());
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(lost()))).collect()
    })
}

/// What a lot came to.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Lines of doses.
    pub(super) doses: Vec<u8>,
    /// Rows that are not planned, with the reasons.
    pub(super) left: Vec<u8>,
    pub(super) summary: Summary,
}

/// What a row comes to.
enum Verdict {
    Planned,
    /// Never as it stands, and why.
    Refused(Vec<String>),
    /// Only where a person answers, and what.
    Questioned(Vec<String>),
}

/// A thread.
#[derive(Default)]
pub(super) struct Worker {
    days: Days,
}

impl Worker {
    fn plan(&mut self, work: &Work<'_>, lot: &[Row]) -> Result<Round, ExportError> {
        let mut round = Round::default();
        for one in lot {
            let verdict = match &one.cells {
                Err(why) => Verdict::Refused(vec![format!("{why}.")]),
                Ok(_) if one.again => Verdict::Refused(vec!["A row above has this code.".to_owned()]),
                Ok(cells) => self.row(work, cells, &mut round)?,
            };
            round.summary.read += 1;
            let (word, reasons) = match verdict {
                Verdict::Planned => {
                    round.summary.planned += 1;
                    continue;
                }
                Verdict::Refused(reasons) => {
                    round.summary.refused += 1;
                    ("refused", reasons)
                }
                Verdict::Questioned(reasons) => {
                    round.summary.questioned += 1;
                    ("questioned", reasons)
                }
            };
            let (reasons, line) = (reasons.join(" "), one.line.to_string());
            let own = work.list.iter().enumerate().filter(|(_, column)| **column != Column::Ours);
            let cell = |at: usize| one.cells.as_ref().ok().and_then(|cells| cells.get(at)).unwrap_or_default();
            let cells = own.map(|(at, _)| cell(at)).chain([word, reasons.as_str(), line.as_str()]);
            round.left.extend(cohort::line(cells)?);
        }
        Ok(round)
    }

    fn row(&mut self, work: &Work<'_>, cells: &csv::StringRecord, round: &mut Round) -> Result<Verdict, ExportError> {
        let code = row::code(&work.list, cells);
        if let Err(failure) = subjects::may_be(code, work.regimen) {
            return Ok(Verdict::Refused(reasons_of(&failure)));
        }
        let answers = match Answers::read(&work.list, cells, work.regimen) {
            Ok(answers) => answers,
            Err(failure) => return Ok(Verdict::Refused(reasons_of(&failure))),
        };
        let movable = work.moves && !row::is_dated(&work.list, cells);
        let start = movable.then(|| start(work, cells)).flatten();
        let key = start.map(|start| key(&work.list, cells, start));
        if let (Some(key), Some(start)) = (&key, start)
            && let Some(planned) = work.kept.get(key)
            && asked(&subjects::about(code, start, work.today), &answers).is_empty()
        {
            planned.lines.write(code, start, &mut self.days, &mut round.doses)?;
            round.summary.count(planned.lines.len(), &planned.counted);
            return Ok(Verdict::Planned);
        }
        self.worked_out(work, (code, key), (cells, &answers), round)
    }

    /// By the planner.
    fn worked_out(
        &mut self,
        work: &Work<'_>,
        (code, key): (&str, Option<Vec<u8>>),
        (cells, answers): (&csv::StringRecord, &Answers),
        round: &mut Round,
    ) -> Result<Verdict, ExportError> {
        let mut entered = match row::course(&work.list, cells, work.regimen, work.today) {
            Ok(entered) => entered.course,
            Err(failure) => return Ok(Verdict::Refused(reasons_of(&failure))),
        };
        entered.answered.extend(answers.confirmed().iter().map(Confirmation::provisional));
        let OnPaper { course, plan, mut told } = match subjects::on_paper(work.regimen, &entered, work.site) {
            Ok(paper) => paper,
            Err(failure) => return Ok(Verdict::Refused(reasons_of(&failure))),
        };
        let by_itself = asked(&told, answers).is_empty();
        told.extend(subjects::about(code, course.start, work.today));
        let asked = asked(&told, answers);
        let Some(plan) = plan else { return Ok(Verdict::Questioned(asked)) };
        if !by_itself {
            return Ok(Verdict::Questioned(asked));
        }
        let schedule = present::schedule(work.regimen, &course, &plan);
        let counted = if work.counts { cohort::counted(&schedule) } else { Vec::new() };
        if work.columns == Columns::Full {
            if !asked.is_empty() {
                return Ok(Verdict::Questioned(asked));
            }
            cohort::full(&schedule, code, &mut round.doses)?;
            round.summary.count(schedule.doses.len(), &counted);
            return Ok(Verdict::Planned);
        }
        let lines = Lines::of(&schedule)?;
        let verdict = if asked.is_empty() {
            lines.write(code, course.start, &mut self.days, &mut round.doses)?;
            round.summary.count(lines.len(), &counted);
            Verdict::Planned
        } else {
            Verdict::Questioned(asked)
        };
        if let Some(key) = key {
            work.kept.keep(key, Planned { lines, counted });
        }
        Ok(verdict)
    }
}

/// All that a row says but code and start, and the weekday of the start.
fn key(columns: &[Column], cells: &csv::StringRecord, start: Date) -> Vec<u8> {
    let mut key = vec![start.weekday().to_monday_zero_offset().unsigned_abs()];
    let other = |column: &Column| !matches!(column, Column::Code | Column::Ours | Column::Fact(Fact::Start));
    for (_, text) in columns.iter().zip(cells).filter(|(column, _)| other(column)) {
        key.extend_from_slice(text.as_bytes());
        key.push(0);
    }
    key
}

/// The start, where it can be read and no day of a plan comes near the end of the calendar.
fn start(work: &Work<'_>, cells: &csv::StringRecord) -> Option<Date> {
    let is_start = |(column, _): &(Column, &str)| *column == Column::Fact(Fact::Start);
    let (_, text) = row::filled(&work.list, cells).find(is_start)?;
    let crate::subject::Value::Start(day) = Fact::Start.read(text, work.today).ok()?.value else { return None };
    let years = calendar::days_between(work.today, day) / 365;
    (years.abs() < 1_000).then_some(day)
}

/// What the row leaves unanswered.
fn asked(told: &[Finding], answers: &Answers) -> Vec<String> {
    let open = |finding: &&Finding| finding.severity.asks() && answers.replies().answer(finding).is_none();
    told.iter().filter(open).map(words).collect()
}

fn words(finding: &Finding) -> String {
    format!("{} [{}]: {}", finding.severity.word(), finding.code, finding.text)
}

fn reasons_of(failure: &Failure) -> Vec<String> {
    let blocks = failure.findings.iter().filter(|finding| finding.severity <= Severity::Confirm).map(words);
    let reasons: Vec<String> = blocks.collect();
    if reasons.is_empty() {
        return std::iter::once(&failure.message).chain(&failure.hints).map(|text| format!("{text}.")).collect();
    }
    reasons
}
