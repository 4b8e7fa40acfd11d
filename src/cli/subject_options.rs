//! The options that describe one subject, and the course they make.

use std::borrow::Cow;

use crate::calendar::{self, Date};
use crate::course::event::Before;
use crate::course::{Course, Reduction};
use crate::failure::Failure;
use crate::plan;
use crate::quantity::number::shown;
use crate::regimen::{Phase, Regimen, genotype};
use crate::subject::{Fact, Subject};

use super::at_most_once::AtMostOnce;
use super::facts::{Echo, Enrolment, Facts};
use super::read;

/// What is known of one subject, and what its doses start from.
#[derive(Debug, clap::Args)]
pub(super) struct SubjectArgs {
    #[command(flatten)]
    facts: Facts<Enrolment>,
    /// A reduced dose from cycle 1 on: irinotecan=-1 (may be repeated, once for each drug)
    #[arg(long, value_name = "DRUG=LEVEL", allow_hyphen_values = true)]
    level: Vec<String>,
    /// What was received before of a lifetime limit: "anthracyclines=240 mg/m2", "…=none", "…=unknown" (may be repeated)
    #[arg(long, value_name = "NAME=AMOUNT")]
    exposure: Vec<String>,
    /// A drug given instead of the one it may replace: carboplatin (may be repeated)
    #[arg(long, value_name = "DRUG")]
    instead: Vec<String>,
}

/// A course and what to echo about converted units.
pub(super) struct Entered {
    /// The course on its first day.
    pub(super) course: Course,
    /// `5 ft 7 in is 170.18 cm`
    pub(super) echoes: Vec<String>,
}

/// What a row of a list says of its subject, each cell with what it is about.
#[derive(Debug, Default)]
pub(super) struct Cells<'c> {
    /// The facts.
    pub(super) facts: Vec<(Fact, Cow<'c, str>)>,
    /// `irinotecan=-1`
    pub(super) level: Vec<&'c str>,
    /// `anthracyclines=240 mg/m2`
    pub(super) exposure: Vec<&'c str>,
    /// `carboplatin`
    pub(super) instead: Vec<&'c str>,
}

impl SubjectArgs {
    /// What a row of a list says, read as the options of these names are.
    pub(super) fn of_cells(cells: Cells<'_>, today: Date) -> Result<Self, Failure> {
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
        Ok(Self {
            facts: Facts::of_cells(cells.facts.into_iter(), today)?,
            level: owned(cells.level),
            exposure: owned(cells.exposure),
            instead: owned(cells.instead),
        })
    }

    /// The course these options describe.
    pub(super) fn course(&self, regimen: &Regimen) -> Result<Entered, Failure> {
        let mut echo = Echo::default();
        let known = self.facts.known(&mut echo)?;
        let start = known.start().ok_or_else(|| {
            Failure::missing("the start date was not given").hint("give day 1 of cycle 1, such as --start 2026-12-07")
        })?;
        let typed = known.subject();
        later("born", typed.born, start, "the start")?;
        let subject = Subject {
            genotype: typed.genotype.as_ref().map(|typed| genotype::spelled(regimen, typed)),
            instead: self.instead.iter().map(|word| id(regimen, word)).collect(),
            ..typed.clone()
        };
        if let (Some(cohort), true) = (&subject.cohort, regimen.cohorts.is_empty()) {
            let text =
                format!("--cohort: {} has no cohorts, so \"{}\" means nothing for it", regimen.name, shown(cohort));
            return Err(Failure::unreadable(text).hint("leave --cohort out"));
        }
        let mut course = Course::new(start, subject);
        let mut said = AtMostOnce::default();
        for text in &self.level {
            for one in level(text, regimen)? {
                said.add(&one.drug, &one.level.unwrap_or_default().to_string())?;
                if !course.reductions.contains(&one) {
                    course.reductions.push(one);
                }
            }
        }
        for text in &self.exposure {
            let (name, before) = exposure(text, regimen)?;
            let known = course.exposure.entry(name).or_insert_with(|| before.clone());
            if *known != before {
                let text = format!("--exposure says two different things of \"{}\"", shown(text));
                return Err(Failure::refused(text).hint("leave out the one that does not hold"));
            }
        }
        let respelled = typed.genotype.as_ref().and_then(|typed| genotype::respelled(regimen, typed));
        Ok(Entered { course, echoes: echo.converted.into_iter().chain(respelled).collect() })
    }
}

/// The id of a drug by any of its names; what is none is told with the plan.
fn id(regimen: &Regimen, word: &str) -> String {
    regimen.drug_called(word).map_or_else(|_| word.to_owned(), |drug| drug.id.clone())
}

/// `anthracyclines=240 mg/m2`: under the limit's whole name.
fn exposure(text: &str, regimen: &Regimen) -> Result<(String, Before), Failure> {
    let names: Vec<&str> = regimen.lifetimes.iter().map(|limit| limit.name.as_str()).collect();
    let hint = match names.as_slice() {
        [] => format!("{} states no lifetime limit; leave --exposure out", regimen.name),
        names => format!("write for example --exposure \"{}=none\"", names.join("\", or \"")),
    };
    let wrong = |why: &str| Failure::unreadable(format!("--exposure: \"{}\" {why}", shown(text))).hint(hint.clone());
    let (name, amount) = text.rsplit_once('=').ok_or_else(|| wrong("has no ="))?;
    let limit = regimen.lifetimes.iter().find(|limit| limit.is_meant(name.trim()));
    let limit = limit.ok_or_else(|| wrong("names no lifetime limit of this regimen"))?;
    let before = Before::read(amount.trim()).map_err(|error| read::unreadable("--exposure", &error))?;
    Ok((limit.name.clone(), before))
}

fn later(option: &str, date: Option<Date>, than: Date, what: &str) -> Result<(), Failure> {
    match date {
        Some(date) if date > than => {
            let text = format!("--{option}: {} lies after {what}, {}", calendar::print(date), calendar::print(than));
            Err(Failure::unreadable(text))
        }
        _ => Ok(()),
    }
}

/// `irinotecan=-1`: in every phase that has the drug, from its first cycle on.
fn level(text: &str, regimen: &Regimen) -> Result<Vec<Reduction>, Failure> {
    let wrong = |why: &str| {
        Failure::unreadable(format!("--level: \"{}\" {why}", shown(text)))
            .hint("name a drug and its level, such as --level irinotecan=-1")
    };
    let (drug, level) = text.split_once('=').ok_or_else(|| wrong("has no ="))?;
    let level: i32 = level.parse().map_err(|_| wrong("has no whole number behind the ="))?;
    let meant = regimen.drug_called(drug).map_err(|why| {
        let finding = plan::no_one_drug(regimen, drug, &why);
        let failure = Failure::unreadable(format!("--level: {}", finding.text));
        finding.remedy.iter().fold(failure, |failure, remedy| failure.hint(remedy.text.clone()))
    })?;
    let has = |phase: &&Phase| phase.drugs.iter().any(|drug| drug.id == meant.id);
    let phases = regimen.phases.iter().filter(has).map(|phase| Reduction {
        drug: meant.id.clone(),
        from: (phase.id.clone(), 1),
        level: Some(level),
        percent: None,
        reason: "--level".to_owned(),
    });
    Ok(phases.collect())
}
