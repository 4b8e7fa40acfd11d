//! A print-out as PDF: fonts inside, tagged, title and language set, every page numbered. The writer is
//! asked to keep the rules of PDF/UA-1 and refuses a file that breaks one it can check.

mod frame;
mod labels;
mod layout;
pub(super) mod leaf;
mod letters;
mod tags;

use krilla::color::rgb;
use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document as Pdf, SerializeSettings};

use super::super::ExportError;
use super::document::{Document, Label, Labels, sheet_size};
use layout::{Draw, Layout, Page};
use letters::{Letters, Style};
use tags::Tags;

const A4: (f32, f32) = (595.28, 841.89);
const LETTER: (f32, f32) = (612.0, 792.0);

/// Writes the file.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let letters = Letters::new()?;
    let size = if document.letter { LETTER } else { A4 };
    let head = Head { title: &document.full_title(), generated: &document.generated };
    if let Some(labels) = &document.labels {
        let mut tags = Tags::default();
        let pages = labels::pages(&letters, labels, &mut tags);
        let made = Assembled { pages, tags, headings: Vec::new() };
        return assemble(&letters, &head, sheet_size(labels.size), made, &|_, _| {});
    }
    let mut layout = Layout::new(&letters, size, document.banner.is_some());
    layout.document(document);
    let heads = layout.heads;
    let made = Assembled { pages: layout.pages, tags: layout.tags, headings: layout.headings };
    let frame = |surface: &mut Surface<'_>, (number, count): (usize, usize)| {
        let none = Vec::new();
        let more = heads.get(number.saturating_sub(1)).unwrap_or(&none);
        frame::frame(surface, &letters, document, size, (more, number, count));
    };
    assemble(&letters, &head, size, made, &frame)
}

/// What a file says of itself.
struct Head<'a> {
    title: &'a str,
    generated: &'a str,
}

/// Pages with their tags, and the page on which each heading stands.
struct Assembled {
    pages: Vec<Page>,
    tags: Tags,
    headings: Vec<(String, usize)>,
}

/// The file of laid-out pages; `frame` draws what stands on each outside the reading order, behind everything else.
fn assemble(
    letters: &Letters,
    head: &Head<'_>,
    size: (f32, f32),
    made: Assembled,
    frame: &dyn Fn(&mut Surface<'_>, (usize, usize)),
) -> Result<Vec<u8>, ExportError> {
    super::printable(made.pages.len())?;
    let configuration = Configuration::new_with_validator(Validator::UA1);
    let mut pdf = Pdf::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    pdf.set_metadata(metadata(head));
    let mut tags = made.tags;
    let count = made.pages.len();
    for (pieces, number) in made.pages.iter().zip(1..) {
        let settings = PageSettings::from_wh(size.0, size.1)
            .ok_or_else(|| ExportError::Writer("a page without a size".to_owned()))?;
        let mut page = pdf.start_page_with(settings);
        let mut surface = page.surface();
        frame(&mut surface, (number, count));
        for (tag, draws) in body(pieces) {
            let id = surface.start_tagged(match tag {
                Some(_) => ContentTag::Other,
                None => ContentTag::Artifact(ArtifactType::Other),
            });
            draws.iter().for_each(|one| draw(&mut surface, letters, one));
            surface.end_tagged();
            if let Some(tag) = tag {
                tags.drawn(tag, id);
            }
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    for (title, page) in made.headings {
        outline.push_child(OutlineNode::new(title, XyzDestination::new(page, Point::from_xy(0.0, 0.0))));
    }
    pdf.set_outline(outline);
    pdf.set_tag_tree(tags.tree());
    letters.whole()?;
    pdf.finish().map_err(|error| ExportError::Writer(format!("{error:?}")))
}

fn body(page: &Page) -> impl Iterator<Item = (Option<usize>, &[Draw])> {
    page.iter().map(|piece| (piece.tag, piece.draws.as_slice()))
}

fn metadata(head: &Head<'_>) -> Metadata {
    let metadata = Metadata::new()
        .title(head.title.to_owned())
        .language("en".to_owned())
        .creator(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned());
    match made(head.generated) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// `2026-12-05T09:30:00Z` as the file wants it.
fn made(generated: &str) -> Option<DateTime> {
    let part = |range: std::ops::Range<usize>| generated.get(range)?.parse::<u8>().ok();
    let date = DateTime::new(generated.get(..4)?.parse().ok()?).month(part(5..7)?).day(part(8..10)?);
    let date = date.hour(part(11..13)?).minute(part(14..16)?).second(part(17..19)?);
    Some(if generated.ends_with('Z') { date.utc_offset_hour(0).utc_offset_minute(0) } else { date })
}

/// The labels as they fit their stock: in smaller letters, then without their place among the other drugs, then without
/// their remark, where it must be; the label that does not even fit so is the error.
pub(super) fn fitted(mut made: Labels) -> Result<Result<Labels, Box<Label>>, ExportError> {
    let letters = Letters::new()?;
    for label in &mut made.labels {
        if labels::shrink(&letters, label, made.size) {
            continue;
        }
        if let Some(alone) = label.how_alone.take() {
            label.how = alone;
            if labels::shrink(&letters, label, made.size) {
                continue;
            }
        }
        label.remark = None;
        if !labels::shrink(&letters, label, made.size) {
            return Ok(Err(Box::new(label.clone())));
        }
    }
    Ok(Ok(made))
}

fn coloured(surface: &mut Surface<'_>, (r, g, b): (u8, u8, u8)) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(r, g, b).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }));
}

fn draw(surface: &mut Surface<'_>, letters: &Letters, draw: &Draw) {
    match draw {
        Draw::Words { x, baseline, style, text: words } => {
            coloured(surface, if style.grey { (70, 70, 70) } else { (0, 0, 0) });
            text(surface, letters, (*x, *baseline), *style, words);
        }
        Draw::White { x, baseline, style, text: words } => {
            coloured(surface, (255, 255, 255));
            text(surface, letters, (*x, *baseline), *style, words);
        }
        Draw::Fill { x, y, width, height, rgb } => {
            coloured(surface, *rgb);
            if let Some(path) = rectangle(*x, *y, *width, *height) {
                surface.draw_path(&path);
            }
        }
        Draw::Frame { x, y, width, height, line } => {
            if let Some(path) = rectangle(*x, *y, *width, *height) {
                lined(surface, &path, *line, None);
            }
        }
        Draw::Diamond { x, y, half } => {
            let mut path = PathBuilder::new();
            path.move_to(x - half, *y);
            path.line_to(*x, y - half);
            path.line_to(x + half, *y);
            path.line_to(*x, y + half);
            path.close();
            if let Some(path) = path.finish() {
                lined(surface, &path, 0.8, Some((255, 255, 255)));
            }
        }
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

fn lined(surface: &mut Surface<'_>, path: &Path, width: f32, ground: Option<(u8, u8, u8)>) {
    match ground {
        Some(rgb) => coloured(surface, rgb),
        None => surface.set_fill(None),
    }
    let paint = rgb::Color::new(40, 40, 40).into();
    surface.set_stroke(Some(Stroke { paint, width, ..Stroke::default() }));
    surface.draw_path(path);
    surface.set_stroke(None);
}

/// One line, in as many runs as it needs fonts.
fn text(surface: &mut Surface<'_>, letters: &Letters, (mut x, y): (f32, f32), style: Style, line: &str) {
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    let mut glyphs = Vec::new();
    let mut width = 0.0;
    while let Some((at, c)) = chars.next() {
        let face = letters.face(c, style.bold);
        let next = chars.peek().map_or(line.len(), |(next, _)| *next);
        if let Some((glyph, advance)) = face.glyph(c) {
            let range = at - start..next - start;
            glyphs.push(KrillaGlyph::new(GlyphId::new(glyph), advance, 0.0, 0.0, 0.0, range, None));
            width += advance * style.size;
        }
        let ends = chars.peek().is_none_or(|(_, next)| !std::ptr::eq(letters.face(*next, style.bold), face));
        if ends {
            if let Some(run) = line.get(start..next) {
                surface.draw_glyphs(Point::from_xy(x, y), &glyphs, face.font.clone(), run, style.size, false);
            }
            glyphs.clear();
            x += width;
            width = 0.0;
            start = next;
        }
    }
}
