//! Phases: one, from the tables at the top of the file, or several `[[phase]]`.

use std::collections::BTreeSet;

use crate::format::codes;
use crate::format::definition::{At, BeginsDef, CycleDef, Definition, DrugDef, PhaseDef, RangeDef, Table, TextOr};
use crate::quantity::decimal::whole;
use crate::quantity::{Decimal, Period, PeriodUnit};
use crate::regimen::completeness::Grid;
use crate::regimen::{Begins, BeginsFrom, CountKind, Cycle, Drug, Gap, Numbering, Omitted, Phase, Provenance};

use super::cycle::Naming;
use super::resolver::{Read, Resolver, TablePath, UNKNOWN, text};
use super::scope::{Scope, place_of, refer};
use super::source::Book;
use super::{dilution, drug, drug_id, short_name, unique};

pub(super) const NUMBERING: &[(&str, Numbering)] =
    &[("continues", Numbering::Continues), ("restarts", Numbering::Restarts)];
pub(super) const ON: &[(&str, BeginsFrom)] = &[
    ("day 1 of last cycle", BeginsFrom::Day1),
    ("end of last cycle", BeginsFrom::End),
    ("last dose", BeginsFrom::LastDose),
];

/// Every name a drug of the file may be called by, for examples.
pub(super) fn names(definition: &Definition) -> BTreeSet<String> {
    let inner = definition.phase.iter().flat_map(|phase| &phase.drug);
    let mut names = BTreeSet::new();
    for drug in definition.drug.iter().chain(inner) {
        names.insert(drug_id(drug));
        names.extend(drug.name.iter().map(|at| at.value.clone()));
    }
    names
}

pub(super) fn phases(
    resolver: &mut Resolver,
    book: &mut Book,
    definition: &Definition,
    top: &TablePath,
    naming: Naming,
) -> Option<Vec<Phase>> {
    if too_many(resolver, definition) {
        return None;
    }
    let read = if definition.phase.is_empty() {
        single(resolver, book, definition, top, naming).map(|phase| vec![phase])
    } else {
        in_order(resolver, book, definition, naming)
    };
    read.filter(|phases| dilution::meant(resolver, phases))
}

fn in_order(resolver: &mut Resolver, book: &mut Book, definition: &Definition, naming: Naming) -> Option<Vec<Phase>> {
    alone(resolver, definition);
    let ids = definition.phase.iter().filter_map(|phase| phase.id.as_ref());
    unique(resolver, "phases", ids.map(|at| (at.value.as_str(), at.span.clone())));
    let mut first_cycle = Some(naming.first);
    let mut known: Vec<String> = Vec::new();
    let mut phases = Vec::new();
    for (at, def) in definition.phase.iter().enumerate() {
        let read = several(resolver, book, definition, (at, def), &known, first_cycle, naming);
        known.extend(def.id.iter().map(|id| id.value.clone()));
        if read.as_ref().is_some_and(|phase| phase.numbering == Numbering::Restarts) {
            first_cycle = Some(naming.first);
        }
        first_cycle = read.as_ref().and_then(|phase| next_first(phase, first_cycle?));
        phases.push(read);
    }
    phases.into_iter().collect()
}

/// The most drugs and phases a file may have: more is no regimen, and names are looked up one by one.
const MOST: usize = 200;

fn too_many(resolver: &mut Resolver, definition: &Definition) -> bool {
    let drugs = definition.phase.iter().map(|phase| phase.drug.len()).sum::<usize>() + definition.drug.len();
    let phases = definition.phase.len();
    if drugs <= MOST && phases <= MOST {
        return false;
    }
    let text = format!("the file has {drugs} drugs and {phases} phases, and a regimen has at most {MOST}");
    resolver.block(codes::BOUNDS, &(0..0), text, "check that this is a regimen file");
    true
}

/// The number of the first cycle after a phase, where its own number of cycles is fixed.
fn next_first(phase: &Phase, first: u32) -> Option<u32> {
    match phase.cycle.count.kind {
        // A cycle that does not count has a number nevertheless.
        CountKind::Planned(cycles) if phase.cycle.count.omitted != Omitted::DoesNotCount => {
            first.checked_add(cycles.checked_mul(phase.cycle.step)?)
        }
        _ => None,
    }
}

/// Phases exclude the tables of a regimen of one phase.
fn alone(resolver: &mut Resolver, definition: &Definition) {
    let cycle = definition.cycle.iter().map(|table| ("[cycle]", table.span.clone()));
    let drugs = definition.drug.iter().map(|table| ("[[drug]]", table.span.clone()));
    for (what, span) in cycle.chain(drugs).collect::<Vec<_>>() {
        let text = format!("{what} stands outside the phases of this file");
        resolver.block(codes::PHASES, &span, text, &format!("write {} inside a [[phase]]", inside(what)));
    }
}

fn inside(what: &str) -> &'static str {
    if what == "[cycle]" { "[phase.cycle]" } else { "[[phase.drug]]" }
}

fn single(
    resolver: &mut Resolver,
    book: &mut Book,
    file: &Definition,
    top: &TablePath,
    naming: Naming,
) -> Option<Phase> {
    let def = resolver.need(top, "[cycle]", file.cycle.as_ref(), "[cycle], with length, count, next and window");
    let cycle = def.and_then(|def| {
        super::cycle::cycle(resolver, book, def, &TablePath::new("[cycle]", &def.span, "cycle"), naming)
    });
    let span = first_span(cycle.as_ref(), Some(naming.first), naming.first, Numbering::Continues);
    let cohorts = cohort_ids(file);
    let scope = Scope {
        cycle: cycle.as_ref(),
        drugs: &file.drug,
        numbered_from: naming.first,
        first_cycle: span.0,
        last_cycle: span.1,
        surface: surface(file),
        cohorts: &cohorts,
    };
    let drugs = drugs(resolver, book, scope, top);
    anchored(resolver, file.cycle.as_ref(), &file.drug);
    let (numbering, provenance) = (Numbering::Continues, Provenance::default());
    Some(Phase { id: None, name: None, numbering, begins: None, cycle: cycle?, drugs: drugs?, provenance })
}

fn cohort_ids(file: &Definition) -> Vec<String> {
    file.cohort.iter().filter_map(|def| def.id.as_ref()).map(|at| at.value.clone()).collect()
}

/// The body surfaces that can occur: multiples of 0.01 m² at two decimals, and the one at which they are cut.
fn surface(file: &Definition) -> Grid {
    let Some(body) = &file.body else { return Grid::default() };
    let places = body.bsa_places.as_ref().and_then(|at| u32::try_from(at.value).ok());
    let cap = body.bsa_cap.as_ref().and_then(|at| super::body::square_metres(&at.value).ok());
    let step = places.filter(|places| *places <= 6).map(|places| Decimal::new(1, places));
    Grid { step, cap: cap.map(crate::quantity::Bsa::value) }
}

/// The numbers of a phase's first and last cycle, as far as they are known.
fn first_span(
    cycle: Option<&Cycle>,
    first: Option<u32>,
    from: u32,
    numbering: Numbering,
) -> (Option<u32>, Option<u32>) {
    let first = if numbering == Numbering::Restarts { Some(from) } else { first };
    let most = cycle.and_then(|cycle| match cycle.count.kind {
        CountKind::Planned(most) | CountKind::UpTo(most) | CountKind::Between(_, most) => Some(most),
        CountKind::UntilStopped => None,
    });
    let step = cycle.map_or(1, |cycle| cycle.step);
    let last = first.zip(most).and_then(|(first, most)| first.checked_add(most.checked_sub(1)?.checked_mul(step)?));
    (first, last)
}

fn drugs(resolver: &mut Resolver, book: &mut Book, scope: Scope, place: &TablePath) -> Option<Vec<Drug>> {
    if scope.drugs.is_empty() {
        resolver.missing(place, "drug", "a [[drug]] table");
        return None;
    }
    let ids: Vec<String> = scope.drugs.iter().map(|def| drug_id(def)).collect();
    unique(resolver, "drugs", ids.iter().map(String::as_str).zip(scope.drugs.iter().map(place_of)));
    let drugs = resolver.each(scope.drugs, |resolver, def| drug::drug(resolver, book, def, scope))?;
    let circle = drugs.iter().position(|drug| owner_of_itself(drug, &drugs));
    if let Some((drug, def)) = circle.and_then(|at| drugs.get(at).zip(scope.drugs.get(at))) {
        let text = format!("{} belongs to a drug that belongs to it, so neither would ever be given", drug.id);
        resolver.block(
            codes::REFERENCE,
            &place_of(def),
            text,
            "let one of them stand by itself, with `days` of its own",
        );
        return None;
    }
    Some(drugs)
}

/// Whether the drugs it belongs to, one after the other, come back to it.
fn owner_of_itself(drug: &Drug, drugs: &[Drug]) -> bool {
    let mut at = drug;
    for _ in drugs {
        match at.owner().and_then(|id| drugs.iter().find(|other| other.id == id)) {
            Some(owner) if owner.id == drug.id => return true,
            Some(owner) => at = owner,
            None => return false,
        }
    }
    false
}

fn anchored(resolver: &mut Resolver, cycle: Option<&Table<CycleDef>>, drugs: &[Table<DrugDef>]) {
    if let Some(anchor) = cycle.and_then(|cycle| cycle.anchor.as_ref()) {
        refer(resolver, anchor, drugs);
    }
}

fn several(
    resolver: &mut Resolver,
    book: &mut Book,
    file: &Definition,
    (at, def): (usize, &Table<PhaseDef>),
    known: &[String],
    first: Option<u32>,
    naming: Naming,
) -> Option<Phase> {
    let cohorts = cohort_ids(file);
    let label = def.id.as_ref().map_or_else(|| format!("phase {}", at + 1), |id| format!("phase {}", id.value));
    let site = def.id.as_ref().map_or_else(|| format!("phase.{}", at + 1), |id| format!("phase.{}", id.value));
    let place = TablePath::new(label, &def.span, site);
    let id = resolver.need(&place, "id", def.id.as_ref(), "id = \"induction\"").and_then(|at| short_name(resolver, at));
    let numbering = resolver.need(&place, "numbering", def.numbering.as_ref(), "numbering = \"continues\"");
    let numbering = numbering.and_then(|at| resolver.word(at, "numbering", NUMBERING));
    let begins = begins(resolver, &place, def.begins.as_ref(), at, known);
    let same = same_drugs(resolver, file, def, known);
    let cycle =
        resolver.need(&place, "cycle", def.cycle.as_ref(), "[phase.cycle], with length, count, next and window");
    let cycle =
        cycle.and_then(|def| super::cycle::cycle(resolver, book, def, &place.inner("cycle", &def.span), naming));
    let span = first_span(cycle.as_ref(), first, naming.first, numbering.unwrap_or(Numbering::Continues));
    let scope = Scope {
        cycle: cycle.as_ref(),
        drugs: &def.drug,
        numbered_from: naming.first,
        first_cycle: span.0,
        last_cycle: span.1,
        surface: surface(file),
        cohorts: &cohorts,
    };
    // What a phase takes over from one that is not there has been told.
    let lost = def.drug.is_empty() && same.is_none();
    let drugs = if lost { None } else { drugs(resolver, book, scope, &place) };
    anchored(resolver, def.cycle.as_ref(), &def.drug);
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), None);
    let name = text(def.name.as_ref());
    same?;
    Some(Phase {
        id: Some(id?),
        name,
        numbering: numbering?,
        begins: begins?,
        cycle: cycle?,
        drugs: drugs?,
        provenance,
    })
}

/// The phase whose drugs it has is an earlier one, and what it leaves out is given there.
fn same_drugs(resolver: &mut Resolver, file: &Definition, def: &PhaseDef, known: &[String]) -> Option<()> {
    let Some(named) = &def.same_drugs_as else {
        let Some(without) = &def.without else { return Some(()) };
        let text = "`without` leaves out drugs of another phase, and this one does not say of which";
        resolver.block(codes::ONE_OF, &without.span, text, "add same_drugs_as = \"the earlier phase\"");
        return None;
    };
    let id = earlier(resolver, named, known)?;
    let model = file.phase.iter().find(|phase| phase.id.as_ref().is_some_and(|at| at.value == id));
    let drugs = model.map_or(&[][..], |phase| phase.drug.as_slice());
    let left_out = def.without.iter().flat_map(|list| &list.value);
    left_out.map(|at| refer(resolver, at, drugs)).collect::<Option<Vec<_>>>().map(|_| ())
}

/// When the phase begins; the first has no say in it.
fn begins(
    resolver: &mut Resolver,
    place: &TablePath,
    def: Option<&Table<BeginsDef>>,
    at: usize,
    known: &[String],
) -> Read<Option<Begins>> {
    let line = "begins = { after = \"induction\", on = \"end of last cycle\", gap = \"0 days\" }";
    match (at, def) {
        (0, None) => Some(None),
        (0, Some(def)) => {
            let text = "the first phase begins on the first day";
            resolver.block(codes::PHASES, &def.span, text, "leave `begins` out of the first phase");
            None
        }
        (_, None) => {
            resolver.missing(place, "begins", line);
            None
        }
        (_, Some(def)) => beginning(resolver, &place.inner("begins", &def.span), def, known).map(Some),
    }
}

fn beginning(resolver: &mut Resolver, place: &TablePath, def: &BeginsDef, known: &[String]) -> Option<Begins> {
    let after = resolver.need(place, "after", def.after.as_ref(), "after = \"induction\"");
    let after = after.and_then(|at| earlier(resolver, at, known));
    let on = resolver.need(place, "on", def.on.as_ref(), "on = \"end of last cycle\"");
    let on = on.and_then(|at| resolver.word(at, "day from which a phase is counted", ON));
    let gap = resolver.need(place, "gap", def.gap.as_ref(), "gap = \"0 days\"").and_then(|at| gap(resolver, place, at));
    Some(Begins { after: after?, from: on?, gap: gap?, condition: text(def.condition.as_ref()) })
}

/// How long after the phase before: one length, a range of days, or unknown.
fn gap(resolver: &mut Resolver, place: &TablePath, def: &TextOr<RangeDef>) -> Option<Gap> {
    let range = match def {
        TextOr::Text(at) if at.value == UNKNOWN => return Some(Gap::Unknown),
        TextOr::Text(at) => return calendar_period(resolver, at).map(Gap::After),
        TextOr::Table(range) => range,
    };
    let (RangeDef { from: Some(from), through: Some(through), below: None, above: None }, span) =
        (&range.value, &range.span)
    else {
        let text = format!("{} gives a range that does not say its first and its last day", place.name);
        resolver.block(codes::ONE_OF, &range.span, text, "write gap = { from = \"30 days\", through = \"60 days\" }");
        return None;
    };
    let (from, through) = (resolver.days(from), resolver.days(through));
    let (from, through) = (from?, through?);
    if from >= through {
        resolver.block(codes::BOUNDS, span, "this range ends before it begins", "write the shorter time as `from`");
        return None;
    }
    Some(Gap::Between(from, through))
}

/// A length of time in whole days, or in whole months or years of the calendar.
fn calendar_period(resolver: &mut Resolver, at: &At<String>) -> Option<Period> {
    let months = Period::read(&at.value).ok().filter(|period| {
        let counted = matches!(period.unit, PeriodUnit::Months | PeriodUnit::Years);
        counted && whole(period.value).is_some_and(|number| (0..=1200).contains(&number))
    });
    if let Some(months) = months {
        return Some(months);
    }
    if Period::read(&at.value).is_ok() {
        return resolver.days(at).map(Period::days);
    }
    let text = format!("\"{}\" is not a length of time", crate::quantity::number::shown(&at.value));
    resolver.block(codes::QUANTITY, &at.span, text, "write \"28 days\", \"4 weeks\" or \"6 months\", or \"unknown\"");
    None
}

fn earlier(resolver: &mut Resolver, at: &At<String>, known: &[String]) -> Option<String> {
    if known.contains(&at.value) {
        return Some(at.value.clone());
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let text = format!("no earlier phase is called \"{}\"", crate::quantity::number::shown(&at.value));
    resolver.block(codes::REFERENCE, &at.span, text, &super::resolver::listed(&known));
    None
}
