//! The unit of a bare figure, asked for at the terminal and answered with one key.

use crate::finding::{Finding, InUnits, Lift, Severity};
use crate::quantity::body::Reading;
use crate::subject::{Fact, Value};

use super::Output;
use super::read::today;

/// What the figures in question are with their units, as somebody at the terminal says; nothing where no unit is asked for,
/// nobody sits there, or the answer is none of those offered.
pub(crate) fn answered(findings: &[Finding], output: &mut Output) -> Vec<Reading<Value>> {
    let asked = findings.iter().filter(|finding| finding.severity == Severity::Confirm);
    let Some((finding, ways)) = asked.into_iter().find_map(|finding| match finding.lift() {
        Some(Lift::Unit(ways)) => Some((finding, ways)),
        _ => None,
    }) else {
        return Vec::new();
    };
    let offered = (1..).zip(ways).map(|(key, way)| format!("{key} for {}", way.words())).collect::<Vec<_>>().join(", ");
    let Some(line) = output.ask(&format!("{} Which is it? {offered}", finding.text)) else { return Vec::new() };
    chosen(&line, ways).map(values).unwrap_or_default()
}

/// The way that an answer names: by its place, by its unit, or as it is offered.
fn chosen<'a>(line: &str, ways: &'a [InUnits]) -> Option<&'a InUnits> {
    let line = line.trim().to_lowercase();
    let place: Option<usize> = line.parse().ok();
    let of_place = place.and_then(|place| ways.get(place.checked_sub(1)?));
    let unit = |way: &InUnits| way.words().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    of_place.or_else(|| ways.iter().find(|way| !line.is_empty() && (way.words() == line || unit(way) == line)))
}

fn values(way: &InUnits) -> Vec<Reading<Value>> {
    let value = |(field, typed): &(crate::finding::Field, String)| {
        Fact::called(&field.to_string())?.read(typed, today().ok()?).ok()
    };
    way.typed.iter().filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Field;

    #[test]
    fn an_answer_is_its_place_its_unit_or_the_figure() {
        let ways = ["133kg", "133lb"].map(|typed| InUnits { typed: vec![(Field::Weight, typed.to_owned())] });
        for (line, way) in
            [("1", Some("133kg")), (" 2 ", Some("133lb")), ("lb", Some("133lb")), ("133KG", Some("133kg"))]
        {
            assert_eq!(chosen(line, &ways).map(InUnits::words).as_deref(), way, "{line}");
        }
        for line in ["", "0", "3", "y", "133"] {
            assert_eq!(chosen(line, &ways), None, "{line}");
        }
    }
}
