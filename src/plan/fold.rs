//! One forward pass over the cycles.
//!
//! What is in force and what was received by the end of a cycle is all that the next one rests on. A cycle is dated first,
//! and laid out as soon as it is known when the next begins; doses are worked out when every day is known, since a dose
//! that was given beyond the plan counts for those after it.

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::course::Course;
use crate::regimen::{Begins, BeginsFrom, Phase};

use super::cycles::PhaseSoFar;
use super::dated_cycle::{DatedCycle, DayOne};
use super::planner::Planner;
use super::range::{BeyondCalendar, later, later_by};
use super::received::DoseCounter;
use super::visit::Layout;
use super::visits::Follows;
use super::{Options, PlannedCycle};

/// The cycles so far: all are dated, and all but the last laid out.
#[derive(Default)]
pub(super) struct SoFar<'a> {
    pub(super) cycles: Vec<DatedCycle>,
    pub(super) layouts: Vec<Layout>,
    /// By the end of the last cycle that is laid out.
    received: DoseCounter<'a>,
    /// Where the next cycle would have begun, where treatment ends before it.
    end: Option<DayOne>,
    /// Whether treatment goes on after the last cycle.
    pub(super) continues: bool,
}

impl<'a> Planner<'a> {
    /// Every cycle, laid out. What was asked for limits the whole list, so an early phase is never cut to make room for a
    /// later one.
    pub(super) fn cycles(&self, options: Options) -> Result<SoFar<'a>, BeyondCalendar> {
        let mut so_far = SoFar::default();
        let shown = options.cycles.and_then(|cycles| usize::try_from(cycles).ok()).unwrap_or(usize::MAX);
        for (index, phase) in self.regimen.phases.iter().enumerate() {
            if so_far.cycles.len() >= shown {
                so_far.continues = true;
                break;
            }
            let Some(begins) = self.begins(phase, &so_far)? else { continue };
            let mut phase = self.phase((index, phase), begins, &so_far.cycles, options);
            so_far.continues = phase.open && self.course.stopped.is_none();
            while phase.has_more() {
                let next = self.next_cycle(&phase, &so_far)?;
                let over = self.is_over(&phase, &next.cycle, &so_far.cycles)?;
                if over {
                    so_far.end = Some(DayOne { actual: next.cycle.actual, undelayed: next.cycle.undelayed });
                }
                if over || so_far.cycles.len() >= shown {
                    so_far.continues = !over;
                    break;
                }
                phase = phase.after(&next.cycle)?;
                so_far = self.with(so_far, next)?;
            }
        }
        self.laid_out(so_far)
    }

    /// The next cycle of a phase.
    fn next_cycle(&self, phase: &PhaseSoFar<'a>, so_far: &SoFar<'a>) -> Result<DatedCycle, BeyondCalendar> {
        let recorded = self.recorded_of(phase);
        let omitted = self.is_omitted(phase, &recorded, &so_far.cycles);
        let next = self.dated(phase, &recorded, omitted, &so_far.cycles)?;
        if !omitted {
            return Ok(next);
        }
        // A run divided by its steps has more doses than its days say: what seems omitted may be omitted in part.
        let before = self.last_laid_out(so_far, Follows::Cycle(&next.cycle))?;
        let received = before.map(|(_, received)| received).unwrap_or_default();
        let (layout, _) = self.lay_out(&so_far.cycles, &next, Follows::Nothing, &received)?;
        let in_part = layout.treatment(phase.phase).next().is_some();
        if in_part { self.dated(phase, &recorded, false, &so_far.cycles) } else { Ok(next) }
    }

    /// With one cycle more, by which it is known how long the one before is.
    fn with(&self, mut so_far: SoFar<'a>, next: DatedCycle) -> Result<SoFar<'a>, BeyondCalendar> {
        if let Some((layout, received)) = self.last_laid_out(&so_far, Follows::Cycle(&next.cycle))? {
            so_far.layouts.push(layout);
            so_far.received = received;
        }
        so_far.cycles.push(next);
        Ok(SoFar { end: None, ..so_far })
    }

    /// With the last cycle laid out, after which no other comes.
    fn laid_out(&self, mut so_far: SoFar<'a>) -> Result<SoFar<'a>, BeyondCalendar> {
        let follows = so_far.end.map_or(Follows::Nothing, Follows::End);
        so_far.layouts.extend(self.last_laid_out(&so_far, follows)?.map(|(layout, _)| layout));
        Ok(so_far)
    }

    /// The last of the cycles so far laid out, and what will have been received by its end.
    fn last_laid_out(
        &self,
        so_far: &SoFar<'a>,
        follows: Follows<'_>,
    ) -> Result<Option<(Layout, DoseCounter<'a>)>, BeyondCalendar> {
        let last = so_far.cycles.split_last();
        last.map(|(last, before)| self.lay_out(before, last, follows, &so_far.received)).transpose()
    }

    /// The first day of a phase; `None` while the phase before has no cycle.
    fn begins(&self, phase: &Phase, so_far: &SoFar<'a>) -> Result<Option<DayOne>, BeyondCalendar> {
        let Some(begins) = &phase.begins else {
            return Ok(Some(DayOne { actual: self.course.start, undelayed: self.course.start }));
        };
        let after = self.regimen.phases.iter().position(|phase| phase.id.as_deref() == Some(begins.after.as_str()));
        let last = so_far.cycles.iter().rev().map(|dated| &dated.cycle).find(|cycle| Some(cycle.phase) == after);
        last.map(|last| self.begins_after(last, begins, so_far)).transpose()
    }

    fn begins_after(&self, last: &PlannedCycle, begins: &Begins, so_far: &SoFar<'a>) -> Result<DayOne, BeyondCalendar> {
        let (actual, undelayed) = match begins.from {
            BeginsFrom::Day1 => (last.actual, last.undelayed),
            BeginsFrom::End => (later(last.last_day, 1)?, later(last.undelayed, last.length())?),
            BeginsFrom::LastDose => {
                // The end of treatment ends what is planned, not what a later phase would have been counted from.
                let recorded = Course { stopped: None, ..self.course.clone() };
                let as_planned = Course {
                    recorded: BTreeMap::new(),
                    delays: BTreeMap::new(),
                    extra: Vec::new(),
                    ..recorded.clone()
                };
                let cycles = || so_far.cycles.iter().map(|dated| &dated.cycle);
                let last_dose = |course, cycles| {
                    Planner::new(self.regimen, course, self.site).last_dose(cycles, last.phase, so_far.end)
                };
                let without_delays = cycles().map(PlannedCycle::without_delays).collect::<Result<_, _>>()?;
                (last_dose(&recorded, cycles().cloned().collect())?, last_dose(&as_planned, without_delays)?)
            }
        };
        let gap = begins.gap.shortest();
        let actual = later_by(actual, gap)?;
        // What a condition waits for moves everything, a drug with a clock of its own too.
        let undelayed = if begins.condition.is_some() { actual } else { later_by(undelayed, gap)? };
        Ok(DayOne { actual, undelayed })
    }

    /// The day of the last treatment dose in the last of these cycles that is in a phase; its last day where none is given.
    fn last_dose(&self, cycles: Vec<PlannedCycle>, phase: usize, end: Option<DayOne>) -> Result<Date, BeyondCalendar> {
        let mut so_far = SoFar::default();
        for cycle in cycles {
            let dated = self.with_measurements(cycle, so_far.cycles.last());
            so_far = self.with(so_far, dated)?;
        }
        let so_far = self.laid_out(SoFar { end, ..so_far })?;
        let mut laid_out = so_far.cycles.iter().map(|dated| &dated.cycle).zip(&so_far.layouts).rev();
        let last = laid_out.find(|(cycle, _)| cycle.phase == phase).zip(self.regimen.phases.get(phase));
        let Some(((cycle, layout), phase)) = last else { return Ok(self.course.start) };
        let days = layout.treatment(phase).map(|part| part.run.as_ref().map_or(part.date, |run| run.through));
        Ok(days.max().unwrap_or(cycle.last_day))
    }
}
