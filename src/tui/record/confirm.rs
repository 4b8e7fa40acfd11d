//! The fields with which a CONFIRM is answered: what is measured again, or a second person; and the reason.

use crate::calendar::Date;
use crate::course::event::How;
use crate::decide::{Confirmation, reasons};
use crate::finding::{DoseInQuestion, Field, Finding, Lift};
use crate::quantity::Amount;
use crate::subject::{Fact, Value};
use crate::tui::session::again_label;
use crate::writing::same_person;

use super::act::{ActField, ActView, FieldKind, Outcome, ToConfirm};

/// What a finding asks for, as fields of this screen; of a unit none, for it is typed behind its figure.
pub(super) fn fields(view: &ActView, finding: &Finding) -> Vec<ActField> {
    let why = |again: Vec<Fact>| {
        let kind = FieldKind::Confirm(ToConfirm { code: finding.code.name(), again });
        ActField::new(kind, finding.code.prompt(), "why it is right all the same; kept with the entry")
    };
    match finding.lift() {
        Some(Lift::Again(asked)) => {
            let asked: Vec<Fact> = asked.iter().filter_map(|field| typed_here(view, field)).collect();
            let again = |fact: &Fact| {
                let hint = "measured once more, and typed without looking at the first figure";
                ActField::new(FieldKind::Again(*fact), again_label(*fact), hint)
            };
            asked.iter().map(again).chain([why(asked.clone())]).collect()
        }
        Some(Lift::Second(dose)) => {
            let who = [
                ActField::new(FieldKind::SecondName, "Second person", "a pharmacist or investigator, by name"),
                ActField::new(FieldKind::SecondSubject, "Subject code again", "typed by the second person"),
            ];
            let typed = |dose: &DoseInQuestion| {
                let label = format!("{}, second person's dose", dose.drug);
                let hint = "worked out from the protocol by the second person, with its unit";
                ActField::new(FieldKind::SecondDose(dose.drug.clone()), label, hint)
            };
            who.into_iter().chain(dose.as_ref().map(typed)).chain([why(Vec::new())]).collect()
        }
        Some(Lift::Unit(_) | Lift::Reason) | None => Vec::new(),
    }
}

/// The fact of a field, where this screen has it filled in.
fn typed_here(view: &ActView, field: &Field) -> Option<Fact> {
    let fact = Fact::called(&field.to_string())?;
    (!view.text(&FieldKind::Fact(fact)).is_empty()).then_some(fact)
}

fn read(view: &ActView, kind: &FieldKind, fact: Fact, today: Date) -> Option<Value> {
    fact.read(view.text(kind), today).ok().map(|read| read.value)
}

/// Whether a fact was typed twice, alike.
fn agrees(view: &ActView, fact: Fact, today: Date) -> bool {
    let first = read(view, &FieldKind::Fact(fact), fact, today);
    first.is_some() && first == read(view, &FieldKind::Again(fact), fact, today)
}

/// A figure typed again that differs is a fault of its field.
pub(super) fn compare(view: &mut ActView, today: Date) {
    let again: Vec<Fact> = view
        .fields
        .iter()
        .filter_map(|field| if let FieldKind::Again(fact) = field.kind { Some(fact) } else { None })
        .collect();
    for fact in again {
        let differs = !view.text(&FieldKind::Again(fact)).is_empty() && !agrees(view, fact, today);
        if let Some(field) = view.fields.iter_mut().find(|field| differs && field.kind == FieldKind::Again(fact)) {
            field.fault = Some("differs from what was typed first: measure again, and correct one".to_owned());
        }
    }
}

/// A dose that the second person typed and that is not the plan's is a fault of its field; the plan's is not told.
pub(super) fn compare_doses(view: &mut ActView) {
    let Outcome::Asks(findings, _) = &view.outcome else { return };
    let asked: Vec<DoseInQuestion> = findings
        .iter()
        .filter_map(|one| if let Some(Lift::Second(Some(dose))) = one.lift() { Some(dose.clone()) } else { None })
        .collect();
    for field in &mut view.fields {
        let FieldKind::SecondDose(drug) = &field.kind else { continue };
        let text = field.text.text.trim();
        field.fault = match Amount::read(text) {
            _ if text.is_empty() => None,
            Err(error) => Some(error.to_string()),
            Ok(typed) if asked.iter().any(|dose| dose.drug == *drug && !dose.is(drug, typed)) => {
                Some("another dose than the plan's: work it out from the protocol once more".to_owned())
            }
            Ok(_) => None,
        };
    }
}

/// The doses that the second person typed.
fn doses(view: &ActView) -> Vec<(String, Amount)> {
    let typed = |field: &ActField| match &field.kind {
        FieldKind::SecondDose(drug) => Some((drug.clone(), Amount::read(field.text.text.trim()).ok()?)),
        _ => None,
    };
    view.fields.iter().filter_map(typed).collect()
}

/// What the fields confirm. `code` is the subject's: the second person has to type it too.
pub(super) fn confirmed(view: &ActView, code: Option<&str>, today: Date) -> Vec<Confirmation> {
    let second = view.text(&FieldKind::SecondName);
    let code = code.unwrap_or_else(|| view.text(&FieldKind::Subject));
    let other = !second.is_empty() && !same_person(second, view.text(&FieldKind::Who));
    let witnessed = other && !code.is_empty() && view.text(&FieldKind::SecondSubject) == code;
    let one = |field: &ActField| {
        let FieldKind::Confirm(what) = &field.kind else { return None };
        let reason = reasons::chosen(what.code, &field.text.text).ok()?;
        let again = !what.again.is_empty() && what.again.iter().all(|fact| agrees(view, *fact, today));
        let by_second = what.again.is_empty() && witnessed;
        let how = if again { How::Again } else { How::Second };
        let confirmation = Confirmation {
            code: what.code.to_owned(),
            how,
            second: by_second.then(|| second.to_owned()),
            doses: if by_second { doses(view) } else { Vec::new() },
            reason,
        };
        (!confirmation.reason.is_empty() && (again || by_second)).then_some(confirmation)
    };
    view.fields.iter().filter_map(one).collect()
}
