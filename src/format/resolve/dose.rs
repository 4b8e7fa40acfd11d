//! The dose of a drug, and how it spreads over an infusion.

use crate::format::codes;
use crate::format::definition::{At, DrugDef, RangeDef, Table, TextOr};
use crate::quantity::{Amount, Basis, Decimal, ProtocolDose, number};
use crate::regimen::{Cap, Maximum, Over, Range, Spread};

use super::resolver::{Resolver, TablePath};

const LONG: &str = "an infusion over more than 24 hours says `total` (all of it) or `dose_per_day` (each 24 hours)";

/// A dose above zero.
pub(super) fn protocol(resolver: &mut Resolver, at: &At<String>) -> Option<ProtocolDose> {
    let dose = resolver.read(at, ProtocolDose::read)?;
    above_zero(resolver, at, dose.value).map(|()| dose)
}

/// An amount above zero.
pub(super) fn amount(resolver: &mut Resolver, at: &At<String>) -> Option<Amount> {
    let amount = resolver.read(at, Amount::read)?;
    above_zero(resolver, at, amount.value).map(|()| amount)
}

fn above_zero(resolver: &mut Resolver, at: &At<String>, value: Decimal) -> Option<()> {
    if value > Decimal::ZERO {
        return Some(());
    }
    let text = format!("\"{}\" is a dose of nothing", number::shown(&at.value));
    resolver.block(codes::BOUNDS, &at.span, text, "write a dose above zero; a drug that is not given is left out");
    None
}

/// The dose in whichever way the file says it, with how it spreads.
pub(super) fn dose(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    over: Option<&Over>,
) -> Option<(ProtocolDose, Spread)> {
    let said = [
        ("dose", &def.dose),
        ("total", &def.total),
        ("dose_per_day", &def.dose_per_day),
        ("dose_per_week", &def.dose_per_week),
    ];
    let said: Vec<(&str, &At<String>)> = said.iter().filter_map(|(key, at)| Some((*key, at.as_ref()?))).collect();
    match said.as_slice() {
        [] => {
            if !resolver.already_reported(&place.span, "total")
                && !resolver.already_reported(&place.span, "dose_per_day")
            {
                resolver.missing(place, "dose", "dose = \"70 mg/m2\"");
            }
            None
        }
        [(key, at)] => {
            let dose = protocol(resolver, at);
            let spread = self::spread(resolver, key, at, over);
            dose.zip(spread)
        }
        [(first, _), (second, at), ..] => {
            let text = format!("{} says its dose twice, as `{first}` and as `{second}`", place.name);
            resolver.block(
                codes::DOSE_TWICE,
                &at.span,
                text,
                &format!("keep one: `dose` is one administration; {LONG}"),
            );
            for (_, at) in said {
                protocol(resolver, at);
            }
            None
        }
    }
}

fn spread(resolver: &mut Resolver, key: &str, at: &At<String>, over: Option<&Over>) -> Option<Spread> {
    let minutes = over.and_then(longest);
    let day = Decimal::from(24 * 60);
    let long = minutes.is_some_and(|minutes| minutes > day);
    match (key, minutes) {
        ("dose", _) if !long => Some(Spread::Each),
        ("total", Some(minutes)) if long => minutes.checked_div(day).map(|days| Spread::Total { days }),
        ("dose_per_day", Some(minutes)) if long => minutes.checked_div(day).map(|days| Spread::PerDay { days }),
        ("dose", _) => {
            resolver.block(
                codes::LONG_INFUSION,
                &at.span,
                "a plain `dose` over more than 24 hours can be read as a day's",
                LONG,
            );
            None
        }
        (_, Some(_)) => {
            let text = format!("`{key}` belongs to an infusion over more than 24 hours, and this one is shorter");
            resolver.block(codes::LONG_INFUSION, &at.span, text, "write `dose`");
            None
        }
        (_, None) => {
            let text = format!("`{key}` needs the length of the infusion, and `over` does not give one figure");
            resolver.block(codes::LONG_INFUSION, &at.span, text, "write for example over = \"46 hours\"");
            None
        }
    }
}

/// Whether an infusion runs for more than a day, so that its dose must say which it is.
pub(super) fn is_long(over: &Over) -> bool {
    longest(over).is_some_and(|minutes| minutes > Decimal::from(24 * 60))
}

/// The longest an infusion may run, in minutes.
fn longest(over: &Over) -> Option<Decimal> {
    match over {
        Over::Fixed(period) | Over::Between(_, period) => period.minutes(),
        Over::ByOccurrence(periods) => periods.iter().filter_map(|period| period.minutes()).max(),
        Over::Unknown | Over::Bolus | Over::AtMostPerHour(_) => None,
    }
}

/// Caps, in the order of the file.
pub(super) fn caps(resolver: &mut Resolver, place: &TablePath, def: &DrugDef) -> Option<Vec<Cap>> {
    match &def.cap {
        None => Some(Vec::new()),
        Some(TextOr::Text(at)) if at.value == "none" => Some(Vec::new()),
        Some(TextOr::Text(at)) => {
            let at = resolver.or_site(place, "cap", at)?;
            amount(resolver, &at).map(|dose| vec![Cap { dose, weight: None }])
        }
        Some(TextOr::Table(rows)) => resolver.each(&rows.value.0, |resolver, row| {
            let span = if row.span.is_empty() { &rows.span } else { &row.span };
            let inner = place.inner("cap", span);
            let dose = resolver.need(&inner, "dose", row.dose.as_ref(), "{ dose = \"2 mg\" }");
            let dose = dose.and_then(|at| amount(resolver, at));
            let weight =
                resolver.optional(row.weight.as_ref(), |resolver, def| range(resolver, &inner, def, kilograms));
            Some(Cap { dose: dose?, weight: weight? })
        }),
    }
}

/// What is never exceeded.
pub(super) fn maximum(
    resolver: &mut Resolver,
    def: Option<&Table<crate::format::definition::MaximumDef>>,
) -> Option<Maximum> {
    let Some(def) = def else { return Some(Maximum::default()) };
    let dose = resolver.optional(def.dose.as_ref(), amount);
    let day = resolver.optional(def.day.as_ref(), amount);
    let cycle = resolver.optional(def.cycle.as_ref(), amount);
    Some(Maximum { dose: dose?, day: day?, cycle: cycle? })
}

/// A range whose figures `reader` puts into one unit.
pub(super) fn range(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &Table<RangeDef>,
    reader: fn(&str) -> Result<Decimal, crate::quantity::QuantityError>,
) -> Option<Range> {
    ends(resolver, place, &def.value, &def.span, &mut |resolver, at| resolver.read(at, reader))
}

/// The same with any reader.
pub(super) fn ends(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &RangeDef,
    span: &std::ops::Range<usize>,
    reader: &mut dyn FnMut(&mut Resolver, &At<String>) -> Option<Decimal>,
) -> Option<Range> {
    let from = resolver.optional(def.from.as_ref(), &mut *reader);
    let above = resolver.optional(def.above.as_ref(), &mut *reader);
    let through = resolver.optional(def.through.as_ref(), &mut *reader);
    let below = resolver.optional(def.below.as_ref(), &mut *reader);
    let range = Range { from: from?, through: through?, below: below?, above: above? };
    if range == Range::default() {
        if resolver.was_lost_within(span) {
            return None;
        }
        let told = format!("{} has a range without an end", place.name);
        let help = "write `from` (included), `above` (excluded), `through` (included) or `below` (excluded)";
        resolver.block(codes::ONE_OF, span, told, help);
        return None;
    }
    if (range.through.is_some() && range.below.is_some()) || (range.from.is_some() && range.above.is_some()) {
        let told = format!("{} has a range with two ends on one side", place.name);
        let help = "keep `from` or `through` (included), or `above` or `below` (excluded)";
        resolver.block(codes::ONE_OF, span, told, help);
        return None;
    }
    let (lower, upper) = (range.from.or(range.above), range.through.or(range.below));
    let open = range.above.is_some() || range.below.is_some();
    if lower.zip(upper).is_some_and(|(lower, upper)| lower > upper || (open && lower == upper)) {
        resolver.block(codes::BOUNDS, span, "this range ends before it begins", "write the smaller figure as `from`");
        return None;
    }
    Some(range)
}

/// A weight with its unit.
pub(super) fn kilograms(text: &str) -> Result<Decimal, crate::quantity::QuantityError> {
    with_unit(text, "kg", "a weight such as \"40 kg\"")
}

/// A body surface with its unit.
pub(super) fn square_metres(text: &str) -> Result<Decimal, crate::quantity::QuantityError> {
    with_unit(text, "m2", "a body surface such as \"1.5 m2\"")
}

/// An age with its unit.
pub(super) fn years(text: &str) -> Result<Decimal, crate::quantity::QuantityError> {
    with_unit(text, "years", "completed years such as \"18 years\"")
}

/// An absolute kidney function with its unit.
pub(super) fn ml_per_minute(text: &str) -> Result<Decimal, crate::quantity::QuantityError> {
    with_unit(text, "mL/min", "a kidney function such as \"50 mL/min\"")
}

fn with_unit(text: &str, unit: &str, example: &str) -> Result<Decimal, crate::quantity::QuantityError> {
    let parts = number::split(text, example)?;
    // `1 year` is as good as `2 years`.
    if parts.unit == unit || (!parts.unit.is_empty() && unit.strip_suffix('s') == Some(parts.unit)) {
        return Ok(parts.value);
    }
    let wrong = if parts.unit.is_empty() { "has no unit".to_owned() } else { format!("is not in {unit}") };
    Err(crate::quantity::QuantityError::new(text, wrong, example))
}

/// Whether the dose has a size in it, and so needs rounding.
pub(super) fn depends(dose: ProtocolDose) -> bool {
    dose.basis != Basis::Flat
}
