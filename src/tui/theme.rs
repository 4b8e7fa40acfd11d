//! How the roles of text look. A severity is always a word and a symbol too, so that a theme without
//! colours loses nothing.

use ratatui::style::{Color, Modifier, Style};

use super::rich::Role;

/// The looks there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Theme {
    #[default]
    Dark,
    Light,
    HighContrast,
    Monochrome,
}

/// Name in the settings file, title, theme.
pub const THEMES: &[(&str, Theme)] = &[
    ("dark", Theme::Dark),
    ("light", Theme::Light),
    ("high-contrast", Theme::HighContrast),
    ("monochrome", Theme::Monochrome),
];

/// Looks that follow the background of the terminal, by their name in the settings file.
pub const FOLLOW: &str = "auto";

impl Theme {
    /// The name in the settings file.
    pub fn name(self) -> &'static str {
        THEMES.iter().find(|(_, theme)| *theme == self).map_or("dark", |(name, _)| name)
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        let at = THEMES.iter().position(|(_, theme)| *theme == self).map_or(0, |at| at + 1);
        THEMES.get(at % THEMES.len()).map_or(Theme::Dark, |(_, theme)| *theme)
    }

    /// The look of a role.
    pub fn style(self, role: Role) -> Style {
        let shape = Style::new().add_modifier(shape(role));
        match self {
            Theme::Monochrome => shape,
            Theme::Dark => colour(shape, dark(role)),
            Theme::Light => colour(shape, light(role)),
            Theme::HighContrast => colour(shape, strong(role)),
        }
    }
}

fn colour(style: Style, colour: Option<Color>) -> Style {
    match colour {
        Some(colour) => style.fg(colour),
        None => style,
    }
}

/// Bold, dim, underlined, reversed: what a terminal without colours shows.
fn shape(role: Role) -> Modifier {
    match role {
        Role::Title | Role::Key | Role::Dose | Role::Block | Role::Warn | Role::Changed | Role::Focus => Modifier::BOLD,
        Role::Muted | Role::Closed | Role::Border => Modifier::DIM,
        Role::Today | Role::Field => Modifier::UNDERLINED,
        Role::Cursor | Role::Chosen | Role::Bar => Modifier::REVERSED,
        Role::Home | Role::Test => Modifier::ITALIC,
        Role::Text | Role::Drug | Role::Window | Role::Note => Modifier::empty(),
    }
}

/// Names and doses are in the terminal's own colour, which can be read on its background whatever that is. Of the others
/// each means one thing: accent, what is at home or looked at, windows, what needs a hand, what is wrong.
fn dark(role: Role) -> Option<Color> {
    match role {
        Role::Title | Role::Focus | Role::Key => Some(Color::Cyan),
        Role::Home | Role::Test => Some(Color::LightBlue),
        Role::Window => Some(Color::Green),
        Role::Block => Some(Color::LightRed),
        Role::Warn | Role::Changed => Some(Color::LightYellow),
        _ => None,
    }
}

fn light(role: Role) -> Option<Color> {
    match role {
        Role::Title | Role::Focus | Role::Key => Some(Color::Blue),
        Role::Home | Role::Test => Some(Color::Blue),
        Role::Window => Some(Color::Green),
        Role::Block => Some(Color::Red),
        // Yellow cannot be read on white.
        Role::Warn | Role::Changed => Some(Color::Magenta),
        _ => None,
    }
}

#[allow(clippy::unnecessary_wraps)] // every theme has the same shape
fn strong(role: Role) -> Option<Color> {
    match role {
        Role::Block | Role::Warn | Role::Changed => Some(Color::LightYellow),
        Role::Key | Role::Dose | Role::Title | Role::Focus => Some(Color::LightYellow),
        _ => Some(Color::White),
    }
}

/// What stands for a sign where only ASCII may be shown.
const ASCII: &[(&str, &str)] = &[
    ("─", "-"),
    ("│", "|"),
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    ("├", "+"),
    ("┤", "+"),
    ("┬", "+"),
    ("┴", "+"),
    ("┼", "+"),
    ("█", "#"),
    ("░", "."),
    ("▶", ">"),
    ("◂", "<"),
    ("▸", ">"),
    ("·", "."),
    ("•", "*"),
    ("✖", "X"),
    ("▲", "!"),
    ("²", "2"),
    ("³", "3"),
    ("×", "x"),
    ("✓", "v"),
    ("◐", "/"),
    ("‖", "="),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("≠", "#"),
    ("└", "+"),
    ("√", "V"),
    ("÷", "/"),
    ("≥", ">"),
    ("≤", "<"),
    ("…", "."),
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
    ("µ", "u"),
    ("°", "o"),
    ("’", "'"),
    ("\u{a0}", " "),
    ("⁻", "-"),
    ("¹", "1"),
    ("±", "+"),
    ("é", "e"),
    ("ü", "u"),
    ("ö", "o"),
    ("ä", "a"),
];

/// What stands for a character where only ASCII is wanted.
pub fn ascii(symbol: &str) -> &'static str {
    let block = |symbol: &str| match symbol.chars().next() {
        Some('\u{2800}') => " ",
        Some('\u{2801}'..='\u{28ff}') => "*",
        Some('\u{2580}'..='\u{259f}') => "#",
        _ => "?",
    };
    ASCII.iter().find(|(from, _)| *from == symbol).map_or_else(|| block(symbol), |(_, to)| to)
}
