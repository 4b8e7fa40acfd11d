//! Dark or light: what the terminal says of its own background.
//!
//! The environment is asked first (`COLORFGBG`), then the terminal itself (OSC 11). Nobody waits for its answer: it comes in
//! among the keys, over a slow line perhaps seconds later, and changes the looks when it is there. A terminal that does not
//! know the question says nothing, and the first guess stays. A library would have to wait, reading the keyboard itself.

use super::key::{Chord, Key};
use super::settings::Settings;
use super::theme::Theme;

/// Asks a terminal for the colour of its background.
pub const QUESTION: &str = "\u{1b}]11;?\u{1b}\\";

/// Longer than any answer.
const LONGEST: usize = 40;

/// What `COLORFGBG` says: `15;0` is white on black. 7 and 9 to 15 are the light ones of the sixteen colours.
pub fn from_environment(text: &str) -> Option<Theme> {
    let background: u8 = text.rsplit(';').next()?.trim().parse().ok()?;
    match background {
        0..=6 | 8 => Some(Theme::Dark),
        7 | 9..=15 => Some(Theme::Light),
        _ => None,
    }
}

/// The looks to begin with: those chosen last, else those of the settings; where they follow the terminal, what the
/// environment says. Without colours none of it counts.
pub fn begin(settings: &mut Settings, environment: &str, kept: Option<&str>, no_colour: bool) {
    let set = settings.clone();
    if kept.is_some_and(|name| !settings.look(name)) {
        *settings = set;
    }
    if let Some(theme) = from_environment(environment) {
        settings.found(theme);
    }
    if no_colour {
        (settings.theme, settings.follow) = (Theme::Monochrome, false);
    }
}

/// The answer as it comes in, key by key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    text: Option<String>,
}

/// What a key was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A key like any other.
    Key,
    /// A part of an answer.
    Part,
    /// The end of one, and what it says.
    Said(Theme),
}

impl Answer {
    /// Looks at a key. An answer is `Alt-]`, `11;rgb:ffff/ffff/ffff`, and then `Alt-\` or `Ctrl-G`, as the terminal ends it.
    pub fn take(&mut self, chord: Chord) -> Taken {
        let Some(text) = &mut self.text else {
            if chord.alt && chord.key == Key::Char(']') {
                self.text = Some(String::new());
                return Taken::Part;
            }
            return Taken::Key;
        };
        match (chord.key, chord.ctrl, chord.alt) {
            (Key::Char('\\'), _, true) | (Key::Char('g'), true, _) => {
                let said = background(text);
                self.text = None;
                said.map_or(Taken::Part, Taken::Said)
            }
            (Key::Char(c), false, false) if text.len() < LONGEST && fits(text, c) => {
                text.push(c);
                Taken::Part
            }
            _ => {
                self.text = None;
                Taken::Key
            }
        }
    }
}

/// Whether a letter may be the next of an answer: a person who pressed `Alt-]` goes on typing something else.
fn fits(so_far: &str, c: char) -> bool {
    const HEAD: &str = "11;rgb";
    match HEAD.chars().nth(so_far.len()) {
        Some(expected) => c == expected,
        None => c.is_ascii_hexdigit() || matches!(c, ':' | '/' | 'a'),
    }
}

/// `11;rgb:ffff/ffff/ffff`, each colour with one to four figures, the fourth of `rgba` left out.
fn background(text: &str) -> Option<Theme> {
    let colours = text.split_once(':')?.1;
    let part = |text: &str| {
        let most = 16_u64.checked_pow(u32::try_from(text.len()).ok()?)?.checked_sub(1)?;
        (1..=4).contains(&text.len()).then_some(())?;
        Some(u64::from_str_radix(text, 16).ok()? * 1_000 / most)
    };
    let mut parts = colours.split('/').map(part);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    // How bright the eye finds each: ITU-R BT.709.
    let bright = (2_126 * red + 7_152 * green + 722 * blue) / 10_000;
    Some(if bright > 500 { Theme::Light } else { Theme::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::script;

    fn answered(keys: &str) -> Vec<Taken> {
        let mut answer = Answer::default();
        script(keys).into_iter().map(|chord| answer.take(chord)).collect()
    }

    #[test]
    fn the_environment_is_read_as_terminals_write_it() {
        for (text, theme) in [
            ("15;0", Some(Theme::Dark)),
            ("0;15", Some(Theme::Light)),
            ("0;default;7", Some(Theme::Light)),
            ("12;8", Some(Theme::Dark)),
            ("", None),
            ("0;default", None),
            ("0;99", None),
        ] {
            assert_eq!(from_environment(text), theme, "{text}");
        }
    }

    #[test]
    fn what_was_chosen_last_goes_before_what_is_found_and_no_colour_before_all() {
        let begun = |kept: Option<&str>, no_colour| {
            let mut settings = Settings::default();
            begin(&mut settings, "0;15", kept, no_colour);
            (settings.theme, settings.follow)
        };
        assert_eq!(begun(None, false), (Theme::Light, true));
        assert_eq!(begun(Some("auto"), false), (Theme::Light, true));
        assert_eq!(begun(Some("high-contrast"), false), (Theme::HighContrast, false));
        assert_eq!(begun(Some("pink"), false), (Theme::Light, true), "a kept file that says nothing is as none");
        assert_eq!(begun(Some("dark"), true), (Theme::Monochrome, false));
    }

    #[test]
    fn an_answer_among_the_keys_is_taken_whole() {
        for (keys, theme) in [
            ("<alt-]>11;rgb:ffff/ffff/ffff<alt-\\>", Theme::Light),
            ("<alt-]>11;rgb:1e1e/1e1e/1e1e<ctrl-g>", Theme::Dark),
            ("<alt-]>11;rgb:fd/f6/e3<ctrl-g>", Theme::Light),
            // Blue and red are dark although one of their three figures is the highest there is.
            ("<alt-]>11;rgb:00/00/ff<ctrl-g>", Theme::Dark),
            ("<alt-]>11;rgba:ffff/ffff/f0f0/ffff<alt-\\>", Theme::Light),
        ] {
            let taken = answered(keys);
            assert_eq!(taken.last(), Some(&Taken::Said(theme)), "{keys}");
            assert!(taken.iter().rev().skip(1).all(|one| *one == Taken::Part), "{keys}");
        }
    }

    #[test]
    fn what_is_no_answer_is_typed() {
        assert_eq!(answered("170"), [Taken::Key; 3]);
        assert_eq!(answered("<alt-]>x11"), [Taken::Part, Taken::Key, Taken::Key, Taken::Key]);
        assert_eq!(answered("<alt-]>11;rgb:zz")[8..], [Taken::Key, Taken::Key]);
        // An answer that says nothing is dropped.
        assert_eq!(answered("<alt-]>11;rgb:/<ctrl-g>q").last(), Some(&Taken::Key));
        assert!(!answered("<alt-]>11;rgb:/<ctrl-g>").contains(&Taken::Key));
    }
}
