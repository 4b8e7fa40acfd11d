//! What several formats need: dates read back from rows, who made the file and from what.

use crate::calendar::{self, Date};
use crate::present::{DoseRow, NOT_AN_ORDER, Schedule, Status};
use crate::quantity::{Decimal, decimal, number};

use super::{ExportError, Options};

/// `posology 0.1.0`
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// The word that must stand out on everything made from a regimen that is not approved: `DRAFT` or `RETIRED`.
pub(super) fn banner(schedule: &Schedule) -> Option<&'static str> {
    match schedule.regimen.status {
        Status::Approved => None,
        Status::Retired => Some("RETIRED"),
        Status::Draft => Some("DRAFT"),
    }
}

/// `DRAFT regimen: ` before what is read on its own.
pub(super) fn before(schedule: &Schedule) -> String {
    banner(schedule).map_or_else(String::new, |word| format!("{word} regimen: "))
}

/// ` (DRAFT regimen)` behind a name.
pub(super) fn behind(schedule: &Schedule) -> String {
    banner(schedule).map_or_else(String::new, |word| format!(" ({word} regimen)"))
}

/// How far the figures may be relied on: `DRAFT regimen, 7 of its figures are not verified. Not verified by a second
/// person.` For files in which nothing else says so.
pub(super) fn standing(schedule: &Schedule, options: &Options) -> String {
    let verified = options.print.verification.as_deref().unwrap_or(super::print::NOT_VERIFIED);
    format!("{}. {verified}.", mark(schedule).unwrap_or_else(|| format!("{} regimen", schedule.regimen.status.word())))
}

/// What is wrong with relying on the regimen; nothing for one that is approved and verified.
pub(super) fn mark(schedule: &Schedule) -> Option<String> {
    let regimen = &schedule.regimen;
    let status = banner(schedule).map(|word| format!("{word} regimen"));
    let figures = match regimen.unverified.len() {
        0 => None,
        1 => Some("one of its figures is not verified".to_owned()),
        many => Some(format!("{many} of its figures are not verified")),
    };
    match (status, figures) {
        (Some(status), Some(figures)) => Some(format!("{status}, {figures}")),
        (None, Some(figures)) => Some(format!("{} regimen, {figures}", regimen.status.word())),
        (status, None) => status,
    }
}

/// `over 90 minutes`, `length of infusion unknown`, `not faster than 400 mg an hour`; nothing for what is no infusion.
pub(super) fn over(row: &DoseRow) -> Option<String> {
    row.over.as_deref().map(|over| match over {
        "unknown" => "length of infusion unknown".to_owned(),
        "bolus" => "as a bolus".to_owned(),
        _ if over.starts_with("over ") || over.starts_with("not faster") => over.to_owned(),
        _ => format!("over {over}"),
    })
}

/// The last day of a row: of a run its last dose, of an infusion over a day or more the day on which it ends.
pub(super) fn through(row: &DoseRow) -> String {
    if let Some(run) = &row.run {
        return run.through.clone();
    }
    let ends = || {
        let days = number::parse(row.over_minutes.as_deref()?).ok()?.checked_div(Decimal::from(24 * 60))?;
        let days = decimal::whole(days.ceil()).filter(|_| days >= Decimal::ONE)?;
        calendar::plus_days(calendar::read(&row.date).ok()?, days)
    };
    ends().map_or_else(|| row.date.clone(), calendar::iso)
}

/// A date of a row. Rows hold ISO text, so this fails only on rows made by hand.
pub(super) fn date(text: &str) -> Result<Date, ExportError> {
    calendar::read(text).map_err(|error| ExportError::Refused(format!("A date cannot be read: {error}")))
}

/// `Mon 07-Dec-2026`, or the text itself where it is no date.
pub(super) fn day_shown(text: &str) -> String {
    calendar::read(text).map_or_else(|_| text.to_owned(), calendar::with_weekday)
}

/// `07-Dec-2026`, or the text itself where it is no date.
pub(super) fn date_shown(text: &str) -> String {
    calendar::read(text).map_or_else(|_| text.to_owned(), calendar::print)
}

/// The part of `1.75 m2` before the unit.
pub(super) fn figure(text: Option<&String>) -> Option<&str> {
    text.and_then(|text| text.split(' ').next())
}

/// Where a file comes from, as names and values.
pub(super) fn provenance(schedule: &Schedule, options: &Options) -> Vec<(&'static str, String)> {
    let regimen = &schedule.regimen;
    let mut rows = vec![
        ("notice", NOT_AN_ORDER.to_owned()),
        ("program", PROGRAM.to_owned()),
        ("generated", options.generated.clone()),
        ("study", options.study.clone().unwrap_or_default()),
        ("subject", options.subject.clone().unwrap_or_default()),
        ("regimen", regimen.id.clone()),
        ("regimen_name", regimen.name.clone()),
        ("regimen_version", regimen.version.clone()),
        ("regimen_status", regimen.status.word().to_owned()),
        ("regimen_sha256", regimen.sha256.clone()),
        ("trial", regimen.trial.clone().unwrap_or_default()),
        ("cycles", schedule.count.words.clone()),
        ("cycles_planned", schedule.count.planned.to_string()),
    ];
    rows.extend(subject(schedule));
    rows.push(("unverified_count", regimen.unverified.len().to_string()));
    rows.extend(regimen.unverified.iter().map(|value| ("unverified", value.clone())));
    let verified = options.print.verification.as_deref().unwrap_or(super::print::NOT_VERIFIED);
    rows.push(("verification", verified.to_owned()));
    let told = schedule
        .findings
        .iter()
        .map(|finding| ("finding", format!("{} {}: {}", finding.severity.word(), finding.code, finding.text)));
    rows.extend(told);
    rows
}

/// What was entered about the subject, as names and values.
pub(super) fn subject(schedule: &Schedule) -> Vec<(&'static str, String)> {
    let subject = &schedule.subject;
    let fields = [
        ("height", subject.height.clone()),
        ("weight", subject.weight.clone()),
        ("bsa", subject.bsa.clone()),
        ("bsa_formula", subject.bsa_formula.clone()),
        ("bmi", subject.bmi.clone()),
        ("sex", subject.sex.map(str::to_owned)),
        ("age", subject.age.clone()),
        ("creatinine", subject.creatinine.clone()),
        ("gfr", subject.gfr.clone()),
        ("genotype", subject.genotype.clone()),
        ("tests", subject.tests.clone()),
        ("measured", subject.measured.clone()),
        ("start", Some(subject.start.clone())),
    ];
    let dates = subject.reference_dates.iter().map(|(name, date)| (*name, Some(date.clone())));
    fields.into_iter().chain(dates).filter_map(|(name, value)| Some((name, value?))).collect()
}
