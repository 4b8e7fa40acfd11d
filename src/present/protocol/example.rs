//! The worked cases of a file: what somebody calculated by hand, and the program must agree with.

use crate::calendar;
use crate::quantity::number::{count, print};
use crate::regimen::{CycleWord, Example, ExampleAdvice, Expect, Holds, Regimen, Wanted, actions_words};

use super::more::over;
use super::{Lines, Section};

/// The section of a regimen's page.
pub(super) fn section(regimen: &Regimen) -> Section {
    let mut lines = Lines::new(regimen.cycle_word, None);
    for (at, example) in regimen.examples.iter().enumerate() {
        let note = example.note.as_ref().map_or(String::new(), |note| format!("{note} "));
        let planned: Vec<String> = example.expected().map(|expect| expected(expect, regimen.cycle_word)).collect();
        let all = example.course.as_ref().and_then(|course| course.administrations);
        let all = all.map(|all| format!("{all} administrations in all"));
        let advised = example.advice.as_ref().map(advised);
        let parts: Vec<String> = planned.into_iter().chain(all).chain(advised).collect();
        let by = example.worked_by.as_ref().map_or(String::new(), |who| format!("; worked out by {who}"));
        lines.add(
            &[],
            &format!("case {}", at + 1),
            format!("{note}{}: {}{by}", subject(example, regimen.cycle_word), parts.join("; ")),
        );
    }
    let said = regimen.author.is_some() || regimen.examples.iter().any(|example| example.worked_by.is_some());
    lines.maybe(&[], "worked out by", said.then(|| worked_by(regimen)));
    lines.section("examples", "Worked by hand, and compared on every reading")
}

/// Who worked the examples out, and whether that is the one who wrote the file.
pub fn worked_by(regimen: &Regimen) -> String {
    let mut names: Vec<&str> = Vec::new();
    for who in regimen.examples.iter().filter_map(|example| example.worked_by.as_deref()) {
        if !names.contains(&who) {
            names.push(who);
        }
    }
    let unsaid = regimen.examples.iter().filter(|example| example.worked_by.is_none()).count();
    let author = regimen.author.as_ref().map_or(String::new(), |author| format!("; the file was written by {author}"));
    let said = match (names.is_empty(), unsaid) {
        (true, _) => "the file does not say".to_owned(),
        (false, 0) => names.join(", "),
        (false, unsaid) => format!("{}; of {unsaid} the file does not say", names.join(", ")),
    };
    format!("{said}{author}")
}

/// `170 cm, 65 kg, from 07-Dec-2026`
fn subject(example: &Example, word: CycleWord) -> String {
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
    if let Some(course) = &example.course {
        parts.push(format!("from {}", calendar::print(course.start)));
        parts.extend(course.delayed.iter().map(|delay| {
            let phase = delay.phase.as_ref().map_or(String::new(), |phase| format!("{phase} "));
            let required = if delay.required { ", as the protocol requires" } else { "" };
            format!("{phase}{} {} late{required}", word.numbered(delay.cycle), count(delay.days.unsigned_abs(), "day"))
        }));
        parts.extend(course.cycles.map(|cycles| word.tally(usize::try_from(cycles).unwrap_or(usize::MAX))));
    }
    if parts.is_empty() { "anybody".to_owned() } else { parts.join(", ") }
}

/// `C8D1 on 15-Mar-2027: nimotuzumab 400 mg, over 90 minutes`
fn expected(expect: &Expect, word: CycleWord) -> String {
    let phase = expect.phase.as_ref().map_or(String::new(), |phase| format!("{phase} "));
    let part = expect.part.map_or(String::new(), |part| format!(" {}", part.word()));
    let date = expect.date().map_or(String::new(), |date| format!(" on {}", calendar::print(date)));
    let held = match &expect.holds {
        Holds::Absent => vec!["none".to_owned()],
        Holds::Present(wanted) => held(wanted),
    };
    let held = if held.is_empty() { String::new() } else { format!(" {}", held.join(", ")) };
    format!("{phase}{}{part}{date}: {}{held}", word.on_day(expect.cycle, expect.day), expect.drug)
}

/// What an example expects of an administration, but its date.
fn held(wanted: &Wanted) -> Vec<String> {
    let tablets = wanted.tablets.as_ref().map(|rows| {
        let rows: Vec<String> = rows.iter().map(|(count, strength)| format!("{count} of {strength}")).collect();
        rows.join(" and ")
    });
    let certain = wanted.certain.map(|certain| if certain { "certain" } else { "not certain" }.to_owned());
    let window = wanted
        .window
        .map(|window| format!("from {} through {}", calendar::print(window.earliest), calendar::print(window.latest)));
    let parts = [
        wanted.dose.map(|dose| dose.to_string()),
        wanted.over.as_ref().map(|length| format!("over {}", over(length))),
        wanted.after.as_ref().map(|drug| format!("after {drug}")),
        wanted.vials.map(|vials| count(vials, "vial")),
        wanted.volume.map(|volume| volume.to_string()),
        tablets,
        certain,
        window,
        wanted.hour.map(|hour| format!("at {} hours", print(hour))),
    ];
    parts.into_iter().flatten().collect()
}

/// `neutrophils 0.9 10^9/L, diarrhoea grade 3: irinotecan: hold`
fn advised(advice: &ExampleAdvice) -> String {
    let found = &advice.found;
    let tests = found.tests.iter().map(|(test, value)| format!("{test} {value}"));
    let limits = found.limits.iter().map(|(test, value)| format!("upper limit of {test} {value}"));
    let grades = found.grades.iter().map(|(name, grade)| format!("{name} grade {grade}"));
    let times = found.occurrences.iter().map(|(name, times)| format!("{name} for the {times}. time"));
    let absent = found.absent.iter().map(|name| format!("without {name}"));
    let day = found.day.map(|day| format!("on day {day}"));
    let all =
        tests.chain(limits).chain(grades).chain(times).chain(found.events.iter().cloned()).chain(absent).chain(day);
    let now = if advice.now.is_empty() { "nothing follows".to_owned() } else { actions_words(&advice.now) };
    let then = advice.then.as_ref().map_or(String::new(), |then| format!(", then {}", actions_words(then)));
    format!("{}: {now}{then}", all.collect::<Vec<_>>().join(", "))
}
