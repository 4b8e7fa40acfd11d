//! What stands on every sheet for patients: the head, the bar with the number, words under a heading.

use crate::present::{CycleRow, DoseRow, Place, Schedule};
use crate::regimen::Role;
use crate::study::PatientTexts;

pub(super) use super::super::super::shared::{capital, listed};
use super::super::super::{Options, shared};
use super::super::leaf::build::{aligned, bold, frame, heading, plain, row, row_middle, strip, words};
use super::super::leaf::{Align, Node, Span, Width, mm};
use super::{is_sample, texts_approved};

/// The size of everything a patient reads.
pub(super) const TEXT: f32 = 12.0;

/// The head of a sheet: what it is, whose it is, whom to call.
pub(super) fn head(schedule: &Schedule, options: &Options, title: &str, below: Vec<Node>) -> Vec<Node> {
    let mut nodes = Vec::new();
    if is_sample(schedule, options) {
        nodes.push(strip((8.0, 1.5), aligned(TEXT, Align::Centre, vec![bold(why_sample(schedule, options))])));
        nodes.push(Node::Space(5.0));
    }
    let left = [vec![heading(1, 24.0, title)], below].concat();
    nodes.push(row(14.0, vec![(Width::Share(1.0), Node::Stack(left)), (Width::Points(mm(72.0)), whose(options))]));
    nodes.push(Node::Space(5.0));
    nodes.push(bar(options));
    nodes
}

fn why_sample(schedule: &Schedule, options: &Options) -> String {
    let regimen = shared::banner(schedule).map(|word| format!("{} regimen", word.to_lowercase()));
    let texts = (!texts_approved(options)).then(|| "texts not approved".to_owned());
    format!("SAMPLE, DO NOT HAND OUT: {}", regimen.into_iter().chain(texts).collect::<Vec<_>>().join(", "))
}

fn whose(options: &Options) -> Node {
    let or_blank = |text: Option<&String>| text.map_or(Span::Blank(60.0), bold);
    let code = vec![
        plain("Study "),
        or_blank(options.study.as_ref()),
        plain("   Your code "),
        or_blank(options.subject.as_ref()),
    ];
    let name = vec![plain("Name "), Span::Rest];
    let given = vec![plain("Given on "), Span::Blank(58.0), plain(" by "), Span::Rest];
    let lines = [code, name, given].into_iter().flat_map(|line| [words(TEXT, line), Node::Space(4.0)]);
    frame(1.4, (6.0, 4.0), Node::Stack(lines.collect()))
}

/// Whom to call, and when.
fn bar(options: &Options) -> Node {
    let contact = options.print.contacts.first();
    let when = contact.and_then(|one| one.when.as_ref()).map_or("Call".to_owned(), |when| format!("Call, {when}"));
    let number = match contact {
        Some(contact) => vec![large(&contact.number)],
        None => vec![plain("number to be written here:")],
    };
    let who = contact.map_or(String::new(), |contact| contact.who.clone());
    let cells = vec![
        (Width::Share(1.0), words(14.0, vec![bold(when)])),
        (Width::Share(1.1), aligned(14.0, Align::Centre, number)),
        (Width::Share(1.0), aligned(14.0, Align::Right, vec![bold(who)])),
    ];
    strip((8.0, 3.0), row_middle(6.0, cells))
}

/// Longer than this a number does not stand in the bar in its largest letters.
const LARGE: usize = 13;

/// A number to call, as large as the bar lets it be read in one piece.
fn large(number: &str) -> Span {
    let text = unbroken(number);
    let longest = text.split(' ').map(|piece| piece.chars().count()).max().unwrap_or(0);
    Span::Text { text, bold: true, scale: if longest > LARGE { 1.0 } else { 1.43 } }
}

/// A number of which no line ends among its figures; what is said beside it may stand on the next.
fn unbroken(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    let figure = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let joins = |at: usize| {
        let before = at.checked_sub(1).is_some_and(|at| figure(at) || letters.get(at) == Some(&')'));
        before && (figure(at + 1) || letters.get(at + 1) == Some(&'(') && figure(at + 2))
    };
    letters.iter().enumerate().map(|(at, c)| if *c == ' ' && joins(at) { '\u{a0}' } else { *c }).collect()
}

/// Below the bar: when to call, what to tell, who else.
pub(super) fn when_to_call(options: &Options, (ask, points): (&str, &[String]), tell: Option<String>) -> Node {
    let mut nodes = vec![heading(2, TEXT, ask)];
    if options.print.contacts.is_empty() {
        nodes.insert(0, words(TEXT, vec![bold("Number, day or night: "), Span::Rest]));
    }
    if points.is_empty() {
        nodes.extend([lines_to_write(2)]);
    } else {
        let columns = if points.len() > 1 { 2 } else { 1 };
        nodes.push(Node::Points { points: points.to_vec(), columns });
    }
    nodes.extend(tell.map(|tell| words(TEXT, vec![plain("Tell them: "), bold(format!("“{tell}”"))])));
    for other in options.print.contacts.iter().skip(1) {
        let when = other.when.as_ref().map_or(String::new(), |when| format!(", {when}"));
        nodes.push(words(TEXT, vec![plain(format!("{}{when}: ", other.who)), bold(unbroken(&other.number))]));
    }
    frame(2.8, (8.0, 4.0), Node::Stack(nodes))
}

/// So many lines to write on.
pub(super) fn lines_to_write(count: usize) -> Node {
    Node::Stack((0..count).flat_map(|_| [Node::Space(5.0), words(TEXT, vec![Span::Rest])]).collect())
}

/// Words under a heading with a line below it; without words, lines to write on.
pub(super) fn headed(title: &str, said: Option<Vec<Span>>) -> Node {
    let below = said.map_or_else(|| lines_to_write(1), |spans| words(TEXT, spans));
    Node::Stack(vec![heading(2, TEXT, title), words(1.0, vec![Span::Rest]), Node::Space(1.5), below, Node::Space(6.0)])
}

/// Two and two beside each other.
pub(super) fn paired(nodes: Vec<Node>) -> Vec<Node> {
    beside(2, nodes)
}

/// So many and so many beside each other; one that is left over takes the width.
pub(super) fn beside(columns: usize, nodes: Vec<Node>) -> Vec<Node> {
    let mut rows = Vec::new();
    let mut nodes = nodes.into_iter().peekable();
    while nodes.peek().is_some() {
        let mut cells: Vec<(Width, Node)> =
            nodes.by_ref().take(columns).map(|node| (Width::Share(1.0), node)).collect();
        if cells.len() > 1 {
            cells.extend((cells.len()..columns).map(|_| (Width::Share(1.0), Node::Space(0.0))));
        }
        rows.push(row(17.0, cells));
    }
    rows
}

/// The study's words, if there are any.
pub(super) fn said<'a>(
    options: &'a Options,
    of: impl Fn(&'a PatientTexts) -> Option<&'a String>,
) -> Option<&'a String> {
    options.print.texts.as_ref().and_then(of)
}

/// Formulations that stand before the name: `liposomal irinotecan`.
const BEFORE: [&str; 7] =
    ["liposomal", "pegylated", "albumin-bound", "protein-bound", "encapsulated", "micronised", "conventional"];
/// Forms, which are no part of the name: what a dose is counted out by says them.
const FORMS: [&str; 14] = [
    "capsule",
    "capsules",
    "dispersible",
    "drops",
    "film-coated",
    "granules",
    "liquid",
    "oral",
    "powder",
    "solution",
    "suspension",
    "syrup",
    "tablet",
    "tablets",
];

/// A drug's name as a patient reads it: `liposomal irinotecan`, `amoxicillin with clavulanate`, `fludarabine phosphate`.
pub(super) fn plain_name(dose: &DoseRow) -> String {
    let drug = &dose.drug;
    let Some(formulation) = &dose.formulation else { return drug.clone() };
    // Behind a comma or a figure stands what the pharmacy reads.
    let said = formulation.split([',', ';']).next().unwrap_or_default();
    let name: Vec<&str> =
        said.split_whitespace().take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit())).collect();
    match name.first() {
        Some(first) if BEFORE.contains(first) => format!("{} {drug}", name.join(" ")),
        Some(first) if !FORMS.contains(first) => format!("{drug} {}", name.join(" ")),
        _ => drug.clone(),
    }
}

/// The names of the drugs of the treatment, each once; of all where none is called one.
pub(super) fn treatment_names(schedule: &Schedule) -> Vec<String> {
    let of = |role: Option<Role>| {
        let mut names: Vec<String> = Vec::new();
        for dose in schedule.going_on().filter(|dose| role.is_none_or(|role| dose.role == role)) {
            let name = plain_name(dose);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let names = of(Some(Role::Treatment));
    if names.is_empty() { of(None) } else { names }
}

/// The treatment's name in plain words.
pub(super) fn treatment(schedule: &Schedule, options: &Options) -> String {
    said(options, |texts| texts.treatment.as_ref())
        .cloned()
        .unwrap_or_else(|| capital(&listed(&treatment_names(schedule))))
}

/// What a patient says to whoever answers.
pub(super) fn tell(schedule: &Schedule, options: &Options) -> Option<String> {
    if let Some(tell) = said(options, |texts| texts.tell.as_ref()) {
        return Some(tell.clone());
    }
    let study = options.study.as_ref()?;
    let home = schedule.doses.iter().all(|dose| dose.place == Place::Home);
    let verb = if home { "take" } else { "get" };
    Some(format!("I am in study {study} and {verb} {}.", listed(&treatment_names(schedule))))
}

/// `cycle 1`, with the phase where there are several.
pub(super) fn named(cycle: &CycleRow) -> String {
    let phase = cycle.phase_name.as_ref().map_or(String::new(), |phase| format!("{phase}, "));
    format!("{phase}{}", cycle.word.numbered(cycle.number))
}

/// What staff count and sign.
pub(super) fn staff(count: Span, thing: &str) -> Node {
    let lines = [
        vec![
            bold("Staff: "),
            plain("dispensed "),
            count,
            plain(format!(" {thing} by ")),
            Span::Rest,
            plain(" on "),
            Span::Blank(110.0),
        ],
        vec![
            plain("returned "),
            Span::Blank(50.0),
            plain(format!(" {thing}, counted by ")),
            Span::Rest,
            plain(" on "),
            Span::Blank(110.0),
        ],
        vec![bold("Patient’s signature "), Span::Rest, plain(" date "), Span::Blank(110.0)],
    ];
    let lines = lines.into_iter().flat_map(|line| [words(TEXT, line), Node::Space(3.0)]);
    frame(0.9, (8.0, 4.0), Node::Stack(lines.collect()))
}
