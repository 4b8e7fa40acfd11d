//! From the fields of an act to commands, and to what would come of them.

use std::collections::BTreeSet;

use crate::calendar::{Date, Site, days_between};
use crate::course::event::Measured;
use crate::course::{Part, Text};
use crate::decide::{Command, Correction, Decision, DoseChange, Scope};
use crate::finding::{Code, Field, Finding};
use crate::quantity::{Amount, QuantityError, Weight, number};
use crate::subject::{Fact, Subject, Value};
use crate::subjects::{self, Actor, Enrolment};
use crate::tui::model::RegimenList;
use crate::tui::session::Session;
use crate::tui::when;

use super::act::{Act, ActField, ActView, Is, Outcome};
use super::{Dossier, form, more};

/// What an act is decided against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The subject, opened; `None` before enrolment.
    pub dossier: Option<&'a Dossier>,
    /// The plan in hand.
    pub session: &'a Session,
    /// The site.
    pub site: &'a Site,
    /// The regimens.
    pub regimens: &'a RegimenList,
    /// Today.
    pub today: Date,
    /// Whether today was set by hand.
    pub set: Option<&'a str>,
}

/// Reads the fields, decides, and adds a field for the reason of each open question.
pub fn decide(view: &mut ActView, ground: Ground<'_>) {
    for field in &mut view.fields {
        (field.echo, field.fault) = (None, None);
    }
    let missing = view.missing();
    let outcome = commands(view, ground).and_then(|commands| {
        if missing.iter().any(|label| !is_answer(view, label)) || faulty(view) {
            return Ok(Outcome::Open(missing.clone()));
        }
        run(view, ground, &commands)
    });
    view.outcome = outcome.unwrap_or_else(Outcome::Refused);
    ask(view);
}

fn is_answer(view: &ActView, label: &str) -> bool {
    view.fields.iter().any(|field| field.label == *label && matches!(field.is, Is::Answer(_)))
}

fn faulty(view: &ActView) -> bool {
    view.fields.iter().any(|field| field.fault.is_some())
}

/// Who acts, and what answers warnings.
pub fn actor(view: &ActView, ground: Ground<'_>) -> Actor {
    let answer = |field: &ActField| match &field.is {
        Is::Answer(code) => Some((code.clone(), field.text.text.trim().to_owned())),
        _ => None,
    };
    let accepted = view.fields.iter().filter_map(answer).filter(|(_, reason)| !reason.is_empty()).collect();
    let who = view.text(&Is::Who).to_owned();
    Actor { who, now: ground.today, set: ground.set.map(str::to_owned), accepted }
}

fn run(view: &ActView, ground: Ground<'_>, commands: &[Command]) -> Result<Outcome, Finding> {
    let actor = actor(view, ground);
    let Some(dossier) = ground.dossier else { return enrol(view, ground, &actor) };
    let opened = &dossier.0.opened;
    let decision = match commands {
        // Another version is planned by the decision itself.
        [one @ Command::Move { .. }] => subjects::decide(opened, ground.site, &actor, one),
        _ => subjects::several(opened, ground.site, &actor, commands, |_, finding| finding)
            .map_err(|failure| Finding::block(crate::decide::codes::NOT_FOLDED, failure.message.clone()))?,
    };
    Ok(match decision {
        Decision::Events(events, preview) => Outcome::Ready(events, preview),
        Decision::Asks(findings, preview) => Outcome::Asks(findings, preview),
        Decision::Refused(finding) => Outcome::Refused(finding),
    })
}

fn enrol(view: &ActView, ground: Ground<'_>, actor: &Actor) -> Result<Outcome, Finding> {
    let Some(planned) = &ground.session.planned else {
        return Err(Finding::block(
            crate::tui::codes::NO_PLAN,
            "There is no plan to enrol on: fill in the form first.",
        ));
    };
    let code = view.text(&Is::Subject);
    let first = |failure: crate::failure::Failure| {
        let said = Finding::block(crate::tui::codes::NOT_ENROLLED, failure.message.clone());
        failure.findings.into_iter().next().unwrap_or(said)
    };
    let enrolment =
        subjects::enrol(code, &ground.session.regimen, &planned.course, ground.site, actor).map_err(first)?;
    Ok(match enrolment {
        Enrolment::Asks(findings) => Outcome::Asks(findings, crate::decide::Preview::default()),
        Enrolment::Ready(ready) => Outcome::Ready(vec![ready.0], crate::decide::Preview::default()),
    })
}

/// One field for the reason of each question, and one for a second dose where a first is on record; those that are not
/// asked any more go, unless filled in.
fn ask(view: &mut ActView) {
    let mut asked: Vec<ActField> = match &view.outcome {
        Outcome::Asks(findings, _) => findings.iter().map(|one| answer(one.code)).collect(),
        Outcome::Refused(finding) if wants(finding, &Field::SecondDose) => vec![second_dose()],
        _ => Vec::new(),
    };
    view.fields.retain(|field| match &field.is {
        Is::Answer(_) | Is::Second => !field.text.text.is_empty() || asked.iter().any(|one| one.is == field.is),
        _ => true,
    });
    asked.retain(|one| view.fields.iter().all(|field| field.is != one.is));
    for field in asked {
        if view.fields.iter().all(|known| known.is != field.is) {
            view.fields.push(field);
        }
    }
    view.focus = view.focus.min(view.fields.len().saturating_sub(1));
}

fn wants(finding: &Finding, field: &Field) -> bool {
    finding.remedy.as_ref().is_some_and(|remedy| remedy.fields.contains(field))
}

fn answer(code: Code) -> ActField {
    ActField::new(Is::Answer(code.name().to_owned()), code.prompt(), "the reason is kept with the entry")
}

fn second_dose() -> ActField {
    ActField::new(Is::Second, "Second dose", "y when another dose was given; empty when it was not").maybe()
}

/// Reads a field; a fault is kept with it, and an empty one is nothing.
pub(super) fn read<T>(view: &mut ActView, is: &Is, reader: impl Fn(&str) -> Result<T, QuantityError>) -> Option<T> {
    let field = view.fields.iter_mut().find(|field| field.is == *is)?;
    let text = field.text.text.trim();
    if text.is_empty() {
        return None;
    }
    match reader(text) {
        Ok(value) => Some(value),
        Err(error) => {
            field.fault = Some(error.to_string());
            None
        }
    }
}

pub(super) fn wrong(typed: &str, wrong: &str, right: &str) -> QuantityError {
    QuantityError { typed: typed.to_owned(), wrong: wrong.to_owned(), right: right.to_owned() }
}

fn whole(text: &str) -> Result<i32, QuantityError> {
    text.trim_start_matches('+').parse().map_err(|_| wrong(text, "is not a whole number", "3"))
}

fn yes(text: &str) -> Result<bool, QuantityError> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err(wrong(text, "is neither yes nor no", "y or n")),
    }
}

pub(super) fn date(view: &mut ActView, is: &Is, today: Date) -> Option<Date> {
    let read = read(view, is, |text| when::read(text, today));
    if let (Some(date), Some(field)) = (read, view.fields.iter_mut().find(|field| field.is == *is)) {
        field.echo = Some(when::echo(date, today));
    }
    read
}

fn cycle(view: &mut ActView) -> u32 {
    let read =
        read(view, &Is::Cycle, |text| text.parse().map_err(|_| wrong(text, "is not the number of a cycle", "2")));
    read.unwrap_or(0)
}

fn phase(view: &ActView) -> Option<String> {
    Some(view.text(&Is::Phase).to_owned()).filter(|text| !text.is_empty())
}

/// What the fields ask for.
fn commands(view: &mut ActView, ground: Ground<'_>) -> Result<Vec<Command>, Finding> {
    let reason = view.text(&Is::Reason).to_owned();
    let one = match view.act.clone() {
        Act::Enrol => {
            view.told = more::enrolled(ground.session, ground.site);
            return Ok(Vec::new());
        }
        Act::Give => return Ok(gives(view, ground.today, &reason)),
        Act::Hold => Command::Hold { scope: scope(view), reason },
        Act::Omit => Command::Omit { scope: scope(view), reason },
        Act::Delay => {
            let (phase, cycle) = (phase(view), cycle(view));
            let days = days(view, ground, cycle).unwrap_or(0);
            let required = read(view, &Is::Required, yes).unwrap_or(false);
            Command::Delay { phase, cycle, days, reason, required }
        }
        Act::Level => {
            let to = level(view).unwrap_or(DoseChange::Level(0));
            let drug = view.text(&Is::Drug).to_owned();
            Command::Change { drug, phase: phase(view), from: cycle(view), to, reason }
        }
        Act::Measure => measure(view, ground.today),
        Act::Criteria => {
            let met = read(view, &Is::Met, yes).unwrap_or(false);
            let found = view.text(&Is::Text).to_owned();
            Command::Criteria { phase: phase(view), cycle: cycle(view), day: 1, met, found }
        }
        Act::Stop => Command::Stop { on: date(view, &Is::Date, ground.today).unwrap_or(ground.today), reason },
        Act::Note => Command::Note { text: view.text(&Is::Text).to_owned() },
        Act::Expose => more::expose(view),
        Act::Supply => more::supply(view, ground),
        Act::Move => more::moved(view, ground, reason)?,
        Act::Check(entry) => more::checked(view, ground, entry)?,
        Act::Undo(entry) => Command::Undo { entry, reason },
        Act::Correct(entry) => correct(view, ground, entry, reason)?,
    };
    Ok(vec![one])
}

pub(super) fn scope(view: &mut ActView) -> Scope {
    let cycle = cycle(view);
    let day = read(view, &Is::Day, whole);
    let drug = Some(view.text(&Is::Drug).to_owned()).filter(|text| !text.is_empty());
    Scope { phase: phase(view), cycle, day, drug, part: None }
}

/// One command a drug: what is as planned names no dose.
fn gives(view: &mut ActView, today: Date, reason: &str) -> Vec<Command> {
    let (scope, on) = (scope(view), date(view, &Is::Date, today));
    let second = read(view, &Is::Second, yes).unwrap_or(false);
    let reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    let drugs: Vec<Is> = view.fields.iter().map(|field| field.is.clone()).collect();
    let mut commands = Vec::new();
    for is in drugs {
        let Is::Dose { drug, part } = &is else { continue };
        let typed = view.text(&is).to_owned();
        let bare = typed.strip_suffix("part").map(str::trim_end);
        let dose = read(view, &is, |text| Amount::read(bare.unwrap_or(text)));
        let part = part.as_deref().and_then(|part| <Part as Text>::read(part).ok());
        if let Some(dose) = dose {
            let scope = Scope { drug: Some(drug.clone()), part, ..scope.clone() };
            let (partly, reason) = (bare.is_some(), reason.clone());
            commands.push(Command::Give { scope, on, dose: Some(dose), partly, second, reason });
        }
    }
    commands
}

/// A number of days, or the new day 1.
fn days(view: &mut ActView, ground: Ground<'_>, cycle: u32) -> Option<i32> {
    let planned = ground
        .session
        .planned
        .as_ref()
        .and_then(|planned| planned.plan.cycles.iter().find(|one| one.number == cycle).map(|one| one.planned));
    read(view, &Is::Days, |text| match (whole(text), planned) {
        (Ok(days), _) => Ok(days),
        (Err(_), Some(planned)) => when::read(text, ground.today).map(|date| days_between(planned, date)),
        (Err(error), None) => Err(error),
    })
}

fn level(view: &mut ActView) -> Option<DoseChange> {
    read(view, &Is::Level, |text| {
        let right = "-1 for one level down, or 75%";
        match text.strip_suffix('%') {
            Some(percent) => number::parse(percent.trim())
                .map(DoseChange::Percent)
                .map_err(|_| wrong(text, "is not a valid percentage", right)),
            None => whole(text).map(DoseChange::Level).map_err(|_| wrong(text, "is not a dose level", right)),
        }
    })
}

/// Every fact that is typed on the screen, as read.
fn facts(view: &mut ActView, today: Date) -> Vec<Value> {
    let asked = |field: &ActField| if let Is::Fact(fact) = field.is { Some(fact) } else { None };
    let asked: BTreeSet<Fact> = view.fields.iter().filter_map(asked).collect();
    asked.into_iter().filter_map(|fact| typed(view, fact, today)).collect()
}

/// A fact as read; of a date and a date of birth the field says what it was taken for.
fn typed(view: &mut ActView, fact: Fact, today: Date) -> Option<Value> {
    let is = Is::Fact(fact);
    let value = read(view, &is, |text| fact.read(text, today).map(|reading| reading.value))?;
    if let (Some(date), Some(field)) = (value.date(), view.fields.iter_mut().find(|field| field.is == is)) {
        field.echo = Some(when::echo(date, today));
    }
    Some(value)
}

fn measure(view: &mut ActView, today: Date) -> Command {
    let on = date(view, &Is::Date, today).unwrap_or(today);
    let mut subject = Subject::default();
    facts(view, today).into_iter().for_each(|value| subject.set(value));
    let Subject { height, weight, creatinine, gfr, .. } = subject;
    let remeasured = again(view, weight);
    Command::Measure { on, measured: Measured { height, weight, creatinine, gfr, remeasured } }
}

/// Whether the weight was measured and typed a second time, alike.
fn again(view: &mut ActView, weight: Option<Weight>) -> bool {
    let alike = |text: &str| match Weight::read(text)? {
        again if Some(again) == weight => Ok(()),
        _ => Err(wrong(text, "is not the weight above", "the same figure, or measure again")),
    };
    read(view, &Is::Again, alike).is_some()
}

fn correct(view: &mut ActView, ground: Ground<'_>, entry: u64, reason: String) -> Result<Command, Finding> {
    let gone = || more::gone(entry);
    let (was, event) = ground.dossier.and_then(|dossier| dossier.entry(entry)).ok_or_else(gone)?;
    let doses: Vec<Is> =
        view.fields.iter().map(|field| field.is.clone()).filter(|is| matches!(is, Is::Dose { .. })).collect();
    let (mut on_level, mut on_percent) = (None, None);
    match level(view) {
        Some(DoseChange::Level(level)) => on_level = Some(level),
        Some(DoseChange::Percent(percent)) => on_percent = Some(percent),
        None => {}
    }
    let facts = facts(view, ground.today);
    let weight = facts.iter().find_map(|value| if let Value::Weight(weight) = value { Some(*weight) } else { None });
    let correction = Correction {
        facts,
        dose: doses.first().and_then(|is| read(view, is, Amount::read)),
        remeasured: again(view, weight),
        days: read(view, &Is::Days, whole),
        level: on_level,
        percent: on_percent,
        text: Some(view.text(&Is::Text).to_owned()).filter(|text| !text.is_empty()),
    };
    let effective = date(view, &Is::Date, ground.today).unwrap_or(was);
    let event = correction.corrected(event)?;
    Ok(Command::Correct { entry, event: Box::new(event), effective, reason })
}

/// The screen of an enrolment.
pub fn enrolment(who: &str, ground: Ground<'_>) -> ActView {
    let mut view = form::enrolment(who);
    decide(&mut view, ground);
    view
}

/// The screen of an act on a subject, decided on once.
pub fn view(act: Act, place: form::Place<'_>, ground: Ground<'_>) -> ActView {
    let mut view = form::view(act, place);
    decide(&mut view, ground);
    view
}
