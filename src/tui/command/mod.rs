//! The one table of commands. It feeds the keys, the line at the foot of every screen, help, the
//! palette, the settings file and `docs/keys.md`.

mod calculators;
mod table;
mod tasks;

use super::key::{Chord, Key};
use super::model::{Effect, Kind, Model};
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

const MOST: &[Command] =
    &joined::<{ table::SCREENS.len() + calculators::COMMANDS.len() }>(table::SCREENS, calculators::COMMANDS);

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
        first => first.map(|chord| chord.label()),
    }
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

/// All keys of a command: `Enter`, `Ctrl-P or :`.
pub fn all_labels(chords: &[Chord]) -> String {
    chords.iter().map(|chord| chord.label()).collect::<Vec<_>>().join(" ")
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
        let keys: Vec<String> = command.chords(&settings).iter().map(|chord| format!("`{}`", chord.label())).collect();
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
