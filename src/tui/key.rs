//! Keys as the command table and the settings file write them: `ctrl-p`, `f1`, `w`, `shift-tab`.

/// A key of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Key {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Backspace,
    Delete,
    F(u8),
}

/// A key with what is held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
}

/// Where a key moves in a list or a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Motion {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    First,
    Last,
}

impl Motion {
    /// Whether it goes towards the beginning.
    pub fn is_back(self) -> bool {
        matches!(self, Motion::Up | Motion::Left | Motion::PageUp | Motion::First)
    }
}

/// Name in files and name on the screen.
const NAMED: &[(&str, &str, Key)] = &[
    ("enter", "Enter", Key::Enter),
    ("esc", "Esc", Key::Esc),
    ("tab", "Tab", Key::Tab),
    ("shift-tab", "Shift-Tab", Key::BackTab),
    ("up", "↑", Key::Up),
    ("down", "↓", Key::Down),
    ("left", "←", Key::Left),
    ("right", "→", Key::Right),
    ("home", "Home", Key::Home),
    ("end", "End", Key::End),
    ("pageup", "PgUp", Key::PageUp),
    ("pagedown", "PgDn", Key::PageDown),
    ("backspace", "Backspace", Key::Backspace),
    ("delete", "Del", Key::Delete),
    ("space", "Space", Key::Char(' ')),
];

impl Chord {
    /// A key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false }
    }

    /// A character typed.
    pub const fn char(c: char) -> Self {
        Self::plain(Key::Char(c))
    }

    /// Reads `ctrl-p`, `f1`, `?`, `alt-x`.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("ctrl-") {
            return Self::read(rest).map(|chord| Self { ctrl: true, ..chord });
        }
        if let Some(rest) = text.strip_prefix("alt-") {
            return Self::read(rest).map(|chord| Self { alt: true, ..chord });
        }
        if let Some((_, _, key)) = NAMED.iter().find(|(name, _, _)| *name == text) {
            return Some(Self::plain(*key));
        }
        let mut letters = text.chars();
        match (letters.next()?, letters.next()) {
            (c, None) => Some(Self::char(c)),
            ('f', Some(_)) => {
                let number: u8 = text.get(1..)?.parse().ok()?;
                (1..=24).contains(&number).then_some(Self::plain(Key::F(number)))
            }
            _ => None,
        }
    }

    /// As the screen shows it: `Ctrl-P`, `F1`, `w`.
    pub fn label(self) -> String {
        let key = match self.key {
            Key::F(number) => format!("F{number}"),
            Key::Char(c) if c != ' ' && (self.ctrl || self.alt) => c.to_uppercase().collect(),
            Key::Char(c) if c != ' ' => c.to_string(),
            key => {
                NAMED.iter().find(|(_, _, named)| *named == key).map_or_else(String::new, |named| named.1.to_owned())
            }
        };
        let ctrl = if self.ctrl { "Ctrl-" } else { "" };
        let alt = if self.alt { "Alt-" } else { "" };
        format!("{ctrl}{alt}{key}")
    }

    /// Where it moves in a list or a grid: arrows and `h j k l`, pages, both ends. One rule for every screen.
    pub fn motion(self) -> Option<Motion> {
        if self.ctrl || self.alt {
            return None;
        }
        Some(match self.key {
            Key::Up | Key::Char('k') => Motion::Up,
            Key::Down | Key::Char('j') => Motion::Down,
            Key::Left | Key::Char('h') => Motion::Left,
            Key::Right | Key::Char('l') => Motion::Right,
            Key::PageUp => Motion::PageUp,
            Key::PageDown => Motion::PageDown,
            Key::Home | Key::Char('g') => Motion::First,
            Key::End | Key::Char('G') => Motion::Last,
            _ => return None,
        })
    }

    /// Whether it is text where text is typed.
    pub fn is_text(self) -> bool {
        matches!(self.key, Key::Char(_)) && !self.ctrl && !self.alt
    }
}

/// The chords of a script for tests: characters, and names in angle brackets: `170<enter>65<ctrl-p>`.
pub fn script(text: &str) -> Vec<Chord> {
    let mut chords = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
        if let Some((chord, after)) = named.and_then(|(name, after)| Some((Chord::read(name)?, after))) {
            chords.push(chord);
            rest = after;
        } else {
            chords.push(Chord::char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    chords
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read_and_shown() {
        for (text, label) in [("ctrl-p", "Ctrl-P"), ("f10", "F10"), ("?", "?"), ("shift-tab", "Shift-Tab"), ("w", "w")]
        {
            assert_eq!(Chord::read(text).unwrap().label(), label);
        }
        assert_eq!(Chord::read("ctrl"), None);
        assert_eq!(Chord::read("f99"), None);
        assert_eq!(script("a<enter><b").len(), 4);
    }
}
