//! Doses along a course. The same dose is computed once and shared.

use std::cell::RefCell;
use std::sync::Arc;

use crate::calendar::Date;
use crate::course::Course;
use crate::dosing::{self, Dose, DoseError, Modification, Size, SubjectOnDay};
use crate::quantity::{Age, Basis};
use crate::regimen::{Drug, Ladder, Regimen};

use super::drug_in_cycle::DrugInCycle;
use super::inputs::{self, DoseInputs};
use super::measured::{Figures, MeasurementsInForce};

/// A dose already computed, with what it was computed from.
struct Computed {
    drug: (usize, usize),
    force: Modification,
    /// A table by age moves on with the years.
    age: Option<Age>,
    measurements: MeasurementsInForce,
    dose: Arc<Dose>,
}

/// Computes doses, and remembers them: asked twice, it answers the same.
pub(super) struct DoseCalculator<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    doses: RefCell<Vec<Computed>>,
    sizes: RefCell<Vec<(String, Figures, Option<Size>)>>,
    /// What doses were made from, by the day and the figures in force.
    inputs: RefCell<Vec<(Date, Figures, Arc<DoseInputs>)>>,
}

impl<'a> DoseCalculator<'a> {
    pub(super) fn new(regimen: &'a Regimen, course: &'a Course) -> Self {
        Self { regimen, course, doses: RefCell::default(), sizes: RefCell::default(), inputs: RefCell::default() }
    }

    /// The body size of a set of measurements; `None` where the regimen does not use one.
    pub(super) fn size(&self, measurements: &MeasurementsInForce, on: Date) -> Option<Size> {
        self.size_by(self.regimen, measurements, on).ok().flatten()
    }

    /// The dose of a drug, which stands at this place of this phase, in the cycle that begins on a day: a birthday within it
    /// changes nothing before the next.
    pub(super) fn dose(
        &self,
        (at, drug): ((usize, usize), &Drug),
        force: Modification,
        measurements: &MeasurementsInForce,
        on: Date,
    ) -> Result<Arc<Dose>, DoseError> {
        let age = self.course.subject.age_on(on);
        let same = |known: &&Computed| {
            (known.drug, known.force, known.age, &known.measurements) == (at, force, age, measurements)
        };
        if let Some(known) = self.doses.borrow().iter().find(same) {
            return Ok(Arc::clone(&known.dose));
        }
        // Cycles begun before the subject was moved are dosed as the text says that they were begun on.
        let regimen = drug.text.as_deref().unwrap_or(self.regimen);
        let size = match self.size_by(regimen, measurements, on) {
            Ok(size) => size,
            // A flat dose asks for no body size; whatever else needs one says what is missing itself.
            Err(_) if drug.dosing.options().any(|one| one.dose.basis == Basis::Flat && !one.by_surface()) => None,
            Err(error) => return Err(DoseError::Formula { drug: drug.full_name(), error }),
        };
        let first = self.first(drug, measurements);
        let state = SubjectOnDay { first: first.as_ref(), ..self.state(&measurements.figures, on) };
        let dose = Arc::new(dosing::dose(regimen, drug, &state, force, size.as_ref())?);
        let computed = Computed { drug: at, force, age, measurements: *measurements, dose: Arc::clone(&dose) };
        self.doses.borrow_mut().push(computed);
        Ok(dose)
    }

    /// The ladder and the length of the cycle that the start or the row of the table gives this subject. What is missing is
    /// told with the dose.
    pub(super) fn assigned(
        &self,
        drug: &Drug,
        measurements: &MeasurementsInForce,
        on: Date,
    ) -> (Option<Ladder>, Option<i32>) {
        let regimen = drug.text.as_deref().unwrap_or(self.regimen);
        let size = self.size_by(regimen, measurements, on).ok().flatten();
        let first = self.first(drug, measurements);
        let state = SubjectOnDay { first: first.as_ref(), ..self.state(&measurements.figures, on) };
        dosing::assigned(regimen, drug, &state, size.as_ref()).unwrap_or_else(|_| (drug.dosing.ladder.clone(), None))
    }

    /// What a drug's dose is made from in a cycle.
    pub(super) fn inputs(&self, one: &DrugInCycle<'_, '_>) -> Arc<DoseInputs> {
        let (measurements, day) = (one.measurements, one.anchor());
        // A drug that keeps the kidney function of the first day looks at no later one.
        let kidney = if keeps_first_kidney(one.drug) { measurements.first.0 } else { measurements.figures };
        let used = Figures { creatinine: kidney.creatinine, gfr: kidney.gfr, ..measurements.figures };
        let same = |(on, known, _): &&(Date, Figures, Arc<DoseInputs>)| (*on, known) == (day, &used);
        if let Some((.., inputs)) = self.inputs.borrow().iter().find(same) {
            return Arc::clone(inputs);
        }
        let (course, subject) = (self.course, &self.course.subject);
        let regimen = one.drug.text.as_deref().unwrap_or(self.regimen);
        let inputs = Arc::new(DoseInputs {
            height: inputs::reading(course, day, used.height, subject.height, |one| one.height),
            weight: inputs::reading(course, day, used.weight, subject.weight, |one| one.weight),
            creatinine: inputs::reading(course, day, used.creatinine, subject.creatinine, |one| one.creatinine),
            gfr: inputs::reading(course, day, used.gfr, subject.gfr, |one| one.gfr),
            size: self.size_by(regimen, measurements, day).ok().flatten(),
        });
        self.inputs.borrow_mut().push((day, used, Arc::clone(&inputs)));
        inputs
    }

    /// Size as a text says it: an earlier version of the regimen, or the one in force.
    fn size_by(
        &self,
        regimen: &Regimen,
        measurements: &MeasurementsInForce,
        on: Date,
    ) -> Result<Option<Size>, crate::formula::FormulaError> {
        let Some(body) = &regimen.body else { return Ok(None) };
        let figures = measurements.figures;
        let same = |(text, known, _): &&(String, Figures, _)| *text == regimen.sha256 && *known == figures;
        if let Some((_, _, size)) = self.sizes.borrow().iter().find(same) {
            return Ok(size.clone());
        }
        let size = Some(dosing::size(body, &self.state(&figures, on))?);
        self.sizes.borrow_mut().push((regimen.sha256.clone(), figures, size.clone()));
        Ok(size)
    }

    fn state(&self, figures: &Figures, on: Date) -> SubjectOnDay<'a> {
        let subject = &self.course.subject;
        SubjectOnDay {
            height: figures.height,
            weight: figures.weight,
            sex: subject.sex,
            age: subject.age_on(on),
            age_at_start: subject.age_on(self.course.start),
            creatinine: figures.creatinine,
            gfr: figures.gfr,
            genotype: subject.genotype.as_deref(),
            tests: Some(&subject.tests),
            cohort: subject.cohort.as_deref(),
            first: None,
        }
    }

    /// What was known on the first day, for a kidney function that is never computed again.
    fn first(&self, drug: &Drug, measurements: &MeasurementsInForce) -> Option<SubjectOnDay<'a>> {
        let (figures, day) = &measurements.first;
        keeps_first_kidney(drug).then(|| self.state(figures, *day))
    }
}

/// Whether the kidney function of the first day stays.
fn keeps_first_kidney(drug: &Drug) -> bool {
    drug.gfr.as_ref().is_some_and(|rule| !rule.recalculate)
}
