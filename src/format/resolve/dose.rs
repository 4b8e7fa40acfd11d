//! The dose of a drug, and how it spreads over an infusion.

use crate::format::codes;
use crate::format::definition::{At, DrugDef, RangeDef, Table, TextOr};
use crate::quantity::{Amount, Basis, Decimal, ProtocolDose, number};
use crate::regimen::{Cap, Maximum, Over, Range, Spread};

use super::desk::{Desk, Place};

const LONG: &str = "an infusion over more than 24 hours says `total` (all of it) or `dose_per_day` (each 24 hours)";

/// A dose above zero.
pub(super) fn protocol(desk: &mut Desk, at: &At<String>) -> Option<ProtocolDose> {
    let dose = desk.read(at, ProtocolDose::read)?;
    above_zero(desk, at, dose.value).map(|()| dose)
}

/// An amount above zero.
pub(super) fn amount(desk: &mut Desk, at: &At<String>) -> Option<Amount> {
    let amount = desk.read(at, Amount::read)?;
    above_zero(desk, at, amount.value).map(|()| amount)
}

fn above_zero(desk: &mut Desk, at: &At<String>, value: Decimal) -> Option<()> {
    if value > Decimal::ZERO {
        return Some(());
    }
    let text = format!("\"{}\" is a dose of nothing", number::shown(&at.value));
    desk.block(codes::BOUNDS, &at.span, text, "write a dose above zero; a drug that is not given is left out");
    None
}

/// The dose in whichever way the file says it, with how it spreads.
pub(super) fn dose(
    desk: &mut Desk,
    place: &Place,
    def: &DrugDef,
    over: Option<&Over>,
) -> Option<(ProtocolDose, Spread)> {
    let said = [("dose", &def.dose), ("total", &def.total), ("dose_per_day", &def.dose_per_day)];
    let said: Vec<(&str, &At<String>)> = said.iter().filter_map(|(key, at)| Some((*key, at.as_ref()?))).collect();
    match said.as_slice() {
        [] => {
            if !desk.was_pruned(&place.span, "total") && !desk.was_pruned(&place.span, "dose_per_day") {
                desk.missing(place, "dose", "dose = \"70 mg/m2\"");
            }
            None
        }
        [(key, at)] => {
            let dose = protocol(desk, at);
            let spread = self::spread(desk, key, at, over);
            dose.zip(spread)
        }
        [(first, _), (second, at), ..] => {
            let text = format!("{} says its dose twice, as `{first}` and as `{second}`", place.name);
            desk.block(codes::DOSE_TWICE, &at.span, text, &format!("keep one: `dose` is one administration; {LONG}"));
            for (_, at) in said {
                protocol(desk, at);
            }
            None
        }
    }
}

fn spread(desk: &mut Desk, key: &str, at: &At<String>, over: Option<&Over>) -> Option<Spread> {
    let minutes = over.and_then(longest);
    let day = Decimal::from(24 * 60);
    let long = minutes.is_some_and(|minutes| minutes > day);
    match (key, minutes) {
        ("dose", _) if !long => Some(Spread::Each),
        ("total", Some(minutes)) if long => minutes.checked_div(day).map(|days| Spread::Total { days }),
        ("dose_per_day", Some(minutes)) if long => minutes.checked_div(day).map(|days| Spread::PerDay { days }),
        ("dose", _) => {
            desk.block(
                codes::LONG_INFUSION,
                &at.span,
                "a plain `dose` over more than 24 hours can be read as a day's",
                LONG,
            );
            None
        }
        (_, Some(_)) => {
            let text = format!("`{key}` belongs to an infusion over more than 24 hours, and this one is shorter");
            desk.block(codes::LONG_INFUSION, &at.span, text, "write `dose`");
            None
        }
        (_, None) => {
            let text = format!("`{key}` needs the length of the infusion, and `over` does not give one figure");
            desk.block(codes::LONG_INFUSION, &at.span, text, "write for example over = \"46 hours\"");
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
pub(super) fn caps(desk: &mut Desk, place: &Place, def: &DrugDef) -> Option<Vec<Cap>> {
    match &def.cap {
        None => Some(Vec::new()),
        Some(TextOr::Text(at)) if at.value == "none" => Some(Vec::new()),
        Some(TextOr::Text(at)) => {
            let at = desk.or_site(place, "cap", at)?;
            amount(desk, &at).map(|dose| vec![Cap { dose, weight: None }])
        }
        Some(TextOr::Table(rows)) => desk.each(&rows.value.0, |desk, row| {
            let span = if row.span.is_empty() { &rows.span } else { &row.span };
            let inner = place.inner("cap", span);
            let dose = desk.need(&inner, "dose", row.dose.as_ref(), "{ dose = \"2 mg\" }");
            let dose = dose.and_then(|at| amount(desk, at));
            let weight = desk.optional(row.weight.as_ref(), |desk, def| range(desk, &inner, def, kilograms));
            Some(Cap { dose: dose?, weight: weight? })
        }),
    }
}

/// What is never exceeded.
pub(super) fn maximum(desk: &mut Desk, def: Option<&Table<crate::format::definition::MaximumDef>>) -> Option<Maximum> {
    let Some(def) = def else { return Some(Maximum::default()) };
    let dose = desk.optional(def.dose.as_ref(), amount);
    let day = desk.optional(def.day.as_ref(), amount);
    let cycle = desk.optional(def.cycle.as_ref(), amount);
    Some(Maximum { dose: dose?, day: day?, cycle: cycle? })
}

/// A range whose figures `reader` puts into one unit.
pub(super) fn range(
    desk: &mut Desk,
    place: &Place,
    def: &Table<RangeDef>,
    reader: fn(&str) -> Result<Decimal, crate::quantity::QuantityError>,
) -> Option<Range> {
    ends(desk, place, &def.value, &def.span, &mut |desk, at| desk.read(at, reader))
}

/// The same with any reader.
pub(super) fn ends(
    desk: &mut Desk,
    place: &Place,
    def: &RangeDef,
    span: &std::ops::Range<usize>,
    reader: &mut dyn FnMut(&mut Desk, &At<String>) -> Option<Decimal>,
) -> Option<Range> {
    let from = desk.optional(def.from.as_ref(), &mut *reader);
    let above = desk.optional(def.above.as_ref(), &mut *reader);
    let through = desk.optional(def.through.as_ref(), &mut *reader);
    let below = desk.optional(def.below.as_ref(), &mut *reader);
    let range = Range { from: from?, through: through?, below: below?, above: above? };
    if range == Range::default() {
        if desk.lost_within(span) {
            return None;
        }
        let told = format!("{} has a range without an end", place.name);
        let help = "write `from` (included), `above` (excluded), `through` (included) or `below` (excluded)";
        desk.block(codes::ONE_OF, span, told, help);
        return None;
    }
    if (range.through.is_some() && range.below.is_some()) || (range.from.is_some() && range.above.is_some()) {
        let told = format!("{} has a range with two ends on one side", place.name);
        let help = "keep `from` or `through` (included), or `above` or `below` (excluded)";
        desk.block(codes::ONE_OF, span, told, help);
        return None;
    }
    let (lower, upper) = (range.from.or(range.above), range.through.or(range.below));
    let open = range.above.is_some() || range.below.is_some();
    if lower.zip(upper).is_some_and(|(lower, upper)| lower > upper || (open && lower == upper)) {
        desk.block(codes::BOUNDS, span, "this range ends before it begins", "write the smaller figure as `from`");
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
