//! The whole treatment in two rows: each cycle with what became of it, its window, and its first day.

use crate::calendar::{self, Date};
use crate::plan::{AdministrationState, PlannedCycle};
use crate::tui::rich::Role;
use crate::tui::session::Planned;

use super::days;

/// The rows it takes.
pub(super) const ROWS: u16 = 2;
/// The narrowest cycle: `C10?━┥──`, and `07-Dec` with room behind it.
const NARROW: u16 = 8;
/// A cycle wide enough for its first day with the year.
const WITH_YEAR: u16 = 12;
/// Wider a cycle says no more.
const WIDEST: u16 = 24;

/// How a cycle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nothing of it is open.
    Done,
    /// Some of it happened, some is open.
    UnderWay,
    /// Its first day is past, and nothing of it is recorded.
    Overdue,
    /// It comes.
    Certain,
    /// It comes if treatment continues.
    Projected,
    /// It was open when treatment ended.
    Ended,
}

impl Standing {
    fn of(planned: &Planned, cycle: &PlannedCycle, today: Date, recorded: bool) -> Self {
        let own = |one: &&crate::plan::Administration| one.key.cycle == cycle.number && one.key.phase == cycle.phase_id;
        let waits = |one: &crate::plan::Administration| one.state == AdministrationState::Projected;
        let (mut open, mut happened) = (false, false);
        for one in planned.plan.administrations.iter().filter(own) {
            open |= waits(one);
            happened |= !waits(one);
        }
        match (open, happened) {
            (false, _) => Standing::Done,
            (true, _) if days::ended(planned, today).is_some() => Standing::Ended,
            (true, true) => Standing::UnderWay,
            (true, false) if recorded && cycle.actual < today => Standing::Overdue,
            (true, false) if cycle.certain => Standing::Certain,
            (true, false) => Standing::Projected,
        }
    }

    const fn is_open(self) -> bool {
        matches!(self, Standing::Overdue | Standing::Certain | Standing::Projected)
    }

    const fn sign(self) -> &'static str {
        match self {
            Standing::Done => "✓",
            Standing::UnderWay => "◐",
            Standing::Overdue => "▲",
            Standing::Certain => "",
            Standing::Projected => "?",
            Standing::Ended => "×",
        }
    }

    const fn role(self) -> Role {
        match self {
            Standing::Done | Standing::Projected | Standing::Ended => Role::Muted,
            Standing::Overdue => Role::Warn,
            Standing::UnderWay | Standing::Certain => Role::Text,
        }
    }
}

/// A cycle as the strip shows it: `C2?━┥────` above `21-Dec`.
pub(super) struct Cell {
    /// Number and standing.
    pub(super) label: String,
    /// How the label looks.
    pub(super) role: Role,
    /// Its window goes on behind day 1.
    pub(super) window: bool,
    /// Day 1.
    pub(super) on: Date,
    /// It holds the day the plan stands on.
    pub(super) here: bool,
}

impl Cell {
    /// Day 1, in as many columns as it takes.
    pub(super) fn day(&self, columns: u16) -> String {
        let day = calendar::print(self.on);
        if columns >= WITH_YEAR { day } else { day.rsplit_once('-').map_or(day.clone(), |(day, _)| day.to_owned()) }
    }
}

/// As many cycles as there is room for, around the day the plan stands on, each as wide as `columns`; and whether there are
/// more before and after them.
pub(super) struct Strip {
    pub(super) cells: Vec<Cell>,
    pub(super) columns: u16,
    pub(super) before: bool,
    pub(super) after: bool,
}

/// The strip for so many columns. `recorded` is a subject of the record, whose past doses without an entry are overdue.
pub(super) fn strip(planned: &Planned, cursor: Date, today: Date, recorded: bool, columns: u16) -> Strip {
    let cycles = &planned.plan.cycles;
    let shown = usize::from((columns / NARROW).max(1)).min(cycles.len()).max(1);
    let here = cycles.iter().rposition(|cycle| cycle.actual <= cursor).unwrap_or(0);
    let first = here.saturating_sub(shown / 2).min(cycles.len().saturating_sub(shown));
    let cell = |(at, cycle): (usize, &PlannedCycle)| {
        let standing = Standing::of(planned, cycle, today, recorded);
        Cell {
            label: format!("{}{}", cycle.word.short(cycle.number), standing.sign()),
            role: standing.role(),
            window: standing.is_open() && cycle.window.is_some_and(|window| window.latest > cycle.actual),
            on: cycle.actual,
            here: at == here,
        }
    };
    let cells: Vec<Cell> = cycles.iter().enumerate().skip(first).take(shown).map(cell).collect();
    let (before, after) = (first > 0, first + shown < cycles.len());
    let each = columns / u16::try_from(shown).unwrap_or(u16::MAX);
    Strip { cells, columns: each.min(WIDEST), before, after }
}
