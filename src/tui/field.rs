//! A line of text being typed.

use super::key::{Chord, Key};
use crate::writing::is_hidden;

/// Text and the place of the cursor, counted in characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextField {
    /// What was typed.
    pub text: String,
    /// Characters before the cursor.
    pub cursor: usize,
    /// Whether the text is an offer, which nobody has touched: the first letter typed replaces it.
    offered: bool,
}

/// The longest text a field takes.
const LONGEST: usize = 300;

impl TextField {
    /// A field with a text, cursor behind it.
    pub fn with(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.chars().count(), text, offered: false }
    }

    /// A field with a text that is likely meant: who types anything else is not typing behind it.
    pub fn offered(text: impl Into<String>) -> Self {
        let field = Self::with(text);
        Self { offered: !field.text.is_empty(), ..field }
    }

    /// Whether nobody has touched what is offered.
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// Byte position of the cursor.
    fn at(&self, cursor: usize) -> usize {
        self.text.char_indices().nth(cursor).map_or(self.text.len(), |(at, _)| at)
    }

    fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// Puts a text in at the cursor; what nobody sees is dropped, line ends become spaces: what is kept is what is shown.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.offered) {
            self.remove(0, self.length());
        }
        let line = text.trim_end_matches(['\r', '\n']).chars();
        let room = LONGEST.saturating_sub(self.length());
        let clean: String = line
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !is_hidden(*c))
            .take(room)
            .collect();
        let at = self.at(self.cursor);
        self.text.insert_str(at, &clean);
        self.cursor += clean.chars().count();
    }

    fn remove(&mut self, from: usize, to: usize) {
        let (start, end) = (self.at(from), self.at(to));
        self.text.replace_range(start..end, "");
        self.cursor = from;
    }

    fn word_before(&self) -> usize {
        let before: Vec<char> = self.text.chars().take(self.cursor).collect();
        let trimmed = before.iter().rposition(|c| *c != ' ').map_or(0, |at| at + 1);
        before.iter().take(trimmed).rposition(|c| *c == ' ').map_or(0, |at| at + 1)
    }

    /// Takes a key that edits a line; tells whether it did.
    pub fn take(&mut self, chord: Chord) -> bool {
        let end = self.length();
        self.cursor = self.cursor.min(end);
        // Whoever moves in it or takes a letter away edits it.
        self.offered &= matches!((chord.key, chord.ctrl, chord.alt), (Key::Char(_), false, false));
        match (chord.key, chord.ctrl, chord.alt) {
            (Key::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (Key::Backspace, false, false) if self.cursor > 0 => self.remove(self.cursor - 1, self.cursor),
            (Key::Backspace, false, false) => {}
            (Key::Delete, false, false) if self.cursor < end => self.remove(self.cursor, self.cursor + 1),
            (Key::Delete, false, false) => {}
            (Key::Left, false, false) if self.cursor > 0 => self.cursor -= 1,
            (Key::Right, false, false) if self.cursor < end => self.cursor += 1,
            // At the end that it asks for a key is free for the list beside the field.
            (Key::Home, ..) if self.cursor > 0 => self.cursor = 0,
            (Key::End, ..) if self.cursor < end => self.cursor = end,
            (Key::Char('a'), true, _) => self.cursor = 0,
            (Key::Char('e'), true, _) => self.cursor = end,
            (Key::Char('u'), true, _) => self.remove(0, self.cursor),
            (Key::Char('w'), true, _) | (Key::Backspace, _, true) => self.remove(self.word_before(), self.cursor),
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::script;
    use super::*;

    fn typed(keys: &str) -> TextField {
        let mut field = TextField::default();
        for chord in script(keys) {
            field.take(chord);
        }
        field
    }

    #[test]
    fn a_line_is_edited() {
        assert_eq!(typed("170<left><left>x<backspace><end>.5").text, "170.5");
        assert_eq!(typed("ab cd<ctrl-w>e").text, "ab e");
        assert_eq!(typed("abc<ctrl-u>d").text, "d");
        assert_eq!(typed("é<backspace>").text, "");
        assert_eq!(typed("<backspace><delete><left>").cursor, 0);
    }

    #[test]
    fn what_is_offered_is_replaced_by_the_first_letter_and_edited_by_any_other_key() {
        let after = |keys: &str| {
            let mut field = TextField::offered("A.Nurse");
            for chord in script(keys) {
                field.take(chord);
            }
            field.text
        };
        assert_eq!(after("B.Weber"), "B.Weber");
        assert_eq!(after("<backspace>y"), "A.Nursy");
        assert_eq!(after("<left>x"), "A.Nursxe");
        let mut pasted = TextField::offered("A.Nurse");
        pasted.insert("B.Weber");
        assert_eq!(pasted.text, "B.Weber");
    }

    #[test]
    fn pasted_line_ends_do_not_submit() {
        let mut field = TextField::default();
        field.insert("65\r\n");
        assert_eq!(field.text, "65");
        field.insert("\u{1b}[2J");
        assert_eq!(field.text, "65[2J");
        field.insert("\u{202e}a\u{200b}b\u{ad}");
        assert_eq!(field.text, "65[2Jab");
        // A terminal sends the line break of a pasted text as a carriage return: it divides the figures.
        let mut field = TextField::default();
        field.insert("17\r0");
        assert_eq!(field.text, "17 0");
    }
}
