//! Body weight over time, from the record.

use ratatui::layout::Rect;
use ratatui::symbols::Marker;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use crate::calendar::{self, Date, days_between};
use crate::quantity::{Weight, decimal, number};
use crate::tui::canvas::Canvas;
use crate::tui::record::OpenSubject;
use crate::tui::rich::{Line, Role};

/// Each weight with its date, and the change from the first in percent.
pub fn lines(subject: &OpenSubject) -> Vec<Line> {
    let weights = subject.weights();
    let mut lines =
        vec![Line::new("Body weight", Role::Drug), Line::new("date: weight, change from the first", Role::Muted)];
    let first = weights.first().map(|(_, weight)| *weight);
    lines.extend(weights.iter().map(|(on, weight)| {
        let change = first.and_then(|first| decimal::difference_percent(weight.value(), first.value()));
        let change = change.map_or_else(String::new, |percent| format!(", {}", number::percent(percent)));
        Line::new(format!("{}: ", calendar::print(*on)), Role::Text)
            .and(weight.to_string(), Role::Dose)
            .and(change, Role::Text)
    }));
    lines
}

fn kilograms(weight: Weight) -> f64 {
    number::plain(weight.value()).parse().unwrap_or(0.0)
}

/// Draws it: figures left, the line right.
pub fn draw(subject: &OpenSubject, ascii: bool, canvas: &mut Canvas<'_>, inside: Rect) {
    let left = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2).min(38), ..inside };
    canvas.lines(left, &lines(subject), 0);
    let right = Rect { x: left.right(), width: inside.right().saturating_sub(left.right()), ..inside };
    let weights = subject.weights();
    let (Some((first, _)), Some((last, _))) = (weights.first(), weights.last()) else { return };
    if right.width < 24 || right.height < 6 || weights.len() < 2 {
        return;
    }
    let day = |on: Date| f64::from(days_between(*first, on));
    let points: Vec<(f64, f64)> = weights.iter().map(|(on, weight)| (day(*on), kilograms(*weight))).collect();
    let low = points.iter().map(|(_, weight)| *weight).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    let (low, high) = ((low - 2.0).max(0.0).floor(), (high + 2.0).ceil());
    let muted = canvas.theme.style(Role::Muted);
    let line = Dataset::default()
        .marker(if ascii { Marker::Dot } else { Marker::Braille })
        .graph_type(GraphType::Line)
        .style(canvas.theme.style(Role::Dose))
        .data(&points);
    let dates = [calendar::print(*first), calendar::print(*last)];
    Chart::new(vec![line])
        .x_axis(Axis::default().style(muted).bounds([0.0, day(*last).max(1.0)]).labels(dates))
        .y_axis(
            Axis::default().title("kg").style(muted).bounds([low, high]).labels([format!("{low}"), format!("{high}")]),
        )
        .render(right, canvas.buffer);
}
