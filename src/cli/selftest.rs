//! `posology selftest`: the built-in verification vectors through the same functions that dose a patient,
//! as a report that a site can file.

use serde_json::{Value, json};

use super::{Output, json};
use crate::failure::Failure;
use crate::verify::vectors::{self, FamilyReport, Noted};
use crate::verify::{dosed, people};
use crate::{calendar, clock, plausibility};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// List every row that another part of the program answers for, too.
    #[arg(long)]
    all: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let reports = vectors::run();
    let (people, otherwise) = people::run();
    let (doses, wrong) = dosed::run();
    let clean = reports.iter().all(FamilyReport::clean) && otherwise.is_empty() && wrong.is_empty();
    if output.is_json() {
        output.json(&document(&reports, [(people, otherwise.len()), (doses, wrong.len())], clean))?;
    } else {
        print(&reports, args.all, output)?;
        output.line("")?;
        output.line(&format!("People who must get in, or must not: {people}, asked otherwise: {}", otherwise.len()))?;
        for one in &otherwise {
            output.block(&format!("FAILED {one:?}: asked {:?}", one.asked()))?;
        }
        output.line(&format!("Doses that must be given, or must not: {doses}, graded otherwise: {}", wrong.len()))?;
        for one in &wrong {
            output.block(&format!("FAILED {one:?}: graded {:?}", one.asked()))?;
        }
        output.line("")?;
        output.line(if clean { "Result: PASSED" } else { "Result: FAILED" })?;
    }
    if clean { Ok(()) } else { Err(Failure::check("the self-test failed; do not calculate with this program")) }
}

fn limits_version() -> String {
    let limits = plausibility::limits();
    format!("{} of {}", limits.version, limits.date)
}

fn platform() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

fn print(reports: &[FamilyReport], all: bool, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("posology {}: self-test", env!("CARGO_PKG_VERSION")))?;
    output.line(&format!("Run on {}, {}", calendar::print(clock::today()), platform()))?;
    output.line(&format!("Table of plausibility limits: version {}", limits_version()))?;
    output.line("")?;
    output.line(&format!(
        "{:<20}{:>7}{:>9}{:>15}{:>16}{:>9}",
        "vectors", "rows", "passed", "judged wrong", "left elsewhere", "failed"
    ))?;
    for report in reports {
        output.line(&counts(report.family, &[report]))?;
    }
    output.line(&counts("total", &reports.iter().collect::<Vec<_>>()))?;
    noted("Judged wrong: the row disagrees, and the row is at fault", reports, |report| &report.judged, output)?;
    if all {
        noted("Not run here (covered elsewhere)", reports, |report| &report.left, output)?;
    }
    noted("Out of date in the list of judged rows", reports, |report| &report.stale, output)?;
    failures(reports, output)
}

fn counts(name: &str, reports: &[&FamilyReport]) -> String {
    let sum = |count: fn(&FamilyReport) -> usize| reports.iter().map(|report| count(report)).sum::<usize>();
    format!(
        "{name:<20}{:>7}{:>9}{:>15}{:>16}{:>9}",
        sum(|report| report.rows),
        sum(|report| report.passed),
        sum(|report| report.judged.len()),
        sum(|report| report.left.len()),
        sum(|report| report.failed.len())
    )
}

fn noted(
    title: &str,
    reports: &[FamilyReport],
    which: fn(&FamilyReport) -> &Vec<Noted>,
    output: &mut Output,
) -> Result<(), Failure> {
    if reports.iter().all(|report| which(report).is_empty()) {
        return Ok(());
    }
    output.line("")?;
    output.line(&format!("{title}:"))?;
    for report in reports {
        for row in which(report) {
            output.line(&format!("  {} line {} ({}): {}", report.family, row.line, row.formula, row.reason))?;
        }
    }
    Ok(())
}

fn failures(reports: &[FamilyReport], output: &mut Output) -> Result<(), Failure> {
    for report in reports {
        if report.rows != report.expected_rows {
            let text = format!("\n{}: {} rows of {} are there", report.family, report.rows, report.expected_rows);
            output.block(&text)?;
        }
        for row in &report.failed {
            let at = format!("FAILED {} line {} ({}) {}", report.family, row.line, row.formula, row.inputs);
            let text = format!("\n{at}\n  expected {} ± {}, got {}", row.expected, row.tolerance, row.got);
            output.block(&text)?;
        }
    }
    Ok(())
}

/// The people and the doses, each with how many there are and how many came out otherwise.
fn document(reports: &[FamilyReport], [people, doses]: [(usize, usize); 2], clean: bool) -> Value {
    json!({
        "format": json::FORMAT,
        "program": { "name": "posology", "version": env!("CARGO_PKG_VERSION") },
        "run": calendar::iso(clock::today()),
        "platform": platform(),
        "limits": limits_version(),
        "clean": clean,
        "people": { "rows": people.0, "failed": people.1 },
        "doses": { "rows": doses.0, "failed": doses.1 },
        "rows": reports.iter().map(|report| report.rows).sum::<usize>(),
        "families": reports.iter().map(family).collect::<Vec<_>>(),
    })
}

fn family(report: &FamilyReport) -> Value {
    let rows = |rows: &[Noted]| -> Value {
        rows.iter().map(|row| json!({ "line": row.line, "formula": row.formula, "reason": row.reason })).collect()
    };
    let failed = report.failed.iter().map(|row| {
        json!({
            "line": row.line, "formula": row.formula, "inputs": row.inputs,
            "expected": row.expected, "got": row.got, "tolerance": row.tolerance,
        })
    });
    json!({
        "family": report.family,
        "rows": report.rows,
        "expected_rows": report.expected_rows,
        "passed": report.passed,
        "judged_wrong": rows(&report.judged),
        "left": rows(&report.left),
        "stale": rows(&report.stale),
        "failed": failed.collect::<Vec<_>>(),
    })
}
