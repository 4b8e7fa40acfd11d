//! What a study, a site of it or a site file says of its doses: the tablets that are supplied, and the grades that are raised.

use std::collections::BTreeMap;

use crate::finding::{Finding, Grades};
use crate::format::definition::At;
use crate::quantity::{Amount, Decimal};

use super::findings;

/// Strengths by the drug's name, in small letters, as [`crate::calendar::Site`] has them.
pub type Supplied = BTreeMap<String, Vec<Amount>>;

/// The strengths supplied of each drug, and everything that is wrong with them.
pub fn tablets(def: &BTreeMap<String, At<Vec<At<String>>>>) -> (Supplied, Vec<Finding>) {
    let (mut supplied, mut told) = (Supplied::new(), Vec::new());
    for (drug, list) in def {
        let mut strengths: Vec<Amount> = Vec::new();
        for at in &list.value {
            match Amount::read(&at.value) {
                Ok(strength) if strength.value > Decimal::ZERO => strengths.push(strength),
                Ok(_) => told.push(findings::no_strength(drug, &at.value, "is nothing", at.span.clone())),
                Err(error) => told.push(findings::no_strength(drug, &at.value, &error.wrong, at.span.clone())),
            }
        }
        let unit = strengths.first().map(|first| first.unit);
        if strengths.iter().any(|one| unit.is_some_and(|unit| one.in_unit(unit).is_none())) {
            told.push(findings::no_strength(drug, "the list", "is in units that do not convert", list.span.clone()));
        }
        if list.value.is_empty() {
            told.push(findings::no_strength(drug, "the list", "is empty", list.span.clone()));
        }
        // The largest first; each once.
        strengths.sort_by_key(|one| std::cmp::Reverse(unit.and_then(|unit| one.in_unit(unit)).map(|one| one.value)));
        strengths.dedup();
        supplied.insert(drug.trim().to_lowercase(), strengths);
    }
    (supplied, told)
}

/// The grades that are raised, above those of the study where a site says them, and everything that is wrong with them.
pub fn grades(def: &BTreeMap<String, At<String>>, above: &Grades) -> (Grades, Vec<Finding>) {
    let (mut grades, mut told) = (above.clone(), Vec::new());
    for (code, at) in def {
        match Grades::read(&at.value) {
            Some(to) if above.of(code).is_some_and(|known| known < to) => {
                told.push(findings::grade_lowered(code, &at.value, above.of(code), at.span.clone()));
            }
            Some(to) => grades.raise(code.clone(), to),
            None if at.value == "note" => told.push(findings::grade_lowered(code, "note", None, at.span.clone())),
            None => told.push(findings::no_such_word("grade", &at.value, Grades::WORDS, at.span.clone())),
        }
    }
    (grades, told)
}
