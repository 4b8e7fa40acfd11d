//! What is told before something is recorded: the reason that a number stands for, what would change while words are still
//! missing, what will stand in the record.

use crate::calendar::{self, Date, days_between};
use crate::decide::{Preview, reasons as answers};
use crate::finding::Finding;
use crate::quantity::number;
use crate::subject::Fact;
use crate::tui::field::TextField;

use super::act::{Act, ActField, ActView, FieldKind, Outcome};
use super::reasons;

/// A reason by its number is told in full beside its field.
pub(super) fn name_reason(view: &mut ActView) {
    let act = view.act.clone();
    for field in view.fields.iter_mut().filter(|field| field.kind == FieldKind::Reason) {
        field.echo = reasons::meant(&act, &field.text.text).map(|reason| format!("kept as: {reason}"));
    }
}

/// So is the reason that answers a question; a number beside the list is told.
pub(super) fn name_answers(view: &mut ActView) {
    for field in &mut view.fields {
        let Some(code) = field.kind.answers() else { continue };
        match answers::chosen(code, &field.text.text) {
            Ok(reason) if reason == field.text.text.trim() => {}
            Ok(reason) => field.echo = Some(reason),
            Err(why) => field.fault = Some(why),
        }
    }
}

/// A form that nobody has begun is not wrong.
pub(super) fn nothing_measured(view: &ActView) -> bool {
    let figure = |field: &&ActField| matches!(field.kind, FieldKind::Fact(fact) if fact != Fact::WeightFrom);
    view.act == Act::Measure && view.fields.iter().filter(figure).all(|field| field.text.text.trim().is_empty())
}

/// What would change, while only words are missing that change no date and no dose: the reason, who records.
pub(super) fn ahead(view: &ActView, decide: impl FnOnce(&mut ActView) -> Result<Outcome, Finding>) -> Preview {
    let is_empty = |field: &ActField| !field.optional && field.text.text.trim().is_empty();
    let words = |field: &ActField| matches!(field.kind, FieldKind::Reason | FieldKind::Who);
    let blind = matches!(view.act, Act::Enrol | Act::Verify(_) | Act::Check(_));
    if blind || view.fields.iter().any(|field| is_empty(field) && !field.kind.is_answer() && !words(field)) {
        return Preview::default();
    }
    let mut filled = view.clone();
    for field in filled.fields.iter_mut().filter(|field| is_empty(field) && words(field)) {
        field.text = TextField::with("not typed yet");
    }
    match decide(&mut filled) {
        Ok(Outcome::Ready(_, preview) | Outcome::Asks(_, preview)) => preview,
        _ => Preview::default(),
    }
}

/// `Given on Mon 16-Nov-2026, 14 days ago: irinotecan liposomal 123 mg, nimotuzumab 400 mg`: what will stand in the record, in
/// sight however few rows the form has.
pub(super) fn recorded_as(view: &ActView, on: Date, today: Date) -> String {
    let dose = |field: &ActField| {
        let text = field.text.text.trim();
        (matches!(field.kind, FieldKind::Dose { .. }) && !text.is_empty()).then(|| format!("{} {text}", field.label))
    };
    let doses: Vec<String> = view.fields.iter().filter_map(dose).collect();
    let ago = match days_between(on, today) {
        0 => ", today".to_owned(),
        days if days > 0 => format!(", {} ago", number::count(days.unsigned_abs(), "day")),
        days => format!(", in {}", number::count(days.unsigned_abs(), "day")),
    };
    let offered = view.fields.iter().any(|field| field.kind == FieldKind::Date && field.text.is_offered());
    let planned = if offered { " (the planned day, which has passed)" } else { "" };
    format!("Given on {}{ago}{planned}: {}", calendar::with_weekday(on), doses.join(", "))
}

/// The visit that is typed has no dose that could be given.
pub(super) fn no_open_dose() -> Finding {
    let text = "The plan has no open dose on this day of this cycle.";
    Finding::block(crate::tui::codes::NO_PLAN, text).help("type another cycle or day")
}
