//! Text with roles: what the screens and `--plain` both print.
//!
//! A screen says *what* a piece of text is; the theme says how that looks. Lines wrap between words,
//! never inside a figure with its unit.

use unicode_width::UnicodeWidthStr;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[allow(missing_docs)]
pub enum Role {
    #[default]
    Text,
    Muted,
    Title,
    Key,
    Drug,
    Dose,
    Home,
    Test,
    Window,
    Today,
    Closed,
    Cursor,
    Chosen,
    Changed,
    Field,
    Block,
    Warn,
    Note,
    Border,
    Focus,
    Bar,
}

/// A piece of text.
pub type Span = (String, Role);

/// One line, which may wrap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Pieces from the left.
    pub spans: Vec<Span>,
    /// A piece at the right edge, never broken; on a line of its own when it does not fit.
    pub right: Option<Span>,
    /// Columns by which the text is indented.
    pub indent: usize,
    /// Columns by which lines after the first are indented further.
    pub hang: usize,
}

impl Line {
    /// A line of one piece.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self { spans: vec![(text.into(), role)], ..Self::default() }
    }

    /// An empty line.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a piece.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, role: Role) -> Self {
        self.spans.push((text.into(), role));
        self
    }

    /// Adds the piece at the right edge.
    #[must_use]
    pub fn right(mut self, text: impl Into<String>, role: Role) -> Self {
        self.right = Some((text.into(), role));
        self
    }

    /// Indents the whole line.
    #[must_use]
    pub fn indent(mut self, columns: usize) -> Self {
        self.indent = columns;
        self
    }

    /// Indents lines after the first.
    #[must_use]
    pub fn hang(mut self, columns: usize) -> Self {
        self.hang = columns;
        self
    }

    /// The text alone.
    pub fn plain(&self) -> String {
        let mut text = " ".repeat(self.indent);
        text.extend(self.spans.iter().map(|(text, _)| text.as_str()));
        if let Some((right, _)) = &self.right {
            text.push_str(if self.spans.is_empty() { "" } else { "  " });
            text.push_str(right);
        }
        text.replace('\u{a0}', " ").trim_end().to_owned()
    }
}

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A word and the spaces before it.
struct Word<'a> {
    text: &'a str,
    role: Role,
    gap: usize,
}

/// Words of the pieces; a number stays with the unit behind it.
fn words(spans: &[Span]) -> Vec<Vec<Word<'_>>> {
    let mut groups: Vec<Vec<Word<'_>>> = Vec::new();
    let mut gap = 0;
    for (text, role) in spans {
        for (nth, word) in text.split(' ').enumerate() {
            gap += usize::from(nth > 0);
            if word.is_empty() {
                continue;
            }
            let glued = gap == 0
                || gap == 1 && groups.last().and_then(|group| group.last()).is_some_and(|last| unit(last.text, word));
            let word = Word { text: word, role: *role, gap };
            match groups.last_mut().filter(|_| glued) {
                Some(group) => group.push(word),
                None => groups.push(vec![word]),
            }
            gap = 0;
        }
    }
    groups
}

/// Whether the second word is the unit of the figure before it.
fn unit(figure: &str, word: &str) -> bool {
    let figure = figure.trim_start_matches(['(', '+', '-', '~', '√']);
    let number = figure.starts_with(|c: char| c.is_ascii_digit()) && !figure.contains(['-', ':', ';']);
    number && !figure.ends_with([',', '.']) && word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '%')
}

/// Lines of pieces that fit into a width. Leading spaces of a piece are kept by `indent` only.
pub fn wrap(line: &Line, columns: usize) -> Vec<Vec<Span>> {
    let columns = columns.max(1);
    let indent = line.indent.min(columns / 3);
    let hang = (line.indent + line.hang).min(columns / 2);
    let mut rows = Rows { rows: vec![Vec::new()], used: 0, columns, hang };
    rows.pad(indent);
    for group in words(&line.spans) {
        rows.group(&group);
    }
    if let Some((text, role)) = &line.right {
        rows.right(text, *role);
    }
    rows.rows
}

struct Rows {
    #[allow(clippy::struct_field_names)] // the rows of the table it draws
    rows: Vec<Vec<Span>>,
    used: usize,
    columns: usize,
    hang: usize,
}

impl Rows {
    fn pad(&mut self, columns: usize) {
        if columns > 0 {
            self.push(&" ".repeat(columns), Role::Text);
        }
    }

    fn push(&mut self, text: &str, role: Role) {
        self.used += width(text);
        if let Some(row) = self.rows.last_mut() {
            match row.last_mut() {
                Some((last, known)) if *known == role => last.push_str(text),
                _ => row.push((text.to_owned(), role)),
            }
        }
    }

    fn next(&mut self, indent: usize) {
        self.rows.push(Vec::new());
        self.used = 0;
        self.pad(indent);
    }

    fn bare(&self) -> bool {
        self.rows.last().is_none_or(|row| row.iter().all(|(text, _)| text.trim().is_empty()))
    }

    fn group(&mut self, group: &[Word<'_>]) {
        let length: usize = group.iter().map(|word| width(word.text) + word.gap).sum();
        let spaced = group.iter().any(|word| word.text.contains([' ', '\u{a0}']));
        if spaced && self.used + length > self.columns && length + self.hang > self.columns {
            return self.loose(group);
        }
        if self.used + length > self.columns && !self.bare() {
            self.next(self.hang);
        }
        for word in group {
            if !self.bare() && self.used + word.gap < self.columns {
                self.push(&" ".repeat(word.gap), Role::Text);
            } else if word.gap > 0 && !self.bare() {
                self.next(self.hang);
            }
            self.word(word);
        }
    }

    /// What was to be kept together and has no room for that breaks between its words.
    fn loose(&mut self, group: &[Word<'_>]) {
        let span =
            |word: &Word<'_>| (format!("{}{}", " ".repeat(word.gap), word.text.replace('\u{a0}', " ")), word.role);
        let spans: Vec<Span> = group.iter().map(span).collect();
        for group in words(&spans) {
            self.group(&group);
        }
    }

    /// A word longer than the line is broken, never cut.
    fn word(&mut self, word: &Word<'_>) {
        for c in word.text.chars() {
            let mut letter = [0; 4];
            let letter = c.encode_utf8(&mut letter);
            if self.used + width(letter) > self.columns && self.used > 0 {
                self.next(self.hang);
                if c == ' ' {
                    continue;
                }
            }
            self.push(letter, word.role);
        }
    }

    fn right(&mut self, text: &str, role: Role) {
        let length = width(text);
        let room = usize::from(!self.bare());
        if self.used + room + length > self.columns && !self.bare() {
            self.next(0);
        }
        let gap = self.columns.saturating_sub(self.used + length);
        self.pad(gap);
        self.group(&[Word { text, role, gap: 0 }]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(line: &Line, columns: usize) -> Vec<String> {
        wrap(line, columns).iter().map(|row| row.iter().map(|(text, _)| text.as_str()).collect()).collect()
    }

    #[test]
    fn a_figure_stays_with_its_unit() {
        let line = Line::new("3 vials of 43 mg in 10 mL", Role::Text);
        for columns in 7..30 {
            for row in rows(&line, columns) {
                assert!(!row.ends_with("43") && !row.ends_with("10"), "{columns}: {row}");
            }
        }
    }

    #[test]
    fn what_is_too_long_to_be_kept_together_breaks_between_words() {
        let dose = "1,500 mg in the morning and 2,000 mg in the evening";
        let right = Line::new("capecitabine", Role::Drug).right(dose, Role::Dose);
        assert_eq!(rows(&right, 34), ["capecitabine", "1,500 mg in the morning and", "2,000 mg in the evening"]);
        let held = Line::new("Tue", Role::Title).and(format!(" {}", dose.replace(' ', "\u{a0}")), Role::Dose).hang(4);
        for columns in 14..60 {
            for row in rows(&held, columns) {
                assert!(row.trim_start().chars().count() <= columns, "{columns}: {row}");
                assert!(!row.ends_with("00") && !row.ends_with(" m") && !row.ends_with(" i"), "{columns}: {row}");
            }
        }
    }

    #[test]
    fn nothing_is_ever_cut() {
        let line = Line::new("irinotecan liposomal", Role::Drug).right("1,250 mg", Role::Dose).indent(2).hang(2);
        for columns in 1..40 {
            let all: String = rows(&line, columns).concat();
            let letters: String = all.chars().filter(|c| *c != ' ').collect();
            assert_eq!(letters, "irinotecanliposomal1,250mg", "{columns}");
            for row in rows(&line, columns) {
                assert!(width(&row) <= columns, "{columns}: {row:?}");
            }
        }
        assert_eq!(rows(&line, 32), ["  irinotecan liposomal  1,250 mg"]);
    }
}
