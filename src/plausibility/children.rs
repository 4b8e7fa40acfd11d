//! Height, weight and body-mass index of a child, by its age and sex.

use super::growth::{self, Measure};
use super::limits::{Grade, Limits};
use super::slip::Body;
use super::{Measurements, findings};
use crate::finding::{Field, Finding, Severity};
use crate::quantity::{Age, Decimal, Sex};

/// Below this age a child born early is compared by its corrected age.
const CORRECTED_BELOW: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// A child as it is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Child {
    sex: Option<Sex>,
    age: Age,
    months: (Decimal, Decimal),
}

impl Child {
    /// `None` of an adult, and of whose age nothing is known.
    pub(super) fn of(subject: &Measurements, limits: &Limits) -> Option<Self> {
        if !super::subject::is_child(subject, limits) {
            return None;
        }
        let told = subject.age?;
        let (least, _) = told.months(subject.days_since)?;
        let age = subject.corrected_age.filter(|_| least < CORRECTED_BELOW).unwrap_or(told);
        Some(Self { sex: subject.sex, age, months: age.months(subject.days_since)? })
    }

    /// The score of a figure nearest to the mean, as the age and the sex are known.
    pub(super) fn z(&self, measure: Measure, value: Decimal) -> Option<Decimal> {
        growth::nearest(measure, self.sex, self.months, value)
    }

    /// What there is to compare of a body.
    fn measures(body: Body) -> impl Iterator<Item = (Measure, Decimal)> {
        let all = [(Measure::Height, body.height), (Measure::Weight, body.weight), (Measure::Bmi, body.bmi())];
        all.into_iter().filter_map(|(measure, value)| Some((measure, value?)))
    }

    fn graded(&self, body: Body, limits: &Limits) -> Vec<(Measure, Decimal, Decimal, Grade)> {
        let one = |(measure, value): (Measure, Decimal)| {
            let z = self.z(measure, value)?;
            Some((measure, value, z, limits.grade(measure.limits(), z)?))
        };
        Self::measures(body).filter_map(one).collect()
    }

    /// Every figure that is unusual for the age. What is measured again is what stands out.
    pub(super) fn findings(&self, body: Body, limits: &Limits) -> Vec<Finding> {
        let graded = self.graded(body, limits);
        let tall = graded.iter().any(|(measure, _, _, _)| *measure == Measure::Height);
        let told = graded.into_iter().map(|(measure, value, z, grade)| {
            let again = match measure {
                Measure::Height => vec![Field::Height],
                Measure::Bmi if tall => vec![Field::Height, Field::Weight],
                Measure::Weight | Measure::Bmi => vec![Field::Weight],
            };
            findings::for_age(measure, (value, z), self.age, &grade, again)
        });
        told.collect()
    }

    /// Whether nothing is calculated with a body as it stands.
    pub(super) fn grave(&self, body: Body, limits: &Limits) -> bool {
        self.graded(body, limits).iter().any(|(_, _, _, grade)| grade.severity <= Severity::Confirm)
    }

    /// Whether every figure of a body lies within so many deviations from the mean.
    pub(super) fn within(&self, body: Body, deviations: Decimal) -> bool {
        Self::measures(body).all(|(measure, value)| self.z(measure, value).is_none_or(|z| z.abs() <= deviations))
    }

    /// The score of the body-mass index; without a height, of the weight.
    pub(super) fn heaviness(&self, body: Body) -> Option<Decimal> {
        let index = body.bmi().and_then(|bmi| self.z(Measure::Bmi, bmi));
        index.or_else(|| self.z(Measure::Weight, body.weight?))
    }
}
