//! What the trial calls a cycle: its word and its numbers in every screen, print-out and export, and "cycle" in none. The
//! file is of weeks counted from 0; every date is worked out by hand.

use posology::calendar::Site;
use posology::checker::check;
use posology::course::{Course, Key};
use posology::export::FORMATS;
use posology::plan::{self, Options, Plan};
use posology::present;
use posology::quantity::Weight;
use posology::regimen::Regimen;
use posology::subject::Subject;
use posology::tui::plain;

use crate::schedules::options;
use crate::support::{date, planned, regimen};
use crate::tui::{drawn, press, regimens_of, start, text};

const WEEKS: &str = include_str!("../corpus/valid/weeks.toml");

/// The same trial, which calls what it counts by another word.
fn called(word: &str, from: u32) -> String {
    WEEKS
        .replace("cycle_word = \"week\"", &format!("cycle_word = \"{word}\""))
        .replace("cycles_from = 0", &format!("cycles_from = {from}"))
        .replace("A case in weeks", "A case")
        .replace("{ from = 14, through = 22 }", "{ from = 4 }")
        .split("# 5 mg/kg of 70 kg")
        .next()
        .unwrap()
        .to_owned()
        + "[[example]]\nsubject = { weight = \"70 kg\" }\nstart = 2026-12-07\ncycles = 5\nexpect = \
           [{ phase = \"first\", cycle = FROM, day = 1, date = 2026-12-07, drug = \"study-antibody\", dose = \"350 mg\" }]\n"
            .replace("FROM", &from.to_string())
            .as_str()
}

fn of_70_kg() -> Course {
    let subject = Subject { weight: Some(Weight::read("70 kg").unwrap()), ..Subject::default() };
    Course::new(date("2026-12-07"), subject)
}

fn five(regimen: &Regimen) -> Plan {
    plan::plan(regimen, &of_70_kg(), &Site::default(), Options { cycles: Some(5), ..Options::default() }).unwrap()
}

fn numbers(plan: &Plan) -> Vec<u32> {
    plan.cycles.iter().map(|cycle| cycle.number).collect()
}

/// 14, 28 and 56 days are 2, 4 and 8 weeks: 0, 0 + 2, 2 + 4, 6 + 8, 14 + 8.
#[test]
fn weeks_are_numbered_as_they_pass_and_visits_one_after_the_other() {
    assert_eq!(numbers(&five(&regimen(WEEKS))), [0, 2, 6, 14, 22]);
    assert_eq!(numbers(&five(&regimen(&called("visit", 1)))), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(&five(&regimen(&called("visit", 0)))), [0, 1, 2, 3, 4]);
    // A file that says nothing counts cycles from 1.
    let silent = called("visit", 1).replace("cycle_word = \"visit\"\ncycles_from = 1\n", "");
    let plan = five(&regimen(&silent));
    assert_eq!(numbers(&plan), [1, 2, 3, 4, 5]);
    assert_eq!(plan.cycles[0].titled(), "Cycle 1");
    // A phase of 14 days once is 2 weeks, of 28 days once 4.
    let schedule = present::schedule(&regimen(WEEKS), &of_70_kg(), &five(&regimen(WEEKS)));
    assert_eq!(
        schedule.count.words,
        "first: 2 weeks; then second: 4 weeks; then third: until stopped, at most 12 months"
    );
}

/// Without `cycles` a drug is given from the first number on, 0 too; the vaccine from week 14 through 22, and not in 30.
#[test]
fn the_first_number_is_treated_like_every_other() {
    let regimen = regimen(WEEKS);
    let options = Options { cycles: Some(6), ..Options::default() };
    let plan = plan::plan(&regimen, &of_70_kg(), &Site::default(), options).unwrap();
    let of = |drug: &str| {
        let own = plan.administrations.iter().filter(|one| one.key.drug == drug);
        own.map(|one| one.key.cycle).collect::<Vec<_>>()
    };
    assert_eq!(of("study-antibody"), [0, 2, 6, 14, 22, 30]);
    assert_eq!(of("study-vaccine"), [14, 22]);
}

/// A level from week 0 on holds in week 0; a delay of week 2 is of week 2.
#[test]
fn the_record_knows_the_numbers_of_the_trial() {
    let regimen = regimen(WEEKS);
    let mut late = of_70_kg();
    let delay = posology::course::Delay { days: 3, reason: "holiday".to_owned(), required: false };
    late.delays.insert((Some("second".to_owned()), 2), delay);
    let plan = planned(&regimen, &late);
    let week_2 = plan.cycles.iter().find(|cycle| cycle.number == 2).unwrap();
    assert_eq!(week_2.actual, date("2026-12-24"));
    let key = Key { phase: Some("third".to_owned()), cycle: 6, day: 1, drug: "study-antibody".to_owned(), part: None };
    assert_eq!(key.named(&regimen).to_string(), "third W6D1 study antibody");
}

/// Whatever stands in a format for people; the names of columns and keys of a data file are the same for every trial.
#[test]
fn no_export_says_cycle_of_a_trial_that_does_not() {
    for (word, first) in [("visit", 1), ("week", 0), ("period", 0)] {
        let file = if word == "week" { WEEKS.to_owned() } else { called(word, first) };
        let regimen = regimen(&file);
        let schedule = present::schedule(&regimen, &of_70_kg(), &five(&regimen));
        for format in FORMATS
            .iter()
            .filter(|format| format.text && !matches!(format.id, "csv-codebook" | "nonmem-page" | "redcap-dictionary"))
        {
            let mut options = options();
            options.working = true;
            let bytes = format.bytes(&schedule, &options).unwrap_or_else(|error| panic!("{}: {error}", format.id));
            let page = String::from_utf8(bytes).unwrap();
            // What nobody verified is told as the file has it, and an action of FHIR has an id, both for programs.
            let known = schedule.regimen.unverified.iter().map(String::as_str).chain(["cycle-"]);
            let kept = known.fold(without_names(format.id, &page), |page, known| page.replace(known, ""));
            let place = kept.to_lowercase().find("cycle");
            let around = place.map(|at| kept.chars().skip(at.saturating_sub(80)).take(200).collect::<String>());
            assert_eq!(around, None, "{word} as {}", format.id);
        }
    }
}

/// A data file without the names of its columns and keys.
fn without_names(format: &str, page: &str) -> String {
    if format.starts_with("html") || matches!(format, "text" | "markdown" | "ics") {
        return page.to_owned();
    }
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(page) {
        return values(&json).join("\n");
    }
    let lines = page.lines().filter_map(|line| match serde_json::from_str::<serde_json::Value>(line) {
        Ok(json @ serde_json::Value::Object(_)) => Some(values(&json).join("\n")),
        // The head of a table, and lines of it that hold a name and a value.
        _ if line.starts_with('#') || format == "csv-provenance" => {
            line.split_once(',').map(|(_, value)| value.to_owned())
        }
        _ => Some(line.to_owned()),
    });
    let head = usize::from(format.starts_with("csv") || format.starts_with("redcap") || format == "nonmem");
    lines.skip(head).collect::<Vec<_>>().join("\n")
}

fn values(json: &serde_json::Value) -> Vec<String> {
    match json {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(all) => all.iter().flat_map(values).collect(),
        serde_json::Value::Object(all) => all.values().flat_map(values).collect(),
        _ => Vec::new(),
    }
}

/// The word and the number stand where people look.
#[test]
fn print_outs_and_calendars_say_the_word_of_the_trial() {
    let regimen = regimen(WEEKS);
    let schedule = present::schedule(&regimen, &of_70_kg(), &five(&regimen));
    let page = |id: &str| {
        let format = posology::export::format(id).unwrap();
        String::from_utf8(format.bytes(&schedule, &options()).unwrap()).unwrap()
    };
    assert!(page("text").contains("W0D1") || page("text").contains("Week 0"), "{}", page("text"));
    assert!(page("html-worksheet").contains("Week 14 Day 1"));
    assert!(page("html-calendar").contains("week 2"));
    assert!(page("ics").contains("W6D1"), "{}", page("ics"));
    assert!(page("markdown").contains("| Week and day |"));
}

const KEYS: &[&str] = &[
    "",
    "n",
    "w",
    "v",
    "vv",
    "vvv",
    "m",
    "<ctrl-b>",
    "c<tab>72",
    "c<tab><tab><tab><tab><right>",
    "d",
    "x",
    "s",
    "?",
    ":",
    "<f7>",
    "e",
];

#[test]
fn no_screen_says_cycle_of_a_trial_that_does_not() {
    let file = called("visit", 0);
    for keys in KEYS {
        let mut model = start(regimens_of(&[("visits", &file)]));
        press(&mut model, &format!("visits<enter>7dec<enter>70<enter>{keys}"));
        assert!(model.planned().is_some(), "{keys}");
        for (columns, rows) in crate::tui::SIZES {
            let shown = text(&drawn(&model, columns, rows));
            assert!(!shown.to_lowercase().contains("cycle"), "{keys} at {columns}x{rows}\n{shown}");
        }
        let shown = plain::text(&model);
        assert!(!shown.to_lowercase().contains("cycle"), "{keys} as text\n{shown}");
    }
}

#[test]
fn the_strip_and_the_day_show_the_number_from_0() {
    let mut model = start(regimens_of(&[("visits", &called("visit", 0))]));
    press(&mut model, "visits<enter>7dec<enter>70<enter>");
    let shown = text(&drawn(&model, 140, 45));
    assert!(shown.contains("V0") && shown.contains("V1") && !shown.contains("C1"), "{shown}");
}

fn told(file: &str) -> Vec<(String, String)> {
    let findings = check(file.as_bytes(), &Site::default()).findings;
    findings.iter().map(|one| (one.code.name().to_owned(), one.text.clone())).collect()
}

#[test]
fn a_length_that_the_word_denies_and_a_word_nobody_knows_are_refused() {
    let ten = WEEKS.replace("length = \"14 days\"", "length = \"10 days\"");
    let text = "weeks are numbered as they pass, and 10 days are no whole number of weeks";
    assert!(told(&ten).iter().any(|(_, told)| told == text), "{:#?}", told(&ten));
    let month = called("month", 1);
    let text = "one month after the other cannot be numbered by 14 days";
    assert!(told(&month).iter().any(|(_, told)| told == text), "{:#?}", told(&month));
    let unknown = called("vist", 1);
    assert!(told(&unknown).iter().any(|(_, told)| told.contains("vist")), "{:#?}", told(&unknown));
    let from_two = called("visit", 2);
    assert!(
        told(&from_two).iter().any(|(_, told)| told.contains("number of the first cycle")),
        "{:#?}",
        told(&from_two)
    );
}
