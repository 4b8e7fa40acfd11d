//! The medicine a patient takes at home: a page for each drug of the treatment in each cycle.

use crate::calendar::{Date, days_between, plus_days};
use crate::present::{CycleRow, DoseRow, DoseState, Place, RunRow, Schedule};
use crate::quantity::number;
use crate::regimen::{HalfDay, Role};

use super::super::super::Options;
use super::super::leaf::build::{bold, cell, frame, grid_row, plain, row, row_middle, words};
use super::super::leaf::{Grid, GridCell, GridRow, Leaf, Node, Span, Width, mm};
use super::super::visit::wanted;
use super::advice;
use super::counted::{Counted, of_half};
use super::day;
use super::others::other;
use super::parts::{TEXT, beside, capital, head, headed, named, paired, plain_name, said, staff, tell, when_to_call};
use super::visits::visits;

/// A diary of more days than this stands in two columns over the width of the page; one of tablets of several strengths takes
/// that width too, as its doses do not stand on one line beside the texts.
const BESIDE: usize = 23;

pub(super) fn leaves(schedule: &Schedule, options: &Options) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for cycle in schedule.sheets.cycles.iter().filter(|cycle| wanted(options, cycle.number)) {
        let runs: Vec<(&DoseRow, &RunRow)> = schedule
            .doses
            .iter()
            .filter(|dose| dose.cycle == cycle.number && dose.phase == cycle.phase)
            .filter(|dose| dose.state() == DoseState::Projected)
            .filter_map(|dose| Some((dose, dose.run()?)))
            .collect();
        // A drug of the treatment that is taken in one go has a page of its own. Where it is taken in several, as once a week or
        // in steps, no page could say on which days there is nothing, and all stand together.
        let goes = |name: &String| runs.iter().filter(|(dose, _)| plain_name(dose) == *name).count();
        let alone: Vec<bool> = runs.iter().map(|(dose, _)| goes(&plain_name(dose)) == 1).collect();
        let (own, others): (Vec<_>, Vec<_>) = runs
            .into_iter()
            .zip(alone)
            .partition(|((dose, run), alone)| *alone && dose.role == Role::Treatment && run.times_a_day < 3);
        let [own, others] = [own, others].map(|runs| runs.into_iter().map(|(run, _)| run).collect::<Vec<_>>());
        leaves.extend(own.iter().map(|(dose, run)| Page { schedule, options, cycle, dose, run }.leaf()));
        if !others.is_empty() {
            leaves.push(other(schedule, options, cycle, &others));
        }
    }
    leaves
}

/// The first half of the days beside the second.
fn halved(diary: Grid) -> Node {
    let half = diary.rows.len().div_ceil(2);
    let widths = std::iter::once(Width::Points(80.0)).chain(diary.widths.iter().skip(1).copied()).collect();
    let diary = Grid { widths, ..diary };
    let (first, second) = diary.rows.split_at(half);
    let column = |rows: &[GridRow]| (Width::Share(1.0), Node::Grid(diary.with_rows(rows.to_vec())));
    row(10.0, vec![column(first), column(second)])
}

/// The page of one drug in one cycle.
struct Page<'a> {
    schedule: &'a Schedule,
    options: &'a Options,
    cycle: &'a CycleRow,
    dose: &'a DoseRow,
    run: &'a RunRow,
}

impl Page<'_> {
    fn leaf(&self) -> Leaf {
        let title = format!("Your {}, {}", self.thing(), named(self.cycle));
        let strengths: Vec<String> = self.dose.tablets().iter().map(|one| one.strength.to_string()).collect();
        let kind = match strengths.as_slice() {
            [] => String::new(),
            each => format!(", {} of {}", self.thing(), each.join(" and ")),
        };
        let below = vec![
            words(13.0, vec![bold(capital(&plain_name(self.dose))), plain(format!("{kind}, at home"))]),
            words(13.0, self.span()),
        ];
        let mut body = vec![self.called(), Node::Space(6.0), self.boxes(), Node::Space(6.0)];
        let diary = self.diary();
        let several = strengths.len() > 1;
        if diary.rows.len() > BESIDE && !(several && self.twice()) {
            body.push(halved(diary));
            body.push(Node::Space(6.0));
            body.extend(beside(3, self.texts()));
        } else if !several {
            let side = Node::Stack(self.texts());
            let width = Width::Points(mm(117.0));
            body.push(row(14.0, vec![(width, Node::Grid(diary)), (Width::Share(1.0), side)]));
        } else {
            body.push(Node::Grid(diary));
            body.push(Node::Space(6.0));
            body.extend(paired(self.texts()));
        }
        body.extend([Node::Space(6.0), self.staff()]);
        Leaf { head: head(self.schedule, self.options, &title, below), title, body }
    }

    /// What is taken.
    fn thing(&self) -> &'static str {
        self.dose.tablets().first().map_or("medicine", |one| one.form.word(2))
    }

    fn span(&self) -> Vec<Span> {
        if self.run.from == self.run.through {
            return vec![plain("on "), bold(day::whole(self.run.from))];
        }
        vec![plain("from "), bold(day::whole(self.run.from)), plain(" to "), bold(day::whole(self.run.through))]
    }

    fn called(&self) -> Node {
        let texts = self.options.print.texts.as_ref();
        let stop = texts.map_or(&[][..], |texts| texts.stop_and_call.as_slice());
        let once = texts.map_or(&[][..], |texts| texts.call_at_once.as_slice());
        let stopping = format!("Stop the {} and call today if you have", self.thing());
        let ask = if stop.is_empty() { ("Call at once if you have", once) } else { (stopping.as_str(), stop) };
        when_to_call(self.options, ask, tell(self.schedule, self.options))
    }

    /// Each dose, large.
    fn boxes(&self) -> Node {
        let one = |when: &str, counted: Counted| {
            let cells = vec![
                (Width::Points(62.0), words(TEXT, vec![bold(when)])),
                (Width::Share(1.0), words(18.0, vec![bold(counted.big)])),
                (Width::Points(86.0), words(TEXT, vec![plain(counted.small)])),
            ];
            (Width::Share(1.0), frame(1.7, (8.0, 3.0), row_middle(4.0, cells)))
        };
        if self.twice() {
            return row(
                11.0,
                vec![
                    one("Each\nmorning", of_half(self.dose, HalfDay::Morning)),
                    one("Each\nevening", of_half(self.dose, HalfDay::Evening)),
                ],
            );
        }
        let when = if self.run.administrations == 1 { "Once" } else { "Each day" };
        row(11.0, vec![one(when, of_half(self.dose, HalfDay::Morning))])
    }

    fn twice(&self) -> bool {
        self.run.times_a_day == 2
    }

    /// How long the line is on which the time is written: of two doses a day in two columns a short one.
    fn line(&self) -> f32 {
        if self.twice() && days_between(self.run.from, self.run.through) + 1 > 20 { 28.0 } else { 40.0 }
    }

    fn halves(&self) -> &'static [HalfDay] {
        if self.twice() { &[HalfDay::Morning, HalfDay::Evening] } else { &[HalfDay::Morning] }
    }

    fn diary(&self) -> Grid {
        let (first, last) = (self.run.from, self.run.through);
        let mut rows: Vec<GridRow> =
            (0..=days_between(first, last)).filter_map(|later| Some(self.row(plus_days(first, later)?))).collect();
        rows.extend(self.rest());
        rows.extend(self.next());
        let unit = |half: HalfDay| {
            let counted = of_half(self.dose, half);
            match (self.twice(), half) {
                (false, _) => format!("Take {}", counted.big),
                (true, HalfDay::Morning) => format!("Morning: {}", counted.big),
                (true, HalfDay::Evening) => format!("Evening: {}", counted.big),
            }
        };
        let head = std::iter::once("Day".to_owned()).chain(self.halves().iter().map(|half| unit(*half))).collect();
        let widths =
            std::iter::once(Width::Points(82.0)).chain(self.halves().iter().map(|_| Width::Share(1.0))).collect();
        let caption = format!("Doses of {} taken at home", plain_name(self.dose));
        Grid { caption, widths, head, head_size: TEXT, boxed: true, rows }
    }

    fn row(&self, date: Date) -> GridRow {
        let (first, last) = (date == self.run.from, date == self.run.through);
        let mut cells =
            vec![cell(TEXT, vec![bold(day::short(date)), plain(format!(" {}", crate::calendar::print_short(date)))])];
        for half in self.halves() {
            let before =
                self.twice() && first && *half == HalfDay::Morning && self.run.starts == Some(HalfDay::Evening);
            let after = self.twice() && last && *half == HalfDay::Evening && self.run.ends == Some(HalfDay::Morning);
            if before || after {
                let drip = before && self.drip(date);
                let none = format!("{}no {}", if drip { "drip, " } else { "" }, self.thing());
                let told = if self.elsewhere(date) { "on its own sheet".to_owned() } else { none };
                cells.push(GridCell { grey: true, ..cell(TEXT, vec![plain(told)]) });
                continue;
            }
            let opens = first && (*half == HalfDay::Morning || self.run.starts == Some(HalfDay::Evening));
            let ends = last && (!self.twice() || *half == HalfDay::Evening || self.run.ends == Some(HalfDay::Morning));
            let tag = match (opens, ends) {
                (true, false) => " first",
                (false, true) => " last",
                _ => "",
            };
            let short = of_half(self.dose, *half).short;
            let spans = vec![Span::Tick, bold(format!(" {short}")), plain(" at "), Span::Blank(self.line()), bold(tag)];
            cells.push(GridCell { framed: !tag.is_empty(), ..cell(TEXT, spans) });
        }
        let heavy = crate::calendar::weekday(date).starts_with("Sun");
        GridRow { heavy, ..grid_row(mm(7.0), mm(5.9), cells) }
    }

    /// Whether something runs in on that day, in the clinic.
    fn drip(&self, date: Date) -> bool {
        let here = |dose: &&DoseRow| dose.date() == date && dose.place != Place::Home && !dose.never_given();
        self.schedule.doses.iter().filter(here).any(|dose| dose.route.as_deref() == Some("intravenous"))
    }

    /// The first day after the run on which something else is to be done.
    fn until(&self) -> Option<Date> {
        visits(self.schedule, &Options::default()).next(self.run.through)
    }

    /// Days without, named; a long time in one row. Days on which another run of the drug is taken are on that run's sheet.
    fn rest(&self) -> Vec<GridRow> {
        let end = self.until().and_then(|next| plus_days(next, -1)).unwrap_or(self.cycle.last);
        let days = (1..=days_between(self.run.through, end)).filter_map(|later| plus_days(self.run.through, later));
        let mut spells: Vec<(bool, Vec<Date>)> = Vec::new();
        for date in days {
            let elsewhere = self.elsewhere(date);
            match spells.last_mut().filter(|(same, _)| *same == elsewhere) {
                Some((_, spell)) => spell.push(date),
                None => spells.push((elsewhere, vec![date])),
            }
        }
        spells.iter().flat_map(|(elsewhere, spell)| self.spell(*elsewhere, spell)).collect()
    }

    /// Whether the drug is taken on that day by another sheet.
    fn elsewhere(&self, date: Date) -> bool {
        let name = plain_name(self.dose);
        let same = |dose: &&DoseRow| !dose.never_given() && !std::ptr::eq(*dose, self.dose) && plain_name(dose) == name;
        let runs = self.schedule.doses.iter().filter(same).filter_map(DoseRow::run);
        runs.into_iter().any(|run| (run.from..=run.through).contains(&date))
    }

    fn spell(&self, elsewhere: bool, days: &[Date]) -> Vec<GridRow> {
        let told = if elsewhere { "on its own sheet".to_owned() } else { format!("no {}", self.thing()) };
        let cells = |date: Vec<Span>| {
            let grey = |spans: Vec<Span>| GridCell { grey: !elsewhere, ..cell(TEXT, spans) };
            let each = self.halves().iter().map(|_| grey(vec![plain(told.clone())]));
            std::iter::once(grey(date)).chain(each).collect::<Vec<_>>()
        };
        let row = |date: Vec<Span>| grid_row(mm(7.0), mm(5.9), cells(date));
        match days {
            [first, .., last] if elsewhere || days.len() > 9 => {
                vec![row(vec![plain(format!("{} to {}", day::without_year(*first), day::without_year(*last)))])]
            }
            days => {
                let name = |date: &Date| {
                    vec![bold(day::short(*date)), plain(format!(" {}", crate::calendar::print_short(*date)))]
                };
                days.iter().map(|date| row(name(date))).collect()
            }
        }
    }

    fn next(&self) -> Option<GridRow> {
        let date = self.until()?;
        let spans = vec![bold("next visit, at "), Span::Blank(34.0), bold(" blood test on "), Span::Rest];
        let told = GridCell { columns: self.halves().len(), framed: true, ..cell(TEXT, spans) };
        let cells = vec![GridCell { framed: true, ..cell(TEXT, vec![bold(day::without_year(date))]) }, told];
        Some(grid_row(mm(7.6), mm(6.4), cells))
    }

    fn texts(&self) -> Vec<Node> {
        let options = self.options;
        let mut nodes = vec![headed("First and last", Some(advice::first_and_last(self.dose, self.run)))];
        let how = said(options, |texts| texts.how.as_ref()).or(self.dose.note.as_ref());
        nodes.extend(how.map(|how| headed("How", Some(vec![plain(how.clone())]))));
        nodes.extend(advice::of_all(options, vec![plain(advice::missed(options, self.dose.missed))]));
        nodes
    }

    /// What staff count and sign.
    fn staff(&self) -> Node {
        let counts: u32 = self.dose.tablets().iter().map(|one| one.count).sum();
        let count = if counts == 0 { Span::Blank(50.0) } else { bold(number::print(counts.into())) };
        staff(count, self.thing())
    }
}
