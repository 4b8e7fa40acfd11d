//! A row of `expect`: which administration it is about, and what must hold of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Window;
use crate::format::codes;
use crate::format::definition::{At, ExpectDef, ExpectWindowDef, Table};
use crate::quantity::{Amount, Decimal, DoseUnit, Volume};
use crate::regimen::{Expect, Holds, Wanted};

use super::super::resolver::{Resolver, TablePath, text};
use super::super::timing::{PARTS, how_long, in_hours};
use super::{date, named};

pub(super) fn expect(resolver: &mut Resolver, def: &Table<ExpectDef>, drugs: &BTreeSet<String>) -> Option<Expect> {
    let place = TablePath::new("this expectation", &def.span, "example.expect");
    let cycle = resolver.need(&place, "cycle", def.cycle.as_ref(), "cycle = 1");
    let cycle = cycle.and_then(|at| resolver.count(at, "cycle", 0, 999));
    let day = resolver.need(&place, "day", def.day.as_ref(), "day = 1");
    let day = day.and_then(|at| resolver.number(at, "day", -90, 3_660));
    let part = resolver.optional(def.part.as_ref(), |resolver, at| resolver.word(at, "part of a day", PARTS));
    let drug = resolver.need(&place, "drug", def.drug.as_ref(), "drug = \"the drug's id or name\"");
    let drug = drug.and_then(|at| named(resolver, at, drugs));
    let wanted = wanted(resolver, &place, def, drugs);
    let holds = wanted.and_then(|wanted| holds(resolver, def, wanted));
    Some(Expect {
        phase: text(def.phase.as_ref()),
        cycle: cycle?,
        day: day?,
        part: part?,
        drug: drug?,
        holds: holds?,
        span: def.span.clone(),
    })
}

/// Nothing, or something that is said.
fn holds(resolver: &mut Resolver, def: &Table<ExpectDef>, wanted: Wanted) -> Option<Holds> {
    let says_nothing = wanted == Wanted::default();
    match def.absent.as_ref().map(|at| at.value) {
        Some(true) if says_nothing => Some(Holds::Absent),
        Some(true) => {
            let text = "this row says that nothing is given, and what is given";
            resolver.block(codes::ONE_OF, &def.span, text, "keep `absent = true` alone, or leave it out");
            None
        }
        None | Some(false) if says_nothing && !resolver.anything_pruned() => {
            let text = "this expectation expects nothing";
            let help =
                "add date = 2026-12-07, dose = \"123 mg\", or another figure; absent = true where nothing is given";
            resolver.block(codes::MISSING, &def.span, text, help);
            None
        }
        None | Some(false) => Some(Holds::Present(Box::new(wanted))),
    }
}

fn wanted(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &Table<ExpectDef>,
    drugs: &BTreeSet<String>,
) -> Option<Wanted> {
    let date = resolver.optional(def.date.as_ref(), date);
    let dose = resolver.optional(def.dose.as_ref(), |resolver, at| {
        let dose = resolver.read(at, Amount::read)?;
        (dose.value >= Decimal::ZERO).then_some(dose)
    });
    let over = resolver.optional(def.over.as_ref(), |resolver, over| how_long(resolver, place, over));
    let after = resolver.optional(def.after.as_ref(), |resolver, at| named(resolver, at, drugs));
    let vials = resolver.optional(def.vials.as_ref(), |resolver, at| resolver.count(at, "number of vials", 1, 999));
    let volume = resolver.optional(def.volume.as_ref(), volume);
    let tablets = resolver.optional(def.tablets.as_ref(), tablets);
    let window = resolver.optional(def.window.as_ref(), |resolver, def| window(resolver, place, def));
    let hour = resolver.optional(def.hour.as_ref(), in_hours);
    Some(Wanted {
        date: date?,
        dose: dose?,
        over: over?,
        after: after?,
        vials: vials?,
        volume: volume?,
        tablets: tablets?,
        certain: def.certain.as_ref().map(|at| at.value),
        window: window?,
        hour: hour?,
    })
}

/// `"16.3 mL"`
fn volume(resolver: &mut Resolver, at: &At<String>) -> Option<Volume> {
    let volume = resolver.read(at, Amount::read)?.in_unit(DoseUnit::Ml);
    if volume.is_none() {
        resolver.block(codes::QUANTITY, &at.span, format!("\"{}\" is no volume", at.value), "write \"16.3 mL\"");
    }
    volume.map(|found| Volume::ml(found.value))
}

/// `{ "150 mg" = 1, "500 mg" = 3 }`
fn tablets(resolver: &mut Resolver, at: &At<BTreeMap<String, i64>>) -> Option<Vec<(u32, Amount)>> {
    let rows: Vec<(&String, &i64)> = at.value.iter().collect();
    resolver.each(&rows, |resolver, (strength, count)| {
        let strength = At { value: (*strength).clone(), span: at.span.clone() };
        let strength = resolver.read(&strength, Amount::read)?;
        let count = resolver.count(&At { value: **count, span: at.span.clone() }, "number of tablets", 1, 999)?;
        Some((count, strength))
    })
}

fn window(resolver: &mut Resolver, place: &TablePath, def: &Table<ExpectWindowDef>) -> Option<Window> {
    let place = place.inner("window", &def.span);
    let earliest = resolver.need(&place, "from", def.from.as_ref(), "from = 2026-12-28");
    let latest = resolver.need(&place, "through", def.through.as_ref(), "through = 2026-12-31");
    let (earliest, latest) = (earliest.and_then(|at| date(resolver, at)), latest.and_then(|at| date(resolver, at)));
    let window = Window { earliest: earliest?, latest: latest? };
    if window.earliest > window.latest {
        resolver.block(
            codes::BOUNDS,
            &def.span,
            "this window ends before it begins",
            "write the earlier day under from",
        );
        return None;
    }
    Some(window)
}
