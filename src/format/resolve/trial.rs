//! `[[cohort]]`, `[[lifetime]]`, and what a drug says about cohorts, steps and dilution.

use std::collections::BTreeMap;

use crate::format::codes;
use crate::format::definition::{
    At, CohortDef, CohortDoseDef, Definition, DiluteDef, DrugDef, LifetimeDef, LowerDef, RampDef, Table, TextOr,
};
use crate::quantity::number::{self, shown};
use crate::quantity::{Amount, Basis, Decimal, Period, ProtocolDose, QuantityError, Volume};
use crate::regimen::substance;
use crate::regimen::{Cohort, CohortDose, Decay, Dilution, Lifetime, Ramp, RampLength, Stated};

use super::resolver::{Read, Resolver, TablePath, UNKNOWN, text, texts};
use super::scope::Scope;
use super::source::Book;
use super::{dose, drug_id, ladder, unique};

pub(super) fn cohorts(resolver: &mut Resolver, file: &Definition) -> Option<Vec<Cohort>> {
    let ids = file.cohort.iter().filter_map(|def| def.id.as_ref());
    unique(resolver, "cohorts", ids.map(|at| (at.value.as_str(), at.span.clone())));
    resolver.each(&file.cohort, cohort)
}

fn cohort(resolver: &mut Resolver, def: &Table<CohortDef>) -> Option<Cohort> {
    let place = TablePath::new("[[cohort]]", &def.span, "cohort");
    let id = resolver.words(&place, "id", def.id.as_ref(), "id = \"1\"")?;
    Some(Cohort { id, name: text(def.name.as_ref()), note: text(def.note.as_ref()) })
}

/// A name of a cohort of this file.
fn named(resolver: &mut Resolver, at: &At<String>, cohorts: &[String]) -> Option<String> {
    if cohorts.contains(&at.value) {
        return Some(at.value.clone());
    }
    if !resolver.was_lost(&["cohort", "id"]) {
        let names: Vec<&str> = cohorts.iter().map(String::as_str).collect();
        let help = match crate::format::parse::nearest(&at.value, &names) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if names.is_empty() => "add a [[cohort]] with this id".to_owned(),
            None => super::resolver::listed(&names),
        };
        resolver.block(codes::REFERENCE, &at.span, format!("no cohort is called \"{}\"", shown(&at.value)), &help);
    }
    None
}

/// The cohorts in which a drug is given; all where empty.
pub(super) fn only_in(resolver: &mut Resolver, def: &DrugDef, cohorts: &[String]) -> Option<Vec<String>> {
    let Some(list) = &def.cohorts else { return Some(Vec::new()) };
    resolver.each(&list.value, |resolver, at| named(resolver, at, cohorts))
}

/// The dose of every cohort in which the drug is given, where it goes by cohort.
pub(super) fn by_cohort(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    scope: Scope,
    only_in: &[String],
) -> Read<Option<Vec<CohortDose>>> {
    let Some(table) = &def.by_cohort else { return Some(None) };
    if def.own_doses().next().is_some() || def.table.is_some() {
        let text = format!("{} says its dose twice: for every cohort, and for all", place.name);
        resolver.block(codes::DOSE_TWICE, &table.span, text, "keep `by_cohort`, or the one dose");
        return None;
    }
    let cohorts = scope.cohorts;
    let entries: Vec<(&String, &TextOr<CohortDoseDef>)> = table.value.iter().collect();
    let read = resolver.each(&entries, |resolver, (name, one)| {
        let name = named(resolver, &At { value: (*name).clone(), span: one.span().clone() }, cohorts);
        let (dose, ladder) = match one {
            TextOr::Text(at) => (dose::protocol(resolver, at), Some(None)),
            TextOr::Table(def) => {
                let place = place.inner("by_cohort", &def.span);
                let dose = resolver.need(&place, "dose", def.dose.as_ref(), "dose = \"250 mg\"");
                let dose = dose.and_then(|at| dose::protocol(resolver, at));
                let ladder = resolver.optional(def.reduce.as_ref(), |resolver, def| {
                    ladder::table(resolver, &place.inner("reduce", &def.span), def, scope.cycle)
                });
                (dose, ladder)
            }
        };
        Some(CohortDose { id: name?, dose: dose?, ladder: ladder? })
    })?;
    let asked = if only_in.is_empty() { cohorts } else { only_in };
    if let Some(first) = asked.iter().find(|id| !read.iter().any(|one| one.id == **id)) {
        let text = format!("cohort {first} has no dose of {}", place.name);
        resolver.block(codes::GAP, &table.span, text, "add its dose, or name the cohorts of this drug under `cohorts`");
        return None;
    }
    Some(Some(read))
}

pub(super) fn lifetimes(resolver: &mut Resolver, book: &mut Book, file: &Definition) -> Option<Vec<Lifetime>> {
    resolver.each(&file.lifetime, |resolver, def| lifetime(resolver, book, file, def))
}

fn lifetime(resolver: &mut Resolver, book: &mut Book, file: &Definition, def: &Table<LifetimeDef>) -> Option<Lifetime> {
    let label = def.name.as_ref().map_or("[[lifetime]]".to_owned(), |at| format!("lifetime {}", at.value));
    let place = TablePath::new(label, &def.span, "lifetime");
    let name = resolver.words(&place, "name", def.name.as_ref(), "name = \"anthracyclines\"");
    let counts = resolver.need(&place, "counts", def.counts.as_ref(), "counts = { doxorubicin = \"1\" }");
    let counts = counts.and_then(|at| self::counts(resolver, file, at));
    let limit = resolver.need(&place, "limit", def.limit.as_ref(), "limit = \"550 mg/m2\"");
    let limit = limit.and_then(|at| self::limit(resolver, at));
    let lower = resolver.each(&def.lower, |resolver, row| self::lower(resolver, &place, row, limit));
    if def.equivalence.is_none() && counts.as_ref().is_some_and(|counts| counts.len() > 1) {
        let text = format!("{} adds several drugs and does not say whose factors it uses", place.name);
        let help =
            "write the published set and its year, such as equivalence = \"Feijen 2019\": sets differ up to threefold";
        resolver.block(codes::LIFETIME, &def.span, text, help);
    }
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    Some(Lifetime {
        name: name?,
        counts: counts?,
        equivalence: text(def.equivalence.as_ref()),
        limit: limit?,
        lower: lower?,
        note: text(def.note.as_ref()),
        provenance,
    })
}

/// A limit is flat, per m² or per kg.
fn limit(resolver: &mut Resolver, at: &At<String>) -> Option<ProtocolDose> {
    let limit = dose::protocol(resolver, at)?;
    if limit.basis == Basis::Auc {
        let text = "a target AUC is not an amount that adds up";
        resolver.block(codes::QUANTITY, &at.span, text, "write for example \"550 mg/m2\"");
        return None;
    }
    Some(limit)
}

/// A lower limit, which must be one.
fn lower(
    resolver: &mut Resolver,
    place: &TablePath,
    row: &Table<LowerDef>,
    limit: Option<ProtocolDose>,
) -> Option<(String, ProtocolDose)> {
    let place = place.inner("lower", &row.span);
    let with = resolver.words(&place, "with", row.with.as_ref(), "with = \"radiotherapy of the mediastinum\"");
    let at = resolver.need(&place, "limit", row.limit.as_ref(), "limit = \"400 mg/m2\"")?;
    let lower = self::limit(resolver, at)?;
    if !limit.is_none_or(|limit| below(lower, limit)) {
        let text = format!("{lower} is not below the limit of {}", place.name);
        resolver.block(
            codes::LIFETIME,
            &at.span,
            text,
            "write the smaller figure under `lower`, in the unit of `limit`",
        );
        return None;
    }
    Some((with?, lower))
}

fn below(low: ProtocolDose, high: ProtocolDose) -> bool {
    let factor = low.unit.factor_to(high.unit).filter(|_| low.basis == high.basis);
    factor.and_then(|factor| low.value.checked_mul(factor)).is_some_and(|value| value < high.value)
}

fn counts(
    resolver: &mut Resolver,
    file: &Definition,
    at: &At<BTreeMap<String, At<String>>>,
) -> Option<Vec<(String, Decimal)>> {
    let entries: Vec<(&String, &At<String>)> = at.value.iter().collect();
    let read = resolver.each(&entries, |resolver, (name, at)| {
        let factor = resolver.read(at, number::parse)?;
        if factor <= Decimal::ZERO || factor > Decimal::ONE_HUNDRED {
            let text = format!("{factor} is not a factor");
            resolver.block(codes::BOUNDS, &at.span, text, "write what one mg counts for, such as \"0.8\"");
            return None;
        }
        Some(((*name).to_lowercase(), factor))
    })?;
    let read: Vec<(String, Decimal)> = read
        .into_iter()
        .flat_map(|(word, factor)| meant(file, &word).into_iter().map(move |name| (name, factor)))
        .collect();
    let drugs = drugs_of(file);
    let here =
        read.iter().any(|(name, _)| drugs.iter().any(|(_, known)| substance::base(known) == substance::base(name)));
    if let Some(twice) = counted_twice(&read) {
        let text = format!("{twice} is counted twice, under two of its names");
        resolver.block(codes::LIFETIME, &at.span, text, "write each drug once, by its full generic name");
        return None;
    }
    if !here && !resolver.was_lost(&["drug", "name"]) {
        let text = "none of these drugs is given in this regimen, so nothing here adds to the limit";
        resolver.block(codes::LIFETIME, &at.span, text, "name the drug as under [[drug]], by its full generic name");
        return None;
    }
    Some(read)
}

/// Every drug of the file: its id, and its name in small letters.
fn drugs_of(file: &Definition) -> Vec<(String, String)> {
    let drugs = file.drug.iter().chain(file.phase.iter().flat_map(|phase| &phase.drug));
    drugs.filter_map(|def| Some((drug_id(def), def.name.as_ref()?.value.to_lowercase()))).collect()
}

/// The names of the drugs that a word of `counts` means: a name stands for itself, an id for the names of the drugs called so.
fn meant(file: &Definition, word: &str) -> Vec<String> {
    let drugs = drugs_of(file);
    let mut by_id: Vec<String> =
        drugs.iter().filter(|(id, _)| id.eq_ignore_ascii_case(word)).map(|(_, name)| name.clone()).collect();
    by_id.sort_unstable();
    by_id.dedup();
    if by_id.is_empty() || drugs.iter().any(|(_, name)| name == word) { vec![word.to_owned()] } else { by_id }
}

/// A drug that stands in the list under two names with two factors.
fn counted_twice(counts: &[(String, Decimal)]) -> Option<&str> {
    let mut seen = BTreeMap::new();
    counts
        .iter()
        .find(|(name, factor)| seen.insert(substance::base(name), factor).is_some_and(|before| before != factor))
        .map(|(name, _)| name.as_str())
}

/// Smaller doses before the full one.
pub(super) fn ramp(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    full: Option<ProtocolDose>,
) -> Option<Vec<Ramp>> {
    let Some(rows) = &def.ramp else { return Some(Vec::new()) };
    let read = resolver.each(&rows.value, |resolver, row| step(resolver, place, row))?;
    let doses: Vec<ProtocolDose> = read.iter().map(|ramp| ramp.dose).chain(full).collect();
    for (pair, row) in doses.windows(2).zip(&rows.value) {
        let [low, high] = pair else { continue };
        if !below(*low, *high) {
            let text = format!("the step {low} does not lead up to {high}");
            let help = "list the steps from the lowest dose up, in the unit of the full dose";
            resolver.block(codes::RAMP, &row.span, text, help);
            return None;
        }
    }
    Some(read)
}

/// After how many days without a dose the steps begin again; nothing where they never do.
pub(super) fn ramp_again(resolver: &mut Resolver, def: &DrugDef) -> Read<Option<Stated<i32>>> {
    let Some(at) = &def.ramp_again_after else { return Some(None) };
    if def.ramp.is_none() {
        let text = "`ramp_again_after` says when the steps of `ramp` begin again, and there are none";
        resolver.block(codes::ONE_OF, &at.span, text, "add ramp = [{ dose = \"20 mg\", lasts = \"7 days\" }]");
        return None;
    }
    match at.value.as_str() {
        "never" => Some(None),
        UNKNOWN => Some(Some(Stated::Unknown)),
        _ => resolver.days(at).map(|days| Some(Stated::Is(days))),
    }
}

fn step(resolver: &mut Resolver, place: &TablePath, def: &Table<RampDef>) -> Option<Ramp> {
    let place = place.inner("ramp", &def.span);
    let dose = resolver
        .need(&place, "dose", def.dose.as_ref(), "dose = \"20 mg\"")
        .and_then(|at| dose::protocol(resolver, at));
    let lasts = resolver.need(&place, "lasts", def.lasts.as_ref(), "lasts = \"7 days\" (or \"1 dose\")");
    let lasts = lasts.and_then(|at| self::lasts(resolver, at));
    let next = resolver.optional(def.next.as_ref(), |resolver, def| {
        let range =
            dose::ends(resolver, &place, &def.value, &def.span, &mut |resolver, at| resolver.read(at, whole_days))?;
        let whole = |value: Option<Decimal>| value.and_then(crate::quantity::decimal::whole);
        let (above, below) = (whole(range.above).map(|days| days + 1), whole(range.below).map(|days| days - 1));
        Some((whole(range.from).or(above), whole(range.through).or(below)))
    });
    Some(Ramp { dose: dose?, lasts: lasts?, next: next? })
}

fn whole_days(text: &str) -> Result<Decimal, QuantityError> {
    let days = Period::read(text)?.whole_days().map(Decimal::from);
    days.ok_or_else(|| QuantityError::new(text, "is not a whole number of days", "\"2 days\""))
}

fn lasts(resolver: &mut Resolver, at: &At<String>) -> Option<RampLength> {
    let doses = at.value.strip_suffix(" doses").or(at.value.strip_suffix(" dose"));
    if let Some(doses) = doses.and_then(|doses| doses.parse::<u32>().ok()).filter(|doses| (1..=99).contains(doses)) {
        return Some(RampLength::Doses(doses));
    }
    resolver.days(at).filter(|days| *days > 0).map(RampLength::Days)
}

/// How a radioactive dose decays.
pub(super) fn decay(resolver: &mut Resolver, place: &TablePath, drug: &DrugDef) -> Read<Option<Decay>> {
    let activity = |dose: ProtocolDose| dose.unit.dimension() == crate::quantity::unit::Dimension::Activity;
    let active = drug.doses().filter_map(|at| ProtocolDose::read(&at.value).ok()).all(activity);
    resolver.optional(drug.decay.as_ref(), |resolver, def| {
        let place = place.inner("decay", &def.span);
        let half_life = resolver.need(&place, "half_life", def.half_life.as_ref(), "half_life = \"11.4 days\"");
        let half_life = half_life.and_then(|at| hours(resolver, at));
        let before = resolver.optional(def.ordered_before.as_ref(), hours);
        if !active {
            let text = "`decay` belongs to an activity in kBq, MBq or GBq";
            resolver.block(codes::UNITS, &def.span, text, "leave it out, or write the dose as an activity");
            return None;
        }
        Some(Decay { half_life: half_life?, ordered_before: before? })
    })
}

/// A length of time above zero, in hours.
fn hours(resolver: &mut Resolver, at: &At<String>) -> Option<Decimal> {
    let minutes = resolver.read(at, Period::read)?.minutes();
    let hours =
        minutes.and_then(|minutes| minutes.checked_div(Decimal::from(60))).filter(|hours| *hours > Decimal::ZERO);
    if hours.is_none() {
        let text = format!("\"{}\" is not a length of time", shown(&at.value));
        resolver.block(codes::QUANTITY, &at.span, text, "write for example \"11.4 days\" or \"24 hours\"");
    }
    hours
}

/// The word in place of a diluent.
const UNDILUTED: &str = "undiluted";

/// How the dose is diluted.
pub(super) fn dilution(
    resolver: &mut Resolver,
    place: &TablePath,
    def: Option<&Table<DiluteDef>>,
) -> Read<Option<Dilution>> {
    resolver.optional(def, |resolver, def| {
        let place = place.inner("dilute", &def.span);
        let never = texts(def.never.as_ref());
        let from = resolver.optional(def.from.as_ref(), concentration);
        let through = resolver.optional(def.through.as_ref(), concentration);
        if def.fluid.as_ref().is_some_and(|at| at.value == UNDILUTED) {
            if let Some(at) = &def.volume {
                let text = "what is given undiluted has the volume of its vial";
                resolver.block(codes::QUANTITY, &at.span, text, "leave `volume` out, or name the diluent");
                return None;
            }
            return Some(Dilution { fluid: None, never, volume: None, from: from?, through: through? });
        }
        let fluid = resolver.words(&place, "fluid", def.fluid.as_ref(), "fluid = \"sodium chloride 0.9 %\"");
        let line = "volume = \"250 mL\", or volume = \"unknown\"";
        let volume = resolver.need(&place, "volume", def.volume.as_ref(), line);
        let volume = volume.and_then(|at| {
            if at.value == UNKNOWN { Some(None) } else { millilitres(resolver, at).map(|ml| Some(Volume::ml(ml))) }
        });
        Some(Dilution { fluid: Some(fluid?), never, volume: volume?, from: from?, through: through? })
    })
}

fn millilitres(resolver: &mut Resolver, at: &At<String>) -> Option<Decimal> {
    let volume = dose::amount(resolver, at)?;
    let found = volume.in_unit(crate::quantity::DoseUnit::Ml).map(|volume| volume.value);
    if found.is_none() {
        resolver.block(
            codes::QUANTITY,
            &at.span,
            format!("\"{volume}\" is not a volume"),
            "write for example \"250 mL\"",
        );
    }
    found
}

/// `0.5 mg in 1 mL`, as the amount in 1 mL.
fn concentration(resolver: &mut Resolver, at: &At<String>) -> Option<Amount> {
    let part = |text: &str| At { value: text.to_owned(), span: at.span.clone() };
    let Some((amount, volume)) = at.value.split_once(" in ") else {
        let text = format!("\"{}\" is not a concentration", shown(&at.value));
        resolver.block(codes::QUANTITY, &at.span, text, "write for example \"0.5 mg in 1 mL\"");
        return None;
    };
    let (amount, volume) = (dose::amount(resolver, &part(amount)), millilitres(resolver, &part(volume)));
    let (amount, volume) = (amount?, volume?);
    Some(Amount { value: amount.value.checked_div(volume)?.normalize(), unit: amount.unit })
}
