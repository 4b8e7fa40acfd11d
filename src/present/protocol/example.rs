//! The worked cases of a file: what somebody calculated by hand, and the program must agree with.

use crate::calendar;
use crate::regimen::{Example, Expect, Regimen};

use super::{Lines, Section};

/// The section of a regimen's page.
pub(super) fn section(regimen: &Regimen) -> Section {
    let mut lines = Lines::new(None);
    for (at, example) in regimen.examples.iter().enumerate() {
        let expected: Vec<String> = example.expect.iter().map(expected).collect();
        let note = example.note.as_ref().map_or(String::new(), |note| format!("{note} "));
        lines.add(&[], &format!("case {}", at + 1), format!("{note}{}: {}", subject(example), expected.join("; ")));
    }
    lines.section("examples", "Worked by hand, and compared on every reading")
}

/// `170 cm, 65 kg, from 07-Dec-2026`
fn subject(example: &Example) -> String {
    let subject = &example.subject;
    let mut parts = Vec::new();
    parts.extend(subject.height.map(|height| height.to_string()));
    parts.extend(subject.weight.map(|weight| weight.to_string()));
    parts.extend(subject.sex.map(|sex| sex.written().to_owned()));
    parts.extend(subject.age.map(|age| age.to_string()));
    parts.extend(subject.creatinine.map(|creatinine| format!("creatinine {creatinine}")));
    parts.extend(subject.gfr.map(|gfr| format!("GFR {gfr}")));
    parts.extend(subject.genotype.clone());
    parts.extend(subject.tests.iter().map(|(test, found)| format!("{test} {found}")));
    parts.extend(subject.cohort.as_ref().map(|cohort| format!("cohort {cohort}")));
    parts.extend(example.levels.iter().map(|(drug, level)| format!("{drug} at level {level}")));
    parts.push(format!("from {}", calendar::print(example.start)));
    parts.extend(example.cycles.map(|cycles| format!("{cycles} cycles")));
    parts.join(", ")
}

/// `C8D1 on 15-Mar-2027: nimotuzumab 400 mg`
fn expected(expect: &Expect) -> String {
    let phase = expect.phase.as_ref().map_or(String::new(), |phase| format!("{phase} "));
    let part = expect.part.map_or(String::new(), |part| format!(" {}", part.word()));
    let date = expect.date.map_or(String::new(), |date| format!(" on {}", calendar::print(date)));
    let dose = expect.dose.as_ref().map_or(String::new(), |dose| format!(" {dose}"));
    format!("{phase}C{}D{}{part}{date}: {}{dose}", expect.cycle, expect.day, expect.drug)
}
