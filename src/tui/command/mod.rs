//! The one table of commands. It feeds the keys, the line at the foot of every screen, help, the
//! palette, the settings file and `docs/keys.md`.

mod calculators;
mod record;
mod table;
mod tasks;

use super::key::{Chord, Key};
use super::model::{Effect, Kind, Model};
use super::screen::record_menu;
use super::settings::Settings;

/// Something a key does.
#[derive(Clone, Copy)]
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
    /// The screens at whose foot it stands; empty for all on which it works.
    pub foot: &'static [Kind],
    /// Why it cannot be used now.
    pub why_not: fn(&Model) -> Option<&'static str>,
    /// Does it.
    pub run: fn(&mut Model, Chord) -> Vec<Effect>,
}

/// Every command, in the order of help; on one screen the first whose key fits is run.
pub const COMMANDS: &[Command] = &joined::<{ MOST.len() + tasks::COMMANDS.len() }>(MOST, tasks::COMMANDS);

const MOST: &[Command] = &joined::<{ OF_PLANS.len() + calculators::COMMANDS.len() }>(OF_PLANS, calculators::COMMANDS);

/// What is recorded comes first at the foot of a plan.
const OF_PLANS: &[Command] =
    &joined::<{ record::COMMANDS.len() + table::SCREENS.len() }>(record::COMMANDS, table::SCREENS);

/// The keys of every list: one rule for all of them. Where text is typed, letters are text.
pub const LIST: &[&str] = &["up", "down", "pageup", "pagedown", "home", "end", "j", "k", "g", "G"];

/// The keys of everything in which one also moves sideways.
pub const GRID: &[&str] =
    &["left", "right", "up", "down", "pageup", "pagedown", "home", "end", "h", "l", "j", "k", "g", "G"];

#[allow(clippy::indexing_slicing, reason = "worked out while the program is built, which fails where it is wrong")]
const fn joined<const N: usize>(first: &[Command], rest: &[Command]) -> [Command; N] {
    let mut all = [first[0]; N];
    let mut nth = 1;
    while nth < N {
        all[nth] = if nth < first.len() { first[nth] } else { rest[nth - first.len()] };
        nth += 1;
    }
    all
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
    Command { id, title, short, keys, on, foot: &[], why_not: always, run }
}

const fn when(mut command: Command, why_not: fn(&Model) -> Option<&'static str>) -> Command {
    command.why_not = why_not;
    command
}

const fn at_foot(mut command: Command, foot: &'static [Kind]) -> Command {
    command.foot = foot;
    command
}

fn always(_: &Model) -> Option<&'static str> {
    None
}

/// What works while the screen is locked.
const BEFORE_THE_LOCK: &[&str] = &["app.theme", "app.redraw", "app.suspend", "app.interrupt", "app.quit-now"];

impl Command {
    /// Whether it works on a screen.
    pub fn applies(&self, kind: Kind) -> bool {
        // Nothing goes around the lock.
        let everywhere = self.on.is_empty() && (kind != Kind::Locked || BEFORE_THE_LOCK.contains(&self.id));
        everywhere || self.on.contains(&kind)
    }

    /// Its keys, as the settings have them.
    pub fn chords(&self, settings: &Settings) -> Vec<Chord> {
        settings.chords(self.id, self.keys)
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
    COMMANDS.iter().find(|command| command.applies(kind) && command.chords(&model.settings).contains(&chord))
}

/// How a command's keys are shown where there is little room: arrows together, otherwise the first
/// one that works now.
pub fn label(model: &Model, command: &Command) -> Option<String> {
    let typing = model.is_typing();
    let chords: Vec<Chord> = command.chords(&model.settings).into_iter().filter(|c| !(typing && c.is_text())).collect();
    let arrow = |chord: &&Chord| matches!(chord.key, Key::Up | Key::Down | Key::Left | Key::Right);
    let arrows: String = chords.iter().filter(arrow).map(|chord| chord.label()).collect();
    match chords.first() {
        Some(first) if arrow(&first) => Some(arrows),
        Some(first) if first.key == Key::PageUp => Some("PgUp/PgDn".to_owned()),
        Some(first) => Some(first.label()),
        // Its first key is a letter, which is text now.
        None if typing => None,
        None => in_menu(&model.settings, command),
    }
}

/// The two keys of an act that stands in the menu of what is recorded: `r i`.
fn in_menu(settings: &Settings, command: &Command) -> Option<String> {
    let letter = record_menu::letter(command.id)?;
    let menu = by_id("record.menu")?.chords(settings).first().copied()?;
    Some(format!("{} {letter}", menu.label()))
}

/// What stands at the foot of the screen: command, keys, word.
pub fn hints(model: &Model) -> Vec<(&'static Command, String)> {
    let kind = model.kind();
    let here = COMMANDS.iter().filter(|command| command.applies(kind) && !command.short.is_empty());
    here.filter(|command| command.foot.is_empty() || command.foot.contains(&kind))
        .filter(|command| (command.why_not)(model).is_none())
        .filter_map(|command| Some((command, label(model, command)?)))
        .collect()
}

/// All keys of a command: `Enter`, `Ctrl-P :`; of one without a key of its own those that lead to it: `r i`.
pub fn all_labels(settings: &Settings, command: &Command) -> String {
    let own: Vec<String> = command.chords(settings).iter().map(|chord| chord.label()).collect();
    if own.is_empty() { in_menu(settings, command).unwrap_or_default() } else { own.join(" ") }
}

/// The page `docs/keys.md`.
pub fn page() -> String {
    let settings = Settings::default();
    let mut text = "# Keys\n\nEvery command of the terminal interface. While text is typed, single letters are text: \
                    use the F-key or Ctrl key, or the palette (Ctrl-P). Keys can be changed in the settings file under \
                    `[tui.keys]`, by the name in the last column; `posology config` prints the defaults.\n\n\
                    | Keys | What it does | Where | Name |\n|---|---|---|---|\n"
        .to_owned();
    for command in COMMANDS {
        let mut keys: Vec<String> =
            command.chords(&settings).iter().map(|chord| format!("`{}`", chord.label())).collect();
        if keys.is_empty() {
            keys.extend(in_menu(&settings, command).map(|keys| format!("`{keys}`")));
        }
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
    fn every_list_and_every_grid_takes_the_same_keys() {
        // In a form the arrows go from field to field, and letters are text.
        const FORMS: &[Kind] = &[Kind::Form, Kind::Act, Kind::Task, Kind::Compare, Kind::Advice];
        let lists = COMMANDS.iter().filter(|one| one.keys.contains(&"up") && one.keys.contains(&"down"));
        let mut seen = Vec::new();
        for command in lists.filter(|one| !one.on.iter().all(|kind| FORMS.contains(kind))) {
            seen.extend(command.on);
            for kind in command.on {
                // The plan has a command for each way to move far.
                let of_kind: Vec<&str> =
                    COMMANDS.iter().filter(|one| one.applies(*kind)).flat_map(|one| one.keys).copied().collect();
                let wanted = if command.keys.contains(&"left") { GRID } else { LIST };
                let lacks: Vec<&&str> = wanted.iter().filter(|key| !of_kind.contains(*key)).collect();
                assert!(lacks.is_empty(), "{} on {kind:?} lacks {lacks:?}", command.id);
            }
        }
        for kind in
            [Kind::Finder, Kind::Plan, Kind::Subjects, Kind::History, Kind::Tasks, Kind::Help, Kind::Export, Kind::Menu]
        {
            assert!(seen.contains(&kind), "{kind:?} has no list");
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
