//! The settings file: what a person wrote under `[tui]`, and the commented defaults that `posology config` prints.

use std::fmt::Write as _;

use serde::Deserialize;

use super::command::COMMANDS;
use super::key::Chord;
use super::settings::Settings;
use super::theme::{FOLLOW, THEMES};
use crate::writing::toml_fault;

/// The part of the settings file that the interface reads; other tables belong to others.
#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    tui: Option<Table>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Table {
    theme: Option<String>,
    ascii: Option<bool>,
    week_starts: Option<String>,
    mouse: Option<bool>,
    lock_minutes: Option<u16>,
    #[serde(default)]
    keys: std::collections::BTreeMap<String, Vec<String>>,
}

impl Settings {
    /// Reads the `[tui]` table of a settings file. Every problem is told; what is sound is kept.
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut settings = Self::default();
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => return (settings, vec![toml_fault(text, &error)]),
        };
        let table = file.tui.unwrap_or_default();
        let mut problems = Vec::new();
        if let Some(name) = &table.theme {
            let was = settings.clone();
            if !settings.look(name) {
                settings = was;
                problems.push(format!("tui.theme = \"{name}\" is not a theme; write one of {}", names()));
            }
        }
        match table.week_starts.as_deref() {
            None | Some("monday") => {}
            Some("sunday") => settings.sunday = true,
            Some(other) => {
                problems
                    .push(format!("tui.week_starts = \"{other}\" is not a first day; write \"monday\" or \"sunday\""));
            }
        }
        settings.ascii = table.ascii.unwrap_or(settings.ascii);
        settings.mouse = table.mouse.unwrap_or(settings.mouse);
        match table.lock_minutes {
            Some(0) => {
                problems
                    .push("tui.lock_minutes = 0 would lock at once; write a number of minutes from 1 on".to_owned());
            }
            Some(minutes) => settings.lock_minutes = minutes,
            None => {}
        }
        for (id, keys) in &table.keys {
            settings.remap(id, keys, &mut problems);
        }
        (settings, problems)
    }

    fn remap(&mut self, id: &str, keys: &[String], problems: &mut Vec<String>) {
        if !COMMANDS.iter().any(|command| command.id == id) {
            problems.push(format!("tui.keys.\"{id}\" is not a command; `posology config` lists them"));
            return;
        }
        let mut chords = Vec::new();
        for key in keys {
            match Chord::read(key) {
                Some(chord) => chords.push(chord),
                None => {
                    problems
                        .push(format!("tui.keys.\"{id}\": \"{key}\" is not a key; write \"w\", \"ctrl-w\" or \"f5\""));
                }
            }
        }
        self.keys.push((id.to_owned(), chords));
    }
}

fn names() -> String {
    let named = THEMES.iter().map(|(name, _)| *name);
    let names: Vec<String> = std::iter::once(FOLLOW).chain(named).map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}

/// The defaults with comments, as a settings file.
pub fn defaults() -> String {
    let mut text = format!(
        "[tui]\n# Looks: {}. \"auto\" follows the background of the terminal. What F8 chose last goes before this\n\
         # line; NO_COLOR in the environment always means \"monochrome\".\ntheme = \"auto\"\n\
         # Only ASCII characters, for terminals without line drawing.\nascii = false\n\
         # First day of the week: \"monday\" or \"sunday\".\nweek_starts = \"monday\"\n\
         # Listen to the mouse; Shift and drag still selects text.\nmouse = true\n\
         # Minutes without a key after which the screen is locked while a subject of the record is open.\nlock_minutes = 10\n\n\
         # Keys by command. A command whose key is a letter needs another one (F5, Ctrl-L) to work while text is typed.\n\
         [tui.keys]\n",
        names()
    );
    for command in COMMANDS {
        let keys: Vec<String> = command.keys.iter().map(|key| format!("{key:?}")).collect();
        let _ = writeln!(text, "# {}\n\"{}\" = [{}]", command.title, command.id, keys.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;

    #[test]
    fn the_defaults_that_are_printed_are_the_defaults() {
        let (settings, problems) = Settings::read(&defaults());
        assert!(problems.is_empty(), "{problems:?}");
        for command in COMMANDS {
            assert_eq!(command.chords(&settings), command.chords(&Settings::default()), "{}", command.id);
        }
        assert_eq!((settings.theme, settings.follow), (Theme::Dark, true));
        assert_eq!((settings.sunday, settings.mouse), (false, true));
    }

    #[test]
    fn a_wrong_setting_is_named_and_the_rest_is_kept() {
        let text = "[tui]\ntheme = \"pink\"\nascii = true\nweek_starts = \"sunday\"\n[tui.keys]\n\"plan.working\" = [\"f5\"]\n\"nonsense\" = [\"x\"]\n";
        let (settings, problems) = Settings::read(text);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("pink") && problems[0].contains("monochrome"));
        assert!(settings.ascii && settings.sunday);
        let working = COMMANDS.iter().find(|command| command.id == "plan.working").unwrap();
        assert_eq!(working.chords(&settings), [Chord::read("f5").unwrap()]);
    }
}
