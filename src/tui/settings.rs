//! What a person may set about the interface.

use super::key::Chord;
use super::theme::Theme;

/// Settings of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Looks.
    pub theme: Theme,
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
        Self { theme: Theme::Dark, ascii: false, sunday: false, mouse: true, lock_minutes: 10, keys: Vec::new() }
    }
}

impl Settings {
    /// The keys of a command, by its name: as they were set, else the usual ones.
    pub fn chords(&self, id: &str, usual: &[&str]) -> Vec<Chord> {
        match self.keys.iter().find(|(known, _)| known == id) {
            Some((_, chords)) => chords.clone(),
            None => usual.iter().filter_map(|key| Chord::read(key)).collect(),
        }
    }
}
