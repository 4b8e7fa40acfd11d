//! The first days of the cycles.

use std::collections::BTreeMap;

use crate::calendar::{Date, Window, days_between, plus, plus_days};
use crate::course::{Course, CycleKey, Deed, Key};
use crate::regimen::{Clock, CountKind, Drug, Next, Numbering, Omitted, Phase, Regimen, Role};

use super::dosed::Doses;
use super::phases::{self, Start};
use super::{OPEN_CYCLES, Options, reduced, turn};

/// A cycle with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCycle {
    /// Index of the phase in the regimen.
    pub phase: usize,
    /// Phase id; `None` in a regimen of one.
    pub phase_id: Option<String>,
    /// Number as shown.
    pub number: u32,
    /// Place in its phase, from 1.
    pub place: u32,
    /// Where day 1 (or day 0) would stand if this cycle were not delayed.
    pub planned: Date,
    /// Where it stands.
    pub actual: Date,
    /// Where it would stand had nothing ever been delayed.
    pub undelayed: Date,
    /// Room around the planned day 1; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// The last day of the cycle.
    pub last_day: Date,
    /// Whether it will be given if all goes as planned.
    pub certain: bool,
    /// Whether a dose was given that sets its day 1.
    pub begun: bool,
    /// The cycle day of that dose.
    pub set_by: Option<i32>,
    /// Whether every treatment dose of it was omitted.
    pub omitted: bool,
    /// Days of delay recorded for it.
    pub delay: i32,
    /// Where day 1 of the next cycle would stand, with its delays and without, where treatment ends before it.
    pub over: Option<(Date, Date)>,
}

impl PlannedCycle {
    /// Its key in a course.
    pub fn key(&self) -> CycleKey {
        (self.phase_id.clone(), self.number)
    }

    /// Days from its day 1 to the next.
    pub fn length(&self) -> i32 {
        days_between(self.actual, self.last_day).saturating_add(1)
    }
}

/// The cycles of a regimen, and whether treatment goes on after the last. `None` beyond the calendar.
///
/// What was asked for limits the whole list, so an early phase is never cut to make room for a later one. Cycles omitted
/// in part only are told.
pub(super) fn cycles(
    regimen: &Regimen,
    course: &Course,
    options: Options,
    partly: &[(usize, u32)],
) -> Option<(Vec<PlannedCycle>, bool)> {
    let mut cycles: Vec<PlannedCycle> = Vec::new();
    let mut continues = false;
    // The dates need to know what is measured, as the doses do; what is worth telling is told there.
    let mut doses = Doses::new(regimen, course);
    let shown = options.cycles.and_then(|cycles| usize::try_from(cycles).ok()).unwrap_or(usize::MAX);
    for (index, phase) in regimen.phases.iter().enumerate() {
        if cycles.len() >= shown {
            continues = true;
            break;
        }
        let start = match &phase.begins {
            None => Start { actual: course.start, undelayed: course.start },
            Some(begins) => match phases::start(regimen, course, &cycles, begins)? {
                Some(start) => start,
                None => continue,
            },
        };
        let offset = match phase.numbering {
            Numbering::Continues => cycles.last().map_or(0, |last| last.number),
            Numbering::Restarts => 0,
        };
        let conditional = regimen
            .phases
            .iter()
            .take(index + 1)
            .any(|phase| phase.begins.as_ref().is_some_and(|begins| begins.condition.is_some()));
        let run = Run { regimen, course, phase, index, start, offset, conditional, partly };
        continues = run.extend(&mut cycles, options, &mut doses)?;
    }
    continues |= cycles.len() > shown;
    cycles.truncate(shown);
    Some((cycles, continues))
}

/// The day from which no dose of a phase stands any more, where the phase says how long it lasts at most from its first
/// dose.
pub(super) fn end_of_treatment(phase: &Phase, first: Date) -> Option<Option<Date>> {
    match phase.cycle.count.at_most {
        Some(period) => plus(first, period).map(Some),
        None => Some(None),
    }
}

struct Run<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    phase: &'a Phase,
    index: usize,
    start: Start,
    offset: u32,
    conditional: bool,
    partly: &'a [(usize, u32)],
}

impl Run<'_> {
    fn extend(&self, cycles: &mut Vec<PlannedCycle>, options: Options, doses: &mut Doses<'_>) -> Option<bool> {
        let count = self.phase.cycle.count;
        let so_far = u32::try_from(cycles.len()).ok()?;
        let (wanted, open) = match (count.kind, options.cycles) {
            (CountKind::UpTo(n) | CountKind::Planned(n) | CountKind::Between(_, n), _) => (n, false),
            (CountKind::UntilStopped, Some(asked)) => (asked.saturating_sub(so_far), true),
            (CountKind::UntilStopped, None) => (options.open.unwrap_or(OPEN_CYCLES), true),
        };
        // In an arm whose last drug has ended there is no treatment left to plan.
        let (mut wanted, open) = match self.last_place().filter(|last| *last <= wanted) {
            Some(last) => (last, false),
            None => (wanted, open),
        };
        let Start { actual: mut planned, mut undelayed } = self.start;
        let mut place = 1;
        while place <= wanted {
            let cycle = self.cycle(place, planned, undelayed, cycles, doses)?;
            let first = cycles.iter().find(|one| one.phase == self.index).map_or(cycle.actual, |first| first.actual);
            // A drug with a clock of its own does not wait for the others.
            let own = self.given(cycle.number).any(|(_, drug)| drug.clock == Clock::Own);
            let day = if own { cycle.actual.min(cycle.undelayed) } else { cycle.actual };
            let over = end_of_treatment(self.phase, first)?.is_some_and(|end| day >= end);
            let stopped = self.course.stopped.as_ref().is_some_and(|(stopped, _)| day > *stopped);
            if !cycle.begun && (over || stopped) {
                if let Some(last) = cycles.last_mut() {
                    last.over = Some((cycle.actual, cycle.undelayed));
                }
                return Some(false);
            }
            if cycle.omitted && count.omitted == Omitted::DoesNotCount && wanted < 10_000 {
                wanted += 1;
            }
            let length = cycle.length();
            planned = match self.phase.cycle_of(cycle.number).next {
                Next::FromActual => plus_days(cycle.actual, length)?,
                Next::FromPlanned => plus_days(cycle.planned, length)?,
            };
            undelayed = plus_days(undelayed, length)?;
            cycles.push(cycle);
            place += 1;
        }
        Some(open && self.course.stopped.is_none())
    }

    /// The last cycle in which the subject may be given anything, by its place in the last phase; `None` where no drug ends.
    fn last_place(&self) -> Option<u32> {
        if self.index + 1 < self.regimen.phases.len() {
            return None;
        }
        let mut own = self.phase.drugs.iter().filter(|drug| drug.is_given_to(&self.course.subject, &self.phase.drugs));
        let last = own.try_fold(0, |last, drug| drug.last_cycle.map(|own| own.max(last)))?;
        last.checked_sub(self.offset).filter(|place| *place > 0)
    }

    fn cycle(
        &self,
        place: u32,
        planned: Date,
        undelayed: Date,
        before: &[PlannedCycle],
        doses: &mut Doses<'_>,
    ) -> Option<PlannedCycle> {
        let number = self.offset.checked_add(place)?;
        let key = (self.phase.id.clone(), number);
        let deeds = deeds_of(self.course, &key);
        let omitted =
            !self.partly.contains(&(self.index, number)) && self.wholly_omitted(number, &deeds, planned, before, doses);
        let delay = self.course.delays.get(&key).map_or(0, |delay| delay.days);
        let given = if omitted { None } else { self.given_day_1(number, planned, &deeds, doses) };
        let actual = match given {
            Some((_, given)) => given,
            None if omitted => planned,
            None => plus_days(planned, delay)?,
        };
        let time_zero = self.index == 0 && place == 1;
        let window = if time_zero {
            // A dose on another day does not move the only day on which the first may be given; a delay does.
            Some(Window::exact(if omitted { planned } else { plus_days(planned, delay)? }))
        } else {
            match self.phase.cycle_of(number).window.known() {
                Some(room) => Some(Window::around(planned, room.early, room.late)?),
                None => None,
            }
        };
        let last_day = plus_days(actual, self.length(number, actual, before, doses).checked_sub(1)?)?;
        let certain = self.certain(place);
        Some(PlannedCycle {
            phase: self.index,
            phase_id: self.phase.id.clone(),
            number,
            place,
            planned,
            actual,
            undelayed,
            window,
            last_day,
            certain,
            begun: given.is_some(),
            set_by: given.map(|(day, _)| day),
            omitted,
            delay: days_between(planned, actual),
            over: None,
        })
    }

    fn level(&self, drug: &Drug, number: u32) -> i32 {
        reduced::reduced(self.regimen, self.course, &drug.id, (self.index, number)).level
    }

    /// The drugs the subject may be given in a cycle, each with its place in the phase.
    fn given(&self, number: u32) -> impl Iterator<Item = (usize, &Drug)> {
        let drugs = self.phase.drugs.iter().enumerate();
        drugs
            .filter(move |(_, drug)| drug.in_cycle(number) && drug.is_given_to(&self.course.subject, &self.phase.drugs))
    }

    /// Whether a drug has been given for as long as it may be, counted from the first cycle that has it.
    fn ended(&self, drug: &Drug, day: Date, before: &[PlannedCycle]) -> bool {
        let has = |cycle: &&PlannedCycle| {
            let phase = self.regimen.phases.get(cycle.phase);
            phase.is_some_and(|phase| phase.given(&drug.id, cycle.number, &self.course.subject).is_some())
        };
        let first = before.iter().find(has).map(|cycle| cycle.actual);
        first.zip(drug.stop_after).and_then(|(first, after)| plus(first, after)).is_some_and(|end| day >= end)
    }

    /// The length of a cycle: the regimen's, or that of the dose level in force. Of several, the longest. What the subject
    /// is not given in it has no say.
    fn length(&self, number: u32, day: Date, before: &[PlannedCycle], doses: &mut Doses<'_>) -> i32 {
        let known = doses.on(number, day);
        let drugs = self.given(number).filter(|(_, drug)| !self.ended(drug, day, before));
        let own: Vec<_> = drugs.map(|(at, drug)| (drug, doses.assigned((self.index, at), &known, day))).collect();
        let levels = own.iter().filter_map(|(drug, (ladder, _))| ladder.as_ref()?.length_at(self.level(drug, number)));
        let by_row = own.iter().filter_map(|(_, (_, length))| *length).max();
        levels.max().or(by_row).unwrap_or(self.phase.cycle_of(number).length)
    }

    fn certain(&self, place: u32) -> bool {
        let first = self.index == 0 && place == 1;
        let promised = match self.phase.cycle.count.kind {
            CountKind::Planned(_) => true,
            CountKind::Between(least, _) => place <= least,
            CountKind::UpTo(_) | CountKind::UntilStopped => false,
        };
        first || (promised && !self.conditional)
    }

    /// Every treatment dose the regimen has in the cycle was omitted, and nothing was given instead.
    fn wholly_omitted(
        &self,
        number: u32,
        deeds: &BTreeMap<&Key, &Deed>,
        planned: Date,
        before: &[PlannedCycle],
        doses: &mut Doses<'_>,
    ) -> bool {
        let omitted = |key: &Key| deeds.get(key).is_some_and(|deed| matches!(deed, Deed::Omitted(_)));
        let treats = |id: &str| self.phase.drugs.iter().any(|drug| drug.id == id && drug.role == Role::Treatment);
        let mut recorded = deeds.iter().filter(|(key, _)| treats(&key.drug)).peekable();
        recorded.peek().is_some()
            && recorded.all(|(_, deed)| matches!(deed, Deed::Omitted(_)))
            && self
                .treatment(number, planned, before)
                .all(|drug| self.keys(drug, number, planned, doses).iter().all(omitted))
    }

    /// The treatment drugs that the subject has in a cycle. What belongs to one of them is left out with it.
    fn treatment<'a>(
        &'a self,
        number: u32,
        planned: Date,
        before: &'a [PlannedCycle],
    ) -> impl Iterator<Item = &'a Drug> + 'a {
        let drugs = self.given(number).map(|(_, drug)| drug).filter(|drug| drug.role == Role::Treatment);
        drugs.filter(move |drug| drug.owner().is_none() && !self.ended(drug, planned, before))
    }

    /// The runs of days of a drug in a cycle; `None` for every day.
    fn blocks(&self, drug: &Drug, number: u32, planned: Date, doses: &mut Doses<'_>) -> Option<Vec<Vec<i32>>> {
        let known = doses.would_be(number, planned).in_force;
        let at =
            self.phase.drugs.iter().position(|one| one.id == drug.id && one.in_cycle(number)).unwrap_or(usize::MAX);
        let (ladder, _) = doses.assigned((self.index, at), &known, planned);
        let days = reduced::days(ladder.as_ref(), drug, self.level(drug, number));
        turn::blocks(self.phase, drug, days, number)
    }

    /// The administrations of a drug in a cycle.
    fn keys(&self, drug: &Drug, number: u32, planned: Date, doses: &mut Doses<'_>) -> Vec<Key> {
        let blocks = self.blocks(drug, number, planned, doses).unwrap_or_else(|| vec![vec![1]]);
        let parts = turn::parts(drug);
        let first = blocks.iter().filter_map(|block| block.first());
        let keys = first.flat_map(|day| {
            parts.iter().map(|(part, _)| Key {
                phase: self.phase.id.clone(),
                cycle: number,
                day: *day,
                drug: drug.id.clone(),
                part: *part,
            })
        });
        keys.collect()
    }

    /// Day 1 counted back from the first treatment drug given, or from the drug the regimen anchors on, and the day of that
    /// dose. A drug with a clock of its own says nothing about the others.
    fn given_day_1(
        &self,
        number: u32,
        planned: Date,
        deeds: &BTreeMap<&Key, &Deed>,
        doses: &mut Doses<'_>,
    ) -> Option<(i32, Date)> {
        let with_cycle = |drug: &Drug| drug.role == Role::Treatment && drug.clock == Clock::WithCycle;
        let drugs = || self.given(number).map(|(_, drug)| drug);
        let all_own = !drugs().any(with_cycle);
        // Another drug may be given in its place, and then the rule of the others holds.
        let anchor = self.phase.cycle_of(number).anchor.as_ref();
        let anchor = anchor.filter(|anchor| drugs().any(|drug| drug.id == **anchor));
        let anchors = |drug: &Drug| match anchor {
            Some(anchor) => *anchor == drug.id,
            None => with_cycle(drug) || (all_own && drug.role == Role::Treatment),
        };
        let mut given: Vec<(i32, Date)> = Vec::new();
        for drug in drugs().filter(|drug| anchors(drug)) {
            let of_drug = deeds.iter().filter_map(|(key, deed)| match deed {
                Deed::Given { on, .. } if key.drug == drug.id => Some((key.day, *on)),
                _ => None,
            });
            let of_drug: Vec<(i32, Date)> = of_drug.collect();
            if !of_drug.is_empty() {
                // A dose on a day that the regimen does not have moves nothing.
                let days = self.blocks(drug, number, planned, doses);
                let has = |day: i32| days.as_ref().is_none_or(|blocks| blocks.iter().flatten().any(|own| *own == day));
                given.extend(of_drug.into_iter().filter(|(day, _)| has(*day)));
            }
        }
        let (day, on) = given.into_iter().min()?;
        Some((day, plus_days(on, -self.phase.cycle.days.offset(day))?))
    }
}

fn deeds_of<'a>(course: &'a Course, cycle: &CycleKey) -> BTreeMap<&'a Key, &'a Deed> {
    course.deeds.iter().filter(|(key, _)| key.phase == cycle.0 && key.cycle == cycle.1).collect()
}
