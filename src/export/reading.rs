//! What the formats for reading say, whatever they look like: the header, how a dose is given, the visits.

use crate::finding::Severity;
use crate::present::{AssessmentRow, DoseRow, EndRow, Schedule, words};

use super::{Options, shared};

/// What projected cycles carry, so that nobody reads a promise into them.
pub(super) const IF_CONTINUED: &str = "if treatment continues";

/// One day of one cycle, and what happens on it.
pub(super) struct Visit<'a> {
    pub(super) date: &'a str,
    pub(super) phase: Option<&'a str>,
    pub(super) cycle: Option<u32>,
    pub(super) day: Option<i32>,
    pub(super) doses: Vec<&'a DoseRow>,
    pub(super) ends: Vec<&'a EndRow>,
    pub(super) assessments: Vec<&'a AssessmentRow>,
}

/// Visits by date; rows of the same day of the same cycle stand together.
pub(super) fn visits(schedule: &Schedule) -> Vec<Visit<'_>> {
    let mut visits: Vec<Visit> = Vec::new();
    for row in &schedule.doses {
        of(&mut visits, &row.date, row.phase.as_deref(), Some(row.cycle), Some(row.day)).doses.push(row);
    }
    for row in &schedule.ends {
        of(&mut visits, &row.date, row.phase.as_deref(), Some(row.cycle), Some(row.day)).ends.push(row);
    }
    for row in &schedule.assessments {
        // An assessment knows no phase: it joins the visit of its date, cycle and day.
        let phase = visits
            .iter()
            .find(|visit| visit.date == row.date && (visit.cycle, visit.day) == (row.cycle, row.day))
            .and_then(|visit| visit.phase);
        of(&mut visits, &row.date, phase, row.cycle, row.day).assessments.push(row);
    }
    visits.sort_by(|a, b| a.date.cmp(b.date));
    visits
}

fn of<'v, 'a>(
    visits: &'v mut Vec<Visit<'a>>,
    date: &'a str,
    phase: Option<&'a str>,
    cycle: Option<u32>,
    day: Option<i32>,
) -> &'v mut Visit<'a> {
    let key = (date, phase, cycle, day);
    // Rows come by date, so the visit is among the last ones.
    let known = visits.iter().rposition(|visit| (visit.date, visit.phase, visit.cycle, visit.day) == key);
    let at = known.unwrap_or_else(|| {
        let none = (Vec::new(), Vec::new(), Vec::new());
        visits.push(Visit { date, phase, cycle, day, doses: none.0, ends: none.1, assessments: none.2 });
        visits.len() - 1
    });
    &mut visits[at]
}

impl Visit<'_> {
    /// `Cycle 2, Day 8 of induction`
    pub(super) fn place(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.cycle.map(|cycle| format!("Cycle {cycle}")));
        parts.extend(self.day.map(|day| format!("Day {day}")));
        let place = parts.join(", ");
        match self.phase {
            Some(phase) => format!("{phase}: {place}"),
            None => place,
        }
    }

    /// `07-Dec-2026 through 10-Dec-2026`, where all rows of the visit share a window of several days.
    pub(super) fn window(&self) -> Option<String> {
        let doses = self.doses.iter().map(|row| (&row.earliest, &row.latest));
        let assessments = self.assessments.iter().map(|row| (&row.earliest, &row.latest));
        let mut windows: Vec<_> = doses.chain(assessments).collect();
        windows.dedup();
        let (Some((Some(earliest), Some(latest))), 1) = (windows.first(), windows.len()) else { return None };
        (earliest != latest).then(|| format!("{} through {}", shared::date_shown(earliest), shared::date_shown(latest)))
    }

    /// Whether it takes place only if treatment continues.
    pub(super) fn uncertain(&self) -> bool {
        let doses = self.doses.iter().any(|row| !row.certain && row.state == "projected");
        doses || (self.doses.is_empty() && self.ends.iter().any(|row| !row.certain))
    }
}

/// The window of one row, for visits whose rows differ.
pub(super) fn window(earliest: Option<&String>, latest: Option<&String>) -> Option<String> {
    let (earliest, latest) = (earliest?, latest?);
    (earliest != latest)
        .then(|| format!("window {} through {}", shared::date_shown(earliest), shared::date_shown(latest)))
}

/// `intravenous over 90 minutes`
pub(super) fn given(row: &DoseRow) -> String {
    match shared::over(row) {
        Some(over) if over.starts_with("over") || over.starts_with("as a") => format!("{} {over}", row.route),
        Some(over) => format!("{}, {over}", row.route),
        None => row.route.clone(),
    }
}

/// How a dose is given, each part a few words.
pub(super) fn how(row: &DoseRow, marks: &Marks) -> Vec<String> {
    let mut parts = Vec::new();
    if row.state != "projected" {
        parts.push(row.state.to_uppercase());
    }
    if row.role != "treatment" {
        parts.push(row.role.to_owned());
    }
    parts.push(given(row));
    let each = if row.infusion_days.is_some() { " in each 24 hours" } else { "" };
    parts.extend(Some(format!("{}{each}", squared(&row.per))).filter(|per| *per != row.dose_shown));
    parts.extend(row.when.clone());
    parts.extend(row.part.clone().filter(|_| row.run.is_none()));
    if let Some(run) = &row.run {
        parts.push(format!("at home {}, {}", words::times(run.times_a_day), run.words));
        parts.extend(run.tablets.iter().map(|row| format!("{} × {} in all", row.count, row.strength)));
    }
    if row.loading {
        parts.push("loading dose".to_owned());
    }
    if row.level != 0 {
        parts.push(format!("dose level {}", row.level));
    }
    parts.extend(row.percent.as_ref().map(|percent| format!("{percent} % of the dose ordered")));
    parts.extend(row.uncapped.as_ref().map(|dose| format!("capped from {} {}", figure(dose), row.unit)));
    // Of an infusion dosed by the day the dose says it already.
    parts.extend(row.spread.clone().filter(|spread| !row.dose_shown.contains(spread)));
    parts.extend(row.supply.clone());
    parts.extend(row.closed.as_ref().map(|why| format!("clinic closed: {why}")));
    parts.extend(row.note.clone());
    trimmed(parts, marks.of(&row.marks))
}

/// Parts that are sentences lose their full stop; the numbers of marks come last.
fn trimmed(parts: Vec<String>, marks: Option<String>) -> Vec<String> {
    parts.into_iter().map(|part| part.trim_end_matches('.').to_owned()).chain(marks).collect()
}

/// A plain figure as people read it.
fn figure(plain: &str) -> String {
    let value = crate::quantity::number::parse(plain);
    value.map_or_else(|_| plain.to_owned(), crate::quantity::number::print)
}

/// What an assessment's line says behind its name.
pub(super) fn about(row: &AssessmentRow, marks: &Marks) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend((!row.moves).then(|| "stays on its date when treatment is delayed".to_owned()));
    parts.extend(row.closed.as_ref().map(|why| format!("clinic closed: {why}")));
    trimmed(parts, marks.of(&row.marks))
}

/// Marks by number, in the order in which rows show them.
pub(super) struct Marks<'a>(Vec<&'a str>);

impl<'a> Marks<'a> {
    pub(super) fn new(schedule: &'a Schedule) -> Self {
        let doses = schedule.doses.iter().flat_map(|row| &row.marks);
        let assessments = schedule.assessments.iter().flat_map(|row| &row.marks);
        let mut marks = Vec::new();
        for mark in doses.chain(assessments) {
            if !marks.contains(&mark.as_str()) {
                marks.push(mark.as_str());
            }
        }
        Self(marks)
    }

    /// `[1, 3]`
    fn of(&self, marks: &[String]) -> Option<String> {
        let number = |mark: &String| Some(self.0.iter().position(|known| known == mark)? + 1);
        let mut numbers: Vec<usize> = marks.iter().filter_map(number).collect();
        numbers.sort_unstable();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        (!numbers.is_empty()).then(|| format!("[{}]", numbers.join(", ")))
    }

    /// `[1] unverified: round`
    pub(super) fn legend(&self) -> impl Iterator<Item = String> {
        self.0.iter().enumerate().map(|(at, mark)| format!("[{}] {mark}", at + 1))
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
    lines.extend(regimen.trial.as_ref().map(|trial| ("Trial", trial.clone())));
    lines.extend(options.study.as_ref().map(|study| ("Study", study.clone())));
    lines.push(("Subject", subject(schedule, options)));
    lines.extend(body(schedule).map(|body| ("Body", body)));
    lines.push(("Cycles", format!("{} ({} shown)", schedule.count.words, schedule.count.planned)));
    let unverified = regimen.unverified.len();
    if unverified > 0 {
        let figures = if unverified == 1 { "figure of the regimen is" } else { "figures of the regimen are" };
        lines.push((
            "Unverified",
            format!("{unverified} {figures} unverified; doses they enter carry a number such as [1]"),
        ));
    }
    lines.extend(told(schedule).map(|told| ("Findings", told)));
    if !options.generated.is_empty() {
        lines.push(("Made", format!("{} by {}", options.generated, shared::PROGRAM)));
    }
    lines
}

fn subject(schedule: &Schedule, options: &Options) -> String {
    let subject = &schedule.subject;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(options.subject.clone());
    parts.extend(subject.sex.map(str::to_owned));
    parts.extend(subject.age.as_ref().map(|age| format!("{age} years")));
    parts.extend(subject.height.clone());
    parts.extend(subject.weight.clone());
    parts.extend(subject.creatinine.as_ref().map(|value| format!("creatinine {value}")));
    parts.extend(subject.gfr.as_ref().map(|value| format!("GFR {}", squared(value))));
    parts.extend(subject.genotype.clone());
    parts.extend(subject.tests.clone());
    parts.extend(subject.measured.as_ref().map(|day| format!("measured {}", shared::date_shown(day))));
    parts.extend(subject.reference_dates.iter().map(|(name, day)| format!("{name} {}", shared::date_shown(day))));
    parts.push(format!("first day {}", shared::day_shown(&subject.start)));
    parts.join(", ")
}

fn body(schedule: &Schedule) -> Option<String> {
    let subject = &schedule.subject;
    let formula = subject.bsa_formula.as_ref().map_or(String::new(), |formula| format!(" ({formula})"));
    let bsa = subject.bsa.as_ref().map(|bsa| format!("BSA {}{formula}", squared(bsa)));
    let bmi = subject.bmi.as_ref().map(|bmi| format!("BMI {}", squared(bmi)));
    let parts: Vec<String> = bsa.into_iter().chain(bmi).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Units as people read them: m², not m2.
fn squared(text: &str) -> String {
    text.replace("m2", "m²")
}

/// `1 WARN, 2 NOTE, below`
fn told(schedule: &Schedule) -> Option<String> {
    let count = |severity| schedule.findings.iter().filter(|finding| finding.severity == severity).count();
    let told: Vec<String> = [Severity::Block, Severity::Warn, Severity::Note]
        .into_iter()
        .map(|severity| (count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!told.is_empty()).then(|| format!("{}, listed below", told.join(", ")))
}

/// The working of every dose; doses that came about alike stand together: `(drug, where, steps)`.
pub(super) fn workings(schedule: &Schedule) -> Vec<(&str, Vec<String>, &[String])> {
    let mut groups: Vec<(&str, Vec<String>, &[String])> = Vec::new();
    for row in &schedule.doses {
        let place = match &row.phase {
            Some(phase) => format!("{phase} C{}D{}", row.cycle, row.day),
            None => format!("C{}D{}", row.cycle, row.day),
        };
        match groups.iter_mut().find(|(shown, _, steps)| *shown == row.shown && **steps == *row.working) {
            Some((_, places, _)) if places.last() == Some(&place) => {}
            Some((_, places, _)) => places.push(place),
            None => groups.push((&row.shown, vec![place], &row.working)),
        }
    }
    groups
}
