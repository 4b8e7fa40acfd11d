//! The finder: every regimen by any word of it, with a preview of what it says.

use ratatui::layout::Rect;

use crate::finding::Severity;
use crate::library::{RegimenEntry, RegimenFile, disease, search};
use crate::present::{full_name, words};
use crate::regimen::{CycleWord, Drug, Regimen, Role as Use, Stated};
use crate::tui::canvas::Canvas;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Finder, Message, Model, Pane, Screen};
use crate::tui::rich::{Line, Role, Span, width, wrap};
use crate::tui::session::Session;
use crate::tui::shelf::Shelf;

use super::{finding, stepped};

/// Looks again after the query changed.
pub fn search(model: &mut Model) {
    let (regimens, shelf) = (model.regimens.clone(), model.shelf.clone());
    let finders = model
        .stack
        .iter_mut()
        .filter_map(|screen| if let Screen::Finder(finder) = screen { Some(finder) } else { None });
    for finder in finders {
        finder.found = search::find(&finder.query.text, &regimens.0);
        finder.headings.clear();
        finder.near = false;
        if !finder.query.text.trim().is_empty() {
            finder.near = !search::found_plainly(&finder.query.text, &regimens.0);
            if finder.found.is_empty() {
                finder.found = some_words(&finder.query.text, &regimens.0);
            }
        }
        if finder.query.text.trim().is_empty() {
            in_groups(finder, &regimens.0, &shelf);
        }
        finder.at = 0;
        finder.scroll = 0;
        finder.pane = Pane::Calendar;
    }
}

/// Where no regimen has all of several words: those that have one of them.
fn some_words(query: &str, regimens: &[RegimenEntry]) -> Vec<usize> {
    let mut found: Vec<usize> = query.split_whitespace().flat_map(|word| search::find(word, regimens)).collect();
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|at| seen.insert(*at));
    found
}

/// Nothing is looked for: favourites first, then those opened last, then every other one by its disease.
fn in_groups(finder: &mut Finder, regimens: &[RegimenEntry], shelf: &Shelf) {
    let at = |id: &String| regimens.iter().position(|entry| entry.id == *id);
    let favourites = shelf.favourites.iter().filter_map(at).map(|at| (at, "Favourites"));
    let recent = shelf.recent.iter().filter_map(at).map(|at| (at, "Opened last"));
    let mut rest: Vec<(usize, &'static str)> =
        finder.found.iter().filter_map(|at| Some((*at, disease::of(&regimens.get(*at)?.id).1))).collect();
    rest.sort_by_key(|(at, _)| (regimens.get(*at).map(|entry| disease::of(&entry.id).0), *at));
    let mut all: Vec<(usize, &'static str)> = Vec::with_capacity(rest.len());
    for (at, heading) in favourites.chain(recent).chain(rest) {
        if all.iter().all(|(known, _)| *known != at) {
            all.push((at, heading));
        }
    }
    let several = all.windows(2).any(|pair| matches!(pair, [a, b] if a.1 != b.1));
    finder.headings = if several { all.iter().map(|(_, heading)| *heading).collect() } else { Vec::new() };
    finder.found = all.into_iter().map(|(at, _)| at).collect();
}

/// Makes the chosen regimen a favourite, or no longer one.
pub fn favourite(model: &mut Model, _: Chord) -> Vec<Effect> {
    let id = match model.stack.last() {
        Some(Screen::Finder(finder)) => finder.found.get(finder.at).and_then(|at| model.regimens.0.get(*at)),
        _ => None,
    };
    let Some(id) = id.map(|entry| entry.id.clone()) else { return Vec::new() };
    let is_one = model.shelf.turn(&id);
    search(model);
    if let Some(Screen::Finder(finder)) = model.stack.last_mut() {
        // The choice stays where it was.
        let same = finder.found.iter().position(|at| model.regimens.0.get(*at).is_some_and(|entry| entry.id == id));
        finder.at = same.unwrap_or(0);
    }
    let told = if is_one { "a favourite: it stands on top of the list" } else { "no favourite any more" };
    model.notify(Severity::Note, format!("{id} is {told}."));
    vec![Effect::KeepShelf(model.shelf.text())]
}

/// The heading above a row: of the first of its group.
fn heading(finder: &Finder, nth: usize) -> Option<&'static str> {
    let own = *finder.headings.get(nth)?;
    let before = nth.checked_sub(1).and_then(|before| finder.headings.get(before));
    (before != Some(&own)).then_some(own)
}

/// The chosen entry, read in full if it was not yet.
pub fn chosen<'m>(model: &'m Model, finder: &Finder) -> Option<&'m RegimenFile> {
    model.regimens.0.get(*finder.found.get(finder.at)?).map(RegimenEntry::file)
}

/// Another entry; in the preview, another row.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    let most = match model.stack.last() {
        Some(Screen::Finder(finder)) if finder.pane == Pane::Detail => {
            chosen(model, finder).map_or(0, |entry| preview(entry).len() * 2)
        }
        _ => 0,
    };
    if let Some(Screen::Finder(finder)) = model.stack.last_mut() {
        if finder.pane == Pane::Detail {
            finder.scroll = stepped(finder.scroll, chord, page, most);
        } else {
            finder.at = stepped(finder.at, chord, page, finder.found.len());
            finder.scroll = 0;
        }
    }
    Vec::new()
}

/// The preview, or the list again.
pub fn pane(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(Screen::Finder(finder)) = model.stack.last_mut() {
        finder.pane = finder.pane.other();
    }
    Vec::new()
}

/// Opens the form of the chosen regimen, always empty: what is on the screen or was typed before is of somebody else,
/// also where the regimen is the same. A broken file stays closed.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let entry = match model.stack.last() {
        Some(Screen::Finder(finder)) => chosen(model, finder),
        _ => None,
    };
    match entry.map(|entry| (entry.id.clone(), entry.regimen.clone())) {
        Some((id, Some(regimen))) => {
            model.shelf.opened(&id);
            let before = model.session.replace(Session::new(regimen));
            model.replan();
            model.stack.push(Screen::Form);
            if let Some(left) = before.and_then(|session| left_behind(&session)) {
                model.notify(Severity::Note, format!("This form is empty: nothing of {left} is in it."));
            }
            return vec![Effect::KeepShelf(model.shelf.text())];
        }
        Some((id, None)) => {
            model.notify(Severity::Block, format!("{id} has errors; correct them before calculating."));
        }
        None => model.notify(Severity::Note, "No regimen has these words. Esc shows them all."),
    }
    Vec::new()
}

/// Whose figures a session held; nobody's where nothing was typed.
fn left_behind(session: &Session) -> Option<String> {
    let typed = session.fields.iter().any(|field| !field.text.text.trim().is_empty());
    let code = session.subject.as_ref().map(|subject| subject.code().to_owned());
    code.or_else(|| typed.then(|| "what was typed before".to_owned()))
}

/// The list left, the preview right; below 60 columns the list above.
pub fn draw(model: &Model, finder: &Finder, canvas: &mut Canvas<'_>, area: Rect) {
    canvas.put(area.x + 1, area.y, area.width, "Find ", Role::Title);
    canvas.field(area.x + 6, area.y, area.width.saturating_sub(8), &finder.query, true);
    if finder.query.text.is_empty() {
        let hint = "drug, trial number, disease, name";
        canvas.put(area.x + 8, area.y, area.width.saturating_sub(9), hint, Role::Muted);
    }
    let rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let (list, preview) = if area.width >= 60 {
        let left = if area.width < 100 { area.width / 2 } else { (area.width * 2 / 5).min(60) };
        (Rect { width: left, ..rest }, Rect { x: rest.x + left, width: rest.width - left, ..rest })
    } else {
        let top = (rest.height / 2).max(3).min(rest.height);
        (Rect { height: top, ..rest }, Rect { y: rest.y + top, height: rest.height - top, ..rest })
    };
    draw_list(model, finder, canvas, list);
    draw_preview(model, finder, canvas, preview);
}

fn draw_list(model: &Model, finder: &Finder, canvas: &mut Canvas<'_>, area: Rect) {
    let title = if finder.near {
        format!("no exact match: {} come near", finder.found.len())
    } else {
        format!("{} of {} regimens", finder.found.len(), model.regimens.0.len())
    };
    let inside = canvas.pane(area, &title, finder.pane == Pane::Calendar);
    if finder.found.is_empty() {
        canvas.lines(
            inside,
            &[Line::new(
                "No regimen has any of these words. Esc shows every one; Ctrl-O makes a new file.",
                Role::Muted,
            )],
            0,
        );
    }
    let rows = |nth: usize| {
        let entry = finder.found.get(nth).and_then(|at| model.regimens.0.get(*at));
        entry.map_or_else(Vec::new, |entry| wrap(&item(entry, usize::from(inside.width)), inside.width.into()))
    };
    let mut first = finder.at;
    let tall = |nth: usize| rows(nth).len() + usize::from(heading(finder, nth).is_some());
    let mut used = tall(first);
    while first > 0 && used + tall(first - 1) <= usize::from(inside.height) {
        first -= 1;
        used += tall(first);
    }
    let mut y = inside.y;
    for nth in first..finder.found.len() {
        let here = nth == finder.at;
        if let Some(heading) = heading(finder, nth).filter(|_| y < inside.bottom()) {
            canvas.put(inside.x, y, inside.width, heading, Role::Title);
            y += 1;
        }
        for (line, row) in rows(nth).iter().enumerate() {
            if y >= inside.bottom() {
                return;
            }
            let text: String = row.iter().map(|(text, _)| text.as_str()).collect();
            let text = if here { format!("{text:<0$}", usize::from(inside.width)) } else { text };
            canvas.put(inside.x, y, inside.width, &text, if here { Role::Chosen } else { row_role(row) });
            if here && line == 0 {
                canvas.put(inside.x, y, 1, "▶", Role::Chosen);
            }
            canvas.hit(Rect { y, height: 1, ..inside }, Message::Row(nth));
            y += 1;
        }
    }
}

fn row_role(row: &[Span]) -> Role {
    if row.iter().any(|(_, role)| *role == Role::Block) { Role::Block } else { Role::Text }
}

/// The name, with the status at the right where the name leaves room for it.
fn item(entry: &RegimenEntry, columns: usize) -> Line {
    let (name, mark, role) = row(entry);
    let line = Line::new(name.clone(), role).indent(2).hang(2);
    let room = columns >= width(&name) + width(&mark) + 4;
    if room || role == Role::Block { line.right(mark, role) } else { line }
}

/// Name, word at the right, role. A file not read in full yet is a draft or retired: only approvals on record make
/// it anything better.
fn row(entry: &RegimenEntry) -> (String, String, Role) {
    let regimen = entry.file_if_read().map(|file| file.regimen.as_deref());
    if regimen.map_or(!entry.summary.legible, |regimen| regimen.is_none()) {
        return (entry.id.clone(), "✖ FAULTS".to_owned(), Role::Block);
    }
    let alone = if entry.summary.status == "retired" { "retired" } else { "draft" };
    let status = regimen.flatten().map_or(alone, |regimen| regimen.status.word());
    (entry.summary.name.clone().into_owned(), status.to_uppercase(), Role::Text)
}

fn draw_preview(model: &Model, finder: &Finder, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(entry) = chosen(model, finder) else {
        canvas.pane(area, "", false);
        return;
    };
    let inside = canvas.pane(area, &entry.id, finder.pane == Pane::Detail);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    canvas.lines(inside, &preview(entry), finder.scroll);
}

/// What a regimen file says, or what is wrong with it.
pub fn preview(entry: &RegimenFile) -> Vec<Line> {
    match &entry.regimen {
        Some(regimen) => sound(entry, regimen),
        None => broken(entry),
    }
}

fn broken(entry: &RegimenFile) -> Vec<Line> {
    let count = entry.findings.len();
    let faults = if count == 1 { "1 message".to_owned() } else { format!("{count} messages") };
    let mut lines = vec![Line::new(format!("This file cannot be used: {faults}."), Role::Block)];
    lines.extend(place(entry));
    for one in &entry.findings {
        lines.push(Line::empty());
        let mut line = finding(one);
        if let Some(place) = one.places.first() {
            line.spans.insert(1, (format!("line {}: ", line_of(&entry.text, place.range.start)), Role::Muted));
        }
        lines.push(line);
    }
    lines
}

fn line_of(text: &[u8], at: usize) -> usize {
    text.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

fn place(entry: &RegimenFile) -> Option<Line> {
    let path = entry.origin.path()?;
    Some(Line::new(format!("{}: {}", entry.origin.word(), path.display()), Role::Muted))
}

fn labelled(label: &str, text: impl Into<String>) -> Line {
    Line::new(format!("{label}: "), Role::Muted).and(text.into(), Role::Text).hang(2)
}

fn sound(entry: &RegimenFile, regimen: &Regimen) -> Vec<Line> {
    let status = regimen.status.word().to_uppercase();
    let mut lines = vec![
        Line::new(regimen.name.clone(), Role::Title),
        Line::new(format!("version {}  {status}  {}", regimen.version, entry.origin.word()), Role::Text),
        labelled("For", regimen.indication.clone()),
    ];
    if let Some(trial) = &regimen.trial {
        let trial = match trial {
            Stated::Is(trial) => trial.as_str(),
            Stated::Unknown => "number unknown",
        };
        lines.push(labelled("Trial", trial));
    }
    for phase in &regimen.phases {
        let name = phase.name.as_ref().or(phase.id.as_ref());
        let name = name.map_or_else(String::new, |name| format!("{name}, "));
        let cycle = format!("{name}{} days, {}", phase.cycle.length, words::count(&phase.cycle, regimen.cycle_word));
        lines.extend([
            Line::empty(),
            Line::new(format!("{}: ", regimen.cycle_word.title()), Role::Muted).and(cycle, Role::Text).hang(2),
        ]);
        lines.extend(phase.drugs.iter().flat_map(|one| drug(one, regimen.cycle_word)));
    }
    let unverified = regimen.unverified().len();
    lines.push(Line::empty());
    if unverified > 0 {
        let figures = if unverified == 1 { "figure" } else { "figures" };
        lines.push(Line::new(format!("{unverified} {figures} not verified"), Role::Muted));
    }
    lines.extend(entry.findings.iter().filter(|one| one.severity == Severity::Warn).map(finding));
    lines.extend(regimen.sources.iter().map(|source| labelled("Source", source.title.clone())));
    lines.extend(regimen.note.iter().map(|note| labelled("Note", note.clone())));
    lines
}

fn drug(drug: &Drug, word: CycleWord) -> Vec<Line> {
    let role = match drug.role {
        Use::Treatment => "",
        Use::Premedication => " (premedication)",
        Use::Support => " (support)",
    };
    let times = words::times(drug.times).map_or_else(String::new, |times| format!(", {times}"));
    let place = if drug.home { ", at home" } else { "" };
    let days = words::days(&drug.days, word);
    let days = if days.starts_with("Day") { format!("on {}", days.to_lowercase()) } else { days };
    let how = format!("{}{times}{place}, {days}", words::route(drug));
    vec![
        Line::new(format!("{}{role}", full_name(drug)), Role::Drug)
            .right(words::squared(&drug.dosing.words()), Role::Dose)
            .indent(1),
        Line::new(how, Role::Muted).indent(3),
    ]
}

/// The list with numbers, and the preview of the first.
pub fn plain(model: &Model, finder: &Finder) -> Vec<Line> {
    let mut lines = Vec::new();
    let all = finder.found.iter().filter_map(|at| model.regimens.0.get(*at));
    let looks = finder.listed || !finder.query.text.trim().is_empty();
    let at_hand = model.shelf.favourites.len() + model.shelf.recent.len();
    if !looks {
        lines.push(Line::new(format!("{} regimens; those opened last:", model.regimens.0.len()), Role::Text));
        if at_hand == 0 {
            lines.clear();
            lines.push(Line::new(format!("{} regimens.", model.regimens.0.len()), Role::Text));
        }
    }
    for (nth, entry) in all.enumerate().take(if looks { usize::MAX } else { at_hand }) {
        if let Some(heading) = heading(finder, nth) {
            lines.push(Line::new(heading, Role::Title));
        }
        let _ = entry.file(); // a listener cannot look again: faults are told at once
        let (name, mark, _) = row(entry);
        lines.push(Line::new(format!("{}. {name}, {mark}", nth + 1), Role::Text));
    }
    if finder.found.len() == 1 {
        lines.extend(chosen(model, finder).map_or_else(Vec::new, preview));
    }
    lines
}
