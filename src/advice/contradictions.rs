//! What was said twice of one thing, in two ways: nothing is looked up until only one of them is left.

use crate::finding::Finding;
use crate::quantity::Measured;
use crate::quantity::number::shown;
use crate::regimen::Regimen;

use super::names::{ANY, Looked};
use super::{Facts, Topic};

/// One thing that was said.
struct Said<'f> {
    topic: Topic,
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
/// use posology::advice::{Facts, Topic, contradictions};
/// # let text = include_str!("../../tests/corpus/valid/rules.toml");
/// let regimen = posology::checker::check(text.as_bytes(), &Default::default()).regimen.unwrap();
/// let mut facts = Facts::default();
/// facts.say(Topic::Test, "neutrophils", "2 10^9/L").unwrap();
/// facts.say(Topic::Test, "ANC", "2000 /mm3").unwrap();
/// assert!(contradictions(&regimen, &facts).is_empty());
/// facts.say(Topic::Test, "ANC", "0.9 10^9/L").unwrap();
/// assert_eq!(contradictions(&regimen, &facts)[0].code, posology::advice::codes::RESULT_TWICE);
/// ```
pub fn contradictions(regimen: &Regimen, facts: &Facts) -> Vec<Finding> {
    let looked = Looked::at(regimen);
    let all = said(facts);
    let mut told = Vec::new();
    for (at, later) in all.iter().enumerate() {
        let same = |one: &&Said| one.topic == later.topic && looked.is_one(kinds(one.topic), one.name, later.name);
        // Beside the first that differs: three ways are told as two.
        let earlier = all.iter().take(at).filter(same).find(|one| !agrees(&one.value, &later.value));
        told.extend(earlier.map(|earlier| clash(earlier, later)));
    }
    told
}

fn said(facts: &Facts) -> Vec<Said<'_>> {
    let mut all = Vec::new();
    for (topic, list) in [(Topic::Test, &facts.tests), (Topic::Limit, &facts.limits)] {
        all.extend(list.iter().map(|(name, value)| Said { topic, name, value: Value::Figure(value) }));
    }
    for (topic, list) in [(Topic::Grade, &facts.grades), (Topic::Occurrence, &facts.occurrences)] {
        all.extend(list.iter().map(|(name, count)| Said { topic, name, value: Value::Count(*count) }));
    }
    for (happened, list) in [(true, &facts.events), (false, &facts.absent)] {
        all.extend(list.iter().map(|name| Said { topic: Topic::Event, name, value: Value::Happened(happened) }));
    }
    all
}

/// The kinds of findings whose names it goes by.
fn kinds(topic: Topic) -> &'static [Topic] {
    match topic {
        Topic::Test | Topic::Limit => &[Topic::Test],
        Topic::Grade => &[Topic::Grade],
        Topic::Event => &[Topic::Event],
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

fn clash(earlier: &Said<'_>, later: &Said<'_>) -> Finding {
    let (what, field) = match later.topic {
        Topic::Limit => ("upper limits of one test", "uln"),
        Topic::Grade => ("grades of one toxicity", "grade"),
        Topic::Occurrence => ("counts of one thing", "occurrence"),
        Topic::Event => ("answers about one event", "event"),
        _ => ("results of one test", "lab"),
    };
    let text = format!(
        "\"{}\" and \"{}\" are two different {what}: remove one.",
        shown(&earlier.words()),
        shown(&later.words())
    );
    Finding::block(super::codes::RESULT_TWICE, text).field(field).help("leave out the one that does not hold")
}

impl Said<'_> {
    fn words(&self) -> String {
        let name = self.name;
        match (&self.value, self.topic) {
            (Value::Figure(value), Topic::Limit) => format!("{name} upper limit {value}"),
            (Value::Figure(value), _) => format!("{name} {value}"),
            (Value::Count(count), Topic::Grade) => format!("{name} grade {count}"),
            (Value::Count(count), _) => format!("{name}, occurrence {count}"),
            (Value::Happened(true), _) => name.to_owned(),
            (Value::Happened(false), _) => format!("no {name}"),
        }
    }
}
