//! The independent vectors: figures from other projects' tests, published tables and worked examples, each row
//! with its source (see `tests/vectors/README.md`), embedded in the binary and run through the same functions
//! that dose a patient.
//!
//! A row is either passed, or judged wrong in `tests/vectors/judged.csv` with a reason, or left to another part
//! of the program with a reason, or failed. A judged row that passes is reported as stale: the list of judged
//! rows cannot hide anything.
//!
//! ```
//! use posology::verify::vectors;
//! let report = vectors::run_family("bmi").unwrap();
//! assert!(report.clean());
//! assert_eq!(report.rows, report.passed + report.judged.len() + report.left.len());
//! ```

mod body;
mod csv;
mod dose;
mod later;
mod nhs;
mod renal;
mod units;

use rust_decimal::Decimal;

use crate::quantity::{decimal, number};
use csv::{Row, Table};

/// A row that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its line in the file, the header being line 1.
    pub line: usize,
    /// The row's formula.
    pub formula: String,
    /// The inputs as the row has them.
    pub inputs: String,
    /// What the source has.
    pub expected: String,
    /// What this program gives, or why it gave nothing.
    pub got: String,
    /// How far apart they may be.
    pub tolerance: String,
}

/// A row that is judged wrong, or left to another part of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its line in the file.
    pub line: usize,
    /// The row's formula.
    pub formula: String,
    /// Why.
    pub reason: String,
}

/// What became of the rows of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyReport {
    /// The file's name without `.csv`.
    pub family: &'static str,
    /// How many rows it has.
    pub rows: usize,
    /// How many it should have: a lost row is noticed.
    pub expected_rows: usize,
    /// How many agree.
    pub passed: usize,
    /// Rows that disagree and are judged to be wrong.
    pub judged: Vec<Noted>,
    /// Rows that are not about these formulas.
    pub left: Vec<Noted>,
    /// Rows that disagree.
    pub failed: Vec<Failure>,
    /// Entries of the list of judged rows that are out of date.
    pub stale: Vec<Noted>,
}

impl FamilyReport {
    /// No row failed, none was lost, no judgement is stale.
    pub fn clean(&self) -> bool {
        self.failed.is_empty() && self.stale.is_empty() && self.rows == self.expected_rows
    }
}

/// What a row's formula answers.
enum Answer {
    /// The figure, to be compared with the row's expected figure.
    Figure(Decimal),
    /// The figure, compared with a wider tolerance than the row's own.
    Within(Decimal, Decimal),
    /// Another part of the program answers for this row.
    Left(&'static str),
}

/// Runs one row; the text of the error is shown in the report.
type Run = fn(&Row, &Table) -> Result<Answer, String>;

struct Family {
    name: &'static str,
    text: &'static str,
    rows: usize,
    expected: &'static str,
    run: Run,
}

macro_rules! families {
    ($($name:literal, $rows:literal, $expected:literal, $run:path;)+) => {
        const FAMILIES: &[Family] = &[$(Family {
            name: $name,
            text: include_str!(concat!("../../tests/vectors/", $name, ".csv")),
            rows: $rows,
            expected: $expected,
            run: $run,
        }),+];
    };
}

families! {
    "bsa", 256, "expected_m2", body::surface;
    "bmi", 31, "expected_kg_m2", body::index;
    "ibw", 86, "expected_kg", body::ideal;
    "adjusted_weight", 33, "expected_kg", body::adjusted;
    "lean_body_weight", 55, "expected_kg", body::lean;
    "cockcroft_gault", 90, "expected_ml_min", renal::cockcroft_gault;
    "mdrd", 71, "expected_ml_min_1_73m2", renal::mdrd;
    "ckd_epi", 94, "expected_ml_min_1_73m2", renal::ckd_epi;
    "schwartz", 26, "expected_ml_min_1_73m2", renal::schwartz;
    "wright", 24, "expected_ml_min", renal::wright;
    "chatelut", 7, "expected_ml_min", renal::chatelut;
    "deindex", 49, "expected_ml_min", renal::deindex;
    "calvert", 48, "expected_mg", dose::calvert;
    "dose_rounding", 74, "expected_mg_or_pct", dose::rounding;
    "dose_calculation", 7, "expected_dose", dose::calculation;
    "unit_conversion", 22, "expected_in_unit_out", units::conversion;
    "dose_banding_nhs", 178, "expected_band_mg", nhs::banding;
    "bsa_band_labels", 63, "expected_mg_per_dose", later::label_tables;
    "weight_tier_labels", 106, "expected_dose_mg", later::label_tables;
    "regimen_events", 39, "expected", later::events;
    "rdi", 24, "expected_pct", later::intensity;
    "edge_cases", 21, "expected_behaviour", later::edge_cases;
}

const JUDGED: &str = include_str!("../../tests/vectors/judged.csv");

/// Runs every vector.
pub fn run() -> Vec<FamilyReport> {
    let judged = Judged::read();
    FAMILIES.iter().map(|family| run_one(family, &judged)).collect()
}

/// Runs the vectors of one file.
pub fn run_family(name: &str) -> Option<FamilyReport> {
    let family = FAMILIES.iter().find(|family| family.name == name)?;
    Some(run_one(family, &Judged::read()))
}

/// How many vectors there should be.
pub fn expected_rows() -> usize {
    FAMILIES.iter().map(|family| family.rows).sum()
}

/// Entries of the list of judged rows that name no file there is.
pub fn judged_for_no_file() -> Vec<String> {
    let known = |file: &str| FAMILIES.iter().any(|family| family.name == file);
    Judged::read().0.into_iter().map(|(file, ..)| file).filter(|file| !known(file)).collect()
}

/// The list of judged rows: file, line, reason.
struct Judged(Vec<(String, usize, String)>);

impl Judged {
    fn read() -> Self {
        let table = Table::read(JUDGED);
        let entry = |row: &Row| {
            let line = row.text("line").parse().unwrap_or(0);
            (row.text("file").trim_end_matches(".csv").to_owned(), line, row.text("reason").to_owned())
        };
        Self(table.rows.iter().map(entry).collect())
    }

    fn of<'a>(&'a self, family: &str) -> impl Iterator<Item = (usize, &'a str)> {
        let family = family.to_owned();
        self.0.iter().filter(move |(file, ..)| *file == family).map(|(_, line, reason)| (*line, reason.as_str()))
    }
}

fn run_one(family: &Family, judged: &Judged) -> FamilyReport {
    let table = Table::read(family.text);
    let mut report = FamilyReport {
        family: family.name,
        rows: table.rows.len(),
        expected_rows: family.rows,
        passed: 0,
        judged: Vec::new(),
        left: Vec::new(),
        failed: Vec::new(),
        stale: Vec::new(),
    };
    for row in &table.rows {
        let reason = judged.of(family.name).find(|(line, _)| *line == row.line).map(|(_, reason)| reason);
        file_row(&mut report, row, check(family, &table, row), reason);
    }
    let lost = judged.of(family.name).filter(|(line, _)| !table.rows.iter().any(|row| row.line == *line));
    report.stale.extend(lost.map(|(line, reason)| noted(line, "", &format!("no such row: {reason}"))));
    report
}

fn file_row(report: &mut FamilyReport, row: &Row, outcome: Outcome, judged: Option<&str>) {
    let formula = row.text("formula");
    match (outcome, judged) {
        (Outcome::Failed(_), Some(reason)) if !reason.is_empty() => {
            report.judged.push(noted(row.line, formula, reason));
        }
        (Outcome::Failed(failure), _) => report.failed.push(*failure),
        (Outcome::Passed, judged) => {
            report.passed += 1;
            report.stale.extend(judged.map(|reason| noted(row.line, formula, &format!("it passes: {reason}"))));
        }
        (Outcome::Left(reason), judged) => {
            report.left.push(noted(row.line, formula, reason));
            report.stale.extend(judged.map(|reason| noted(row.line, formula, &format!("it is not run: {reason}"))));
        }
    }
}

fn noted(line: usize, formula: &str, reason: &str) -> Noted {
    Noted { line, formula: formula.to_owned(), reason: reason.to_owned() }
}

enum Outcome {
    Passed,
    Left(&'static str),
    Failed(Box<Failure>),
}

fn check(family: &Family, table: &Table, row: &Row) -> Outcome {
    let answer = row.whole(table).and_then(|()| (family.run)(row, table));
    let (got, tolerance) = match answer {
        Ok(Answer::Left(reason)) => return Outcome::Left(reason),
        Ok(Answer::Figure(got)) => (Ok(got), row.number("tolerance")),
        Ok(Answer::Within(got, tolerance)) => (Ok(got), Ok(Some(tolerance))),
        Err(why) => (Err(why), row.number("tolerance")),
    };
    // A row without a tolerance is compared exactly.
    let tolerance = tolerance.map(Option::unwrap_or_default);
    let failure = |got: String, tolerance: String| {
        Outcome::Failed(Box::new(Failure {
            line: row.line,
            formula: row.text("formula").to_owned(),
            inputs: row.inputs(),
            expected: row.text(family.expected).to_owned(),
            got,
            tolerance,
        }))
    };
    match (row.needed(family.expected), got, tolerance) {
        (Ok(expected), Ok(got), Ok(tolerance)) if close(expected, got, tolerance) => Outcome::Passed,
        (Ok(_), Ok(got), Ok(tolerance)) => failure(number::plain(decimal::half_up(got, 9)), number::plain(tolerance)),
        (expected, got, tolerance) => {
            let why = [expected.err(), got.err(), tolerance.err()].into_iter().flatten().collect::<Vec<_>>().join("; ");
            failure(why, row.text("tolerance").to_owned())
        }
    }
}

fn close(expected: Decimal, got: Decimal, tolerance: Decimal) -> bool {
    got.checked_sub(expected).is_some_and(|apart| apart.abs() <= tolerance)
}
