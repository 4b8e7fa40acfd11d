//! `[[drug]]`.

use crate::format::codes;
use crate::format::definition::{At, DrugDef, GfrDef, Table};
use crate::formula::renal::RenalFormula;
use crate::quantity::{Basis, Creatinine, Gfr, ProtocolDose};
use crate::regimen::{Clock, Days, Drug, Ends, GfrRule, Role};

use super::body::WEIGHTS;
use super::desk::{Desk, Place, text, texts};
use super::rounding::{self, Supply};
use super::scope::{Scope, refer};
use super::source::Book;
use super::{cycle, days, dose, dosing, drug_id, timing, total, trial};

/// When a kidney function is computed again.
pub(super) const AGAIN: &[(&str, bool)] = &[("every cycle", true), ("never", false)];

pub(super) fn drug(desk: &mut Desk, book: &mut Book, def: &Table<DrugDef>, scope: Scope) -> Option<Drug> {
    let (id, place) = called(def);
    let name = desk.words(&place, "name", def.name.as_ref(), "name = \"full generic name\"");
    let role = desk.optional(def.role.as_ref(), |desk, at| desk.word(at, "role", timing::ROLES));
    let route = timing::route(desk, &place, def);
    let home = timing::home(desk, &place, def);
    let over = timing::over(desk, &place, def);
    let only_in = trial::only_in(desk, def, scope.cohorts);
    let dosing = dosing::dosing(desk, &place, def, scope, only_in.as_deref(), over.as_ref().map(Option::as_ref));
    let weight = desk.optional(def.weight.as_ref(), |desk, at| {
        let at = desk.or_site(&place, "weight", at)?;
        desk.word(&at, "weight", WEIGHTS)
    });
    let gfr = gfr(desk, &place, def);
    let days = self::days(desk, &place, def, scope);
    let times = timing::times(desk, def);
    let hours = timing::hours(desk, &place, def, scope);
    let starts = timing::starts(desk, def, home, times);
    let cycles = cycles(desk, def);
    let stop_after = desk.optional(def.stop_after.as_ref(), |desk, at| desk.read(at, crate::quantity::Period::read));
    let caps = dose::caps(desk, &place, def);
    let maximum = dose::maximum(desk, def.maximum.as_ref());
    let supply = supply(desk, def);
    let depends = dosing.as_ref().is_some_and(|dosing| dosing.options().any(|one| dose::depends(one.dose)));
    let rounding = supply.as_ref().and_then(|supply| rounding::rounding(desk, &place, def, depends, supply));
    let window = desk.optional(def.window.as_ref(), |desk, room| cycle::room(desk, &place, room));
    let several = role == Some(None) || role == Some(Some(Role::Treatment));
    let several = several && days.as_ref().is_some_and(several_days);
    let missed = timing::missed(desk, &place, def, several);
    let least_gap = desk.optional(def.least_gap.as_ref(), super::desk::Desk::days);
    let clock = desk.optional(def.clock.as_ref(), |desk, at| desk.word(at, "clock", timing::CLOCKS));
    let relative = timing::relative(desk, &place, def, scope);
    let ends = ends(desk, &place, def);
    let decay = trial::decay(desk, &place, def);
    let dilution = trial::dilution(desk, &place, def.dilute.as_ref());
    let stops = stops(desk, def, scope);
    let instead_of = instead_of(desk, def, scope);
    let cycle_total = match (&dosing, times, &hours, &days) {
        (Some(dosing), Some(times), Some(hours), Some(days)) => {
            let times = hours.as_ref().map_or(Some(times), |hours| u32::try_from(hours.at.len()).ok()).unwrap_or(times);
            total::total(desk, &place, def, &total::Given { dosing, times, days })
        }
        _ => None,
    };
    let provenance = book.table(desk, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    let Supply { vial, tablets } = supply?;
    let (first_cycle, last_cycle) = cycles?;
    Some(Drug {
        id,
        name: name?,
        also: texts(def.also.as_ref()),
        formulation: text(def.formulation.as_ref()),
        product: text(def.product.as_ref()),
        strength_as: text(def.strength_as.as_ref()),
        role: role?.unwrap_or(Role::Treatment),
        dosing: dosing?,
        weight: weight?,
        gfr: gfr?,
        route: route?,
        home: home?,
        over: over?,
        days: days?,
        times: times?,
        hours: hours?,
        starts: starts?,
        first_cycle,
        last_cycle,
        stop_after: stop_after?,
        caps: caps?,
        maximum: maximum?,
        rounding: rounding?,
        window: window?,
        missed: missed?,
        least_gap: least_gap?,
        clock: clock?.unwrap_or(Clock::WithCycle),
        relative: relative?,
        ends: ends?,
        vial,
        tablets,
        cycle_total: cycle_total?,
        stops: stops?,
        instead_of: instead_of?,
        cohorts: only_in?,
        decay: decay?,
        dilution: dilution?,
        text: None,
        note: text(def.note.as_ref()),
        provenance,
    })
}

/// The drug it may replace.
fn instead_of(desk: &mut Desk, def: &DrugDef, scope: Scope) -> Option<Option<String>> {
    let of = desk.optional(def.instead_of.as_ref(), |desk, at| refer(desk, at, scope.drugs))?;
    if let (Some(at), true) = (&def.instead_of, of == Some(drug_id(def))) {
        let text = "a drug cannot be given instead of itself";
        desk.block(codes::REFERENCE, &at.span, text, "name the drug it replaces");
        return None;
    }
    Some(of)
}

/// Its id, and how messages call it.
fn called(def: &Table<DrugDef>) -> (String, Place) {
    let id = drug_id(def);
    let label = if id.is_empty() { "this drug".to_owned() } else { format!("drug {id}") };
    let place = Place::new(label, &def.span, format!("drug.{id}"));
    (id, place)
}

/// The drugs that stop with it.
fn stops(desk: &mut Desk, def: &DrugDef, scope: Scope) -> Option<Vec<String>> {
    let Some(list) = &def.stops else { return Some(Vec::new()) };
    desk.each(&list.value, |desk, at| refer(desk, at, scope.drugs))
}

fn several_days(days: &Days) -> bool {
    match days {
        Days::List(days) => days.len() > 1,
        Days::ByCycle(rows) => rows.iter().any(|(_, _, days)| days.len() > 1),
        Days::EveryDay => true,
    }
}

/// Its own days, or those of the drug it belongs to.
fn days(desk: &mut Desk, place: &Place, def: &DrugDef, scope: Scope) -> Option<Days> {
    if def.days.is_none() && def.by_cycle.is_none() {
        let owner = def.for_.as_ref().or(def.hours.as_ref().and_then(|hours| hours.drug.as_ref()));
        let owner = owner.and_then(|at| {
            scope
                .drugs
                .iter()
                .find(|drug| drug_id(drug) == at.value || drug.name.as_ref().is_some_and(|name| name.value == at.value))
        });
        if let Some(owner) = owner.filter(|owner| owner.days.is_some() || owner.by_cycle.is_some()) {
            // The owner's own faults are told at the owner.
            let mut aside = desk.aside();
            return days::of_drug(&mut aside, place, owner, scope);
        }
    }
    days::of_drug(desk, place, def, scope)
}

fn cycles(desk: &mut Desk, def: &DrugDef) -> Option<(u32, Option<u32>)> {
    let Some(span) = &def.cycles else { return Some((1, None)) };
    let from = desk.optional(span.from.as_ref(), |desk, at| desk.count(at, "cycle", 1, 999));
    let through = desk.optional(span.through.as_ref(), |desk, at| desk.count(at, "cycle", 1, 999));
    let (from, through) = (from?.unwrap_or(1), through?);
    if through.is_some_and(|through| through < from) {
        let text = format!("these cycles end before cycle {from}, where they begin");
        desk.block(codes::BOUNDS, &span.span, text, "write the earlier cycle as `from`");
        return None;
    }
    Some((from, through))
}

fn supply(desk: &mut Desk, def: &DrugDef) -> Option<Supply> {
    let vial = desk.optional(def.vial.as_ref(), rounding::vial);
    let tablets = desk.optional(def.tablets.as_ref(), rounding::tablets);
    Some(Supply { vial: vial?, tablets: tablets? })
}

fn ends(desk: &mut Desk, place: &Place, def: &DrugDef) -> Option<Option<Ends>> {
    desk.optional(def.ends.as_ref(), |desk, ends| {
        let place = place.inner("ends", &ends.span);
        let day = desk.need(&place, "day", ends.day.as_ref(), "{ day = 3, visit = \"pump off\" }");
        let day = day.and_then(|at| desk.number(at, "day", -90, 3_660));
        let visit = desk.need(&place, "visit", ends.visit.as_ref(), "{ day = 3, visit = \"pump off\" }");
        Some(Ends { day: day?, visit: visit?.value.clone() })
    })
}

/// Kidney function; an AUC dose must have one, and it must be complete.
fn gfr(desk: &mut Desk, place: &Place, def: &DrugDef) -> Option<Option<GfrRule>> {
    let auc = |at: &At<String>| ProtocolDose::read(&at.value).is_ok_and(|dose| dose.basis == Basis::Auc);
    match &def.gfr {
        None if def.doses().chain(def.reduced_doses()).any(auc) => {
            let line = "gfr = { formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"125 mL/min\", places = 0, recalculate = \"every cycle\" }";
            desk.missing(place, "gfr", line);
            None
        }
        None => Some(None),
        Some(def) => rule(desk, &place.inner("gfr", &def.span), def).map(Some),
    }
}

fn rule(desk: &mut Desk, place: &Place, def: &GfrDef) -> Option<GfrRule> {
    let formula = desk.need(place, "formula", def.formula.as_ref(), "formula = \"cockcroft-gault\"");
    let formula = formula.and_then(|at| desk.or_site(place, "formula", at));
    let formula = formula.and_then(|at| desk.read(&at, RenalFormula::read));
    let weight = desk.need(place, "weight", def.weight.as_ref(), "weight = \"actual\"");
    let weight = weight.and_then(|at| desk.or_site(place, "weight", at));
    let weight = weight.and_then(|at| desk.word(&at, "weight", WEIGHTS));
    let line = "creatinine_floor = \"0.7 mg/dL\", or creatinine_floor = \"none\"";
    let floor = desk.need(place, "creatinine_floor", def.creatinine_floor.as_ref(), line);
    let floor = floor.and_then(|at| desk.or_site(place, "creatinine_floor", at));
    let floor = floor.and_then(|at| unless_none(&at, |at| desk.read(at, Creatinine::read)));
    let cap = desk.need(place, "cap", def.cap.as_ref(), "cap = \"125 mL/min\", or cap = \"none\"");
    let cap = cap.and_then(|at| desk.or_site(place, "cap", at));
    let cap = cap.and_then(|at| unless_none(&at, |at| absolute(desk, at)));
    let places = desk.need(place, "places", def.places.as_ref(), "places = 0");
    let places = places.and_then(|at| desk.count(at, "number of decimals", 0, 6));
    let again = desk.need(place, "recalculate", def.recalculate.as_ref(), "recalculate = \"every cycle\"");
    let again = again.and_then(|at| desk.word(at, "rule for a new kidney function", AGAIN));
    Some(GfrRule {
        formula: formula?,
        weight: weight?,
        creatinine_floor: floor?,
        cap: cap?,
        places: places?,
        recalculate: again?,
    })
}

fn unless_none<R>(at: &At<String>, reader: impl FnOnce(&At<String>) -> Option<R>) -> Option<Option<R>> {
    if at.value == "none" { Some(None) } else { reader(at).map(Some) }
}

fn absolute(desk: &mut Desk, at: &At<String>) -> Option<crate::quantity::Decimal> {
    match desk.read(at, Gfr::read)? {
        Gfr::Absolute(value) => Some(value),
        Gfr::Indexed(_) => {
            let text = "the Calvert formula takes an absolute kidney function, and this one is indexed to 1.73 m²";
            desk.block(codes::QUANTITY, &at.span, text, "write for example \"125 mL/min\"");
            None
        }
    }
}
