//! Doses as pictures: what each cycle adds, and how the total grows.

use crate::regimen::CycleWord;
use ratatui::layout::Rect;
use ratatui::symbols::Marker;
use ratatui::widgets::{Axis, Chart, Dataset, Gauge, GraphType, Sparkline, Widget};

use crate::plan::lifetime;
use crate::present::cumulative;
use crate::quantity::Decimal;
use crate::quantity::number::{self, print};
use crate::tui::canvas::Canvas;
use crate::tui::key::Chord;
use crate::tui::model::{Charts, Effect, Model, Screen};
use crate::tui::record::OpenSubject;
use crate::tui::rich::{Line, Role};
use crate::tui::session::Planned;

use super::stepped;

/// Opens the charts.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.push(Screen::Charts(Charts::default()));
    Vec::new()
}

/// Another drug.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let count = model.planned().map_or(0, |planned| series(planned).len()) + usize::from(weighed(model).is_some());
    if let Some(Screen::Charts(charts)) = model.stack.last_mut() {
        charts.drug = stepped(charts.drug, chord, count, count);
    }
    Vec::new()
}

/// The subject, where the record has weights: one more chart behind the drugs.
fn weighed(model: &Model) -> Option<&OpenSubject> {
    model.open_subject().filter(|subject| !subject.weights().is_empty())
}

/// A drug's dose in each cycle and the total so far.
pub struct Series {
    /// The drug's id.
    pub id: String,
    /// The drug.
    pub name: String,
    /// Unit of the amounts.
    pub unit: &'static str,
    /// What the trial calls a cycle.
    pub word: CycleWord,
    /// The cycle, its amount, the total through it.
    pub cycles: Vec<(u32, Decimal, Decimal)>,
    /// The phase of the last cycle.
    phase: Option<String>,
}

/// Every drug, from the rows that every output shows.
pub fn series(planned: &Planned) -> Vec<Series> {
    let schedule = &planned.schedule;
    let mut all: Vec<((&str, Option<&str>), Series)> = Vec::new();
    for row in cumulative(schedule) {
        let dose = schedule.doses.iter().find(|dose| dose.id == row.id);
        let drug = dose.map_or(("", None), |dose| (dose.drug.as_str(), dose.formulation.as_deref()));
        let (amount, total, unit) = (row.amount.value, row.total.value, row.total.unit.written());
        let at = all.iter().position(|(known, series)| *known == drug && series.unit == unit).unwrap_or_else(|| {
            let series = Series {
                id: row.id.clone(),
                name: row.shown.clone(),
                unit,
                word: schedule.regimen.cycle_word,
                cycles: Vec::new(),
                phase: None,
            };
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
    let mut lines = vec![Line::new(series.name.clone(), Role::Drug), Line::new("dose, total so far", Role::Muted)];
    for (cycle, dose, total) in &series.cycles {
        let text = format!("{}: {} {}, ", series.word.short(*cycle), print(*dose), series.unit);
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
    if let Some(subject) = weighed(model).filter(|_| charts.drug >= all.len()) {
        let inside = canvas.pane(area, "Charts · body weight", true);
        super::weights::draw(subject, model.settings.ascii, canvas, inside);
        return;
    }
    let title = format!("Charts · drug {} of {}", (charts.drug + 1).min(all.len()), all.len());
    let inside = canvas.pane(area, &title, true);
    let Some(series) = all.get(charts.drug).or(all.first()) else { return };
    let left = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2).min(38), ..inside };
    canvas.lines(left, &lines(series), 0);
    let left_out = gauges(model, series, canvas, inside, left.right());
    let inside = Rect { height: inside.height.saturating_sub(left_out), ..inside };
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
    canvas.put(right.x, chart.bottom(), right.width, &format!("Dose of each {}", series.word.one()), Role::Muted);
    let place = Rect { x: right.x, y: chart.bottom() + 1, width: right.width, height: bars };
    Sparkline::default().max(most).data(doses).style(canvas.theme.style(Role::Note)).render(place, canvas.buffer);
}

/// One gauge for each lifetime limit the drug counts towards, at the foot; gives the rows used.
fn gauges(model: &Model, series: &Series, canvas: &mut Canvas<'_>, inside: Rect, x: u16) -> u16 {
    let Some((session, planned)) = model.session.as_ref().and_then(|one| Some((one, one.planned.as_ref()?))) else {
        return 0;
    };
    let sums = lifetime::sums(&session.regimen, &planned.course, &planned.plan);
    let counts = |name: &str| {
        let limit = session.regimen.lifetimes.iter().find(|limit| limit.name == name);
        let drug = session.regimen.drugs().find(|drug| drug.id == series.id);
        limit.zip(drug).is_some_and(|(limit, drug)| limit.factor(&drug.name).is_some())
    };
    let width = inside.right().saturating_sub(x + 1);
    let mut used = 0;
    for sum in sums.iter().filter(|sum| counts(&sum.name)) {
        let total = sum.planned.and_then(|planned| planned.checked_add(sum.before.unwrap_or_default()));
        let share = total.and_then(|total| total.checked_div(sum.most.value)).unwrap_or_default();
        if width < 24 || inside.height < used + 10 {
            break;
        }
        let y = inside.bottom() - used - 2;
        let text = format!("with what is planned, of at most {} ({})", sum.most, sum.name);
        canvas.put(x, y, width, &text, Role::Muted);
        let role = if share >= Decimal::new(9, 1) { Role::Warn } else { Role::Dose };
        let label = format!("{} %", print(crate::quantity::decimal::half_up(share * Decimal::ONE_HUNDRED, 1)));
        let place = Rect { x, y: y + 1, width, height: 1 };
        let ratio = figure(share).clamp(0.0, 1.0);
        Gauge::default().ratio(ratio).label(label).gauge_style(canvas.theme.style(role)).render(place, canvas.buffer);
        used += 3;
    }
    used
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
                .title(series.word.one())
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
    match (all.get(charts.drug), weighed(model)) {
        (Some(series), _) => lines(series),
        (None, Some(subject)) => super::weights::lines(subject),
        (None, None) => Vec::new(),
    }
}
