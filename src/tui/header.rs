//! The first row of every screen, as pieces: who and what, where.

use crate::calendar;

use super::model::{Kind, Model};
use super::rich::{Role, Span, width};

/// Which regimen, and where in the plan the screen stands.
pub fn header_spans(model: &Model) -> (Vec<Span>, Vec<Span>) {
    let regimen = model.session.as_ref().map(|session| &session.regimen);
    let Some(regimen) = regimen.filter(|_| {
        !matches!(model.kind(), Kind::Safety | Kind::Finder | Kind::Subjects | Kind::Locked | Kind::Calculators)
    }) else {
        let own = [("Posology".to_owned(), Role::Title), (format!("  {}", model.kind().word()), Role::Text)];
        let left = scratch(model).into_iter().chain(own).collect();
        return (left, vec![(calendar::with_weekday(model.today), Role::Text)]);
    };
    let status = regimen.status.word().to_uppercase();
    let subject = model.open_subject().map(|subject| (format!("{}  ", subject.code()), Role::Dose));
    let mut left: Vec<Span> = scratch(model).into_iter().chain(subject).collect();
    let stopped = model.open_subject().and_then(|subject| subject.0.opened.folded.course.stopped.as_ref());
    left.extend(stopped.map(|(on, _)| (format!("stopped {}  ", calendar::print(*on)), Role::Warn)));
    left.extend([
        (regimen.name.clone(), Role::Title),
        (format!("  v{}  ", regimen.version), Role::Text),
        (status, if regimen.status == crate::regimen::Status::Approved { Role::Text } else { Role::Warn }),
    ]);
    let here = match (model.kind(), model.plan_view()) {
        (Kind::Plan, Some(view)) => calendar::with_weekday(view.cursor),
        (kind, _) => kind.word().to_owned(),
    };
    (left, vec![(here, Role::Text)])
}

/// That nothing of what is recorded here lasts.
fn scratch(model: &Model) -> Option<Span> {
    model.record.scratch.then(|| ("SCRATCH RECORD  ".to_owned(), Role::Warn))
}

/// Whether both have room in one row of so many columns.
pub(super) fn fits(left: &[Span], right: &[Span], columns: u16) -> bool {
    let long = |spans: &[Span]| spans.iter().map(|(text, _)| width(text)).sum::<usize>();
    long(left) + long(right) + 3 <= usize::from(columns)
}

/// Whether the header has room for everything in one row.
pub fn header_fits(model: &Model, columns: u16) -> bool {
    let (left, right) = header_spans(model);
    fits(&left, &right, columns)
}
