//! Reduced doses, starting doses.

use crate::format::codes;
use crate::format::definition::{At, ConditionDef, DrugDef, RangeDef, ReduceDef, StartDef, StepDef, Table, TextOr};
use crate::quantity::number::shown;
use crate::regimen::{Condition, Cycle, Ladder, Start, StartDose, Step, TestRange, ThenStop};

use super::dose::{ends, kilograms, ml_per_minute, protocol, range, square_metres, years};
use super::resolver::{Read, Resolver, TablePath, UNKNOWN, text};

pub(super) const THEN: &[(&str, ThenStop)] =
    &[("stop this drug", ThenStop::Drug), ("stop the regimen", ThenStop::Regimen), ("ask", ThenStop::Ask)];
pub(super) const RAISE: &[(&str, Option<bool>)] = &[("never", Some(false)), ("allowed", Some(true)), (UNKNOWN, None)];
const LINE: &str = "reduce = { to = [\"50 mg/m2\"], then = \"stop this drug\", raise_again = \"never\" }";

/// The ladder of a drug. `"none"` and `"unknown"` are no ladder.
pub(super) fn ladder(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    cycle: Option<&Cycle>,
) -> Read<Option<Ladder>> {
    match &def.reduce {
        None => Some(None),
        Some(TextOr::Text(at)) if at.value == "none" || at.value == UNKNOWN => Some(None),
        Some(TextOr::Text(at)) => {
            let text = format!("\"{}\" is not a ladder of reduced doses", shown(&at.value));
            resolver.block(codes::WORD, &at.span, text, &format!("write {LINE}, or \"none\" or \"unknown\""));
            None
        }
        Some(TextOr::Table(def)) => table(resolver, &place.inner("reduce", &def.span), def, cycle).map(Some),
    }
}

pub(super) fn table(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &ReduceDef,
    cycle: Option<&Cycle>,
) -> Option<Ladder> {
    let steps = resolver.need(place, "to", def.to.as_ref(), "to = [\"50 mg/m2\", \"43 mg/m2\"]");
    let steps = steps.and_then(|list| resolver.each(&list.value, |resolver, at| step(resolver, at, cycle)));
    let then = resolver.need(place, "then", def.then.as_ref(), "then = \"stop this drug\"");
    let then = then.and_then(|at| resolver.word(at, "word for what follows the last step", THEN));
    let raise = resolver.need(place, "raise_again", def.raise_again.as_ref(), "raise_again = \"never\"");
    let raise = raise.and_then(|at| resolver.word(at, "word for raising a dose again", RAISE));
    Some(Ladder { steps: steps?, then: then?, raise_again: raise? })
}

fn step(resolver: &mut Resolver, at: &TextOr<StepDef>, cycle: Option<&Cycle>) -> Option<Step> {
    match at {
        TextOr::Text(at) => step_dose(resolver, at).map(|dose| Step { dose: Some(dose), days: None, length: None }),
        TextOr::Table(def) => {
            let dose = resolver.optional(def.dose.as_ref(), step_dose);
            let days = resolver.optional(def.days.as_ref(), |resolver, at| super::days::days_of(resolver, at, cycle));
            let length = resolver.optional(def.length.as_ref(), super::cycle::length);
            let step = Step { dose: dose?, days: days?, length: length? };
            if step.dose.is_none() && step.days.is_none() && step.length.is_none() {
                let text = "this step changes nothing";
                resolver.block(codes::ONE_OF, &def.span, text, "write { dose = \"50 mg/m2\" } or { days = [1, 8] }");
                return None;
            }
            Some(step)
        }
    }
}

/// A percentage in a ladder does not say of what.
fn step_dose(resolver: &mut Resolver, at: &At<String>) -> Option<crate::quantity::ProtocolDose> {
    if at.value.trim_end().ends_with('%') {
        let text = format!("\"{}\" does not say of what", shown(&at.value));
        let help = "write the dose of this step, such as \"50 mg/m2\": 80 % twice is 64 % to some and 60 % to others";
        resolver.block(codes::PERCENT, &at.span, text, help);
        return None;
    }
    protocol(resolver, at)
}

/// Starting doses, the first that fits.
pub(super) fn starts(
    resolver: &mut Resolver,
    place: &TablePath,
    def: Option<&At<Vec<Table<StartDef>>>>,
    cycle: Option<&Cycle>,
) -> Option<Vec<Start>> {
    let Some(rows) = def else { return Some(Vec::new()) };
    resolver.each(&rows.value, |resolver, def| start(resolver, &place.inner("start", &def.span), def, cycle))
}

fn start(resolver: &mut Resolver, place: &TablePath, def: &StartDef, cycle: Option<&Cycle>) -> Option<Start> {
    let when = resolver.need(place, "when", def.when.as_ref(), "when = { genotype = \"UGT1A1*28/*28\" }");
    let when = when.and_then(|def| condition(resolver, &place.inner("when", &def.span), def));
    let dose = match (&def.dose, &def.percent) {
        (Some(at), None) => step_dose(resolver, at).map(StartDose::Dose),
        (None, Some(at)) => resolver.percent(at).map(StartDose::Percent),
        _ => {
            let text = format!("{} says no dose, or two", place.name);
            resolver.block(codes::ONE_OF, &place.span, text, "write dose = \"50 mg/m2\" or percent = \"75 %\"");
            None
        }
    };
    let ladder = resolver
        .optional(def.reduce.as_ref(), |resolver, def| table(resolver, &place.inner("reduce", &def.span), def, cycle));
    Some(Start { when: when?, dose: dose?, ladder: ladder? })
}

pub(super) fn condition(resolver: &mut Resolver, place: &TablePath, def: &Table<ConditionDef>) -> Option<Condition> {
    let gfr = resolver.optional(def.gfr.as_ref(), |resolver, def| range(resolver, place, def, ml_per_minute));
    let age = resolver.optional(def.age.as_ref(), |resolver, def| range(resolver, place, def, years));
    let weight = resolver.optional(def.weight.as_ref(), |resolver, def| range(resolver, place, def, kilograms));
    let bsa = resolver.optional(def.bsa.as_ref(), |resolver, def| range(resolver, place, def, square_metres));
    let genotype = text(def.genotype.as_ref());
    let tests: Vec<_> = def.test.iter().flatten().collect();
    let tests = resolver.each(&tests, |resolver, (test, def)| test_range(resolver, place, test, def));
    let condition = Condition { genotype, gfr: gfr?, age: age?, weight: weight?, bsa: bsa?, tests: tests? };
    if resolver.was_lost_within(&def.span) {
        return None;
    }
    if condition == Condition::default() {
        resolver.block(
            codes::ONE_OF,
            &def.span,
            "this condition holds for everyone",
            "write for example { genotype = \"UGT1A1*28/*28\" }",
        );
        return None;
    }
    Some(condition)
}

/// A laboratory test in a range; both ends in one unit.
fn test_range(
    resolver: &mut Resolver,
    place: &TablePath,
    test: &At<String>,
    def: &Table<RangeDef>,
) -> Option<TestRange> {
    let mut unit = None;
    let range = ends(resolver, place, &def.value, &def.span, &mut |resolver, at| {
        super::rule::measured(resolver, &mut unit, at)
    })?;
    Some(TestRange { test: test.value.clone(), unit: unit?, range })
}
