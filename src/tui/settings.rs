//! What a person may set about the interface.

use super::key::Chord;
use super::theme::{FOLLOW, THEMES, Theme};

/// Settings of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Looks, as they are now.
    pub theme: Theme,
    /// Whether they follow the background of the terminal.
    pub follow: bool,
    /// The looks that fit the background of the terminal, as far as it has said.
    pub background: Theme,
    /// Only ASCII characters on the screen.
    pub ascii: bool,
    /// Weeks begin on Sunday.
    pub sunday: bool,
    /// The mouse is listened to.
    pub mouse: bool,
    /// The screen is locked after so many minutes without a key, while a subject is open.
    pub lock_minutes: u16,
    /// Keys that differ from the defaults, by command.
    pub keys: Vec<(String, Vec<Chord>)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            follow: true,
            background: Theme::Dark,
            ascii: false,
            sunday: false,
            mouse: true,
            lock_minutes: 10,
            keys: Vec::new(),
        }
    }
}

impl Settings {
    /// What the terminal said of its background.
    pub fn found(&mut self, background: Theme) {
        self.background = background;
        if self.follow {
            self.theme = background;
        }
    }

    /// Takes looks by their name, or those of the terminal; whether there are such.
    pub fn look(&mut self, name: &str) -> bool {
        let named = THEMES.iter().find(|(known, _)| *known == name).map(|(_, theme)| *theme);
        self.follow = name == FOLLOW;
        self.theme = named.unwrap_or(self.background);
        named.is_some() || self.follow
    }

    /// The name of the looks, as they are kept.
    pub fn look_name(&self) -> &'static str {
        if self.follow { FOLLOW } else { self.theme.name() }
    }

    /// The next looks; behind the last those of the terminal.
    pub fn next_look(&mut self) {
        let last = THEMES.last().is_some_and(|(_, theme)| *theme == self.theme);
        if last && !self.follow {
            self.look(FOLLOW);
        } else {
            self.look(self.theme.next().name());
        }
    }

    /// The keys of a command, by its name: as they were set, else the usual ones.
    pub fn chords(&self, id: &str, usual: &[&str]) -> Vec<Chord> {
        match self.keys.iter().find(|(known, _)| known == id) {
            Some((_, chords)) => chords.clone(),
            None => usual.iter().filter_map(|key| Chord::read(key)).collect(),
        }
    }
}
