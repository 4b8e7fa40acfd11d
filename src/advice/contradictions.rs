//! What was said twice of one thing, in two ways: nothing is looked up until only one of them is left.

use crate::finding::Finding;
use crate::quantity::Measured;
use crate::quantity::number::shown;
use crate::regimen::Regimen;

use super::names::{ANY, NamesInFile};
use super::{ObservationKind, Observations};

/// One thing that was said.
struct Statement<'f> {
    kind: ObservationKind,
    name: &'f str,
    value: Value<'f>,
}

#[derive(PartialEq)]
enum Value<'f> {
    Figure(&'f Measured),
    Count(u32),
    Happened(bool),
}

/// Every pair that cannot both hold: one test, toxicity or event by whatever names, in whatever order. The same said
/// twice is said once.
///
/// ```
/// use posology::advice::{Observations, ObservationKind, contradictions};
/// # let text = include_str!("../../tests/corpus/valid/rules.toml");
/// let regimen = posology::checker::check(text.as_bytes(), &Default::default()).regimen.unwrap();
/// let mut observed = Observations::default();
/// observed.add(ObservationKind::Test, "neutrophils", "2 10^9/L").unwrap();
/// observed.add(ObservationKind::Test, "ANC", "2000 /mm3").unwrap();
/// assert!(contradictions(&regimen, &observed).is_empty());
/// observed.add(ObservationKind::Test, "ANC", "0.9 10^9/L").unwrap();
/// assert_eq!(contradictions(&regimen, &observed)[0].code, posology::advice::codes::RESULT_TWICE);
/// ```
pub fn contradictions(regimen: &Regimen, observed: &Observations) -> Vec<Finding> {
    let looked = NamesInFile::of(regimen);
    let all = statements(observed);
    let mut told = Vec::new();
    for (at, later) in all.iter().enumerate() {
        let same = |one: &&Statement| one.kind == later.kind && looked.is_one(kinds(one.kind), one.name, later.name);
        // Beside the first that differs: three ways are told as two.
        let earlier = all.iter().take(at).filter(same).find(|one| !agrees(&one.value, &later.value));
        told.extend(earlier.map(|earlier| clash(earlier, later)));
    }
    told
}

fn statements(observed: &Observations) -> Vec<Statement<'_>> {
    let mut all = Vec::new();
    for (kind, list) in [(ObservationKind::Test, &observed.tests), (ObservationKind::Limit, &observed.limits)] {
        all.extend(list.iter().map(|(name, value)| Statement { kind, name, value: Value::Figure(value) }));
    }
    for (kind, list) in
        [(ObservationKind::Grade, &observed.grades), (ObservationKind::Occurrence, &observed.occurrences)]
    {
        all.extend(list.iter().map(|(name, count)| Statement { kind, name, value: Value::Count(*count) }));
    }
    for (happened, list) in [(true, &observed.events), (false, &observed.absent)] {
        all.extend(list.iter().map(|name| Statement {
            kind: ObservationKind::Event,
            name,
            value: Value::Happened(happened),
        }));
    }
    all
}

/// The kinds of findings whose names it goes by.
fn kinds(kind: ObservationKind) -> &'static [ObservationKind] {
    match kind {
        ObservationKind::Test | ObservationKind::Limit => &[ObservationKind::Test],
        ObservationKind::Grade => &[ObservationKind::Grade],
        ObservationKind::Event => &[ObservationKind::Event],
        _ => ANY,
    }
}

/// Figures in two units of one kind are held against each other; in units of two kinds nobody knows.
fn agrees(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one, other) {
        (Value::Figure(one), Value::Figure(other)) => one.in_unit(other.unit) == Some(other.value.normalize()),
        _ => one == other,
    }
}

fn clash(earlier: &Statement<'_>, later: &Statement<'_>) -> Finding {
    let (what, field) = match later.kind {
        ObservationKind::Limit => ("upper limits of one test", "uln"),
        ObservationKind::Grade => ("grades of one toxicity", "grade"),
        ObservationKind::Occurrence => ("counts of one thing", "occurrence"),
        ObservationKind::Event => ("answers about one event", "event"),
        _ => ("results of one test", "lab"),
    };
    let text = format!(
        "\"{}\" and \"{}\" are two different {what}: remove one.",
        shown(&earlier.words()),
        shown(&later.words())
    );
    Finding::block(super::codes::RESULT_TWICE, text).field(field).help("leave out the one that does not hold")
}

impl Statement<'_> {
    fn words(&self) -> String {
        let name = self.name;
        match (&self.value, self.kind) {
            (Value::Figure(value), ObservationKind::Limit) => format!("{name} upper limit {value}"),
            (Value::Figure(value), _) => format!("{name} {value}"),
            (Value::Count(count), ObservationKind::Grade) => format!("{name} grade {count}"),
            (Value::Count(count), _) => format!("{name}, occurrence {count}"),
            (Value::Happened(true), _) => name.to_owned(),
            (Value::Happened(false), _) => format!("no {name}"),
        }
    }
}
