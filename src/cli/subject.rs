//! The options that describe one subject, and the course they make.

use crate::calendar::{self, Date};
use crate::course::{Course, Reduction};
use crate::failure::Failure;
use crate::quantity::number::shown;
use crate::quantity::{Age, Creatinine, Gfr, Height, QuantityError, Sex, Weight};
use crate::regimen::Regimen;
use crate::subject::Subject;

/// What is known of one subject.
#[derive(Debug, Clone, clap::Args)]
pub struct SubjectArgs {
    /// Height: 170 or 170cm; 5ft7in and 67in are converted and echoed
    #[arg(long, value_name = "H", allow_negative_numbers = true)]
    pub height: Option<String>,
    /// Actual body weight: 65 or 65kg; 154lb is converted and echoed
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    pub weight: Option<String>,
    /// Day 1 of cycle 1: 2026-12-07 or 07-Dec-2026
    #[arg(long, value_name = "DATE")]
    pub start: Option<String>,
    /// female or male
    #[arg(long, value_name = "SEX")]
    pub sex: Option<String>,
    /// Date of birth; used to compute the age, never stored or written
    #[arg(long, value_name = "DATE", conflicts_with = "age")]
    pub born: Option<String>,
    /// Completed years
    #[arg(long, value_name = "YEARS")]
    pub age: Option<String>,
    /// Serum creatinine with its unit: "0.8 mg/dL" or "71 umol/L"
    #[arg(long, value_name = "VALUE")]
    pub creatinine: Option<String>,
    /// Measured kidney function with its unit: "85 mL/min"
    #[arg(long, value_name = "VALUE")]
    pub gfr: Option<String>,
    /// The day height and weight were measured
    #[arg(long, value_name = "DATE")]
    pub measured: Option<String>,
    /// A reduced dose from cycle 1 on: irinotecan=-1 (may be repeated)
    #[arg(long, value_name = "DRUG=LEVEL", allow_hyphen_values = true)]
    pub level: Vec<String>,
    /// Assigned cohort of an escalation
    #[arg(long, value_name = "COHORT")]
    pub cohort: Option<String>,
    /// Genotype as the laboratory writes it: "UGT1A1*28/*28"
    #[arg(long, value_name = "GENOTYPE")]
    pub genotype: Option<String>,
}

/// A course and what to echo about converted units.
pub struct Entered {
    /// The course on its first day.
    pub course: Course,
    /// `5 ft 7 in is 170.18 cm`
    pub echoes: Vec<String>,
}

fn refused(option: &str, error: &QuantityError) -> Failure {
    Failure::unreadable(format!("--{option}: {error}"))
}

fn read<T>(
    option: &str,
    text: Option<&String>,
    reader: fn(&str) -> Result<T, QuantityError>,
) -> Result<Option<T>, Failure> {
    text.map(|text| reader(text).map_err(|error| refused(option, &error))).transpose()
}

impl SubjectArgs {
    /// The course these options describe.
    pub fn course(&self, regimen: &Regimen) -> Result<Entered, Failure> {
        let mut echoes = Vec::new();
        let height = read("height", self.height.as_ref(), Height::read_echo)?;
        let weight = read("weight", self.weight.as_ref(), Weight::read_echo)?;
        echoes.extend(height.iter().filter_map(|reading| reading.converted.clone()));
        echoes.extend(weight.iter().filter_map(|reading| reading.converted.clone()));
        let start = self.start.as_ref().ok_or_else(|| {
            Failure::missing("the start date was not given").hint("give day 1 of cycle 1, such as --start 2026-12-07")
        })?;
        let start = calendar::read(start).map_err(|error| refused("start", &error))?;
        let born = read("born", self.born.as_ref(), calendar::read)?;
        let measured = read("measured", self.measured.as_ref(), calendar::read)?;
        later("born", born, start, "the start")?;
        let subject = Subject {
            height: height.map(|reading| reading.value),
            weight: weight.map(|reading| reading.value),
            sex: read("sex", self.sex.as_ref(), Sex::read)?,
            age: read("age", self.age.as_ref(), Age::read)?,
            born,
            creatinine: read("creatinine", self.creatinine.as_ref(), Creatinine::read)?,
            gfr: read("gfr", self.gfr.as_ref(), Gfr::read)?,
            genotype: self.genotype.clone(),
            cohort: self.cohort.clone(),
            measured,
        };
        if let Some(cohort) = &self.cohort {
            let text =
                format!("--cohort: {} has no cohorts, so \"{}\" means nothing for it", regimen.name, shown(cohort));
            return Err(Failure::unreadable(text).hint("leave --cohort out"));
        }
        let mut course = Course::new(start, subject);
        for text in &self.level {
            course.reductions.extend(level(text, regimen)?);
        }
        Ok(Entered { course, echoes })
    }
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
    let named = |known: &&crate::regimen::model::Drug| {
        known.id == drug || known.name == drug || known.also.iter().any(|also| also == drug)
    };
    let phases = regimen.phases.iter().filter_map(|phase| {
        let found = phase.drugs.iter().find(named)?;
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
