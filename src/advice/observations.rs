//! What a person says was found, read: the same words on the command line and in a field.

use crate::quantity::{Age, Decimal, Gfr, Measured, QuantityError, Results, Weight, measured, results};
use crate::regimen::{ConditionPart, KnownPart, Regimen};

use super::names::NamesInFile;
use super::{Observations, graded};

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObservationKind {
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
    /// The day of the cycle on which treatment is due.
    Day,
}

/// [`Observations::add`], with the units that the regimen's own test may have where the text cannot be read.
pub fn add(
    regimen: &Regimen,
    observed: &mut Observations,
    kind: ObservationKind,
    name: &str,
    text: &str,
) -> Result<(), QuantityError> {
    observed.add(kind, name, text).map_err(|error| with_units(regimen, kind, Some(name), error))
}

/// [`Observations::add_line`], with the units that the regimen's own test may have where the line cannot be read.
pub fn add_line(
    regimen: &Regimen,
    observed: &mut Observations,
    kind: ObservationKind,
    line: &str,
) -> Result<(), QuantityError> {
    observed.add_line(kind, line).map_err(|error| with_units(regimen, kind, Results::name_in(line), error))
}

fn with_units(regimen: &Regimen, kind: ObservationKind, name: Option<&str>, error: QuantityError) -> QuantityError {
    let general = [measured::EXAMPLE, results::EXAMPLE].contains(&error.right.as_str());
    let asks = general && matches!(kind, ObservationKind::Test | ObservationKind::Limit);
    let units = name.filter(|_| asks).map_or_else(Vec::new, |name| NamesInFile::of(regimen).units(regimen, name));
    match (name, units.as_slice()) {
        (Some(name), [_, ..]) => {
            QuantityError { right: format!("{name} with its figure and its unit: {}", units.join(", ")), ..error }
        }
        _ => error,
    }
}

impl Observations {
    /// What was said of a part of a condition; `None` where nobody said it, or not in a unit that converts.
    pub(super) fn known(&self, part: ConditionPart<'_>) -> Option<KnownPart> {
        match part {
            ConditionPart::Genotype(_) => self.genotype.clone().map(KnownPart::Word),
            ConditionPart::Age(_) | ConditionPart::AgeAtStart(_) => self.age.map(KnownPart::Figure),
            ConditionPart::Weight(_) => self.weight.map(KnownPart::Figure),
            ConditionPart::Surface(_) => self.bsa.map(KnownPart::Figure),
            ConditionPart::Gfr(_) => self.gfr.map(KnownPart::Figure),
            // An id that no dose is for answers nothing.
            ConditionPart::Cohort(cohorts) => {
                let own = self.cohort.as_ref().filter(|own| cohorts.iter().any(|one| one.id == **own));
                own.cloned().map(KnownPart::Word)
            }
            ConditionPart::Test(test) => {
                let alike = |(name, _): &&(String, Measured)| name.to_lowercase() == test.test.to_lowercase();
                test.figure(&self.tests.iter().find(alike)?.1).map(KnownPart::Figure)
            }
        }
    }

    /// Adds what was said of one test, toxicity, event or drug.
    ///
    /// ```
    /// use posology::advice::{Observations, ObservationKind};
    /// let mut observed = Observations::default();
    /// observed.add(ObservationKind::Test, "neutrophils", "0.9 10^9/L").unwrap();
    /// assert!(observed.add(ObservationKind::Test, "platelets", "90").is_err()); // no unit
    /// assert!(observed.add(ObservationKind::Grade, "diarrhoea", "6").is_err());
    /// ```
    pub fn add(&mut self, kind: ObservationKind, name: &str, text: &str) -> Result<(), QuantityError> {
        let text = text.trim();
        let name = name.to_owned();
        match kind {
            ObservationKind::Test => self.tests.push((name, Measured::read(text)?)),
            ObservationKind::Limit => self.limits.push((name, limit(text, Measured::read(text)?)?)),
            ObservationKind::Grade => self.grades.push((name, graded::alone(text)?)),
            ObservationKind::Event if yes(text)? => self.events.push(name),
            ObservationKind::Event => self.absent.push(name),
            ObservationKind::Occurrence => self.occurrences.push((name, whole(text, (1, 99), TIMES)?)),
            ObservationKind::Genotype => self.genotype = Some(text.to_owned()),
            ObservationKind::Cohort => self.cohort = Some(text.to_owned()),
            ObservationKind::Age => self.age = Some(Age::read(text)?.value()),
            ObservationKind::Weight => self.weight = Some(Weight::read(text)?.value()),
            ObservationKind::Surface => self.bsa = Some(surface(text)?),
            ObservationKind::Gfr => self.gfr = Some(absolute(text)?.value()),
            ObservationKind::Day => self.day = Some(whole(text, (-90, 3_660), DAY)?),
            ObservationKind::Level => return self.level(name, text),
        }
        // What a person says is of today.
        self.since.retain(|(known, _), _| *known != kind);
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
        self.since.remove(&(ObservationKind::Level, said.clone()));
        self.in_force.remove(&said);
        Ok(())
    }

    /// Adds one line that names what it is about: `neutrophils 0.9 10^9/L`, `diarrhoea 3`.
    ///
    /// ```
    /// use posology::advice::{Observations, ObservationKind};
    /// let mut observed = Observations::default();
    /// observed.add_line(ObservationKind::Test, "absolute neutrophils 0.9 10^9/L").unwrap();
    /// assert_eq!(observed.tests[0].0, "absolute neutrophils");
    /// observed.add_line(ObservationKind::Grade, "diarrhoea grade 3").unwrap();
    /// assert_eq!(observed.grades, [("diarrhoea".to_owned(), 3)]);
    /// ```
    pub fn add_line(&mut self, kind: ObservationKind, line: &str) -> Result<(), QuantityError> {
        match kind {
            ObservationKind::Test => self.tests.push(Results::read_one(line)?),
            ObservationKind::Limit => {
                let (name, measured) = Results::read_one(line)?;
                self.limits.push((name, limit(line, measured)?));
            }
            ObservationKind::Grade => self.grades.push(graded::with_name(line)?),
            ObservationKind::Occurrence | ObservationKind::Level => {
                let (name, text) = before_number(line)?;
                let typed = QuantityError::new(line, "", "").typed;
                self.add(kind, name, text).map_err(|error| QuantityError { typed, ..error })?;
            }
            ObservationKind::Event
            | ObservationKind::Genotype
            | ObservationKind::Cohort
            | ObservationKind::Age
            | ObservationKind::Weight
            | ObservationKind::Surface
            | ObservationKind::Gfr
            | ObservationKind::Day => {
                self.add(kind, "", line)?;
            }
        }
        Ok(())
    }
}

/// What counts, without a figure that could be taken over.
const TIMES: &str = "how often it has now happened, this time included, in digits";

/// A day is counted in the protocol.
const DAY: &str = "the day of the cycle on which treatment is due, in digits";

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
    read.ok_or_else(|| QuantityError::new(text, format!("is not a whole number from {least} to {most}"), right))
}

/// A percentage in force: above 0, at most 100.
fn percent(text: &str, number: &str) -> Result<Decimal, QuantityError> {
    let read = crate::quantity::number::parse(number.trim()).ok();
    let sound = read.filter(|percent| *percent > Decimal::ZERO && *percent <= Decimal::ONE_HUNDRED);
    sound.ok_or_else(|| QuantityError::new(text, "is not a percentage above 0 and at most 100", "75%"))
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
        return Err(QuantityError::new(text, "is not an upper limit of normal", "it in the laboratory's unit: 40 U/L"));
    }
    Ok(limit)
}

/// Rules take an absolute kidney function.
fn absolute(text: &str) -> Result<Gfr, QuantityError> {
    match Gfr::read(text)? {
        Gfr::Indexed(_) => {
            Err(QuantityError::new(text, "is indexed to 1.73 m², and rules take an absolute one", "85 mL/min"))
        }
        Gfr::Dialysis => Err(QuantityError::new(text, "is not a figure, and a rule compares one", "85 mL/min")),
        gfr @ (Gfr::Absolute(_) | Gfr::Measured(..)) => Ok(gfr),
    }
}

/// `1.75 m2`; a bare number is square metres.
fn surface(text: &str) -> Result<Decimal, QuantityError> {
    let parts = crate::quantity::number::split(text, "1.75 m2")?;
    match parts.unit {
        "" | "m2" | "m²" if !parts.value.is_zero() => Ok(parts.value),
        _ => Err(QuantityError::new(text, "is not a body surface in m²", "1.75 m2")),
    }
}
