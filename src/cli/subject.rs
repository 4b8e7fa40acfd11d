//! The options that describe one subject, and the course they make.

use crate::calendar::{self, Date};
use crate::course::event::Before;
use crate::course::{Course, Reduction};
use crate::failure::Failure;
use crate::quantity::number::shown;
use crate::quantity::{Age, Creatinine, Gfr, Results, Sex};
use crate::regimen::{Regimen, genotype};
use crate::subject::Subject;

use super::levels::Once;
use super::measure::{Echo, Size, date, date_echo, read, unreadable};

/// What is known of one subject.
#[derive(Debug, clap::Args)]
pub struct SubjectArgs {
    #[command(flatten)]
    size: Size,
    /// Day 1 of cycle 1: 2026-12-07 or 07-Dec-2026
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// female or male
    #[arg(long, value_name = "SEX")]
    sex: Option<String>,
    /// Date of birth; used to compute the age, never stored or written
    #[arg(long, value_name = "DATE", conflicts_with = "age")]
    born: Option<String>,
    /// Completed years
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true)]
    age: Option<String>,
    /// Serum creatinine with its unit: "0.8 mg/dL" or "71 umol/L"
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    creatinine: Option<String>,
    /// Measured kidney function with its unit: "85 mL/min"
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    gfr: Option<String>,
    /// The day height and weight were measured
    #[arg(long, value_name = "DATE")]
    measured: Option<String>,
    /// A reduced dose from cycle 1 on: irinotecan=-1 (may be repeated, once for each drug)
    #[arg(long, value_name = "DRUG=LEVEL", allow_hyphen_values = true)]
    level: Vec<String>,
    /// What was received before of a lifetime limit: "anthracyclines=240 mg/m2", "…=none", "…=unknown" (may be repeated)
    #[arg(long, value_name = "NAME=AMOUNT")]
    exposure: Vec<String>,
    /// Assigned cohort of an escalation
    #[arg(long, value_name = "COHORT")]
    cohort: Option<String>,
    /// A drug given instead of the one it may replace: carboplatin (may be repeated)
    #[arg(long, value_name = "DRUG")]
    instead: Vec<String>,
    /// Genotype, the gene with both alleles: "UGT1A1*1/*28"
    #[arg(long, value_name = "GENOTYPE")]
    genotype: Option<String>,
    /// A laboratory result that a dose depends on: "platelets 180 10^9/L" (may be repeated)
    #[arg(long, value_name = "TEST FIGURE UNIT")]
    lab: Vec<String>,
}

/// A course and what to echo about converted units.
pub struct Entered {
    /// The course on its first day.
    pub course: Course,
    /// `5 ft 7 in is 170.18 cm`
    pub echoes: Vec<String>,
}

impl SubjectArgs {
    /// The course these options describe.
    pub fn course(&self, regimen: &Regimen) -> Result<Entered, Failure> {
        let mut echo = Echo::default();
        let size = self.size.read(&mut echo)?;
        let start = date("--start", self.start.as_ref())?.ok_or_else(|| {
            Failure::missing("the start date was not given").hint("give day 1 of cycle 1, such as --start 2026-12-07")
        })?;
        let born = read("--born", self.born.as_ref(), calendar::read)?;
        let measured = date("--measured", self.measured.as_ref())?;
        let typed = [("--start", &self.start, Some(start)), ("--measured", &self.measured, measured)];
        let dates = typed.into_iter().filter_map(|(option, text, date)| date_echo(option, text.as_ref()?, date?));
        later("born", born, start, "the start")?;
        let subject = Subject {
            height: size.height,
            weight: size.weight,
            sex: read("--sex", self.sex.as_ref(), Sex::read)?,
            age: read("--age", self.age.as_ref(), Age::read)?,
            born,
            creatinine: read("--creatinine", self.creatinine.as_ref(), Creatinine::read)?,
            gfr: read("--gfr", self.gfr.as_ref(), Gfr::read)?,
            genotype: self.genotype.as_ref().map(|typed| genotype::spelled(regimen, typed)),
            tests: tests(&self.lab)?,
            cohort: self.cohort.clone(),
            instead: self.instead.iter().map(|word| id(regimen, word)).collect(),
            measured,
            remeasured: size.remeasured,
        };
        if let (Some(cohort), true) = (&self.cohort, regimen.cohorts.is_empty()) {
            let text =
                format!("--cohort: {} has no cohorts, so \"{}\" means nothing for it", regimen.name, shown(cohort));
            return Err(Failure::unreadable(text).hint("leave --cohort out"));
        }
        let mut course = Course::new(start, subject);
        let mut said = Once::default();
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
        let respelled = self.genotype.as_ref().and_then(|typed| genotype::respelled(regimen, typed));
        Ok(Entered { course, echoes: echo.converted.into_iter().chain(dates).chain(respelled).collect() })
    }
}

/// The id of a drug by any of its names; what is none is told with the plan.
fn id(regimen: &Regimen, word: &str) -> String {
    regimen.drug_called(word).map_or_else(|| word.to_owned(), |drug| drug.id.clone())
}

/// Laboratory results, each test once.
pub(super) fn tests(texts: &[String]) -> Result<Results, Failure> {
    let mut results = Results::default();
    for text in texts {
        let one = Results::read_one(text).and_then(|(name, measured)| results.add(name, measured));
        one.map_err(|error| unreadable("--lab", &error))?;
    }
    Ok(results)
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
    Ok((limit.name.clone(), before("--exposure", amount.trim())?))
}

/// none, unknown, or an amount.
pub fn before(option: &str, text: &str) -> Result<Before, Failure> {
    Before::read(text).map_err(|error| unreadable(option, &error))
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
    let phases = regimen.phases.iter().filter_map(|phase| {
        let found = phase.drugs.iter().find(|known| known.is_called(drug))?;
        Some(Reduction {
            drug: found.id.clone(),
            from: (phase.id.clone(), 1),
            level: Some(level),
            percent: None,
            reason: "--level".to_owned(),
        })
    });
    let found: Vec<Reduction> = phases.collect();
    if found.is_empty() {
        let mut ids: Vec<&str> = regimen.drugs().map(|drug| drug.id.as_str()).collect();
        ids.dedup();
        let hint = format!("{} has {}", regimen.name, ids.join(", "));
        return Err(Failure::unreadable(format!("--level: there is no drug \"{}\" in it", shown(drug))).hint(hint));
    }
    Ok(found)
}
