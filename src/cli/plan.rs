//! `posology plan`: every dated dose of a regimen for one subject.

use crate::calendar::Site;
use crate::course::{Answered, Course};
use crate::failure::{Failure, Kind};
use crate::finding::{Finding, Severity};
use crate::plan::{self, Options};
use crate::present;
use crate::settings::Settings;

use super::Output;
use super::confirm::Confirming;
use super::places;
use super::subject_options::SubjectArgs;
use super::units;
use super::write::{Beside, Target};

/// Options of `posology plan`.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// A regimen's id in the library, or a path (with a / or ending in .toml)
    pub regimen: String,
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    confirming: Confirming,
    /// How many cycles to show in all (all of them, and six of a phase that goes on until stopped)
    #[arg(long, value_name = "N")]
    cycles: Option<u32>,
    #[command(flatten)]
    places: places::Places,
    #[command(flatten)]
    target: Target,
}

/// Plans and writes.
pub fn run(args: &PlanArgs, output: &mut Output) -> Result<(), Failure> {
    let site = args.places.site()?;
    let schedule = schedule(args, &site, output)?;
    let beside = Beside { chosen: args.places.chosen()?, data: Settings::read().data, kept: None };
    args.target.write(&schedule, beside, output)
}

fn schedule(args: &PlanArgs, site: &Site, output: &mut Output) -> Result<present::Schedule, Failure> {
    let entry = args.places.library(site)?.find(&args.regimen)?;
    let regimen = super::regimen::require_valid(&entry)?;
    let mut entered = args.subject.course(&regimen)?;
    for echo in &entered.echoes {
        output.message(echo);
    }
    if let Some(finding) = crate::decide::of_start(super::read::today()?, entered.course.start) {
        output.finding(&finding);
    }
    let options = Options { cycles: args.cycles, ..Options::default() };
    let plan = loop {
        match plan::plan(&regimen, &entered.course, site, options) {
            Ok(plan) => break plan,
            Err(findings) => {
                let units = units::answered(&findings, output);
                if units.is_empty() {
                    entered.course.answered.extend(confirmed(args, &entered.course, findings, output)?);
                }
                units.into_iter().for_each(|read| entered.course.subject.set(read.value));
            }
        }
    };
    let schedule = present::schedule(&regimen, &entered.course, &plan);
    if let (Some(wanted), Some(most)) = (args.cycles, present::most(&regimen))
        && usize::try_from(wanted).is_ok_and(|wanted| wanted > most)
    {
        output.message(&format!(
            "NOTE: {} were asked for, and the regimen has {}.",
            regimen.cycle_word.tally(usize::try_from(wanted).unwrap_or(usize::MAX)),
            schedule.count.words
        ));
    }
    Ok(schedule)
}

/// What is confirmed of the findings that stopped a plan; they are the failure where nothing of them is.
fn confirmed(
    args: &PlanArgs,
    course: &Course,
    findings: Vec<Finding>,
    output: &mut Output,
) -> Result<Vec<Answered>, Failure> {
    if findings.iter().any(|finding| finding.severity == Severity::Block) {
        return Err(blocked(findings));
    }
    let answered = args.confirming.answered(&findings, &course.subject, output)?;
    if answered.is_empty() { Err(blocked(findings)) } else { Ok(answered) }
}

/// Missing inputs end with 1, everything else that blocks with 3.
fn blocked(findings: Vec<Finding>) -> Failure {
    let missing = findings
        .iter()
        .filter(|finding| finding.severity <= Severity::Confirm)
        .all(|finding| finding.code == crate::dosing::codes::MISSING_INPUT);
    let failure = Failure::blocked(findings);
    if missing { Failure { kind: Kind::Unreadable, code: "missing", ..failure } } else { failure }
}
