//! What is known of one subject at one time.

use crate::calendar::{Date, completed_years};
use crate::quantity::{Age, Creatinine, Decimal, Gfr, Height, Results, Sex, Weight};

/// What is known of a subject at one time. Nothing has a default: what is `None` was not given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Subject {
    /// Height.
    pub height: Option<Height>,
    /// Actual weight.
    pub weight: Option<Weight>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Completed years, where no date of birth was given.
    pub age: Option<Age>,
    /// Date of birth; used to compute ages, never stored or exported.
    pub born: Option<Date>,
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
    /// Height and weight were measured and typed a second time, after a message had questioned them.
    pub remeasured: bool,
}

impl Subject {
    /// Completed years on a day.
    pub fn age_on(&self, day: Date) -> Option<Age> {
        self.born.map(|born| Age::new(Decimal::from(completed_years(born, day)))).or(self.age)
    }
}
