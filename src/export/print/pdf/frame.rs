//! What stands on every page outside the reading order: whose it is, what it is worth, where it is from.

use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag};

use super::super::document::Document;
use super::layout::{Captions, Draw, HEAD, SIDE, STRIP};
use super::letters::{Letters, Style};
use super::{coloured, draw, text};

const CAPTION: Style = Style { size: 6.6, bold: false, grey: true };
const VALUE: Style = Style { size: 10.5, bold: true, grey: false };
const PAD: f32 = 5.0;
/// The least a name takes that is written by hand.
const BY_HAND: f32 = 70.0;

/// What a draft is, in the strip of a page of staff.
fn state(banner: &str) -> String {
    let what = if banner == "DRAFT" { "nobody has approved it for use" } else { "not for use any more" };
    format!("{banner} regimen: {what}")
}

/// Head, strip and foot of a page.
pub(super) fn frame(
    surface: &mut Surface<'_>,
    letters: &Letters,
    document: &Document,
    size: (f32, f32),
    (more, number, count): (&Captions, usize, usize),
) {
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Header));
    head(surface, letters, document, size, (more, number, count));
    if let Some(banner) = &document.banner {
        let (top, width) = (HEAD.0 + HEAD.1, size.0 - 2.0 * SIDE);
        draw(surface, letters, &Draw::Fill { x: SIDE, y: top, width, height: STRIP, rgb: (0, 0, 0) });
        let style = Style { size: 8.6, bold: true, grey: false };
        let words = Draw::White { x: SIDE + PAD, baseline: top + STRIP - 4.2, style, text: state(banner) };
        draw(surface, letters, &words);
    }
    surface.end_tagged();
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Footer));
    let style = Style { size: 6.8, bold: false, grey: false };
    coloured(surface, (0, 0, 0));
    let lines: Vec<String> = document.foot.iter().flat_map(|line| foot(letters, line, style, size.0)).collect();
    let mut baseline = size.1 - 46.0;
    for line in lines {
        text(surface, letters, (SIDE, baseline), style, &line);
        baseline += 8.4;
    }
    surface.end_tagged();
}

/// Captions with values in one row, and the number of the page; where nothing is said, a line to write on.
fn head(
    surface: &mut Surface<'_>,
    letters: &Letters,
    document: &Document,
    size: (f32, f32),
    (more, number, count): (&Captions, usize, usize),
) {
    let pages = format!("{number} of {count}");
    let cells: Vec<(String, String)> = document.head.iter().chain(more).cloned().collect();
    let right = size.0 - SIDE;
    let (top, height) = HEAD;
    let last = letters.width(&pages, VALUE).max(letters.width("Page", CAPTION)) + 2.0 * PAD;
    let room = right - SIDE - last - if document.head.is_empty() { 0.0 } else { BY_HAND };
    // Where they do not all fit, every value is written smaller: none is cut.
    let mut style = VALUE;
    let wide = |style: Style, (caption, value): &(String, String)| {
        let least = if value.is_empty() { 54.0 } else { 0.0 };
        letters.width(value, style).max(letters.width(caption, CAPTION)).max(least) + 2.0 * PAD
    };
    while cells.iter().map(|cell| wide(style, cell)).sum::<f32>() > room && style.size > 6.5 {
        style.size -= 0.5;
    }
    draw(surface, letters, &Draw::Frame { x: SIDE, y: top, width: right - SIDE, height, line: 1.2 });
    let mut x = SIDE;
    let mut cell = |x: f32, caption: &str, value: &str, style: Style| {
        let text = letters.drawable(caption);
        draw(surface, letters, &Draw::Words { x: x + PAD, baseline: top + 9.0, style: CAPTION, text });
        let text = letters.drawable(value).replace('\n', " ");
        draw(surface, letters, &Draw::Words { x: x + PAD, baseline: top + height - 6.0, style, text });
        if x > SIDE {
            draw(surface, letters, &Draw::Fill { x, y: top, width: 0.6, height, rgb: (0, 0, 0) });
        }
    };
    for one in &cells {
        cell(x, &one.0, &one.1, style);
        x += wide(style, one);
    }
    if !document.head.is_empty() {
        cell(x, "Name or second identifier (by hand)", "", style);
    }
    cell(right - last, "Page", &pages, VALUE);
}

/// A line at the foot of a page: at most three, and an ellipsis where words had to stay out.
fn foot(letters: &Letters, line: &str, style: Style, width: f32) -> Vec<String> {
    let mut lines = letters.wrap(line, style, width - 2.0 * SIDE);
    if lines.len() > 3 {
        lines.truncate(3);
        let last = lines.pop().unwrap_or_default();
        lines.push(format!("{last} …"));
    }
    lines
}
