//! Designed pages as PDF: laid out piece by piece, broken into pages, tagged in their order.

mod grid;
mod lay;
mod line;
mod pages;

use krilla::geom::Transform;
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag};

use super::super::super::ExportError;
use super::super::leaf::{Handout, Span, mm};
use super::layout::{Draw, Page, Piece};
use super::letters::{Letters, Style};
use super::tags::{Kind, Tags};
use super::{A4, Assembled, Head, LETTER, assemble, coloured, text};
use lay::{Laid, Lay};

pub(in super::super) use pages::BrokenLeaf;

/// Margins: at the sides, above, below.
const MARGIN: (f32, f32, f32) = (34.0, 22.0, 22.0);
/// The size of the foot.
const FOOT: f32 = 12.0;

fn size(handout: &Handout) -> (f32, f32) {
    if handout.letter { LETTER } else { A4 }
}

/// The leaves broken into pages, for whoever draws them.
pub(in super::super) fn broken(handout: &Handout) -> Result<Vec<BrokenLeaf>, ExportError> {
    let letters = Letters::new()?;
    Ok(pages::broken(&Lay { letters: &letters }, handout, size(handout)))
}

/// Writes the hand-out.
pub(in super::super) fn write(handout: &Handout) -> Result<Vec<u8>, ExportError> {
    let letters = Letters::new()?;
    let lay = Lay { letters: &letters };
    let size = size(handout);
    let width = size.0 - 2.0 * MARGIN.0;
    let mut made = Assembled { pages: Vec::new(), tags: Tags::default(), headings: Vec::new() };
    for leaf in pages::broken(&lay, handout, size) {
        made.headings.push((leaf.title.clone(), made.pages.len()));
        let section = made.tags.add(Kind::Section, None);
        for nodes in &leaf.pages {
            let mut page = Page::new();
            let mut y = MARGIN.1;
            for node in nodes {
                let laid = lay.node(node, width, false);
                let height = laid.height;
                emit(laid, (MARGIN.0, y), section, &mut made.tags, &mut page);
                y += height;
            }
            made.pages.push(page);
        }
    }
    let foot: Vec<Laid> =
        handout.foot.iter().map(|line| lay.line(line, FOOT, beside_code(&letters, handout, width))).collect();
    let frame = |surface: &mut Surface<'_>, page: (usize, usize)| {
        if handout.sample {
            sample(surface, &letters, size);
        }
        footed(surface, &letters, handout, &foot, (size, page));
    };
    assemble(&letters, &Head { title: &handout.title, generated: &handout.generated }, size, made, &frame)
}

/// Puts a laid piece on the page, its tags in reading order.
fn emit(laid: Laid, (x, y): (f32, f32), parent: usize, tags: &mut Tags, page: &mut Page) {
    let tag = laid.kind.map(|kind| tags.add(kind, Some(parent)));
    let moved = |draws: Vec<Draw>| draws.into_iter().map(|draw| draw.moved(x, y)).collect::<Vec<_>>();
    if !laid.under.is_empty() {
        page.push(Piece { tag: None, draws: moved(laid.under) });
    }
    if !laid.draws.is_empty() {
        page.push(Piece { tag, draws: moved(laid.draws) });
    }
    for (dx, dy, inside) in laid.inside {
        emit(inside, (x + dx, y + dy), tag.unwrap_or(parent), tags, page);
    }
}

/// SAMPLE, DO NOT HAND OUT across the page, behind everything.
fn sample(surface: &mut Surface<'_>, letters: &Letters, (width, height): (f32, f32)) {
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
    let middle = (width / 2.0, height / 2.0);
    surface.push_transform(&Transform::from_rotate_at(-52.0, middle.0, middle.1));
    coloured(surface, (210, 210, 210));
    for (words, long, down) in [("SAMPLE", mm(235.0), 0.0), ("DO NOT HAND OUT", mm(250.0), mm(37.0))] {
        let unit = Style { size: 1.0, bold: true, grey: false };
        let style = Style { size: long / letters.width(words, unit), ..unit };
        text(surface, letters, (middle.0 - long / 2.0, middle.1 + down), style, words);
    }
    surface.pop();
    surface.end_tagged();
}

fn footed(
    surface: &mut Surface<'_>,
    letters: &Letters,
    handout: &Handout,
    foot: &[Laid],
    (size, page): ((f32, f32), (usize, usize)),
) {
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Footer));
    let top = size.1 - MARGIN.2 - foot_height(foot);
    let rule = Draw::Fill { x: MARGIN.0, y: top, width: size.0 - 2.0 * MARGIN.0, height: 0.85, rgb: (0, 0, 0) };
    super::draw(surface, letters, &rule);
    let mut y = top + 3.0;
    for laid in foot {
        laid.under.iter().chain(&laid.draws).cloned().for_each(|one| {
            super::draw(surface, letters, &one.moved(MARGIN.0, y));
        });
        y += laid.height;
    }
    let style = Style { size: FOOT, bold: false, grey: false };
    let right = [handout.code.clone(), format!("Page {} of {}", page.0, page.1)];
    for (at, line) in (0_u8..).zip(&right) {
        coloured(surface, (0, 0, 0));
        let line = letters.drawable(line);
        let x = size.0 - MARGIN.0 - letters.width(&line, style);
        text(surface, letters, (x, top + 3.0 + FOOT + f32::from(at) * FOOT * 1.3), style, &line);
    }
    surface.end_tagged();
}

/// What is left of the foot beside the code of the sheet and the number of the page.
fn beside_code(letters: &Letters, handout: &Handout, width: f32) -> f32 {
    let style = Style { size: FOOT, bold: false, grey: false };
    let right = [handout.code.as_str(), "Page 99 of 99"];
    width - right.iter().map(|line| letters.width(&letters.drawable(line), style)).fold(0.0, f32::max) - 12.0
}

/// The height of the foot with the line above it.
fn foot_height(foot: &[Laid]) -> f32 {
    foot.iter().map(|line| line.height).sum::<f32>().max(2.0 * FOOT * 1.3) + 3.0
}

/// The height that is left for what stands on a page.
fn room(lay: &Lay<'_>, handout: &Handout, size: (f32, f32)) -> f32 {
    let width = beside_code(lay.letters, handout, size.0 - 2.0 * MARGIN.0);
    let foot: Vec<Laid> = handout.foot.iter().map(|line: &Vec<Span>| lay.line(line, FOOT, width)).collect();
    size.1 - MARGIN.1 - MARGIN.2 - foot_height(&foot) - 4.0
}
