//! The one table of commands. It feeds the keys, the line at the foot of every screen, help, the
//! palette, the settings file and `docs/keys.md`.

use super::editor;
use super::key::{Chord, Key};
use super::model::{Effect, Kind, Model, Screen};
use super::screen::{charts, compare, delay, export, finder, form, list, plan, safety};
use super::update::{back, quit, quit_now, theme};

/// Something a key does.
pub struct Command {
    /// Its name in the settings file.
    pub id: &'static str,
    /// What it does, in a few words.
    pub title: &'static str,
    /// The word at the foot of the screen; empty to leave it out there.
    pub short: &'static str,
    /// Its keys, unless the settings say otherwise.
    pub keys: &'static [&'static str],
    /// The screens it works on; empty for all.
    pub on: &'static [Kind],
    /// Why it cannot be used now.
    pub why_not: fn(&Model) -> Option<&'static str>,
    /// Does it.
    pub run: fn(&mut Model, Chord) -> Vec<Effect>,
}

type Run = fn(&mut Model, Chord) -> Vec<Effect>;

const fn command(
    id: &'static str,
    title: &'static str,
    short: &'static str,
    keys: &'static [&'static str],
    on: &'static [Kind],
    run: Run,
) -> Command {
    Command { id, title, short, keys, on, why_not: always, run }
}

const fn when(mut command: Command, why_not: fn(&Model) -> Option<&'static str>) -> Command {
    command.why_not = why_not;
    command
}

fn always(_: &Model) -> Option<&'static str> {
    None
}

fn needs_plan(model: &Model) -> Option<&'static str> {
    model.planned().is_none().then_some("there is no plan yet: fill in the form first")
}

fn already_back(model: &Model) -> Option<&'static str> {
    match model.stack.as_slice() {
        [.., Screen::Safety(_)] => Some("the safety statement comes first"),
        [Screen::Finder(finder)] if finder.query.text.is_empty() => Some("this is the first screen; Ctrl-Q leaves"),
        _ => None,
    }
}

fn needs_delay(model: &Model) -> Option<&'static str> {
    let tried = model.session.as_ref().is_some_and(|session| !session.delays.is_empty());
    (!tried).then_some("no what-if delay is in use")
}

const SCROLLING: &[Kind] = &[Kind::Safety, Kind::Messages, Kind::Delay, Kind::Help, Kind::Palette];

/// Every command, in the order of help; on one screen the first whose key fits is run.
pub const COMMANDS: &[Command] = &[
    command(
        "safety.accept",
        "I have read this; go on",
        "I have read this",
        &["enter"],
        &[Kind::Safety],
        safety::accept,
    ),
    command("finder.open", "Open the chosen regimen", "open", &["enter"], &[Kind::Finder], finder::open),
    command("finder.move", "Choose another regimen", "choose", &["up", "down"], &[Kind::Finder], finder::step),
    command("finder.page", "Scroll the preview", "preview", &["pageup", "pagedown"], &[Kind::Finder], finder::page),
    command(
        "regimen.edit",
        "Open the regimen's file in your editor ($VISUAL or $EDITOR)",
        "edit file",
        &["f4"],
        &[Kind::Finder],
        editor::open,
    ),
    command(
        "form.enter",
        "Next open field; the plan when all is there",
        "next",
        &["enter"],
        &[Kind::Form],
        form::enter,
    ),
    command("form.next", "Next field", "field", &["tab", "down"], &[Kind::Form], form::next),
    command("form.previous", "Previous field", "", &["shift-tab", "up"], &[Kind::Form], form::previous),
    when(command("form.plan", "Show the plan", "plan", &["f2"], &[Kind::Form], form::plan), needs_plan),
    command("form.clear", "Empty every field (another subject)", "clear", &["f9"], &[Kind::Form], form::clear),
    command(
        "plan.move",
        "A day or a week on or back",
        "day",
        &["left", "right", "up", "down"],
        &[Kind::Plan],
        plan::step,
    ),
    command("plan.next", "Next day with something to do", "next", &["n"], &[Kind::Plan], plan::next),
    command("plan.previous", "Previous day with something to do", "previous", &["p"], &[Kind::Plan], plan::previous),
    command("plan.working", "How the figures came about", "working", &["w"], &[Kind::Plan], plan::working),
    command("plan.view", "Months, matrix, list", "view", &["v"], &[Kind::Plan], plan::shape),
    command("plan.export", "Write the plan to a file", "export", &["x"], &[Kind::Plan], export::open),
    command(
        "plan.compare",
        "Compare with another formula, weight, level, start or delay",
        "compare",
        &["c"],
        &[Kind::Plan],
        compare::open,
    ),
    command("plan.delay", "What if a cycle came later", "delay", &["d"], &[Kind::Plan], delay::open),
    when(command("plan.undo", "Take the what-if delays back", "", &["u"], &[Kind::Plan], delay::undo), needs_delay),
    command(
        "plan.messages",
        "Everything worth knowing about this plan",
        "messages",
        &["m"],
        &[Kind::Plan],
        plan::messages,
    ),
    command("plan.charts", "Doses as charts", "charts", &["s"], &[Kind::Plan], charts::open),
    command("plan.edit", "Change what was typed about the subject", "edit", &["e"], &[Kind::Plan], plan::edit),
    command("plan.pane", "Other pane; arrows then scroll it", "pane", &["tab", "shift-tab"], &[Kind::Plan], plan::pane),
    command("plan.today", "Go to today", "", &["t"], &[Kind::Plan], plan::today),
    command("plan.first", "Go to the first day", "", &["home"], &[Kind::Plan], plan::first),
    command("plan.last", "Go to the last day", "", &["end"], &[Kind::Plan], plan::last),
    command("plan.month", "A month on or back", "", &["pageup", "pagedown"], &[Kind::Plan], plan::month),
    command("plan.cycle-step", "Previous or next cycle", "", &["[", "]"], &[Kind::Plan], plan::cycle_step),
    command(
        "plan.cycle",
        "Go to cycle 1 to 9",
        "",
        &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        &[Kind::Plan],
        plan::cycle,
    ),
    command("plan.copy", "Copy this day to the clipboard", "", &["y"], &[Kind::Plan], plan::copy),
    command("plan.file", "Open the regimen's file in your editor", "", &["f4"], &[Kind::Plan], editor::open),
    command("plan.find", "Find another regimen", "find", &["/"], &[Kind::Plan], plan::find),
    command(
        "compare.field",
        "What differs: formula, weight, level, start, delay",
        "what differs",
        &["tab", "shift-tab", "down", "up"],
        &[Kind::Compare],
        compare::field,
    ),
    command(
        "compare.choose",
        "Another formula, level or cycle",
        "choose",
        &["left", "right"],
        &[Kind::Compare],
        compare::choose,
    ),
    command("compare.page", "Scroll the two plans", "scroll", &["pageup", "pagedown"], &[Kind::Compare], list::step),
    command("delay.cycle", "Another cycle", "cycle", &["tab", "shift-tab"], &[Kind::Delay], delay::cycle),
    command(
        "delay.use",
        "Show the plan with this delay (nothing is recorded)",
        "show in the plan",
        &["enter"],
        &[Kind::Delay],
        delay::accept,
    ),
    command(
        "export.choose",
        "Another format",
        "format",
        &["up", "down", "left", "right"],
        &[Kind::Export],
        export::choose,
    ),
    command("export.field", "Next field", "field", &["tab", "shift-tab"], &[Kind::Export], export::field),
    command("export.complete", "Complete the path", "complete", &["ctrl-n"], &[Kind::Export], export::complete),
    command("export.write", "Write the file", "write", &["enter"], &[Kind::Export], export::write),
    command("export.replace", "Replace the file that is there", "", &["ctrl-r"], &[Kind::Export], export::replace),
    command(
        "charts.drug",
        "Another drug",
        "drug",
        &["left", "right", "up", "down", "tab"],
        &[Kind::Charts],
        charts::step,
    ),
    command("palette.run", "Run the chosen command", "run", &["enter"], &[Kind::Palette], list::run),
    command("list.move", "Scroll or choose", "scroll", &["up", "down", "pageup", "pagedown"], SCROLLING, list::step),
    command("app.help", "Every key, searchable", "all keys", &["?", "f1"], &[], list::help),
    command("app.palette", "Every command by name", "", &[":", "ctrl-p"], &[], list::palette),
    when(
        command("app.back", "One step back; at the finder, every regimen again", "back", &["esc"], &[], back),
        already_back,
    ),
    command("app.theme", "Another theme", "", &["f8"], &[], theme),
    command("app.redraw", "Draw the screen afresh", "", &["ctrl-l"], &[], |_, _| vec![Effect::Redraw]),
    command("app.suspend", "Back to the shell for a while (fg returns)", "", &["ctrl-z"], &[], |_, _| {
        vec![Effect::Suspend]
    }),
    command("app.quit", "Leave the program", "", &["q"], &[], quit),
    command("app.quit-now", "Leave the program without a question", "quit", &["ctrl-q"], &[], quit_now),
];

impl Command {
    /// Whether it works on a screen.
    pub fn applies(&self, kind: Kind) -> bool {
        self.on.is_empty() || self.on.contains(&kind)
    }

    /// The screens, in words.
    pub fn places(&self) -> String {
        match self.on {
            [] => "everywhere".to_owned(),
            on => on.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// The command of a name.
pub fn by_id(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

/// The command a key means now.
pub fn find(model: &Model, chord: Chord) -> Option<&'static Command> {
    let kind = model.kind();
    COMMANDS.iter().find(|command| command.applies(kind) && model.settings.chords(command).contains(&chord))
}

/// How a command's keys are shown where there is little room: arrows together, otherwise the first
/// one that works now.
pub fn label(model: &Model, command: &Command) -> Option<String> {
    let typing = model.is_typing();
    let chords: Vec<Chord> = model.settings.chords(command).into_iter().filter(|c| !(typing && c.is_text())).collect();
    let arrow = |chord: &&Chord| matches!(chord.key, Key::Up | Key::Down | Key::Left | Key::Right);
    let arrows: String = chords.iter().filter(arrow).map(|chord| chord.label()).collect();
    match chords.first() {
        Some(first) if arrow(&first) => Some(arrows),
        Some(first) if first.key == Key::PageUp => Some("PgUp/PgDn".to_owned()),
        first => first.map(|chord| chord.label()),
    }
}

/// What stands at the foot of the screen: command, keys, word.
pub fn hints(model: &Model) -> Vec<(&'static Command, String)> {
    let kind = model.kind();
    let here = COMMANDS.iter().filter(|command| command.applies(kind) && !command.short.is_empty());
    here.filter(|command| (command.why_not)(model).is_none())
        .filter_map(|command| Some((command, label(model, command)?)))
        .collect()
}

/// All keys of a command: `Enter`, `Ctrl-P or :`.
pub fn all_labels(chords: &[Chord]) -> String {
    chords.iter().map(|chord| chord.label()).collect::<Vec<_>>().join(" ")
}

/// The page `docs/keys.md`.
pub fn page() -> String {
    let settings = super::settings::Settings::default();
    let mut text = "# Keys\n\nEvery command of the terminal interface. While text is typed, single letters are text: \
                    use the F-key or Ctrl key, or the palette (Ctrl-P). Keys can be changed in the settings file under \
                    `[tui.keys]`, by the name in the last column; `posology config` prints the defaults.\n\n\
                    | Keys | What it does | Where | Name |\n|---|---|---|---|\n"
        .to_owned();
    for command in COMMANDS {
        let keys: Vec<String> = settings.chords(command).iter().map(|chord| format!("`{}`", chord.label())).collect();
        text.push_str(&format!(
            "| {} | {} | {} | `{}` |\n",
            keys.join(" "),
            command.title,
            command.places(),
            command.id
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_on_one_screen() {
        for (nth, one) in COMMANDS.iter().enumerate() {
            for other in &COMMANDS[nth + 1..] {
                let share =
                    one.on.is_empty() || other.on.is_empty() || one.on.iter().any(|kind| other.on.contains(kind));
                let same = one.keys.iter().find(|key| other.keys.contains(key));
                // Enter, and arrows for lists, are told apart by the order of the table.
                assert!(!share || same.is_none(), "{} and {} share {same:?}", one.id, other.id);
            }
        }
    }

    #[test]
    fn every_key_is_a_key_and_every_name_is_one() {
        let mut ids: Vec<&str> = COMMANDS.iter().map(|command| command.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), COMMANDS.len());
        for command in COMMANDS {
            assert!(command.keys.iter().all(|key| Chord::read(key).is_some()), "{}", command.id);
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods)] // a switch of the developer's, not of the program
    fn the_page_of_keys_is_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
        let written = std::fs::read_to_string(path).unwrap_or_default();
        if std::env::var_os("POSOLOGY_WRITE_DOCS").is_some() {
            std::fs::write(path, page()).unwrap();
        } else {
            assert!(written == page(), "docs/keys.md is out of date: run the tests once with POSOLOGY_WRITE_DOCS=1");
        }
    }
}
