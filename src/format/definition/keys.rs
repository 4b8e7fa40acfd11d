//! Which keys of a table are there.

use std::ops::Range;

use super::source::SourcesDef;
use super::{
    AssessmentDef, At, BodyDef, CriterionDef, CycleDef, DefaultsDef, DrugDef, EligibilityDef, LifetimeDef, PhaseDef,
    RegimenDef, RuleDef, Table, TextOr,
};

/// A key that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// The key as the file writes it.
    pub key: &'static str,
    /// Where its value stands.
    pub span: Range<usize>,
    /// Whether the value is only the word `unknown` or `site`, so that no figure stands here.
    pub open: bool,
}

/// Keys that name, order or repeat, and so need no source.
///
/// Also without a source: every key whose value is `"unknown"` or `"site"`, since no figure stands there.
const EXEMPT: &[&str] = &[
    "id",
    "name",
    "also",
    "formulation",
    "form",
    "product",
    "role",
    "warn",
    "rescue",
    "dose_exception",
    "together",
    "note",
    "source",
    "conflict",
    "given",
    "for",
    "before",
    "after",
    "with",
    "starts",
    "cycle_total",
    "numbering",
    "cycle",
    "drug",
    "same_drugs_as",
    "without",
    "test",
    "grade",
    "event",
    "drugs",
    "cohorts",
];

impl Present {
    /// Whether it must say where it comes from.
    pub fn needs_source(&self) -> bool {
        !self.open && !EXEMPT.contains(&self.key)
    }
}

/// A table that can say which of its keys are there.
pub trait Keys {
    /// Every key of the table, in the order of the reference page.
    const KEYS: &'static [&'static str];

    /// The keys that are there.
    fn present(&self) -> Vec<Present>;

    /// Takes over what is not there from a table of its kind, but for some keys; says which it took.
    fn inherit(&mut self, from: &Self, but: &[&str]) -> Vec<&'static str>;
}

/// A value that may or may not be there.
trait Spot {
    fn spot(&self) -> Option<(Range<usize>, bool)>;
}

trait Word {
    fn is_open(&self) -> bool {
        false
    }
}

impl Word for String {
    fn is_open(&self) -> bool {
        self == "unknown" || self == "site"
    }
}

impl Word for bool {}
impl Word for i64 {}
impl Word for toml::value::Datetime {}
impl Word for super::DaysDef {}
impl Word for super::OwnersDef {}
impl<T> Word for Vec<T> {}
impl<K, V> Word for std::collections::BTreeMap<K, V> {}

impl<T: Word> Spot for Option<At<T>> {
    fn spot(&self) -> Option<(Range<usize>, bool)> {
        self.as_ref().map(|at| (at.span.clone(), at.value.is_open()))
    }
}

impl<T> Spot for Option<Table<T>> {
    fn spot(&self) -> Option<(Range<usize>, bool)> {
        self.as_ref().map(|table| (table.span.clone(), false))
    }
}

impl<T> Spot for Vec<Table<T>> {
    fn spot(&self) -> Option<(Range<usize>, bool)> {
        self.first().map(|table| (table.span.clone(), false))
    }
}

impl<T> Spot for Option<TextOr<T>> {
    fn spot(&self) -> Option<(Range<usize>, bool)> {
        self.as_ref().map(|either| match either {
            TextOr::Text(at) => (at.span.clone(), at.value.is_open()),
            TextOr::Table(at) => (at.span.clone(), false),
        })
    }
}

impl Spot for Option<SourcesDef> {
    fn spot(&self) -> Option<(Range<usize>, bool)> {
        self.as_ref().map(|sources| match sources {
            SourcesDef::All(at) => (at.span.clone(), false),
            SourcesDef::ByKey(at) => (at.span.clone(), false),
        })
    }
}

macro_rules! keys {
    ($($table:ident: $($key:literal = $field:ident),+ $(,)?;)+) => {$(
        impl Keys for $table {
            const KEYS: &'static [&'static str] = &[$($key),+];

            fn present(&self) -> Vec<Present> {
                let all = [$(($key, self.$field.spot())),+];
                let there = all.into_iter().filter_map(|(key, spot)| spot.map(|(span, open)| Present { key, span, open }));
                there.collect()
            }

            fn inherit(&mut self, from: &Self, but: &[&str]) -> Vec<&'static str> {
                let mut taken = Vec::new();
                $(if !but.contains(&$key) && self.$field.spot().is_none() && from.$field.spot().is_some() {
                    self.$field.clone_from(&from.$field);
                    taken.push($key);
                })+
                taken
            }
        }
    )+};
}

// One line a table; a test holds the lists to what the reader accepts.
keys! {
    CycleDef: "length" = length, "count" = count, "stop" = stop, "next" = next, "new_schedule_after" = new_schedule_after, "window" = window, "longest_delay" = longest_delay, "anchor" = anchor, "day_zero" = day_zero, "source" = source, "conflict" = conflict;
    DefaultsDef: "bsa" = bsa, "bsa_places" = bsa_places, "weight" = weight, "recalculate" = recalculate, "next" = next, "window" = window, "round" = round, "missed" = missed, "source" = source, "conflict" = conflict;
    BodyDef: "bsa" = bsa, "bsa_places" = bsa_places, "bsa_cap" = bsa_cap, "weight" = weight, "ideal_weight" = ideal_weight, "adjusted_factor" = adjusted_factor, "recalculate" = recalculate, "source" = source, "conflict" = conflict;
    PhaseDef: "id" = id, "name" = name, "numbering" = numbering, "begins" = begins, "cycle" = cycle, "same_drugs_as" = same_drugs_as, "without" = without, "drug" = drug, "source" = source;
    DrugDef: "id" = id, "name" = name, "also" = also, "formulation" = formulation, "product" = product, "strength_as" = strength_as, "role" = role, "dose" = dose, "total" = total, "dose_per_day" = dose_per_day, "dose_per_week" = dose_per_week, "table" = table, "weight" = weight, "gfr" = gfr, "route" = route, "given" = given, "over" = over, "days" = days, "by_cycle" = by_cycle, "times" = times, "hours" = hours, "starts" = starts, "cycles" = cycles, "stop_after" = stop_after, "cap" = cap, "maximum" = maximum, "round" = round, "reduce" = reduce, "start" = start, "loading" = loading, "window" = window, "missed" = missed, "least_gap" = least_gap, "clock" = clock, "after" = after, "with" = with, "for" = for_, "before" = before, "ends" = ends, "vial" = vial, "tablets" = tablets, "form" = form, "cycle_total" = cycle_total, "stops" = stops, "instead_of" = instead_of, "cohorts" = cohorts, "by_cohort" = by_cohort, "ramp" = ramp, "ramp_again_after" = ramp_again_after, "decay" = decay, "dilute" = dilute, "store" = store, "use_within" = use_within, "cytotoxic" = cytotoxic, "warn" = warn, "rescue" = rescue, "dose_exception" = dose_exception, "together" = together, "age_at" = age_at, "note" = note, "source" = source, "conflict" = conflict;
    EligibilityDef: "age" = age, "weight" = weight, "gfr" = gfr, "sex" = sex, "other" = other, "source" = source;
    CriterionDef: "test" = test, "at_least" = at_least, "at_most" = at_most, "days" = days, "valid_for" = valid_for, "otherwise" = otherwise, "source" = source;
    AssessmentDef: "name" = name, "clock" = clock, "every" = every, "before_first_dose" = before_first_dose, "days" = days, "before" = before, "after" = after, "until" = until, "window" = window, "source" = source;
    RuleDef: "test" = test, "grade" = grade, "event" = event, "also" = also, "ctcae" = ctcae, "drugs" = drugs, "days" = days, "rows" = rows, "note" = note, "source" = source, "conflict" = conflict;
    LifetimeDef: "name" = name, "counts" = counts, "equivalence" = equivalence, "limit" = limit, "lower" = lower, "note" = note, "source" = source, "conflict" = conflict;
    RegimenDef: "id" = id, "author" = author, "name" = name, "version" = version, "status" = status, "setting" = setting, "indication" = indication, "also" = also, "trial" = trial, "protocol" = protocol, "protocol_version" = protocol_version, "amended" = amended, "supportive_care" = supportive_care, "cycle_word" = cycle_word, "cycles_from" = cycles_from, "note" = note;
}
