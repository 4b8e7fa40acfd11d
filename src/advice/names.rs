//! Other names of the same test or toxicity, and what was said of something that no table looks at.
//!
//! A plain synonym or plural counts as the thing itself: `platelet`, `plt`. Anything further off is asked:
//! a neuropathy need not be a peripheral neuropathy.

use crate::quantity::Measured;
use crate::quantity::names::is_same;
use crate::regimen::{LooksAt, Regimen};

use super::{ObservationKind, Observations};

/// Words that many names share, and that make no two of them neighbours.
const COMMON: &[&str] = &["count", "level", "serum", "total", "absolute", "grade", "toxicity", "days", "since", "dose"];

/// Something that was said and that nothing in the file looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// What was said: `sodium 130 mmol/L`.
    pub said: String,
    /// The nearest name that the file does look at, and what kind of finding it is.
    pub near: Option<(ObservationKind, String)>,
}

/// What the tables look at of one kind of finding: each with all its names, the usual one first.
pub(super) struct NamesInFile(Vec<(ObservationKind, Vec<String>)>);

impl NamesInFile {
    pub(super) fn of(regimen: &Regimen) -> Self {
        let mut all = Self(Vec::new());
        for rule in &regimen.rules {
            let names = std::iter::once(&rule.name).chain(&rule.also).cloned().collect();
            all.0.push((kind(&rule.looks_at), names));
        }
        for criterion in &regimen.criteria {
            all.add(ObservationKind::Test, &criterion.test);
        }
        for row in regimen.rules.iter().flat_map(|rule| &rule.rows) {
            row.with.iter().for_each(|(what, _)| all.add(ObservationKind::Event, what));
            row.when.tests.iter().for_each(|test| all.add(ObservationKind::Test, &test.test));
        }
        for drug in regimen.drugs() {
            let tests = drug.dosing.conditions().flat_map(|when| &when.tests);
            tests.for_each(|test| all.add(ObservationKind::Test, &test.test));
        }
        all
    }

    fn add(&mut self, kind: ObservationKind, name: &str) {
        if !self.names(&[kind]).any(|known| known.eq_ignore_ascii_case(name)) {
            self.0.push((kind, vec![name.to_owned()]));
        }
    }

    fn names(&self, kinds: &[ObservationKind]) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(kind, _)| kinds.contains(kind)).flat_map(|(_, names)| names).map(String::as_str)
    }

    fn has(&self, kinds: &[ObservationKind], name: &str) -> bool {
        self.names(kinds).any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Whether two names are of one thing: in words, or because the file has both for one of the things it looks at.
    pub(super) fn is_one(&self, kinds: &[ObservationKind], one: &str, other: &str) -> bool {
        let known = self.0.iter().filter(|(kind, _)| kinds.contains(kind));
        let means = |names: &[String], said: &str| names.iter().any(|name| is_same(name, said));
        is_same(one, other) || known.into_iter().any(|(_, names)| means(names, one) && means(names, other))
    }

    /// The units that a test may be said in, by any of its names; none of a test that nothing looks at.
    pub(super) fn units(&self, regimen: &Regimen, test: &str) -> Vec<&'static str> {
        let rules = regimen.rules.iter().map(|rule| (rule.name.as_str(), rule.unit()));
        let limits = regimen.criteria.iter().flat_map(|one| {
            let limits = [&one.at_least, &one.at_most].into_iter().flatten();
            limits.filter_map(|limit| Some((one.test.as_str(), Measured::read(limit).ok()?.unit)))
        });
        let rows = regimen.rules.iter().flat_map(|rule| &rule.rows).map(|row| &row.when);
        let starts = regimen.drugs().flat_map(|drug| drug.dosing.conditions());
        let ranges = rows.chain(starts).flat_map(|when| &when.tests).map(|range| (range.test.as_str(), range.unit));
        let mut known: Vec<&'static str> = Vec::new();
        for (name, unit) in rules.chain(limits).chain(ranges) {
            if !unit.is_empty() && self.is_one(&[ObservationKind::Test], name, test) {
                known.extend(Measured::units_like(unit).filter(|one| !known.contains(one)).collect::<Vec<_>>());
            }
        }
        known
    }

    /// The file's name of that which goes by another name here; nothing where it is not one thing alone.
    fn usual(&self, kinds: &[ObservationKind], said: &str) -> Option<String> {
        if self.has(kinds, said) {
            return None;
        }
        let known = self.0.iter().filter(|(kind, _)| kinds.contains(kind));
        let mut same = known.filter(|(_, names)| names.iter().any(|name| is_same(name, said))).map(|(_, names)| names);
        let (first, second) = (same.next()?.first()?, same.next());
        second.is_none().then(|| first.clone())
    }

    /// The nearest name among all that the file looks at: of the same kind first.
    fn near(&self, kinds: &[ObservationKind], said: &str) -> Option<(ObservationKind, String)> {
        let own: Vec<_> = self.0.iter().filter(|(kind, _)| kinds.contains(kind)).collect();
        near(&own, said).or_else(|| near(&self.0.iter().collect::<Vec<_>>(), said))
    }
}

fn kind(looks_at: &LooksAt) -> ObservationKind {
    match looks_at {
        LooksAt::Test { .. } => ObservationKind::Test,
        LooksAt::Grade { .. } => ObservationKind::Grade,
        LooksAt::Event => ObservationKind::Event,
    }
}

fn near(among: &[&(ObservationKind, Vec<String>)], said: &str) -> Option<(ObservationKind, String)> {
    let found = |holds: &dyn Fn(&str) -> bool| {
        let one = among.iter().find(|(_, names)| names.iter().any(|name| holds(name)))?;
        Some((one.0, one.1.first()?.clone()))
    };
    let small = said.to_lowercase();
    let lower: Vec<String> = among.iter().flat_map(|(_, names)| names).map(|name| name.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let spelt = crate::format::parse::nearest(&small, &lower);
    let spelt = spelt.and_then(|spelt| found(&|name| name.to_lowercase() == spelt));
    spelt.or_else(|| found(&|name| is_same(name, said))).or_else(|| found(&|name| shares_a_word(name, said)))
}

fn shares_a_word(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| word.len() > 3 && !COMMON.contains(&word.as_str())).collect()
    };
    let other = words(other);
    words(one).iter().any(|word| other.contains(word))
}

/// The known that answer a question of any kind.
pub(super) const ANY: &[ObservationKind] = &[ObservationKind::Test, ObservationKind::Grade, ObservationKind::Event];

/// What was observed, by the names of the file, with what was typed by another name and what it was taken for.
pub(super) fn usual(regimen: &Regimen, observed: &Observations) -> (Observations, Vec<(String, String)>) {
    let (looked, mut observed, mut taken) = (NamesInFile::of(regimen), observed.clone(), Vec::new());
    let mut take = |kinds: &[ObservationKind], name: &mut String| {
        if let Some(usual) = looked.usual(kinds, name) {
            let pair = (std::mem::replace(name, usual.clone()), usual);
            if !taken.contains(&pair) {
                taken.push(pair);
            }
        }
    };
    let Observations { tests, limits, grades, events, absent, occurrences, .. } = &mut observed;
    tests.iter_mut().chain(limits).for_each(|(name, _)| take(&[ObservationKind::Test], name));
    grades.iter_mut().for_each(|(name, _)| take(&[ObservationKind::Grade], name));
    events.iter_mut().chain(absent).for_each(|name| take(&[ObservationKind::Event], name));
    occurrences.iter_mut().for_each(|(name, _)| take(ANY, name));
    (observed, taken)
}

/// Everything that was said and that neither a rule, a row nor a criterion looks at.
pub(super) fn unused(regimen: &Regimen, observed: &Observations) -> Vec<Unused> {
    let looked = NamesInFile::of(regimen);
    let of = |kinds: &'static [ObservationKind], name: &String, said: String| {
        let unused = !looked.has(kinds, name);
        unused.then(|| Unused { said, near: looked.near(kinds, name) })
    };
    let tests =
        observed.tests.iter().filter_map(|(name, value)| of(&[ObservationKind::Test], name, format!("{name} {value}")));
    let limits = observed.limits.iter();
    let limits =
        limits.filter_map(|(name, value)| of(&[ObservationKind::Test], name, format!("{name} upper limit {value}")));
    let grades = observed.grades.iter();
    let grades =
        grades.filter_map(|(name, grade)| of(&[ObservationKind::Grade], name, format!("{name} grade {grade}")));
    let events = observed.events.iter().filter_map(|name| of(&[ObservationKind::Event], name, name.clone()));
    let absent = observed.absent.iter().filter_map(|name| of(&[ObservationKind::Event], name, format!("no {name}")));
    let nth = observed.occurrences.iter();
    let nth = nth.filter_map(|(name, nth)| of(ANY, name, format!("{name}, occurrence {nth}")));
    tests.chain(limits).chain(grades).chain(events).chain(absent).chain(nth).collect()
}

/// What the file looks at: tests, toxicities and events, by their usual names.
pub fn looked_at(regimen: &Regimen) -> Vec<(ObservationKind, String)> {
    let looked = NamesInFile::of(regimen).0.into_iter();
    looked.filter_map(|(kind, names)| Some((kind, names.into_iter().next()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_near_each_other_share_a_word() {
        assert!(shares_a_word("peripheral neuropathy", "neuropathy") && !shares_a_word("platelet count", "cell count"));
    }
}
