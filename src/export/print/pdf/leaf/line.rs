//! Words with lines to write on and boxes to tick, broken into lines.

use super::super::super::leaf::{Align, Mark, Span};
use super::super::layout::Draw;
use super::super::letters::{Letters, Style, words};

/// How far apart lines of words are.
pub(super) const LEADING: f32 = 1.2;
/// A box to tick, in relation to the size of the words.
const TICK: f32 = 1.09;

/// A piece that is never broken.
enum Token {
    Words { text: String, style: Style },
    Blank,
    Rest,
    Tick,
    Day { text: String, mark: Mark },
}

/// Tokens that stay together, with the room they take.
type Unit = Vec<(Token, f32)>;

/// Lines of words: what is drawn, and how high it is.
pub(super) struct Lines {
    pub(super) draws: Vec<Draw>,
    pub(super) under: Vec<Draw>,
    pub(super) height: f32,
}

pub(super) struct Setting {
    pub(super) size: f32,
    pub(super) width: f32,
    pub(super) align: Align,
    pub(super) white: bool,
}

/// The spans as lines of a width.
pub(super) fn lines(letters: &Letters, spans: &[Span], setting: &Setting) -> Lines {
    let units = units(letters, spans, setting);
    let mut lines: Vec<Vec<Unit>> = vec![Vec::new()];
    let mut used = 0.0;
    for unit in units {
        let width: f32 = unit.iter().map(|(token, width)| bare(letters, token, *width)).sum();
        let ends_paragraph = matches!(unit.first(), Some((Token::Words { text, .. }, _)) if text == "\n");
        if ends_paragraph || (used > 0.0 && used + width > setting.width + 0.1) {
            lines.push(Vec::new());
            used = 0.0;
        }
        if ends_paragraph {
            continue;
        }
        used += unit.iter().map(|(_, width)| width).sum::<f32>();
        if let Some(line) = lines.last_mut() {
            line.push(unit);
        }
    }
    let mut out = Lines { draws: Vec::new(), under: Vec::new(), height: 0.0 };
    for line in lines {
        put(letters, line.into_iter().flatten().collect(), setting, &mut out);
    }
    out
}

/// The width without the spaces at the end.
fn bare(letters: &Letters, token: &Token, width: f32) -> f32 {
    match token {
        Token::Words { text, style } => letters.width(text.trim_end(), *style),
        _ => width,
    }
}

fn units(letters: &Letters, spans: &[Span], setting: &Setting) -> Vec<Unit> {
    let mut units: Vec<Unit> = vec![Vec::new()];
    let size = setting.size;
    let mut add = |token: Token, width: f32, ends: bool| {
        if let Some(unit) = units.last_mut() {
            unit.push((token, width));
        }
        if ends {
            units.push(Vec::new());
        }
    };
    for span in spans {
        match span {
            Span::Text { text, bold, scale } => {
                let style = Style { size: size * scale, bold: *bold, grey: false };
                for (at, paragraph) in letters.drawable(text).split('\n').enumerate() {
                    if at > 0 {
                        add(Token::Words { text: String::new(), style }, 0.0, true);
                        add(Token::Words { text: "\n".to_owned(), style }, 0.0, true);
                    }
                    for word in words(paragraph) {
                        for piece in fitting(letters, word, style, setting.width) {
                            let width = letters.width(&piece, style);
                            let ends = piece.ends_with(' ') || piece.len() < word.len();
                            add(Token::Words { text: piece, style }, width, ends);
                        }
                    }
                }
            }
            Span::Blank(width) => add(Token::Blank, *width, false),
            Span::Rest => add(Token::Rest, size * 3.0, false),
            Span::Tick => add(Token::Tick, size * TICK, false),
            Span::Day(text, mark) => add(Token::Day { text: text.clone(), mark: *mark }, size * 1.45, false),
        }
    }
    units.retain(|unit| !unit.is_empty());
    units
}

/// A word in pieces that fit; nearly always itself.
fn fitting(letters: &Letters, word: &str, style: Style, width: f32) -> Vec<String> {
    if letters.width(word.trim_end(), style) <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        if let Some(piece) = pieces.last_mut() {
            let mut longer = piece.clone();
            longer.push(c);
            if letters.width(longer.trim_end(), style) > width && !piece.is_empty() {
                pieces.push(c.to_string());
            } else {
                *piece = longer;
            }
        }
    }
    pieces
}

/// One line below those there are.
fn put(letters: &Letters, line: Vec<(Token, f32)>, setting: &Setting, out: &mut Lines) {
    let size = setting.size;
    let ticked = line.iter().any(|(token, _)| matches!(token, Token::Tick | Token::Day { .. }));
    let tallest = line.iter().fold(size, |tallest, (token, _)| match token {
        Token::Words { style, .. } => tallest.max(style.size),
        _ => tallest,
    });
    let height = (tallest * LEADING).max(if ticked { size * TICK + 3.0 } else { 0.0 });
    let baseline = out.height + (height - tallest * LEADING) / 2.0 + tallest;
    let last = line.len().saturating_sub(1);
    let used: f32 = line
        .iter()
        .enumerate()
        .map(|(at, (token, width))| if at == last { bare(letters, token, *width) } else { *width })
        .sum();
    let rest = line.iter().filter(|(token, _)| matches!(token, Token::Rest)).count();
    let spare = (setting.width - used).max(0.0);
    let mut x = match setting.align {
        Align::Left => 0.0,
        Align::Centre if rest == 0 => spare / 2.0,
        Align::Right if rest == 0 => spare,
        Align::Centre | Align::Right => 0.0,
    };
    for (token, width) in line {
        match token {
            Token::Words { text, style } => {
                let text = text.trim_end_matches('\n').to_owned();
                out.draws.push(if setting.white {
                    Draw::White { x, baseline, style, text }
                } else {
                    Draw::Words { x, baseline, style, text }
                });
                x += width;
            }
            Token::Blank | Token::Rest => {
                let more = if matches!(token, Token::Rest) { spare } else { 0.0 };
                out.under.push(ruled(x + 1.0, baseline + 1.6, width + more - 2.0));
                x += width + more;
            }
            Token::Tick => {
                let side = size * TICK;
                let y = baseline - size * 0.36 - side / 2.0;
                out.under.push(Draw::Frame { x, y, width: side, height: side, line: 1.2 });
                x += width;
            }
            Token::Day { text, mark } => {
                day(letters, &text, &[mark], (x, baseline - size * 0.36, width, size * 1.25), (size, out));
                x += width;
            }
        }
    }
    out.height += height;
}

/// A line to write on.
fn ruled(x: f32, y: f32, width: f32) -> Draw {
    Draw::Fill { x, y, width, height: 0.9, rgb: (0, 0, 0) }
}

/// A day of a month in its place: `x`, the middle of its height, its width and height.
pub(super) fn day(
    letters: &Letters,
    text: &str,
    marks: &[Mark],
    (x, middle, width, height): (f32, f32, f32, f32),
    (size, out): (f32, &mut Lines),
) {
    let fixed = marks.contains(&Mark::Fixed);
    let planned = marks.contains(&Mark::Planned);
    let style = Style { size, bold: fixed || planned, grey: false };
    let top = middle - height / 2.0;
    if fixed {
        out.under.push(Draw::Fill { x: x + 0.4, y: top, width: width - 0.8, height, rgb: (0, 0, 0) });
    } else if planned {
        out.under.push(Draw::Frame { x: x + 0.8, y: top, width: width - 1.6, height, line: 1.3 });
    }
    if marks.contains(&Mark::Home) {
        let y = middle + height / 2.0 + 0.8;
        out.under.push(Draw::Fill { x: x + 1.5, y, width: width - 3.0, height: 1.6, rgb: (0, 0, 0) });
    }
    let start = x + (width - letters.width(text, style)) / 2.0;
    let (baseline, text) = (middle + size * 0.36, text.to_owned());
    out.draws.push(if fixed {
        Draw::White { x: start, baseline, style, text }
    } else {
        Draw::Words { x: start, baseline, style, text }
    });
}
