//! Content lines of iCalendar: escaping, folding, and the way back.
//!
//! A physical line has at most 75 octets (RFC 5545, 3.1). It is folded between characters, never inside
//! one, never inside an escape such as `\n` (some calendars drop the event), and not between a letter and
//! its accents or inside a joined emoji where that can be helped.

use unicode_width::UnicodeWidthChar;

use crate::writing::is_steering;

/// Octets of a physical line, its line break not counted.
const MOST: usize = 75;

/// A text value: line breaks become `\n`, whatever else steers a text a space.
pub(super) fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_control() && !matches!(byte, b'\\' | b';' | b',');
    if text.bytes().all(plain) {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    let text = text.replace("\r\n", "\n");
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            _ if is_steering(character) => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Appends a content line, folded.
pub(super) fn push(out: &mut String, line: &str) {
    if line.len() <= MOST {
        out.push_str(line);
        out.push_str("\r\n");
        return;
    }
    if line.is_ascii() {
        return push_ascii(out, line);
    }
    let mut used = 0;
    pieces(line, |piece| {
        if used + piece.len() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push_str(piece);
        used += piece.len();
    });
    out.push_str("\r\n");
}

/// The same for a line in which every character is an octet: only an escape must not be split.
fn push_ascii(out: &mut String, mut rest: &str) {
    let mut room = MOST;
    while rest.len() > room {
        let slashes = rest.bytes().take(room).rev().take_while(|byte| *byte == b'\\').count();
        let Some((here, below)) = rest.split_at_checked(room - slashes % 2) else { break };
        out.push_str(here);
        out.push_str("\r\n ");
        rest = below;
        room = MOST - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

/// What stays together on a line, one after the other.
fn pieces(line: &str, mut take: impl FnMut(&str)) {
    let mut start = 0;
    let mut before = None;
    let mut escaping = false;
    for (at, character) in line.char_indices() {
        let joins = !character.is_ascii() && character.width() == Some(0) || before == Some('\u{200d}');
        // A cluster longer than a line has to break somewhere.
        let fits = at + character.len_utf8() - start < MOST;
        if at > start && !(escaping || joins && fits) {
            take(line.get(start..at).unwrap_or_default());
            start = at;
        }
        escaping = !escaping && character == '\\';
        before = Some(character);
    }
    take(line.get(start..).unwrap_or_default());
}

/// The content lines of a file, folds taken out.
pub(super) fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for physical in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        match (physical.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(line)) => line.push_str(rest),
            _ => lines.push(physical.to_owned()),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(line: &str) -> Vec<String> {
        let mut out = String::new();
        push(&mut out, line);
        out.strip_suffix("\r\n").unwrap().split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_line_of_75_octets_is_not_folded_and_one_of_76_is() {
        assert_eq!(folded(&"a".repeat(75)), ["a".repeat(75)]);
        assert_eq!(folded(&"a".repeat(76)), ["a".repeat(75), " a".to_owned()]);
        // The space of a continuation counts: 75 + 74 octets, then the rest.
        assert_eq!(folded(&"a".repeat(150)), ["a".repeat(75), format!(" {}", "a".repeat(74)), " a".to_owned()]);
    }

    #[test]
    fn neither_a_character_nor_an_escape_is_split() {
        assert_eq!(folded(&format!("{}é", "a".repeat(74))), ["a".repeat(74), " é".to_owned()]);
        assert_eq!(folded(&format!("{}\\,b", "a".repeat(74))), ["a".repeat(74), " \\,b".to_owned()]);
        // The second backslash ends an escape; what follows may go to the next line.
        assert_eq!(folded(&format!("{}\\\\n", "a".repeat(73))), [format!("{}\\\\", "a".repeat(73)), " n".to_owned()]);
        let family = "👩\u{200d}👧";
        assert_eq!(folded(&format!("{}{family}", "a".repeat(70))), ["a".repeat(70), format!(" {family}")]);
    }

    #[test]
    fn folding_by_octets_and_by_characters_agree() {
        // An accent in front takes the slower way; behind it both ways must cut alike.
        for slashes in 0..5 {
            for before in 140..152 {
                let line = format!("{}{},{}", "a".repeat(before), "\\".repeat(slashes), "b".repeat(90));
                let lines = folded(&line);
                assert!(lines.iter().all(|line| line.len() <= MOST), "{lines:?}");
                let ends = |line: &String| line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2;
                assert!(lines.iter().all(|line| ends(line) == 0), "an escape is split: {lines:?}");
                assert_eq!(unfold(&lines.join("\r\n")), std::slice::from_ref(&line));
                let accented = folded(&format!("é{line}"));
                let shorter = folded(&format!("aa{line}"));
                assert_eq!(accented.concat().replace('é', "aa"), shorter.concat());
            }
        }
    }

    #[test]
    fn a_pile_of_accents_longer_than_a_line_still_folds() {
        let pile = format!("e{}", "\u{301}".repeat(100));
        assert!(folded(&pile).iter().all(|line| line.len() <= MOST));
        assert_eq!(unfold(&folded(&pile).join("\r\n")), [pile]);
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a,b;c\\d\r\ne\rf\u{1b}g\u{2028}h:i"), "a\\,b\\;c\\\\d\\ne\\nf g\\nh:i");
    }
}
