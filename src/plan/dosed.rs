//! Which measurements and which reductions are in force in a cycle, and the doses they give. The same
//! dose is computed once and shared.

use std::sync::Arc;

use crate::calendar::Date;
use crate::course::{Course, Measurement};
use crate::dosing::{self, Dose, DoseError, Force, Size, State};
use crate::finding::Finding;
use crate::formula::FormulaError;
use crate::quantity::{Age, Amount, Basis, Creatinine, Decimal, Gfr, Height, Weight, number};
use crate::regimen::{Drug, Ladder, Recalculate, Regimen};

use super::inputs::{self, DoseInputs};
use super::turn::Turn;
use super::{Administration, PlannedCycle};

/// The measurements in force in one cycle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct InForce {
    height: Option<Height>,
    weight: Option<Weight>,
    creatinine: Option<Creatinine>,
    gfr: Option<Gfr>,
    /// The day of the newest weight that was looked at.
    pub measured: Option<Date>,
}

/// Doses already computed, with what they were computed from.
struct Known {
    drug: (usize, usize),
    force: Force,
    /// A table by age moves on with the years.
    age: Option<Age>,
    measurements: InForce,
    dose: Arc<Dose>,
}

/// Computes and remembers doses along a course.
pub(super) struct Doses<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    known: Vec<Known>,
    sizes: Vec<(String, InForce, Option<Size>)>,
    /// What doses were made from, by the day and the figures in force.
    inputs: Vec<(Date, InForce, Arc<DoseInputs>)>,
    /// What was found for each cycle: asked twice, the same is answered.
    asked: Vec<((usize, u32), InForce)>,
    /// What was known on day 1 of the first cycle.
    first: Option<(InForce, Date)>,
    last_used: Option<Weight>,
    /// What is worth telling about new measurements.
    pub notices: Vec<Notice>,
}

/// What is in force on a day, with what follows from it.
pub(super) struct Asked {
    pub(super) in_force: InForce,
    last_used: Option<Weight>,
    pub(super) notices: Vec<Notice>,
}

/// Something to tell about a new measurement: of a weight, of which.
pub(super) struct Notice {
    weight: Option<Weight>,
    pub(super) finding: Finding,
}

/// A new height changes no dose where the regimen never computes the size again.
fn height_not_used(newest: &InForce, first: &InForce, number: u32) -> Option<Notice> {
    let (new, used) = newest.height.zip(first.height).filter(|(new, used)| new != used)?;
    let text =
        format!("From cycle {number} the height is {new} against {used}: doses use {used}, as the regimen says.");
    Some(Notice { weight: None, finding: Finding::note("height-not-used", text).field("height") })
}

/// A weight that was measured again: the one of the first day takes the place of the screening's and is told, a later
/// one that changes the doses asks.
fn weighed(
    cycle: u32,
    (weight, reference): (Weight, Weight),
    takes_new: bool,
    tell: fn(&'static str, String) -> Finding,
) -> Option<Notice> {
    let change = crate::quantity::decimal::difference_percent(weight.value(), reference.value())?;
    let used = if takes_new { weight } else { reference };
    let text = format!(
        "From cycle {cycle} the weight is {weight} against {reference} ({}): doses use {used}.",
        number::percent(change),
    );
    let finding = if takes_new { tell("weight-changed", text) } else { Finding::note("weight-below-threshold", text) };
    Some(Notice { weight: Some(weight), finding: finding.field("weight") })
}

impl<'a> Doses<'a> {
    pub(super) fn new(regimen: &'a Regimen, course: &'a Course) -> Self {
        Self {
            regimen,
            course,
            known: Vec::new(),
            sizes: Vec::new(),
            inputs: Vec::new(),
            asked: Vec::new(),
            first: None,
            last_used: None,
            notices: Vec::new(),
        }
    }

    /// What is in force on the first day of a cycle. Cycles are asked for in order.
    pub(super) fn in_force(&mut self, cycle: &PlannedCycle) -> InForce {
        let at = (cycle.phase, cycle.number);
        if let Some((_, known)) = self.asked.iter().find(|(known, _)| *known == at) {
            return *known;
        }
        let found = self.on(cycle.number, cycle.actual);
        self.asked.push((at, found));
        found
    }

    /// What is in force on day 1 of the cycle of this number: a step along the course.
    pub(super) fn on(&mut self, number: u32, day: Date) -> InForce {
        let asked = self.would_be(number, day);
        (self.first, self.last_used) = (self.first.or(Some((asked.in_force, day))), asked.last_used);
        self.tell(asked.notices);
        asked.in_force
    }

    /// What would be in force on a day, and what there would be to tell about it. A question changes nothing.
    pub(super) fn would_be(&self, number: u32, day: Date) -> Asked {
        let newest = self.newest(day);
        let mut notices = Vec::new();
        let Some((first, _)) = self.first else {
            if let (Some(weight), Some(enrolled)) = (newest.weight, self.course.subject.weight)
                && weight != enrolled
            {
                notices.extend(weighed(number, (weight, enrolled), true, Finding::note));
            }
            return Asked { in_force: newest, last_used: newest.weight, notices };
        };
        let reference = self.reference(&first);
        let weight = match (newest.weight, reference) {
            (Some(weight), Some(reference)) if weight != reference => {
                Some(self.decide(weight, reference, number, &mut notices))
            }
            (weight, _) => weight,
        };
        notices.extend(self.kidney_not_used(&newest, &first, number));
        let rule = self.regimen.body.as_ref().map(|body| body.recalculate);
        let height = if rule == Some(Recalculate::Never) {
            notices.extend(height_not_used(&newest, &first, number));
            first.height.or(newest.height)
        } else {
            newest.height
        };
        Asked { in_force: InForce { height, weight, ..newest }, last_used: weight.or(self.last_used), notices }
    }

    /// Adds what was not told before: of a weight once, of anything else once of its kind.
    pub(super) fn tell(&mut self, notices: Vec<Notice>) {
        for notice in notices {
            let same = |known: &Notice| match notice.weight {
                Some(weight) => known.weight == Some(weight),
                None => known.finding.code == notice.finding.code,
            };
            if !self.notices.iter().any(same) {
                self.notices.push(notice);
            }
        }
    }

    /// The newest of each figure on or before a day. What was told at enrolment is one measurement among the others.
    fn newest(&self, day: Date) -> InForce {
        let subject = &self.course.subject;
        let until = self.course.measured_until(day);
        let known = until.iter().fold(InForce::default(), |known, measurement| InForce {
            height: measurement.height.or(known.height),
            weight: measurement.weight.or(known.weight),
            creatinine: measurement.creatinine.or(known.creatinine),
            gfr: self.kidney(measurement, known.gfr),
            measured: None,
        });
        // Of what was first measured after the day, the enrolment's figures are better than none.
        InForce {
            height: known.height.or(subject.height),
            weight: known.weight.or(subject.weight),
            creatinine: known.creatinine.or(subject.creatinine),
            gfr: known.gfr.or(subject.gfr.filter(|_| known.creatinine.is_none())),
            measured: self.weighed(day).or(subject.measured),
        }
    }

    /// The day of a weight newer than that of the enrolment, of which the day may be unknown.
    fn weighed(&self, day: Date) -> Option<Date> {
        let subject = &self.course.subject;
        let enrolled = subject.weight.map(|_| self.course.first_measured()).filter(|on| *on <= day);
        let weights = self.course.measurements.iter().filter(|one| one.weight.is_some() && one.on <= day);
        weights.map(|one| one.on).filter(|on| enrolled.is_none_or(|enrolled| *on >= enrolled)).max()
    }

    /// A newer kidney function that a drug does not look at is told.
    fn kidney_not_used(&self, newest: &InForce, first: &InForce, number: u32) -> Option<Notice> {
        if (newest.creatinine, newest.gfr) == (first.creatinine, first.gfr) {
            return None;
        }
        let never = |drug: &&Drug| drug.gfr.as_ref().is_some_and(|rule| !rule.recalculate);
        let text = format!(
            "The kidney function was measured again for cycle {number}: {} keeps that of cycle 1, as the regimen says (gfr.recalculate).",
            self.regimen.drugs().find(never)?.full_name()
        );
        Some(Notice { weight: None, finding: Finding::note("kidney-not-used", text).field("creatinine") })
    }

    /// The measured kidney function in force. A newer creatinine takes the place of an older measured one
    /// wherever the regimen can make kidney function of it: what is newest counts.
    fn kidney(&self, measurement: &Measurement, known: Option<Gfr>) -> Option<Gfr> {
        let from_creatinine = dosing::needs(self.regimen).contains(&crate::subject::Fact::Creatinine);
        measurement.gfr.or(known.filter(|_| measurement.creatinine.is_none() || !from_creatinine))
    }

    /// The weight a new one is compared with.
    fn reference(&self, first: &InForce) -> Option<Weight> {
        match self.regimen.body.as_ref()?.recalculate {
            Recalculate::Change { last_used: true, .. } => self.last_used,
            _ => first.weight,
        }
    }

    /// The weight to use: the reference below the threshold, the new one from it.
    fn decide(&self, weight: Weight, reference: Weight, cycle: u32, notices: &mut Vec<Notice>) -> Weight {
        let rule = self.regimen.body.as_ref().map(|body| body.recalculate);
        let exact = weight
            .value()
            .checked_sub(reference.value())
            .and_then(|change| change.checked_mul(Decimal::ONE_HUNDRED))
            .and_then(|change| change.checked_div(reference.value()));
        let Some(exact) = exact else { return weight };
        let takes_new = match rule {
            Some(Recalculate::Never) => false,
            Some(Recalculate::Change { percent, reaching, .. }) => {
                exact.abs() > percent || (reaching && exact.abs() == percent)
            }
            Some(Recalculate::EveryCycle) | None => true,
        };
        notices.extend(weighed(cycle, (weight, reference), takes_new, Finding::warn));
        if takes_new { weight } else { reference }
    }

    fn state(&self, measurements: &InForce, on: Date) -> State<'a> {
        let subject = &self.course.subject;
        State {
            height: measurements.height,
            weight: measurements.weight,
            sex: subject.sex,
            age: subject.age_on(on),
            creatinine: measurements.creatinine,
            gfr: measurements.gfr,
            genotype: subject.genotype.as_deref(),
            tests: Some(&subject.tests),
            cohort: subject.cohort.as_deref(),
            first: None,
        }
    }

    /// The body size of a set of measurements; `None` where the regimen does not use one.
    pub(super) fn size(&mut self, measurements: &InForce, on: Date) -> Result<Option<Size>, FormulaError> {
        self.size_by(self.regimen, measurements, on)
    }

    /// The same, as a text says it: an earlier version of the regimen, or the one in force.
    fn size_by(&mut self, regimen: &Regimen, measurements: &InForce, on: Date) -> Result<Option<Size>, FormulaError> {
        let same = |(text, known, _): &&(String, InForce, _)| *text == regimen.sha256 && known == measurements;
        if let Some((_, _, size)) = self.sizes.iter().find(same) {
            return Ok(size.clone());
        }
        let size = match &regimen.body {
            Some(body) => Some(dosing::size(body, &self.state(measurements, on))?),
            None => None,
        };
        self.sizes.push((regimen.sha256.clone(), *measurements, size.clone()));
        Ok(size)
    }

    /// What a drug's dose is made from in a cycle.
    pub(super) fn inputs(&mut self, turn: &Turn<'_>) -> Arc<DoseInputs> {
        // A drug that keeps the kidney function of the first day looks at no later one.
        let first = self.before(turn.drug).map(|first| (first.creatinine, first.gfr));
        let (creatinine, gfr) = first.unwrap_or((turn.measurements.creatinine, turn.measurements.gfr));
        let used = InForce { creatinine, gfr, ..turn.measurements };
        let same = |(on, known, _): &&(Date, InForce, Arc<DoseInputs>)| *on == turn.anchor && *known == used;
        if let Some((.., inputs)) = self.inputs.iter().find(same) {
            return Arc::clone(inputs);
        }
        let (course, subject) = (self.course, &self.course.subject);
        let regimen = turn.drug.text.as_deref().unwrap_or(self.regimen);
        let inputs = Arc::new(DoseInputs {
            height: inputs::reading(course, turn.anchor, used.height, subject.height, |one| one.height),
            weight: inputs::reading(course, turn.anchor, used.weight, subject.weight, |one| one.weight),
            creatinine: inputs::reading(course, turn.anchor, used.creatinine, subject.creatinine, |one| one.creatinine),
            gfr: inputs::reading(course, turn.anchor, used.gfr, subject.gfr, |one| one.gfr),
            size: self.size_by(regimen, &turn.measurements, turn.anchor).ok().flatten(),
        });
        self.inputs.push((turn.anchor, used, Arc::clone(&inputs)));
        inputs
    }

    /// The reduction in force for a drug in a cycle.
    pub(super) fn force(&self, drug: &str, cycle: &PlannedCycle, loading: bool) -> Force {
        Force { loading, ..super::reduced::reduced(self.regimen, self.course, drug, (cycle.phase, cycle.number)) }
    }

    /// The dose of which a drug's is a fraction: that of the other drug's administration of the day, or of the last before
    /// it in the cycle, as it is planned or was given. Where there is none, what the reduction in force makes of it.
    pub(super) fn of(
        &mut self,
        turn: &Turn<'_>,
        day: i32,
        on: Date,
        planned: &[Administration],
    ) -> Result<Option<Amount>, DoseError> {
        let Some(share) = &turn.drug.share else { return Ok(None) };
        let Some(owner) =
            turn.phase.drugs.iter().position(|drug| drug.id == share.of && drug.in_cycle(turn.cycle.number))
        else {
            return Ok(None);
        };
        let of_owner = |one: &&Administration| {
            let key = &one.key;
            one.phase == turn.cycle.phase && key.cycle == turn.cycle.number && one.drug == owner && key.day <= day
        };
        let last = planned.iter().filter(of_owner).map(|one| one.key.day).max();
        if let Some(one) = planned.iter().filter(of_owner).find(|one| Some(one.key.day) == last) {
            let unit = turn.phase.drugs.get(owner).map(|drug| drug.dose.unit);
            return Ok(unit.and_then(|unit| one.dose.amount.in_unit(unit)).or(Some(one.dose.amount)));
        }
        let force = self.force(&share.of, turn.cycle, false);
        self.dose((turn.cycle.phase, owner), force, turn.measurements, on).map(|dose| Some(dose.amount))
    }

    /// The dose of a drug.
    pub(super) fn dose(
        &mut self,
        at: (usize, usize),
        force: Force,
        measurements: InForce,
        on: Date,
    ) -> Result<Arc<Dose>, DoseError> {
        let age = self.course.subject.age_on(on);
        let same =
            |known: &&Known| (known.drug, known.force, known.age, known.measurements) == (at, force, age, measurements);
        if let Some(known) = self.known.iter().find(same) {
            return Ok(Arc::clone(&known.dose));
        }
        let overflow = || DoseError::Overflow { drug: String::new() };
        let drug = self.regimen.phases.get(at.0).and_then(|phase| phase.drugs.get(at.1)).ok_or_else(overflow)?;
        // Cycles begun before the subject was moved are dosed as the text says that they were begun on.
        let regimen = drug.text.as_deref().unwrap_or(self.regimen);
        let size = match self.size_by(regimen, &measurements, on) {
            Ok(size) => size,
            // A flat dose asks for no body size; whatever else needs one says what is missing itself.
            Err(_) if drug.dose.basis == Basis::Flat => None,
            Err(error) => return Err(DoseError::Formula { drug: drug.full_name(), error }),
        };
        let first = self.before(drug);
        let state = State { first: first.as_ref(), ..self.state(&measurements, on) };
        let dose = Arc::new(dosing::dose(regimen, drug, &state, force, size.as_ref())?);
        self.known.push(Known { drug: at, force, age, measurements, dose: Arc::clone(&dose) });
        Ok(dose)
    }

    /// What was known on the first day, for a kidney function that is never computed again.
    fn before(&self, drug: &Drug) -> Option<State<'a>> {
        let never = drug.gfr.as_ref().is_some_and(|rule| !rule.recalculate);
        self.first.filter(|_| never).map(|(first, day)| self.state(&first, day))
    }

    /// The ladder and the length of the cycle that the start or the row of the table gives this subject. What is missing is
    /// told with the dose.
    pub(super) fn assigned(
        &mut self,
        at: (usize, usize),
        measurements: &InForce,
        on: Date,
    ) -> (Option<Ladder>, Option<i32>) {
        let regimen = self.regimen;
        let drug = regimen.phases.get(at.0).and_then(|phase| phase.drugs.get(at.1));
        let Some(drug) = drug else { return (None, None) };
        if drug.table.is_empty() && drug.starts_by.is_empty() {
            return (drug.ladder.clone(), None);
        }
        let regimen = drug.text.as_deref().unwrap_or(regimen);
        let size = self.size_by(regimen, measurements, on).ok().flatten();
        let first = self.before(drug);
        let state = State { first: first.as_ref(), ..self.state(measurements, on) };
        dosing::assigned(regimen, drug, &state, size.as_ref()).unwrap_or_else(|_| (drug.ladder.clone(), None))
    }
}
