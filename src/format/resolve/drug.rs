//! `[[drug]]`.

use crate::format::codes;
use crate::format::definition::{At, DrugDef, GfrDef, Table};
use crate::formula::renal::RenalFormula;
use crate::quantity::{Basis, Creatinine, Gfr, GfrMethod, GfrMethods, ProtocolDose};
use crate::regimen::largest::substance_of;
use crate::regimen::{
    AgeAt, AucFormula, Clock, Days, Dosing, Drug, Ends, Form, GfrRule, Handling, Role, with_formulation,
};

use super::body::WEIGHTS;
use super::resolver::{Read, Resolver, TablePath, text, texts};
use super::rounding::{self, Supply};
use super::scope::{Scope, refer};
use super::source::Book;
use super::{cycle, days, dose, dosing, drug_id, timing, total, trial};

/// What makes a dose of a target AUC.
const CALVERT: &[(&str, AucFormula)] = &[("calvert", AucFormula::Calvert), ("newell", AucFormula::Newell)];
/// How a kidney function is measured.
const METHODS: &[(&str, GfrMethod)] = &[
    ("iohexol", GfrMethod::Iohexol),
    ("EDTA", GfrMethod::Edta),
    ("DTPA", GfrMethod::Dtpa),
    ("inulin", GfrMethod::Inulin),
    ("timed urine", GfrMethod::TimedUrine),
];
/// When a kidney function is computed again.
pub(super) const AGAIN: &[(&str, bool)] = &[("every cycle", true), ("never", false)];

pub(super) fn drug(resolver: &mut Resolver, book: &mut Book, def: &Table<DrugDef>, scope: Scope) -> Option<Drug> {
    let (id, place) = called(def);
    let name = resolver.words(&place, "name", def.name.as_ref(), "name = \"full generic name\"");
    let role = resolver.optional(def.role.as_ref(), |resolver, at| resolver.word(at, "role", timing::ROLES));
    let route = timing::route(resolver, &place, def);
    let given = timing::given(resolver, &place, def);
    let over = timing::over(resolver, &place, def);
    let only_in = trial::only_in(resolver, def, scope.cohorts);
    let dosing = dosing::dosing(resolver, &place, def, scope, only_in.as_deref(), over.as_ref().map(Option::as_ref));
    let weight = resolver.optional(def.weight.as_ref(), |resolver, at| {
        let at = resolver.or_site(&place, "weight", at)?;
        resolver.word(&at, "weight", WEIGHTS)
    });
    let by_kidney = dosing.as_ref().is_some_and(|dosing| dosing.conditions().any(|whom| whom.gfr.is_some()));
    let gfr = gfr(resolver, &place, def, by_kidney);
    let days = self::days(resolver, &place, def, scope);
    let times = timing::times(resolver, def);
    let hours = timing::hours(resolver, &place, def, scope);
    let starts = timing::starts(resolver, def, given.map(timing::Where::is_home), times);
    let cycles = cycles(resolver, def, scope.numbered_from);
    let stop_after =
        resolver.optional(def.stop_after.as_ref(), |resolver, at| resolver.read(at, crate::quantity::Period::read));
    let caps = dose::caps(resolver, &place, def);
    let maximum = dose::maximum(resolver, def.maximum.as_ref());
    let supply = supply(resolver, def);
    let depends = dosing.as_ref().is_some_and(|dosing| dosing.options().any(|one| dose::depends(one.dose)));
    let rounding = supply.as_ref().and_then(|supply| rounding::rounding(resolver, &place, def, depends, supply));
    let window = resolver.optional(def.window.as_ref(), |resolver, room| cycle::room(resolver, &place, room));
    let several = matches!(role, Some(None | Some(Role::Treatment))) && days.as_ref().is_some_and(several_days);
    let missed = timing::missed(resolver, &place, def, several);
    let least_gap = resolver.optional(def.least_gap.as_ref(), super::resolver::Resolver::days);
    let clock = resolver.optional(def.clock.as_ref(), |resolver, at| resolver.word(at, "clock", timing::CLOCKS));
    let relative = timing::relative(resolver, &place, def, scope);
    let ends = ends(resolver, &place, def);
    let decay = trial::decay(resolver, &place, def);
    let dilution = trial::dilution(resolver, &place, def.dilute.as_ref());
    let (warn, handling) = (warn(resolver, def), handling(resolver, def));
    let form = resolver.optional(def.form.as_ref(), |resolver, at| resolver.word(at, "form", FORMS));
    let age_at = age_at(resolver, def, dosing.as_ref());
    let (stops, instead_of) = (stops(resolver, def, scope), instead_of(resolver, def, scope));
    let cycle_total = match (&dosing, times, &hours, &days) {
        (Some(dosing), Some(times), Some(hours), Some(days)) => {
            let times = hours.as_ref().map_or(Some(times), |hours| u32::try_from(hours.at.len()).ok()).unwrap_or(times);
            total::total(resolver, &place, def, &total::Given { dosing, times, days })
        }
        _ => None,
    };
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    let Supply { vial, tablets } = supply?;
    let ((first_cycle, last_cycle), name, formulation) = (cycles?, name?, text(def.formulation.as_ref()));
    Some(Drug {
        id,
        substance: substance_of(&with_formulation(&name, formulation.as_deref())),
        name,
        also: texts(def.also.as_ref()),
        formulation,
        product: text(def.product.as_ref()),
        strength_as: text(def.strength_as.as_ref()),
        role: role?.unwrap_or(Role::Treatment),
        dosing: dosing?,
        weight: weight?,
        gfr: gfr?,
        route: route?,
        home: given?.is_home(),
        ward: given? == timing::Where::Ward,
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
        form: form?.unwrap_or_default(),
        cycle_total: cycle_total?,
        stops: stops?,
        instead_of: instead_of?,
        cohorts: only_in?,
        decay: decay?,
        dilution: dilution?,
        handling: handling?,
        text: None,
        warn: warn?,
        rescue: text(def.rescue.as_ref()).filter(|rescue| !rescue.trim().is_empty()),
        dose_exception: text(def.dose_exception.as_ref()),
        together: def.together.as_ref().is_some_and(|at| at.value),
        age_at: age_at?.unwrap_or_default(),
        note: text(def.note.as_ref()),
        provenance,
    })
}

/// By which age a table goes.
pub(super) const AGES: &[(&str, AgeAt)] = &[("cycle", AgeAt::Cycle), ("treatment", AgeAt::Treatment)];

/// Refused of a drug whose table asks no age.
fn age_at(resolver: &mut Resolver, def: &DrugDef, dosing: Option<&Dosing>) -> Read<Option<AgeAt>> {
    if let (Some(at), Some(dosing)) = (&def.age_at, dosing)
        && dosing.rows().iter().all(|row| row.when.age.is_none())
    {
        let text = "`age_at` says by which age a table goes, and this drug has no table by age";
        resolver.block(
            codes::BOUNDS,
            &at.span,
            text.to_owned(),
            "leave age_at out; a rule of `start` goes by the age on the first day",
        );
    }
    resolver.optional(def.age_at.as_ref(), |resolver, at| resolver.word(at, "age", AGES))
}

/// What is counted out.
pub(super) const FORMS: &[(&str, Form)] = &[("tablets", Form::Tablets), ("capsules", Form::Capsules)];

/// The longest way of storing that a label holds beside the rest.
const LONGEST_STORE: usize = 60;

/// Storage, time of use, and whether it is cytotoxic.
fn handling(resolver: &mut Resolver, def: &DrugDef) -> Option<Handling> {
    let store = resolver.optional(def.store.as_ref(), |resolver, at| {
        let short = (1..=LONGEST_STORE).contains(&at.value.trim().chars().count());
        if !short || at.value.contains('\n') {
            let text = format!("how it is stored stands on the label: one line of 1 to {LONGEST_STORE} characters");
            resolver.block(codes::QUANTITY, &at.span, text, "write for example \"2 to 8 °C, protected from light\"");
            return None;
        }
        Some(at.value.trim().to_owned())
    });
    let use_within =
        resolver.optional(def.use_within.as_ref(), |resolver, at| resolver.read(at, crate::quantity::Period::read));
    let cytotoxic = def.cytotoxic.as_ref().map(|at| at.value);
    Some(Handling { store: store?, use_within: use_within?, cytotoxic })
}

/// The longest warning that a label of two inches holds in letters that can be read.
const LONGEST_WARNING: usize = 90;

/// Its warning: one line, so short that a label holds it.
fn warn(resolver: &mut Resolver, def: &DrugDef) -> Read<Option<String>> {
    let Some(at) = &def.warn else { return Some(None) };
    let long = at.value.chars().count() > LONGEST_WARNING;
    if long || at.value.trim().is_empty() || at.value.contains('\n') {
        let text = format!("a warning stands on the label: one line of 1 to {LONGEST_WARNING} characters");
        resolver.block(codes::QUANTITY, &at.span, text, "write what must never be done here, and the rest as `note`");
        return None;
    }
    Some(Some(at.value.trim().to_owned()))
}

/// The drug it may replace.
fn instead_of(resolver: &mut Resolver, def: &DrugDef, scope: Scope) -> Read<Option<String>> {
    let of = resolver.optional(def.instead_of.as_ref(), |resolver, at| refer(resolver, at, scope.drugs))?;
    if let (Some(at), true) = (&def.instead_of, of == Some(drug_id(def))) {
        let text = "a drug cannot be given instead of itself";
        resolver.block(codes::REFERENCE, &at.span, text, "name the drug it replaces");
        return None;
    }
    Some(of)
}

/// Its id, and how messages call it.
fn called(def: &Table<DrugDef>) -> (String, TablePath) {
    let id = drug_id(def);
    let label = if id.is_empty() { "this drug".to_owned() } else { format!("drug {id}") };
    let place = TablePath::new(label, &def.span, format!("drug.{id}"));
    (id, place)
}

/// The drugs that stop with it.
fn stops(resolver: &mut Resolver, def: &DrugDef, scope: Scope) -> Option<Vec<String>> {
    let Some(list) = &def.stops else { return Some(Vec::new()) };
    resolver.each(&list.value, |resolver, at| refer(resolver, at, scope.drugs))
}

fn several_days(days: &Days) -> bool {
    match days {
        Days::List(days) => days.len() > 1,
        Days::ByCycle(rows) => rows.iter().any(|(_, _, days)| days.len() > 1),
        Days::EveryDay => true,
    }
}

/// Its own days, or those of the drug it belongs to.
fn days(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, scope: Scope) -> Option<Days> {
    if def.days.is_none() && def.by_cycle.is_none() {
        let owner = def.belongs_to().or_else(|| def.hours.as_ref()?.drug.clone());
        let owner = owner.and_then(|at| {
            scope
                .drugs
                .iter()
                .find(|drug| drug_id(drug) == at.value || drug.name.as_ref().is_some_and(|name| name.value == at.value))
        });
        if let Some(owner) = owner.filter(|owner| owner.days.is_some() || owner.by_cycle.is_some()) {
            // The owner's own faults are told at the owner.
            let mut aside = resolver.silent();
            return days::of_drug(&mut aside, place, owner, scope);
        }
    }
    days::of_drug(resolver, place, def, scope)
}

fn cycles(resolver: &mut Resolver, def: &DrugDef, lowest: u32) -> Option<(u32, Option<u32>)> {
    let Some(span) = &def.cycles else { return Some((lowest, None)) };
    let first = i64::from(lowest);
    let from = resolver.optional(span.from.as_ref(), |resolver, at| resolver.count(at, "cycle", first, 999));
    let through = resolver.optional(span.through.as_ref(), |resolver, at| resolver.count(at, "cycle", first, 999));
    let (from, through) = (from?.unwrap_or(lowest), through?);
    if through.is_some_and(|through| through < from) {
        let text = format!("these cycles end before cycle {from}, where they begin");
        resolver.block(codes::BOUNDS, &span.span, text, "write the earlier cycle as `from`");
        return None;
    }
    Some((from, through))
}

fn supply(resolver: &mut Resolver, def: &DrugDef) -> Option<Supply> {
    let vial = resolver.optional(def.vial.as_ref(), rounding::vial);
    let tablets = resolver.optional(def.tablets.as_ref(), rounding::tablets);
    Some(Supply { vial: vial?, tablets: tablets? })
}

fn ends(resolver: &mut Resolver, place: &TablePath, def: &DrugDef) -> Read<Option<Ends>> {
    resolver.optional(def.ends.as_ref(), |resolver, ends| {
        let place = place.inner("ends", &ends.span);
        let day = resolver.need(&place, "day", ends.day.as_ref(), "{ day = 3, visit = \"pump off\" }");
        let day = day.and_then(|at| resolver.number(at, "day", -90, 3_660));
        let visit = resolver.need(&place, "visit", ends.visit.as_ref(), "{ day = 3, visit = \"pump off\" }");
        Some(Ends { day: day?, visit: visit?.value.clone() })
    })
}

/// Kidney function; an AUC dose, and one that goes by it, must say which and how, and completely.
fn gfr(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, by_kidney: bool) -> Read<Option<GfrRule>> {
    let auc = |at: &At<String>| ProtocolDose::read(&at.value).is_ok_and(|dose| dose.basis == Basis::Auc);
    match &def.gfr {
        None if def.doses().chain(def.reduced_doses()).any(auc) || by_kidney => {
            let line = "gfr = { formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"125 mL/min\", places = 0, recalculate = \"every cycle\" }";
            resolver.missing(place, "gfr", line);
            None
        }
        None => Some(None),
        Some(def) => rule(resolver, &place.inner("gfr", &def.span), def).map(Some),
    }
}

fn rule(resolver: &mut Resolver, place: &TablePath, def: &GfrDef) -> Option<GfrRule> {
    let formula = resolver.need(place, "formula", def.formula.as_ref(), "formula = \"cockcroft-gault\"");
    let formula = formula.and_then(|at| resolver.or_site(place, "formula", at));
    let formula = formula.and_then(|at| resolver.read(&at, RenalFormula::read));
    let weight = resolver.need(place, "weight", def.weight.as_ref(), "weight = \"actual\"");
    let weight = weight.and_then(|at| resolver.or_site(place, "weight", at));
    let weight = weight.and_then(|at| resolver.word(&at, "weight", WEIGHTS));
    let line = "creatinine_floor = \"0.7 mg/dL\", or creatinine_floor = \"none\"";
    let floor = resolver.need(place, "creatinine_floor", def.creatinine_floor.as_ref(), line);
    let floor = floor.and_then(|at| resolver.or_site(place, "creatinine_floor", at));
    let floor = floor.and_then(|at| unless_none(&at, |at| resolver.read(at, Creatinine::read)));
    let cap = resolver.need(place, "cap", def.cap.as_ref(), "cap = \"125 mL/min\", or cap = \"none\"");
    let cap = cap.and_then(|at| resolver.or_site(place, "cap", at));
    let cap = cap.and_then(|at| unless_none(&at, |at| absolute(resolver, at)));
    let uncapped = resolver.optional(def.uncapped.as_ref(), |resolver, at| {
        resolver.each(&at.value, |resolver, at| resolver.word(at, "method of measuring", METHODS))
    });
    let calvert =
        resolver.optional(def.calvert.as_ref(), |resolver, at| resolver.word(at, "formula of the dose", CALVERT));
    let places = resolver.need(place, "places", def.places.as_ref(), "places = 0");
    let places = places.and_then(|at| resolver.count(at, "number of decimals", 0, 6));
    let again = resolver.need(place, "recalculate", def.recalculate.as_ref(), "recalculate = \"every cycle\"");
    let again = again.and_then(|at| resolver.word(at, "rule for a new kidney function", AGAIN));
    Some(GfrRule {
        formula: formula?,
        weight: weight?,
        creatinine_floor: floor?,
        cap: cap?,
        uncapped: GfrMethods::of(&uncapped?.unwrap_or_default()),
        calvert: calvert?,
        places: places?,
        recalculate: again?,
    })
}

fn unless_none<R>(at: &At<String>, reader: impl FnOnce(&At<String>) -> Option<R>) -> Read<Option<R>> {
    if at.value == "none" { Some(None) } else { reader(at).map(Some) }
}

fn absolute(resolver: &mut Resolver, at: &At<String>) -> Option<crate::quantity::Decimal> {
    match resolver.read(at, Gfr::read)? {
        Gfr::Absolute(value) => Some(value),
        Gfr::Indexed(_) | Gfr::Measured(..) | Gfr::Dialysis => {
            let text =
                "a cap is an absolute kidney function, and this one is indexed to 1.73 m² or says how it was measured";
            resolver.block(codes::QUANTITY, &at.span, text, "write for example \"125 mL/min\"");
            None
        }
    }
}
