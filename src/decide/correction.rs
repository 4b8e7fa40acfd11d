//! What an entry should have said: the figures of an event, typed over.

use crate::course::event::Event;
use crate::course::{Product, Times};
use crate::finding::Finding;
use crate::quantity::{Amount, Decimal};
use crate::subject::Value;

use super::findings;

/// Figures in the place of those an event holds; what is `None` or not among the facts stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)] // the events say what each means
pub struct Correction {
    /// Of an enrolment or a measurement; the first day before a date of birth.
    pub facts: Vec<Value>,
    pub dose: Option<Amount>,
    pub days: Option<i32>,
    pub level: Option<i32>,
    pub percent: Option<Decimal>,
    /// Of a dose or of home doses; what is not named stays.
    pub product: Product,
    /// Of a dose.
    pub times: Times,
    /// Of an enrolment.
    pub study: Option<String>,
    pub site: Option<String>,
    /// Its reason or remark.
    pub text: Option<String>,
}

impl Correction {
    /// The event as it should have been; a figure that such an entry does not hold is refused, never dropped.
    pub fn corrected(&self, event: &Event) -> Result<Event, Finding> {
        let mut corrected = event.clone();
        for value in &self.facts {
            let fact = value.fact();
            if let (Event::Enrolled(enrolled), Value::Born(born)) = (&corrected, value)
                && *born > enrolled.start
            {
                return Err(findings::born_after_start(*born, enrolled.start));
            }
            if !corrected.set(value.clone()) {
                return Err(findings::not_in_entry(event, fact.described().noun, fact.name()));
            }
        }
        for (given, what, field, held) in [
            (self.dose.is_some(), "dose", "dose", matches!(event, Event::Given(_))),
            (self.days.is_some(), "days of delay", "days", matches!(event, Event::Delayed(_))),
            (self.level.is_some(), "dose level", "level", matches!(event, Event::Changed(_))),
            (self.percent.is_some(), "percentage", "percent", matches!(event, Event::Changed(_))),
            (!self.product.is_empty(), "kit or lot", "lot", holds_product(event)),
            (!self.times.is_empty(), "hour", "start-time", matches!(event, Event::Given(_))),
            (self.study.is_some(), "study", "study", matches!(event, Event::Enrolled(_))),
            (self.site.is_some(), "site", "site", matches!(event, Event::Enrolled(_))),
            (self.text.is_some(), "reason or remark", "text", worded(event)),
        ] {
            if given && !held {
                return Err(findings::not_in_entry(event, what, field));
            }
        }
        self.rest(&mut corrected);
        Ok(corrected)
    }

    fn rest(&self, event: &mut Event) {
        let text = self.text.clone();
        match event {
            Event::Given(given) => {
                // In the unit in which doses of it are added up.
                let dose = self.dose.map(|dose| dose.in_unit(given.dose.unit).unwrap_or(dose));
                given.dose = dose.unwrap_or(given.dose);
                // One dose typed for a day of two unequal ones holds for both.
                let both = dose.filter(|_| given.morning.is_some());
                (given.morning, given.evening) = (both.or(given.morning), both.or(given.evening));
                given.product = self.product.clone().or(&given.product);
                given.times = self.times.or(&given.times);
                given.reason = text.or(given.reason.take());
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
            Event::Criteria(one) => one.found = text.unwrap_or_else(|| one.found.clone()),
            Event::Supply(one) => {
                one.product = self.product.clone().or(&one.product);
                one.reason = text.or(one.reason.take());
            }
            Event::Prepared(one) => {
                one.product = self.product.clone().or(&one.product);
                one.reason = text.or(one.reason.take());
            }
            Event::Enrolled(one) => {
                one.study = self.study.clone().or(one.study.take());
                one.site = self.site.clone().or(one.site.take());
            }
            Event::Moved(one) => one.reason = text.unwrap_or_else(|| one.reason.clone()),
            Event::Held(one) | Event::Omitted(one) => one.reason = text.unwrap_or_else(|| one.reason.clone()),
            Event::Stopped(one) => one.reason = text.unwrap_or_else(|| one.reason.clone()),
            Event::Note(one) => one.reason = text.unwrap_or_else(|| one.reason.clone()),
            _ => {}
        }
    }
}

/// Whether an entry has a reason or a remark, be it an empty one.
fn worded(event: &Event) -> bool {
    event.reason().is_some() || holds_product(event)
}

/// Whether an entry has room for a kit and a lot.
fn holds_product(event: &Event) -> bool {
    matches!(event, Event::Given(_) | Event::Supply(_) | Event::Prepared(_))
}
