//! Every screen as text, line by line, for screen readers and terminals that cannot be drawn on.
//!
//! One line in, one answer out: words to find a regimen, a number to choose it, then one question a
//! field, then the plan; on the plan the commands are words.

use std::io::{self, BufRead, Write};

use crate::export::FORMATS;

use super::command::{self, COMMANDS};
use super::key::{Chord, Key};
use super::model::{Effect, Kind, Message, Model, Screen, Vary};
use super::rich::Line;
use super::screen;
use super::update::{run as run_command, update};
use super::worker::{Worker, World};
use crate::writing::visible;

/// The visible screen as text.
pub fn text(model: &Model) -> String {
    let (left, right) = super::header::header_spans(model);
    let head: Vec<String> = left.iter().chain(&right).map(|(text, _)| text.trim().to_owned()).collect();
    let mut rows = vec![head.join(", ")];
    rows.extend(body(model).iter().map(Line::plain));
    if let Some(notice) = &model.notice {
        rows.push(format!("{}: {}", notice.severity.word(), notice.text));
    }
    rows.iter_mut().for_each(|row| *row = visible(row).into_owned());
    let mut text = rows.join("\n");
    text.push('\n');
    text
}

fn body(model: &Model) -> Vec<Line> {
    match model.stack.last() {
        Some(Screen::Safety(_)) => screen::safety::lines(),
        Some(Screen::Finder(finder)) => screen::finder::plain(model, finder),
        Some(Screen::Form) => screen::form::plain(model),
        Some(Screen::Plan(view)) => screen::plan::plain(model, view),
        Some(Screen::Menu(at)) => screen::record_menu::plain(*at),
        Some(Screen::Messages(_)) => screen::messages::lines(model),
        Some(Screen::ReadBack(_)) => screen::read_back::lines(model),
        Some(Screen::Compare(compare)) => screen::compare::lines(model, compare),
        Some(Screen::Advice(view)) => screen::advice::plain(model, view),
        Some(Screen::Delay(delay)) => screen::delay::lines(model, delay),
        Some(Screen::Export(export)) => screen::export_page::plain(export),
        Some(Screen::Charts(charts)) => screen::charts::plain(model, *charts),
        Some(Screen::Subjects(view)) => screen::subjects::plain(model, view),
        Some(Screen::History(view)) => screen::history::plain(model, view),
        Some(Screen::Act(view)) => screen::act::plain(model, view),
        Some(Screen::Calculators(view)) => screen::calculators::plain(model, view),
        Some(Screen::Tasks(filter)) => screen::tasks::plain(model, filter),
        Some(Screen::Task(view)) => screen::task::plain(view),
        Some(Screen::Output(view)) => screen::output::lines(view),
        Some(Screen::Locked(_)) => screen::locked::lines(),
        Some(Screen::Help(filter) | Screen::Palette(filter)) => screen::list::help_lines(model, filter),
        None => Vec::new(),
    }
}

/// What to type now.
fn prompt(model: &Model) -> String {
    match model.kind() {
        Kind::Safety => "Press Enter to go on".to_owned(),
        Kind::Finder => "Words to find, a number to open, or list for every regimen".to_owned(),
        Kind::Form => model.session.as_ref().map_or_else(String::new, |session| {
            let label = session.focus.label();
            format!("{} ({})", label.label, label.hint)
        }),
        Kind::Menu => "The letter of what is to be recorded; back".to_owned(),
        Kind::Subjects => "A number to open; find; quit".to_owned(),
        Kind::Locked => "Who is there".to_owned(),
        Kind::Act => screen::act::prompt(model),
        Kind::Calculators => screen::calculators::prompt(model),
        Kind::Tasks => "Words to find, or a number to open; back".to_owned(),
        Kind::Task => screen::task::prompt(model),
        Kind::Advice => screen::advice::prompt(model),
        Kind::Export => "Another format by its name, a path, or Enter to write".to_owned(),
        Kind::Compare => compare_prompt(model),
        Kind::Delay => delay_prompt(model),
        _ => "Command (help lists them; back; quit)".to_owned(),
    }
}

fn compare_prompt(model: &Model) -> String {
    let Some(Screen::Compare(compare)) = model.stack.last() else { return String::new() };
    let what = match compare.vary {
        Vary::Formula => "formula: left or right chooses",
        Vary::Weight => "another weight: type it",
        Vary::Level => "dose level: left or right chooses",
        Vary::Start => "another start date: type it",
        Vary::Cycle => "what is late: left or right chooses",
        Vary::Delay => "days later: type them",
    };
    format!("Compare, {what}; tab for what else may differ; back; quit")
}

fn delay_prompt(model: &Model) -> String {
    let Some(Screen::Delay(view)) = model.stack.last() else { return String::new() };
    let (phase, cycle) = &view.cycle;
    let phase = phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
    format!(
        "Days by which {phase}{} comes later; tab for another; enter shows the plan so; back; quit",
        model.cycle_word().numbered(*cycle)
    )
}

/// Reads lines and answers until the input ends or the person leaves.
pub fn run(model: &mut Model, world: World, reading: Vec<Effect>) -> io::Result<()> {
    let mut worker = Worker::start(world);
    for effect in reading.into_iter().chain([Effect::Tasks]) {
        settle(model, &mut worker, effect);
    }
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    loop {
        write!(output, "\n{}\n{}: ", text(model), visible(&prompt(model)))?;
        output.flush()?;
        let mut line = String::new();
        if model.quit || input.read_line(&mut line)? == 0 {
            return writeln!(output);
        }
        model.notice = None;
        for effect in take(model, line.trim()) {
            if needs_terminal(&effect) {
                model.notify(crate::finding::Severity::Note, "This needs a terminal; it does nothing in plain text.");
                continue;
            }
            settle(model, &mut worker, effect);
        }
        if model.quit {
            return Ok(());
        }
    }
}

/// Asks for an effect, and waits until everything that follows from it is there.
fn settle(model: &mut Model, worker: &mut Worker, effect: Effect) {
    worker.ask(effect);
    while worker.open > 0 {
        let Ok(message) = worker.reports.recv() else { break };
        worker.reported(&message);
        for more in update(model, message) {
            worker.ask(more);
        }
    }
}

/// Effects on the terminal itself, which nobody answers here.
fn needs_terminal(effect: &Effect) -> bool {
    matches!(effect, Effect::Copy(_) | Effect::Suspend | Effect::Redraw | Effect::Edit(..))
}

/// One line typed.
fn take(model: &mut Model, line: &str) -> Vec<super::Effect> {
    match line {
        "quit" => return run_command(model, "app.quit-now"),
        "back" => return run_command(model, "app.back"),
        _ => {}
    }
    let enter = Message::Key(Chord::plain(Key::Enter));
    match model.kind() {
        Kind::Finder => {
            if let Ok(number) = line.parse::<usize>() {
                update(model, Message::Row(number.saturating_sub(1)));
                return update(model, enter);
            }
            let whole = line == "list";
            if let Some(Screen::Finder(finder)) = model.stack.last_mut() {
                finder.listed = whole;
            }
            replace_text(model, if whole { "" } else { line })
        }
        Kind::Form => {
            replace_text(model, line);
            update(model, enter)
        }
        Kind::Export if FORMATS.iter().any(|format| format.id == line) => {
            let row = FORMATS.iter().position(|format| format.id == line).unwrap_or(0);
            update(model, Message::Row(row))
        }
        Kind::Export if !line.is_empty() => {
            if let Some(Screen::Export(export)) = model.stack.last_mut() {
                export.focus = super::model::ExportField::Path;
            }
            replace_text(model, line)
        }
        Kind::Subjects | Kind::History if line.parse::<usize>().is_ok() => {
            let number = line.parse::<usize>().unwrap_or(1);
            update(model, Message::Row(number.saturating_sub(1)));
            if model.kind() == Kind::Subjects { update(model, enter) } else { Vec::new() }
        }
        Kind::Tasks if line.parse::<usize>().is_ok() => {
            update(model, Message::Row(line.parse::<usize>().unwrap_or(1).saturating_sub(1)));
            update(model, enter)
        }
        Kind::Tasks => replace_text(model, line),
        Kind::Task if line == "run" => run_command(model, "task.run"),
        Kind::Calculators if ["copy", "clear"].contains(&line) => word(model, line),
        Kind::Act if line == "record" => run_command(model, "act.record"),
        Kind::Advice if ["record", "drug", "clear"].contains(&line) => word(model, line),
        Kind::Act | Kind::Advice | Kind::Calculators | Kind::Task | Kind::Locked => {
            if !line.is_empty() {
                replace_text(model, line);
            }
            update(model, enter)
        }
        Kind::Safety | Kind::Export => update(model, enter),
        Kind::Compare | Kind::Delay if line.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c)) => {
            replace_text(model, line)
        }
        _ => word(model, line),
    }
}

fn replace_text(model: &mut Model, line: &str) -> Vec<super::Effect> {
    if let Some(field) = model.typing() {
        *field = super::field::TextField::with(line);
    }
    super::update::changed(model)
}

/// A command by its key or by the last part of its name.
fn word(model: &mut Model, line: &str) -> Vec<super::Effect> {
    let kind = model.kind();
    let named = COMMANDS
        .iter()
        .filter(|command| command.applies(kind))
        .find(|command| command.id == line || command.short == line || command.id.rsplit('.').next() == Some(line));
    match (named, Chord::read(line)) {
        (Some(command), _) => run_command(model, command.id),
        (None, Some(chord)) if command::find(model, chord).is_some() => update(model, Message::Key(chord)),
        _ => {
            model.notify(crate::finding::Severity::Note, format!("\"{line}\" is not a command here; type help."));
            Vec::new()
        }
    }
}
