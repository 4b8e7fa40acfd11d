//! Panels of the worksheet and labels, as HTML.

use crate::study::LabelSize;

use super::super::document::{Boxed, Label, Labels, Line, Panel};
use super::{escape, push};

/// A drug in its frame.
pub(super) fn panel(out: &mut String, panel: &Panel) {
    push(
        out,
        &format!("<div class=\"panel\">\n<p class=\"tab\">{}</p>\n<div class=\"inner\">\n", escape(&panel.number)),
    );
    push(out, "<div class=\"upper\">\n<div>");
    push(
        out,
        &format!("<h2>{}</h2>\n<p>{}</p></div>\n<div class=\"working\">", escape(&panel.name), escape(&panel.how)),
    );
    panel.working.iter().for_each(|step| push(out, &format!("<p>{}</p>\n", escape(step))));
    push(out, &format!("</div>\n<p class=\"dose\">{}</p>\n</div>\n", escape(&panel.figure)));
    if !panel.boxes.is_empty() {
        boxes(out, &panel.boxes);
    }
    panel.strips.iter().for_each(|strip| push(out, &format!("<p class=\"strip\">{}</p>\n", escape(strip))));
    panel.notes.iter().for_each(|note| push(out, &format!("<p class=\"small\">{}</p>\n", escape(note))));
    panel.lines.iter().for_each(|row| write_line(out, row));
    push(out, "</div>\n</div>\n");
}

/// Captioned figures beside each other.
pub(super) fn boxes(out: &mut String, boxes: &[Boxed]) {
    push(out, "<div class=\"boxes\">\n");
    boxes.iter().for_each(|one| boxed(out, one));
    push(out, "</div>\n");
}

fn boxed(out: &mut String, one: &Boxed) {
    let value = if one.value.is_empty() {
        format!("<span class=\"write\"></span> {}", escape(&one.unit))
    } else {
        escape(&one.value)
    };
    push(
        out,
        &format!(
            "<div style=\"flex:{}\"><p class=\"caption\">{}</p>\n<p class=\"value\">{value}</p>\n",
            one.share,
            escape(&one.caption)
        ),
    );
    if !one.below.is_empty() {
        push(out, &format!("<p class=\"small\">{}</p>\n", escape(&one.below)));
    }
    push(out, "</div>\n");
}

fn write_line(out: &mut String, row: &[Line]) {
    push(out, "<p class=\"line\">");
    for one in row {
        let tick = if one.tick { "☐ " } else { "" };
        push(
            out,
            &format!(
                "<span style=\"flex:{}\">{tick}{} <span class=\"write\"></span></span>\n",
                one.share,
                escape(&one.label)
            ),
        );
    }
    push(out, "</p>\n");
}

/// Sheets of labels, each label of the size of its stock.
pub(super) fn labels(out: &mut String, labels: &Labels) {
    let class = match labels.size {
        LabelSize::Roll => "roll",
        LabelSize::LetterTen => "ten",
        LabelSize::A4Eight => "eight",
    };
    for sheet in labels.sheets() {
        push(out, &format!("<section class=\"labels {class}\">\n"));
        sheet.iter().for_each(|one| label(out, one));
        push(out, "</section>\n");
    }
}

fn label(out: &mut String, label: &Label) {
    let smaller = if label.scale < 1.0 { format!(" style=\"font-size:{:.2}em\"", label.scale) } else { String::new() };
    push(out, &format!("<div class=\"label\"{smaller}>\n"));
    push(
        out,
        &format!(
            "<p class=\"who\"><strong>{}</strong> <span>{}</span> <strong>{}</strong></p>\n",
            escape(&label.who),
            escape(&label.visit),
            escape(&label.date)
        ),
    );
    let draft = label.draft.as_ref().map_or(String::new(), |word| format!(" <strong>{}</strong>", escape(word)));
    push(
        out,
        &format!("<p class=\"line\"><span>Name / 2nd identifier <span class=\"write\"></span></span>{draft}</p>\n"),
    );
    let apart = label
        .apart
        .as_ref()
        .map_or(String::new(), |apart| format!("<span class=\"apart\">{}</span> ", escape(&apart.to_uppercase())));
    push(
        out,
        &format!(
            "<div class=\"upper\"><div><h2>{}</h2>\n<p>{apart}{}</p></div>\n<p class=\"dose\">{}</p></div>\n",
            escape(&label.name),
            escape(&label.how),
            escape(&label.dose)
        ),
    );
    if let Some(pack) = &label.pack {
        push(out, &format!("<p class=\"pack\">{}</p>\n", escape(pack)));
    }
    if !(label.lines.is_empty() && label.remark.is_none()) {
        push(out, "<div class=\"figures\">\n");
        for (left, right) in &label.lines {
            push(out, &format!("<p><span>{}</span> <strong>{}</strong></p>\n", escape(left), escape(right)));
        }
        label.remark.iter().for_each(|remark| push(out, &format!("<p>{}</p>\n", escape(remark))));
        push(out, "</div>\n");
    }
    label.strips.iter().for_each(|strip| push(out, &format!("<p class=\"strip\">{}</p>\n", escape(strip))));
    push(out, "<div class=\"foot\">\n");
    label.write.iter().for_each(|row| write_line(out, row));
    label.foot.iter().for_each(|line| push(out, &format!("<p class=\"law\">{}</p>\n", escape(line))));
    push(out, "</div>\n</div>\n");
}
