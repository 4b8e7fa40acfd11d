//! What an entry should have said: the figures of an event, typed over.

use crate::calendar::{self, Date};
use crate::course::Subject;
use crate::course::event::Event;
use crate::quantity::{Age, Amount, Creatinine, Decimal, Gfr, Height, QuantityError, Results, Sex, Weight};

/// Figures in the place of those an event holds; `None` leaves one as it is.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)] // the events say what each means
pub struct Mending {
    pub dose: Option<Amount>,
    pub height: Option<Height>,
    pub weight: Option<Weight>,
    pub creatinine: Option<Creatinine>,
    pub gfr: Option<Gfr>,
    /// Of an enrolment, as the four that follow.
    pub sex: Option<Sex>,
    /// Completed years on day 1.
    pub age: Option<Age>,
    pub genotype: Option<String>,
    pub cohort: Option<String>,
    /// Laboratory results, of an enrolment.
    pub tests: Option<Results>,
    /// Day 1 of cycle 1, of an enrolment.
    pub start: Option<Date>,
    pub remeasured: bool,
    pub days: Option<i32>,
    pub level: Option<i32>,
    pub percent: Option<Decimal>,
    /// Its reason or remark.
    pub text: Option<String>,
}

impl Mending {
    /// With the age that a date of birth gives on the first day of an enrolment; the date is not kept.
    pub fn born(self, born: Date, event: &Event) -> Result<Self, QuantityError> {
        let Event::Enrolled(enrolled) = event else { return Ok(self) };
        let start = self.start.unwrap_or(enrolled.start);
        if born > start {
            let wrong = format!("lies after the first day, {}", calendar::print(start));
            return Err(QuantityError::new(&calendar::print(born), wrong, "the date of birth, such as 1980-02-01"));
        }
        Ok(Self { age: Subject { born: Some(born), ..Subject::default() }.age_on(start), ..self })
    }

    /// The event as it should have been.
    pub fn mended(&self, event: &Event) -> Event {
        let mut event = event.clone();
        let text = self.text.clone();
        match &mut event {
            Event::Given(given) => {
                given.dose = self.dose.unwrap_or(given.dose);
                // One dose typed for a day of two unequal ones holds for both.
                let both = self.dose.filter(|_| given.morning.is_some());
                (given.morning, given.evening) = (both.or(given.morning), both.or(given.evening));
                given.reason = text.or(given.reason.take());
            }
            Event::Measured(measured) => {
                measured.height = self.height.or(measured.height);
                measured.weight = self.weight.or(measured.weight);
                measured.creatinine = self.creatinine.or(measured.creatinine);
                measured.gfr = self.gfr.or(measured.gfr);
                measured.remeasured |= self.remeasured;
            }
            Event::Enrolled(enrolled) => {
                enrolled.height = self.height.or(enrolled.height);
                enrolled.weight = self.weight.or(enrolled.weight);
                enrolled.creatinine = self.creatinine.or(enrolled.creatinine);
                enrolled.gfr = self.gfr.or(enrolled.gfr);
                enrolled.sex = self.sex.or(enrolled.sex);
                enrolled.age = self.age.or(enrolled.age);
                enrolled.genotype = self.genotype.clone().or(enrolled.genotype.take());
                enrolled.cohort = self.cohort.clone().or(enrolled.cohort.take());
                enrolled.tests = self.tests.clone().unwrap_or_else(|| enrolled.tests.clone());
                enrolled.start = self.start.unwrap_or(enrolled.start);
                enrolled.remeasured |= self.remeasured;
            }
            Event::Delayed(delayed) => {
                delayed.days = self.days.unwrap_or(delayed.days);
                delayed.reason = text.unwrap_or_else(|| delayed.reason.clone());
            }
            Event::Changed(changed) => {
                if self.level.is_some() || self.percent.is_some() {
                    (changed.level, changed.percent) = (self.level, self.percent);
                }
                changed.reason = text.unwrap_or_else(|| changed.reason.clone());
            }
            Event::Held(one) | Event::Omitted(one) => one.reason = text.unwrap_or_else(|| one.reason.clone()),
            Event::Stopped(one) | Event::Note(one) => one.reason = text.unwrap_or_else(|| one.reason.clone()),
            _ => {}
        }
        event
    }
}
