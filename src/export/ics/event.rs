//! What becomes an event, and what an event says.

use uuid::Uuid;

use crate::calendar::{self, Date, Moment, Window};
use crate::present::{DoseRow, DoseState, Schedule};

use super::super::{ExportError, Options, reading, shared};
use super::line as text;

/// One all-day event.
pub(super) struct Event {
    pub(super) uid: Uuid,
    pub(super) first: Date,
    /// Its content, without what changes at every writing.
    pub(super) content: Vec<String>,
}

/// What all events of a file share.
pub(super) struct Calendar<'a> {
    pub(super) schedule: &'a Schedule,
    pub(super) options: &'a Options,
    pub(super) namespace: Uuid,
    pub(super) subject: &'a str,
    /// Phases in the order of their first dose.
    pub(super) phases: Vec<&'a str>,
    /// Which doses are meant, where not all are: a visit or a run without one of them is no event.
    pub(super) meant: Option<&'a dyn Fn(&DoseRow) -> bool>,
}

/// What an event is made from.
struct Draft {
    identity: Vec<String>,
    first: Date,
    last: Date,
    /// By the clock, where all of it is known.
    clock: Option<(Moment, Moment)>,
    title: String,
    notes: Vec<String>,
    category: &'static str,
    cycle: Option<u32>,
    status: &'static str,
}

/// Between the parts of an identity; no code or id holds it.
const BETWEEN: &str = "\u{1f}";

impl Calendar<'_> {
    /// Every event, by day: one a visit with all that is done on it, one a run at home.
    pub(super) fn events(&self) -> Result<Vec<Event>, ExportError> {
        let meant = |row: &DoseRow| self.meant.is_none_or(|meant| meant(row));
        let runs = self.schedule.doses.iter().filter(|row| row.run().is_some());
        let runs = runs.map(|row| (meant(row), self.run(row)));
        let visits = reading::visits(self.schedule);
        let visits = visits.iter().enumerate().filter_map(|(at, visit)| {
            let meant = self.meant.is_none() || in_clinic(visit).any(meant);
            Some((meant, self.visit(visits.get(..at)?, visit)?))
        });
        let mut titles: Vec<(Date, String)> = Vec::new();
        let mut events = Vec::new();
        // Identities and titles are those in the whole plan, whatever is meant of it.
        for (meant, mut draft) in runs.chain(visits) {
            // Two runs of one length that begin on one day, where their drugs are not told.
            titles.push((draft.first, draft.title.clone()));
            let same = titles.iter().filter(|(day, title)| (*day, title) == (draft.first, &draft.title)).count();
            if same > 1 {
                draft.title = format!("{} ({same})", draft.title);
            }
            if meant {
                events.push(self.event(draft)?);
            }
        }
        events.sort_by_key(|event| event.first);
        Ok(events)
    }

    /// The identity of the whole: study, subject and regimen.
    pub(super) fn identity(&self) -> Uuid {
        self.uuid(&["plan".to_owned()])
    }

    fn uuid(&self, parts: &[String]) -> Uuid {
        let study = self.options.study.as_deref().unwrap_or_default();
        let whole = [study, self.subject, &self.schedule.regimen.id].map(str::to_owned);
        let text = [&whole, parts].concat().join(BETWEEN);
        Uuid::new_v5(&self.namespace, text.as_bytes())
    }

    /// A run at home, from its first to its last day.
    fn run(&self, row: &DoseRow) -> Draft {
        let (first, last) = (row.date(), row.run().map_or(row.date(), |run| run.through));
        let what = if self.options.show_drugs {
            format!("{} at home", row.shown_apart())
        } else {
            "home treatment".to_owned()
        };
        let what = format!("{what} through {}", calendar::print(last));
        let mut notes = Vec::new();
        if self.options.show_drugs {
            notes.push(line(row));
        }
        notes.extend(row.run().map(|run| format!("{}.", run.words())));
        notes.extend([window(row.window()), closed(row.closed.as_ref())]);
        let title = format!("{}: {what}", self.title(row.phase.as_deref(), Some(row.cycle), Some(row.day)));
        let (status, title) = standing(&[row], row.certain, title);
        let part = row.part.map(|part| part.to_string()).unwrap_or_default();
        Draft {
            identity: key("dose", row.phase.as_ref(), row.cycle, row.day, &[&row.id, &part]),
            first,
            last,
            clock: clock(&[row]).filter(|_| first == last),
            title,
            notes,
            category: "TREATMENT",
            cycle: Some(row.cycle),
            status,
        }
    }

    /// One visit to the clinic; nothing of a day on which only a run at home begins.
    fn visit(&self, before: &[reading::Visit<'_>], visit: &reading::Visit<'_>) -> Option<Draft> {
        let doses: Vec<&DoseRow> = in_clinic(visit).collect();
        if doses.is_empty() && visit.ends.is_empty() && visit.assessments.is_empty() {
            return None;
        }
        let certain = doses.iter().all(|row| row.certain) && visit.ends.iter().all(|row| row.certain);
        let place = self.title(visit.phase, visit.cycle, visit.day);
        let title = format!("{place}: {}", self.purpose(&doses, visit));
        let (status, title) = standing(&doses, certain, title);
        Some(Draft {
            identity: visited(before, visit),
            first: visit.date,
            last: visit.date,
            clock: clock(&doses),
            title,
            notes: self.inside(&doses, visit),
            category: match (doses.is_empty(), visit.ends.is_empty()) {
                (false, _) => "TREATMENT",
                (true, false) => "VISIT",
                (true, true) => "ASSESSMENT",
            },
            cycle: visit.cycle,
            status,
        })
    }

    /// What the visit is for, in a title: the drugs where they may be read, else in a word.
    fn purpose(&self, doses: &[&DoseRow], visit: &reading::Visit<'_>) -> String {
        let mut names: Vec<String> = Vec::new();
        if self.options.show_drugs {
            let ends = visit.ends.iter().map(|row| shared::capital(&row.visit));
            for name in drugs(doses).into_iter().chain(ends).chain(visit.assessments.iter().map(|row| row.name.clone()))
            {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            return names.join(", ");
        }
        names.extend((!doses.is_empty()).then(|| "treatment".to_owned()));
        names.extend((!visit.ends.is_empty()).then(|| "end of an infusion".to_owned()));
        names.extend((!visit.assessments.is_empty()).then(|| "assessments".to_owned()));
        names.join(", ")
    }

    /// What is done on the visit, a line each, and when it may be.
    fn inside(&self, doses: &[&DoseRow], visit: &reading::Visit<'_>) -> Vec<String> {
        let mut notes = Vec::new();
        if self.options.show_drugs {
            notes.extend(doses.iter().map(|row| line(row)));
            notes.extend(visit.ends.iter().map(|row| format!("{}: {}.", row.shown, row.visit)));
            notes.extend(visit.assessments.iter().map(|row| format!("{}.", row.name)));
        }
        notes.extend(reading::hours(doses.iter().copied()).map(|when| format!("{}.", shared::capital(&when))));
        let windows = doses.iter().map(|row| row.window()).chain(visit.assessments.iter().map(|row| row.window));
        let reasons =
            doses.iter().map(|row| row.closed.as_ref()).chain(visit.ends.iter().map(|row| row.closed.as_ref()));
        let reasons = reasons.chain(visit.assessments.iter().map(|row| row.closed.as_ref()));
        for note in windows.map(window).chain(reasons.map(closed)) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    /// `S-014 C2D8`; with the number of the phase where there are several. A phase's own name may tell a drug.
    fn title(&self, phase: Option<&str>, cycle: Option<u32>, day: Option<i32>) -> String {
        let mut title = self.subject.to_owned();
        if self.phases.len() > 1
            && let Some(at) = self.phases.iter().position(|known| Some(*known) == phase)
        {
            title.push_str(&format!(" phase {}", at + 1));
        }
        let word = self.schedule.regimen.cycle_word;
        match (cycle, day) {
            (Some(cycle), Some(day)) => title.push_str(&format!(" {}", word.on_day(cycle, day))),
            (Some(cycle), None) => title.push_str(&format!(" {}", word.short(cycle))),
            _ => {}
        }
        title
    }

    fn event(&self, draft: Draft) -> Result<Event, ExportError> {
        let uid = self.uuid(&draft.identity);
        let after = calendar::plus_days(draft.last, 1)
            .filter(|after| *after > draft.first)
            .ok_or_else(|| ExportError::Refused(format!("{} ends before it begins.", draft.title)))?;
        let compact = |date: Date| calendar::iso(date).replace('-', "");
        let mut notes: Vec<String> = draft.notes.into_iter().filter(|note| !note.is_empty()).collect();
        notes.extend(shared::banner(self.schedule).map(|word| format!("{word} regimen.")));
        notes.push(crate::present::NOT_AN_ORDER.to_owned());
        let (begins, ends) = match draft.clock {
            Some((begins, ends)) => {
                notes.push("Times are those of the clinic's clock.".to_owned());
                let end = (ends > begins).then(|| format!("DTEND:{}", basic(ends)));
                (format!("DTSTART:{}", basic(begins)), end)
            }
            None => (
                format!("DTSTART;VALUE=DATE:{}", compact(draft.first)),
                Some(format!("DTEND;VALUE=DATE:{}", compact(after))),
            ),
        };
        let cycle = draft.cycle.map_or(String::new(), |cycle| {
            format!(",{}", self.schedule.regimen.cycle_word.titled(cycle).to_uppercase())
        });
        let rest = vec![
            format!("SUMMARY:{}", text::escape(&draft.title)),
            format!("DESCRIPTION:{}", text::escape(&notes.join("\n"))),
            format!("CATEGORIES:{}{cycle}", draft.category),
            format!("STATUS:{}", draft.status),
            "TRANSP:TRANSPARENT".to_owned(),
            "CLASS:PRIVATE".to_owned(),
        ];
        let content = std::iter::once(begins).chain(ends).chain(rest).collect();
        Ok(Event { uid, first: draft.first, content })
    }
}

/// The drugs of a visit, each once: `oxaliplatin`, `fluorouracil (bolus and 46-hour infusion)`.
fn drugs(doses: &[&DoseRow]) -> Vec<String> {
    let mut each: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in doses {
        let apart = row.apart.as_deref();
        match each.iter_mut().find(|(name, _)| *name == row.shown) {
            Some((_, known)) => known.extend(apart.filter(|one| !known.contains(one)).into_iter().collect::<Vec<_>>()),
            None => each.push((&row.shown, apart.into_iter().collect())),
        }
    }
    let words = |(name, apart): (&str, Vec<&str>)| match apart.as_slice() {
        [] => name.to_owned(),
        all => format!("{name} ({})", all.join(" and ")),
    };
    each.into_iter().map(words).collect()
}

/// From when to when, where it is known of every dose.
fn clock(doses: &[&DoseRow]) -> Option<(Moment, Moment)> {
    let times = doses.iter().map(|row| {
        let at = row.occasion();
        Some((at.begins?, at.ends.or(at.begins)?))
    });
    let times: Vec<(Moment, Moment)> = times.collect::<Option<_>>()?;
    Some((times.iter().map(|(begins, _)| *begins).min()?, times.iter().map(|(_, ends)| *ends).max()?))
}

/// Local time without a zone, the clock of whoever reads it: `20270313T110000`.
fn basic(at: Moment) -> String {
    format!("{}00", at.iso().replace(['-', ':'], ""))
}

/// What a row is, whatever its date and dose.
fn key(kind: &str, phase: Option<&String>, cycle: u32, day: i32, rest: &[&str]) -> Vec<String> {
    let phase = phase.cloned().unwrap_or_default();
    let mut key = vec![kind.to_owned(), phase, cycle.to_string(), day.to_string()];
    key.extend(rest.iter().map(|part| (*part).to_owned()));
    key
}

/// Phases in the order of their first dose.
pub(super) fn phases(schedule: &Schedule) -> Vec<&str> {
    let mut phases = Vec::new();
    for phase in schedule.doses.iter().filter_map(|row| row.phase.as_deref()) {
        if !phases.contains(&phase) {
            phases.push(phase);
        }
    }
    phases
}

/// `oxaliplatin 149 mg, intravenous over 2 hours`; with what happened to it.
fn line(row: &DoseRow) -> String {
    let state = match row.state() {
        DoseState::Projected => String::new(),
        other => format!(", {}", other.word()),
    };
    let when = row.given().map_or_else(|| row.when.clone(), |given| given.at.clock_words());
    let known = row.occasion().begins.is_some() || row.hours_after.is_some();
    let when = when.filter(|_| known).map_or_else(String::new, |when| format!(", {when}"));
    format!("{} {}, {}{when}{state}.", row.shown_apart(), row.portion(), reading::given(row))
}

/// Doses given at a visit; a run at home is an event of its own.
fn in_clinic<'v>(visit: &'v reading::Visit<'_>) -> impl Iterator<Item = &'v DoseRow> {
    visit.doses.iter().copied().filter(|row| row.run().is_none())
}

/// The identity of a visit: its phase, cycle and day. What of it was done on another day is an event of its own, by what
/// came first; assessments alone are known by the name of the first.
fn visited(before: &[reading::Visit<'_>], visit: &reading::Visit<'_>) -> Vec<String> {
    let number = |number: Option<String>| number.unwrap_or_default();
    let same = |one: &&reading::Visit<'_>| (one.phase, one.cycle, one.day) == (visit.phase, visit.cycle, visit.day);
    let first = |one: &reading::Visit<'_>| {
        let drug = in_clinic(one).next().map(|row| row.id.clone());
        drug.or_else(|| one.ends.first().map(|row| row.id.clone()))
    };
    let assessment = |one: &reading::Visit<'_>| one.assessments.first().map(|row| row.name.clone());
    let (name, nth) = match first(visit) {
        Some(_) if !before.iter().filter(same).any(|one| first(one).is_some()) => (None, 0),
        Some(drug) => (Some(drug), 0),
        None => {
            let alike = |one: &&reading::Visit<'_>| first(one).is_none() && assessment(one) == assessment(visit);
            (assessment(visit), before.iter().filter(same).filter(alike).count())
        }
    };
    vec![
        "visit".to_owned(),
        visit.phase.unwrap_or_default().to_owned(),
        number(visit.cycle.map(|cycle| cycle.to_string())),
        number(visit.day.map(|day| day.to_string())),
        number(name),
        nth.to_string(),
    ]
}

/// The status, and the title that says it too, because importers often ignore the status. A visit at which anything was
/// given took place; one at which nothing will be given is cancelled or held.
fn standing(doses: &[&DoseRow], certain: bool, title: String) -> (&'static str, String) {
    let all = |wanted: &[DoseState]| !doses.is_empty() && doses.iter().all(|row| wanted.contains(&row.state()));
    let any = |wanted: &[DoseState]| doses.iter().any(|row| wanted.contains(&row.state()));
    if any(&[DoseState::Given, DoseState::Incomplete]) {
        return ("CONFIRMED", title);
    }
    if all(&[DoseState::Omitted, DoseState::Missed]) {
        return ("CANCELLED", format!("{}{title}", super::CANCELLED));
    }
    if all(&[DoseState::Held, DoseState::Omitted, DoseState::Missed]) {
        return ("TENTATIVE", format!("HELD – {title}"));
    }
    ("TENTATIVE", if certain { title } else { format!("{title} (if treatment continues)") })
}

fn window(window: Option<Window>) -> String {
    match window {
        Some(Window { earliest, latest }) if earliest != latest => {
            format!("Allowed from {} through {}.", calendar::with_weekday(earliest), calendar::with_weekday(latest))
        }
        _ => String::new(),
    }
}

fn closed(reason: Option<&String>) -> String {
    reason.map_or(String::new(), |reason| format!("The clinic is closed: {reason}."))
}
