//! The form of an independent double check: every figure of a visit, and nothing of it filled in or shown.

use crate::calendar::{Date, Site};
use crate::course::Key;
use crate::course::event::{Event, Looked, Ticked};
use crate::decide::{AskedFigure, Command, Scope, TypedFigure, VisitToVerify, may_verify};
use crate::finding::{Finding, Severity};
use crate::quantity::Amount;
use crate::subjects::{self, Actor};

use super::OpenSubject;
use super::act::{ActField, ActView, FieldKind};
use super::read::{read, yes};

/// What is asked of whoever checks; refused of a draft, and where nothing is still to be given.
pub fn asked(subject: &OpenSubject, site: &Site, today: Date, visit: &Scope) -> Result<VisitToVerify, Finding> {
    let nobody = Actor { who: String::new(), now: today, set: None, accepted: Vec::new(), confirmed: Vec::new() };
    subjects::visit_to_verify(&subject.0.opened, site, &nobody, visit)
}

/// Who checks, then a field a figure.
pub fn fields(subject: &OpenSubject, site: &Site, today: Date, visit: &Scope) -> Vec<ActField> {
    let who = ActField::new(FieldKind::Who, "Who checks", "a second person: a typed name, not a signature");
    let Ok(visit) = asked(subject, site, today, visit) else { return vec![who] };
    let field = |asked: AskedFigure| {
        let hint = match &asked {
            AskedFigure::Fact(fact) => fact.described().hint,
            AskedFigure::Dose(_) => "your dose with its unit, worked out from the protocol you hold",
        };
        let label = asked.label().to_owned();
        ActField::new(FieldKind::Verify(asked), label, hint)
    };
    let mut fields = vec![who];
    for (at, figure) in visit.asked.iter().enumerate() {
        fields.push(field(figure.clone()));
        // Behind a dose, and behind both halves of a day, what else is looked at of it.
        let AskedFigure::Dose(dose) = figure else { continue };
        let more =
            visit.asked.get(at + 1).is_some_and(|next| matches!(next, AskedFigure::Dose(of) if of.key == dose.key));
        if !more {
            fields.extend(
                visit.ticks.iter().filter(|(key, _)| *key == dose.key).flat_map(|(key, what)| ticks(key, what)),
            );
        }
    }
    fields
}

/// A field for each thing of a dose that is looked at.
fn ticks(key: &Key, what: &[Looked]) -> Vec<ActField> {
    let hint = "y when it is as the protocol and the label say, n when not, which is no pass; empty when nobody looked";
    let field = |what: &Looked| {
        ActField::new(FieldKind::Tick(key.clone(), *what), format!("\u{a0}\u{a0}{}", what.word()), hint).maybe()
    };
    what.iter().map(field).collect()
}

/// What was typed; whoever entered figures of the visit is refused at the first field.
pub(super) fn command(
    view: &mut ActView,
    subject: Option<&OpenSubject>,
    site: &Site,
    today: Date,
    scope: &Scope,
) -> Result<Command, Finding> {
    let gone = || Finding::block(crate::tui::codes::NO_PLAN, "There is no subject whose visit could be checked.");
    let visit = asked(subject.ok_or_else(gone)?, site, today, scope)?;
    let who = view.text(&FieldKind::Who).to_owned();
    if !who.is_empty() {
        may_verify(&visit, &who)?;
    }
    view.remarks = vec![
        format!("Who checks is not {}: they entered figures of this visit or cleared it.", visit.entered_by.join(", ")),
        "Nothing is compared or shown before it is recorded: then both columns stand side by side.".to_owned(),
    ];
    let kinds: Vec<FieldKind> = view.fields.iter().map(|field| field.kind.clone()).collect();
    let tick = |kind: FieldKind| match &kind {
        FieldKind::Tick(dose, what) => {
            let agrees = read(view, &kind, yes)?;
            Some(Ticked { dose: dose.clone(), what: *what, agrees })
        }
        _ => None,
    };
    let ticks = kinds.into_iter().filter_map(tick).collect();
    let typed = visit.asked.iter().filter_map(|asked| {
        let kind = FieldKind::Verify(asked.clone());
        match asked {
            AskedFigure::Fact(fact) => {
                read(view, &kind, |text| fact.read(text, today)).map(|reading| TypedFigure::Fact(reading.value))
            }
            AskedFigure::Dose(dose) => {
                read(view, &kind, Amount::read).map(|amount| TypedFigure::Dose(dose.clone(), amount))
            }
        }
    });
    let typed = typed.collect();
    Ok(Command::DoubleCheck { scope: scope.clone(), typed, ticks })
}

/// What came of a check of a visit or of an entry, told once it is recorded.
pub fn result(subject: &OpenSubject) -> Option<(Severity, String)> {
    let opened = &subject.0.opened;
    let code = subject.code();
    let one = match &opened.folded.history.last()?.entry.event {
        Event::Verified(one) => one,
        Event::DoubleChecked(one) if one.agrees() => {
            return Some((Severity::Note, format!("{code}: verified. {}.", one.words(&opened.regimen))));
        }
        Event::DoubleChecked(one) => {
            let text = format!("{code}: NOT verified. {}. Both are kept.", one.words(&opened.regimen));
            return Some((Severity::Warn, text));
        }
        _ => return None,
    };
    let entry = one.entry;
    Some(if one.agrees {
        (Severity::Note, format!("{code}: entry {entry} was typed again and agrees."))
    } else {
        (Severity::Warn, format!("{code}: entry {entry} differs. {}.", one.differences.join("; ")))
    })
}

/// Whether the last entry is the double check of a visit.
pub fn is_double_check(subject: &OpenSubject) -> bool {
    let last = subject.0.opened.folded.history.last();
    last.is_some_and(|item| matches!(item.entry.event, Event::DoubleChecked(_)))
}
