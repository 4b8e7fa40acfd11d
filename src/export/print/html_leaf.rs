//! Designed pages as one HTML file: the pages are those of the PDF, the words are text.

use std::fmt::Write as _;

use super::super::ExportError;
use super::html::{css, escape};
use super::leaf::{Align, Grid, GridCell, GridRow, Ground, Handout, Mark, Month, Node, Rank, Span, Width, Words};
use super::pdf;

/// Writes the file.
pub(super) fn write(handout: &Handout) -> Result<Vec<u8>, ExportError> {
    let leaves = pdf::leaf::broken(handout)?;
    let pages: Vec<&Vec<Node>> = leaves.iter().flat_map(|leaf| &leaf.pages).collect();
    super::printable(pages.len())?;
    let (name, width, height) = if handout.letter { ("letter", 612.0, 792.0) } else { ("A4", 595.28, 841.89) };
    let mut out = String::with_capacity(32_768);
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let _ = write!(out, "<title>{}</title>\n<style>\n", escape(&handout.title));
    out.push_str(include_str!("leaf.css"));
    let _ = write!(out, "@page {{ size: {name}; margin: 0 }}\n.page {{ width: {width}pt; height: {height}pt }}\n");
    if handout.sample {
        let words = css("SAMPLE");
        let _ =
            write!(out, ".page::before {{ content: \"{words}\" }}\n.page::after {{ content: \"DO NOT HAND OUT\" }}\n");
    }
    out.push_str("</style>\n</head>\n<body>\n<main>\n");
    for (number, nodes) in (1..).zip(&pages) {
        out.push_str("<section class=\"page\">\n");
        nodes.iter().for_each(|one| node(&mut out, one));
        foot(&mut out, handout, number, pages.len());
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out.into_bytes())
}

fn foot(out: &mut String, handout: &Handout, number: usize, count: usize) {
    out.push_str("<footer><div>");
    for line in &handout.foot {
        out.push_str("<p>");
        line.iter().for_each(|one| span(out, one));
        out.push_str("</p>");
    }
    let _ = writeln!(
        out,
        "</div><div class=\"code\"><p>{}</p><p>Page {number} of {count}</p></div></footer>",
        escape(&handout.code)
    );
}

fn node(out: &mut String, node_: &Node) {
    match node_ {
        Node::Words(one) => words(out, one),
        Node::Points { points, columns } => {
            let _ = write!(out, "<ul style=\"columns:{columns}\">");
            points.iter().for_each(|point| {
                let _ = write!(out, "<li>{}</li>", escape(point));
            });
            out.push_str("</ul>\n");
        }
        Node::Row { cells, gap, middle } => {
            let align = if *middle { ";align-items:center" } else { "" };
            let _ = write!(out, "<div class=\"row\" style=\"gap:{gap:.1}pt{align}\">");
            for (width, inner) in cells {
                let _ = write!(out, "<div style=\"flex:{}\">", flex(*width));
                node(out, inner);
                out.push_str("</div>");
            }
            out.push_str("</div>\n");
        }
        Node::Stack(nodes) => {
            out.push_str("<div>");
            nodes.iter().for_each(|one| node(out, one));
            out.push_str("</div>\n");
        }
        Node::Frame { line, ground, pad, inner } => {
            let class = match ground {
                Ground::Paper => "frame",
                Ground::Black => "frame black",
            };
            let _ = write!(
                out,
                "<div class=\"{class}\" style=\"border-width:{line:.1}pt;padding:{:.1}pt {:.1}pt\">",
                pad.1, pad.0
            );
            node(out, inner);
            out.push_str("</div>\n");
        }
        Node::Month(one) => month(out, one),
        Node::Grid(one) => grid(out, one),
        Node::Space(height) => {
            let _ = writeln!(out, "<div style=\"height:{height:.1}pt\"></div>");
        }
    }
}

fn flex(width: Width) -> String {
    match width {
        Width::Points(points) => format!("0 0 {points:.1}pt"),
        Width::Share(share) => format!("{share} 1 0"),
    }
}

fn words(out: &mut String, words: &Words) {
    let tag = match words.rank {
        Rank::Heading(level) => format!("h{level}"),
        Rank::Paragraph => "p".to_owned(),
    };
    let align = match words.align {
        Align::Left => "",
        Align::Centre => ";text-align:center",
        Align::Right => ";text-align:right",
    };
    let rest = if words.spans.contains(&Span::Rest) { " class=\"rest\"" } else { "" };
    let _ = write!(out, "<{tag}{rest} style=\"font-size:{}pt{align}\">", words.size);
    let heading = matches!(words.rank, Rank::Heading(_));
    for one in &words.spans {
        match one {
            Span::Text { text, .. } if heading => out.push_str(&escape(text)),
            other => span(out, other),
        }
    }
    let _ = writeln!(out, "</{tag}>");
}

fn span(out: &mut String, span: &Span) {
    match span {
        Span::Text { text, bold, scale } => {
            let text = escape(text).replace('\n', "<br>");
            let text = if (*scale - 1.0).abs() < 0.01 {
                text
            } else {
                format!("<span style=\"font-size:{scale}em\">{text}</span>")
            };
            let text = if *bold { format!("<strong>{text}</strong>") } else { text };
            out.push_str(&text);
        }
        Span::Blank(width) => {
            let _ = write!(out, "<span class=\"blank\" style=\"width:{width:.1}pt\"></span>");
        }
        Span::Rest => out.push_str("<span class=\"blank long\"></span>"),
        Span::Tick => out.push_str("<span class=\"tick\" role=\"img\" aria-label=\"box to tick\">☐</span>"),
        Span::Day(text, mark) => {
            let _ = write!(out, "<span class=\"day {}\">{}</span>", class(*mark), escape(text));
        }
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Fixed => "fixed",
        Mark::Planned => "planned",
        Mark::Home => "home",
    }
}

fn month(out: &mut String, month: &Month) {
    let _ = write!(out, "<table class=\"month\"><caption>{}</caption>\n<thead><tr>", escape(&month.name));
    for (short, long) in [
        ("M", "Monday"),
        ("T", "Tuesday"),
        ("W", "Wednesday"),
        ("T", "Thursday"),
        ("F", "Friday"),
        ("S", "Saturday"),
        ("S", "Sunday"),
    ] {
        let _ = write!(out, "<th scope=\"col\" abbr=\"{long}\">{short}</th>");
    }
    out.push_str("</tr></thead>\n<tbody><tr>");
    (0..month.lead).for_each(|_| out.push_str("<td></td>"));
    for (at, marks) in month.days.iter().enumerate() {
        if at > 0 && (month.lead + at).is_multiple_of(7) {
            out.push_str("</tr>\n<tr>");
        }
        let classes: Vec<&str> = marks.iter().map(|mark| class(*mark)).collect();
        let _ = match classes.as_slice() {
            [] => write!(out, "<td>{}</td>", at + 1),
            classes => write!(out, "<td><span class=\"day {}\">{}</span></td>", classes.join(" "), at + 1),
        };
    }
    let last = (month.lead + month.days.len()) % 7;
    (last..7).filter(|_| last > 0).for_each(|_| out.push_str("<td></td>"));
    out.push_str("</tr></tbody></table>\n");
}

fn grid(out: &mut String, grid: &Grid) {
    let class = if grid.boxed { "grid boxed" } else { "grid" };
    let _ =
        write!(out, "<table class=\"{class}\"><caption class=\"heard\">{}</caption><colgroup>", escape(&grid.caption));
    for width in &grid.widths {
        let _ = match width {
            Width::Points(points) => write!(out, "<col style=\"width:{points:.1}pt\">"),
            Width::Share(_) => write!(out, "<col>"),
        };
    }
    out.push_str("</colgroup>\n");
    if !grid.head.is_empty() {
        let _ = write!(out, "<thead style=\"font-size:{}pt\"><tr>", grid.head_size);
        grid.head.iter().for_each(|name| {
            let tag = if name.is_empty() { "td" } else { "th" };
            let scope = if name.is_empty() { "" } else { " scope=\"col\"" };
            let _ = write!(out, "<{tag}{scope}>{}</{tag}>", escape(name));
        });
        out.push_str("</tr></thead>\n");
    }
    out.push_str("<tbody>");
    grid.rows.iter().for_each(|one| row(out, one));
    out.push_str("</tbody></table>\n");
}

fn row(out: &mut String, row: &GridRow) {
    let heavy = if row.heavy { " class=\"heavy\"" } else { "" };
    let _ = write!(out, "<tr{heavy} style=\"height:{:.1}pt\">", row.height);
    row.cells.iter().for_each(|one| cell(out, one));
    out.push_str("</tr>\n");
}

fn cell(out: &mut String, cell: &GridCell) {
    let classes = [(cell.grey, "grey"), (cell.framed, "framed")];
    let classes: Vec<&str> = classes.iter().filter(|(there, _)| *there).map(|(_, class)| *class).collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let columns = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
    let _ = write!(out, "<td{class}{columns}>");
    cell.lines.iter().for_each(|one| words(out, one));
    out.push_str("</td>");
}
