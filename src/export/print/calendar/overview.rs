//! Page one: the treatment in plain words, when to call, the months, every visit.

use std::collections::BTreeSet;

use crate::calendar::{Date, days_between, plus_days};
use crate::present::{DoseRow, Place, Schedule};
use crate::regimen::Role;

use super::super::super::Options;
use super::super::leaf::build::{bold, cell, cell_of, frame, grid_row, line, plain, row, words};
use super::super::leaf::{Grid, GridRow, Leaf, Mark, Month, Node, Span, Width, mm};
use super::day;
use super::parts::{TEXT, head, headed, listed, paired, plain_name, said, tell, treatment, when_to_call};
use super::visits::{Standing, Visit, Visits, visits};

/// The months beside each other.
const MONTHS: usize = 4;

pub(super) fn leaf(schedule: &Schedule, options: &Options) -> Leaf {
    let all = visits(schedule, options);
    let mut below = vec![Node::Space(2.0), words(TEXT, vec![bold(treatment(schedule, options))])];
    // The reason is the chart's: a sheet lies open at home.
    match &schedule.discontinued {
        Some(ended) => below.push(words(TEXT, vec![bold(format!("Treatment ended on {}.", day::whole(ended.date)))])),
        None => below.push(words(TEXT, about(schedule, options))),
    }
    let mut body = vec![called(schedule, options), Node::Space(8.0)];
    body.extend(months(&all));
    body.push(key(&all));
    body.push(Node::Space(5.0));
    body.push(Node::Grid(list(&all)));
    body.push(Node::Space(6.0));
    body.extend(paired(texts(options)));
    body.push(last(options, !all.home.is_empty()));
    Leaf {
        title: "Your treatment calendar".to_owned(),
        head: head(schedule, options, "Your treatment calendar", below),
        body,
    }
}

fn called(schedule: &Schedule, options: &Options) -> Node {
    let points = options.print.texts.as_ref().map_or(&[][..], |texts| texts.call_at_once.as_slice());
    when_to_call(options, ("Call at once if you have", points), tell(schedule, options))
}

/// What the treatment is, in a sentence: the study's, else what the plan shows.
fn about(schedule: &Schedule, options: &Options) -> Vec<Span> {
    let home: BTreeSet<String> = schedule.going_on().filter(|dose| dose.place == Place::Home).map(plain_name).collect();
    let at_home = if home.is_empty() {
        " No study medicine at home.".to_owned()
    } else {
        format!(" At home: {}.", listed(&home.into_iter().collect::<Vec<_>>()))
    };
    let first = said(options, |texts| texts.about.as_ref()).cloned().or_else(|| in_clinic(schedule));
    match first {
        Some(first) => vec![plain(first), bold(at_home)],
        None => vec![bold(at_home.trim_start().to_owned())],
    }
}

/// `Two medicines by drip in the clinic, on the same day, every two weeks.`
fn in_clinic(schedule: &Schedule) -> Option<String> {
    let clinic: Vec<&DoseRow> =
        schedule.going_on().filter(|dose| dose.place != Place::Home && dose.role == Role::Treatment).collect();
    let names: BTreeSet<String> = clinic.iter().map(|dose| plain_name(dose)).collect();
    let count = match names.len() {
        0 => return None,
        1 => "One medicine".to_owned(),
        2 => "Two medicines".to_owned(),
        3 => "Three medicines".to_owned(),
        4 => "Four medicines".to_owned(),
        many => format!("{many} medicines"),
    };
    let by = if clinic.iter().all(|dose| dose.route.as_deref() == Some("intravenous")) { " by drip" } else { "" };
    let days = |name: &String| {
        clinic.iter().filter(|dose| plain_name(dose) == *name).map(|dose| dose.date()).collect::<BTreeSet<Date>>()
    };
    let mut each = names.iter().map(days);
    let first = each.next()?;
    let together = each.all(|other| other == first);
    let same_day = if together && names.len() > 1 { ", on the same day" } else { "" };
    let often =
        if together { regular(&first).map_or(String::new(), |words| format!(", {words}")) } else { String::new() };
    Some(format!("{count}{by} in the clinic{same_day}{often}.{}", pump(schedule)))
}

/// That an infusion goes on after the visit: ` A pump runs for 46 hours; it is taken off on a visit of its own.`
fn pump(schedule: &Schedule) -> String {
    let ends = |dose: &&DoseRow| schedule.ends.iter().any(|end| (&end.id, &end.phase) == (&dose.id, &dose.phase));
    let pumps = schedule.going_on().filter(|dose| dose.place == Place::Clinic).filter(ends);
    let lengths: BTreeSet<String> = pumps.filter_map(|dose| dose.over.as_ref()).map(ToString::to_string).collect();
    let lengths: Vec<String> = lengths.into_iter().collect();
    if lengths.is_empty() {
        return String::new();
    }
    format!(" A pump runs for {}; it is taken off on a visit of its own.", listed(&lengths))
}

/// `every two weeks`, where the days are always as far apart.
fn regular(days: &BTreeSet<Date>) -> Option<&'static str> {
    let apart: BTreeSet<i32> =
        days.iter().zip(days.iter().skip(1)).map(|(one, next)| days_between(*one, *next)).collect();
    match apart.into_iter().collect::<Vec<_>>().as_slice() {
        [7] => Some("every week"),
        [14] => Some("every two weeks"),
        [21] => Some("every three weeks"),
        [28] => Some("every four weeks"),
        [42] => Some("every six weeks"),
        _ => None,
    }
}

fn months(all: &Visits) -> Vec<Node> {
    let standing = all.standing();
    let mut marked: Vec<(Date, Mark)> = standing
        .iter()
        .map(|(date, _, standing)| (*date, if *standing == Standing::Fixed { Mark::Fixed } else { Mark::Planned }))
        .collect();
    marked.extend(all.home.iter().map(|date| (*date, Mark::Home)));
    let firsts: BTreeSet<(i16, i8)> = marked.iter().map(|(date, _)| (date.year(), date.month())).collect();
    let firsts: Vec<(i16, i8)> = firsts.into_iter().collect();
    let mut rows = Vec::new();
    for some in firsts.chunks(MONTHS) {
        let mut cells: Vec<(Width, Node)> =
            some.iter().filter_map(|first| Some((Width::Share(1.0), Node::Month(month(*first, &marked)?)))).collect();
        cells.resize(MONTHS.max(cells.len()), (Width::Share(1.0), Node::Space(0.0)));
        rows.push(row(11.0, cells));
        rows.push(Node::Space(3.0));
    }
    rows
}

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month((year, number): (i16, i8), marked: &[(Date, Mark)]) -> Option<Month> {
    let first = Date::new(year, number, 1).ok()?;
    let lead = usize::try_from(first.weekday().to_monday_zero_offset()).ok()?;
    let days = (0..first.days_in_month()).map(|later| {
        let date = plus_days(first, i32::from(later));
        marked.iter().filter(|(day, _)| Some(*day) == date).map(|(_, mark)| *mark).collect()
    });
    let name = NAMES.get(usize::try_from(number - 1).ok()?)?;
    Some(Month { name: format!("{name} {year}"), lead, days: days.collect() })
}

/// What the marks mean, with a day of each.
fn key(all: &Visits) -> Node {
    let standing = all.standing();
    let example = |wanted: Standing| {
        standing.iter().find(|(.., standing)| *standing == wanted).map(|(date, ..)| date.day().to_string())
    };
    let mut spans = Vec::new();
    if let Some(day) = example(Standing::Fixed) {
        spans.extend([Span::Day(day, Mark::Fixed), plain(" this day is fixed   ")]);
    }
    if let Some(day) = example(Standing::Planned) {
        spans.extend([Span::Day(day, Mark::Planned), plain(" planned: we confirm each of these days with you")]);
    }
    if let Some(day) = all.home.iter().next() {
        spans.extend([
            plain("   "),
            Span::Day(day.day().to_string(), Mark::Home),
            plain(" medicine\u{a0}at\u{a0}home"),
        ]);
    }
    words(TEXT, spans)
}

fn list(all: &Visits) -> Grid {
    let rows = (1..).zip(all.standing()).map(|(number, (date, visit, standing))| one(number, date, visit, standing));
    Grid {
        caption: "Your visits".to_owned(),
        widths: vec![
            Width::Points(44.0),
            Width::Points(38.0),
            Width::Points(118.0),
            Width::Share(1.0),
            Width::Points(70.0),
            Width::Points(96.0),
        ],
        head: ["Done", "Visit", "", "", "Time", "Blood test on"].map(str::to_owned).to_vec(),
        head_size: TEXT,
        boxed: false,
        rows: rows.collect(),
    }
}

fn one(number: usize, date: Date, visit: &Visit, standing: Standing) -> GridRow {
    let (done, told) = match standing {
        Standing::Done => (bold("done"), vec![plain("done")]),
        Standing::Fixed => (Span::Tick, vec![bold("this day is fixed")]),
        Standing::Planned => (Span::Tick, vec![plain("planned; confirmed "), Span::Tick]),
        Standing::Held => (Span::Tick, vec![bold("on hold: ask us")]),
    };
    let mut lines = vec![line(TEXT, told)];
    if let Some(hours) = &visit.hours {
        lines.push(line(TEXT, vec![plain(format!("medicine: {hours}"))]));
    }
    if !visit.what.is_empty() {
        lines.push(line(TEXT, vec![plain(visit.what.join(", "))]));
    }
    if let Some(reason) = &visit.closed {
        lines.push(line(TEXT, vec![bold(format!("clinic closed ({reason}): ask us"))]));
    }
    let cells = vec![
        cell(TEXT, vec![done]),
        cell(TEXT, vec![bold(number.to_string())]),
        cell(TEXT, vec![bold(day::whole(date))]),
        cell_of(lines),
        cell(TEXT, vec![Span::Rest]),
        cell(TEXT, vec![Span::Rest]),
    ];
    GridRow { heavy: standing == Standing::Fixed, ..grid_row(mm(7.5), mm(6.7), cells) }
}

/// The study's other words, each under its heading.
fn texts(options: &Options) -> Vec<Node> {
    let text = |words: Option<&String>| words.map(|words| vec![plain(words.clone())]);
    let mut nodes = Vec::new();
    if let Some(words) = said(options, |texts| texts.on_the_day.as_ref()) {
        nodes.push(headed("On the day", text(Some(words))));
    }
    nodes.push(headed("Ask us before you take or have", text(said(options, |texts| texts.ask_first.as_ref()))));
    for (heading, words) in options.print.texts.iter().flat_map(|texts| &texts.more) {
        nodes.push(headed(heading, text(words.as_ref())));
    }
    nodes
}

/// What to bring, and what to do who cannot come.
fn last(options: &Options, home: bool) -> Node {
    let mut bring = options.print.bring.clone();
    if bring.is_empty() {
        bring = vec!["this sheet".to_owned(), "a list of all your medicines".to_owned()];
        if home {
            bring.push("all packs of your medicine, empty ones too".to_owned());
        }
    }
    let boxed = |lead: &str, rest: String| {
        (Width::Share(1.0), frame(1.7, (8.0, 4.0), words(TEXT, vec![bold(lead), plain(rest)])))
    };
    row(
        17.0,
        vec![
            boxed("Bring ", format!("{}.", listed(&bring))),
            boxed("Cannot come? ", "Call us. Do not wait for the next date.".to_owned()),
        ],
    )
}
