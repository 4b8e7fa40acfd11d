//! `[eligibility]` and `[[criterion]]`: who may be treated, and what must hold before a cycle.

use crate::format::definition::{CriterionDef, EligibilityDef, Table};
use crate::quantity::Sex;
use crate::regimen::{Criterion, Eligibility};

use super::days::{plain_days, whole_days};
use super::dose::{kilograms, ml_per_minute, range, years};
use super::resolver::{Resolver, TablePath, text, texts};
use super::source::Book;

pub(super) fn eligibility(
    resolver: &mut Resolver,
    book: &mut Book,
    def: Option<&Table<EligibilityDef>>,
) -> Option<Eligibility> {
    let Some(def) = def else { return Some(Eligibility::default()) };
    let place = TablePath::new("[eligibility]", &def.span, "eligibility");
    let age = resolver.optional(def.age.as_ref(), |resolver, def| range(resolver, &place, def, years));
    let weight = resolver.optional(def.weight.as_ref(), |resolver, def| range(resolver, &place, def, kilograms));
    let gfr = resolver.optional(def.gfr.as_ref(), |resolver, def| range(resolver, &place, def, ml_per_minute));
    let sex = resolver.optional(def.sex.as_ref(), |resolver, at| resolver.read(at, Sex::read));
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), None);
    let other = texts(def.other.as_ref());
    Some(Eligibility { age: age?, weight: weight?, gfr: gfr?, sex: sex?, other, provenance })
}

pub(super) const OTHERWISE: &[(&str, &str)] = &[("delay", "delay"), ("omit", "omit"), ("hold", "hold"), ("ask", "ask")];

pub(super) fn criterion(resolver: &mut Resolver, book: &mut Book, def: &Table<CriterionDef>) -> Option<Criterion> {
    let name = def.test.as_ref().map_or("[[criterion]]".to_owned(), |at| format!("criterion {}", at.value));
    let place = TablePath::new(name, &def.span, "criterion");
    let test = resolver.need(&place, "test", def.test.as_ref(), "test = \"neutrophils\"");
    if def.at_least.is_none() && def.at_most.is_none() {
        resolver.missing(&place, "at_least", "at_least = \"1.5 10^9/L\" (or at_most)");
    }
    let days = resolver.need(&place, "days", def.days.as_ref(), "days = [1]");
    let days = days.and_then(|list| plain_days(resolver, list));
    let valid_for = resolver.optional(def.valid_for.as_ref(), |resolver, at| {
        if at.value == super::UNKNOWN { Some(None) } else { whole_days(resolver, at).map(Some) }
    });
    let otherwise = resolver.need(&place, "otherwise", def.otherwise.as_ref(), "otherwise = \"delay\"");
    let otherwise = otherwise.and_then(|at| resolver.word(at, "word for what follows", OTHERWISE));
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), None);
    Some(Criterion {
        test: test?.value.clone(),
        at_least: text(def.at_least.as_ref()),
        at_most: text(def.at_most.as_ref()),
        days: days?,
        valid_for: valid_for?.flatten(),
        otherwise: otherwise?.to_owned(),
        provenance,
    })
}
