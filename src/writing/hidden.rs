//! Characters that nobody sees and that change how the text around them is read.
//!
//! A terminal obeys control characters: a name that holds them can erase a line of an audit trail, or write one that
//! never was. Marks of direction turn what stands behind them round, and characters without width make two texts that
//! look alike differ. None of them says anything in a name, a reason or a regimen.

use std::borrow::Cow;
use std::fmt;

/// Whether a character is obeyed or ignored instead of being shown: control characters (category Cc), line and paragraph
/// separators (Zl, Zp), annotation marks, and all that Unicode calls default-ignorable, which has the marks of
/// direction, the characters without width, fillers, variation selectors and tags (`Default_Ignorable_Code_Point`
/// of the Unicode Character Database, DerivedCoreProperties.txt).
pub const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A character that nobody sees, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// Which.
    pub character: char,
    /// As which character of the text, from 1.
    pub at: usize,
}

/// The first character of a text that nobody sees.
pub fn hidden(text: &str) -> Option<Hidden> {
    let found = (1..).zip(text.chars()).find(|(_, c)| is_hidden(*c));
    found.map(|(at, character)| Hidden { character, at })
}

/// Whether a character does more to a text than join letters or vary a sign, as emoji and some scripts need.
pub const fn is_steering(c: char) -> bool {
    is_hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// The first character of a text that steers what shows it.
pub fn steering(text: &str) -> Option<Hidden> {
    let found = (1..).zip(text.chars()).find(|(_, c)| is_steering(*c));
    found.map(|(at, character)| Hidden { character, at })
}

/// `a line break (U+000A) as character 3`
impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let called = match self.character {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break",
            '\t' => "a tab",
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                "a mark that turns the direction of writing"
            }
            c if c.is_control() => "a control character",
            _ => "a character without width",
        };
        write!(f, "{called} (U+{:04X}) as character {}", u32::from(self.character), self.at)
    }
}

/// The text on one line, what nobody sees written as `\u202e`, in the notation that JSON reads back as it was.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |_, _| false)
}

/// Lines of a text that the program laid out: as [`visible`], but line ends and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c, next| matches!(c, '\n' | '\t') || c == '\r' && next == Some('\n'))
}

fn escaped(text: &str, keep: impl Fn(char, Option<char>) -> bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_hidden(c) && !keep(c, rest.peek().copied()) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_named_with_its_place() {
        let told = |text: &str| hidden(text).map(|found| found.to_string());
        assert_eq!(told("A. Müller, 患者, ½ dose – ≥ 3 × 10⁹/L, e\u{301}"), None);
        assert_eq!(told("RT\nx").as_deref(), Some("a line break (U+000A) as character 3"));
        assert_eq!(told("\u{1b}[2J").as_deref(), Some("a control character (U+001B) as character 1"));
        assert_eq!(
            told("ab\u{202e}").as_deref(),
            Some("a mark that turns the direction of writing (U+202E) as character 3")
        );
        assert_eq!(told("a\u{200b}").as_deref(), Some("a character without width (U+200B) as character 2"));
    }

    #[test]
    fn what_is_hidden_is_written_so_that_json_reads_it_back() {
        assert_eq!(visible("a\u{1b}[2J\nb\u{202e}"), "a\\u001b[2J\\u000ab\\u202e");
        assert_eq!(visible("\u{e0041}"), "\\udb40\\udc41");
        assert_eq!(visible_lines("a\r\nb\tc\rd\n"), "a\r\nb\tc\\u000dd\n");
        assert!(matches!(visible("plain \"text\" \\ über"), Cow::Borrowed(_)));
    }
}
