//! Laboratory results before a plan: those a dose depends on, each once, in a unit that compares, and possible at all.

use crate::course::Course;
use crate::finding::{Field, Finding, Remedy};
use crate::quantity::number;
use crate::regimen::Regimen;

/// What is missing, too much, or cannot be meant.
pub(super) fn findings(regimen: &Regimen, course: &Course) -> Vec<Finding> {
    let mut told = asked(regimen, course);
    told.extend(course.subject.tests.iter().filter_map(|(test, found)| regimen.doubt(test, found)));
    told
}

/// Every laboratory test that a dose depends on, once, in a unit that compares.
fn asked(regimen: &Regimen, course: &Course) -> Vec<Finding> {
    let wanted = crate::dosing::tests(regimen);
    let known = |name: &String| wanted.iter().any(|test| regimen.is_test(&test.test, name));
    let unasked = course.subject.tests.iter().filter(|(name, _)| !known(name)).map(|(name, found)| {
        let text = format!("No dose of {} depends on {} {found}.", regimen.name, number::shown(name));
        Finding::block(super::codes::UNKNOWN_TEST, text)
            .field(Field::Lab)
            .help("leave it out, or compare its spelling with the regimen's")
    });
    let found = |test: &str| {
        let named = course.subject.tests.iter().filter(|(name, _)| regimen.is_test(test, name));
        named.map(|(_, found)| found).collect::<Vec<_>>()
    };
    let wrong = wanted.iter().filter_map(|test| match found(&test.test).as_slice() {
        [] => {
            let text = format!("The {} were not given, and {} needs them.", test.test, regimen.name);
            let help = format!("give the figure with its unit, such as {} 180 {}", test.test, test.unit);
            let help = Remedy::of([Field::Lab], help);
            Some(Finding::block(crate::dosing::codes::MISSING_INPUT, text).field(Field::Lab).help(help))
        }
        [one, other, ..] => {
            let text = format!("{one} and {other} are both results of {}.", test.test);
            Some(
                Finding::block(super::codes::TEST_TWICE, text)
                    .field(Field::Lab)
                    .help("keep the newest figure of a test"),
            )
        }
        [found] if test.figure(found).is_none() => {
            let text =
                format!("{} {found} does not compare with {}, the unit of {}.", test.test, test.unit, regimen.name);
            Some(
                Finding::block(super::codes::TEST_UNIT, text)
                    .field(Field::Lab)
                    .help(format!("give it in {}", test.unit)),
            )
        }
        [_] => None,
    });
    unasked.chain(wrong).collect()
}
