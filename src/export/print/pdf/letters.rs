//! Letters: the fonts that travel with the program, how wide words are, and where lines break.

use std::cell::RefCell;
use std::collections::BTreeSet;

use krilla::text::Font;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::super::super::ExportError;

const REGULAR: &[u8] = include_bytes!("../../fonts/DejaVuSansCondensed.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/DejaVuSansCondensed-Bold.ttf");
/// Chinese, Japanese and Korean.
const WIDE: &[u8] = include_bytes!("../../fonts/DroidSansFallbackFull.ttf");

/// A font.
pub(super) struct Face {
    pub(super) font: Font,
    glyphs: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    per_em: f32,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Self, ExportError> {
        let failed = || ExportError::Writer("a font that travels with the program cannot be read".to_owned());
        let font = Font::new(bytes.into(), 0).ok_or_else(failed)?;
        let reader = FontRef::new(bytes).map_err(|_| failed())?;
        // Made once: every letter of a print-out is looked up in them several times.
        let (glyphs, metrics) = (reader.charmap(), reader.glyph_metrics(Size::unscaled(), LocationRef::default()));
        Ok(Self { per_em: font.units_per_em(), font, glyphs, metrics })
    }

    /// The glyph of a character and its width in ems; `None` where the font has none.
    pub(super) fn glyph(&self, c: char) -> Option<(u32, f32)> {
        let glyph = self.glyphs.map(c)?;
        let width = self.metrics.advance_width(glyph)?;
        Some((glyph.to_u32(), width / self.per_em))
    }
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) grey: bool,
}

/// The fonts.
pub(super) struct Letters {
    regular: Face,
    bold: Face,
    wide: Face,
    /// What was asked for and cannot be drawn right.
    lacking: RefCell<BTreeSet<char>>,
}

impl Letters {
    pub(super) fn new() -> Result<Self, ExportError> {
        let lacking = RefCell::default();
        Ok(Self { regular: Face::new(REGULAR)?, bold: Face::new(BOLD)?, wide: Face::new(WIDE)?, lacking })
    }

    /// The font a character is drawn in; everything was made drawable by [`Letters::drawable`].
    pub(super) fn face(&self, c: char, bold: bool) -> &Face {
        let first = if bold { &self.bold } else { &self.regular };
        let all = [first, &self.regular, &self.wide];
        all.into_iter().find(|face| face.glyph(c).is_some()).unwrap_or(first)
    }

    /// The text without what draws nothing; control characters become spaces. What cannot be drawn right is kept in mind,
    /// and [`Letters::whole`] then refuses the file: a word with a letter missing is no word.
    pub(super) fn drawable(&self, text: &str) -> String {
        let mut safe = String::with_capacity(text.len());
        for c in text.chars() {
            let known = !needs_shaping(c)
                && [&self.regular, &self.wide].into_iter().any(|face| face.glyph(c).is_some_and(|(id, _)| id != 0));
            match c {
                '\n' => safe.push('\n'),
                // Joiners and variation selectors draw nothing.
                '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {}
                c if c.is_control() => safe.push(' '),
                c if known => safe.push(c),
                c => {
                    self.lacking.borrow_mut().insert(c);
                    safe.push('\u{fffd}');
                }
            }
        }
        safe
    }

    /// Whether everything asked for so far can be drawn right.
    pub(super) fn whole(&self) -> Result<(), ExportError> {
        let lacking = self.lacking.borrow();
        if lacking.is_empty() {
            return Ok(());
        }
        let shown: Vec<String> = lacking.iter().take(8).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        let more = if lacking.len() > 8 { " and more" } else { "" };
        Err(ExportError::Refused(format!(
            "The fonts of the PDF cannot draw these letters right: {}{more}. Write the words in another script, or take the \
             same document as HTML, which a browser draws and prints.",
            shown.join(", ")
        )))
    }

    pub(super) fn width(&self, text: &str, style: Style) -> f32 {
        text.chars().map(|c| self.advance(c, style)).sum()
    }

    fn advance(&self, c: char, style: Style) -> f32 {
        self.face(c, style.bold).glyph(c).map_or(0.0, |(_, width)| width * style.size)
    }

    /// The width of the widest word.
    pub(super) fn widest_word(&self, text: &str, style: Style) -> f32 {
        words(text).iter().map(|word| self.width(word.trim_end(), style)).fold(0.0, f32::max)
    }

    /// Lines no wider than `room`; a word that is wider is broken.
    pub(super) fn wrap(&self, text: &str, style: Style, room: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in self.drawable(text).split('\n') {
            let mut line = String::new();
            let mut used = 0.0;
            for word in words(paragraph) {
                let width = self.width(word.trim_end(), style);
                if used > 0.0 && used + width > room {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                    used = 0.0;
                }
                for c in word.chars() {
                    let advance = self.advance(c, style);
                    if used + advance > room && c != ' ' && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(c);
                    used += advance;
                }
            }
            lines.push(line.trim_end().to_owned());
        }
        lines
    }
}

/// Scripts whose letters join, turn round or stand above each other: drawn letter by letter they are wrong.
fn needs_shaping(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F // marks that stand above another letter
        | 0x0590..=0x08FF // Hebrew, Arabic, Syriac, Thaana, N'Ko and others written from the right
        | 0x0900..=0x109F // the scripts of India, Sinhala, Thai, Lao, Tibetan, Burmese
        | 0x1780..=0x18AF // Khmer, Mongolian
        | 0xFB1D..=0xFDFF
        | 0xFE70..=0xFEFE)
}

/// Words with the spaces behind them. A number keeps its unit: no line ends between `70` and `mg`.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut number = false;
    for piece in text.split_inclusive(' ') {
        let from = piece.as_ptr() as usize - text.as_ptr() as usize;
        if !number && from > start {
            words.extend(text.get(start..from));
            start = from;
        }
        let bare = piece.trim_end();
        number = bare.ends_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || ".,+-".contains(c));
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(words("dose 1,250 mg twice"), ["dose ", "1,250 mg ", "twice"]);
        assert_eq!(words("5"), ["5"]);
        assert!(words("").is_empty());
    }

    #[test]
    fn lines_hold_everything_and_fit() {
        let letters = Letters::new().unwrap();
        let style = Style { size: 10.0, bold: false, grey: false };
        let text = "Ärzte geben 1,250 mg 药物 an vielen Tagen, Donaudampfschifffahrtsgesellschaftskapitän";
        let lines = letters.wrap(text, style, 60.0);
        assert!(lines.iter().all(|line| letters.width(line, style) <= 60.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn what_cannot_be_drawn_right_refuses_the_file() {
        let letters = Letters::new().unwrap();
        assert_eq!(letters.drawable("Ärzte, 药物, Ελένη, Ольга\u{200d}\u{7}"), "Ärzte, 药物, Ελένη, Ольга ");
        assert!(letters.whole().is_ok());
        for (text, code) in
            [("ไทย", "U+0E44"), ("دواء", "U+062F"), ("תרופה", "U+05EA"), ("💊", "U+1F48A"), ("e\u{301}", "U+0301")]
        {
            let letters = Letters::new().unwrap();
            letters.drawable(text);
            let refused = letters.whole().unwrap_err().to_string();
            assert!(refused.contains(code) && refused.contains("HTML"), "{refused}");
        }
    }
}
