//! What a worked example that does not come out is told with, one sentence a function.

use crate::dosing::DoseError;
use crate::finding::Finding;
use crate::format::codes;
use crate::quantity::Amount;
use crate::regimen::{Example, ExampleDelay, Expect};

/// The example gives no plan.
pub(super) fn no_plan(example: &Example, why: &[String]) -> Finding {
    let text = format!("This example gives no plan: {}", why.join(" "));
    Finding::block(codes::EXAMPLE, text).at(example.span.clone(), "this example")
}

/// Another number of administrations.
pub(super) fn other_number(example: &Example, planned: usize, expected: u32) -> Finding {
    let text = format!("{planned} administrations are planned, and the example expects {expected}.");
    Finding::block(codes::EXAMPLE, text)
        .at(example.span.clone(), "another number")
        .help("count once more: every drug, every day of every cycle; a run of days at home counts once")
}

/// A delay of a cycle that is not planned.
pub(super) fn no_cycle(example: &Example, delay: &ExampleDelay) -> Finding {
    let phase = delay.phase.as_ref().map_or(String::new(), |phase| format!("{phase} "));
    let text = format!("This example delays {phase}cycle {}, which is not planned.", delay.cycle);
    Finding::block(codes::EXAMPLE, text)
        .at(example.span.clone(), "this example")
        .help("name a cycle that the plan has; `cycles` says how many of a phase that goes on")
}

/// No dose on the day.
pub(super) fn no_dose(expect: &Expect) -> Finding {
    let text = format!("No dose of {} falls on cycle {} day {}.", expect.drug, expect.cycle, expect.day);
    Finding::block(codes::EXAMPLE, text).at(expect.span.clone(), "expected here")
}

/// A dose on a day that has none.
pub(super) fn not_absent(expect: &Expect, dose: Amount) -> Finding {
    let text = format!(
        "Cycle {} day {}, {}: {dose} is planned, and the row expects none.",
        expect.cycle, expect.day, expect.drug
    );
    Finding::block(codes::EXAMPLE, text)
        .at(expect.span.clone(), "expected to have none")
        .help("count the days of the protocol once more; correct whichever of the two is wrong")
}

/// Other advice: what is wrong.
pub(super) fn other_advice(example: &Example, wrong: &[String]) -> Finding {
    let text = format!("This example of the modification tables does not come out: {}.", wrong.join("; "));
    Finding::block(codes::EXAMPLE, text)
        .at(example.span.clone(), "this example")
        .help("look it up in the protocol once more; correct whichever of the two is wrong")
}

/// Halves of the day that differ, and a row that does not say which it means.
pub(super) fn which_half(expect: &Expect, (morning, evening): (Amount, Amount)) -> Finding {
    let text = format!(
        "Cycle {} day {}, {}: {morning} in the morning and {evening} in the evening, and the row does not say which it means.",
        expect.cycle, expect.day, expect.drug
    );
    Finding::block(codes::EXAMPLE, text)
        .at(expect.span.clone(), "without `part`")
        .help("add part = \"morning\" or part = \"evening\" to the row")
}

/// Another date or dose: what is wrong.
pub(super) fn otherwise(expect: &Expect, wrong: &[String]) -> Finding {
    let text = format!("Cycle {} day {}, {}: {}.", expect.cycle, expect.day, expect.drug, wrong.join(" and "));
    Finding::block(codes::EXAMPLE, text)
        .at(expect.span.clone(), "expected otherwise")
        .help("work the figure out by hand once more; correct whichever of the two is wrong")
}

/// A dose that no row of any example is about.
pub(super) fn untried(example: &Example, what: &str) -> Finding {
    Finding::warn(codes::DRUG_UNTRIED, format!("no worked example gives {what}"))
        .at(example.span.clone(), "worked out by nobody")
        .help("add a row to an [[example]], worked out by hand")
}

/// A dose in milligrams that its own rounding refuses.
pub(super) fn never_given(error: &DoseError) -> Finding {
    Finding::block(codes::NEVER_GIVEN, format!("{error}; this dose is the same for everybody, so no plan can have it"))
        .help("write a smaller step, a strength that makes it, or `within` as the protocol allows")
}
