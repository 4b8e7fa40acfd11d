//! Examples of the modification tables: what was found, and what must follow for every treatment drug.

use crate::advice::{self, Advice, Observations};
use crate::finding::Finding;
use crate::quantity::Gfr;
use crate::regimen::{Action, Example, ExampleAdvice, Regimen};

use super::findings;
use super::seen::Tried;

/// A finding where the tables say otherwise; nothing of an example without advice.
pub(super) fn run(regimen: &Regimen, example: &Example, tried: &mut Tried) -> Option<Finding> {
    let expected = example.advice.as_ref()?;
    let advice = advice::advise(regimen, &observed(example, expected));
    let refused = advice.contradictions.iter().chain(&advice.implausible).map(|finding| finding.text.clone());
    let open = advice.open.iter().map(|question| format!("first say {}", question.needs));
    let mut wrong: Vec<String> = refused.chain(open).collect();
    wrong.extend(advice.unused.iter().map(|unused| format!("no table looks at {}", unused.said)));
    if wrong.is_empty() {
        wrong.extend(advice.drugs.iter().filter_map(|of| now(of, expected)));
        wrong.extend(expected.then.as_ref().and_then(|then| later(&advice, then)));
    }
    tried.advised(&advice);
    (!wrong.is_empty()).then(|| findings::other_advice(example, &wrong))
}

/// Everything that is known of the subject, and what was found of it.
fn observed(example: &Example, expected: &ExampleAdvice) -> Observations {
    let (subject, found) = (&example.subject, &expected.found);
    let gfr = subject.gfr.and_then(|gfr| match gfr {
        Gfr::Absolute(value) | Gfr::Measured(value, _) => Some(value),
        Gfr::Indexed(_) | Gfr::Dialysis => None,
    });
    Observations {
        tests: found.tests.clone(),
        limits: found.limits.clone(),
        grades: found.grades.clone(),
        events: found.events.clone(),
        absent: found.absent.clone(),
        occurrences: found.occurrences.clone(),
        genotype: subject.genotype.clone(),
        cohort: subject.cohort.clone(),
        day: found.day,
        age: subject.age.map(crate::quantity::Age::value),
        weight: subject.weight.map(crate::quantity::Weight::value),
        gfr,
        levels: example.levels.clone(),
        ..Observations::default()
    }
}

/// What follows for one drug, where it is not what the example says; of a drug it does not name, nothing follows.
fn now(of: &advice::ForDrug, expected: &ExampleAdvice) -> Option<String> {
    let wanted = expected.now.iter().find(|(drug, _)| *drug == of.drug).map_or(Action::Treat, |(_, action)| *action);
    let said = of.now.unwrap_or(Action::Treat);
    (said != wanted).then(|| format!("{}: the tables say {}, not {}", of.drug, said.words(), wanted.words()))
}

/// What follows when treatment goes on, by drug.
fn later(advice: &Advice, wanted: &[(String, Action)]) -> Option<String> {
    let rows = advice.rows.iter().flat_map(|row| &row.then);
    let mut said: Vec<(&String, Action)> = rows.map(|(drug, action)| (drug, *action)).collect();
    said.sort_unstable_by(|a, b| a.0.cmp(b.0).then(b.1.severity().cmp(&a.1.severity())));
    said.dedup_by_key(|(drug, _)| *drug);
    let words = |list: &[(String, Action)]| {
        let each: Vec<String> = list.iter().map(|(drug, action)| format!("{drug}: {}", action.words())).collect();
        if each.is_empty() { "nothing".to_owned() } else { each.join("; ") }
    };
    let said: Vec<(String, Action)> = said.into_iter().map(|(drug, action)| (drug.clone(), action)).collect();
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    (said != wanted).then(|| format!("when treatment goes on the tables say {}, not {}", words(&said), words(&wanted)))
}
