//! `posology subject advise`: the modification tables, with what the record knows of the subject.

use crate::cli::Output;
use crate::cli::regimen::advise::{Found, nothing, tell};
use crate::failure::Failure;
use crate::plan::AdministrationState;
use crate::quantity::{Age, Gfr, Weight};
use crate::regimen::advice::{Facts, advise};
use crate::subjects::{self, Opened};

use super::open::{Reading, today};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    #[command(flatten)]
    found: Found,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    if args.found.is_empty() {
        return Err(nothing());
    }
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let opened = subjects::open(&store, &args.code, &library)?;
    let mut facts = known(&opened)?;
    args.found.add(&mut facts)?;
    tell(&opened.regimen, &advise(&opened.regimen, &facts), output)
}

/// Genotype, age, the newest weight and kidney function, the level of each drug's next dose.
fn known(opened: &Opened) -> Result<Facts, Failure> {
    let course = &opened.folded.course;
    let newest = |measured: Option<Weight>, one: &crate::course::Measurement| one.weight.or(measured);
    let weight = course.measurements.iter().fold(course.subject.weight, newest);
    let gfr = course.measurements.iter().fold(course.subject.gfr, |known, one| one.gfr.or(known));
    let mut facts = Facts {
        genotype: course.subject.genotype.clone(),
        age: course.subject.age_on(today()?).map(Age::value),
        weight: weight.map(Weight::value),
        // Rules take an absolute figure; an indexed one stays with the person who reads it.
        gfr: gfr.filter(|gfr| matches!(gfr, Gfr::Absolute(_))).map(Gfr::value),
        ..Facts::default()
    };
    let open = opened.plan.iter().flat_map(|plan| &plan.administrations);
    for one in open.filter(|one| one.state == AdministrationState::Projected) {
        facts.levels.entry(one.key.drug.clone()).or_insert(one.dose.level);
    }
    Ok(facts)
}
