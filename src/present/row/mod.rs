//! The rows of a plan.

mod dose;

use std::collections::BTreeMap;

use crate::calendar::{Date, Window};
use crate::course::event::{Event, Given};
use crate::course::fold::{Folded, Standing};
use crate::course::{Course, Key};
use crate::finding::Finding;
use crate::formula::bsa::BsaFormula;
use crate::plan::{Assessed, EndVisit, Plan};
use crate::quantity::{Age, Bmi, Bsa, Creatinine, Gfr, Height, Results, Sex, Weight};
use crate::regimen::{CountKind, Drug, Regimen, Stated, Status};
use crate::subject::Fact;

use super::sheet::{SheetRows, sheets};
use super::{full_name, words};

use dose::dose_row;
pub use dose::{
    DoseRow, DoseState, Facts, GivenRow, LeftOut, Occasion, Place, PlannedRow, Recorded, RunRow, TabletRow,
};

/// Everything a face shows of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The regimen.
    pub regimen: RegimenRow,
    /// How many cycles.
    pub count: CountRow,
    /// The subject.
    pub subject: SubjectRow,
    /// Doses by date.
    pub doses: Vec<DoseRow>,
    /// Dated ends of long infusions.
    pub ends: Vec<EndRow>,
    /// Assessments by date.
    pub assessments: Vec<AssessmentRow>,
    /// What is worth telling.
    pub findings: Vec<Finding>,
    /// Whether treatment goes on after the last cycle shown.
    pub continues: bool,
    /// What only the print-outs show.
    pub sheets: SheetRows,
}

/// What a plan was made from: figures that somebody typed, or a record that also says who recorded each dose and why.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// Figures.
    Entered(&'a Course),
    /// A record.
    Recorded(&'a Folded),
}

impl<'a> From<&'a Course> for Source<'a> {
    fn from(course: &'a Course) -> Self {
        Source::Entered(course)
    }
}

impl<'a> From<&'a Folded> for Source<'a> {
    fn from(folded: &'a Folded) -> Self {
        Source::Recorded(folded)
    }
}

impl<'a> Source<'a> {
    fn course(self) -> &'a Course {
        match self {
            Source::Entered(course) => course,
            Source::Recorded(folded) => &folded.course,
        }
    }

    fn folded(self) -> Option<&'a Folded> {
        match self {
            Source::Entered(_) => None,
            Source::Recorded(folded) => Some(folded),
        }
    }

    /// The place of the entry that says what happened to a dose.
    fn place_of(self, key: &Key) -> Option<(&'a Folded, u64)> {
        let folded = self.folded()?;
        Some((folded, *folded.deeds.get(key).or_else(|| folded.extra.get(key))?))
    }

    /// The entry that says what happened to a dose, as it was corrected last.
    fn entry_of(self, key: &Key) -> Option<Recorded> {
        let (folded, place) = self.place_of(key)?;
        let first = folded.entry(place)?;
        let newest = match first.standing {
            Standing::CorrectedBy(by) => folded.entry(by).unwrap_or(first),
            Standing::Holds | Standing::UndoneBy(_) => first,
        };
        let entry = &newest.entry;
        Some(Recorded { entry: entry.seq, by: entry.who.clone(), at: entry.recorded.clone() })
    }

    /// What the record says of a dose that was given.
    fn given(self, key: &Key) -> Option<&'a Given> {
        let (folded, place) = self.place_of(key)?;
        match folded.now(place)? {
            (_, Event::Given(given)) => Some(given),
            _ => None,
        }
    }
}

/// The regimen a plan was made from.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct RegimenRow {
    pub id: String,
    pub version: String,
    pub status: Status,
    pub sha256: String,
    pub name: String,
    pub indication: String,
    /// Registry number, where the file says one or says that nobody knows it.
    pub trial: Option<Stated<String>>,
    /// Values nobody has verified.
    pub unverified: Vec<String>,
}

/// How many cycles.
#[derive(Debug, Clone, PartialEq)]
pub struct CountRow {
    /// Of the last phase; `None` of a regimen without phases.
    pub kind: Option<CountKind>,
    /// Cycles planned here, over all phases.
    pub planned: usize,
    /// In words, phase by phase.
    pub words: String,
}

/// The subject as entered, with the size at the start.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct SubjectRow {
    pub height: Option<Height>,
    pub weight: Option<Weight>,
    pub bsa: Option<Bsa>,
    pub bsa_formula: Option<BsaFormula>,
    pub bmi: Option<Bmi>,
    pub sex: Option<Sex>,
    pub age: Option<Age>,
    pub creatinine: Option<Creatinine>,
    pub gfr: Option<Gfr>,
    pub genotype: Option<String>,
    pub tests: Results,
    pub measured: Option<Date>,
    /// The days visits are counted from, by name: `randomised`.
    pub reference_dates: BTreeMap<&'static str, Date>,
    pub start: Date,
}

/// The dated end of a long infusion.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct EndRow {
    pub id: String,
    pub phase: Option<String>,
    pub cycle: u32,
    /// The cycle day it ends on.
    pub day: i32,
    pub date: Date,
    pub visit: String,
    pub shown: String,
    pub certain: bool,
    pub closed: Option<String>,
}

/// A dated assessment.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct AssessmentRow {
    pub name: String,
    pub date: Date,
    /// First and last day allowed; `None` where the regimen does not say.
    pub window: Option<Window>,
    pub cycle: Option<u32>,
    pub day: Option<i32>,
    /// Whether a delay moves it.
    pub moves: bool,
    pub closed: Option<String>,
    pub marks: Vec<String>,
}

/// The rows of a plan.
pub fn schedule<'a>(regimen: &Regimen, source: impl Into<Source<'a>>, plan: &Plan) -> Schedule {
    let source = source.into();
    let course = source.course();
    let doses = plan.administrations.iter().filter_map(|one| {
        let drug = plan.drug_of(regimen, one)?;
        Some(dose_row(drug, one, source))
    });
    let ends = plan.ends.iter().filter_map(|end| {
        let drug = regimen.phases.get(end.phase)?.drugs.get(end.drug)?;
        Some(end_row(drug, end))
    });
    Schedule {
        regimen: regimen_row(regimen),
        count: count_row(regimen, plan),
        subject: subject_row(regimen, course, plan),
        doses: doses.collect(),
        ends: ends.collect(),
        assessments: plan.assessments.iter().map(assessment_row).collect(),
        findings: plan.findings.clone(),
        continues: plan.continues,
        sheets: sheets(regimen, course, plan),
    }
}

fn regimen_row(regimen: &Regimen) -> RegimenRow {
    RegimenRow {
        id: regimen.id.clone(),
        version: regimen.version.clone(),
        status: regimen.status,
        sha256: regimen.sha256.clone(),
        name: regimen.name.clone(),
        indication: regimen.indication.clone(),
        trial: regimen.trial.clone(),
        unverified: regimen.unverified(),
    }
}

fn count_row(regimen: &Regimen, plan: &Plan) -> CountRow {
    let phases = regimen.phases.iter().map(|phase| {
        let count = words::count(phase.cycle.count);
        phase.name.as_ref().or(phase.id.as_ref()).map_or(count.clone(), |name| format!("{name}: {count}"))
    });
    CountRow {
        kind: regimen.phases.last().map(|phase| phase.cycle.count.kind),
        planned: plan.cycles.len(),
        words: phases.collect::<Vec<_>>().join("; then "),
    }
}

fn subject_row(regimen: &Regimen, course: &Course, plan: &Plan) -> SubjectRow {
    let subject = &course.subject;
    let bsa = plan.size.as_ref().and_then(|size| size.bsa);
    SubjectRow {
        height: subject.height,
        weight: subject.weight,
        bsa,
        bsa_formula: regimen.body.as_ref().and_then(|body| body.bsa).filter(|_| bsa.is_some()),
        bmi: plan.bmi,
        sex: subject.sex,
        age: subject.age_on(course.start),
        creatinine: subject.creatinine,
        gfr: subject.gfr,
        genotype: subject.genotype.clone(),
        tests: subject.tests.clone(),
        measured: subject.measured,
        reference_dates: Fact::REFERENCE_DATES
            .iter()
            .filter_map(|fact| Some((fact.name(), subject.get(*fact)?.date()?)))
            .collect(),
        start: course.start,
    }
}

fn end_row(drug: &Drug, end: &EndVisit) -> EndRow {
    EndRow {
        id: end.key.drug.clone(),
        phase: end.key.phase.clone(),
        cycle: end.key.cycle,
        day: end.day,
        date: end.date,
        visit: end.visit.clone(),
        shown: full_name(drug),
        certain: end.certain,
        closed: end.closed.clone(),
    }
}

fn assessment_row(one: &Assessed) -> AssessmentRow {
    AssessmentRow {
        name: one.name.clone(),
        date: one.date,
        window: one.window,
        cycle: one.cycle,
        day: one.day,
        moves: one.moves,
        closed: one.closed.clone(),
        marks: one.marks.clone(),
    }
}
