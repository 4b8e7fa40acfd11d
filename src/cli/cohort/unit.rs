//! The unit of a figure, in a column of its own.

use std::borrow::Cow;

use crate::failure::Failure;
use crate::quantity::number::{self, shown};
use crate::subject::Fact;

/// The figure of a cell with the unit that stands in the column beside it; one that has its unit already has to agree.
pub(super) fn beside<'c>(fact: Fact, text: &'c str, unit: Option<&str>) -> Result<Cow<'c, str>, Failure> {
    let Some(unit) = unit else { return Ok(Cow::Borrowed(text)) };
    if number::parse(text).is_ok() {
        return Ok(Cow::Owned(format!("{text} {unit}")));
    }
    if text.to_lowercase().ends_with(&unit.to_lowercase()) {
        return Ok(Cow::Borrowed(text));
    }
    let why = format!("{} \"{}\" stands beside the unit \"{}\"", fact.name(), shown(text), shown(unit));
    Err(Failure::unreadable(why).hint("write the figure alone, or leave its unit in one of the two columns"))
}
