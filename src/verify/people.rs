//! Who must get in, and who must not without an act: the people of `tests/vectors/people.csv` through the check that every
//! face asks. The self-test tells where one of them is answered otherwise than the list says.

use crate::finding::{Lift, Severity};
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::{Age, Creatinine, Height, Weight};

const LIST: &str = include_str!("../../tests/vectors/people.csv");

/// What stands between a person and a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// At most a reason.
    Open,
    /// The unit of a bare figure.
    Unit,
    /// Measured again, or a second person.
    Confirm,
    /// No living person.
    Closed,
}

impl Way {
    /// The word of a list.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "open" => Way::Open,
            "unit" => Way::Unit,
            "confirm" => Way::Confirm,
            "closed" => Way::Closed,
            _ => return None,
        })
    }
}

/// A person, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the columns of the list
pub struct Person {
    pub height: &'static str,
    pub weight: &'static str,
    pub age: &'static str,
    pub corrected: &'static str,
    pub creatinine: &'static str,
    pub way: Option<Way>,
}

/// Everybody on the list.
pub fn people() -> impl Iterator<Item = Person> {
    LIST.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let mut cell = || cells.next().unwrap_or("");
        let (height, weight, age, corrected, creatinine) = (cell(), cell(), cell(), cell(), cell());
        Person { height, weight, age, corrected, creatinine, way: Way::read(cell()) }
    })
}

impl Person {
    /// What the program asks of them.
    pub fn asked(&self) -> Way {
        let subject = Measurements {
            height: Height::read(self.height).ok(),
            weight: Weight::read(self.weight).ok(),
            age: Age::read(self.age).ok(),
            corrected_age: Age::read_corrected(self.corrected).ok(),
            creatinine: Creatinine::read(self.creatinine).ok(),
            ..Measurements::default()
        };
        let findings = plausibility::check(&subject, &Policy::default());
        let has = |severity| findings.iter().any(|one| one.severity == severity);
        let unit = findings.iter().any(|one| matches!(one.lift(), Some(Lift::Unit(_))));
        match (has(Severity::Block), unit, has(Severity::Confirm)) {
            (_, true, _) => Way::Unit,
            (true, false, _) => Way::Closed,
            (false, false, true) => Way::Confirm,
            (false, false, false) => Way::Open,
        }
    }
}

/// How many are on the list, and those who are asked otherwise than it says.
pub fn run() -> (usize, Vec<Person>) {
    (people().count(), people().filter(|one| one.way != Some(one.asked())).collect())
}
