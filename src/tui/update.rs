//! What a message does to the model. Nothing here draws, waits or touches a disk.

use crate::finding::Severity;

use super::command::{self, by_id};
use super::key::{Chord, Key};
use super::model::{Effect, Kind, Message, Model, Report, Screen};
use super::screen::{export, finder, list, plan, subjects, task, tasks};

/// Changes the model; what is to be done outside of it is returned.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(chord) => key(model, chord),
        Message::Paste(text) => paste(model, &text),
        Message::Resize(columns, rows) => {
            model.size = (columns, rows);
            Vec::new()
        }
        Message::Today(today) => {
            model.today = today;
            model.replan();
            Vec::new()
        }
        Message::Background(theme) => {
            model.settings.found(theme);
            Vec::new()
        }
        Message::Wheel(rows) => wheel(model, rows),
        Message::Command(id) => run(model, id),
        Message::Row(row) => list::row(model, row),
        Message::Field(id) => {
            match (model.stack.last_mut(), &mut model.session) {
                (Some(Screen::Calculators(view)), _) => view.focus = Some(id),
                (_, Some(session)) => session.focus = id,
                (_, None) => {}
            }
            Vec::new()
        }
        Message::Day(date) => plan::go(model, date),
        Message::Idle if model.shows_subjects() => super::screen::locked::lock(model, Chord::plain(Key::Enter)),
        Message::Idle => Vec::new(),
        Message::Done(generation, report) => done(model, generation, report),
    }
}

fn key(model: &mut Model, chord: Chord) -> Vec<Effect> {
    model.notice = None;
    model.leaving = model.leaving.filter(|asked| *asked == chord);
    let interrupted = std::mem::take(&mut model.interrupted);
    model.interrupted = interrupted && chord == Chord { ctrl: true, ..Chord::plain(Key::Char('c')) };
    if model.is_typing() && model.typing().is_some_and(|field| field.take(chord)) {
        return changed(model);
    }
    if model.is_typing() && chord.is_text() {
        return Vec::new();
    }
    let Some(command) = command::find(model, chord) else {
        return Vec::new();
    };
    match (command.why_not)(model) {
        Some(why) => {
            model.notify(Severity::Note, format!("Not now: {why}."));
            Vec::new()
        }
        None => (command.run)(model, chord),
    }
}

/// Runs a command chosen by its name.
pub fn run(model: &mut Model, id: &str) -> Vec<Effect> {
    let Some(command) = by_id(id) else { return Vec::new() };
    if let Some(why) = (command.why_not)(model) {
        model.notify(Severity::Note, format!("Not now: {why}."));
        return Vec::new();
    }
    let chord = command.chords(&model.settings).first().copied();
    (command.run)(model, chord.unwrap_or(Chord::plain(Key::Enter)))
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    model.leaving = None;
    match model.typing() {
        Some(field) => {
            field.insert(text);
            changed(model)
        }
        None => Vec::new(),
    }
}

/// After a text has changed.
pub fn changed(model: &mut Model) -> Vec<Effect> {
    match model.stack.last_mut() {
        Some(Screen::Act(view)) => view.typed = true,
        Some(Screen::Advice(view)) => view.typed = true,
        _ => {}
    }
    match model.kind() {
        Kind::Finder => finder::search(model),
        Kind::Form => model.replan(),
        Kind::Subjects => super::screen::subjects::typed(model),
        Kind::Export => return export::typed(model),
        Kind::Act => super::record::commands::decide_again(model),
        Kind::Advice => super::screen::advice::look_up_again(model),
        Kind::Help | Kind::Palette => list::reset(model),
        Kind::Tasks => tasks::reset(model),
        Kind::Task => task::typed(model),
        Kind::Calculators => super::screen::calculators::again(model),
        _ => {}
    }
    Vec::new()
}

fn wheel(model: &mut Model, rows: i16) -> Vec<Effect> {
    let key = if rows < 0 { Key::Up } else { Key::Down };
    match model.stack.last() {
        Some(Screen::Plan(_)) => plan::wheel(model, isize::from(rows)),
        Some(Screen::Form) | None => {}
        Some(Screen::Compare(_) | Screen::Advice(_)) => list::scroll(model, isize::from(rows)),
        _ => return self::key(model, Chord::plain(key)),
    }
    Vec::new()
}

fn done(model: &mut Model, generation: u64, report: Report) -> Vec<Effect> {
    match report {
        // The list looks for itself which files have faults.
        Report::Read | Report::Remembered(Ok(())) => {}
        Report::Remembered(Err(why)) => {
            model.notify(Severity::Note, format!("The safety statement will be shown again next time: {why}"));
        }
        report @ (Report::Subjects(_) | Report::Opened(_) | Report::Recorded(_) | Report::Checked(_)) => {
            return super::record::replies::on_reply(model, report);
        }
        Report::Tasks(tasks) => model.tasks = tasks,
        Report::Ran(ran, regimens) => return task::on_reply(model, generation, &ran, regimens),
        Report::Edited(edited) => {
            super::editor::on_closed(model, *edited);
            return vec![Effect::Read(model.regimens.clone())];
        }
        report if generation == model.generation => return export::on_reply(model, report),
        _ => {}
    }
    Vec::new()
}

/// One step back: at the finder an empty query, on the plan first out of the working.
pub fn back(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if model.asks_before_leaving(chord) {
        return Vec::new();
    }
    if let Some(Screen::Finder(finder)) = model.stack.last_mut() {
        finder.query = super::field::TextField::default();
        finder::search(model);
    } else if model.stack.len() > 1
        && model.kind() != Kind::Safety
        && !plan::close_detail(model)
        && !subjects::close_filter(model)
    {
        match model.stack.pop() {
            Some(Screen::Calculators(view)) => model.calculators = Some(view),
            Some(Screen::Task(view)) => task::leave(model, *view),
            _ => {}
        }
        // Somebody else may have recorded meanwhile.
        if model.kind() == Kind::Subjects {
            return super::record::commands::refresh(model);
        }
    }
    Vec::new()
}

/// Asks when something typed would be lost.
pub fn quit(model: &mut Model, _: Chord) -> Vec<Effect> {
    let unsaved = model.session.as_ref().is_some_and(|session| session.planned.is_some() && !session.exported);
    if unsaved {
        model.notify(Severity::Warn, "This plan is in no file yet: x writes one. Ctrl-Q leaves without it.");
    } else {
        model.quit = true;
    }
    Vec::new()
}

/// Ctrl-C is pressed to copy, too: the first press says how one leaves, the second leaves.
pub fn interrupt(model: &mut Model, _: Chord) -> Vec<Effect> {
    if model.interrupted {
        model.quit = true;
    } else {
        model.interrupted = true;
        model.notify(Severity::Note, "Ctrl-C once more leaves; any other key stays.");
    }
    Vec::new()
}

/// Leaves.
pub fn quit_now(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.quit = true;
    Vec::new()
}

/// The next theme.
pub fn theme(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.settings.next_look();
    let settings = &model.settings;
    let told = if settings.follow {
        format!("Theme: as the terminal's background, {}.", settings.theme.name())
    } else {
        format!("Theme: {}.", settings.theme.name())
    };
    let name = settings.look_name();
    model.notify(Severity::Note, told);
    vec![Effect::KeepTheme(name)]
}
