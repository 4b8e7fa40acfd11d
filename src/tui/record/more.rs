//! Acts that are rarer than a visit: exposure before, home doses, another version, a second person's check.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{self, Site};
use crate::course::event::{Before, SupplyAct};
use crate::course::{Course, Noted, Product, Times};
use crate::decide::Command;
use crate::decide::codes::NO_SUCH_ENTRY;
use crate::finding::Finding;
use crate::library::RegimenFile;
use crate::plan::{Administration, Options};
use crate::present;
use crate::subject::{Fact, Subject, WeightFrom};
use crate::subjects::check::{self, Figures};
use crate::subjects::home;
use crate::tui::model::RegimenList;
use crate::tui::session::{Planned, Session, plan_course};

use super::act::{ActField, ActView, FieldKind};
use super::build::{self, ActContext};
use super::form::{self, FormStart};
use super::read;

/// Which drug, and how much of it.
pub fn expose_fields(start: FormStart<'_>) -> Vec<ActField> {
    let regimen = &start.subject.0.opened.regimen;
    let limit = regimen.lifetimes.first().map_or_else(String::new, |limit| limit.name.clone());
    vec![
        ActField::new(FieldKind::Drug, "Drug or limit", "a drug of the regimen, or the name of a lifetime limit")
            .with(limit),
        ActField::new(FieldKind::Before, "Received before", "none, unknown, or the amount: 300 mg, 240 mg/m2"),
    ]
}

/// What was received before.
pub fn expose(view: &mut ActView) -> Command {
    let before = read::read(view, &FieldKind::Before, Before::read).unwrap_or(Before::Unknown);
    Command::Expose { drug: view.text(&FieldKind::Drug).to_owned(), before }
}

/// A remark, and what it tells of.
pub fn note_fields(start: FormStart<'_>) -> Vec<ActField> {
    let hint = "consent (given again), or a deviation: criteria, withdrawal, treatment, medication, visit; important before it where it is";
    vec![
        ActField::new(FieldKind::Text, "Remark", "nothing personal"),
        ActField::new(FieldKind::Noted, "It tells of", hint).maybe(),
        form::date("Day", start.today),
    ]
}

/// The remark that was typed.
pub fn noted(view: &mut ActView, context: ActContext<'_>) -> Command {
    let noted =
        |text: &str| Noted::read(text).map_err(|why| read::wrong(text, "says not what the remark tells of", &why));
    let what = read::read(view, &FieldKind::Noted, noted);
    let on = read::date(view, &FieldKind::Date, context.today);
    Command::Note { text: view.text(&FieldKind::Text).to_owned(), on, what }
}

/// The run of home doses under the cursor, and what happened to them.
pub fn supply_fields(start: FormStart<'_>) -> Vec<ActField> {
    let Some(run) = run(start) else {
        return vec![ActField::new(FieldKind::Happened, "What", "this regimen has no doses at home")];
    };
    let mut fields = vec![
        ActField::new(FieldKind::Happened, "What", "dispensed, returned or taken; d, r or t"),
        ActField::new(FieldKind::Count, "How many", "tablets dispensed or returned; doses taken"),
    ];
    fields.extend(form::key_fields(start.word(), run));
    let key = &run.key;
    let drug = start.subject.0.opened.regimen.name_of(&key.drug, key.phase.as_deref(), key.cycle);
    fields.push(ActField::new(FieldKind::Drug, "Drug", "whose doses").with(drug));
    fields.push(form::date("Date", start.today));
    fields.push(form::reason("Remark").maybe());
    fields.push(form::product("Kit, lot", "", None));
    fields
}

/// The run that holds the cursor, or the first after it; else the last.
fn run(start: FormStart<'_>) -> Option<&Administration> {
    let planned = start.subject.0.planned.as_ref()?;
    let runs = || planned.plan.administrations.iter().filter(|one| one.run.is_some());
    runs().rfind(|one| one.date <= start.cursor).or_else(|| runs().next())
}

/// Home doses.
pub fn supply(view: &mut ActView, context: ActContext<'_>) -> Command {
    view.remarks = context.subject.map(|subject| home(&subject.0.opened)).unwrap_or_default();
    let act = read::read(view, &FieldKind::Happened, SupplyAct::read).unwrap_or(SupplyAct::Dispensed);
    let count = read::read(view, &FieldKind::Count, |text| {
        text.parse().map_err(|_| read::wrong(text, "is not a whole number", "112"))
    });
    let on = read::date(view, &FieldKind::Date, context.today).unwrap_or(context.today);
    let reason = Some(view.text(&FieldKind::Reason).to_owned()).filter(|reason| !reason.is_empty());
    let product = product(view, "", None);
    Command::Supply { scope: build::scope(view), act, count: count.unwrap_or(0), on, product, reason }
}

/// The kit and the lot typed for a drug.
pub fn product(view: &mut ActView, drug: &str, part: Option<&str>) -> Product {
    let kind = FieldKind::Product { drug: drug.to_owned(), part: part.map(str::to_owned) };
    let product = |text: &str| Product::read(text).map_err(|why| read::wrong(text, "cannot be read", &why));
    read::read(view, &kind, product).unwrap_or_default()
}

/// The hours typed for a drug.
pub fn times(view: &mut ActView, drug: &str, part: Option<&str>) -> Times {
    let kind = FieldKind::Times { drug: drug.to_owned(), part: part.map(str::to_owned) };
    let times = |text: &str| Times::read(text).map_err(|why| read::wrong(text, "cannot be read", &why));
    read::read(view, &kind, times).unwrap_or_default()
}

/// What would be kept of somebody who is enrolled: the figures, then the first dose of each drug.
pub fn enrolled(session: &Session, site: &Site, from: Option<WeightFrom>) -> Vec<String> {
    let Some(planned) = &session.planned else { return Vec::new() };
    let Course { start, subject, .. } = &planned.course;
    let measured = subject.measured.map_or(String::new(), |on| format!(", measured {}", calendar::print(on)));
    // What is kept is the age on the first day.
    let kept =
        Subject { age: subject.age_on(*start), born: None, measured: None, weight_from: from, ..subject.clone() };
    let known = Fact::ALL.iter().filter_map(|fact| kept.get(*fact));
    let figures: Vec<String> = known.map(|value| format!("{} {value}", value.fact().described().noun)).collect();
    let mut lines = vec![format!("First day {}", calendar::with_weekday(*start))];
    lines.extend((!figures.is_empty()).then(|| format!("{}{measured}", figures.join(", "))));
    lines.extend(session.tried_delays().map(|text| format!("Not kept: {text}")));
    // What is only tried out moves nothing that is kept.
    let kept = Course { delays: BTreeMap::new(), ..planned.course.clone() };
    let kept = plan_course(&session.regimen, kept, site, Options::default());
    lines.extend(kept.map(|kept| first_doses(&kept)).unwrap_or_default());
    lines
}

/// `irinotecan liposomal: 123 mg on Mon 07-Dec-2026 (C1D1)`, each drug once.
fn first_doses(planned: &Planned) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    let all = planned.plan.administrations.iter().zip(&planned.schedule.doses);
    let first = all.filter(|(_, row)| {
        let new = !seen.contains(&row.id.as_str());
        seen.push(&row.id);
        new
    });
    let words = |(one, row): (&Administration, &present::DoseRow)| {
        let on = calendar::with_weekday(one.date);
        let start = one.dose.start_words().map_or_else(String::new, |start| format!("; {start}"));
        format!("{}: {} on {on} ({}){start}", row.shown_apart(), row.portion(), row.on_day())
    };
    first.map(words).collect()
}

/// The version, by its id; that of the same id where the library's text is another now.
pub fn move_fields(start: FormStart<'_>) -> Vec<ActField> {
    let hint = "its id in the library; the differences are shown before anything is recorded";
    let id = start.subject.0.opened.regimen.id.clone();
    vec![ActField::new(FieldKind::Version, "New version", hint).with(id), form::reason("Why")]
}

/// A regimen of the library that has no faults.
pub fn version(regimens: &RegimenList, id: &str) -> Result<RegimenFile, Finding> {
    let none = || {
        Finding::block(crate::tui::codes::NO_REGIMEN, format!("The library has no regimen \"{id}\"."))
            .help("write its id")
    };
    let entry = regimens.0.iter().find(|entry| entry.id == id).ok_or_else(none)?;
    let file = entry.file();
    let faulty = || {
        Finding::block(crate::tui::codes::REGIMEN_ERRORS, format!("{id} has errors; subjects cannot be moved to it."))
            .help("correct it first")
    };
    file.regimen.as_ref().map(|_| file.clone()).ok_or_else(faulty)
}

/// To another version; the differences go with the view.
pub fn moved(view: &mut ActView, context: ActContext<'_>, reason: String) -> Result<Command, Finding> {
    view.remarks.clear();
    let file = version(context.regimens, view.text(&FieldKind::Version))?;
    let gone = || Finding::block(crate::tui::codes::NO_REGIMEN, "There is no subject to move.");
    let (Some(subject), Some(to)) = (context.subject, file.regimen) else { return Err(gone()) };
    let changes = present::diff(subject.0.opened.regimen.alone(), &to);
    view.remarks = changes.iter().map(present::Change::told).collect();
    Ok(Command::Move { to: Box::new(Arc::unwrap_or_clone(to)), reason })
}

/// A field for each figure of the entry, empty: the second person does not see what was typed first.
pub fn check_fields(start: FormStart<'_>, entry: u64) -> Vec<ActField> {
    let held = check::figures_of(&start.subject.0.opened, entry).unwrap_or_default();
    let field = |(name, _): (&'static str, String)| {
        let (label, hint) = match (Fact::called(name), name) {
            (Some(fact), _) => (fact.described().label, fact.described().hint),
            (None, "dose") => ("Dose", "with its unit: 123 mg"),
            (None, "kit") => ("Kit", "its number, as on the package"),
            (None, "lot") => ("Lot", "as on the package"),
            (None, "start-time") => ("Begun at", "such as 09:30"),
            (None, "stop-time") => ("Ended at", "such as 11:00, or 09-Dec-2026 07:30 on a later day"),
            (None, _) => ("Date", "the day it happened: today, 7dec, 2026-12-07"),
        };
        ActField::new(FieldKind::Figure(name), label, hint)
    };
    held.into_iter().map(field).collect()
}

/// The entry was corrected or undone meanwhile.
pub fn gone(entry: u64) -> Finding {
    Finding::block(NO_SUCH_ENTRY, format!("Entry {entry} was corrected or undone."))
}

/// What was typed again, against the entry. What differs is told once it is recorded.
pub fn checked(view: &mut ActView, context: ActContext<'_>, entry: u64) -> Result<Command, Finding> {
    let opened = &context.subject.ok_or_else(|| gone(entry))?.0.opened;
    let held = check::figures_of(opened, entry)?;
    let mut typed = Figures::new();
    for (name, _) in &held {
        let figure =
            read::read(view, &FieldKind::Figure(name), |text| check::as_written(opened, name, text, context.today));
        typed.extend(figure.map(|figure| (*name, figure)));
    }
    let differences = check::differences(&typed, &held);
    Ok(Command::Verify { entry, agrees: differences.is_empty(), differences })
}
