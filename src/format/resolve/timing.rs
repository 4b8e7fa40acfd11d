//! When and how a drug is given: infusion, times a day, hours, order.

use crate::format::codes;
use crate::format::definition::{At, DrugDef, OverDef, TextOr};
use crate::quantity::{Decimal, Period};
use crate::regimen::{Clock, HalfDay, Hours, Loading, Missed, Over, Relative, Role, Stated};

use super::resolver::{Read, Resolver, TablePath, UNKNOWN};
use super::scope::{Scope, refer};

pub(super) const ROLES: &[(&str, Role)] =
    &[("treatment", Role::Treatment), ("premedication", Role::Premedication), ("support", Role::Support)];
pub(super) const CLOCKS: &[(&str, Clock)] = &[("with cycle", Clock::WithCycle), ("own", Clock::Own)];
pub(super) const PARTS: &[(&str, HalfDay)] = &[("morning", HalfDay::Morning), ("evening", HalfDay::Evening)];
pub(super) const GIVEN: &[(&str, Where)] = &[("clinic", Where::Clinic), ("ward", Where::Ward), ("home", Where::Home)];

/// Where a drug is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Clinic,
    Ward,
    Home,
}

impl Where {
    pub(super) fn is_home(self) -> bool {
        self == Where::Home
    }
}

/// The routes there are. A closed list: a misspelt route must not pass.
pub(super) const ROUTES: &[&str] = &[
    "intravenous",
    "oral",
    "subcutaneous",
    "intramuscular",
    "intrathecal",
    "intraventricular",
    "intra-arterial",
    "intraperitoneal",
    "intrapleural",
    "intravesical",
    "intratumoral",
    "intradermal",
    "intravitreal",
    "intra-articular",
    "intralesional",
    "subconjunctival",
    "percutaneous",
    "otic",
    "intranasal",
    "inhaled",
    "sublingual",
    "buccal",
    "topical",
    "transdermal",
    "rectal",
    "vaginal",
    "ophthalmic",
    "enteral tube",
];

/// The route.
pub(super) fn route(resolver: &mut Resolver, place: &TablePath, def: &DrugDef) -> Option<Stated<String>> {
    let at = resolver.need(place, "route", def.route.as_ref(), "route = \"intravenous\"")?;
    let at = resolver.or_site(place, "route", at)?;
    if at.value == UNKNOWN {
        return Some(Stated::Unknown);
    }
    if ROUTES.contains(&at.value.as_str()) {
        return Some(Stated::Is(at.value));
    }
    resolver.no_word(&at, "route", ROUTES);
    None
}

/// In the clinic unless the file says otherwise; an oral drug must say.
pub(super) fn given(resolver: &mut Resolver, place: &TablePath, def: &DrugDef) -> Option<Where> {
    if def.given.is_none() && def.route.as_ref().is_some_and(|at| at.value == "oral") {
        resolver.missing(place, "given", "given = \"home\" (or \"clinic\", or \"ward\")");
        return None;
    }
    let given =
        resolver.optional(def.given.as_ref(), |resolver, at| resolver.word(at, "place where a drug is given", GIVEN));
    given.map(|given| given.unwrap_or(Where::Clinic))
}

/// The length of the infusion.
pub(super) fn over(resolver: &mut Resolver, place: &TablePath, def: &DrugDef) -> Read<Option<Over>> {
    let Some(over) = &def.over else {
        let line = "over = \"90 minutes\", over = \"bolus\" or over = \"unknown\"";
        let infused = def.route.as_ref().is_some_and(|at| at.value == "intravenous");
        if infused {
            resolver.missing(place, "over", line);
        }
        return (!infused).then_some(None);
    };
    let over = resolver.table_or_site(place, "over", over)?;
    how_long(resolver, place, &over).map(Some)
}

/// How long an infusion runs, as a drug or an example says it.
pub(super) fn how_long(resolver: &mut Resolver, place: &TablePath, over: &TextOr<OverDef>) -> Option<Over> {
    match over {
        TextOr::Text(at) if at.value == UNKNOWN => Some(Over::Unknown),
        TextOr::Text(at) if at.value == "bolus" => Some(Over::Bolus),
        TextOr::Text(at) => length(resolver, at).map(Over::Fixed),
        TextOr::Table(def) => self::shape(resolver, place, def),
    }
}

/// A length of time above zero.
fn length(resolver: &mut Resolver, at: &At<String>) -> Option<Period> {
    let period = resolver.read(at, Period::read)?;
    let minutes = period.minutes().filter(|minutes| *minutes > Decimal::ZERO);
    if minutes.is_none() {
        let text = format!("an infusion over \"{period}\" makes no sense");
        resolver.block(codes::BOUNDS, &at.span, text, "write for example \"90 minutes\" or \"46 hours\"");
    }
    minutes.map(|_| period)
}

fn shape(resolver: &mut Resolver, place: &TablePath, def: &At<OverDef>) -> Option<Over> {
    match (&def.by_occurrence, &def.from, &def.through, &def.at_most_per_hour) {
        (Some(list), None, None, None) if !list.value.is_empty() => {
            resolver.each(&list.value, length).map(Over::ByOccurrence)
        }
        (None, Some(from), Some(through), None) => {
            let (from, through) = (length(resolver, from), length(resolver, through));
            Some(Over::Between(from?, through?))
        }
        (None, None, None, Some(at)) => super::dose::amount(resolver, at).map(Over::AtMostPerHour),
        _ => {
            let text = format!("{} gives no length of the infusion that can be read in one way", place.name);
            let help = "write one of { by_occurrence = [\"90 minutes\", \"30 minutes\"] }, { from = \"30 minutes\", through = \"60 minutes\" }, { at_most_per_hour = \"400 mg\" }";
            resolver.block(codes::ONE_OF, &def.span, text, help);
            None
        }
    }
}

/// Administrations a day: once when nothing is said.
pub(super) fn times(resolver: &mut Resolver, def: &DrugDef) -> Option<u32> {
    match (&def.times, &def.hours) {
        (Some(at), Some(_)) => {
            let text = "`times` and `hours` both say how often a day";
            resolver.block(codes::ONE_OF, &at.span, text, "keep `hours`, which also says when");
            None
        }
        (Some(at), None) => self::a_day(resolver, at),
        (None, _) => Some(1),
    }
}

fn a_day(resolver: &mut Resolver, at: &At<String>) -> Option<u32> {
    let words = [("once daily", 1), ("twice daily", 2)];
    if let Some((_, times)) = words.iter().find(|(word, _)| *word == at.value) {
        return Some(*times);
    }
    let number = at.value.strip_suffix(" times daily").and_then(|number| number.parse::<u32>().ok());
    if let Some(times) = number.filter(|times| (2..=24).contains(times)) {
        return Some(times);
    }
    let text = format!("\"{}\" does not say how often a day", crate::quantity::number::shown(&at.value));
    resolver.block(codes::WORD, &at.span, text, "write \"once daily\", \"twice daily\", \"3 times daily\" …");
    None
}

/// The half-day on which a run at home starts, of a drug taken twice a day; anything else has no half-days to start on.
pub(super) fn starts(
    resolver: &mut Resolver,
    def: &DrugDef,
    home: Option<bool>,
    times: Option<u32>,
) -> Read<Option<HalfDay>> {
    let starts = resolver.optional(def.starts.as_ref(), |resolver, at| resolver.word(at, "half-day", PARTS))?;
    let (Some(at), Some(home), Some(times)) = (&def.starts, home, times) else { return Some(starts) };
    if home && times == 2 {
        return Some(starts);
    }
    let what = if home { "a drug not taken twice daily" } else { "a drug given in the clinic" };
    let text = format!("`starts` means nothing for {what}: it is the half-day on which a run at home begins");
    let help = "leave `starts` out; or write given = \"home\" and times = \"twice daily\"";
    resolver.block(codes::ONE_OF, &at.span, text, help);
    None
}

/// Hours after another drug, or after its own first dose.
pub(super) fn hours(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, scope: Scope) -> Read<Option<Hours>> {
    resolver.optional(def.hours.as_ref(), |resolver, hours| {
        let place = place.inner("hours", &hours.span);
        let drug = match &hours.drug {
            Some(at) => refer(resolver, at, scope.drugs),
            None => Some(super::drug_id(def)),
        };
        let at = resolver.need(&place, "at", hours.at.as_ref(), "at = [\"0 hours\", \"4 hours\"]");
        let at = at.and_then(|list| at_hours(resolver, list));
        Some(Hours { drug: drug?, at: at? })
    })
}

/// Each hour once: one that stands twice would give two doses at one time.
fn at_hours(resolver: &mut Resolver, list: &At<Vec<At<String>>>) -> Option<Vec<Decimal>> {
    let hours = resolver.each(&list.value, in_hours)?;
    let before = |place: usize| hours.get(..place).unwrap_or_default();
    let twice =
        list.value.iter().zip(hours.iter().enumerate()).find(|(_, (place, hour))| before(*place).contains(hour));
    if let Some((at, _)) = twice {
        let text = format!("\"{}\" stands twice", at.value);
        resolver.block(codes::DAY_LIST, &at.span, text, "write each hour at which a dose is given once");
        return None;
    }
    Some(hours)
}

/// Hours after something: `"4 hours"`.
pub(super) fn in_hours(resolver: &mut Resolver, at: &At<String>) -> Option<Decimal> {
    let minutes = resolver.read(at, Period::read)?.minutes();
    let hours = minutes.and_then(|minutes| minutes.checked_div(Decimal::from(60)));
    if hours.is_none() {
        resolver.block(
            codes::QUANTITY,
            &at.span,
            format!("\"{}\" is not a number of hours", at.value),
            "write \"4 hours\"",
        );
    }
    hours
}

/// The order within a day: one of `after`, `with`, and `for` with `before`.
pub(super) fn relative(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    scope: Scope,
) -> Read<Option<Relative>> {
    let belongs_to = def.belongs_to();
    if let Some(none) = def.for_.as_ref().filter(|_| belongs_to.is_none()) {
        resolver.block(codes::ONE_OF, &none.span, "`for` names no drug", "write for = \"the drug it belongs to\"");
        return None;
    }
    let said = [&def.after, &def.with, &belongs_to];
    let many = said.iter().filter(|at| at.is_some()).count() > 1;
    if many {
        let text = format!("{} stands in more than one order", place.name);
        resolver.block(codes::ONE_OF, &place.span, text, "keep one of `after`, `with` and `for`");
        return None;
    }
    if let (Some(before), None) = (&def.before, &belongs_to) {
        let text = "`before` does not say before what";
        resolver.block(codes::ONE_OF, &before.span, text, "add for = \"the drug it belongs to\"");
        return None;
    }
    match said {
        [Some(at), _, _] => refer(resolver, at, scope.drugs).map(|id| Some(Relative::After(id))),
        [_, Some(at), _] => refer(resolver, at, scope.drugs).map(|id| Some(Relative::With(id))),
        [_, _, Some(at)] => {
            let id = refer(resolver, at, scope.drugs);
            let before = resolver.optional(def.before.as_ref(), |resolver, at| unless_unknown(resolver, at));
            Some(Some(Relative::Before(id?, before?.flatten())))
        }
        _ => Some(None),
    }
}

fn unless_unknown(resolver: &mut Resolver, at: &At<String>) -> Read<Option<Period>> {
    if at.value == UNKNOWN { Some(None) } else { resolver.read(at, Period::read).map(Some) }
}

/// What happens to a missed dose; a treatment drug of several days must say.
pub(super) fn missed(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, several: bool) -> Read<Option<Missed>> {
    let Some(at) = &def.missed else {
        if several {
            resolver.missing(place, "missed", "missed = \"skip\", missed = \"give within 2 days\" or missed = \"ask\"");
        }
        return (!several).then_some(None);
    };
    match at.value.as_str() {
        "skip" => return Some(Some(Missed::Skip)),
        "ask" | UNKNOWN => return Some(Some(Missed::Ask)),
        text => {
            let days = text.strip_prefix("give within ").and_then(|days| Period::read(days).ok()?.whole_days());
            if let Some(days) = days {
                return Some(Some(Missed::GiveWithin(days)));
            }
        }
    }
    let text = format!("\"{}\" does not say what happens to a missed dose", crate::quantity::number::shown(&at.value));
    resolver.block(codes::WORD, &at.span, text, "write \"skip\", \"give within 2 days\" or \"ask\"");
    None
}

/// A larger first dose.
pub(super) fn loading(resolver: &mut Resolver, place: &TablePath, drug: &DrugDef) -> Read<Option<Loading>> {
    resolver.optional(drug.loading.as_ref(), |resolver, def| {
        let place = place.inner("loading", &def.span);
        // Where every row of the dose table says its own, nothing else is asked for.
        let by_row = drug.table.as_ref().is_some_and(|rows| rows.value.iter().all(|row| row.loading.is_some()));
        let dose = if def.dose.is_none() && by_row {
            Some(None)
        } else {
            let dose = resolver.need(&place, "dose", def.dose.as_ref(), "dose = \"8 mg/kg\"");
            dose.and_then(|at| super::dose::protocol(resolver, at)).map(Some)
        };
        let over = resolver.optional(def.over.as_ref(), |resolver, at| {
            if at.value == UNKNOWN { Some(Stated::Unknown) } else { length(resolver, at).map(Stated::Is) }
        });
        let line = "again_after = \"6 weeks\", or again_after = \"unknown\"";
        let again = resolver.need(&place, "again_after", def.again_after.as_ref(), line);
        let again = again.and_then(|at| match at.value.as_str() {
            UNKNOWN => Some(Some(Stated::Unknown)),
            "never" => Some(None),
            _ => resolver.days(at).map(|days| Some(Stated::Is(days))),
        });
        Some(Loading { dose: dose?, over: over?, again_after: again? })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_route_is_written_alike() {
        for route in super::ROUTES {
            assert!(route.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == ' '), "{route}");
        }
    }
}
