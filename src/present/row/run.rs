//! How a dose is taken at home: by what it is counted out, how often, from when to when, and what to dispense.

use crate::calendar::{self, Date, with_weekday};
use crate::quantity::number::{count, print};
use crate::quantity::{Amount, Volume};
use crate::regimen::{Form, HalfDay, Vial};

/// A run of doses at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub through: Date,
    /// The cycle day of the last dose.
    pub through_day: i32,
    /// Half-day of the first dose, where there are two a day.
    pub starts: Option<HalfDay>,
    /// Half-day of the last dose.
    pub ends: Option<HalfDay>,
    /// Doses a day.
    pub times_a_day: u32,
    /// Doses in all.
    pub administrations: u32,
}

impl RunRow {
    /// From when to when and how many: `evening of Mon 07-Dec-2026 through morning of Mon 21-Dec-2026, 28 doses`. Of a
    /// single dose its day, `one dose on Monday 07-Dec-2026`: a dose that stands alone has no "daily".
    pub fn words(&self) -> String {
        let half = |half: Option<HalfDay>| half.map_or(String::new(), |half| format!("{} of ", half.word()));
        if self.administrations == 1 {
            let half = self.starts.map_or(String::new(), |half| format!(" in the {}", half.word()));
            return format!("one dose on {} {}{half}", calendar::weekday(self.from), calendar::print(self.from));
        }
        format!(
            "{}{} through {}{}, {}",
            half(self.starts),
            with_weekday(self.from),
            half(self.ends),
            with_weekday(self.through),
            count(self.administrations, "dose")
        )
    }

    /// The same run, ended with its `count`th dose: on the day and the half of the day on which that one stands. `day` is the
    /// cycle day so many days after the first.
    #[must_use]
    pub(super) fn ended(self, count: u32, day: impl Fn(i32) -> i32) -> Self {
        let times = self.times_a_day.max(1);
        let late = u32::from(times == 2 && self.starts == Some(HalfDay::Evening));
        let slot = count.max(1).saturating_add(late) - 1;
        let later = i32::try_from(slot / times).unwrap_or(i32::MAX);
        let half = if slot.is_multiple_of(times) { HalfDay::Morning } else { HalfDay::Evening };
        Self {
            administrations: count,
            through: calendar::plus_days(self.from, later).unwrap_or(self.through),
            through_day: day(later),
            ends: (times == 2).then_some(half),
            ..self
        }
    }

    /// How often within the run; nothing of a single dose.
    pub fn often(&self) -> Option<String> {
        match (self.administrations, self.times_a_day) {
            (0 | 1, _) => None,
            (_, 0 | 1) => Some("once daily".to_owned()),
            (_, 2) => Some("twice daily".to_owned()),
            (_, many) => Some(format!("{many} times daily")),
        }
    }
}

/// Tablets of one strength.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabletRow {
    /// The strength of one.
    pub strength: Amount,
    /// How many.
    pub count: u32,
    /// Tablets, or capsules.
    pub form: Form,
}

impl std::fmt::Display for TabletRow {
    /// `84 tablets of 500 mg`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} of {}", print(self.count.into()), self.form.word(self.count), self.strength)
    }
}

/// By what one dose is counted out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// By its amount alone.
    Amount,
    /// In tablets.
    Tablets(Vec<TabletRow>),
    /// In tablets, others in the morning than in the evening.
    Halves {
        /// Those of the morning.
        morning: Vec<TabletRow>,
        /// Those of the evening.
        evening: Vec<TabletRow>,
    },
    /// By its volume: a liquid that is swallowed.
    Liquid(Volume),
}

impl Measure {
    /// That of one half of the day.
    #[must_use]
    pub fn of(&self, half: HalfDay) -> Measure {
        match (self, half) {
            (Measure::Halves { morning, .. }, HalfDay::Morning) => Measure::Tablets(morning.clone()),
            (Measure::Halves { evening, .. }, HalfDay::Evening) => Measure::Tablets(evening.clone()),
            (other, _) => other.clone(),
        }
    }
}

/// `3 tablets of 500 mg`, `1 tablet of 100 mg + 2 tablets of 20 mg`; nothing where they are not counted.
pub(super) fn tablets_words(tablets: &[TabletRow]) -> Option<String> {
    let each: Vec<String> = tablets.iter().map(ToString::to_string).collect();
    (!each.is_empty()).then(|| each.join(" + "))
}

/// What is dispensed for a whole run, where it is not tablets.
#[derive(Debug, Clone, PartialEq)]
pub enum Dispensed {
    /// A liquid to swallow.
    Liquid {
        /// All of it.
        volume: Volume,
        /// What is in how much.
        strength: Vial,
    },
    /// Vials, pens or syringes.
    Vials {
        /// What one holds.
        vial: Vial,
        /// For all of it where one serves several doses.
        shared: u32,
        /// For all of it where each dose opens its own.
        single: u32,
    },
}

impl std::fmt::Display for Dispensed {
    /// `90 mL of 600 mg in 5 mL`; `14 vials of 40 mg`; `5 of 18 mg in 3 mL if shared between doses, else 14`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Dispensed::Liquid { volume, strength } => write!(f, "{volume} of {strength}"),
            Dispensed::Vials { vial, shared, single } if shared == single => {
                write!(f, "{} of {vial}", count(*single, "vial"))
            }
            Dispensed::Vials { vial, shared, single } => {
                write!(f, "{shared} of {vial} where one serves several doses, {single} where each dose opens its own")
            }
        }
    }
}
