//! `[body]`.

use crate::format::codes;
use crate::format::definition::{At, BodyDef, Definition, DrugDef, Table, TextOr};
use crate::formula::bsa::BsaFormula;
use crate::formula::weight::WeightFormula;
use crate::quantity::{Basis, Bsa, Decimal, ProtocolDose, QuantityError, number};
use crate::regimen::{Body, Recalculate, WeightKind};

use super::resolver::{Read, Resolver, TablePath, UNKNOWN, percent};
use super::source::Book;

/// The words for a weight.
pub(super) const WEIGHTS: &[(&str, WeightKind)] = &[
    (WeightKind::Actual.word(), WeightKind::Actual),
    (WeightKind::Ideal.word(), WeightKind::Ideal),
    (WeightKind::Adjusted.word(), WeightKind::Adjusted),
    (WeightKind::AdjustedFromBmi25.word(), WeightKind::AdjustedFromBmi25),
    (WeightKind::LowerOfIdealAndActual.word(), WeightKind::LowerOfIdealAndActual),
];

pub(super) const SINCE: &[(&str, bool)] = &[("cycle 1 day 1", false), ("weight last used", true)];

/// What the drugs of a file ask of `[body]`.
#[derive(Debug, Clone, Copy, Default)]
struct Needs {
    /// A body surface.
    surface: bool,
    /// A weight.
    weight: bool,
    /// An ideal weight, for itself or inside the adjusted one.
    ideal: bool,
    /// An adjusted weight.
    adjusted: bool,
}

impl Needs {
    fn of(definition: &Definition) -> Self {
        let mut needs = Needs::default();
        let inner = definition.phase.iter().flat_map(|phase| &phase.drug);
        for drug in definition.drug.iter().chain(inner) {
            needs.drug(drug);
        }
        needs.words(definition.body.as_ref().and_then(|body| body.weight.as_ref()));
        needs
    }

    fn drug(&mut self, drug: &DrugDef) {
        let mut rows = drug.table.iter().flat_map(|rows| &rows.value);
        let mut starts = drug.start.iter().flat_map(|list| &list.value).filter_map(|start| start.when.as_ref());
        self.surface |= rows.any(|row| row.bsa.is_some()) || starts.any(|when| when.bsa.is_some());
        for dose in drug.doses().chain(drug.reduced_doses()) {
            let basis = ProtocolDose::read(&dose.value).map(|dose| dose.basis);
            self.surface |= basis == Ok(Basis::PerM2);
            self.weight |= matches!(basis, Ok(Basis::PerM2 | Basis::PerKg));
        }
        self.weight |= self.surface;
        self.words(drug.weight.as_ref());
        self.words(drug.gfr.as_ref().and_then(|gfr| gfr.weight.as_ref()));
    }

    fn words(&mut self, weight: Option<&At<String>>) {
        let meant = weight.and_then(|at| WEIGHTS.iter().find(|(word, _)| *word == at.value));
        self.adjusted |= meant.is_some_and(|(_, kind)| kind.takes_factor());
        self.ideal |= meant.is_some_and(|(_, kind)| kind.takes_ideal());
    }
}

/// The table, where it is there or a drug needs it.
pub(super) fn body(resolver: &mut Resolver, book: &mut Book, file: &Definition, top: &TablePath) -> Read<Option<Body>> {
    let needs = Needs::of(file);
    match &file.body {
        Some(def) => table(resolver, book, def, needs).map(Some),
        None if needs.weight || needs.surface => {
            resolver.missing(top, "[body]", "[body], with bsa, bsa_places, weight and recalculate");
            None
        }
        None => Some(None),
    }
}

fn table(resolver: &mut Resolver, book: &mut Book, def: &Table<BodyDef>, needs: Needs) -> Option<Body> {
    let place = TablePath::new("[body]", &def.span, "body");
    let bsa = surface(resolver, &place, def, needs);
    let places = places(resolver, &place, def, needs);
    let bsa_cap = resolver.optional(def.bsa_cap.as_ref(), |resolver, at| {
        if at.value == "none" { Some(None) } else { resolver.read(at, square_metres).map(Some) }
    });
    let weight = resolver.need(&place, "weight", def.weight.as_ref(), "weight = \"actual\"");
    let weight = weight.and_then(|at| resolver.or_site(&place, "weight", at));
    let weight = weight.and_then(|at| resolver.word(&at, "weight", WEIGHTS));
    let ideal = if_needed(resolver, &place, "ideal_weight", def.ideal_weight.as_ref(), needs.ideal, "\"devine\"")
        .and_then(|at| resolver.optional(at.as_ref(), |resolver, at| resolver.read(at, WeightFormula::read)));
    let factor =
        if_needed(resolver, &place, "adjusted_factor", def.adjusted_factor.as_ref(), needs.adjusted, "\"0.4\"")
            .and_then(|at| resolver.optional(at.as_ref(), |resolver, at| resolver.read(at, share)));
    let line = "recalculate = { when_weight_changes = \">= 10 %\", since = \"cycle 1 day 1\" }";
    let recalculate = resolver.need(&place, "recalculate", def.recalculate.as_ref(), line);
    let recalculate = recalculate.and_then(|def| recalculation(resolver, &place, def));
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    Some(Body {
        bsa: bsa?,
        bsa_places: places?,
        bsa_cap: bsa_cap?.flatten(),
        weight: weight?,
        ideal: ideal?,
        adjusted_factor: factor?,
        recalculate: recalculate?,
        provenance,
    })
}

/// A value that must be there when a drug needs it, with the site's word put in. The outer `None` is told.
fn if_needed(
    resolver: &mut Resolver,
    place: &TablePath,
    key: &str,
    at: Option<&At<String>>,
    needed: bool,
    example: &str,
) -> Read<Option<At<String>>> {
    match at {
        Some(at) => resolver.or_site(place, key, at).map(Some),
        None if needed => {
            resolver.missing(place, key, &format!("{key} = {example}"));
            None
        }
        None => Some(None),
    }
}

fn surface(resolver: &mut Resolver, place: &TablePath, def: &BodyDef, needs: Needs) -> Read<Option<BsaFormula>> {
    let at = if_needed(resolver, place, "bsa", def.bsa.as_ref(), needs.surface, "\"mosteller\"")?;
    resolver.optional(at.as_ref(), |resolver, at| resolver.read(at, BsaFormula::read))
}

/// Decimals of the body surface, where one is used.
fn places(resolver: &mut Resolver, place: &TablePath, def: &BodyDef, needs: Needs) -> Option<u32> {
    match &def.bsa_places {
        Some(at) => resolver.count(at, "number of decimals", 0, 6),
        None if needs.surface || def.bsa.is_some() => {
            resolver.missing(place, "bsa_places", "bsa_places = 2");
            None
        }
        None => Some(0),
    }
}

pub(super) fn square_metres(text: &str) -> Result<Bsa, QuantityError> {
    let example = "a body surface such as \"2.2 m2\"";
    let parts = number::split(text, example)?;
    match parts.unit {
        "m2" | "m²" if parts.value > Decimal::ZERO => Ok(Bsa::new(parts.value)),
        _ => Err(QuantityError::new(text, "is not a body surface", example)),
    }
}

fn share(text: &str) -> Result<Decimal, QuantityError> {
    let value = number::parse(text)?;
    if value > Decimal::ZERO && value <= Decimal::ONE {
        return Ok(value);
    }
    Err(QuantityError::new(text, "is not a share of the excess weight", "one between 0 and 1, such as \"0.4\""))
}

fn recalculation(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &TextOr<crate::format::definition::RecalculateDef>,
) -> Option<Recalculate> {
    let example = "{ when_weight_changes = \">= 10 %\", since = \"cycle 1 day 1\" }";
    match resolver.table_or_site(place, "recalculate", def)? {
        TextOr::Text(at) if at.value == "every cycle" => Some(Recalculate::EveryCycle),
        TextOr::Text(at) if at.value == "never" => Some(Recalculate::Never),
        TextOr::Text(at) if at.value == UNKNOWN => Some(Recalculate::Unknown),
        TextOr::Text(at) => {
            let text = format!("\"{}\" is not a rule for a new weight", number::shown(&at.value));
            resolver.block(
                codes::WORD,
                &at.span,
                text,
                &format!("write {example}, \"every cycle\", \"never\", \"site\" or \"unknown\""),
            );
            None
        }
        TextOr::Table(def) => {
            let place = place.inner("recalculate", &def.span);
            let change = resolver.need(
                &place,
                "when_weight_changes",
                def.when_weight_changes.as_ref(),
                "when_weight_changes = \">= 10 %\"",
            );
            let change = change.and_then(|at| resolver.read(at, threshold));
            let since = resolver.need(&place, "since", def.since.as_ref(), "since = \"cycle 1 day 1\"");
            let since = since.and_then(|at| resolver.word(at, "reference for a weight", SINCE));
            let (reaching, percent) = change?;
            Some(Recalculate::Change { percent, reaching, last_used: since? })
        }
    }
}

/// `>= 10 %` (true) or `> 10 %`.
fn threshold(text: &str) -> Result<(bool, Decimal), QuantityError> {
    let right = "\">= 10 %\" (10 % counts) or \"> 10 %\" (it does not)";
    let text = text.trim_matches(' ');
    let (reaching, rest) = match (text.strip_prefix(">="), text.strip_prefix('>')) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => {
            return Err(QuantityError::new(text, "does not say whether the figure itself counts", right));
        }
    };
    percent(rest)
        .map(|value| (reaching, value))
        .map_err(|_| QuantityError::new(text, "is not a change of weight", right))
}
