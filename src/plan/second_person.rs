//! What a second person types who confirms a dose.

use crate::finding::{DoseInQuestion, Lift};
use crate::regimen::Drug;

use super::Administration;

/// The dose of an administration: each time, each half of a day, or all of it.
pub(super) fn types(drug: &Drug, one: &Administration) -> Lift {
    let portion = one.portion();
    let halves = portion.halves.into_iter().flat_map(|(morning, evening)| [morning, evening]);
    let doses = std::iter::once(portion.amount).chain(halves).chain(one.total()).collect();
    Lift::Second(Some(DoseInQuestion { drug: drug.full_name(), doses }))
}
