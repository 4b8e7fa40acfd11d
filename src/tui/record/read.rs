//! Fields of an act, read: what cannot be read is a fault of its field, and what was taken for a date stands below it.

use crate::calendar::Date;
use crate::quantity::QuantityError;
use crate::tui::when;

use super::act::{ActView, FieldKind};

/// Reads a field; a fault is kept with it, and an empty one is nothing.
pub(super) fn read<T>(
    view: &mut ActView,
    kind: &FieldKind,
    reader: impl Fn(&str) -> Result<T, QuantityError>,
) -> Option<T> {
    let field = view.fields.iter_mut().find(|field| field.kind == *kind)?;
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

pub(super) fn whole(text: &str) -> Result<i32, QuantityError> {
    text.trim_start_matches('+').parse().map_err(|_| wrong(text, "is not a whole number", "3"))
}

pub(super) fn yes(text: &str) -> Result<bool, QuantityError> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err(wrong(text, "is neither yes nor no", "y or n")),
    }
}

/// The day that is typed; today where it cannot be read, which is told beside the field.
pub(super) fn day(view: &mut ActView, today: Date) -> Date {
    date(view, &FieldKind::Date, today).unwrap_or(today)
}

pub(super) fn date(view: &mut ActView, kind: &FieldKind, today: Date) -> Option<Date> {
    let read = read(view, kind, |text| when::read(text, today));
    if let (Some(date), Some(field)) = (read, view.fields.iter_mut().find(|field| field.kind == *kind)) {
        field.echo = Some(when::echo(date, today));
    }
    read
}
