//! The dose change notice: only what changed and why, the last planned dose against the new planned one. What was given
//! in part is no change; a cycle in which a drug was omitted is skipped.

mod why;

use std::cmp::Ordering;

use crate::calendar::{Date, print, with_weekday};
use crate::present::{CycleRow, DoseRow, Schedule, all_day, earlier, previous};
use crate::quantity::Portion;

use super::super::{Options, shared};
use super::leaf::build::{
    aligned, bold, cell, cell_of, frame, grid_row, heading, line, plain, row, row_middle, strip, words,
};
use super::leaf::{Align, Grid, GridRow, Handout, Leaf, Node, Span, Width, mm};
use super::made;
use super::visit::wanted;

/// The size of the words.
const TEXT: f32 = 11.0;

/// A dose that changed, and the one before.
pub(super) struct Change<'a> {
    pub(super) now: &'a DoseRow,
    pub(super) before: &'a DoseRow,
    /// `−6 %`
    difference: String,
    /// Whether it is more or less; `None` where the two cannot be compared.
    way: Option<Ordering>,
}

/// A page for every cycle with changed doses, or for the chosen one.
pub(super) fn handout(schedule: &Schedule, options: &Options) -> Handout {
    let cycles = schedule.sheets.cycles.iter().filter(|cycle| wanted(options, cycle.number));
    let changed = cycles.map(|cycle| (cycle, changes(schedule, cycle))).filter(|(_, changes)| !changes.is_empty());
    let mut leaves: Vec<Leaf> = changed.map(|(cycle, changes)| leaf(schedule, options, cycle, &changes)).collect();
    if leaves.is_empty() {
        leaves.push(nothing(schedule, options));
    }
    let regimen = &schedule.regimen;
    let first = format!(
        "Regimen {} version {}. Compared: last planned dose against new planned dose; what was omitted is skipped; what was \
         given in part is not a change.",
        regimen.id, regimen.version
    );
    let state = options.print.verification.as_ref().map(|state| format!("{state}."));
    let whose = options.subject.as_ref().map_or(String::new(), |code| format!(", {code}"));
    let word = shared::banner(schedule).map_or(String::new(), |word| format!("{word}: "));
    Handout {
        title: format!("{word}Dose change notice{whose}: {}", regimen.name),
        letter: options.letter,
        generated: options.generated.clone(),
        sample: false,
        foot: std::iter::once(first).chain(state).map(|line| vec![plain(line)]).collect(),
        code: format!("made {}", made(&options.generated)),
        leaves,
    }
}

fn nothing(schedule: &Schedule, options: &Options) -> Leaf {
    let of = options
        .print
        .cycle
        .map_or(String::new(), |cycle| format!("{} of ", schedule.regimen.cycle_word.numbered(cycle)));
    let text = format!("There is nothing to print here for {of}this plan: no dose differs from the last planned one.");
    let title = "Dose change notice".to_owned();
    let mut head = run(options, None);
    head.extend(draft(schedule));
    let mut body = vec![Node::Space(20.0), heading(1, 24.0, &title)];
    body.extend(ended(schedule));
    body.push(words(TEXT, vec![plain(text)]));
    Leaf { title, head, body }
}

/// That treatment has ended, before anything that could be read as an order to go on.
fn ended(schedule: &Schedule) -> Option<Node> {
    shared::ended(schedule).map(|words_of| strip((7.0, 3.0), words(14.0, vec![bold(words_of)])))
}

/// What differs in a cycle, each dose once.
fn changes<'a>(schedule: &'a Schedule, cycle: &CycleRow) -> Vec<Change<'a>> {
    let mut seen: Vec<(&str, Portion)> = Vec::new();
    let mut found = Vec::new();
    for now in schedule.doses.iter().filter(|dose| dose.cycle == cycle.number && dose.phase == cycle.phase) {
        if now.never_given() || now.planned().is_none() {
            continue;
        }
        let ordered = (now.id.as_str(), now.to_prepare().portion);
        if seen.contains(&ordered) {
            continue;
        }
        seen.push(ordered);
        let (Some(before), Some(told)) = (earlier(schedule, now), previous(schedule, now)) else { continue };
        if told.changed {
            found.push(Change { now, before, difference: told.difference.replace(' ', "\u{a0}"), way: told.way });
        }
    }
    found
}

fn leaf(schedule: &Schedule, options: &Options, cycle: &CycleRow, changes: &[Change<'_>]) -> Leaf {
    let first = changes.iter().map(|change| change.now.to_prepare().date).min().unwrap_or(cycle.first);
    let day = changes.first().map_or(1, |change| change.now.day);
    let title = format!("Dose change, {}", cycle.word.numbered(cycle.number));
    let mut head =
        run(options, Some((super::visit::named(cycle.word, cycle.phase_name.as_deref(), cycle.number, day), first)));
    head.extend(draft(schedule));
    let mut body = vec![Node::Space(14.0), heading(1, 24.0, "Dose change notice")];
    body.extend(ended(schedule));
    body.extend([
        words(14.0, summary(schedule, cycle, first, changes)),
        Node::Space(12.0),
        reasons(schedule, cycle, changes),
        Node::Space(14.0),
        Node::Grid(table(changes)),
        Node::Space(5.0),
        words(10.0, vec![plain("Not listed: unchanged.")]),
        Node::Space(16.0),
        actions(cycle, first, changes),
        Node::Space(18.0),
        Node::Grid(told()),
    ]);
    Leaf { title, head, body }
}

/// Study, subject, cycle, day and date at the head of every page.
fn run(options: &Options, from: Option<(String, Date)>) -> Vec<Node> {
    let field =
        |label: &str, value: String| Node::Stack(vec![words(8.0, vec![plain(label)]), words(13.0, vec![bold(value)])]);
    let (visit, date) = from.map_or_else(Default::default, |(visit, date)| (visit, with_weekday(date)));
    let cells = vec![
        (Width::Share(1.0), field("Study", options.study.clone().unwrap_or_default())),
        (Width::Share(1.0), field("Subject", options.subject.clone().unwrap_or_default())),
        (Width::Share(1.5), field("From", visit)),
        (Width::Share(1.9), field("Date", date)),
        (Width::Share(1.6), field("Name (by hand)", " ".to_owned())),
    ];
    vec![frame(1.7, (7.0, 3.0), row(8.0, cells))]
}

/// Of a regimen that nobody has approved, and that this is no order.
fn draft(schedule: &Schedule) -> Option<Node> {
    let word = shared::banner(schedule)?;
    let left = words(9.0, vec![bold(format!("{word} regimen: nobody has approved it for use"))]);
    let right = aligned(9.0, Align::Right, vec![bold("NOT AN ORDER: a qualified person checks every dose")]);
    Some(strip((7.0, 1.5), row_middle(6.0, vec![(Width::Share(1.0), left), (Width::Share(1.1), right)])))
}

/// `mFOLFOX6: 4 doses are lower from cycle 3, Mon 04-Jan-2027.`
fn summary(schedule: &Schedule, cycle: &CycleRow, first: Date, changes: &[Change<'_>]) -> Vec<Span> {
    let all = |way: Ordering| changes.iter().all(|change| change.way == Some(way));
    let way = match (all(Ordering::Less), all(Ordering::Greater)) {
        (true, _) => "lower",
        (_, true) => "higher",
        _ => "other than before",
    };
    let doses = if changes.len() == 1 { "1 dose is ".to_owned() } else { format!("{} doses are ", changes.len()) };
    vec![
        bold(format!("{}: ", schedule.regimen.name)),
        plain(doses),
        bold(way),
        plain(format!(" from {}, ", cycle.word.numbered(cycle.number))),
        bold(with_weekday(first)),
        plain("."),
    ]
}

fn reasons(schedule: &Schedule, cycle: &CycleRow, changes: &[Change<'_>]) -> Node {
    let mut nodes = Vec::new();
    for reason in why::reasons(schedule, cycle, changes) {
        nodes.push(words(15.0, vec![bold(reason.what)]));
        nodes.extend(reason.more.into_iter().map(|more| words(TEXT, vec![plain(more)])));
    }
    let left = strip((8.0, 8.0), words(16.0, vec![bold("Why")]));
    let right = frame(2.8, (10.0, 6.0), Node::Stack(nodes));
    row(0.0, vec![(Width::Points(mm(24.0)), left), (Width::Share(1.0), right)])
}

fn table(changes: &[Change<'_>]) -> Grid {
    Grid {
        caption: "Doses that changed".to_owned(),
        widths: vec![
            Width::Points(104.0),
            Width::Points(92.0),
            Width::Points(108.0),
            Width::Points(62.0),
            Width::Share(1.0),
        ],
        head: ["Drug", "Last planned", "New planned", "Change", "Working"].map(str::to_owned).to_vec(),
        head_size: 9.5,
        boxed: false,
        rows: changes.iter().map(changed).collect(),
    }
}

fn changed(change: &Change<'_>) -> GridRow {
    let small = |text: String| line(9.0, vec![plain(text)]);
    let of = |dose: &DoseRow, size: f32, strong: bool| {
        let at = dose.to_prepare();
        let text = at.portion.to_string();
        // Two amounts, or an amount of each day, are a sentence and no figure.
        let size = if text.chars().count() > 11 { 11.0 } else { size };
        let span = if strong { bold(text) } else { plain(text) };
        let mut lines = vec![line(size, vec![span])];
        lines.extend(all_day(at).map(|all| small(format!("{all} a day"))));
        lines.push(small(format!("{}, {}", dose.cycle_word.numbered(dose.cycle), print(at.date))));
        if let Some(planned) = dose.planned() {
            let preparation = &planned.preparation;
            lines.extend(preparation.in_all().map(|volume| small(volume.to_string())));
            lines.extend(preparation.concentration().map(|strength| small(strength.to_string())));
            lines.extend(preparation.rate().or(preparation.undiluted()).map(|rate| small(rate.to_string())));
        }
        lines
    };
    let mut name = vec![line(13.0, vec![bold(change.now.shown_apart())])];
    name.extend(shared::over(change.now).map(small));
    name.extend(change.now.planned().and_then(|planned| planned.preparation.diluent_words()).map(small));
    // How body surface or weight came about stands with the reasons.
    let sized = |step: &&String| change.now.planned().is_none_or(|planned| !planned.size.contains(step));
    let working = change.now.working().iter().filter(sized).cloned().map(small).collect();
    let new = cell_of(of(change.now, 18.0, true));
    let cells = vec![
        cell_of(name),
        cell_of(of(change.before, 14.0, false)),
        super::leaf::GridCell { grey: true, ..new },
        cell(14.0, vec![bold(change.difference.clone())]),
        cell_of(working),
    ];
    grid_row(30.0, 24.0, cells)
}

fn actions(cycle: &CycleRow, first: Date, changes: &[Change<'_>]) -> Node {
    let tick = |text: String| {
        row(
            6.0,
            vec![
                (Width::Points(14.0), words(12.0, vec![Span::Tick])),
                (Width::Share(1.0), words(TEXT, vec![plain(text)])),
            ],
        )
    };
    let column = |title: &str, points: Vec<String>| {
        let mut nodes = vec![heading(2, 12.0, title), words(1.0, vec![Span::Rest]), Node::Space(3.0)];
        nodes.extend(points.into_iter().flat_map(|point| [tick(point), Node::Space(3.0)]));
        Node::Stack(nodes)
    };
    let void = vec![
        format!("worksheets and labels of {} and later, made before this change", cycle.word.numbered(cycle.number)),
        "orders written from them".to_owned(),
    ];
    let rate = |dose: &DoseRow| {
        dose.planned().and_then(|planned| planned.preparation.rate().or(planned.preparation.undiluted()))
    };
    let rates = changes.iter().filter_map(|change| {
        let now = rate(change.now).filter(|now| rate(change.before).as_ref() != Some(now))?;
        Some(format!("{}: rate set anew, {now}", change.now.shown_apart()))
    });
    let to_do = rates.chain([format!("new worksheet and labels made for {}", print(first))]).collect();
    row(
        22.0,
        vec![
            (Width::Share(1.0), column("No longer valid: mark VOID", void)),
            (Width::Share(1.0), column("To do", to_do)),
        ],
    )
}

fn told() -> Grid {
    let one = |who: &str| {
        grid_row(26.0, 20.0, vec![cell(TEXT, vec![plain(who)]), cell(TEXT, Vec::new()), cell(TEXT, Vec::new())])
    };
    Grid {
        caption: "Who was told".to_owned(),
        widths: vec![Width::Points(124.0), Width::Share(1.0), Width::Points(120.0)],
        head: ["Told", "Name and signature", "Date, time"].map(str::to_owned).to_vec(),
        head_size: 9.5,
        boxed: false,
        rows: ["Physician", "Pharmacy", "Nurse"].into_iter().map(one).collect(),
    }
}
