//! `[[drug]]`: everything a file can say about one drug.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::days::DaysDef;
use super::source::SourcesDef;
use super::{At, OwnersDef, RoomDef, Table};

/// Either a text (`"unknown"`, `"90 minutes"`) or a table, at its position.
#[derive(Debug, Clone)]
pub enum TextOr<T> {
    /// A text.
    Text(At<String>),
    /// A table.
    Table(At<T>),
}

impl<T> TextOr<T> {
    /// The bytes it stands in.
    pub fn span(&self) -> &std::ops::Range<usize> {
        match self {
            TextOr::Text(at) => &at.span,
            TextOr::Table(at) => &at.span,
        }
    }
}

/// Hands a list only to types that ask for "anything"; a struct that would read it by position is refused.
struct ListOnly<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ListOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &visitor))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

enum Bare<T> {
    Text(String),
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Bare<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sight<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Sight<T> {
            type Value = Bare<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a table")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Bare<T>, E> {
                Ok(Bare::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Bare<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Bare::Table)
            }

            // Only for tables that may also be a list of rows (caps by weight); a derived struct is
            // never read by position, because it is asked for a map.
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Bare<T>, A::Error> {
                T::deserialize(ListOnly(SeqAccessDeserializer::new(seq))).map(Bare::Table)
            }
        }
        deserializer.deserialize_any(Sight(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let At { value, span } = At::<Bare<T>>::deserialize(deserializer)?;
        Ok(match value {
            Bare::Text(value) => TextOr::Text(At { value, span }),
            Bare::Table(value) => TextOr::Table(At { value, span }),
        })
    }
}

#[cfg(test)]
impl<T: schemars::JsonSchema> schemars::JsonSchema for TextOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("TextOr{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let table = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, table] })
    }
}

/// A drug.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DrugDef {
    /// Short name, where a drug stands twice or its name is not enough; the name in kebab-case when absent.
    pub id: Option<At<String>>,
    /// Full generic name, in lower case.
    pub name: Option<At<String>>,
    /// Other spellings it is found by.
    pub also: Option<At<Vec<At<String>>>>,
    /// `"liposomal"`, `"nab-"` …: always shown with the name.
    pub formulation: Option<At<String>>,
    /// The product, where products are not interchangeable.
    pub product: Option<At<String>>,
    /// What the strength is expressed as: `"free base"`, a salt.
    pub strength_as: Option<At<String>>,
    /// `"treatment"` (also when absent), `"premedication"` or `"support"`.
    pub role: Option<At<String>>,
    /// The dose of one administration: `"70 mg/m2"`, `"6 mg/kg"`, `"400 mg"`, `"AUC 5"`.
    pub dose: Option<At<String>>,
    /// The whole dose of an infusion over more than 24 hours: `"2400 mg/m2"`.
    pub total: Option<At<String>>,
    /// The dose of each 24 hours of an infusion over more than 24 hours; or of a day, in as many equal doses as `times` says.
    pub dose_per_day: Option<At<String>>,
    /// The dose of a week, in as many equal doses as the days of a week and `times` make.
    pub dose_per_week: Option<At<String>>,
    /// Doses by body size, kidney function, age or genotype, which win over `dose`: `[{ weight = { below = "60 kg" }, dose = "8 mg" }, …]`.
    pub table: Option<At<Vec<Table<DoseRowDef>>>>,
    /// The weight this drug uses, where it differs from `[body]`.
    pub weight: Option<At<String>>,
    /// Kidney function for an AUC dose, or for starting doses by kidney function.
    pub gfr: Option<Table<GfrDef>>,
    /// `"intravenous"`, `"oral"`, `"subcutaneous"`, `"intramuscular"`, `"intrathecal"`, `"unknown"` …
    pub route: Option<At<String>>,
    /// `"clinic"` (also when absent, except for oral drugs, which must say), `"ward"` (whoever stays in hospital) or `"home"`.
    pub given: Option<At<String>>,
    /// How long an infusion runs: `"90 minutes"`, `"unknown"`, or by occurrence or rate.
    pub over: Option<TextOr<OverDef>>,
    /// Days of the cycle.
    pub days: Option<At<DaysDef>>,
    /// Days that differ by cycle, instead of `days`.
    pub by_cycle: Option<At<Vec<Table<ByCycleDef>>>>,
    /// How often on such a day: `"twice daily"`, `"3 times daily"`; once when absent.
    pub times: Option<At<String>>,
    /// Hours after another drug (or after the first dose) at which it is given: `{ drug = "ifosfamide", at = ["0 hours", "4 hours"] }`.
    pub hours: Option<Table<HoursDef>>,
    /// `"morning"` or `"evening"`: the half-day on which a run at home starts, of a drug taken twice daily.
    pub starts: Option<At<String>>,
    /// The cycles in which it is given; all when absent.
    pub cycles: Option<Table<CycleSpanDef>>,
    /// How long it is given from its first dose; the last dose lies before that day: `"24 months"`.
    pub stop_after: Option<At<String>>,
    /// The dose goes no higher: `"2 mg"`, or `[{ dose = "2 mg", weight = { from = "45 kg" } }]`.
    pub cap: Option<TextOr<CapDef>>,
    /// What must never be exceeded: planning stops instead of capping.
    pub maximum: Option<Table<MaximumDef>>,
    /// How the figure is rounded: a table, `"none"`, `"site"` or `"unknown"`.
    pub round: Option<TextOr<RoundDef>>,
    /// The ladder of reduced doses.
    pub reduce: Option<TextOr<ReduceDef>>,
    /// Starting doses by genotype, kidney function, age or weight; the first that fits replaces `dose`.
    pub start: Option<At<Vec<Table<StartDef>>>>,
    /// The first dose this subject receives, where it is larger.
    pub loading: Option<Table<LoadingDef>>,
    /// Room around each of its days after day 1.
    pub window: Option<TextOr<RoomDef>>,
    /// What happens to a missed dose of several: `"skip"`, `"give within 2 days"` or `"ask"`.
    pub missed: Option<At<String>>,
    /// The shortest interval to its previous dose: `"7 days"`.
    pub least_gap: Option<At<String>>,
    /// `"with cycle"` (also when absent) or `"own"`: it goes on while other drugs wait.
    pub clock: Option<At<String>>,
    /// Given after this drug on the same day.
    pub after: Option<At<String>>,
    /// Given at the same time as this drug.
    pub with: Option<At<String>>,
    /// The drug a premedication belongs to, or several that are not given on one day; it is given on the same days, and left
    /// out with it.
    #[serde(rename = "for")]
    pub for_: Option<At<OwnersDef>>,
    /// How long before that drug: `"30 minutes"`.
    pub before: Option<At<String>>,
    /// A later day on which it ends: `{ day = 3, visit = "pump off" }`; of several days, each as long after its own.
    pub ends: Option<Table<EndsDef>>,
    /// Vials it comes in: `"43 mg in 10 mL"` or `"200 mg"` (powder).
    pub vial: Option<At<String>>,
    /// Tablet or capsule strengths: `["150 mg", "500 mg"]`.
    pub tablets: Option<At<Vec<At<String>>>>,
    /// What these are: `"tablets"`, unless it says `"capsules"`.
    pub form: Option<At<String>>,
    /// Dose × times × days of one cycle, typed separately as a check: `"28000 mg/m2"`.
    pub cycle_total: Option<At<String>>,
    /// Drugs that stop when this one stops.
    pub stops: Option<At<Vec<At<String>>>>,
    /// Given instead of this drug, where a person chooses so: with its own dose and days.
    pub instead_of: Option<At<String>>,
    /// Given only in these cohorts or arms; in all when absent.
    pub cohorts: Option<At<Vec<At<String>>>>,
    /// The dose of each cohort, instead of `dose`: `{ "1" = "125 mg", "2" = { dose = "250 mg", reduce = { … } } }`.
    pub by_cohort: Option<At<BTreeMap<String, TextOr<CohortDoseDef>>>>,
    /// Smaller doses before the full one: `[{ dose = "20 mg", lasts = "7 days" }]`.
    pub ramp: Option<At<Vec<Table<RampDef>>>>,
    /// The steps of `ramp` begin again when the last dose is so long ago: `"6 weeks"`, `"never"` or `"unknown"`.
    pub ramp_again_after: Option<At<String>>,
    /// The half-life of a radioactive dose: `{ half_life = "11.4 days", ordered_before = "24 hours" }`.
    pub decay: Option<Table<DecayDef>>,
    /// What it is diluted in, and how far.
    pub dilute: Option<Table<DiluteDef>>,
    /// How what is handed over is stored, in one line: `"2 to 8 °C, protected from light"`.
    pub store: Option<At<String>>,
    /// How long after its preparation it may be used: `"24 hours"`.
    pub use_within: Option<At<String>>,
    /// Whether it is handled as a cytotoxic drug: its label and worksheet say so.
    pub cytotoxic: Option<At<bool>>,
    /// What must be read before it is prepared or given, in one line: it stands on the plan, the worksheet and the label.
    pub warn: Option<At<String>>,
    /// What saves the patient from the dose, and where it stands: `"stem cells on day 0, not in this file"`.
    pub rescue: Option<At<String>>,
    /// The source, of tier A, that gives a dose far above the largest in use.
    pub dose_exception: Option<At<String>>,
    /// `true` where it is meant that another entry of its substance is given in full on the same day.
    pub together: Option<At<bool>>,
    /// By which age a table goes: `"cycle"`, on day 1 of each cycle (also where it is left out), or `"treatment"`, on the first day.
    pub age_at: Option<At<String>>,
    /// Anything a reader should know; never a dose.
    pub note: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<BTreeMap<String, String>>>,
}

/// From (included) or above (excluded) … through (included) or below (excluded).
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RangeDef {
    /// Lowest value, included.
    pub from: Option<At<String>>,
    /// Highest value, included.
    pub through: Option<At<String>>,
    /// Upper end, excluded.
    pub below: Option<At<String>>,
    /// Lower end, excluded.
    pub above: Option<At<String>>,
}

/// How the kidney function of an AUC dose comes about.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GfrDef {
    /// `"cockcroft-gault"`, `"ckd-epi-2021"` … or `"site"`.
    pub formula: Option<At<String>>,
    /// The weight in that formula, by the words of `[body]`.
    pub weight: Option<At<String>>,
    /// The lowest creatinine used: `"0.7 mg/dL"`, or `"none"`.
    pub creatinine_floor: Option<At<String>>,
    /// The highest GFR used: `"125 mL/min"`, or `"none"`.
    pub cap: Option<At<String>>,
    /// Methods of measuring whose figure is not capped: `["iohexol", "EDTA", "DTPA", "inulin", "timed urine"]`; without a
    /// stated method a kidney function counts as estimated.
    pub uncapped: Option<At<Vec<At<String>>>>,
    /// The formula of the dose: `"calvert"` (adults) or `"newell"` (children). Below 18 years it must be said.
    pub calvert: Option<At<String>>,
    /// Decimals of the GFR.
    pub places: Option<At<i64>>,
    /// `"every cycle"` or `"never"`.
    pub recalculate: Option<At<String>>,
}

/// How long an infusion runs, where it is not one figure.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OverDef {
    /// One length an occurrence; the last goes on: `["90 minutes", "30 minutes"]`.
    pub by_occurrence: Option<At<Vec<At<String>>>>,
    /// Shortest, where a range is allowed.
    pub from: Option<At<String>>,
    /// Longest, where a range is allowed.
    pub through: Option<At<String>>,
    /// Not faster than this amount an hour: `"400 mg"`.
    pub at_most_per_hour: Option<At<String>>,
}

/// Days for some of the cycles.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ByCycleDef {
    /// First cycle.
    pub from: Option<At<i64>>,
    /// Last cycle; open when absent.
    pub through: Option<At<i64>>,
    /// The days in these cycles.
    pub days: Option<At<DaysDef>>,
}

/// Hours relative to another drug.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HoursDef {
    /// The drug whose start is hour 0.
    pub drug: Option<At<String>>,
    /// Each administration: `["0 hours", "4 hours", "8 hours"]`.
    pub at: Option<At<Vec<At<String>>>>,
}

/// Cycles in which a drug is given.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CycleSpanDef {
    /// First cycle; 1 when absent.
    pub from: Option<At<i64>>,
    /// Last cycle; open when absent.
    pub through: Option<At<i64>>,
}

/// Caps of a dose, by weight.
#[derive(Debug, Clone)]
pub struct CapDef(pub Vec<Table<CapRowDef>>);

/// One cap.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CapRowDef {
    /// The highest dose of one administration.
    pub dose: Option<At<String>>,
    /// Only in this range of weight; always when absent.
    pub weight: Option<Table<RangeDef>>,
}

impl<'de> Deserialize<'de> for CapDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows;
        impl<'de> Visitor<'de> for Rows {
            type Value = CapDef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a dose such as \"2 mg\", or a table such as { dose = \"2 mg\", weight = { from = \"45 kg\" } }",
                )
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<CapDef, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(CapDef)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CapDef, A::Error> {
                let value = CapRowDef::deserialize(MapAccessDeserializer::new(map))?;
                Ok(CapDef(vec![Table { value, span: 0..0 }]))
            }
        }
        deserializer.deserialize_any(Rows)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for CapDef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Caps".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let row = generator.subschema_for::<CapRowDef>();
        schemars::json_schema!({ "anyOf": [row.clone(), { "type": "array", "items": row }] })
    }
}

/// What is never exceeded.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MaximumDef {
    /// In one administration.
    pub dose: Option<At<String>>,
    /// In one day.
    pub day: Option<At<String>>,
    /// In one cycle.
    pub cycle: Option<At<String>>,
}

/// How a dose is rounded.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoundDef {
    /// To the nearest multiple: `"1 mg"`, or `"vial"`, or `"tablet"`.
    pub nearest: Option<At<String>>,
    /// To the multiple at or below.
    pub down_to: Option<At<String>>,
    /// To the multiple at or above.
    pub up_to_next: Option<At<String>>,
    /// To the dose of the band it falls in: `[{ from = "0.21 mg", give = "0.22 mg" }, …]`.
    pub bands: Option<At<Vec<Table<BandDef>>>>,
    /// Where a tie goes, with `nearest`: `"up"`, `"down"` or `"even"`.
    pub ties: Option<At<String>>,
    /// The largest difference rounding may make: `"5 %"`.
    pub within: Option<At<String>>,
    /// `"daily total"`: the day's dose is rounded, then split into its parts.
    pub of: Option<At<String>>,
    /// `"morning"` or `"evening"`: the part that is larger when the day's dose does not split evenly.
    pub larger: Option<At<String>>,
}

/// One dose band.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BandDef {
    /// Lowest calculated dose of the band, included.
    pub from: Option<At<String>>,
    /// The dose that is given; the band ends where the next begins.
    pub give: Option<At<String>>,
}

/// The ladder of reduced doses.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReduceDef {
    /// The steps below level 0: doses, or tables that also change days.
    pub to: Option<At<Vec<TextOr<StepDef>>>>,
    /// After the last step: `"stop this drug"`, `"stop the regimen"` or `"ask"`.
    pub then: Option<At<String>>,
    /// Whether a level may rise again: `"never"`, `"allowed"` or `"unknown"`.
    pub raise_again: Option<At<String>>,
}

/// One step of a ladder that changes more than the dose.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepDef {
    /// The dose at this step; the one before when absent.
    pub dose: Option<At<String>>,
    /// The days at this step; as before when absent.
    pub days: Option<At<DaysDef>>,
    /// The length of a cycle at this step; as before when absent: `"28 days"`.
    pub length: Option<At<String>>,
}

/// The dose of a cohort that brings a ladder of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CohortDoseDef {
    /// The dose.
    pub dose: Option<At<String>>,
    /// The ladder from it.
    pub reduce: Option<Table<ReduceDef>>,
}

/// A condition on the subject.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConditionDef {
    /// `"UGT1A1*28/*28"`
    pub genotype: Option<At<String>>,
    /// Kidney function.
    pub gfr: Option<Table<RangeDef>>,
    /// Completed years.
    pub age: Option<Table<RangeDef>>,
    /// Actual weight.
    pub weight: Option<Table<RangeDef>>,
    /// Body surface, as the regimen rounds and caps it.
    pub bsa: Option<Table<RangeDef>>,
    /// Laboratory tests: `{ platelets = { from = "150 10^9/L" } }`.
    pub test: Option<TestsDef>,
}

/// Ranges by laboratory test.
pub type TestsDef = BTreeMap<At<String>, Table<RangeDef>>;

/// One row of a table of doses.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DoseRowDef {
    /// Body surface, as the regimen rounds and caps it.
    pub bsa: Option<Table<RangeDef>>,
    /// Actual weight.
    pub weight: Option<Table<RangeDef>>,
    /// Kidney function.
    pub gfr: Option<Table<RangeDef>>,
    /// Completed years.
    pub age: Option<Table<RangeDef>>,
    /// Laboratory tests: `{ platelets = { from = "150 10^9/L" } }`.
    pub test: Option<TestsDef>,
    /// `"UGT1A1*28/*28"`, or `"any other"`.
    pub genotype: Option<At<String>>,
    /// The dose of this row, or `"unknown"`: no source gives one, and nothing is planned.
    pub dose: Option<At<String>>,
    /// Instead of `dose`, where the parts of a day differ: the morning's dose.
    pub morning: Option<At<String>>,
    /// The evening's.
    pub evening: Option<At<String>>,
    /// The larger first dose of this row.
    pub loading: Option<At<String>>,
    /// The length of a cycle in this row.
    pub length: Option<At<String>>,
    /// The ladder from this row's dose.
    pub reduce: Option<Table<ReduceDef>>,
}

/// A starting dose under a condition.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StartDef {
    /// When it applies.
    pub when: Option<Table<ConditionDef>>,
    /// The dose that replaces the protocol dose.
    pub dose: Option<At<String>>,
    /// Or a percentage of the capped dose: `"75 %"`.
    pub percent: Option<At<String>>,
    /// The ladder from this start.
    pub reduce: Option<Table<ReduceDef>>,
}

/// A step before the full dose.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RampDef {
    /// The dose of this step.
    pub dose: Option<At<String>>,
    /// How long it lasts: `"7 days"` from its first dose, or `"1 dose"`.
    pub lasts: Option<At<String>>,
    /// The next dose follows after this time: `{ from = "2 days", through = "7 days" }`.
    pub next: Option<Table<RangeDef>>,
}

/// How a radioactive dose decays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecayDef {
    /// The half-life: `"11.4 days"`.
    pub half_life: Option<At<String>>,
    /// The reference time of the supplier lies so long before use: `"24 hours"`.
    pub ordered_before: Option<At<String>>,
}

/// How a dose is diluted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiluteDef {
    /// The diluent: `"sodium chloride 0.9 %"`; or `"undiluted"`.
    pub fluid: Option<At<String>>,
    /// The volume of the bag, `"250 mL"`, or `"unknown"`; none of a drug given undiluted.
    pub volume: Option<At<String>>,
    /// Diluents that must not be used: `["sodium chloride 0.9 %"]`.
    pub never: Option<At<Vec<At<String>>>>,
    /// The lowest concentration allowed: `"0.5 mg in 1 mL"`.
    pub from: Option<At<String>>,
    /// The highest concentration allowed.
    pub through: Option<At<String>>,
}

/// A larger first dose.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LoadingDef {
    /// The dose: `"8 mg/kg"`.
    pub dose: Option<At<String>>,
    /// How long that infusion runs.
    pub over: Option<At<String>>,
    /// Given again when the last dose is this long ago, or `"unknown"`.
    pub again_after: Option<At<String>>,
}

/// The dated end of a long infusion.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EndsDef {
    /// The day of the cycle.
    pub day: Option<At<i64>>,
    /// What happens then: `"pump off"`.
    pub visit: Option<At<String>>,
}
