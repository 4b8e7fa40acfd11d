//! What a patient is told beside the days of a medicine: its first and last dose, a missed and a vomited one, what to bring.

use crate::present::{DoseRow, PlannedRow, RunRow};
use crate::quantity::number;
use crate::regimen::{HalfDay, Missed};

use super::super::super::Options;
use super::super::leaf::build::{bold, plain};
use super::super::leaf::{Node, Span};
use super::day;
use super::parts::{headed, said};

/// The first and the last dose, each by day and half of the day, and how many there are.
pub(super) fn first_and_last(dose: &DoseRow, run: &RunRow) -> Vec<Span> {
    let half = |half: Option<HalfDay>| {
        half.filter(|_| run.times_a_day == 2).map_or(String::new(), |half| format!("{} of ", half.word()))
    };
    let in_all = dose.planned().and_then(PlannedRow::dispensed_words);
    let in_all = in_all.map_or(String::new(), |words| format!(", {words} in all"));
    if run.administrations == 1 {
        let on = plain(format!("Once, {}", half(run.starts.or(Some(HalfDay::Morning)))));
        return vec![on, bold(day::without_year(run.from)), plain(format!("{in_all}."))];
    }
    let doses = number::count(run.administrations, "dose");
    vec![
        plain(format!("First: {}", half(run.starts.or(Some(HalfDay::Morning))))),
        bold(day::without_year(run.from)),
        plain(format!(".\nLast: {}", half(run.ends.or(Some(HalfDay::Evening))))),
        bold(day::without_year(run.through)),
        plain(format!(".\n{doses}{in_all}.")),
    ]
}

/// What is done with a missed dose: in the study's words, else as the regimen says.
pub(super) fn missed(options: &Options, rule: Option<Missed>) -> String {
    said(options, |texts| texts.missed.as_ref()).cloned().unwrap_or_else(|| of_regimen(rule))
}

fn of_regimen(rule: Option<Missed>) -> String {
    match rule {
        Some(Missed::Skip) => "Leave it out.".to_owned(),
        Some(Missed::GiveWithin(days)) => {
            format!(
                "Take it if no more than {} have passed; else leave it out.",
                number::count(days.unsigned_abs(), "day")
            )
        }
        Some(Missed::Ask) | None => "Ask us.".to_owned(),
    }
}

/// What holds of every medicine at home: a missed and a vomited dose, what to ask first, what to bring.
pub(super) fn of_all(options: &Options, missed: Vec<Span>) -> Vec<Node> {
    let text = |words: &String| Some(vec![plain(words.clone())]);
    let mut nodes = vec![headed("Missed a dose?", Some(missed))];
    let vomited = said(options, |texts| texts.vomited.as_ref()).cloned().unwrap_or_else(|| "Ask us.".to_owned());
    nodes.push(headed("Vomited?", Some(vec![plain(vomited)])));
    nodes.extend(said(options, |texts| texts.ask_first.as_ref()).map(|words| headed("Ask us first", text(words))));
    nodes.extend(said(options, |texts| texts.at_home.as_ref()).map(|words| headed("Safe at home", text(words))));
    nodes.push(headed(
        "To each visit",
        Some(vec![
            plain("Bring this sheet and "),
            bold("all packs, empty ones too"),
            plain(". Later visits are planned: we confirm each one."),
        ]),
    ));
    nodes
}
