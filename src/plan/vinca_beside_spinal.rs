//! A vinca alkaloid and a drug for the cerebrospinal fluid on one day.

use crate::calendar;
use crate::finding::{Field, Finding};
use crate::regimen::{Drug, Regimen};

use super::{Administration, AdministrationState, Plan};

/// The first of these days, and how many there are.
pub(super) fn finding(regimen: &Regimen, plan: &Plan) -> Option<Finding> {
    let ahead = || plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected);
    let of = |one: &Administration, which: fn(&Drug) -> bool| plan.drug_of(regimen, one).filter(|drug| which(drug));
    let spinal: Vec<_> = ahead().filter_map(|one| Some((one.date, of(one, Drug::is_spinal)?))).collect();
    if spinal.is_empty() {
        return None;
    }
    let vinca = ahead().filter_map(|one| Some((one.date, of(one, |drug| drug.is_vinca() && !drug.is_spinal())?)));
    let both: Vec<_> =
        vinca.filter_map(|(date, vinca)| Some((date, vinca, spinal.iter().find(|(day, _)| *day == date)?.1))).collect();
    let (date, vinca, beside) = both.first()?;
    let more = match both.len() {
        1 => String::new(),
        days => format!(" and on {} more days", days - 1),
    };
    let text = format!(
        "{} and intrathecal {} are both given on {}{more}: they stand on sheets and labels apart, and never lie together.",
        vinca.full_name(),
        beside.full_name(),
        calendar::with_weekday(*date),
    );
    let finding = Finding::note(super::codes::VINCA_BESIDE_SPINAL, text).field(Field::Days);
    Some(finding.help("bring the one to the subject when the other has been given, and by another person"))
}
