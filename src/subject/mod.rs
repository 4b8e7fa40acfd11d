//! What is known of one subject at one time.

mod described;
mod fact;
mod typed;
mod weight_from;

pub use described::Described;
pub use fact::{Fact, Value};
pub use weight_from::WeightFrom;

use crate::calendar::{Clock, Date, completed_months, completed_years, days_between};
use crate::quantity::{Age, Creatinine, Gfr, Height, Results, Sex, Weight};

/// Whether a character may stand in the code of a subject or a study: it then stands safely in file names, tables and
/// identities.
pub fn may_stand_in_a_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

/// What is known of a subject at one time. Nothing has a default: what is `None` was not given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Subject {
    /// Height.
    pub height: Option<Height>,
    /// Actual weight.
    pub weight: Option<Weight>,
    /// Sex.
    pub sex: Option<Sex>,
    /// The age, where no date of birth was given.
    pub age: Option<Age>,
    /// Of a child below two years that was born early: its age counted from the day it was due.
    pub corrected_age: Option<Age>,
    /// Date of birth; used to compute ages, never stored or exported.
    pub born: Option<Date>,
    /// The age on the day of consent, of a subject on record, who has no date of birth.
    pub age_consented: Option<Age>,
    /// Serum creatinine.
    pub creatinine: Option<Creatinine>,
    /// Measured kidney function.
    pub gfr: Option<Gfr>,
    /// Genotype as the laboratory writes it.
    pub genotype: Option<String>,
    /// What the laboratory found, for regimens that ask for it.
    pub tests: Results,
    /// Cohort of an escalation.
    pub cohort: Option<String>,
    /// Drugs given instead of the ones they may replace, by id.
    pub instead: Vec<String>,
    /// The day height and weight were measured.
    pub measured: Option<Date>,
    /// Where the weight is from.
    pub weight_from: Option<WeightFrom>,
    /// The day of consent.
    pub consented: Option<Date>,
    /// The day of enrolment in the study.
    pub enrolled: Option<Date>,
    /// The day of randomisation.
    pub randomised: Option<Date>,
    /// The clock time of hour 0.
    pub at: Option<Clock>,
    /// Height and weight were measured and typed a second time: in entries of older versions, which had no other answer.
    pub remeasured: bool,
}

impl Subject {
    /// The age on a day: completed years from three on, before that months, and days in the first month.
    pub fn age_on(&self, day: Date) -> Option<Age> {
        self.born.map(|born| age_of(born, day)).or(self.age)
    }

    /// The age on the day of consent, where the day and the date of birth are known, or were at enrolment.
    pub fn age_at_consent(&self) -> Option<Age> {
        self.born.zip(self.consented).map(|(born, on)| age_of(born, on)).or(self.age_consented)
    }

    /// What is known of a fact; of the age what was given, be it years or the date of birth.
    pub fn get(&self, fact: Fact) -> Option<Value> {
        match fact {
            Fact::Start => None, // the course holds it
            Fact::Height => self.height.map(Value::Height),
            Fact::Weight => self.weight.map(Value::Weight),
            Fact::Sex => self.sex.map(Value::Sex),
            Fact::Age => self.age.map(Value::Age),
            Fact::CorrectedAge => self.corrected_age.map(Value::CorrectedAge),
            Fact::Born => self.born.map(Value::Born),
            Fact::Creatinine => self.creatinine.map(Value::Creatinine),
            Fact::Gfr => self.gfr.map(Value::Gfr),
            Fact::Genotype => self.genotype.clone().map(Value::Genotype),
            Fact::Lab => Some(self.tests.clone()).filter(|tests| !tests.is_empty()).map(Value::Lab),
            Fact::Cohort => self.cohort.clone().map(Value::Cohort),
            Fact::Measured => self.measured.map(Value::Measured),
            Fact::WeightFrom => self.weight_from.map(Value::WeightFrom),
            Fact::Consented => self.consented.map(Value::Consented),
            Fact::Enrolled => self.enrolled.map(Value::Enrolled),
            Fact::Randomised => self.randomised.map(Value::Randomised),
            Fact::At => self.at.clone().map(Value::At),
        }
    }

    /// Takes in what is known of a fact, in the place of what was.
    pub fn set(&mut self, value: Value) {
        match value {
            Value::Start(_) => {} // the course holds it
            Value::Height(height) => self.height = Some(height),
            Value::Weight(weight) => self.weight = Some(weight),
            Value::Sex(sex) => self.sex = Some(sex),
            Value::Age(age) => (self.age, self.born) = (Some(age), None),
            Value::Born(born) => self.born = Some(born),
            Value::CorrectedAge(age) => self.corrected_age = Some(age),
            Value::Creatinine(creatinine) => self.creatinine = Some(creatinine),
            Value::Gfr(gfr) => self.gfr = Some(gfr),
            Value::Genotype(genotype) => self.genotype = Some(genotype),
            Value::Lab(tests) => self.tests = tests,
            Value::Cohort(cohort) => self.cohort = Some(cohort),
            Value::Measured(day) => self.measured = Some(day),
            Value::WeightFrom(from) => self.weight_from = Some(from),
            Value::Consented(day) => self.consented = Some(day),
            Value::Enrolled(day) => self.enrolled = Some(day),
            Value::Randomised(day) => self.randomised = Some(day),
            Value::At(clock) => self.at = Some(clock),
        }
    }
}

/// From this age in completed years on, months are not told any more.
const YEARS_FROM: i32 = 3;

/// The age on a day of somebody born on another.
pub fn age_of(born: Date, day: Date) -> Age {
    match (completed_years(born, day), completed_months(born, day)) {
        (years, _) if !(0..YEARS_FROM).contains(&years) => Age::new(years.into()),
        (_, 0) => Age::of_days(days_between(born, day).into()),
        (_, months) => Age::of_months(months.into()),
    }
}
