//! From the fields of an act to commands, and to what would come of them.

use std::collections::BTreeSet;

use crate::calendar::{Date, Site, days_between};
use crate::course::event::Measured;
use crate::course::{Course, Part, Text};
use crate::decide::{Command, Correction, Decision, DoseChange, Preview, Scope, reasons as answers};
use crate::finding::{Code, Field, Finding, Severity};
use crate::quantity::{Amount, number};
use crate::study::Chosen;
use crate::subject::{Fact, Subject, Value, WeightFrom};
use crate::subjects::{self, Actor, Enrolment};
use crate::tui::model::RegimenList;
use crate::tui::session::Session;
use crate::tui::when;

use super::act::{Act, ActField, ActView, FieldKind, Outcome};
use super::read::{date, day, read, whole, wrong, yes};
use super::{OpenSubject, ahead, confirm, form, more, reasons, visit};

/// What an act is decided against.
#[derive(Clone, Copy)]
pub struct ActContext<'a> {
    /// The subject, opened; `None` before enrolment.
    pub subject: Option<&'a OpenSubject>,
    /// The plan in hand.
    pub session: &'a Session,
    /// The site.
    pub site: &'a Site,
    /// The study, and its site in it.
    pub study: &'a Chosen,
    /// The regimens.
    pub regimens: &'a RegimenList,
    /// Today.
    pub today: Date,
    /// Whether today was set by hand.
    pub set: Option<&'a str>,
}

/// Reads the fields, decides, and adds a field for the reason of each open question.
pub fn decide(view: &mut ActView, context: ActContext<'_>) {
    for field in &mut view.fields {
        (field.echo, field.fault) = (None, None);
    }
    ahead::name_answers(view);
    confirm::compare(view, context.today);
    ahead::name_reason(view);
    if ahead::nothing_measured(view) {
        let wanted = vec!["One of weight, height, creatinine and GFR".to_owned()];
        view.outcome = Outcome::Open(wanted, Preview::default());
        return ask(view);
    }
    if let Some(subject) = context.subject.filter(|_| view.act == Act::Give)
        && !form::follow_visit(view, subject, context.today)
    {
        view.outcome = Outcome::Refused(ahead::no_open_dose());
        return ask(view);
    }
    let missing = view.missing();
    let outcome = commands(view, context).and_then(|ready| {
        if missing.iter().any(|label| !is_answer(view, label)) || faulty(view) {
            let preview = if faulty(view) {
                Preview::default()
            } else {
                ahead::ahead(view, |filled| {
                    let ready = commands(filled, context)?;
                    run(filled, context, &ready)
                })
            };
            return Ok(Outcome::Open(missing.clone(), preview));
        }
        if ready.is_empty() && view.act == Act::Give {
            return Ok(Outcome::Open(vec!["At least one dose".to_owned()], Preview::default()));
        }
        Ok(asked_by_the_record(view, context, run(view, context, &ready)?))
    });
    view.outcome = outcome.unwrap_or_else(Outcome::Refused);
    ask(view);
    confirm::compare_doses(view);
}

/// What the record asked when this was to be recorded waits for its answer, too.
fn asked_by_the_record(view: &ActView, context: ActContext<'_>, outcome: Outcome) -> Outcome {
    let actor = actor(view, context);
    let open: Vec<Finding> =
        view.asked.iter().filter(|finding| actor.replies().answer(finding).is_none()).cloned().collect();
    match outcome {
        Outcome::Ready(_, preview) if !open.is_empty() => Outcome::Asks(open, preview),
        Outcome::Asks(findings, preview) => Outcome::Asks(findings.into_iter().chain(open).collect(), preview),
        outcome => outcome,
    }
}

fn is_answer(view: &ActView, label: &str) -> bool {
    view.fields.iter().any(|field| field.label == *label && field.kind.is_answer())
}

fn faulty(view: &ActView) -> bool {
    view.fields.iter().any(|field| field.fault.is_some())
}

/// Who acts, and what answers warnings.
pub fn actor(view: &ActView, context: ActContext<'_>) -> Actor {
    let answer = |field: &ActField| match &field.kind {
        FieldKind::Answer(code) => Some((code.clone(), answers::chosen(code, &field.text.text).ok()?)),
        _ => None,
    };
    let accepted = view.fields.iter().filter_map(answer).filter(|(_, reason)| !reason.is_empty()).collect();
    let who = view.text(&FieldKind::Who).to_owned();
    let confirmed = confirm::confirmed(view, context.subject.map(OpenSubject::code), context.today);
    Actor { who, now: context.today, set: context.set.map(str::to_owned), accepted, confirmed }
}

fn run(view: &ActView, context: ActContext<'_>, commands: &[Command]) -> Result<Outcome, Finding> {
    let actor = actor(view, context);
    let Some(subject) = context.subject else { return enrol(view, context, &actor) };
    let opened = &subject.0.opened;
    let decision = match commands {
        // Another version is planned by the decision itself.
        [one @ Command::Move { .. }] => subjects::decide(opened, context.site, &actor, one),
        _ => subjects::several(opened, context.site, &actor, commands, |_, finding| finding)
            .map_err(|failure| Finding::block(crate::decide::codes::NOT_FOLDED, failure.message.clone()))?,
    };
    Ok(match decision {
        Decision::Events(events, preview) => Outcome::Ready(events, preview),
        Decision::Asks(findings, preview) => Outcome::Asks(findings, preview),
        Decision::Refused(finding) => Outcome::Refused(finding),
    })
}

fn enrol(view: &ActView, context: ActContext<'_>, actor: &Actor) -> Result<Outcome, Finding> {
    let Some(planned) = &context.session.planned else {
        return Err(Finding::block(
            crate::tui::codes::NO_PLAN,
            "There is no plan to enrol on: fill in the form first.",
        ));
    };
    let code = view.text(&FieldKind::Subject);
    let first = |failure: crate::failure::Failure| {
        let said = Finding::block(crate::tui::codes::NOT_ENROLLED, failure.message.clone());
        failure.findings.into_iter().next().unwrap_or(said)
    };
    let fact = Fact::WeightFrom;
    let from =
        fact.read(view.text(&FieldKind::Fact(fact)), context.today).ok().and_then(|read| weight_from(&read.value));
    let subject = Subject { weight_from: from, ..planned.course.subject.clone() };
    let course = Course { subject, ..planned.course.clone() };
    let enrolment = subjects::enrol(code, &context.session.regimen, &course, (context.study, context.site), actor)
        .map_err(first)?;
    Ok(match enrolment {
        Enrolment::Asks(findings) => Outcome::Asks(findings, Preview::default()),
        Enrolment::Ready(ready) => Outcome::Ready(vec![ready.0], Preview::default()),
    })
}

fn weight_from(value: &Value) -> Option<WeightFrom> {
    if let Value::WeightFrom(from) = value { Some(*from) } else { None }
}

/// One field for the reason of each question, and one for a second dose where a first is on record; those that are not
/// asked any more go, unless filled in.
fn ask(view: &mut ActView) {
    let mut asked: Vec<ActField> = match &view.outcome {
        Outcome::Asks(findings, _) => findings.iter().flat_map(|one| asks(view, one)).collect(),
        Outcome::Refused(finding) if wants(finding, &Field::SecondDose) => vec![second_dose()],
        _ => Vec::new(),
    };
    view.fields.retain(|field| match &field.kind {
        kind if kind.is_answer() || *kind == FieldKind::Second => {
            !field.text.text.is_empty() || asked.iter().any(|one| one.kind == field.kind)
        }
        _ => true,
    });
    asked.retain(|one| view.fields.iter().all(|field| field.kind != one.kind));
    for field in asked {
        if view.fields.iter().all(|known| known.kind != field.kind) {
            view.fields.push(field);
        }
    }
    view.focus = view.focus.min(view.fields.len().saturating_sub(1));
}

fn wants(finding: &Finding, field: &Field) -> bool {
    finding.remedy.as_ref().is_some_and(|remedy| remedy.fields.contains(field))
}

/// The fields that answer a question: the reason of a WARN, what a CONFIRM asks for.
fn asks(view: &ActView, one: &Finding) -> Vec<ActField> {
    if one.severity == Severity::Confirm { confirm::fields(view, one) } else { vec![answer(one.code)] }
}

fn answer(code: Code) -> ActField {
    ActField::new(FieldKind::Answer(code.name().to_owned()), code.prompt(), "the reason is kept with the entry")
}

fn second_dose() -> ActField {
    ActField::new(FieldKind::Second, "Second dose", "y when another dose was given; empty when it was not").maybe()
}

fn cycle(view: &mut ActView) -> u32 {
    let read =
        read(view, &FieldKind::Cycle, |text| text.parse().map_err(|_| wrong(text, "is not a number in the plan", "2")));
    read.unwrap_or(0)
}

fn phase(view: &ActView) -> Option<String> {
    Some(view.text(&FieldKind::Phase).to_owned()).filter(|text| !text.is_empty())
}

/// What the fields ask for.
fn commands(view: &mut ActView, context: ActContext<'_>) -> Result<Vec<Command>, Finding> {
    let typed = view.text(&FieldKind::Reason);
    let reason = reasons::meant(&view.act, typed).unwrap_or(typed).to_owned();
    let one = match view.act.clone() {
        Act::Enrol => {
            // Read here, so that what cannot be read is told beside its field.
            let from = facts(view, context.today).iter().find_map(weight_from);
            view.remarks = more::enrolled(context.session, context.site, from);
            return Ok(Vec::new());
        }
        Act::Give => return Ok(gives(view, context.today, &reason)),
        Act::Hold => Command::Hold { scope: scope(view), reason },
        Act::Omit => {
            let missed = read(view, &FieldKind::Missed, yes).unwrap_or(false);
            Command::Omit { scope: scope(view), reason, missed }
        }
        Act::Delay => {
            let (phase, cycle) = (phase(view), cycle(view));
            let days = days(view, context, cycle).unwrap_or(0);
            let required = read(view, &FieldKind::Required, yes).unwrap_or(false);
            Command::Delay { phase, cycle, days, reason, required }
        }
        Act::Level => {
            let to = level(view).unwrap_or(DoseChange::Level(0));
            let drug = view.text(&FieldKind::Drug).to_owned();
            Command::Change { drug, phase: phase(view), from: cycle(view), to, reason }
        }
        Act::Measure => measure(view, context.today),
        Act::Criteria => {
            let met = read(view, &FieldKind::Met, yes).unwrap_or(false);
            let found = view.text(&FieldKind::Text).to_owned();
            let day = read(view, &FieldKind::Day, whole).unwrap_or(1);
            Command::Criteria { phase: phase(view), cycle: cycle(view), day, met, found }
        }
        Act::Stop => Command::Stop { drug: view.typed(&FieldKind::Drug), on: day(view, context.today), reason },
        Act::Note => more::noted(view, context),
        Act::Verify(visit) => visit::command(view, context.subject, context.site, context.today, &visit)?,
        Act::Prepare => {
            let (scope, on) = (scope(view), day(view, context.today));
            let reason = Some(reason).filter(|reason| !reason.is_empty());
            Command::Prepare { scope, on, product: more::product(view, "", None), reason }
        }
        Act::Expose => more::expose(view),
        Act::Supply => more::supply(view, context),
        Act::Move => more::moved(view, context, reason)?,
        Act::Check(entry) => more::checked(view, context, entry)?,
        Act::Undo(entry) => Command::Undo { entry, reason },
        Act::Redact(entry) => Command::Redact { entry, reason },
        Act::Correct(entry) => correct(view, context, entry, reason)?,
    };
    Ok(vec![one])
}

pub(super) fn scope(view: &mut ActView) -> Scope {
    let cycle = cycle(view);
    let day = read(view, &FieldKind::Day, whole);
    let drug = view.typed(&FieldKind::Drug);
    Scope { phase: phase(view), cycle, day, drug, part: None }
}

/// One command a drug: what is as planned names no dose.
fn gives(view: &mut ActView, today: Date, reason: &str) -> Vec<Command> {
    let (scope, on) = (scope(view), date(view, &FieldKind::Date, today));
    let second = read(view, &FieldKind::Second, yes).unwrap_or(false);
    let reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    view.remarks = on.map(|on| ahead::recorded_as(view, on, today)).into_iter().collect();
    let drugs: Vec<FieldKind> = view.fields.iter().map(|field| field.kind.clone()).collect();
    let mut commands = Vec::new();
    for kind in drugs {
        let FieldKind::Dose { drug, part } = &kind else { continue };
        let typed = view.text(&kind).to_owned();
        let bare = typed.strip_suffix("part").map(str::trim_end);
        let dose = read(view, &kind, |text| Amount::read(bare.unwrap_or(text)));
        let part_words = part.clone();
        let part = part.as_deref().and_then(|part| <Part as Text>::read(part).ok());
        if let Some(dose) = dose {
            let scope = Scope { drug: Some(drug.clone()), part, ..scope.clone() };
            let (partly, reason) = (bare.is_some(), reason.clone());
            let product = more::product(view, drug, part_words.as_deref());
            let times = more::times(view, drug, part_words.as_deref());
            commands.push(Command::Give { scope, on, dose: Some(dose), partly, second, product, times, reason });
        }
    }
    commands
}

/// A number of days, or the new day 1.
fn days(view: &mut ActView, context: ActContext<'_>, cycle: u32) -> Option<i32> {
    let planned = context
        .session
        .planned
        .as_ref()
        .and_then(|planned| planned.plan.cycles.iter().find(|one| one.number == cycle).map(|one| one.planned));
    read(view, &FieldKind::Days, |text| match (whole(text), planned) {
        (Ok(days), _) => Ok(days),
        (Err(_), Some(planned)) => when::read(text, context.today).map(|date| days_between(planned, date)),
        (Err(error), None) => Err(error),
    })
}

fn level(view: &mut ActView) -> Option<DoseChange> {
    read(view, &FieldKind::Level, |text| {
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
    let asked = |field: &ActField| if let FieldKind::Fact(fact) = field.kind { Some(fact) } else { None };
    let asked: BTreeSet<Fact> = view.fields.iter().filter_map(asked).collect();
    asked.into_iter().filter_map(|fact| typed(view, fact, today)).collect()
}

/// A fact as read; of a date and a date of birth the field says what it was taken for.
fn typed(view: &mut ActView, fact: Fact, today: Date) -> Option<Value> {
    let kind = FieldKind::Fact(fact);
    let value = read(view, &kind, |text| fact.read(text, today).map(|reading| reading.value))?;
    if let (Some(date), Some(field)) = (value.date(), view.fields.iter_mut().find(|field| field.kind == kind)) {
        field.echo = Some(when::echo(date, today));
    }
    Some(value)
}

fn measure(view: &mut ActView, today: Date) -> Command {
    let on = date(view, &FieldKind::Date, today).unwrap_or(today);
    let mut subject = Subject::default();
    facts(view, today).into_iter().for_each(|value| subject.set(value));
    let Subject { height, weight, creatinine, gfr, weight_from, .. } = subject;
    Command::Measure { on, measured: Measured { height, weight, creatinine, gfr, weight_from, remeasured: false } }
}

fn correct(view: &mut ActView, context: ActContext<'_>, entry: u64, reason: String) -> Result<Command, Finding> {
    let gone = || more::gone(entry);
    let (was, event) = context.subject.and_then(|subject| subject.entry(entry)).ok_or_else(gone)?;
    let doses: Vec<FieldKind> = view
        .fields
        .iter()
        .map(|field| field.kind.clone())
        .filter(|kind| matches!(kind, FieldKind::Dose { .. }))
        .collect();
    let (mut on_level, mut on_percent) = (None, None);
    match level(view) {
        Some(DoseChange::Level(level)) => on_level = Some(level),
        Some(DoseChange::Percent(percent)) => on_percent = Some(percent),
        None => {}
    }
    let facts = facts(view, context.today);
    let correction = Correction {
        facts,
        dose: doses.first().and_then(|kind| read(view, kind, Amount::read)),
        days: read(view, &FieldKind::Days, whole),
        level: on_level,
        percent: on_percent,
        product: more::product(view, "", None),
        times: more::times(view, "", None),
        study: typed_text(view, &FieldKind::Study),
        site: typed_text(view, &FieldKind::Site),
        text: typed_text(view, &FieldKind::Text),
    };
    let effective = date(view, &FieldKind::Date, context.today).unwrap_or(was);
    let event = correction.corrected(event)?;
    Ok(Command::Correct { entry, event: Box::new(event), effective, reason })
}

fn typed_text(view: &ActView, kind: &FieldKind) -> Option<String> {
    Some(view.text(kind).to_owned()).filter(|text| !text.is_empty())
}

/// The screen of an enrolment.
pub fn enrolment(who: &str, context: ActContext<'_>) -> ActView {
    let weighed = context.session.planned.as_ref().is_some_and(|planned| planned.course.subject.weight.is_some());
    let mut view = form::enrolment(who, weighed);
    decide(&mut view, context);
    view
}

/// The screen of an act on a subject, decided on once.
pub fn view(act: Act, start: form::FormStart<'_>, context: ActContext<'_>) -> ActView {
    let mut view = form::view(act, start);
    decide(&mut view, context);
    view
}
