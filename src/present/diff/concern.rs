//! What a line of a regimen's page bears on: doses, dates, or neither.

use crate::present::protocol::TOTAL_OF;
use serde::Serialize;

/// What a difference bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Concern {
    /// An amount, or which drugs are given.
    Dose,
    /// A date.
    Date,
    /// A limit, a criterion, what follows from something.
    Rule,
    /// Where a figure comes from.
    Source,
    /// Names and remarks.
    Words,
    /// No difference: the same in another unit.
    Wording,
}

impl Concern {
    /// A heading.
    pub fn title(self) -> &'static str {
        match self {
            Concern::Dose => "Doses",
            Concern::Date => "Dates",
            Concern::Rule => "Rules and limits",
            Concern::Source => "Sources",
            Concern::Words => "Names, remarks and examples",
            Concern::Wording => "Said otherwise, and means the same",
        }
    }
}

/// Lines that bear on dates; every other line of a drug bears on doses unless it is listed below.
const DATES: &[&str] = &[
    "length",
    "number",
    "stop",
    "after a delay",
    "window of day 1",
    "begins",
    "day 0",
    "day 1 is the day of",
    "wholly omitted",
    "numbers",
    "days",
    "given in",
    "not after",
    "first half-day",
    "hours",
    "window of a day",
    "clock",
    "shortest interval",
    "ends",
    "over",
    "infusion lasts",
    "first dose over",
    "order",
    "order of drugs",
];

const RULES: &[&str] = &["longest delay", "reduced to", "a missed dose", "stops with it", "never above, one dose"];

const WORDS: &[&str] = &["entry", "also called", "supportive care", "note", "name", "version", "status"];

/// What a line bears on.
pub(super) fn of_line(section: &str, label: &str) -> Concern {
    let by_label = [(DATES, Concern::Date), (RULES, Concern::Rule), (WORDS, Concern::Words)];
    let total = label.starts_with(TOTAL_OF).then_some(Concern::Words);
    let known = by_label.into_iter().find(|(labels, _)| labels.contains(&label)).map(|(_, concern)| concern).or(total);
    match known {
        Some(concern)
            if !matches!(
                section,
                "eligibility" | "criteria" | "rules" | "lifetime" | "sources" | "checked" | "examples"
            ) =>
        {
            concern
        }
        _ => of_section(section),
    }
}

/// What a whole part bears on.
pub(super) fn of_section(section: &str) -> Concern {
    match section {
        "regimen" | "examples" => Concern::Words,
        "sources" | "checked" => Concern::Source,
        "eligibility" | "criteria" | "rules" | "lifetime" => Concern::Rule,
        "assessments" => Concern::Date,
        _ => Concern::Dose,
    }
}

/// The line that differs with every text.
pub(super) const HASH: &str = "sha-256";

/// Lines that stand under one key of the file with another line, which tells where both come from.
pub(super) fn source_with(label: &str) -> Option<&'static str> {
    let pairs = [
        ("infusion lasts", "over"),
        ("dose bands", "rounded"),
        ("first dose over", "first dose"),
        ("wholly omitted", "number"),
    ];
    pairs.into_iter().find(|(own, _)| *own == label).map(|(_, other)| other)
}

/// Lines whose values another comparison tells better: days one by one, and how long an infusion lasts where `over`
/// says that it changed.
pub(super) fn told_elsewhere(section: &str, label: &str, differs: impl Fn(&str) -> bool) -> bool {
    let other = match label {
        "days" => true,
        "infusion lasts" => differs("over"),
        _ => false,
    };
    other && section.contains("drug.")
}
