//! Dose modifications: what a result, a grade or an event does to the doses.

use crate::quantity::number::print;
use crate::quantity::{Decimal, Period};

use super::{Condition, Provenance, Range};

/// One table of dose modifications. Its rows cover every value once.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// What it looks at: `neutrophils`, `diarrhoea`.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// Which kind of thing that is.
    pub looks_at: LooksAt,
    /// The days of the cycle it is about; every day where there are none.
    pub days: Vec<i32>,
    /// Its rows, in the order of the file.
    pub rows: Vec<RuleRow>,
    /// A remark.
    pub note: Option<String>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LooksAt {
    /// A measured value in this unit.
    Test {
        /// The unit of the rows' figures.
        unit: &'static str,
    },
    /// A grade of this version of the CTCAE; `None` where no source says which.
    Grade {
        /// `5.0`
        ctcae: Option<String>,
    },
    /// Whether something happened.
    Event,
}

/// One row of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleRow {
    /// The values it is about; `None` where every value, or an event.
    pub on: Option<Range>,
    /// First and last occurrence it is about; the last open where `None`.
    pub occurrence: Option<(u32, Option<u32>)>,
    /// Only with (true) or without (false) this.
    pub with: Vec<(String, bool)>,
    /// Only for these subjects.
    pub when: Condition,
    /// What follows, by drug id.
    pub actions: Vec<(String, Action)>,
    /// Held or delayed until.
    pub until: Option<Range>,
    /// What follows when treatment goes on, by drug id.
    pub then: Vec<(String, Action)>,
    /// The longest it may be held or delayed.
    pub longest: Option<Period>,
    /// What follows after that, by drug id.
    pub if_longer: Vec<(String, Action)>,
    /// The source of this row, where it is another than the table's.
    pub source: Option<String>,
}

/// What a row says about a drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// As planned.
    Treat,
    /// Percent of a dose.
    Percent(Decimal, Base),
    /// So many levels below the one in force.
    Down(u32),
    /// This level.
    Level(i32),
    /// The same dose later.
    Delay,
    /// Not now, date open.
    Hold,
    /// This dose is never given.
    Omit,
    /// The source leaves it to the prescriber.
    Ask,
    /// This drug stops.
    StopDrug,
    /// Treatment stops.
    StopRegimen,
}

/// What a percentage is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// What the protocol says for everyone.
    Protocol,
    /// What this subject was assigned at the start.
    Starting,
    /// What was given last.
    Last,
}

impl Base {
    /// The words in the file.
    pub fn words(self) -> &'static str {
        match self {
            Base::Protocol => "the protocol dose",
            Base::Starting => "the starting dose",
            Base::Last => "the last dose",
        }
    }
}

impl Action {
    /// The words in the file.
    pub fn words(self) -> String {
        match self {
            Action::Treat => "treat".to_owned(),
            Action::Percent(percent, base) => format!("{} % of {}", print(percent), base.words()),
            Action::Down(1) => "one level down".to_owned(),
            Action::Down(2) => "two levels down".to_owned(),
            Action::Down(levels) => format!("{levels} levels down"),
            Action::Level(level) => format!("level {level}"),
            Action::Delay => "delay".to_owned(),
            Action::Hold => "hold".to_owned(),
            Action::Omit => "omit".to_owned(),
            Action::Ask => "ask".to_owned(),
            Action::StopDrug => "stop this drug".to_owned(),
            Action::StopRegimen => "stop the regimen".to_owned(),
        }
    }

    /// How far it goes: stopping before omitting before holding before delaying before less dose. What the source
    /// leaves to the prescriber stands between less dose and a delay: something must be decided first.
    pub const fn severity(self) -> u8 {
        match self {
            Action::Treat => 0,
            Action::Percent(..) | Action::Down(_) | Action::Level(_) => 1,
            Action::Ask => 2,
            Action::Delay => 3,
            Action::Hold => 4,
            Action::Omit => 5,
            Action::StopDrug => 6,
            Action::StopRegimen => 7,
        }
    }
}

impl Rule {
    /// Whether it goes by this name.
    pub fn is_called(&self, name: &str) -> bool {
        let alike = |mine: &str| mine.eq_ignore_ascii_case(name);
        alike(&self.name) || self.also.iter().any(|also| alike(also))
    }

    /// The unit behind its figures.
    pub fn unit(&self) -> &'static str {
        match self.looks_at {
            LooksAt::Test { unit } => unit,
            LooksAt::Grade { .. } | LooksAt::Event => "",
        }
    }

    /// `below 1.5 10^9/L`, `grade 3 through 4`, `interstitial lung disease`.
    pub fn range_words(&self, range: Range) -> String {
        match self.looks_at {
            LooksAt::Grade { .. } => format!("grade {}", range.words("")),
            LooksAt::Test { .. } | LooksAt::Event => range.words(self.unit()),
        }
    }

    /// What a row says, in parts: what follows, until when, what then, how long at most.
    pub fn says_words(&self, row: &RuleRow) -> Vec<String> {
        let mut parts = vec![actions_words(&row.actions)];
        parts.extend(row.until.map(|range| format!("until {}", self.range_words(range))));
        parts.extend((!row.then.is_empty()).then(|| format!("then {}", actions_words(&row.then))));
        if let Some(longest) = row.longest {
            let after = if row.if_longer.is_empty() {
                String::new()
            } else {
                format!("; if longer, {}", actions_words(&row.if_longer))
            };
            parts.push(format!("at most {longest}{after}"));
        }
        parts
    }

    /// When a row applies, in words.
    pub fn row_words(&self, row: &RuleRow) -> String {
        let mut parts: Vec<String> = row.on.map(|range| self.range_words(range)).into_iter().collect();
        parts.extend(row.occurrence.map(occurrence_words));
        parts.extend(row.with.iter().map(|(what, with)| format!("{} {what}", if *with { "with" } else { "without" })));
        parts.extend(row.when.words());
        let words = if parts.is_empty() { "whenever it happens".to_owned() } else { parts.join(", ") };
        if self.days.is_empty() { words } else { format!("{words}, on {}", days_words(&self.days)) }
    }
}

/// `day 1`, `days 1, 8`.
pub fn days_words(days: &[i32]) -> String {
    let list: Vec<String> = days.iter().map(ToString::to_string).collect();
    let noun = if list.len() == 1 { "day" } else { "days" };
    format!("{noun} {}", list.join(", "))
}

/// Actions by drug: `irinotecan, fluorouracil: hold`, `irinotecan: one level down; fluorouracil: treat`.
pub fn actions_words(list: &[(String, Action)]) -> String {
    if let [(_, first), rest @ ..] = list
        && rest.iter().all(|(_, other)| other == first)
    {
        let drugs: Vec<&str> = list.iter().map(|(drug, _)| drug.as_str()).collect();
        return format!("{}: {}", drugs.join(", "), first.words());
    }
    let each: Vec<String> = list.iter().map(|(drug, action)| format!("{drug}: {}", action.words())).collect();
    each.join("; ")
}

/// `first occurrence`, `second or later occurrence`.
fn occurrence_words((first, last): (u32, Option<u32>)) -> String {
    let nth = |n: u32| {
        ["first", "second", "third", "fourth", "fifth"]
            .get(n.saturating_sub(1) as usize)
            .map_or_else(|| format!("{n}th"), |word| (*word).to_owned())
    };
    if last.is_none() { format!("{} or later occurrence", nth(first)) } else { format!("{} occurrence", nth(first)) }
}
