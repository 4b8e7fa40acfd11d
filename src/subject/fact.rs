//! What may be known of a subject: every fact once, with its name, label, unit, example and reader.
//!
//! An option of the command line, a field of the interface, a correction and a second person's check are made from
//! this one table, so that `f`, `46 years` or `7dec` is read alike wherever it is typed.

use crate::calendar::{self, Clock, Date};
use crate::quantity::body::Reading;
use crate::quantity::{Age, Creatinine, Gfr, Height, QuantityError, Results, Sex, Weight, spelling};

use super::{WeightFrom, typed};

/// One thing that may be known of a subject, in the order in which it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Day 1 of cycle 1.
    Start,
    /// Body height.
    Height,
    /// Actual weight.
    Weight,
    /// Sex, as the formulas use it.
    Sex,
    /// Age: completed years, of a young child months or days.
    Age,
    /// Age of a child born early, counted from the day it was due.
    CorrectedAge,
    /// Date of birth; the age is computed from it and it is kept nowhere.
    Born,
    /// Serum creatinine.
    Creatinine,
    /// Measured kidney function.
    Gfr,
    /// Genotype as the laboratory writes it.
    Genotype,
    /// Laboratory results that a dose depends on.
    Lab,
    /// Assigned cohort or arm.
    Cohort,
    /// The day height and weight were measured.
    Measured,
    /// Where the weight is from.
    WeightFrom,
    /// The day of consent.
    Consented,
    /// The day of enrolment in the study.
    Enrolled,
    /// The day of randomisation.
    Randomised,
    /// The clock time of hour 0.
    At,
}

/// A fact with what is known of it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // as the facts of these names
pub enum Value {
    Start(Date),
    Height(Height),
    Weight(Weight),
    Sex(Sex),
    Age(Age),
    CorrectedAge(Age),
    Born(Date),
    Creatinine(Creatinine),
    Gfr(Gfr),
    Genotype(String),
    Lab(Results),
    Cohort(String),
    Measured(Date),
    WeightFrom(WeightFrom),
    Consented(Date),
    Enrolled(Date),
    Randomised(Date),
    At(Clock),
}

impl Fact {
    /// The days in a subject's course through a study that visits may be counted from.
    pub const REFERENCE_DATES: &'static [Fact] = &[Fact::Consented, Fact::Enrolled, Fact::Randomised];

    /// Every fact, in the order in which they are asked for.
    pub const ALL: &'static [Fact] = &[
        Fact::Start,
        Fact::Height,
        Fact::Weight,
        Fact::Sex,
        Fact::Age,
        Fact::CorrectedAge,
        Fact::Born,
        Fact::Creatinine,
        Fact::Gfr,
        Fact::Genotype,
        Fact::Lab,
        Fact::Cohort,
        Fact::Measured,
        Fact::WeightFrom,
        Fact::Consented,
        Fact::Enrolled,
        Fact::Randomised,
        Fact::At,
    ];

    /// Its name: of the option, in documents, in findings.
    pub const fn name(self) -> &'static str {
        self.described().name
    }

    /// The fact of this name.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.name() == name)
    }

    /// Reads what a person typed; of a converted unit or a short date it says what it was taken for.
    ///
    /// Errors name what was typed, what is wrong with it and what would be right.
    ///
    /// ```
    /// use posology::subject::{Fact, Value};
    /// use posology::quantity::Sex;
    /// let today = posology::calendar::read("2026-12-05").unwrap();
    /// for typed in ["f", "F", "female", "Female"] {
    ///     assert_eq!(Fact::Sex.read(typed, today).unwrap().value, Value::Sex(Sex::Female));
    /// }
    /// assert_eq!(Fact::Start.read("7dec", today).unwrap().converted.unwrap(), "7dec is Monday 07-Dec-2026");
    /// ```
    pub fn read(self, text: &str, today: Date) -> Result<Reading<Value>, QuantityError> {
        let tidy = spelling::tidy(text);
        let text = tidy.as_str();
        let plain = |value| Reading { value, converted: None };
        let day = |fact: fn(Date) -> Value| {
            let date = calendar::typed(text, today)?;
            let full = || format!("{text} is {} {}", calendar::weekday(date), calendar::print(date));
            Ok(Reading { value: fact(date), converted: calendar::read(text).is_err().then(full) })
        };
        match self {
            Fact::Start => day(Value::Start),
            Fact::Measured => day(Value::Measured),
            Fact::Consented => day(Value::Consented),
            Fact::Enrolled => day(Value::Enrolled),
            Fact::Randomised => day(Value::Randomised),
            Fact::WeightFrom => WeightFrom::read(text).map(Value::WeightFrom).map(plain),
            Fact::At => Clock::read(text).map(Value::At).map(plain),
            Fact::Height => Height::read_echo(text).map(|read| read.map(Value::Height)),
            Fact::Weight => Weight::read_echo(text).map(|read| read.map(Value::Weight)),
            Fact::Sex => Sex::read(text).map(Value::Sex).map(plain),
            Fact::Age if typed::is_age(text) => Age::read(text).map(Value::Age).map(plain),
            Fact::CorrectedAge => Age::read_corrected(text).map(Value::CorrectedAge).map(plain),
            Fact::Age | Fact::Born => typed::birth(text, today).map(Value::Born).map(plain),
            Fact::Creatinine => Creatinine::read(text).map(Value::Creatinine).map(plain),
            Fact::Gfr => Gfr::read(text).map(Value::Gfr).map(plain),
            Fact::Genotype => Ok(plain(Value::Genotype(text.trim().to_owned()))),
            Fact::Lab => Results::read(text).map(Value::Lab).map(plain),
            Fact::Cohort => Ok(plain(Value::Cohort(text.trim().to_owned()))),
        }
    }
}

impl Value {
    /// Which fact it is of.
    pub const fn fact(&self) -> Fact {
        match self {
            Value::Start(_) => Fact::Start,
            Value::Height(_) => Fact::Height,
            Value::Weight(_) => Fact::Weight,
            Value::Sex(_) => Fact::Sex,
            Value::Age(_) => Fact::Age,
            Value::CorrectedAge(_) => Fact::CorrectedAge,
            Value::Born(_) => Fact::Born,
            Value::Creatinine(_) => Fact::Creatinine,
            Value::Gfr(_) => Fact::Gfr,
            Value::Genotype(_) => Fact::Genotype,
            Value::Lab(_) => Fact::Lab,
            Value::Cohort(_) => Fact::Cohort,
            Value::Measured(_) => Fact::Measured,
            Value::WeightFrom(_) => Fact::WeightFrom,
            Value::Consented(_) => Fact::Consented,
            Value::Enrolled(_) => Fact::Enrolled,
            Value::Randomised(_) => Fact::Randomised,
            Value::At(_) => Fact::At,
        }
    }
}

impl Value {
    /// The text that its reader makes the same value of, as far as it is a figure of the body.
    pub fn typed(&self) -> String {
        match self {
            Value::Height(height) => height.write(),
            Value::Weight(weight) => weight.write(),
            Value::Age(age) | Value::CorrectedAge(age) => age.write(),
            other => other.to_string(),
        }
    }

    /// The day, of what is one.
    pub const fn date(&self) -> Option<Date> {
        match self {
            Value::Start(date)
            | Value::Born(date)
            | Value::Measured(date)
            | Value::Consented(date)
            | Value::Enrolled(date)
            | Value::Randomised(date) => Some(*date),
            _ => None,
        }
    }
}

/// As a person reads it.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Start(date)
            | Value::Born(date)
            | Value::Measured(date)
            | Value::Consented(date)
            | Value::Enrolled(date)
            | Value::Randomised(date) => f.write_str(&calendar::print(*date)),
            Value::Height(height) => height.fmt(f),
            Value::Weight(weight) => weight.fmt(f),
            Value::Sex(sex) => f.write_str(sex.written()),
            Value::Age(age) | Value::CorrectedAge(age) => age.fmt(f),
            Value::Creatinine(creatinine) => creatinine.fmt(f),
            Value::Gfr(gfr) => gfr.fmt(f),
            Value::Genotype(text) | Value::Cohort(text) => f.write_str(text),
            Value::Lab(results) => results.fmt(f),
            Value::WeightFrom(from) => from.fmt(f),
            Value::At(clock) => clock.fmt(f),
        }
    }
}
