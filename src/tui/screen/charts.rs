//! Doses as pictures: what each cycle adds, and how the total grows.

use ratatui::layout::Rect;
use ratatui::symbols::Marker;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Sparkline, Widget};

use crate::present::cumulative;
use crate::quantity::Decimal;
use crate::quantity::number::{self, print};
use crate::tui::canvas::Canvas;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Charts, Effect, Model, Screen};
use crate::tui::rich::{Line, Role};
use crate::tui::session::Planned;

/// Opens the charts.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.push(Screen::Charts(Charts::default()));
    Vec::new()
}

/// Another drug.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let count = model.planned().map_or(0, |planned| series(planned).len());
    if let Some(Screen::Charts(charts)) = model.stack.last_mut() {
        let back = matches!(chord.key, Key::Left | Key::Up);
        let to = if back { charts.drug + count.max(1) - 1 } else { charts.drug + 1 };
        charts.drug = to % count.max(1);
    }
    Vec::new()
}

/// A drug's dose in each cycle and the total so far.
pub struct Series {
    /// The drug.
    pub name: String,
    /// Unit of the amounts.
    pub unit: &'static str,
    /// The cycle, its amount, the total through it.
    pub cycles: Vec<(u32, Decimal, Decimal)>,
    /// The phase of the last cycle.
    phase: Option<String>,
}

/// Every drug, from the rows that every output shows.
pub fn series(planned: &Planned) -> Vec<Series> {
    let schedule = &planned.schedule;
    let mut all: Vec<(&str, Series)> = Vec::new();
    for row in cumulative(schedule) {
        let drug = schedule.doses.iter().find(|dose| dose.id == row.id).map_or("", |dose| dose.drug.as_str());
        let (Ok(amount), Ok(total)) = (row.amount.parse::<Decimal>(), row.total.parse::<Decimal>()) else { continue };
        let at =
            all.iter().position(|(known, series)| *known == drug && series.unit == row.unit).unwrap_or_else(|| {
                let series = Series { name: row.shown.clone(), unit: row.unit, cycles: Vec::new(), phase: None };
                all.push((drug, series));
                all.len() - 1
            });
        let Some((_, series)) = all.get_mut(at) else { continue };
        let same = series.phase == row.phase;
        match series.cycles.last_mut().filter(|(cycle, _, _)| *cycle == row.cycle && same) {
            Some((_, sum, so_far)) => (*sum, *so_far) = (sum.checked_add(amount).unwrap_or(*sum), total),
            None => series.cycles.push((row.cycle, amount, total)),
        }
        series.phase = row.phase;
    }
    all.into_iter().map(|(_, series)| series).collect()
}

/// The figures as text.
pub fn lines(series: &Series) -> Vec<Line> {
    let mut lines =
        vec![Line::new(series.name.clone(), Role::Drug), Line::new("cycle: dose, total so far", Role::Muted)];
    for (cycle, dose, total) in &series.cycles {
        let text = format!("C{cycle}: {} {}, ", print(*dose), series.unit);
        lines.push(Line::new(text, Role::Text).and(format!("{} {}", print(*total), series.unit), Role::Dose));
    }
    lines
}

fn figure(value: Decimal) -> f64 {
    number::plain(value).parse().unwrap_or(0.0)
}

/// Draws it: figures left, total and doses right.
pub fn draw(model: &Model, charts: Charts, canvas: &mut Canvas<'_>, area: Rect) {
    let all = model.planned().map_or_else(Vec::new, |planned| series(planned));
    let title = format!("Charts · drug {} of {}", (charts.drug + 1).min(all.len()), all.len());
    let inside = canvas.pane(area, &title, true);
    let Some(series) = all.get(charts.drug).or(all.first()) else { return };
    let left = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2).min(38), ..inside };
    canvas.lines(left, &lines(series), 0);
    let right = Rect { x: left.right(), width: inside.right().saturating_sub(left.right()), ..inside };
    if right.width < 24 || right.height < 8 {
        return;
    }
    let bars = (right.height / 4).max(3);
    let chart = Rect { height: right.height - bars - 1, ..right };
    total(series, model.settings.ascii, canvas, chart);
    let doses: Vec<u64> = series.cycles.iter().map(|(_, dose, _)| whole(*dose)).collect();
    let wide = (usize::from(right.width) - 2) / doses.len().max(1);
    let wide = wide.clamp(2, 6);
    let most = doses.iter().max().map_or(1, |most| most + most / 4);
    let bar = |dose| std::iter::repeat_n(dose, wide - 1).chain(std::iter::once(0));
    let doses: Vec<u64> = doses.into_iter().flat_map(bar).collect();
    canvas.put(right.x, chart.bottom(), right.width, "Dose of each cycle", Role::Muted);
    let place = Rect { x: right.x, y: chart.bottom() + 1, width: right.width, height: bars };
    Sparkline::default().max(most).data(doses).style(canvas.theme.style(Role::Note)).render(place, canvas.buffer);
}

fn whole(value: Decimal) -> u64 {
    value.trunc().try_into().unwrap_or(0)
}

fn total(series: &Series, ascii: bool, canvas: &mut Canvas<'_>, area: Rect) {
    let points: Vec<(f64, f64)> =
        (1_u32..).zip(&series.cycles).map(|(nth, (_, _, total))| (f64::from(nth), figure(*total))).collect();
    let last = series.cycles.last().map_or(Decimal::ZERO, |(_, _, total)| *total);
    let top = figure(last).max(1.0);
    let count = f64::from(u32::try_from(points.len()).unwrap_or(1)).max(2.0);
    let muted = canvas.theme.style(Role::Muted);
    let line = Dataset::default()
        .marker(if ascii { Marker::Dot } else { Marker::Braille })
        .graph_type(GraphType::Line)
        .style(canvas.theme.style(Role::Dose))
        .data(&points);
    Chart::new(vec![line])
        .x_axis(
            Axis::default()
                .title("cycle")
                .style(muted)
                .bounds([1.0, count])
                .labels(["1".to_owned(), format!("{count}")]),
        )
        .y_axis(
            Axis::default()
                .title(format!("total {}", series.unit))
                .style(muted)
                .bounds([0.0, top])
                .labels(["0".to_owned(), print(last)]),
        )
        .render(area, canvas.buffer);
}

/// The figures of a drug.
pub fn plain(model: &Model, charts: Charts) -> Vec<Line> {
    let all = model.planned().map_or_else(Vec::new, |planned| series(planned));
    all.get(charts.drug).map_or_else(Vec::new, lines)
}
