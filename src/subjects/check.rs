//! A second person's check: every figure of an entry typed again, without seeing it.

use crate::calendar;
use crate::finding::Finding;
use crate::quantity::{Age, Amount, Creatinine, Gfr, Height, QuantityError, Results, Sex, Weight};
use crate::regimen::{Regimen, genotype};

use super::Opened;

/// Figures by the word under which each is typed.
pub type Figures = Vec<(&'static str, String)>;

/// What an entry says now; an entry that holds no figure cannot be checked.
pub fn held(opened: &Opened, entry: u64) -> Result<Figures, Finding> {
    let Some((on, event)) = opened.folded.now(entry) else {
        let text = format!("There is no entry {entry} that holds for {}.", opened.code);
        return Err(Finding::block("no-such-entry", text).field("entry"));
    };
    let mut figures = event.figures(on);
    // An older entry may hold another spelling of what is typed now.
    for (_, text) in figures.iter_mut().filter(|(name, _)| *name == "genotype") {
        *text = genotype::spelled(&opened.regimen, text);
    }
    if figures.is_empty() {
        let text = format!("Entry {entry} is of the kind \"{}\" and holds no figure to type again.", event.kind());
        return Err(Finding::block("nothing-to-check", text).field("entry"));
    }
    Ok(figures)
}

/// A figure as the program writes it, whatever unit or spelling it was typed in.
pub fn figure(opened: &Opened, name: &str, text: &str) -> Result<String, QuantityError> {
    Ok(match name {
        "genotype" => genotype(&opened.regimen, text)?,
        "height" => Height::read_echo(text)?.value.to_string(),
        "weight" => Weight::read_echo(text)?.value.to_string(),
        "sex" => Sex::read(text)?.written().to_owned(),
        "age" => Age::read(text)?.to_string(),
        "creatinine" => Creatinine::read(text)?.to_string(),
        "gfr" => Gfr::read(text)?.to_string(),
        "lab" => Results::read(text)?.to_string(),
        "dose" => Amount::read(text)?.to_string(),
        _ => calendar::print(calendar::read(text)?),
    })
}

/// A genotype in the spelling of the record; of a regimen that asks for none, the words as they are.
fn genotype(regimen: &Regimen, text: &str) -> Result<String, QuantityError> {
    if !genotype::is_asked(regimen) {
        return Ok(text.trim().to_owned());
    }
    let wrong = |finding: Finding| {
        let right = finding.remedy.map(|remedy| remedy.text).unwrap_or_default();
        let right = right.strip_prefix("write ").unwrap_or(&right).to_owned();
        QuantityError::new(text, "is no genotype that can be told from those the file names", right)
    };
    genotype::read(regimen, text).map(|genotype| genotype.text).map_err(wrong)
}

/// The figures of an entry that nobody has typed again.
pub fn missing(typed: &Figures, held: &Figures) -> Vec<&'static str> {
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
