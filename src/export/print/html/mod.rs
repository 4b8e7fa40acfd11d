//! A print-out as one HTML file that needs nothing else: style, picture and text are in it.

mod panel;

use std::fmt::Write as _;

use crate::study::LabelSize;

use super::document::{Block, Cell, Document, Sheet, Table};
use super::timeline::{Shape, Timeline, WIDTH};

/// Writes the file.
pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut out = String::with_capacity(16_384);
    let size = if document.letter { "letter" } else { "A4" };
    push(&mut out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    push(&mut out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push(&mut out, &format!("<title>{}</title>\n<style>\n", escape(&document.full_title())));
    push(&mut out, include_str!("../page.css"));
    match &document.labels {
        Some(labels) => push(&mut out, &label_rule(labels.size)),
        None => push(&mut out, &page_rule(document, size)),
    }
    push(&mut out, "</style>\n</head>\n<body>\n<main>\n");
    match &document.labels {
        Some(labels) => panel::labels(&mut out, labels),
        None => document.sheets.iter().enumerate().for_each(|(at, one)| sheet(&mut out, document, (at, one))),
    }
    push(&mut out, "</main>\n</body>\n</html>\n");
    out.into_bytes()
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

/// Labels are printed at 100 %, at the places of their stock.
fn label_rule(size: LabelSize) -> String {
    let size = match size {
        LabelSize::Roll => "102mm 76mm",
        LabelSize::LetterTen => "letter",
        LabelSize::A4Eight => "A4",
    };
    format!("@page {{ size: {size}; margin: 0; }}\n")
}

/// What a browser repeats at the head and foot of every printed page. Each sheet has a head of its own, so that no page
/// is loose that does not say whose it is.
fn page_rule(document: &Document, size: &str) -> String {
    let foot = document.foot.iter().map(|line| css(line)).collect::<Vec<_>>().join("\\a ");
    let banner = document.banner.as_ref().map_or(String::new(), |word| {
        format!("  @top-right {{ content: \"{}\"; font: bold 12pt sans-serif; color: #a00; }}\n", css(word))
    });
    let mut rule = format!(
        "@page {{\n  size: {size};\n  margin: 16mm 14mm 22mm 14mm;\n{banner}  @bottom-left {{ content: \"{foot}\"; \
         white-space: pre-wrap; width: 85%; font: 7pt sans-serif; }}\n  @bottom-right {{ content: \"Page \" \
         counter(page) \" of \" counter(pages); font: 8pt sans-serif; }}\n}}\n"
    );
    for (at, sheet) in document.sheets.iter().enumerate() {
        let head = document.head.iter().chain(&sheet.head).map(|(caption, value)| {
            let value = if value.is_empty() { "________" } else { value };
            css(&format!("{caption} {value}"))
        });
        let head = head.collect::<Vec<_>>().join(" \u{b7} ");
        push(
            &mut rule,
            &format!("@page s{at} {{ @top-left {{ content: \"{head}\"; font: bold 9pt sans-serif; width: 80%; }} }}\n"),
        );
    }
    rule
}

/// Text inside a quoted CSS string inside a style element.
pub(super) fn css(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' | '\n' | '\r' => {
                let _ = write!(safe, "\\{:x} ", u32::from(c));
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// Text inside an element or a quoted attribute. Control characters that HTML forbids become a space.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(c),
            c if c.is_control() || is_noncharacter(c) => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

fn sheet(out: &mut String, document: &Document, (at, sheet): (usize, &Sheet)) {
    let class = if sheet.large { " class=\"large\"" } else { "" };
    push(out, &format!("<section{class} style=\"page:s{at}\">\n<header>\n"));
    running(out, document, sheet);
    if let Some(banner) = &document.banner {
        push(out, &format!("<p class=\"banner\">{}</p>\n", escape(banner)));
    }
    push(
        out,
        &format!("<p class=\"what\">{}</p>\n<h1>{}</h1>\n</header>\n", escape(&document.title), escape(&sheet.title)),
    );
    sheet.blocks.iter().for_each(|one| block(out, one));
    push(out, "<footer>\n");
    for line in &document.foot {
        push(out, &format!("<p>{}</p>\n", escape(line)));
    }
    push(out, "</footer>\n</section>\n");
}

/// Whose sheet it is, and of which day.
fn running(out: &mut String, document: &Document, sheet: &Sheet) {
    if document.head.is_empty() && sheet.head.is_empty() {
        return;
    }
    push(out, "<dl class=\"running\">\n");
    for (caption, value) in document.head.iter().chain(&sheet.head) {
        let value = if value.is_empty() { "________" } else { value };
        push(out, &format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(caption), escape(value)));
    }
    push(out, "<div class=\"by-hand\"><dt>Name or second identifier</dt><dd></dd></div>\n</dl>\n");
}

fn block(out: &mut String, block_: &Block) {
    match block_ {
        Block::Text(words) => push(out, &format!("<p>{}</p>\n", escape(words))),
        Block::Notice(words) => push(out, &format!("<p class=\"notice\">{}</p>\n", escape(words))),
        Block::Fields(fields) => fields_(out, fields),
        Block::Table(one) => table(out, one),
        Block::Group(blocks) => {
            push(out, "<div class=\"group\">\n");
            blocks.iter().for_each(|one| block(out, one));
            push(out, "</div>\n");
        }
        Block::Timeline(one) => timeline(out, one),
        Block::Panel(one) => panel::panel(out, one),
        Block::Boxes(boxes) => panel::boxes(out, boxes),
    }
}

fn fields_(out: &mut String, fields: &[(String, String)]) {
    push(out, "<dl>\n");
    for (label, value) in fields {
        let value = if value.is_empty() {
            "<dd class=\"blank\"></dd>".to_owned()
        } else {
            format!("<dd>{}</dd>", escape(value))
        };
        push(out, &format!("<div><dt>{}</dt>{value}</div>\n", escape(label)));
    }
    push(out, "</dl>\n");
}

fn table(out: &mut String, table: &Table) {
    push(out, &format!("<table>\n<caption>{}</caption>\n<thead>\n<tr>", escape(&table.caption)));
    let all: u32 = table.head.iter().map(|(_, share)| u32::from(*share)).sum();
    for (name, share) in &table.head {
        let width = u32::from(*share) * 100 / all.max(1);
        push(out, &format!("<th scope=\"col\" style=\"width:{width}%\">{}</th>", escape(name)));
    }
    push(out, "</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        push(out, "<tr>");
        row.iter().for_each(|one| push(out, &cell(one)));
        push(out, "</tr>\n");
    }
    push(out, "</tbody>\n</table>\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => format!("<td>{}</td>", escape(words)),
        Cell::Strong(words) => format!("<td><strong>{}</strong></td>", escape(words)),
        Cell::Tick => "<td class=\"tick\">☐</td>".to_owned(),
        Cell::Blank => "<td class=\"room\"></td>".to_owned(),
    }
}

fn timeline(out: &mut String, timeline: &Timeline) {
    let words = escape(&timeline.words);
    let height = timeline.height;
    push(out, "<figure>\n");
    push(out, &format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{words}\">\n"));
    for shape in &timeline.shapes {
        push(out, &drawn(shape));
    }
    push(out, "</svg>\n</figure>\n");
}

fn drawn(shape: &Shape) -> String {
    match shape {
        Shape::Box { x, y, width, height, ink } => {
            let (r, g, b) = ink.rgb();
            format!(
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>\n"
            )
        }
        Shape::Diamond { x, y, half } => format!(
            "<path d=\"M{:.2} {y:.2}L{x:.2} {:.2}L{:.2} {y:.2}L{x:.2} {:.2}Z\" fill=\"#ffffff\" stroke=\"#101010\" \
             stroke-width=\"0.8\"/>\n",
            x - half,
            y - half,
            x + half,
            y + half,
        ),
        Shape::Text { x, y, size, words } => {
            format!("<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size}\">{}</text>\n", escape(words))
        }
    }
}
