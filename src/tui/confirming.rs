//! What is typed again because a figure is questioned: measured once more without looking, or told by a second person, with
//! the reason. One way for every screen on which a body is typed.

use crate::calendar::Date;
use crate::course::Answered;
use crate::course::event::How;
use crate::decide::{Confirmation, reasons};
use crate::finding::{DoseInQuestion, Finding, Lift, Severity};
use crate::quantity::Amount;
use crate::subject::{Fact, Subject};

use super::form_field::{Field, FieldId};

/// What is to be confirmed: a code, and what is measured again for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    code: &'static str,
    again: Vec<Fact>,
    second: bool,
    dose: Option<DoseInQuestion>,
}

impl ToConfirm {
    /// Of a finding that asks for figures to be measured again or for a second person, or did until it was answered.
    fn of(finding: &Finding) -> Option<Self> {
        let (again, second, dose) = match finding.lift()? {
            Lift::Again(fields) => {
                (fields.iter().filter_map(|field| Fact::called(&field.to_string())).collect(), false, None)
            }
            Lift::Second(dose) => (Vec::new(), true, dose.clone()),
            Lift::Unit(_) | Lift::Reason => return None,
        };
        let asked = matches!(finding.severity, Severity::Confirm | Severity::Note);
        asked.then(|| Self { code: finding.code.name(), again, second, dose })
    }
}

/// What these findings ask to be confirmed.
pub fn asked(findings: &[Finding]) -> Vec<ToConfirm> {
    findings.iter().filter_map(ToConfirm::of).collect()
}

fn has(fields: &[Field], id: FieldId) -> bool {
    fields.iter().any(|field| field.id == id)
}

fn text(fields: &[Field], id: FieldId) -> &str {
    fields.iter().find(|field| field.id == id).map_or("", |field| field.text.text.trim())
}

/// A field for everything to be measured again and for why it is right, while it is questioned; and for the corrected
/// age of a child below two years.
pub fn ask_again(fields: &mut Vec<Field>, to_confirm: &[ToConfirm], young: bool) {
    let mut asked: Vec<FieldId> = Vec::new();
    for one in to_confirm {
        let typed = one.again.iter().filter(|fact| has(fields, FieldId::Fact(**fact)));
        asked.extend(typed.map(|fact| FieldId::Again(*fact)));
        asked.extend(one.second.then_some(FieldId::Second));
        asked.extend(one.dose.as_ref().map(|_| FieldId::SecondDose));
        asked.push(FieldId::Why);
    }
    asked.sort_unstable();
    asked.dedup();
    let corrected = FieldId::Fact(Fact::CorrectedAge);
    fields.retain(|field| match field.id {
        FieldId::Again(_) | FieldId::Second | FieldId::SecondDose | FieldId::Why => asked.contains(&field.id),
        id if id == corrected => young || !field.text.text.is_empty(),
        _ => true,
    });
    if young && !has(fields, corrected) {
        let after = fields.iter().position(|field| field.id == FieldId::Fact(Fact::Age)).map_or(0, |at| at + 1);
        fields.insert(after, Field::empty(corrected, false));
    }
    for id in asked {
        if !has(fields, id) {
            fields.push(Field::empty(id, false));
        }
    }
}

/// What was measured again and typed alike, with the reason; a figure that differs is a fault of its field.
pub fn answered(fields: &mut [Field], to_confirm: &[ToConfirm], subject: &Subject, today: Date) -> Vec<Answered> {
    let mut agree: Vec<Fact> = Vec::new();
    for field in fields.iter_mut() {
        let FieldId::Again(fact) = field.id else { continue };
        let text = field.text.text.trim();
        if text.is_empty() {
            continue;
        }
        match fact.read(text, today) {
            Ok(read) if Some(&read.value) == subject.get(fact).as_ref() => agree.push(fact),
            Ok(_) => {
                field.fault = Some("differs from what was typed first: measure again, and correct one".to_owned());
            }
            Err(error) => field.fault = Some(error.to_string()),
        }
    }
    let reason = why(fields, to_confirm);
    let typed = |fact: &Fact| has(fields, FieldId::Again(*fact));
    let second = Some(text(fields, FieldId::Second).to_owned()).filter(|second| !second.is_empty());
    let doses = doses_of_second(fields, to_confirm);
    let done = to_confirm.iter().filter(|one| {
        if one.second {
            return second.is_some() && !reason.is_empty();
        }
        one.again.iter().filter(|fact| typed(fact)).all(|fact| agree.contains(fact))
            && one.again.iter().any(|fact| agree.contains(fact))
            && !reason.is_empty()
    });
    let confirmation = |one: &ToConfirm| Confirmation {
        code: one.code.to_owned(),
        how: if one.second { How::Second } else { How::Again },
        second: second.clone().filter(|_| one.second),
        doses: if one.second { doses.clone() } else { Vec::new() },
        reason: reason.clone(),
    };
    done.map(|one| confirmation(one).provisional()).collect()
}

/// Why it is right, in words or chosen by number; what may be chosen stands beside the field.
fn why(fields: &mut [Field], to_confirm: &[ToConfirm]) -> String {
    let (Some(code), Some(field)) =
        (to_confirm.first().map(|one| one.code), fields.iter_mut().find(|field| field.id == FieldId::Why))
    else {
        return String::new();
    };
    let typed = field.text.text.trim();
    match reasons::chosen(code, typed) {
        Ok(reason) => {
            field.echo = match reason.as_str() {
                "" => Some(format!("{}; or in your words", reasons::listed(code))),
                reason if reason == typed => None,
                reason => Some(reason.to_owned()),
            };
            reason
        }
        Err(wrong) => {
            field.fault = Some(wrong);
            String::new()
        }
    }
}

/// The doses that the second person typed, in the order in which they are in question.
fn doses_of_second(fields: &[Field], to_confirm: &[ToConfirm]) -> Vec<(String, Amount)> {
    let asked = to_confirm.iter().filter_map(|one| one.dose.as_ref());
    let typed = text(fields, FieldId::SecondDose).split(';').zip(asked);
    typed.filter_map(|(text, dose)| Some((dose.drug.clone(), Amount::read(text.trim()).ok()?))).collect()
}

/// A dose of the second person that is not the plan's is a fault of the field; the plan's is not told.
pub fn compare_doses(fields: &mut [Field], to_confirm: &[ToConfirm], findings: &[Finding]) {
    let typed = doses_of_second(fields, to_confirm);
    let waits = findings.iter().filter(|one| one.severity == Severity::Confirm);
    let mut asked =
        waits.filter_map(|one| if let Some(Lift::Second(Some(dose))) = one.lift() { Some(dose) } else { None });
    let differs =
        |dose: &DoseInQuestion| typed.iter().any(|(drug, typed)| *drug == dose.drug && !dose.is(drug, *typed));
    if asked.any(differs)
        && let Some(field) = fields.iter_mut().find(|field| field.id == FieldId::SecondDose)
    {
        field.fault = Some("another dose than the plan's: work it out from the protocol once more".to_owned());
    }
}

/// Whether a field is not to be seen: what it holds is being typed again.
pub fn is_hidden(fields: &[Field], focus: Option<FieldId>, id: FieldId) -> bool {
    let FieldId::Fact(fact) = id else { return false };
    matches!(focus, Some(FieldId::Again(_))) && has(fields, FieldId::Again(fact))
}
