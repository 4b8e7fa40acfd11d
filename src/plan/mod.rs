//! Dates: which dose on which day, with its window, and what is uncertain about it.
//!
//! A plan is a pure function of a regimen, a course and the site's calendar. It is recomputed, never
//! patched. Day 1 of cycle 1 is time zero; every later day counts from the *actual* day 1 of its
//! cycle; a delay moves what the regimen says it moves, and nothing else.

mod administrations;
mod assess;
mod birthday;
mod checks;
mod clock;
pub mod codes;
mod companion;
mod cycles;
mod dated_cycle;
mod dose_calculator;
mod drug_codes;
mod drug_in_cycle;
mod drug_stopped;
mod due;
mod fold;
mod genotype;
mod gfr_rounded;
mod given;
mod how_many;
mod infusion;
mod infusion_short;
mod inputs;
mod laboratory;
mod large_dose;
pub mod lifetime;
mod limits;
mod maximum;
mod measured;
mod no_effect;
mod nothing;
mod planner;
mod plausible;
mod range;
mod received;
mod reduced;
mod same_day_doses;
mod same_substance;
mod second_person;
mod state;
mod step_shift;
mod supplied;
mod support_day;
mod total;
mod unknown;
mod vinca_beside_spinal;
mod visit;
mod visits;
pub mod way;

pub use assess::Assessed;
pub use checks::before as inputs;
pub use dated_cycle::PlannedCycle;
pub use due::{Due, DueStatus, Open, delay_of, due, open};
pub use infusion::Infusion;
pub use inputs::{DoseInputs, Reading};
pub use reduced::{behind, effective, reduced};
pub use state::DoseState;
pub use unknown::no_one_drug;

use std::sync::Arc;

use crate::calendar::{Date, Moment, Site, Window};
use crate::course::{Course, Key};
use crate::dosing::{Dose, Size};
use crate::finding::{Finding, Severity, blocks};
use crate::formula::{Inputs, bmi};
use crate::quantity::{Bmi, decimal};
use crate::regimen::{HalfDay, Mark, Regimen};

use administrations::Dosed;
use planner::Planner;

/// What the caller chooses about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How many cycles to show in all. Without it all of them, and six of a phase that goes on until stopped.
    pub cycles: Option<u32>,
    /// How many cycles of a phase that goes on until stopped, where six are not enough.
    pub open: Option<u32>,
    /// What is planned is on record, or worked out on paper: what would have to be confirmed before it is believed is told.
    pub recorded: bool,
}

/// Cycles shown of a regimen that goes on until stopped, unless the caller says how many.
pub const OPEN_CYCLES: u32 = 6;

/// Every dated dose of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Cycles, in order.
    pub cycles: Vec<PlannedCycle>,
    /// Administrations by date, then in the regimen's order.
    pub administrations: Vec<Administration>,
    /// Dated ends of long infusions.
    pub ends: Vec<EndVisit>,
    /// Assessments by date.
    pub assessments: Vec<Assessed>,
    /// Body size at the start.
    pub size: Option<Size>,
    /// Body-mass index at the start.
    pub bmi: Option<Bmi>,
    /// What is worth telling.
    pub findings: Vec<Finding>,
    /// Whether treatment goes on after the last cycle shown.
    pub continues: bool,
}

/// One administration, or one run of doses at home.
#[derive(Debug, Clone, PartialEq)]
pub struct Administration {
    /// Identity; of a run, that of its first dose.
    pub key: Key,
    /// Index of the phase in the regimen.
    pub phase: usize,
    /// Index of the drug in the phase.
    pub drug: usize,
    /// The day: on which it was given, else on which it is planned.
    pub date: Date,
    /// First and last day allowed; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// What is known to have happened.
    pub state: AdministrationState,
    /// What the plan says of it, whatever happened; `None` of a dose that was given beyond the plan.
    pub planned: Option<PlannedDose>,
    /// Whether it will be given if all goes as planned (an up-to-8 regimen promises no second cycle).
    pub certain: bool,
    /// The dose: what was given, else what is planned.
    pub dose: Arc<Dose>,
    /// How long the infusion runs.
    pub infusion: Option<Infusion>,
    /// Of an infusion dosed by the day, how many days it lasts: the dose is that of each 24 hours.
    pub days: Option<crate::quantity::Decimal>,
    /// Hours after another drug: (drug id, hours).
    pub hours: Option<(String, crate::quantity::Decimal)>,
    /// Days from the day of its visit to its own: doses at hours reach into the days behind.
    pub shift: i32,
    /// The run, for doses taken at home.
    pub run: Option<Run>,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
    /// The day of the newest measurement used.
    pub measured: Option<Date>,
    /// Marks of the date and the dose.
    pub marks: Vec<Mark>,
}

/// What the plan says of an administration: it stays beside what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDose {
    /// The planned day: of a dose that was given and set day 1 of its cycle, the one on which it was due until then.
    pub date: Date,
    /// The dose and its working.
    pub dose: Arc<Dose>,
    /// Of an infusion dosed by the day, how many days it lasts: the dose is that of each 24 hours.
    pub days: Option<crate::quantity::Decimal>,
    /// When it begins, where the clock time of hour 0 is known and it follows from that.
    pub begins: Option<Moment>,
    /// When an infusion that begins then ends.
    pub ends: Option<Moment>,
    /// The run, for doses taken at home.
    pub run: Option<Run>,
    /// The measurements the dose was made from.
    pub inputs: Arc<DoseInputs>,
}

/// What is known to have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdministrationState {
    /// Nothing yet.
    Projected,
    /// Given that day.
    Given,
    /// Not given now, date open.
    Held(String),
    /// Never given.
    Omitted(String),
}

impl AdministrationState {
    /// Held or omitted.
    pub(crate) fn is_left_out(&self) -> bool {
        matches!(self, AdministrationState::Held(_) | AdministrationState::Omitted(_))
    }
}

/// A run of doses at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Day of the last dose.
    pub through: Date,
    /// Cycle day of the last dose.
    pub through_day: i32,
    /// Half-day of the first dose, where there are two a day.
    pub starts: Option<HalfDay>,
    /// Half-day of the last dose.
    pub ends: Option<HalfDay>,
    /// Doses a day.
    pub times: u32,
    /// Doses in all.
    pub administrations: u32,
    /// Days on which a dose is taken, first to last.
    pub days: u32,
    /// Whether it goes on into the next cycle without a break.
    pub continues: bool,
}

/// The dated end of a long infusion.
#[derive(Debug, Clone, PartialEq)]
pub struct EndVisit {
    /// The administration that ends.
    pub key: Key,
    /// Index of the phase.
    pub phase: usize,
    /// Index of the drug.
    pub drug: usize,
    /// Cycle day.
    pub day: i32,
    /// Date.
    pub date: Date,
    /// The clock time, where it is known when the infusion begins.
    pub at: Option<Moment>,
    /// What happens.
    pub visit: String,
    /// Whether it is certain.
    pub certain: bool,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
}

impl Plan {
    /// The drug of an administration.
    pub fn drug_of<'r>(
        &self,
        regimen: &'r Regimen,
        administration: &Administration,
    ) -> Option<&'r crate::regimen::Drug> {
        regimen.phases.get(administration.phase)?.drugs.get(administration.drug)
    }
}

/// Plans a regimen for a subject. While anything a dose needs is missing or wrong there is no plan,
/// not a partial one: the findings say what to correct.
pub fn plan(regimen: &Regimen, course: &Course, site: &Site, options: Options) -> Result<Plan, Vec<Finding>> {
    let respelled = genotype::respelled(regimen, course);
    let course = respelled.as_ref().unwrap_or(course);
    let (file, made) = (regimen, regimen.with_tablets(&site.tablets));
    let regimen = made.as_ref().unwrap_or(regimen);
    let plan = planned_as_supplied(regimen, course, site, options);
    plan.map(|mut plan| {
        plan.findings.extend(supplied::told(file, &site.tablets));
        plan
    })
}

fn planned_as_supplied(
    regimen: &Regimen,
    course: &Course,
    site: &Site,
    options: Options,
) -> Result<Plan, Vec<Finding>> {
    match regimen.with_steps_carried_on() {
        Some(carried) => plan_of(&carried, course, site, options),
        None => plan_of(regimen, course, site, options),
    }
}

fn plan_of(regimen: &Regimen, course: &Course, site: &Site, options: Options) -> Result<Plan, Vec<Finding>> {
    let asked = |findings| asked(course, site, findings, options);
    let findings = asked(checks::before(regimen, course, options));
    if blocks(&findings) {
        return Err(findings);
    }
    let planner = Planner::new(regimen, course, site);
    let (mut plan, mut about_doses) = planned(&planner, options, findings)?;
    given::beyond(regimen, course, &mut plan);
    assess::after_doses(regimen, course, site, &mut plan)?;
    about_doses.extend(looked_at(regimen, (course, site), &plan));
    let about_doses = asked(about_doses);
    if blocks(&about_doses) {
        return Err(about_doses);
    }
    plan.findings.extend(about_doses);
    plan.findings.extend(drug_stopped::findings(regimen, course, &plan));
    match nothing::finding(course, &plan, options) {
        Some(finding) if finding.severity == Severity::Block => return Err(vec![finding]),
        finding => plan.findings.extend(finding),
    }
    let about_plan = asked(checks::after(regimen, course, site, &plan));
    let about_course = birthday::finding(regimen, course, &plan).into_iter();
    let about_course = asked(about_course.chain(lifetime::findings(regimen, course, &plan)).collect());
    if blocks(&about_plan) || blocks(&about_course) {
        return Err(about_plan.into_iter().chain(about_course).collect());
    }
    plan.findings.extend(about_plan);
    plan.findings.sort_by_key(|finding| finding.severity);
    plan.findings.extend(about_course);
    Ok(plan)
}

/// Everything that is asked about the doses of a plan, each check for itself.
fn looked_at(regimen: &Regimen, (course, site): (&Course, &Site), plan: &Plan) -> Vec<Finding> {
    let mut found = same_day_doses::findings(regimen, course, plan);
    found.extend(limits::rounding(regimen, plan));
    found.extend(gfr_rounded::findings(regimen, plan));
    found.extend(supplied::not_made(regimen, &site.tablets, plan));
    found.extend(large_dose::findings(regimen, plan));
    found.extend(same_substance::findings(regimen, plan));
    found.extend(infusion_short::findings(regimen, plan));
    found.extend(support_day::findings(regimen, plan));
    found.extend(vinca_beside_spinal::finding(regimen, plan));
    found
}

/// Findings as they ask: raised as the site wants it, what was answered is a note, and of what is on record nothing waits to
/// be confirmed.
fn asked(course: &Course, site: &Site, findings: Vec<Finding>, options: Options) -> Vec<Finding> {
    let mut findings = course.settle(site.grades.raised(findings));
    for finding in findings.iter_mut().filter(|finding| options.recorded && finding.severity == Severity::Confirm) {
        finding.severity = Severity::Warn;
    }
    findings
}

/// What the regimen plans: cycles, doses, assessments; and what is to be asked about the doses.
fn planned(
    planner: &Planner<'_>,
    options: Options,
    mut findings: Vec<Finding>,
) -> Result<(Plan, Vec<Finding>), Vec<Finding>> {
    let (regimen, course) = (planner.regimen, planner.course);
    let laid_out = planner.cycles(options)?;
    let first = laid_out.cycles.first();
    let size = first.and_then(|first| planner.doses.size(&first.measurements, first.cycle.actual));
    findings.extend(measured::findings(laid_out.cycles.iter().flat_map(|dated| &dated.notices)));
    let unplanned = given::unplanned(course, &laid_out.layouts);
    let (mut dosed, mut cycles) = (Dosed::default(), Vec::new());
    for (dated, mut layout) in laid_out.cycles.into_iter().zip(laid_out.layouts) {
        findings.append(&mut layout.findings);
        planner.dose_cycle(&dated, layout, &unplanned, &mut dosed)?;
        cycles.push(dated.cycle);
    }
    if blocks(&dosed.problems) {
        return Err(dosed.problems);
    }
    let Dosed { mut administrations, mut ends, asked, .. } = dosed;
    administrations.sort_by_key(|one| one.date);
    ends.sort_by_key(|end| end.date);
    let assessments = assess::assessments(regimen, course, &cycles, planner.site)?;
    let (bmi, continues) = (body_mass(course), laid_out.continues);
    Ok((Plan { cycles, administrations, ends, assessments, size, bmi, findings, continues }, asked))
}

fn body_mass(course: &Course) -> Option<Bmi> {
    let inputs = Inputs { height: course.subject.height, weight: course.subject.weight, ..Inputs::default() };
    bmi::compute(&inputs).ok().map(|computed| Bmi::new(decimal::half_up(computed.value, 1)))
}
