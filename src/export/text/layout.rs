//! Lines of a given width: nothing is cut off, a figure stays with its unit.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text that cannot steer a terminal or turn its own direction round.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

/// Columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The lines of a text, each at most `most` columns wide.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(2);
    let mut lines = vec![String::new()];
    for word in words(&clean(text)) {
        let line = lines.last().map_or(0, |line| width(line));
        let space = usize::from(line > 0);
        if line + space + width(&word) <= most {
            append(&mut lines, &[" "[..space].to_owned(), word].concat());
        } else if width(&word) <= most {
            lines.push(word);
        } else {
            broken(&mut lines, &word, most);
        }
    }
    lines
}

fn append(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// Words that stay together: a figure and what it counts are one.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut figure = false;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut().filter(|_| figure) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => words.push(word.to_owned()),
        }
        figure = !figure && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'+' | b'-'));
        figure &= !word.ends_with(',');
    }
    words
}

/// A word wider than a line, broken where it has to be: first at its own spaces, then between characters.
fn broken(lines: &mut Vec<String>, word: &str, most: usize) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
    let mut used = 0;
    for character in word.chars() {
        let wide = character.width().unwrap_or(0);
        if used + wide > most {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(character);
        }
        used += wide;
    }
}

/// A line with a label, its further lines below the text.
pub(super) fn labelled(out: &mut String, label: &str, label_width: usize, text: &str, most: usize) {
    let label = clean(label);
    columns(out, "", &[(&label, label_width), (text, most.saturating_sub(label_width + 2))]);
}

/// Texts side by side, two columns apart, each wrapped in its own width.
pub(super) fn columns(out: &mut String, indent: &str, cells: &[(&str, usize)]) {
    let wrapped: Vec<(Vec<String>, usize)> = cells.iter().map(|(text, most)| (wrap(text, *most), *most)).collect();
    let lines = wrapped.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
    for at in 0..lines {
        let mut line = indent.to_owned();
        for (cell, most) in &wrapped {
            let text = cell.get(at).map_or("", String::as_str);
            line.push_str(text);
            line.push_str(&" ".repeat(most.saturating_sub(width(text)) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stays_with_its_unit() {
        assert_eq!(wrap("take 1,250 mg now", 12), ["take", "1,250 mg now"]);
        assert_eq!(wrap("take 1,250 mg now", 11), ["take", "1,250 mg", "now"]);
        // The comma ends the clause, so the figure is not glued to what follows.
        assert_eq!(wrap("Days 1, 8", 7), ["Days 1,", "8"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_long_words_break() {
        assert_eq!(wrap("鼻咽癌治疗", 4), ["鼻咽", "癌治", "疗"]);
        assert_eq!(wrap("a verylongword", 6), ["a", "verylo", "ngword"]);
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\nc\u{202e}d"), "a [2Jb c d");
    }
}
