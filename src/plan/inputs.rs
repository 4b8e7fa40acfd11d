//! The measurements a dose was made from, each with its day.

use crate::calendar::Date;
use crate::course::{Course, Measurement};
use crate::dosing::Size;
use crate::quantity::{Creatinine, Gfr, Height, Weight};

/// A figure, and the day on which it was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading<T> {
    /// The figure.
    pub value: T,
    /// The day; `None` where nobody stated it.
    pub on: Option<Date>,
}

/// What was in force for one dose: not always the newest figures, because a regimen may say that a small change of
/// weight, or a later kidney function, changes no dose.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct DoseInputs {
    pub height: Option<Reading<Height>>,
    pub weight: Option<Reading<Weight>>,
    pub creatinine: Option<Reading<Creatinine>>,
    pub gfr: Option<Reading<Gfr>>,
    /// Body size made from them, where the regimen uses one.
    pub size: Option<Size>,
}

impl DoseInputs {
    /// The day of the newest of them, where any day is known.
    pub fn newest(&self) -> Option<Date> {
        let on = [
            self.height.and_then(|one| one.on),
            self.weight.and_then(|one| one.on),
            self.creatinine.and_then(|one| one.on),
            self.gfr.and_then(|one| one.on),
        ];
        on.into_iter().flatten().max()
    }
}

/// The figure with the day of the newest measurement until `day` that says it. The figures of the enrolment have the day
/// stated with them.
pub(super) fn reading<T: PartialEq + Copy>(
    course: &Course,
    day: Date,
    value: Option<T>,
    enrolled: Option<T>,
    of: impl Fn(&Measurement) -> Option<T>,
) -> Option<Reading<T>> {
    let value = value?;
    let since =
        course.measurements.iter().filter(|one| one.on <= day && of(one) == Some(value)).map(|one| one.on).max();
    let on = since.or(course.subject.measured.filter(|_| enrolled == Some(value)));
    Some(Reading { value, on })
}
