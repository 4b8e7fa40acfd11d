//! Proof that the rows of a table cover every value once, with the value that is in no row or in two.
//!
//! Every axis is cut at the figures its rows name: between two cuts nothing can change, so one sample
//! stands for all values between them, and each cut is a sample of its own (whether 1.5 itself belongs
//! to the row above or below is where tables go wrong). The product of all samples is then looked at.

use std::collections::BTreeMap;

use crate::quantity::{Decimal, number};

use super::Range;

/// What a row asks of one axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ask {
    /// A figure in this range.
    In(Range),
    /// This word.
    Word(String),
}

/// One thing the rows look at.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    /// `neutrophils`
    pub(crate) name: String,
    /// Its values.
    pub(crate) values: Values,
}

/// The values of an axis.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    /// Figures from zero up, in this unit.
    Figures {
        /// The unit behind the figure.
        unit: String,
        /// The figures that can occur.
        grid: Grid,
    },
    /// Whole numbers, written behind a word: `grade 3`. The last stands for all after it, too.
    Counted {
        /// `grade`
        word: &'static str,
        /// Lowest.
        from: u32,
        /// Highest.
        through: u32,
    },
    /// Words: those the rows name and, unless they are all there are, any other.
    Words {
        /// The words.
        all: Vec<String>,
    },
}

/// The figures that can occur on an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Grid {
    /// Multiples of this step only, where figures are rounded; every figure where there is none.
    pub(crate) step: Option<Decimal>,
    /// One more that may lie between two steps: where a body surface is cut.
    pub(crate) cap: Option<Decimal>,
}

impl Grid {
    /// The least figure above `low` that can occur, of the steps alone.
    fn next(self, low: Decimal, below: Option<Decimal>) -> Option<Decimal> {
        match (self.step, below) {
            (Some(step), _) => low.checked_div(step)?.floor().checked_add(Decimal::ONE)?.checked_mul(step),
            (None, Some(below)) => low.checked_add(below)?.checked_div(Decimal::TWO),
            (None, None) => low.checked_add(Decimal::ONE),
        }
    }

    /// Whether a figure can occur.
    fn holds(self, value: Decimal) -> bool {
        let step = self.step.is_none_or(|step| value.checked_rem(step).is_none_or(|rest| rest.is_zero()));
        step || self.cap == Some(value)
    }
}

/// The word for a value that no row names.
pub(crate) const OTHER: &str = "any other";

/// Something wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// These values are in no row.
    Gap(String),
    /// These values are in two rows.
    Overlap(usize, usize, String),
    /// There are more combinations than can be looked at.
    TooMany,
}

/// The most combinations that are looked at.
const MOST: usize = 200_000;
/// The most faults that are told.
const TOLD: usize = 4;

#[derive(Debug, Clone)]
enum Sample {
    /// A cut itself.
    At(Decimal),
    /// Between two cuts; open above where there is none.
    Between {
        value: Decimal,
        above: Option<Decimal>,
        below: Option<Decimal>,
    },
    Counted(u32),
    Word(String),
}

impl Sample {
    fn fits(&self, ask: Option<&Ask>) -> bool {
        match (ask, self) {
            (None, _) => true,
            (Some(Ask::In(range)), Sample::At(value) | Sample::Between { value, .. }) => range.holds(*value),
            (Some(Ask::In(range)), Sample::Counted(value)) => range.holds(Decimal::from(*value)),
            (Some(Ask::Word(word)), Sample::Word(mine)) => word == mine,
            (Some(_), _) => false,
        }
    }
}

/// Everything wrong with the rows, each of which asks something of each axis (`None`: anything goes).
pub(crate) fn faults(axes: &[Axis], rows: &[Vec<Option<Ask>>]) -> Vec<Fault> {
    let samples: Vec<Vec<Sample>> = axes.iter().enumerate().map(|(at, axis)| axis.samples(rows, at)).collect();
    let cells = samples.iter().try_fold(rows.len().max(1), |cells, axis| cells.checked_mul(axis.len()));
    if cells.is_none_or(|cells| cells > MOST) {
        return vec![Fault::TooMany];
    }
    let mut search = Search { axes, rows, samples: &samples, gaps: Vec::new(), overlaps: Vec::new() };
    search.walk(&mut Vec::new());
    let (gaps, _) = merged(search.gaps);
    let gaps = gaps.into_iter().map(|gap| Fault::Gap(search_words(axes, &samples, &gap)));
    let overlaps = search.overlaps.into_iter().map(|(first, second, cell)| {
        let cell: Vec<(usize, usize)> = cell.into_iter().map(|at| (at, at)).collect();
        Fault::Overlap(first, second, search_words(axes, &samples, &cell))
    });
    gaps.take(TOLD).chain(overlaps.take(TOLD)).collect()
}

struct Search<'a> {
    axes: &'a [Axis],
    rows: &'a [Vec<Option<Ask>>],
    samples: &'a [Vec<Sample>],
    gaps: Vec<Vec<usize>>,
    overlaps: Vec<(usize, usize, Vec<usize>)>,
}

impl Search<'_> {
    fn walk(&mut self, cell: &mut Vec<usize>) {
        let Some(axis) = self.samples.get(cell.len()) else { return self.look(cell) };
        for at in 0..axis.len() {
            cell.push(at);
            self.walk(cell);
            cell.pop();
        }
    }

    fn look(&mut self, cell: &[usize]) {
        let fits = |row: &Vec<Option<Ask>>| {
            self.samples
                .iter()
                .zip(cell)
                .zip(row)
                .all(|((axis, at), ask)| axis.get(*at).is_some_and(|sample| sample.fits(ask.as_ref())))
        };
        let holding: Vec<usize> = self.rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect();
        match holding.as_slice() {
            [] if self.gaps.len() < MOST => self.gaps.push(cell.to_vec()),
            [first, second, ..] => {
                let known = self.overlaps.iter().any(|(one, other, _)| (one, other) == (first, second));
                if !known {
                    self.overlaps.push((*first, *second, cell.to_vec()));
                }
            }
            _ => {}
        }
        debug_assert_eq!(self.axes.len(), cell.len());
    }
}

/// From a sample through another, on each axis.
type Span = Vec<(usize, usize)>;

/// Neighbouring gaps put together, along the last axis and then along the ones before; with the number of looks for a
/// neighbour, which grows with the gaps and not with their square.
fn merged(gaps: Vec<Vec<usize>>) -> (Vec<Span>, usize) {
    let axes = gaps.first().map_or(0, Vec::len);
    let mut spans: Vec<Span> = gaps.into_iter().map(|cell| cell.into_iter().map(|at| (at, at)).collect()).collect();
    let mut looks = 0;
    for axis in (0..axes).rev() {
        looks += spans.len();
        spans = merged_along(axis, spans);
    }
    (spans, looks)
}

/// Spans are disjoint, so that at most one ends where another begins.
fn merged_along(axis: usize, spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    let mut ends: BTreeMap<Span, usize> = BTreeMap::new();
    for next in spans {
        let Some((from, to)) = next.get(axis).copied() else { continue };
        let beside = from.checked_sub(1).and_then(|end| ends.remove(&ending(&next, axis, end)));
        let place = beside.unwrap_or(joined.len());
        ends.insert(ending(&next, axis, to), place);
        match joined.get_mut(place).and_then(|known| known.get_mut(axis)) {
            Some(known) => known.1 = to,
            None => joined.push(next),
        }
    }
    joined
}

/// What a span is found by: where it lies on the other axes, and its end on this one.
fn ending(span: &Span, axis: usize, end: usize) -> Span {
    span.iter().enumerate().map(|(at, one)| if at == axis { (end, end) } else { *one }).collect()
}

fn search_words(axes: &[Axis], samples: &[Vec<Sample>], cell: &[(usize, usize)]) -> String {
    let told = axes.iter().zip(samples).zip(cell).filter(|((_, samples), (from, to))| {
        // An axis that is missing as a whole says nothing, unless it is the only one.
        axes.len() == 1 || *from != 0 || to + 1 != samples.len()
    });
    let words: Vec<String> = told.map(|((axis, samples), (from, to))| axis.words(samples, *from, *to)).collect();
    if words.is_empty() { "every value".to_owned() } else { words.join(" and ") }
}

impl Axis {
    fn samples(&self, rows: &[Vec<Option<Ask>>], at: usize) -> Vec<Sample> {
        match &self.values {
            Values::Figures { grid, .. } => figures(cuts(rows, at), *grid),
            Values::Counted { from, through, .. } => (*from..=*through).map(Sample::Counted).collect(),
            Values::Words { all } => all.iter().cloned().map(Sample::Word).collect(),
        }
    }

    fn words(&self, samples: &[Sample], from: usize, to: usize) -> String {
        let (Some(first), Some(last)) = (samples.get(from), samples.get(to)) else { return String::new() };
        let name = &self.name;
        match (&self.values, first, last) {
            (Values::Figures { unit, .. }, first, last) => format!("{name} {}", figure_words(first, last, unit)),
            (Values::Counted { word, .. }, Sample::Counted(one), Sample::Counted(other)) if one == other => {
                format!("{name} {word} {one}").trim_start().to_owned()
            }
            (Values::Counted { word, .. }, Sample::Counted(one), Sample::Counted(other)) => {
                format!("{name} {word} {one} to {other}").trim_start().to_owned()
            }
            (_, Sample::Word(word), _) => format!("{name} {word}").trim_start().to_owned(),
            _ => name.clone(),
        }
    }
}

/// Every figure the rows name on one axis, rising.
fn cuts(rows: &[Vec<Option<Ask>>], at: usize) -> Vec<Decimal> {
    let asked = rows.iter().filter_map(|row| row.get(at)?.as_ref());
    let ranges = asked.filter_map(|ask| if let Ask::In(range) = ask { Some(*range) } else { None });
    let mut cuts: Vec<Decimal> =
        ranges.flat_map(|range| [range.from, range.above, range.through, range.below]).flatten().collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn figures(mut cuts: Vec<Decimal>, grid: Grid) -> Vec<Sample> {
    cuts.extend(grid.cap);
    cuts.sort_unstable();
    cuts.dedup();
    let mut samples = Vec::new();
    let mut last: Option<Decimal> = None;
    for cut in cuts {
        samples.extend(between(last, Some(cut), grid));
        samples.extend(grid.holds(cut).then_some(Sample::At(cut)));
        last = Some(cut);
    }
    samples.extend(between(last, None, grid));
    samples
}

/// A value between two cuts, where there is one.
fn between(above: Option<Decimal>, below: Option<Decimal>, grid: Grid) -> Option<Sample> {
    let low = above.unwrap_or(Decimal::ZERO);
    let value = grid.next(low, below)?;
    let room = value > low && below.is_none_or(|below| value < below);
    room.then_some(Sample::Between { value, above, below })
}

fn figure_words(first: &Sample, last: &Sample, unit: &str) -> String {
    let lower = match first {
        Sample::At(value) => Some(format!("from {}", number::print(*value))),
        Sample::Between { above: Some(above), .. } => Some(format!("above {}", number::print(*above))),
        _ => None,
    };
    let upper = match last {
        Sample::At(value) => Some(format!("through {}", number::print(*value))),
        Sample::Between { below: Some(below), .. } => Some(format!("below {}", number::print(*below))),
        _ => None,
    };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    match (first, last, lower, upper) {
        (Sample::At(one), Sample::At(other), _, _) if one == other => format!("{}{unit}", number::print(*one)),
        (_, _, Some(lower), Some(upper)) if upper.starts_with("below") => format!("{lower} to {upper}{unit}"),
        (_, _, Some(lower), Some(upper)) => format!("{lower} {upper}{unit}"),
        (_, _, Some(one), None) | (_, _, None, Some(one)) => format!("{one}{unit}"),
        (_, _, None, None) => "of any value".to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unnecessary_wraps)] // a row asks something or nothing
mod tests {
    use super::*;

    fn range(from: Option<i64>, below: Option<i64>, through: Option<i64>) -> Option<Ask> {
        let figure = |value: Option<i64>| value.map(|value| Decimal::new(value, 1));
        let range = Range { from: figure(from), below: figure(below), through: figure(through), above: None };
        Some(Ask::In(range))
    }

    fn counts() -> Axis {
        let values = Values::Figures { unit: "10^9/L".to_owned(), grid: Grid::default() };
        Axis { name: "neutrophils".to_owned(), values }
    }

    #[test]
    fn what_is_covered_once_has_no_fault() {
        let rows = vec![vec![range(Some(15), None, None)], vec![range(None, Some(15), None)]];
        assert_eq!(faults(&[counts()], &rows), []);
    }

    #[test]
    fn the_uncovered_value_is_told_even_where_it_is_one_figure() {
        let rows = vec![vec![range(Some(15), None, None)], vec![range(None, Some(10), None)]];
        assert_eq!(faults(&[counts()], &rows), [Fault::Gap("neutrophils from 1 to below 1.5 10^9/L".to_owned())]);
        let above = Range { above: Some(Decimal::ONE), ..Range::default() };
        let rows = vec![vec![Some(Ask::In(above))], vec![range(None, Some(10), None)]];
        assert_eq!(faults(&[counts()], &rows), [Fault::Gap("neutrophils 1 10^9/L".to_owned())]);
    }

    #[test]
    fn two_rows_for_one_value_are_told_with_it() {
        let rows = vec![vec![range(Some(15), None, None)], vec![range(None, None, Some(15))]];
        assert_eq!(faults(&[counts()], &rows), [Fault::Overlap(0, 1, "neutrophils 1.5 10^9/L".to_owned())]);
    }

    #[test]
    fn two_axes_are_looked_at_together() {
        let grade =
            Axis { name: "diarrhoea".to_owned(), values: Values::Counted { word: "grade", from: 0, through: 4 } };
        let fever =
            Axis { name: String::new(), values: Values::Words { all: vec!["fever".into(), "no fever".into()] } };
        let grades = |from: i64, through: i64| {
            let range = Range { from: Some(from.into()), through: Some(through.into()), ..Range::default() };
            Some(Ask::In(range))
        };
        let rows = vec![
            vec![grades(0, 2), None],
            vec![grades(3, 3), Some(Ask::Word("fever".to_owned()))],
            vec![grades(4, 4), None],
        ];
        assert_eq!(faults(&[grade, fever], &rows), [Fault::Gap("diarrhoea grade 3 and no fever".to_owned())]);
    }

    #[test]
    fn a_value_known_in_steps_leaves_no_gap_between_neighbours() {
        let grid = Grid { step: Some(Decimal::new(1, 2)), cap: None };
        let values = Values::Figures { unit: "m2".to_owned(), grid };
        let surface = Axis { name: "body surface".to_owned(), values };
        let two = |value: i64| Some(Decimal::new(value, 2));
        let rows = vec![
            vec![Some(Ask::In(Range { through: two(122), ..Range::default() }))],
            vec![Some(Ask::In(Range { from: two(123), ..Range::default() }))],
        ];
        assert_eq!(faults(&[surface], &rows), []);
    }

    /// Five axes of nine samples, two of the 59,049 cells covered: along the last axis 6,559 whole lines and two lines
    /// cut in two, and so on before; every gap is looked at once for each axis, at most.
    #[test]
    fn many_gaps_are_put_together_without_comparing_each_with_each() {
        let cells = |_: usize| 0..9_usize;
        let mut gaps: Vec<Vec<usize>> = vec![Vec::new()];
        for axis in 0..5 {
            gaps = gaps.iter().flat_map(|cell| cells(axis).map(move |at| [&cell[..], &[at]].concat())).collect();
        }
        gaps.retain(|cell| *cell != [2; 5] && *cell != [6; 5]);
        let all = gaps.len();
        assert_eq!(all, 59_047);
        let (spans, looks) = merged(gaps);
        assert!(looks <= 5 * all, "{looks} looks at {all} gaps");
        let held: usize = spans.iter().map(|span| span.iter().map(|(from, to)| to - from + 1).product::<usize>()).sum();
        assert_eq!(held, all, "each gap is in one span");
        // Around a hole lie two spans an axis, but the two holes share the one between them on the first axis.
        assert_eq!(spans.len(), 2 * 2 * 5 - 1);
    }
}
