//! Measurements as options: read by the strict readers, echoed with their unit, never guessed at.

use crate::failure::Failure;
use crate::formula::Inputs;
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::{Age, Creatinine, Height, QuantityError, Sex, Weight, body::Reading};
use crate::{calendar, clock, finding::Finding};

use super::Output;

/// Height and weight.
#[derive(Debug, Default, clap::Args)]
#[allow(missing_docs)] // the help texts say it
pub struct Size {
    /// Body height in cm: 170, 170cm; or with its unit: 67in, 5ft7in.
    #[arg(long, value_name = "H", allow_negative_numbers = true)]
    pub height: Option<String>,
    /// Actual body weight in kg: 65, 65.5kg; or with its unit: 154lb.
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    pub weight: Option<String>,
    /// The height measured and typed a second time, after a message has questioned it.
    #[arg(long, value_name = "H", requires = "height")]
    pub height_again: Option<String>,
    /// The weight measured and typed a second time, after a message has questioned it.
    #[arg(long, value_name = "W", requires = "weight")]
    pub weight_again: Option<String>,
}

/// How old, and which sex the formulas use.
#[derive(Debug, Default, clap::Args)]
#[allow(missing_docs)]
pub struct Person {
    /// Sex, as the formulas use it: female or male.
    #[arg(long, value_name = "SEX")]
    pub sex: Option<String>,
    #[command(flatten)]
    pub age: AgeArgs,
}

/// How old.
#[derive(Debug, Default, clap::Args)]
#[allow(missing_docs)]
pub struct AgeArgs {
    /// Age in completed years.
    #[arg(long, value_name = "YEARS", conflicts_with = "born", allow_negative_numbers = true)]
    pub age: Option<String>,
    /// Date of birth: 1980-02-01 or 01-Feb-1980; used for the age today, not kept.
    #[arg(long, value_name = "DATE")]
    pub born: Option<String>,
}

/// What was typed, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Echo {
    /// Name and figure with its unit.
    pub inputs: Vec<(&'static str, String)>,
    /// `5 ft 7 in is 170.18 cm`
    pub converted: Vec<String>,
}

impl Echo {
    /// Notes an input and hands it back.
    pub fn note<T: std::fmt::Display>(&mut self, name: &'static str, value: T) -> T {
        self.inputs.push((name, value.to_string()));
        value
    }

    fn reading<T: std::fmt::Display + Copy>(&mut self, name: &'static str, reading: Reading<T>) -> T {
        self.converted.extend(reading.converted);
        self.note(name, reading.value)
    }

    /// `height 170.18 cm, weight 65 kg (5 ft 7 in is 170.18 cm)`
    pub fn line(&self) -> String {
        let inputs: Vec<String> = self.inputs.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let inputs = inputs.join(", ");
        if self.converted.is_empty() { inputs } else { format!("{inputs} ({})", self.converted.join("; ")) }
    }
}

/// A typed quantity that cannot be read: which option, what is wrong, what would be right.
pub fn unreadable(option: &str, error: &QuantityError) -> Failure {
    Failure::unreadable(format!("{option} \"{}\" {}", error.typed, error.wrong)).hint(format!("write {}", error.right))
}

/// Reads an option, when it was given.
pub fn read<T>(
    option: &str,
    text: Option<&String>,
    reader: fn(&str) -> Result<T, QuantityError>,
) -> Result<Option<T>, Failure> {
    text.map(|text| reader(text).map_err(|error| unreadable(option, &error))).transpose()
}

/// A date as the terminal reads it, too: `7dec`, `+4`, `mon`, and the full forms.
pub fn date(option: &str, text: Option<&String>) -> Result<Option<calendar::Date>, Failure> {
    let today = super::record::today()?;
    text.map(|text| calendar::typed(text, today).map_err(|error| unreadable(option, &error))).transpose()
}

/// What a short date was taken for: `--start 7dec is Monday 07-Dec-2026`; nothing of one that was written out.
pub fn date_echo(option: &str, text: &str, date: calendar::Date) -> Option<String> {
    let short = calendar::read(text).is_err();
    short.then(|| format!("{option} {text} is {} {}", calendar::weekday(date), calendar::print(date)))
}

/// Height and weight as read, and whether both were typed a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SizeRead {
    pub height: Option<Height>,
    pub weight: Option<Weight>,
    pub remeasured: bool,
}

impl Size {
    /// Reads them, noting each.
    pub fn read(&self, echo: &mut Echo) -> Result<SizeRead, Failure> {
        let height = read("--height", self.height.as_ref(), Height::read_echo)?;
        let weight = read("--weight", self.weight.as_ref(), Weight::read_echo)?;
        let height = height.map(|reading| echo.reading("height", reading));
        let weight = weight.map(|reading| echo.reading("weight", reading));
        let height_again = read("--height-again", self.height_again.as_ref(), Height::read)?;
        let weight_again = read("--weight-again", self.weight_again.as_ref(), Weight::read)?;
        agrees("height", height, height_again)?;
        agrees("weight", weight, weight_again)?;
        let remeasured = (height_again.is_some() || weight_again.is_some())
            && height.is_some() == height_again.is_some()
            && weight.is_some() == weight_again.is_some();
        Ok(SizeRead { height, weight, remeasured })
    }
}

/// What was typed twice must be the same twice.
fn agrees<T: PartialEq + std::fmt::Display>(what: &str, first: Option<T>, again: Option<T>) -> Result<(), Failure> {
    match (first, again) {
        (Some(first), Some(again)) if first != again => Err(Failure::refused(format!(
            "the {what} was typed as {first} and then as {again}; nothing is calculated while the two differ"
        ))
        .hint(format!("measure the {what} again and type the same figure in both options"))),
        _ => Ok(()),
    }
}

impl AgeArgs {
    /// The age as typed, or the completed years since the birth.
    pub fn read(&self, echo: &mut Echo) -> Result<Option<Age>, Failure> {
        let typed = read("--age", self.age.as_ref(), Age::read)?;
        let born = read("--born", self.born.as_ref(), calendar::read)?;
        let age = match (typed, born) {
            (Some(age), _) => Some(age),
            (None, Some(born)) => Some(years_since(born)?),
            (None, None) => None,
        };
        Ok(age.map(|age| echo.note("age", age)))
    }
}

fn years_since(born: calendar::Date) -> Result<Age, Failure> {
    let years = calendar::completed_years(born, clock::today());
    if years < 0 {
        return Err(Failure::refused(format!("--born {} lies in the future", calendar::print(born)))
            .hint("check the date of birth, or give the age: --age 46"));
    }
    Ok(Age::new(years.into()))
}

impl Person {
    /// Sex and age.
    pub fn read(&self, echo: &mut Echo) -> Result<(Option<Sex>, Option<Age>), Failure> {
        let sex = read("--sex", self.sex.as_ref(), Sex::read)?;
        if let Some(sex) = sex {
            echo.note("sex", sex.written());
        }
        Ok((sex, self.age.read(echo)?))
    }
}

/// A creatinine, noted.
pub fn creatinine(text: Option<&String>, echo: &mut Echo) -> Result<Option<Creatinine>, Failure> {
    let creatinine = read("--creatinine", text, Creatinine::read)?;
    Ok(creatinine.map(|creatinine| echo.note("creatinine", creatinine)))
}

/// The inputs of a formula as measurements, before any of them is used.
pub fn measurements(inputs: &Inputs) -> Measurements {
    Measurements {
        height: inputs.height,
        weight: inputs.weight,
        age: inputs.age,
        sex: inputs.sex,
        creatinine: inputs.creatinine,
        gfr: inputs.gfr,
        auc: inputs.target_auc,
        ..Measurements::default()
    }
}

/// Stops at what blocks, before anything is calculated; says nothing of the rest yet.
pub fn stop(subject: &Measurements, policy: &Policy) -> Result<(), Failure> {
    let findings = plausibility::check(subject, policy);
    if crate::finding::blocks(&findings) { Err(Failure::blocked(findings)) } else { Ok(()) }
}

/// Tells of everything that is questionable, and stops at what blocks.
pub fn guard(subject: &Measurements, policy: &Policy, output: &mut Output) -> Result<Vec<Finding>, Failure> {
    let findings = plausibility::check(subject, policy);
    if crate::finding::blocks(&findings) {
        return Err(Failure::blocked(findings));
    }
    for finding in &findings {
        output.finding(finding);
    }
    Ok(findings)
}
