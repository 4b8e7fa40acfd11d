//! The rows of a plan.

mod container;
mod dose;
mod happened;
mod made;
mod planned;
mod preparation;
mod record;
mod run;
mod way;

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Clock, Date, Window};
use crate::course::Course;
use crate::finding::Finding;
use crate::formula::bsa::BsaFormula;
use crate::ledger::Ledger;
use crate::plan::{Administration, Assessed, EndVisit, Plan};
use crate::quantity::unit::DoseUnit;
use crate::quantity::{Age, Bmi, Bsa, Creatinine, Gfr, Height, Results, Sex, Weight};
use crate::regimen::{CountKind, CycleWord, Drug, Mark, Phase, Regimen, Stated, Status};
use crate::subject::Fact;

use super::sheet::{SheetRows, changed, sheets};
use super::{full_name, words};

pub use happened::Source;
use made::{Among, dose_row};
pub use record::{DiscontinuedRow, HistoryRow, SupplyRow};
use record::{discontinued, history, supplies};

pub use crate::plan::DoseState;
pub use container::Container;
pub use dose::{DoseRow, Facts, LeftOut, Place, Recorded};
pub use planned::{GivenRow, Occasion, PlannedRow};
pub use preparation::PreparationRow;
pub use run::{Dispensed, Measure, RunRow, TabletRow};
pub use way::VisitRow;

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
    /// The permanent end of treatment.
    pub discontinued: Option<DiscontinuedRow>,
    /// Drugs stopped for good while the others go on, by id.
    pub stopped_drugs: BTreeSet<String>,
    /// Every entry of the record, corrected and undone ones too.
    pub history: Vec<HistoryRow>,
    /// Home doses dispensed, returned and taken.
    pub supplies: Vec<SupplyRow>,
    /// How far each visit is of which anything was recorded before its doses.
    pub visits: Vec<VisitRow>,
    /// Planned and delivered doses; `None` outside a record.
    pub ledger: Option<Ledger>,
    /// The doses that were planned before treatment ended or the subject moved to another version, the oldest plan first:
    /// what an earlier file may hold and this plan does not.
    pub earlier: Vec<Vec<DoseRow>>,
}

impl Schedule {
    /// Doses of drugs that were not stopped for good: what the treatment is from now on.
    pub fn going_on(&self) -> impl Iterator<Item = &DoseRow> {
        self.doses.iter().filter(|dose| !self.stopped_drugs.contains(&dose.id))
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
    /// What the file says of the whole regimen: what must never be done, what it leaves out.
    pub note: Option<String>,
    /// How much of the supportive care is planned, in words; `None` where the file does not say.
    pub supportive_care: Option<String>,
    /// What the trial calls a cycle.
    pub cycle_word: CycleWord,
    /// The number of the first: 0 or 1.
    pub cycles_from: u32,
    /// Values nobody has verified.
    pub unverified: Vec<String>,
    /// The same for people, a line for each drug or table.
    pub unverified_words: Vec<String>,
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
    /// Whether fewer were asked for than the regimen has.
    pub shortened: bool,
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
    /// The day of the enrolment, where a record tells it.
    pub enrolled: Option<Date>,
    /// The clock time of hour 0 and whose clock it is, where that was said.
    pub clock: Option<Clock>,
}

/// The dated end of a long infusion.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct EndRow {
    pub id: String,
    pub phase: Option<String>,
    /// Its name as people read it.
    pub phase_name: Option<String>,
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
    pub marks: Vec<Mark>,
}

/// The rows of a plan.
pub fn schedule<'a>(regimen: &Regimen, source: impl Into<Source<'a>>, plan: &Plan) -> Schedule {
    let source = source.into();
    let course = source.course();
    let ends = plan.ends.iter().filter_map(|end| {
        let phase = regimen.phases.get(end.phase)?;
        Some(end_row(phase, phase.drugs.get(end.drug)?, end))
    });
    Schedule {
        regimen: regimen_row(regimen),
        count: count_row(regimen, plan),
        subject: subject_row(regimen, course, plan),
        doses: doses(regimen, source, plan),
        ends: ends.collect(),
        assessments: plan.assessments.iter().map(assessment_row).collect(),
        findings: plan.findings.clone(),
        continues: plan.continues,
        sheets: sheets(regimen, course, plan),
        discontinued: discontinued(source),
        stopped_drugs: course.stopped_drugs.keys().cloned().collect(),
        history: history(source, regimen),
        supplies: supplies(source),
        visits: way::visits(source, regimen, plan),
        ledger: None,
        earlier: Vec::new(),
    }
}

/// The doses of a plan alone.
pub fn doses<'a>(regimen: &Regimen, source: impl Into<Source<'a>>, plan: &Plan) -> Vec<DoseRow> {
    let source = source.into();
    let on: BTreeSet<(Date, &str)> = plan.administrations.iter().map(|one| (one.date, one.key.drug.as_str())).collect();
    let row = |one: &Administration| {
        let beside = |id: &str| on.contains(&(one.date, id));
        let cycle = |other: &&Administration| (other.phase, other.key.cycle) == (one.phase, one.key.cycle);
        let to_come = |id: &str| {
            let mut others = plan.administrations.iter().filter(cycle);
            others.any(|other| other.key.drug == id && other.date >= one.date)
        };
        let among = Among {
            phase: regimen.phases.get(one.phase),
            word: regimen.cycle_word,
            beside: &beside,
            to_come: &to_come,
        };
        let row = dose_row(plan.drug_of(regimen, one)?, among, one, source);
        Some(DoseRow { changed: changed(regimen, source.course(), plan, one), ..row })
    };
    let mut rows: Vec<DoseRow> = plan.administrations.iter().filter_map(row).collect();
    in_planned_units(&mut rows);
    rows
}

/// What was given in the unit in which its drug is planned: 0.105 g of a drug in mg is 105 mg in every sum, column and event.
fn in_planned_units(rows: &mut [DoseRow]) {
    let unit = |row: &DoseRow| Some(row.planned()?.at.portion.amount.unit);
    let of_drug: BTreeMap<String, DoseUnit> =
        rows.iter().filter_map(|row| Some((row.id.clone(), unit(row)?))).collect();
    for row in rows {
        let wanted = unit(row).or_else(|| of_drug.get(&row.id).copied());
        if let (Facts::Given { given, .. }, Some(wanted)) = (&mut row.facts, wanted) {
            given.at = given.at.in_unit(wanted);
        }
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
        note: regimen.note.clone(),
        supportive_care: words::supportive_care(regimen),
        cycle_word: regimen.cycle_word,
        cycles_from: regimen.cycles_from,
        unverified: regimen.unverified(),
        unverified_words: regimen.unverified_words(),
    }
}

fn count_row(regimen: &Regimen, plan: &Plan) -> CountRow {
    let phases = regimen.phases.iter().map(|phase| {
        let count = words::count(&phase.cycle, regimen.cycle_word);
        phase.shown().map_or(count.clone(), |name| format!("{name}: {count}"))
    });
    CountRow {
        kind: regimen.phases.last().map(|phase| phase.cycle.count.kind),
        planned: plan.cycles.len(),
        words: phases.collect::<Vec<_>>().join("; then "),
        shortened: most(regimen).is_some_and(|most| plan.cycles.len() < most),
    }
}

/// The most cycles a regimen has; `None` of one that goes on until stopped.
pub fn most(regimen: &Regimen) -> Option<usize> {
    let most = |kind| match kind {
        CountKind::UpTo(most) | CountKind::Planned(most) | CountKind::Between(_, most) => usize::try_from(most).ok(),
        CountKind::UntilStopped => None,
    };
    regimen.phases.iter().map(|phase| most(phase.cycle.count.kind)).sum()
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
        enrolled: course.enrolled,
        clock: subject.at.clone(),
    }
}

fn end_row(phase: &Phase, drug: &Drug, end: &EndVisit) -> EndRow {
    EndRow {
        id: end.key.drug.clone(),
        phase: end.key.phase.clone(),
        phase_name: phase.shown(),
        cycle: end.key.cycle,
        day: end.day,
        date: end.date,
        visit: end.at.map_or_else(|| end.visit.clone(), |at| format!("{} at {}", end.visit, at.time())),
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
