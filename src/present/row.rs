//! The rows of a plan.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::{self, Date};
use crate::course::Course;
use crate::finding::Finding;
use crate::plan::{Administration, AdministrationState, Assessed, EndVisit, Plan};
use crate::quantity::number::{self, plain};
use crate::quantity::{Amount, Decimal, Gfr};
use crate::regimen::{CountKind, Drug, Regimen, Role, Stated, Status};
use crate::subject::Fact;

use super::sheet::{SheetRows, sheets};
use super::{full_name, words};

/// Everything a face shows of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    #[serde(skip)]
    pub sheets: SheetRows,
}

/// The regimen a plan was made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct RegimenRow {
    pub id: String,
    pub version: String,
    pub status: Status,
    pub sha256: String,
    pub name: String,
    pub indication: String,
    /// Registry number; `unknown` where the file says so.
    pub trial: Option<String>,
    /// Values nobody has verified.
    pub unverified: Vec<String>,
}

/// How many cycles.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct CountRow {
    /// `up-to`, `planned`, `between` or `until-stopped`, of the last phase.
    pub kind: &'static str,
    /// The number, where there is one.
    pub cycles: Option<u32>,
    /// Cycles planned here, over all phases.
    pub planned: usize,
    /// In words, phase by phase.
    pub words: String,
}

/// The subject as entered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct SubjectRow {
    pub height: Option<String>,
    pub weight: Option<String>,
    pub bsa: Option<String>,
    pub bsa_formula: Option<String>,
    pub bmi: Option<String>,
    pub sex: Option<&'static str>,
    pub age: Option<String>,
    pub creatinine: Option<String>,
    pub gfr: Option<String>,
    pub genotype: Option<String>,
    pub tests: Option<String>,
    pub measured: Option<String>,
    /// The days visits are counted from, by name: `randomised`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reference_dates: BTreeMap<&'static str, String>,
    pub start: String,
}

/// One administration in the clinic, or one run at home.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct DoseRow {
    /// The drug's id in the regimen.
    pub id: String,
    pub phase: Option<String>,
    pub cycle: u32,
    pub day: i32,
    /// `morning`, `evening` or a number, where a day has several.
    pub part: Option<String>,
    pub date: String,
    pub weekday: &'static str,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub state: &'static str,
    pub certain: bool,
    pub measured: Option<String>,
    /// Generic name, lower case.
    pub drug: String,
    pub formulation: Option<String>,
    pub product: Option<String>,
    /// The name as people read it: tall-man letters, formulation, product.
    pub shown: String,
    /// `treatment`, `premedication` or `support`.
    pub role: &'static str,
    pub route: String,
    /// `clinic` or `home`.
    pub place: &'static str,
    pub over: Option<String>,
    pub over_minutes: Option<String>,
    /// The dose of one administration, plain; the larger part, where parts differ.
    pub dose: String,
    pub unit: &'static str,
    pub unit_ucum: &'static str,
    /// The dose as people read it, with both parts where they differ.
    pub dose_shown: String,
    /// The amount of the whole row: every dose of a run, every day of an infusion.
    pub total: Option<String>,
    /// Of an infusion dosed by the day, how many days it lasts: `dose` is that of each 24 hours.
    pub infusion_days: Option<String>,
    pub calculated: String,
    /// The figure before a cap cut it.
    pub uncapped: Option<String>,
    pub per: String,
    pub level: i32,
    pub percent: Option<String>,
    pub loading: bool,
    pub difference_percent: Option<String>,
    pub volume_ml: Option<String>,
    pub vials: Option<String>,
    /// Supply in words: `28.6 mL; 3 vials of 43 mg in 10 mL`.
    pub supply: Option<String>,
    /// A long infusion's other figure: `2,100 mg in each 24 hours`.
    pub spread: Option<String>,
    /// `4 hours after ifosfamide`.
    pub when: Option<String>,
    /// The hours of `when`, where it is stated in hours after a dose.
    pub hours_after: Option<String>,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
    #[serde(flatten)]
    pub run: Option<RunRow>,
    /// One sentence a step.
    pub working: Vec<String>,
    pub marks: Vec<String>,
    pub note: Option<String>,
}

/// The part of a row that only runs at home have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct RunRow {
    pub from: String,
    pub through: String,
    pub through_day: i32,
    pub starts: Option<&'static str>,
    pub ends: Option<&'static str>,
    pub times_a_day: u32,
    pub administrations: u32,
    pub tablets: Vec<TabletRow>,
    pub morning: Option<String>,
    pub evening: Option<String>,
    /// `evening of 07-Dec-2026 through morning of 21-Dec-2026, 28 doses`
    pub words: String,
}

/// Tablets of one strength for a whole run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct TabletRow {
    pub strength: String,
    pub count: u32,
}

/// The dated end of a long infusion.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct EndRow {
    pub id: String,
    pub phase: Option<String>,
    pub cycle: u32,
    /// The cycle day it ends on.
    pub day: i32,
    pub date: String,
    pub weekday: &'static str,
    pub visit: String,
    pub shown: String,
    pub certain: bool,
    pub closed: Option<String>,
}

/// A dated assessment.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct AssessmentRow {
    pub name: String,
    pub date: String,
    pub weekday: &'static str,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub cycle: Option<u32>,
    pub day: Option<i32>,
    /// Whether a delay moves it.
    pub moves: bool,
    pub closed: Option<String>,
    pub marks: Vec<String>,
}

/// The rows of a plan.
pub fn schedule(regimen: &Regimen, course: &Course, plan: &Plan) -> Schedule {
    let doses = plan.administrations.iter().filter_map(|one| {
        let drug = plan.drug_of(regimen, one)?;
        Some(dose_row(drug, one))
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
        trial: regimen.trial.as_ref().map(|trial| match trial {
            Stated::Is(trial) => trial.clone(),
            Stated::Unknown => "unknown".to_owned(),
        }),
        unverified: regimen.unverified(),
    }
}

fn count_row(regimen: &Regimen, plan: &Plan) -> CountRow {
    let (kind, cycles) = match regimen.phases.last().map(|phase| phase.cycle.count.kind) {
        Some(CountKind::UpTo(n)) => ("up-to", Some(n)),
        Some(CountKind::Planned(n)) => ("planned", Some(n)),
        Some(CountKind::Between(_, n)) => ("between", Some(n)),
        Some(CountKind::UntilStopped) | None => ("until-stopped", None),
    };
    let phases = regimen.phases.iter().map(|phase| {
        let count = words::count(phase.cycle.count);
        phase.name.as_ref().or(phase.id.as_ref()).map_or(count.clone(), |name| format!("{name}: {count}"))
    });
    CountRow { kind, cycles, planned: plan.cycles.len(), words: phases.collect::<Vec<_>>().join("; then ") }
}

fn subject_row(regimen: &Regimen, course: &Course, plan: &Plan) -> SubjectRow {
    let subject = &course.subject;
    let bsa = plan.size.as_ref().and_then(|size| size.bsa);
    let formula = regimen.body.as_ref().and_then(|body| body.bsa).filter(|_| bsa.is_some());
    SubjectRow {
        height: subject.height.map(|height| format!("{} cm", plain(height.value()))),
        weight: subject.weight.map(|weight| format!("{} kg", plain(weight.value()))),
        bsa: bsa.map(|bsa| format!("{} m2", plain(bsa.value()))),
        bsa_formula: formula.map(|formula| formula.name().to_owned()),
        bmi: plan.bmi.map(|bmi| format!("{} kg/m2", plain(bmi.value()))),
        sex: subject.sex.map(crate::quantity::Sex::written),
        age: subject.age_on(course.start).map(|age| plain(age.value())),
        creatinine: subject.creatinine.map(|creatinine| creatinine.to_string()),
        gfr: subject.gfr.map(|gfr| match gfr {
            Gfr::Absolute(value) => format!("{} mL/min", plain(value)),
            Gfr::Indexed(value) => format!("{} mL/min/1.73m2", plain(value)),
        }),
        genotype: subject.genotype.clone(),
        tests: (!subject.tests.is_empty()).then(|| subject.tests.to_string()),
        measured: subject.measured.map(calendar::iso),
        reference_dates: Fact::REFERENCE_DATES
            .iter()
            .filter_map(|fact| Some((fact.name(), calendar::iso(subject.get(*fact)?.date()?))))
            .collect(),
        start: calendar::iso(course.start),
    }
}

fn dose_row(drug: &Drug, one: &Administration) -> DoseRow {
    let dose = &one.dose;
    DoseRow {
        id: one.key.drug.clone(),
        phase: one.key.phase.clone(),
        cycle: one.key.cycle,
        day: one.key.day,
        part: one.key.part.map(|part| part.to_string()),
        date: calendar::iso(one.date),
        weekday: calendar::weekday(one.date),
        earliest: one.window.map(|window| calendar::iso(window.earliest)),
        latest: one.window.map(|window| calendar::iso(window.latest)),
        state: one.state.word(),
        certain: one.certain,
        measured: one.measured.map(calendar::iso),
        drug: drug.name.clone(),
        formulation: drug.formulation.clone(),
        product: drug.product.clone(),
        shown: full_name(drug),
        role: match drug.role {
            Role::Treatment => "treatment",
            Role::Premedication => "premedication",
            Role::Support => "support",
        },
        route: words::route(drug),
        place: if drug.home { "home" } else { "clinic" },
        over: one.infusion.as_ref().map(ToString::to_string),
        over_minutes: one.infusion.as_ref().and_then(crate::plan::Infusion::minutes).map(plain),
        dose: plain(dose.amount.value),
        unit: dose.amount.unit.written(),
        unit_ucum: dose.amount.unit.ucum(),
        dose_shown: one.portion().to_string(),
        total: one.total().map(|amount| plain(amount.value)),
        infusion_days: one.days.map(plain),
        calculated: plain(dose.calculated.value),
        uncapped: dose.uncapped.map(|amount| plain(amount.value)),
        per: dose.per.to_string(),
        level: dose.level,
        percent: dose.percent.map(plain),
        loading: dose.loading,
        difference_percent: dose.difference.map(signed),
        volume_ml: dose.supply.volume.map(plain),
        vials: dose.supply.vials.map(|(count, _)| count.to_string()),
        supply: supply(one),
        spread: spread(one),
        when: when(drug, one),
        hours_after: one.hours.as_ref().map(|(_, hours)| plain(*hours)),
        closed: one.closed.clone(),
        run: one.run.as_ref().map(|run| run_row(one.date, run, one)),
        working: dose.steps.iter().map(crate::dosing::Step::sentence).collect(),
        marks: one.marks.clone(),
        note: match &one.state {
            AdministrationState::Held(reason) | AdministrationState::Omitted(reason) => Some(reason.clone()),
            _ => drug.note.clone(),
        },
    }
}

fn signed(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{}", plain(value)) } else { plain(value) }
}

/// The other figure of a long infusion: all of it, or one day's worth.
fn spread(one: &Administration) -> Option<String> {
    let in_all = one.portion().total(1, 0).filter(|_| !one.portion().is_plain() && one.days.is_some());
    let other = one.dose.spread.as_ref().filter(|_| one.days.is_none());
    in_all.map(|amount| format!("{amount} in all")).or(other.map(|(of, amount)| format!("{amount} {of}")))
}

fn supply(one: &Administration) -> Option<String> {
    let supply = &one.dose.supply;
    let mut parts = Vec::new();
    if let Some(volume) = supply.volume {
        parts.push(format!("{} mL", number::print(volume)));
    }
    if let Some((count, vial)) = supply.vials {
        let word = if count == 1 { "vial" } else { "vials" };
        let volume = vial.volume.map_or(String::new(), |volume| format!(" in {} mL", number::print(volume)));
        parts.push(format!("{count} {word} of {}{volume}", vial.amount));
    }
    if one.run.is_none() {
        parts.extend(supply.tablets.iter().map(|(count, strength)| format!("{count} × {strength}")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn when(drug: &Drug, one: &Administration) -> Option<String> {
    use crate::regimen::Relative;
    if let Some((other, hours)) = &one.hours {
        return Some(format!("{} hours after {other}", number::print(*hours)));
    }
    match drug.relative.as_ref()? {
        Relative::After(other) => Some(format!("after {other}")),
        Relative::With(other) => Some(format!("with {other}")),
        Relative::Before(other, Some(period)) => Some(format!("{period} before {other}")),
        Relative::Before(other, None) => Some(format!("before {other}")),
    }
}

fn run_row(from: Date, run: &crate::plan::Run, one: &Administration) -> RunRow {
    let parts = one.dose.parts;
    RunRow {
        from: calendar::iso(from),
        through: calendar::iso(run.through),
        through_day: run.through_day,
        starts: run.starts.map(crate::regimen::HalfDay::word),
        ends: run.ends.map(crate::regimen::HalfDay::word),
        times_a_day: run.times,
        administrations: run.administrations,
        tablets: tablets(run, one),
        morning: parts.map(|(morning, _)| plain(morning.value)),
        evening: parts.map(|(_, evening)| plain(evening.value)),
        words: words::run(from, run),
    }
}

/// Tablets for the whole run, by strength.
fn tablets(run: &crate::plan::Run, one: &Administration) -> Vec<TabletRow> {
    let doses = run.administrations;
    let rows = |list: &[(u32, Amount)], times: u32| -> Vec<(Amount, u32)> {
        list.iter().map(|(count, strength)| (*strength, count.saturating_mul(times))).collect()
    };
    let all = match &one.dose.part_tablets {
        Some((morning, evening)) => {
            let (mornings, evenings) = run.halves();
            let mut all = rows(morning, mornings);
            for (strength, count) in rows(evening, evenings) {
                match all.iter_mut().find(|(known, _)| *known == strength) {
                    Some((_, sum)) => *sum = sum.saturating_add(count),
                    None => all.push((strength, count)),
                }
            }
            all
        }
        None => rows(&one.dose.supply.tablets, doses),
    };
    all.into_iter().map(|(strength, count)| TabletRow { strength: strength.to_string(), count }).collect()
}

fn end_row(drug: &Drug, end: &EndVisit) -> EndRow {
    EndRow {
        id: end.key.drug.clone(),
        phase: end.key.phase.clone(),
        cycle: end.key.cycle,
        day: end.day,
        date: calendar::iso(end.date),
        weekday: calendar::weekday(end.date),
        visit: end.visit.clone(),
        shown: full_name(drug),
        certain: end.certain,
        closed: end.closed.clone(),
    }
}

fn assessment_row(one: &Assessed) -> AssessmentRow {
    AssessmentRow {
        name: one.name.clone(),
        date: calendar::iso(one.date),
        weekday: calendar::weekday(one.date),
        earliest: one.window.map(|window| calendar::iso(window.earliest)),
        latest: one.window.map(|window| calendar::iso(window.latest)),
        cycle: one.cycle,
        day: one.day,
        moves: one.moves,
        closed: one.closed.clone(),
        marks: one.marks.clone(),
    }
}
