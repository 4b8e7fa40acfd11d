//! Fifty recorded courses of ten common regimens: how often the program asks after the enrolment, and under which code. Alerts that
//! come too often are clicked away. `cargo test courses_measured -- --nocapture` prints the counts.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeMap;

use posology::calendar::{self, Date, plus_days};
use posology::course::event::{Before, Measured};
use posology::course::{Course, Product, Times};
use posology::decide::{Command, Decision, Scope};
use posology::finding::Severity;
use posology::library::Library;
use posology::quantity::{Age, Creatinine, Decimal, Sex, Weight, decimal};
use posology::regimen::Regimen;
use posology::study::Chosen;
use posology::subjects::{self, Actor, Enrolment, Opened};

use crate::support::{date, site, subject};

const COMMON: [&str; 10] = [
    "gi-mfolfox6",
    "gi-folfiri",
    "gi-xelox",
    "gi-gemcitabine-nab-paclitaxel",
    "any-pembrolizumab-q3w",
    "br-tc",
    "gyn-carboplatin-paclitaxel",
    "lung-carboplatin-pemetrexed-pembrolizumab",
    "heme-rchop21",
    "npc-gp",
];

/// Of each regimen the people of these lines of the drawn adults: nobody chose them.
const LINES: [usize; 5] = [11, 402, 803, 1204, 1605];

fn actor(now: Date) -> Actor {
    Actor { who: "A. Nurse".to_owned(), now, set: None, accepted: Vec::new(), confirmed: Vec::new() }
}

fn entered(regimen: &Regimen, line: usize) -> Course {
    let row: Vec<&str> = include_str!("../population/adults.csv").lines().nth(line).unwrap().split(',').collect();
    let mut known = subject(&format!("{}cm", row[3]), &format!("{}kg", row[4]));
    known.sex = Sex::read(row[1]).ok();
    known.age = Age::read(row[2]).ok();
    known.creatinine = Creatinine::read("0.9 mg/dL").ok();
    known.measured = Some(date("2026-12-07"));
    let mut course = Course::new(date("2026-12-07"), known);
    for limit in &regimen.lifetimes {
        course.exposure.insert(limit.name.clone(), Before::None);
    }
    course
}

/// Enrolled, whatever is asked then.
fn enrolled(regimen: &Regimen, course: &Course) -> Opened {
    let mut actor = actor(course.start);
    for _ in 0..5 {
        match subjects::enrol("S-001", regimen, course, (&Chosen::default(), &site()), &actor).unwrap() {
            Enrolment::Ready(ready) => {
                let entry = subjects::as_entry(&ready.0, 1, &actor);
                return subjects::from_entries("S-001", &[entry], regimen, &site()).unwrap();
            }
            Enrolment::Asks(findings) => {
                let answers = findings.iter().map(|one| (one.code.name().to_owned(), "seen".to_owned()));
                actor.accepted.extend(answers);
            }
        }
    }
    panic!("{}: the enrolment asks without end", regimen.id)
}

/// The act recorded, and the codes of what was asked before.
fn recorded(opened: &Opened, now: Date, command: &Command, asked: &mut Vec<String>) -> Opened {
    let mut actor = actor(now);
    for _ in 0..5 {
        match subjects::decide(opened, &site(), &actor, command) {
            Decision::Events(events, _) => {
                let mut entries: Vec<_> = opened.folded.history.iter().map(|told| told.entry.clone()).collect();
                for event in &events {
                    entries.push(subjects::as_entry(event, entries.last().unwrap().seq + 1, &actor));
                }
                return subjects::from_entries("S-001", &entries, &opened.regimen, &site()).unwrap();
            }
            Decision::Asks(findings, _) => {
                for finding in findings {
                    assert_eq!(finding.severity, Severity::Warn, "{}: {}", opened.regimen.id, finding.text);
                    asked.push(finding.code.name().to_owned());
                    actor.accepted.push((finding.code.name().to_owned(), "seen".to_owned()));
                }
            }
            Decision::Refused(finding) => panic!("{}: {}", opened.regimen.id, finding.text),
        }
    }
    panic!("{}: it asks without end", opened.regimen.id)
}

/// Nine weeks as they go: on day 1 of each cycle a weight that has moved by up to 2 %, then every visit given as planned.
fn nine_weeks(regimen: &Regimen, line: usize) -> Vec<String> {
    let course = entered(regimen, line);
    let weight = course.subject.weight.unwrap().value();
    let mut opened = enrolled(regimen, &course);
    let mut asked = Vec::new();
    let last = plus_days(course.start, 62).unwrap();
    let plan = opened.plan.as_ref().unwrap();
    let mut visits: Vec<_> = plan
        .administrations
        .iter()
        .filter(|one| one.date <= last && one.run.is_none())
        .map(|one| (one.date, one.key.phase.clone(), one.key.cycle, one.key.day))
        .collect();
    visits.dedup();
    let mut begun = 1;
    for (day, phase, cycle, of_cycle) in visits {
        if cycle > begun {
            begun = cycle;
            // -1 %, +1 %, -2 %, +2 % by turns: nobody stands still on a scale.
            let percent = [99, 101, 98, 102][usize::try_from(cycle).unwrap() % 4];
            let now = decimal::half_up(weight * Decimal::new(percent, 2), 1);
            let measured = Measured { weight: Weight::read(&format!("{now}kg")).ok(), ..Measured::default() };
            opened = recorded(&opened, day, &Command::Measure { on: day, measured }, &mut asked);
        }
        let scope = Scope { phase, cycle, day: Some(of_cycle), drug: None, part: None };
        let (on, product) = (Some(day), Product::default());
        let times = Times::default();
        let give = Command::Give { scope, on, dose: None, partly: false, second: false, product, times, reason: None };
        opened = recorded(&opened, day, &give, &mut asked);
    }
    asked
}

#[test]
fn fifty_courses_ask_at_most_once_a_subject_after_enrolment() {
    let library = Library::new(None, Vec::new(), site());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut often = Vec::new();
    for id in COMMON {
        let file = library.find(id).unwrap();
        let regimen = file.regimen.as_ref().unwrap();
        for line in LINES {
            let asked = nine_weeks(regimen, line);
            if asked.len() > 1 {
                often.push(format!("{id}, line {line}: {asked:?}"));
            }
            for code in asked {
                *counts.entry(code).or_default() += 1;
            }
        }
    }
    println!("50 courses to {}, after enrolment:", calendar::print(plus_days(date("2026-12-07"), 62).unwrap()));
    counts.iter().for_each(|(code, count)| println!("  WARN {code}: {count}"));
    assert!(often.is_empty(), "{often:#?}");
}
