//! A second person's check: every figure of an entry typed again, without seeing it.

use crate::calendar::{self, Date};
use crate::course::{Product, Times};
use crate::finding::Finding;
use crate::quantity::{Amount, QuantityError};
use crate::regimen::{Regimen, genotype};
use crate::subject::{Fact, Subject, Value};

use super::{Opened, findings};

/// Figures by the word under which each is typed.
pub type Figures = Vec<(&'static str, String)>;

/// What an entry says now; an entry that holds no figure cannot be checked.
pub fn figures_of(opened: &Opened, entry: u64) -> Result<Figures, Finding> {
    let Some((on, event)) = opened.folded.now(entry) else {
        return Err(findings::no_entry(entry, &opened.code));
    };
    let mut figures = event.figures(on);
    // An older entry may hold another spelling of what is typed now.
    for (_, text) in figures.iter_mut().filter(|(name, _)| *name == "genotype") {
        *text = genotype::spelled(&opened.regimen, text);
    }
    if figures.is_empty() {
        return Err(findings::nothing_to_check(entry, event));
    }
    Ok(figures)
}

/// A figure as the program writes it, whatever unit or spelling it was typed in.
pub fn as_written(opened: &Opened, name: &str, text: &str, today: Date) -> Result<String, QuantityError> {
    match Fact::called(name) {
        Some(fact) => fact_as_written(opened, &fact.read(text, today)?.value).map(|(_, text)| text),
        None if name == "dose" => Amount::read(text).map(|dose| dose.to_string()),
        None if ["kit", "lot"].contains(&name) => {
            Product::number(text).map_err(|why| QuantityError::new(text, "cannot be read", why))
        }
        None if name == "start-time" => calendar::read_hour(text).map(calendar::hour),
        None if name == "stop-time" => {
            let stop = Times::read_stop(text).map_err(|why| QuantityError::new(text, "cannot be read", why))?;
            let figures = Times::new(None, Some(stop)).figures();
            Ok(figures.into_iter().map(|(_, stop)| stop).collect())
        }
        None => calendar::typed(text, today).map(calendar::print),
    }
}

/// A fact under the name of its figure, as the program writes it: of a date of birth the age on the first day.
pub fn fact_as_written(opened: &Opened, value: &Value) -> Result<(&'static str, String), QuantityError> {
    let text = match value {
        Value::Genotype(text) => genotype(&opened.regimen, text)?,
        Value::Born(born) => {
            let subject = Subject { born: Some(*born), ..Subject::default() };
            let age = subject.age_on(opened.folded.course.start).map(Value::Age);
            return Ok((Fact::Age.name(), age.map_or_else(String::new, |age| age.to_string())));
        }
        value => value.to_string(),
    };
    Ok((value.fact().name(), text))
}

/// A genotype in the spelling of the record; of a regimen that asks for none, the words as they are.
fn genotype(regimen: &Regimen, text: &str) -> Result<String, QuantityError> {
    if !genotype::is_asked(regimen) {
        return Ok(text.trim().to_owned());
    }
    let wrong = |finding: Finding| {
        let right = finding.remedy.map(|remedy| remedy.text).unwrap_or_default();
        let right = right.strip_prefix("write ").unwrap_or(&right).to_owned();
        QuantityError::new(text, "is not a genotype that can be told from those the file names", right)
    };
    genotype::read(regimen, text).map(|genotype| genotype.text).map_err(wrong)
}

/// The figures of an entry that nobody has typed again.
pub fn not_typed(typed: &Figures, held: &Figures) -> Vec<&'static str> {
    held.iter().map(|(name, _)| *name).filter(|name| find(typed, name).is_none()).collect()
}

/// What differs.
pub fn differences(typed: &Figures, held: &Figures) -> Vec<String> {
    let differs = typed.iter().filter(|(name, text)| find(held, name) != Some(text));
    let tell = |(name, text): &(&str, String)| {
        let says = find(held, name).map_or("nothing", String::as_str);
        format!("{name}: the entry says {says}, the second person typed {text}")
    };
    differs.map(tell).collect()
}

fn find<'f>(figures: &'f Figures, name: &str) -> Option<&'f String> {
    figures.iter().find(|(one, _)| *one == name).map(|(_, text)| text)
}
