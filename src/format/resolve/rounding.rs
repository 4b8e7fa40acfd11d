//! How a dose is rounded.

use crate::format::codes;
use crate::format::definition::{At, BandDef, DrugDef, RoundDef, Table, TextOr};
use crate::quantity::decimal::{Direction, Ties};
use crate::quantity::number::shown;
use crate::quantity::{Amount, Decimal, Volume};
use crate::regimen::{HalfDay, Rounding, Tablets, Vial};

use super::dose::amount;
use super::resolver::{Read, Resolver, TablePath, UNKNOWN};
use super::timing::PARTS;

/// What is rounded, where it is not the dose itself.
pub(super) const FIGURES: &[(&str, ())] = &[("daily total", ())];
pub(super) const TIES: &[(&str, Ties)] = &[("up", Ties::Up), ("down", Ties::Down), ("even", Ties::Even)];
const LINE: &str = "round = { nearest = \"1 mg\", ties = \"up\", within = \"5 %\" }, \"none\", \"site\" or \"unknown\"";

/// What a dose can be made of.
pub(super) struct Supply {
    pub(super) vial: Option<Vial>,
    pub(super) tablets: Option<Tablets>,
}

/// The rule; a dose that depends on a body size or a kidney function must have one.
pub(super) fn rounding(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    depends: bool,
    supply: &Supply,
) -> Option<Rounding> {
    let Some(round) = &def.round else {
        if depends {
            resolver.missing(place, "round", LINE);
        }
        return (!depends).then_some(Rounding::None);
    };
    match resolver.table_or_site(place, "round", round)? {
        TextOr::Text(at) if at.value == "none" => Some(Rounding::None),
        TextOr::Text(at) if at.value == UNKNOWN => Some(Rounding::Unknown),
        TextOr::Text(at) => {
            let text = format!("\"{}\" is not a rule for rounding", shown(&at.value));
            resolver.block(codes::WORD, &at.span, text, &format!("write {LINE}"));
            None
        }
        TextOr::Table(def) => table(resolver, &place.inner("round", &def.span), &def, supply),
    }
}

fn table(resolver: &mut Resolver, place: &TablePath, def: &RoundDef, supply: &Supply) -> Option<Rounding> {
    let within = resolver.optional(def.within.as_ref(), super::resolver::Resolver::percent);
    match (&def.nearest, &def.down_to, &def.up_to_next, &def.bands) {
        (Some(at), None, None, None) => {
            let ties = resolver.need(place, "ties", def.ties.as_ref(), "ties = \"up\"");
            let ties = ties.and_then(|at| resolver.word(at, "way for a tie", TIES));
            step(resolver, place, def, at, Direction::Nearest, ties, within, supply)
        }
        (None, Some(at), None, None) => {
            step(resolver, place, def, at, Direction::Down, Some(Ties::Down), within, supply)
        }
        (None, None, Some(at), None) => step(resolver, place, def, at, Direction::Up, Some(Ties::Up), within, supply),
        (None, None, None, Some(rows)) => {
            let bands = bands(resolver, place, rows);
            Some(Rounding::Bands { bands: bands?, within: within? })
        }
        (None, None, None, None) => {
            let text = format!("{} does not say to what", place.name);
            resolver.block(
                codes::ONE_OF,
                &place.span,
                text,
                "add one of nearest, down_to, up_to_next = \"1 mg\", or bands",
            );
            None
        }
        _ => {
            let text = format!("{} says more than one way", place.name);
            resolver.block(codes::ONE_OF, &place.span, text, "keep one of nearest, down_to, up_to_next, bands");
            None
        }
    }
}

#[allow(clippy::too_many_arguments)] // the parts of one table, read by its caller
fn step(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &RoundDef,
    at: &At<String>,
    direction: Direction,
    ties: Option<Ties>,
    within: Read<Option<Decimal>>,
    supply: &Supply,
) -> Option<Rounding> {
    let step = size(resolver, place, at, supply);
    let daily = daily(resolver, place, def);
    let (step, whole) = step?;
    Some(Rounding::Step { step, whole, direction, ties: ties?, within: within?, daily: daily? })
}

/// The step: an amount, a vial, or the smallest tablet.
fn size(
    resolver: &mut Resolver,
    place: &TablePath,
    at: &At<String>,
    supply: &Supply,
) -> Option<(Amount, Option<&'static str>)> {
    let (whole, found, line) = match at.value.as_str() {
        "vial" => ("vial", supply.vial.map(|vial| vial.amount), "vial = \"50 mg in 10 mL\""),
        "tablet" => {
            let smallest = supply.tablets.as_ref().and_then(|tablets| tablets.0.last().copied());
            ("tablet", smallest, "tablets = [\"150 mg\", \"500 mg\"]")
        }
        _ => return amount(resolver, at).map(|step| (step, None)),
    };
    if found.is_none() {
        let text = format!("{} is to a whole {whole}, and the drug does not say which there is", place.name);
        resolver.block(codes::MISSING, &at.span, text, &format!("add to the drug: {line}"));
    }
    found.map(|amount| (amount, Some(whole)))
}

/// `of = "daily total"` with the part that is the larger.
fn daily(resolver: &mut Resolver, place: &TablePath, def: &RoundDef) -> Read<Option<HalfDay>> {
    match &def.of {
        None if def.larger.is_some() => {
            let text = format!("{} names the larger part of a day without rounding the day's dose", place.name);
            resolver.block(codes::ONE_OF, &place.span, text, "add of = \"daily total\"");
            None
        }
        None => Some(None),
        Some(at) => {
            let word = resolver.word(at, "figure to round", FIGURES);
            let larger = resolver.need(place, "larger", def.larger.as_ref(), "larger = \"evening\"");
            let larger = larger.and_then(|at| resolver.word(at, "part of a day", PARTS));
            word.and(larger).map(Some)
        }
    }
}

/// Bands rise, in what they begin with and in what they give.
fn bands(resolver: &mut Resolver, place: &TablePath, rows: &At<Vec<Table<BandDef>>>) -> Option<Vec<(Amount, Amount)>> {
    let bands = resolver.each(&rows.value, |resolver, row| {
        let place = place.inner("bands", &row.span);
        let from = resolver.need(&place, "from", row.from.as_ref(), "{ from = \"0.21 mg\", give = \"0.22 mg\" }");
        let from = from.and_then(|at| amount(resolver, at));
        let give = resolver.need(&place, "give", row.give.as_ref(), "{ from = \"0.21 mg\", give = \"0.22 mg\" }");
        let give = give.and_then(|at| amount(resolver, at));
        Some((from?, give?))
    })?;
    let rises = |low: Amount, high: Amount| high.in_unit(low.unit).is_some_and(|high| high.value > low.value);
    let pairs = bands.iter().zip(bands.iter().skip(1)).zip(rows.value.iter().skip(1));
    for ((low, high), row) in pairs {
        if !rises(low.0, high.0) || !rises(low.1, high.1) {
            let text = format!("the band from {} does not rise above the band from {}", high.0, low.0);
            resolver.block(
                codes::BANDS,
                &row.span,
                text,
                "list the bands from the lowest dose to the highest, each once",
            );
            return None;
        }
    }
    if bands.is_empty() {
        let text = format!("{} lists no band", place.name);
        resolver.block(codes::BANDS, &rows.span, text, "write bands = [{ from = \"0.21 mg\", give = \"0.22 mg\" }]");
        return None;
    }
    Some(bands)
}

/// The vial: `43 mg in 10 mL`, or `200 mg` for a powder.
pub(super) fn vial(resolver: &mut Resolver, at: &At<String>) -> Option<Vial> {
    let (amount_text, volume) = match at.value.split_once(" in ") {
        Some((amount, volume)) => (amount, Some(volume)),
        None => (at.value.as_str(), None),
    };
    let part = |text: &str| At { value: text.to_owned(), span: at.span.clone() };
    let content = amount(resolver, &part(amount_text));
    let volume = resolver.optional(volume.as_ref(), |resolver, text| amount(resolver, &part(text)));
    let millilitres =
        |volume: Amount| volume.in_unit(crate::quantity::DoseUnit::Ml).map(|found| Volume::ml(found.value));
    let volume = volume?.map(millilitres);
    if volume == Some(None) {
        let text = format!("\"{}\" is not a volume of a vial", shown(&at.value));
        resolver.block(codes::QUANTITY, &at.span, text, "write for example \"43 mg in 10 mL\"");
        return None;
    }
    Some(Vial { amount: content?, volume: volume.flatten() })
}

/// Tablet strengths, largest first, each once and all of one kind of unit.
pub(super) fn tablets(resolver: &mut Resolver, at: &At<Vec<At<String>>>) -> Option<Tablets> {
    let mut strengths = resolver.each(&at.value, amount)?;
    let Some(first) = strengths.first().copied() else {
        resolver.block(
            codes::ONE_OF,
            &at.span,
            "`tablets` lists no strength",
            "write tablets = [\"150 mg\", \"500 mg\"]",
        );
        return None;
    };
    if strengths.iter().any(|strength| strength.in_unit(first.unit).is_none()) {
        resolver.block(
            codes::QUANTITY,
            &at.span,
            "the strengths are in units that do not convert",
            "write all of them in mg",
        );
        return None;
    }
    strengths.sort_by_key(|strength| std::cmp::Reverse(strength.in_unit(first.unit).map(|amount| amount.value)));
    strengths.dedup();
    Some(Tablets(strengths))
}
