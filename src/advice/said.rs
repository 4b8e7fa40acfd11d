//! What a person says was found, read: the same words on the command line and in a field.

use crate::quantity::{Age, Decimal, Gfr, Measured, QuantityError, Results, Weight, measured, results};
use crate::regimen::{Asked as Part, Known, Regimen};

use super::names::Looked;
use super::{Facts, graded};

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A laboratory value: `0.9 10^9/L`.
    Test,
    /// The upper limit of normal of a test: `40 U/L`.
    Limit,
    /// The grade of a toxicity, 0 to 5.
    Grade,
    /// Whether something happened: `y`, `n`.
    Event,
    /// How often it has now happened.
    Occurrence,
    /// As the laboratory writes it.
    Genotype,
    /// The cohort or arm.
    Cohort,
    /// Completed years.
    Age,
    /// Actual weight.
    Weight,
    /// Body surface.
    Surface,
    /// Kidney function, absolute.
    Gfr,
    /// The dose level in force of a drug: 0, -1 …; or the percentage: 75%.
    Level,
}

/// [`Facts::say`], with the units that the regimen's own test may have where the text cannot be read.
pub fn say(regimen: &Regimen, facts: &mut Facts, topic: Topic, name: &str, text: &str) -> Result<(), QuantityError> {
    facts.say(topic, name, text).map_err(|error| with_units(regimen, topic, Some(name), error))
}

/// [`Facts::tell`], with the units that the regimen's own test may have where the line cannot be read.
pub fn tell(regimen: &Regimen, facts: &mut Facts, topic: Topic, line: &str) -> Result<(), QuantityError> {
    facts.tell(topic, line).map_err(|error| with_units(regimen, topic, Results::name_in(line), error))
}

fn with_units(regimen: &Regimen, topic: Topic, name: Option<&str>, error: QuantityError) -> QuantityError {
    let general = [measured::EXAMPLE, results::EXAMPLE].contains(&error.right.as_str());
    let asks = general && matches!(topic, Topic::Test | Topic::Limit);
    let units = name.filter(|_| asks).map_or_else(Vec::new, |name| Looked::at(regimen).units(regimen, name));
    match (name, units.as_slice()) {
        (Some(name), [_, ..]) => {
            QuantityError { right: format!("{name} with its figure and its unit: {}", units.join(", ")), ..error }
        }
        _ => error,
    }
}

impl Facts {
    /// What was said of a part of a condition; `None` where nobody said it, or not in a unit that converts.
    pub(super) fn known(&self, part: Part<'_>) -> Option<Known> {
        match part {
            Part::Genotype(_) => self.genotype.clone().map(Known::Word),
            Part::Age(_) => self.age.map(Known::Figure),
            Part::Weight(_) => self.weight.map(Known::Figure),
            Part::Surface(_) => self.bsa.map(Known::Figure),
            Part::Gfr(_) => self.gfr.map(Known::Figure),
            // An id that no dose is for answers nothing.
            Part::Cohort(cohorts) => {
                let own = self.cohort.as_ref().filter(|own| cohorts.iter().any(|(id, _)| id == *own));
                own.cloned().map(Known::Word)
            }
            Part::Test(test) => {
                let alike = |(name, _): &&(String, Measured)| name.to_lowercase() == test.test.to_lowercase();
                test.figure(&self.tests.iter().find(alike)?.1).map(Known::Figure)
            }
        }
    }

    /// Adds what was said of one test, toxicity, event or drug.
    ///
    /// ```
    /// use posology::advice::{Facts, Topic};
    /// let mut facts = Facts::default();
    /// facts.say(Topic::Test, "neutrophils", "0.9 10^9/L").unwrap();
    /// assert!(facts.say(Topic::Test, "platelets", "90").is_err()); // no unit
    /// assert!(facts.say(Topic::Grade, "diarrhoea", "6").is_err());
    /// ```
    pub fn say(&mut self, topic: Topic, name: &str, text: &str) -> Result<(), QuantityError> {
        let text = text.trim();
        let name = name.to_owned();
        match topic {
            Topic::Test => self.tests.push((name, Measured::read(text)?)),
            Topic::Limit => self.limits.push((name, limit(text, Measured::read(text)?)?)),
            Topic::Grade => self.grades.push((name, graded::alone(text)?)),
            Topic::Event if yes(text)? => self.events.push(name),
            Topic::Event => self.absent.push(name),
            Topic::Occurrence => self.occurrences.push((name, whole(text, (1, 99), TIMES)?)),
            Topic::Genotype => self.genotype = Some(text.to_owned()),
            Topic::Cohort => self.cohort = Some(text.to_owned()),
            Topic::Age => self.age = Some(Age::read(text)?.value()),
            Topic::Weight => self.weight = Some(Weight::read(text)?.value()),
            Topic::Surface => self.bsa = Some(surface(text)?),
            Topic::Gfr => self.gfr = Some(absolute(text)?.value()),
            Topic::Level => return self.level(name, text),
        }
        // What a person says is of today.
        self.since.retain(|(known, _), _| *known != topic);
        Ok(())
    }

    /// A level or a percentage that a person says is in force; what a plan knew of the dose holds no more.
    fn level(&mut self, name: String, text: &str) -> Result<(), QuantityError> {
        let said = name.clone();
        if let Some(number) = text.strip_suffix('%') {
            self.percents.insert(name, percent(text, number)?);
        } else {
            self.levels.insert(name, whole(text, (-20, 0), LEVEL)?);
        }
        self.since.remove(&(Topic::Level, said.clone()));
        self.in_force.remove(&said);
        Ok(())
    }

    /// Adds one line that names what it is about: `neutrophils 0.9 10^9/L`, `diarrhoea 3`.
    ///
    /// ```
    /// use posology::advice::{Facts, Topic};
    /// let mut facts = Facts::default();
    /// facts.tell(Topic::Test, "absolute neutrophils 0.9 10^9/L").unwrap();
    /// assert_eq!(facts.tests[0].0, "absolute neutrophils");
    /// facts.tell(Topic::Grade, "diarrhoea grade 3").unwrap();
    /// assert_eq!(facts.grades, [("diarrhoea".to_owned(), 3)]);
    /// ```
    pub fn tell(&mut self, topic: Topic, line: &str) -> Result<(), QuantityError> {
        match topic {
            Topic::Test => self.tests.push(Results::read_one(line)?),
            Topic::Limit => {
                let (name, measured) = Results::read_one(line)?;
                self.limits.push((name, limit(line, measured)?));
            }
            Topic::Grade => self.grades.push(graded::with_name(line)?),
            Topic::Occurrence | Topic::Level => {
                let (name, text) = before_number(line)?;
                let typed = QuantityError::new(line, "", "").typed;
                self.say(topic, name, text).map_err(|error| QuantityError { typed, ..error })?;
            }
            Topic::Event
            | Topic::Genotype
            | Topic::Cohort
            | Topic::Age
            | Topic::Weight
            | Topic::Surface
            | Topic::Gfr => {
                self.say(topic, "", line)?;
            }
        }
        Ok(())
    }
}

/// What counts, without a figure that could be taken over.
const TIMES: &str = "how often it has now happened, this time included, in digits";

/// The level in force is looked up, not guessed.
const LEVEL: &str =
    "the level in force (0 where nothing was reduced, -1, -2 … below it), or its percentage with the sign";

/// `diarrhoea 2`, `diarrhoea: 2`.
fn before_number(line: &str) -> Result<(&str, &str), QuantityError> {
    let right = "what it is and then how often it has now happened, in digits";
    let split = line.trim().rsplit_once([' ', ':', '=']);
    let split = split.map(|(name, text)| (name.trim_end_matches([' ', ':', '=']), text));
    split
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| QuantityError::new(line, "does not end in a whole number behind a name", right))
}

fn whole<T: std::str::FromStr + PartialOrd + std::fmt::Display + Copy>(
    text: &str,
    (least, most): (T, T),
    right: &str,
) -> Result<T, QuantityError> {
    let read = text.trim().parse().ok().filter(|number| *number >= least && *number <= most);
    read.ok_or_else(|| QuantityError::new(text, format!("is no whole number from {least} to {most}"), right))
}

/// A percentage in force: above 0, at most 100.
fn percent(text: &str, number: &str) -> Result<Decimal, QuantityError> {
    let read = crate::quantity::number::parse(number.trim()).ok();
    let sound = read.filter(|percent| *percent > Decimal::ZERO && *percent <= Decimal::ONE_HUNDRED);
    sound.ok_or_else(|| QuantityError::new(text, "is no percentage above 0 and at most 100", "75%"))
}

/// `y`, `yes`, `n`, `no`.
fn yes(text: &str) -> Result<bool, QuantityError> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err(QuantityError::new(text, "is neither yes nor no", "y or n")),
    }
}

/// An upper limit is a value in the laboratory's unit, never a multiple of itself, and never zero.
fn limit(text: &str, limit: Measured) -> Result<Measured, QuantityError> {
    if limit.unit == crate::quantity::measured::ULN || limit.value.is_zero() {
        return Err(QuantityError::new(text, "is no upper limit of normal", "it in the laboratory's unit: 40 U/L"));
    }
    Ok(limit)
}

/// Rules take an absolute kidney function.
fn absolute(text: &str) -> Result<Gfr, QuantityError> {
    match Gfr::read(text)? {
        Gfr::Indexed(_) => {
            Err(QuantityError::new(text, "is indexed to 1.73 m², and rules take an absolute one", "85 mL/min"))
        }
        gfr @ Gfr::Absolute(_) => Ok(gfr),
    }
}

/// `1.75 m2`; a bare number is square metres.
fn surface(text: &str) -> Result<Decimal, QuantityError> {
    let parts = crate::quantity::number::split(text, "1.75 m2")?;
    match parts.unit {
        "" | "m2" | "m²" if !parts.value.is_zero() => Ok(parts.value),
        _ => Err(QuantityError::new(text, "is no body surface in m²", "1.75 m2")),
    }
}
