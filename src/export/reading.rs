//! What the formats for reading say, whatever they look like: the header, how a dose is given, the visits.

use std::collections::BTreeSet;

use crate::calendar::{self, Date, Window};
use crate::course::Text;
use crate::finding::Severity;
use crate::plan::Infusion;
use crate::present::{AssessmentRow, DoseRow, DoseState, EndRow, PlannedRow, Schedule, words};
use crate::quantity::Decimal;
use crate::quantity::number::plain;
use crate::regimen::{CycleWord, Mark, Role, marks_words};

use super::{Options, shared};

/// What projected cycles carry, so that nobody reads a promise into them.
pub(super) const IF_CONTINUED: &str = "if treatment continues";

/// One day of one cycle, and what happens on it.
pub(super) struct Visit<'a> {
    pub(super) date: Date,
    pub(super) phase: Option<&'a str>,
    pub(super) phase_name: Option<&'a str>,
    pub(super) cycle: Option<u32>,
    word: CycleWord,
    pub(super) day: Option<i32>,
    pub(super) doses: Vec<&'a DoseRow>,
    pub(super) ends: Vec<&'a EndRow>,
    pub(super) assessments: Vec<&'a AssessmentRow>,
}

/// Visits by date; rows of the same day of the same cycle stand together.
pub(super) fn visits(schedule: &Schedule) -> Vec<Visit<'_>> {
    let mut visits: Vec<Visit> = Vec::new();
    for row in &schedule.doses {
        let phase = (row.phase.as_deref(), row.phase_name.as_deref());
        of(&mut visits, row.date(), phase, Some(row.cycle), Some(row.own_day)).doses.push(row);
    }
    for row in &schedule.ends {
        let phase = (row.phase.as_deref(), row.phase_name.as_deref());
        of(&mut visits, row.date, phase, Some(row.cycle), Some(row.day)).ends.push(row);
    }
    for row in &schedule.assessments {
        // An assessment knows no phase: it joins the visit of its date, cycle and day.
        let phase = visits
            .iter()
            .find(|visit| visit.date == row.date && (visit.cycle, visit.day) == (row.cycle, row.day))
            .map_or((None, None), |visit| (visit.phase, visit.phase_name));
        of(&mut visits, row.date, phase, row.cycle, row.day).assessments.push(row);
    }
    visits.sort_by_key(|visit| visit.date);
    visits.iter_mut().for_each(|visit| visit.word = schedule.regimen.cycle_word);
    visits
}

fn of<'v, 'a>(
    visits: &'v mut Vec<Visit<'a>>,
    date: Date,
    (phase, phase_name): (Option<&'a str>, Option<&'a str>),
    cycle: Option<u32>,
    day: Option<i32>,
) -> &'v mut Visit<'a> {
    let key = (date, phase, cycle, day);
    // Rows come by date, so the visit is among the last ones.
    let known = visits.iter().rposition(|visit| (visit.date, visit.phase, visit.cycle, visit.day) == key);
    let at = known.unwrap_or_else(|| {
        let none = (Vec::new(), Vec::new(), Vec::new());
        visits.push(Visit {
            date,
            phase,
            phase_name,
            cycle,
            word: CycleWord::default(),
            day,
            doses: none.0,
            ends: none.1,
            assessments: none.2,
        });
        visits.len() - 1
    });
    &mut visits[at]
}

impl Visit<'_> {
    /// `Cycle 2, Day 8`, `Induction: Cycle 2, Day 8`
    pub(super) fn place(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.cycle.map(|cycle| self.word.titled(cycle)));
        parts.extend(self.day.map(|day| format!("Day {day}")));
        let place = parts.join(", ");
        match self.phase_name {
            Some(phase) => format!("{phase}: {place}"),
            None => place,
        }
    }

    /// `07-Dec-2026 through 10-Dec-2026`, where all rows of the visit share a window of several days.
    pub(super) fn window(&self) -> Option<String> {
        let doses = self.doses.iter().map(|row| row.window());
        let assessments = self.assessments.iter().map(|row| row.window);
        let mut windows: Vec<_> = doses.chain(assessments).collect();
        windows.dedup();
        let [Some(window)] = windows.as_slice() else { return None };
        days(*window)
    }

    /// `delayed by 7 days: neutrophils 0.9`, the delay of its cycle.
    pub(super) fn delay(&self) -> Option<String> {
        self.doses.iter().find_map(|row| row.delayed_words())
    }

    /// Whether it takes place only if treatment continues.
    pub(super) fn uncertain(&self) -> bool {
        let doses = self.doses.iter().any(|row| !row.certain && row.state() == DoseState::Projected);
        doses || (self.doses.is_empty() && self.ends.iter().any(|row| !row.certain))
    }
}

/// The window of one row, for visits whose rows differ.
pub(super) fn window(window: Option<Window>) -> Option<String> {
    days(window?).map(|days| format!("window {days}"))
}

/// `07-Dec-2026 through 10-Dec-2026`; nothing of a window of one day.
pub(super) fn days(window: Window) -> Option<String> {
    let Window { earliest, latest } = window;
    (earliest != latest).then(|| format!("{} through {}", calendar::print(earliest), calendar::print(latest)))
}

/// When doses are given that are counted in hours from the first of them: `at 08:00 and 16:00`, `first dose, and 8 hours after
/// it`, `24 and 36 hours after the first dose`; nothing of other doses.
pub(super) fn hours<'a>(doses: impl Iterator<Item = &'a DoseRow>) -> Option<String> {
    let own: Vec<&DoseRow> = doses.filter(|row| row.own_hours).collect();
    if own.is_empty() {
        return None;
    }
    let times: Option<BTreeSet<String>> =
        own.iter().map(|row| row.occasion().begins.map(calendar::Moment::time)).collect();
    if let Some(times) = times {
        return Some(format!("at {}", shared::listed(&times.into_iter().collect::<Vec<_>>())));
    }
    let hours: BTreeSet<Decimal> = own.iter().filter_map(|row| row.hours_after).collect();
    let later: Vec<String> = hours.iter().filter(|hours| !hours.is_zero()).map(|hours| plain(*hours)).collect();
    Some(match (later.len() < hours.len(), later.as_slice()) {
        (_, []) => "first dose".to_owned(),
        (true, later) => format!("first dose, and {} hours after it", shared::listed(later)),
        (false, later) => format!("{} hours after the first dose", shared::listed(later)),
    })
}

/// `intravenous over 90 minutes`
pub(super) fn given(row: &DoseRow) -> String {
    let route = row.route_words();
    match (shared::over(row), &row.over) {
        (Some(over), Some(Infusion::Unknown | Infusion::AtMost { .. })) => format!("{route}, {over}"),
        (Some(over), _) => format!("{route} {over}"),
        (None, _) => route.to_owned(),
    }
}

/// How a dose is given, each part a few words.
pub(super) fn how(row: &DoseRow, marks: &Marks) -> Vec<String> {
    let mut parts = Vec::new();
    if row.state() != DoseState::Projected {
        let state = row.state().heading();
        let beside = row.given().map(|given| given.beside(row.planned())).unwrap_or_default();
        parts.push(std::iter::once(state).chain(beside).collect::<Vec<_>>().join(", "));
        parts.extend(row.reason.clone());
    }
    if row.role != Role::Treatment {
        parts.push(shared::role(row.role).to_owned());
    }
    parts.push(given(row));
    parts.extend(row.planned().and_then(|planned| ordered(row, planned)));
    parts.extend(row.when.clone());
    parts.extend(row.part_words().filter(|_| row.run().is_none()));
    parts.extend(row.taken_words().map(|taken| format!("at home: {taken}")));
    parts.extend(row.planned().map(|planned| about_plan(row, planned)).unwrap_or_default());
    parts.extend(row.supply());
    parts.extend(row.planned().and_then(PlannedRow::dispensed_words).map(|all| format!("{all} in all")));
    parts.extend(row.as_planned().and_then(|planned| planned.preparation.bag_words()));
    parts.extend(row.closed.as_ref().map(|why| format!("clinic closed: {why}")));
    parts.extend(row.handling.mark().map(str::to_owned));
    parts.extend(row.handling.words());
    parts.extend(row.warn.as_ref().map(|warn| format!("WARNING: {warn}")));
    parts.extend(row.note.clone());
    trimmed(parts, marks.of(row.marks()))
}

/// What the regimen orders, where the dose does not say the same.
fn ordered(row: &DoseRow, planned: &PlannedRow) -> Option<String> {
    let each = if planned.at.portion.days.is_some() { " in each 24 hours" } else { "" };
    let ordered = format!("{}{each}", words::squared(&planned.per.to_string()));
    (ordered != row.portion().to_string()).then_some(ordered)
}

/// How the planned dose differs from the full one.
fn about_plan(row: &DoseRow, planned: &PlannedRow) -> Vec<String> {
    let mut parts = Vec::new();
    if planned.loading {
        parts.push("loading dose".to_owned());
    }
    parts.extend(reduced(row, planned));
    parts.extend(planned.uncapped.map(|dose| format!("capped from {dose}")));
    // Of an infusion dosed by the day the dose says it already.
    parts.extend(planned.spread_words().filter(|_| planned.at.portion.days.is_none()));
    parts
}

/// The level and the percentage in force, and why: `80 % of the dose ordered: neuropathy grade 2`. A regimen may say so itself,
/// and then nobody gave a reason.
pub(super) fn reduced(row: &DoseRow, planned: &PlannedRow) -> Option<String> {
    let level = (planned.level != 0).then(|| format!("dose level {}", planned.level));
    let share = planned.percent.map(|percent| format!("{} % of the dose ordered", plain(percent)));
    let force: Vec<String> = level.into_iter().chain(share).collect();
    let mut why: Vec<&str> = row.changed.iter().filter(|one| one.drug.is_some()).map(|one| one.why.as_str()).collect();
    why.dedup();
    (!force.is_empty()).then(|| {
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join("; ")) };
        format!("{}{why}", force.join(", "))
    })
}

/// Parts that are sentences lose their full stop; the numbers of marks come last.
fn trimmed(parts: Vec<String>, marks: Option<String>) -> Vec<String> {
    parts.into_iter().map(|part| part.trim_end_matches('.').to_owned()).chain(marks).collect()
}

/// What an assessment's line says behind its name.
pub(super) fn about(row: &AssessmentRow, marks: &Marks) -> Vec<String> {
    let mut parts = Vec::new();
    let moves = match (row.moves, row.cycle) {
        (true, Some(_)) => None,
        (true, None) => Some("moves with the last dose"),
        (false, _) => Some("stays on its date when treatment is delayed"),
    };
    parts.extend(moves.map(str::to_owned));
    parts.extend(row.closed.as_ref().map(|why| format!("clinic closed: {why}")));
    trimmed(parts, marks.of(&row.marks))
}

/// Marks by number, in the order in which rows show them.
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub(super) fn new(schedule: &Schedule) -> Self {
        let doses = schedule.doses.iter().flat_map(DoseRow::marks);
        let assessments = schedule.assessments.iter().flat_map(|row| &row.marks);
        let mut marks = Vec::new();
        for mark in doses.chain(assessments) {
            if !marks.contains(mark) {
                marks.push(*mark);
            }
        }
        Self(marks)
    }

    /// `[1, 3]`
    fn of(&self, marks: &[Mark]) -> Option<String> {
        let number = |mark: &Mark| Some(self.0.iter().position(|known| known == mark)? + 1);
        let mut numbers: Vec<usize> = marks.iter().filter_map(number).collect();
        numbers.sort_unstable();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        (!numbers.is_empty()).then(|| format!("[{}]", numbers.join(", ")))
    }

    /// `[1] not verified: rounding`
    pub(super) fn legend(&self) -> impl Iterator<Item = String> {
        self.0.iter().enumerate().map(|(at, mark)| format!("[{}] {}", at + 1, marks_words(&[*mark]).concat()))
    }
}

/// The header, as labels and texts.
pub(super) fn header(schedule: &Schedule, options: &Options) -> Vec<(&'static str, String)> {
    let regimen = &schedule.regimen;
    let mut lines = vec![
        ("Regimen", format!("{}, version {}", regimen.id, regimen.version)),
        ("Status", regimen.status.word().to_uppercase()),
        ("For", regimen.indication.clone()),
    ];
    lines.extend(shared::trial(regimen).map(|trial| ("Trial", trial.to_owned())));
    lines.extend(options.study.as_ref().map(|study| ("Study", study.clone())));
    lines.push(("Subject", subject(schedule, options)));
    lines.extend(body(schedule).map(|body| ("Body", body)));
    lines.extend(regimen.note.as_ref().map(|note| ("Note", note.clone())));
    lines.push((regimen.cycle_word.titles(), format!("{} ({} shown)", schedule.count.words, shared::shown(schedule))));
    lines.extend(shared::ended(schedule).map(|words| ("Ended", words)));
    lines.extend(regimen.supportive_care.as_ref().map(|care| ("Support", care.clone())));
    let unverified = regimen.unverified.len();
    if unverified > 0 {
        let figures = if unverified == 1 { "figure of the regimen is" } else { "figures of the regimen are" };
        lines.push((
            "Unverified",
            format!("{unverified} {figures} unverified; doses they enter carry a number such as [1]"),
        ));
    }
    lines.extend(told(schedule).map(|told| ("Findings", told)));
    lines.extend(options.print.verification.as_ref().map(|standing| ("Record", standing.clone())));
    if !options.generated.is_empty() {
        lines.push(("Made", format!("{} by {}", options.generated, shared::PROGRAM)));
    }
    lines
}

fn subject(schedule: &Schedule, options: &Options) -> String {
    let subject = &schedule.subject;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(options.subject.clone());
    parts.extend(subject.sex.map(|sex| sex.write()));
    parts.extend(subject.age.map(|age| age.to_string()));
    parts.extend(subject.height.map(|height| height.to_string()));
    parts.extend(subject.weight.map(|weight| weight.to_string()));
    parts.extend(subject.creatinine.map(|value| format!("creatinine {value}")));
    parts.extend(subject.gfr.map(|value| format!("GFR {}", words::squared(&value.write()))));
    parts.extend(subject.genotype.clone());
    parts.extend(shared::tests(subject));
    parts.extend(subject.measured.map(|day| format!("measured {}", calendar::print(day))));
    parts.extend(subject.reference_dates.iter().map(|(name, day)| format!("{name} {}", calendar::print(*day))));
    parts.push(format!("first day {}", calendar::with_weekday(subject.start)));
    parts.join(", ")
}

fn body(schedule: &Schedule) -> Option<String> {
    let subject = &schedule.subject;
    let formula = subject.bsa_formula.map_or(String::new(), |formula| format!(" ({})", formula.name()));
    let bsa = subject.bsa.map(|bsa| format!("BSA {}{formula}", words::squared(&shared::bsa(bsa))));
    let bmi = subject.bmi.map(|bmi| format!("BMI {}", words::squared(&shared::bmi(bmi))));
    let parts: Vec<String> = bsa.into_iter().chain(bmi).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 WARN, 2 NOTE, below`
fn told(schedule: &Schedule) -> Option<String> {
    let count = |severity| schedule.findings.iter().filter(|finding| finding.severity == severity).count();
    let told: Vec<String> = Severity::ALL
        .into_iter()
        .map(|severity| (count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!told.is_empty()).then(|| format!("{}, listed below", told.join(", ")))
}

/// The working of every dose; doses that came about alike stand together: `(drug, where, steps)`.
pub(super) fn workings(schedule: &Schedule) -> Vec<(String, Vec<String>, &[String])> {
    let mut groups: Vec<(String, Vec<String>, &[String])> = Vec::new();
    for row in schedule.doses.iter().filter(|row| row.planned().is_some()) {
        let place = match &row.phase_name {
            Some(phase) => format!("{phase} {}", row.on_day()),
            None => row.on_day(),
        };
        let name = row.shown_apart();
        match groups.iter_mut().find(|(shown, _, steps)| *shown == name && *steps == row.working()) {
            Some((_, places, _)) if places.last() == Some(&place) => {}
            Some((_, places, _)) => places.push(place),
            None => groups.push((name, vec![place], row.working())),
        }
    }
    groups
}
