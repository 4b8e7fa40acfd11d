//! The genotype a course starts with: read once, and told where the regimen names no dose for it.

use crate::course::Course;
use crate::dosing::needs;
use crate::finding::{Field, Finding};
use crate::regimen::Regimen;
use crate::regimen::genotype;

/// What cannot be read is refused, what the regimen does not name is told.
pub(super) fn finding(regimen: &Regimen, course: &Course) -> Option<Finding> {
    let typed = course.subject.genotype.as_deref()?;
    if typed.trim().is_empty() {
        // Where a dose needs it, it is told as every other input that is missing.
        let text = "The genotype is empty.";
        let empty = Finding::block(crate::regimen::codes::UNKNOWN_GENOTYPE, text)
            .field(Field::Genotype)
            .help("leave it out, or write it");
        return (!needs(regimen).contains(&crate::subject::Fact::Genotype)).then_some(empty);
    }
    if !genotype::is_asked(regimen) {
        let text = format!("No dose of {} depends on the genotype, and no rule asks for it.", regimen.name);
        return Some(Finding::note(super::codes::UNUSED_GENOTYPE, text).field(Field::Genotype));
    }
    match genotype::read(regimen, typed) {
        Err(finding) => Some(finding),
        Ok(genotype) => genotype::note(regimen, &genotype),
    }
}

/// The course with its genotype as it is used, where a record holds another spelling of it.
pub(super) fn respelled(regimen: &Regimen, course: &Course) -> Option<Course> {
    let typed = course.subject.genotype.as_deref()?;
    let used = genotype::spelled(regimen, typed);
    (used != typed).then(|| {
        let mut course = course.clone();
        course.subject.genotype = Some(used);
        course
    })
}
