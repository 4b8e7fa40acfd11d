//! Whom a starting dose, a row of a table or a rule is for.

use crate::quantity::{Decimal, Measured};
use crate::regimen::completeness::OTHER;
use crate::regimen::genotype;

use super::{CohortDose, Range};

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

/// One thing a condition asks.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum ConditionPart<'c> {
    Genotype(&'c str),
    Age(Range),
    /// The age on the first day of treatment, which a rule for the start goes by.
    AgeAtStart(Range),
    Weight(Range),
    Surface(Range),
    Gfr(Range),
    Test(&'c TestRange),
    /// The cohort, one of those that have a dose.
    Cohort(&'c [CohortDose]),
}

/// What is known of a thing that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownPart {
    /// A genotype, as [`genotype::read`] has it, or the id of a cohort.
    Word(String),
    /// A figure in the unit of the range.
    Figure(Decimal),
}

impl ConditionPart<'_> {
    /// The same of a rule for the start: a subject starts once, so it goes by the age on that day.
    #[must_use]
    pub fn at_start(self) -> Self {
        match self {
            ConditionPart::Age(range) => ConditionPart::AgeAtStart(range),
            other => other,
        }
    }

    /// Its place among all that can be asked: the order in which a condition asks.
    pub fn rank(&self) -> (u8, Option<String>) {
        match self {
            ConditionPart::Cohort(_) => (0, None),
            ConditionPart::Genotype(_) => (1, None),
            ConditionPart::Age(_) | ConditionPart::AgeAtStart(_) => (2, None),
            ConditionPart::Weight(_) => (3, None),
            ConditionPart::Surface(_) => (4, None),
            ConditionPart::Gfr(_) => (5, None),
            ConditionPart::Test(test) => (6, Some(test.test.clone())),
        }
    }

    /// Whether it holds. "Any other" genotype is one that no row beside it names.
    pub fn holds<'r>(&self, known: &KnownPart, mut beside: impl Iterator<Item = &'r Condition>) -> bool {
        match (self, known) {
            (ConditionPart::Genotype(OTHER), KnownPart::Word(given)) => {
                !beside.any(|when| when.genotype.as_deref().is_some_and(|named| genotype::holds(given, named)))
            }
            (ConditionPart::Genotype(asked), KnownPart::Word(given)) => genotype::holds(given, asked),
            (
                ConditionPart::Age(range)
                | ConditionPart::AgeAtStart(range)
                | ConditionPart::Weight(range)
                | ConditionPart::Surface(range)
                | ConditionPart::Gfr(range),
                KnownPart::Figure(value),
            ) => range.holds(*value),
            (ConditionPart::Test(test), KnownPart::Figure(value)) => test.range.holds(*value),
            _ => false,
        }
    }
}

impl Condition {
    /// What it asks, one thing at a time.
    pub fn asks(&self) -> Vec<ConditionPart<'_>> {
        let mut asks = Vec::new();
        asks.extend(self.genotype.as_deref().map(ConditionPart::Genotype));
        asks.extend(self.age.map(ConditionPart::Age));
        asks.extend(self.weight.map(ConditionPart::Weight));
        asks.extend(self.bsa.map(ConditionPart::Surface));
        asks.extend(self.gfr.map(ConditionPart::Gfr));
        asks.extend(self.tests.iter().map(ConditionPart::Test));
        asks
    }

    /// Whether it holds: the one evaluator, of doses, ladders, lengths and advice alike. What does not fit decides, whatever
    /// else is unknown; else the first thing that nobody knows is the error. `beside` are the rows it stands among.
    ///
    /// ```
    /// # use posology::regimen::{Condition, KnownPart};
    /// let first = Condition { genotype: Some("A".to_owned()), ..Condition::default() };
    /// let other = Condition { genotype: Some("any other".to_owned()), ..Condition::default() };
    /// let rows = [first, other];
    /// let fits = |when: &Condition, given: &str| when.holds(&rows.iter(), |_| Ok::<_, ()>(KnownPart::Word(given.to_owned())));
    /// assert_eq!((fits(&rows[0], "B"), fits(&rows[1], "B"), fits(&rows[1], "A")), (Ok(false), Ok(true), Ok(false)));
    /// ```
    pub fn holds<'r, E>(
        &self,
        beside: &(impl Iterator<Item = &'r Condition> + Clone),
        mut known: impl FnMut(ConditionPart<'_>) -> Result<KnownPart, E>,
    ) -> Result<bool, E> {
        let mut unknown = None;
        for asked in self.asks() {
            match known(asked) {
                Ok(known) if !asked.holds(&known, beside.clone()) => return Ok(false),
                Ok(_) => {}
                Err(error) => unknown = unknown.or(Some(error)),
            }
        }
        unknown.map_or(Ok(true), Err)
    }

    /// Whether everybody it is compared with is one of its own: each thing it asks is asked there at least as narrowly.
    pub fn covers(&self, other: &Condition) -> bool {
        let genotype = self.genotype.is_none() || self.genotype == other.genotype;
        let tests = self.tests.iter().all(|test| other.same_test(test).is_some_and(|one| test.range.covers(one)));
        let covers = |(own, other): (Option<Range>, Option<Range>)| {
            own.is_none_or(|own| other.is_some_and(|other| own.covers(other)))
        };
        genotype && tests && self.ranges(other).into_iter().all(covers)
    }

    /// Whether somebody may be in both: nothing that both ask excludes it.
    pub fn meets(&self, other: &Condition) -> bool {
        let genotype = self.genotype.as_ref().zip(other.genotype.as_ref()).is_none_or(|(one, other)| one == other);
        let tests = self.tests.iter().all(|test| other.same_test(test).is_none_or(|one| test.range.meets(one)));
        let meets =
            |(own, other): (Option<Range>, Option<Range>)| own.zip(other).is_none_or(|(own, other)| own.meets(other));
        genotype && tests && self.ranges(other).into_iter().all(meets)
    }

    /// Whoever is in both; meant of two that meet.
    #[must_use]
    pub fn and(&self, other: &Condition) -> Condition {
        let both = |own: Option<Range>, other: Option<Range>| match (own, other) {
            (Some(own), Some(other)) => Some(own.and(other)),
            (own, other) => own.or(other),
        };
        let mut tests = self.tests.clone();
        for test in &other.tests {
            match tests.iter_mut().find(|one| (&one.test, one.unit) == (&test.test, test.unit)) {
                Some(own) => own.range = own.range.and(test.range),
                None => tests.push(test.clone()),
            }
        }
        let [gfr, age, weight, bsa] = self.ranges(other).map(|(own, other)| both(own, other));
        Condition { genotype: self.genotype.clone().or_else(|| other.genotype.clone()), gfr, age, weight, bsa, tests }
    }

    fn ranges(&self, other: &Condition) -> [(Option<Range>, Option<Range>); 4] {
        [(self.gfr, other.gfr), (self.age, other.age), (self.weight, other.weight), (self.bsa, other.bsa)]
    }

    fn same_test(&self, test: &TestRange) -> Option<Range> {
        let same = |one: &&TestRange| (&one.test, one.unit) == (&test.test, test.unit);
        self.tests.iter().find(same).map(|one| one.range)
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
