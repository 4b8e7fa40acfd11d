//! Whom a starting dose, a row of a table or a rule is for.

use crate::calendar::Date;
use crate::quantity::{Decimal, Measured};
use crate::subject::Subject;

use super::Range;

/// A condition on the subject; every part that is there must hold.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Condition {
    pub genotype: Option<String>,
    pub gfr: Option<Range>,
    pub age: Option<Range>,
    pub weight: Option<Range>,
    pub bsa: Option<Range>,
    /// Laboratory tests, each in its range.
    pub tests: Vec<TestRange>,
}

/// A laboratory test in a range.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRange {
    /// The test: `platelets`.
    pub test: String,
    /// The unit of the range.
    pub unit: &'static str,
    /// The range.
    pub range: Range,
}

impl TestRange {
    /// The figure of a result in the unit of the range; `None` where it does not convert.
    pub fn figure(&self, result: &Measured) -> Option<Decimal> {
        result.in_unit_of(self.unit, &self.test)
    }
}

impl Condition {
    /// Whether it holds for a subject as known at the start. What asks for a body surface or a kidney function is
    /// decided with the dose, not here.
    pub fn fits(&self, subject: &Subject, start: Date) -> bool {
        let age = subject.age_on(start);
        let found = |test: &TestRange| subject.tests.find(&test.test).and_then(|result| test.figure(result));
        self.bsa.is_none()
            && self.gfr.is_none()
            && self.weight.is_none_or(|range| subject.weight.is_some_and(|weight| range.holds(weight.value())))
            && self.age.is_none_or(|range| age.is_some_and(|age| range.holds(age.value())))
            && self.genotype.as_deref().is_none_or(|genotype| subject.genotype.as_deref() == Some(genotype))
            && self.tests.iter().all(|test| found(test).is_some_and(|value| test.range.holds(value)))
    }

    /// Its parts in words: `genotype UGT1A1*28/*28`, `age 70 years or more`.
    pub fn words(&self) -> Vec<String> {
        let mut parts = Vec::new();
        parts.extend(self.genotype.as_ref().map(|genotype| format!("genotype {genotype}")));
        parts.extend(self.bsa.map(|range| format!("body surface {}", range.words("m²"))));
        parts.extend(self.gfr.map(|range| format!("GFR {}", range.words("mL/min"))));
        parts.extend(self.age.map(|range| format!("age {}", range.words("years"))));
        parts.extend(self.weight.map(|range| format!("weight {}", range.words("kg"))));
        parts.extend(self.tests.iter().map(|test| format!("{} {}", test.test, test.range.words(test.unit))));
        parts
    }
}
