//! What several formats need: how figures and words of rows are written, who made the file and from what.

use crate::calendar::{self, Date};
use crate::course::{Part, Text};
use crate::plan::Infusion;
use crate::present::{DoseRow, NOT_AN_ORDER, Occasion, RegimenRow, Schedule, Status, SubjectRow};
use crate::quantity::number::plain;
use crate::quantity::{Age, Bmi, Bsa, Decimal, Height, Weight, decimal};
use crate::regimen::{CycleWord, Role, Stated};

use super::Options;

/// How many cycles a plan shows: `5`, `5 intervals` where the number alone would be read as weeks.
pub(super) fn shown(schedule: &Schedule) -> String {
    match schedule.regimen.cycle_word {
        word @ CycleWord::Week => word.tally(schedule.count.planned),
        _ => schedule.count.planned.to_string(),
    }
}

/// `posology 0.1.0`
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// What stands in place of a verification nobody has made.
pub(super) const NOT_VERIFIED: &str = "Not verified by a second person";

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
    let verified = options.print.verification.as_deref().unwrap_or(NOT_VERIFIED);
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
    row.over.as_ref().map(|over| match over {
        Infusion::Unknown => "length of infusion unknown".to_owned(),
        Infusion::Bolus => "as a bolus".to_owned(),
        Infusion::AtMost { .. } => over.to_string(),
        Infusion::For(_) | Infusion::Between(..) => format!("over {over}"),
    })
}

/// The last day of a row as it stands: of a run its last dose, of an infusion over a day or more the day on which it ends.
pub(super) fn through(row: &DoseRow, at: &Occasion) -> Date {
    if let Some(run) = &at.run {
        return run.through;
    }
    if let Some(ends) = at.ends {
        return ends.date;
    }
    let ends = || {
        let minutes = row.over_minutes()?;
        // What began late in the evening may end on the next day.
        if let Some(begins) = at.begins {
            return Some(begins.later(decimal::whole(minutes.ceil())?.into())?.date);
        }
        let days = minutes.checked_div(Decimal::from(24 * 60))?;
        let days = decimal::whole(days.ceil()).filter(|_| days >= Decimal::ONE)?;
        calendar::plus_days(at.date, days)
    };
    ends().unwrap_or(at.date)
}

/// When a row begins: the day, with its time where that is known.
pub(super) fn begins(at: &Occasion) -> String {
    at.begins.map_or_else(|| calendar::iso(at.date), calendar::Moment::iso)
}

/// When it ends, likewise.
pub(super) fn ends(row: &DoseRow, at: &Occasion) -> String {
    at.ends.map_or_else(|| calendar::iso(through(row, at)), calendar::Moment::iso)
}

/// `1,500 mg`; of the mornings of a run, which are a row of their own, `1,500 mg in the morning`.
pub(super) fn portion_words(row: &DoseRow, at: &Occasion) -> String {
    match (row.part, &at.run) {
        (Some(Part::Half(half)), Some(_)) => format!("{} in the {}", at.portion, half.word()),
        _ => at.portion.to_string(),
    }
}

/// `+0.4`, `-2`: a percentage that always shows its sign.
pub(super) fn signed(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{}", plain(value)) } else { plain(value) }
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
        ("trial", trial(regimen).unwrap_or_default().to_owned()),
        ("regimen_note", regimen.note.clone().unwrap_or_default()),
        ("cycles", schedule.count.words.clone()),
        ("cycles_planned", schedule.count.planned.to_string()),
    ];
    rows.extend(subject(schedule));
    if let Some(ended) = &schedule.discontinued {
        rows.push(("discontinued", calendar::iso(ended.date)));
        rows.push(("discontinued_reason", ended.reason.clone()));
    }
    rows.push(("unverified_count", regimen.unverified.len().to_string()));
    rows.extend(regimen.unverified.iter().map(|value| ("unverified", value.clone())));
    let verified = options.print.verification.as_deref().unwrap_or(NOT_VERIFIED);
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
        ("height", subject.height.map(Height::own)),
        ("weight", subject.weight.map(Weight::own)),
        ("bsa", subject.bsa.map(bsa)),
        ("bsa_formula", subject.bsa_formula.map(|formula| formula.name().to_owned())),
        ("bmi", subject.bmi.map(bmi)),
        ("sex", subject.sex.map(|sex| sex.write())),
        ("age", subject.age.map(Age::write)),
        ("creatinine", subject.creatinine.map(|value| value.to_string())),
        ("gfr", subject.gfr.map(|gfr| gfr.write())),
        ("genotype", subject.genotype.clone()),
        ("tests", tests(subject)),
        ("measured", subject.measured.map(calendar::iso)),
        ("start", Some(calendar::iso(subject.start))),
    ];
    let dates = subject.reference_dates.iter().map(|(name, date)| (*name, Some(calendar::iso(*date))));
    fields.into_iter().chain(dates).filter_map(|(name, value)| Some((name, value?))).collect()
}

/// `1.75 m2`
pub(super) fn bsa(bsa: Bsa) -> String {
    format!("{} m2", plain(bsa.value()))
}

/// `22.5 kg/m2`
pub(super) fn bmi(bmi: Bmi) -> String {
    format!("{} kg/m2", plain(bmi.value()))
}

/// `a, b and c`
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// `Treatment ended on Mon 07-Dec-2026: progression`; nothing while it goes on.
pub(super) fn ended(schedule: &Schedule) -> Option<String> {
    let ended = schedule.discontinued.as_ref()?;
    Some(format!("Treatment ended on {}: {}", calendar::with_weekday(ended.date), ended.reason))
}

/// What the laboratory found, where it looked.
pub(super) fn tests(subject: &SubjectRow) -> Option<String> {
    (!subject.tests.is_empty()).then(|| subject.tests.to_string())
}

/// The registry number, `unknown` where the file says so.
pub(super) fn trial(regimen: &RegimenRow) -> Option<&str> {
    regimen.trial.as_ref().map(|trial| match trial {
        Stated::Is(trial) => trial.as_str(),
        Stated::Unknown => "unknown",
    })
}

/// What a drug is for.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Treatment => "treatment",
        Role::Premedication => "premedication",
        Role::Support => "support",
    }
}
