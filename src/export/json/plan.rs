//! A plan: the regimen, the subject, doses, visits and findings.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar;
use crate::finding::{Finding, Severity};
use crate::present::{AssessmentRow, CountRow, EndRow, RegimenRow, Schedule, SubjectRow};
use crate::quantity::Gfr;
use crate::regimen::{CountKind, Mark};

use super::super::shared;
use super::dose::{Dose, Window, creatinine, gfr};
use super::record::{Discontinued, History, Home, IntensityJson};
use super::text::{Day, Quantity, day};

/// Everything a face shows of a plan.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct Plan<'a> {
    /// The regimen.
    regimen: RegimenJson<'a>,
    /// How many cycles.
    count: Count<'a>,
    /// The subject.
    subject: SubjectJson<'a>,
    /// Doses by date.
    doses: Vec<Dose<'a>>,
    /// Dated ends of long infusions.
    ends: Vec<End<'a>>,
    /// Assessments by date.
    assessments: Vec<Assessment<'a>>,
    /// What is worth telling.
    findings: Vec<FoundJson<'a>>,
    /// Whether treatment goes on after the last cycle shown.
    continues: bool,
    /// The permanent end of treatment; absent while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    discontinued: Option<Discontinued<'a>>,
    /// Every entry of the record, corrected and undone ones too; absent outside a record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<History<'a>>,
    /// Home doses dispensed, returned and taken; absent where none is recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    home: Vec<Home<'a>>,
    /// Planned and delivered doses, a row a drug and one of the regimen; absent outside a record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    intensity: Vec<IntensityJson>,
}

/// The regimen a plan was made from.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct RegimenJson<'a> {
    id: &'a str,
    version: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["draft", "approved", "retired"])))]
    status: &'static str,
    /// SHA-256 of the file.
    #[cfg_attr(test, schemars(extend("pattern" = "^[0-9a-f]{64}$")))]
    sha256: &'a str,
    name: &'a str,
    indication: &'a str,
    /// Registry number; `unknown` where the file says so.
    trial: Option<&'a str>,
    /// What the file says of the whole regimen: what must never be done, what it leaves out.
    note: Option<&'a str>,
    /// How much of the supportive care is planned, in words; `null` where the file does not say.
    supportive_care: Option<&'a str>,
    /// Values nobody has verified.
    unverified: &'a [String],
}

/// How many cycles.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct Count<'a> {
    /// Of the last phase.
    #[cfg_attr(test, schemars(extend("enum" = ["up-to", "planned", "between", "until-stopped"])))]
    kind: &'static str,
    /// The number, where there is one.
    cycles: Option<u32>,
    /// Cycles planned here, over all phases.
    planned: usize,
    /// In words, phase by phase.
    words: &'a str,
}

/// The subject as entered, with the size at the start.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct SubjectJson<'a> {
    height: Option<Quantity>,
    weight: Option<Quantity>,
    bsa: Option<Quantity>,
    bsa_formula: Option<&'static str>,
    bmi: Option<Quantity>,
    #[cfg_attr(test, schemars(extend("enum" = ["female", "male", null])))]
    sex: Option<&'static str>,
    age: Option<Quantity>,
    creatinine: Option<Quantity>,
    gfr: Option<Quantity>,
    /// Whether the subject is on dialysis, where `gfr` has no figure.
    dialysis: bool,
    genotype: Option<&'a str>,
    /// What the laboratory found, in words.
    tests: Option<String>,
    /// The day of the first measurements.
    measured: Option<Day>,
    /// The days visits are counted from, by name: `randomised`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    reference_dates: BTreeMap<&'static str, Day>,
    /// Planned day 1 of cycle 1.
    start: Day,
}

/// The dated end of a long infusion.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct End<'a> {
    /// The drug's id.
    id: &'a str,
    phase: Option<&'a str>,
    cycle: u32,
    /// The cycle day it ends on.
    day: i32,
    date: Day,
    weekday: &'static str,
    /// What happens.
    visit: &'a str,
    /// The drug as people read it.
    shown: &'a str,
    certain: bool,
    closed: Option<&'a str>,
}

/// A dated assessment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct Assessment<'a> {
    name: &'a str,
    date: Day,
    weekday: &'static str,
    window: Option<Window>,
    cycle: Option<u32>,
    day: Option<i32>,
    /// Whether a delay of treatment moves it.
    moves: bool,
    closed: Option<&'a str>,
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    marks: &'a [Mark],
}

/// Something worth telling.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct FoundJson<'a> {
    #[cfg_attr(test, schemars(extend("enum" = ["block", "warn", "note"])))]
    severity: &'static str,
    /// A stable name.
    code: &'a str,
    text: &'a str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// The field it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(schedule: &'a Schedule) -> Self {
        Self {
            regimen: RegimenJson::of(&schedule.regimen),
            count: Count::of(&schedule.count),
            subject: SubjectJson::of(&schedule.subject),
            doses: schedule.doses.iter().map(Dose::of).collect(),
            ends: schedule.ends.iter().map(End::of).collect(),
            assessments: schedule.assessments.iter().map(Assessment::of).collect(),
            findings: schedule.findings.iter().map(FoundJson::of).collect(),
            continues: schedule.continues,
            discontinued: schedule.discontinued.as_ref().map(Discontinued::of),
            history: schedule.history.iter().map(History::of).collect(),
            home: schedule.supplies.iter().map(Home::of).collect(),
            intensity: IntensityJson::all(schedule),
        }
    }
}

impl<'a> RegimenJson<'a> {
    pub(in crate::export) fn of(row: &'a RegimenRow) -> Self {
        Self {
            id: &row.id,
            version: &row.version,
            status: row.status.word(),
            sha256: &row.sha256,
            name: &row.name,
            indication: &row.indication,
            trial: shared::trial(row),
            note: row.note.as_deref(),
            supportive_care: row.supportive_care.as_deref(),
            unverified: &row.unverified,
        }
    }
}

impl<'a> Count<'a> {
    pub(in crate::export) fn of(row: &'a CountRow) -> Self {
        let (kind, cycles) = match row.kind {
            Some(CountKind::UpTo(n)) => ("up-to", Some(n)),
            Some(CountKind::Planned(n)) => ("planned", Some(n)),
            Some(CountKind::Between(_, n)) => ("between", Some(n)),
            Some(CountKind::UntilStopped) | None => ("until-stopped", None),
        };
        Self { kind, cycles, planned: row.planned, words: &row.words }
    }
}

impl<'a> SubjectJson<'a> {
    pub(in crate::export) fn of(row: &'a SubjectRow) -> Self {
        Self {
            height: row.height.map(|height| Quantity::new(height.value(), "cm")),
            weight: row.weight.map(|weight| Quantity::new(weight.value(), "kg")),
            bsa: row.bsa.map(|bsa| Quantity::new(bsa.value(), "m2")),
            bsa_formula: row.bsa_formula.map(crate::formula::bsa::BsaFormula::name),
            bmi: row.bmi.map(|bmi| Quantity::new(bmi.value(), "kg/m2")),
            sex: row.sex.map(crate::quantity::Sex::written),
            age: row.age.map(|age| Quantity::new(age.value(), "years")),
            creatinine: row.creatinine.map(creatinine),
            gfr: row.gfr.and_then(gfr),
            dialysis: row.gfr == Some(Gfr::Dialysis),
            genotype: row.genotype.as_deref(),
            tests: shared::tests(row),
            measured: day(row.measured),
            reference_dates: row.reference_dates.iter().map(|(name, date)| (*name, Day(*date))).collect(),
            start: Day(row.start),
        }
    }
}

impl<'a> End<'a> {
    pub(in crate::export) fn of(row: &'a EndRow) -> Self {
        Self {
            id: &row.id,
            phase: row.phase.as_deref(),
            cycle: row.cycle,
            day: row.day,
            date: Day(row.date),
            weekday: calendar::weekday(row.date),
            visit: &row.visit,
            shown: &row.shown,
            certain: row.certain,
            closed: row.closed.as_deref(),
        }
    }
}

impl<'a> Assessment<'a> {
    pub(in crate::export) fn of(row: &'a AssessmentRow) -> Self {
        Self {
            name: &row.name,
            date: Day(row.date),
            weekday: calendar::weekday(row.date),
            window: row.window.map(Window::of),
            cycle: row.cycle,
            day: row.day,
            moves: row.moves,
            closed: row.closed.as_deref(),
            marks: &row.marks,
        }
    }
}

impl<'a> FoundJson<'a> {
    pub(in crate::export) fn of(finding: &'a Finding) -> Self {
        let severity = match finding.severity {
            Severity::Block => "block",
            Severity::Confirm => "confirm",
            Severity::Warn => "warn",
            Severity::Note => "note",
        };
        Self {
            severity,
            code: finding.code.name(),
            text: &finding.text,
            help: finding.wanted(),
            field: finding.field.as_ref().map(ToString::to_string),
        }
    }
}
