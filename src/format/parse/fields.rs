//! Which keys each table has, asked of the structs themselves.

use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use crate::format::definition::{
    AssessmentDef, BandDef, BeginsDef, BodyDef, ByCycleDef, CapRowDef, CohortDef, CohortDoseDef, ConditionDef,
    CountDef, CriterionDef, CycleDef, CycleSpanDef, DecayDef, DefaultsDef, Definition, DelayedDef, DiluteDef,
    DoseRowDef, DrugDef, EligibilityDef, EndsDef, ExampleDef, ExpectDef, GfrDef, HoursDef, LifetimeDef, LoadingDef,
    LowerDef, MaximumDef, OverDef, PhaseDef, RampDef, RangeDef, RecalculateDef, ReduceDef, RegimenDef, RoomDef,
    RoundDef, RuleDef, RuleRowDef, RunDef, SourceDef, StartDef, StepDef, SubjectDef,
};

/// Asks a struct for its fields by pretending to deserialize it.
struct Ask<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Ask<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("asked"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The keys of a struct.
pub(crate) fn fields<T: for<'de> Deserialize<'de>>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    let _ = T::deserialize(Ask(&mut fields));
    fields
}

/// Tables with their keys, each named as it stands in a file.
pub type Tables = [(&'static str, &'static [&'static str])];

/// Every table of the format with its keys.
pub fn tables() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("the top of the file", fields::<Definition>()),
        ("[regimen]", fields::<RegimenDef>()),
        ("[cycle]", fields::<CycleDef>()),
        ("count", fields::<CountDef>()),
        ("window", fields::<RoomDef>()),
        ("[defaults]", fields::<DefaultsDef>()),
        ("[body]", fields::<BodyDef>()),
        ("recalculate", fields::<RecalculateDef>()),
        ("[[drug]]", fields::<DrugDef>()),
        ("days", fields::<RunDef>()),
        ("by_cycle", fields::<ByCycleDef>()),
        ("table", fields::<DoseRowDef>()),
        ("hours", fields::<HoursDef>()),
        ("cycles", fields::<CycleSpanDef>()),
        ("over", fields::<OverDef>()),
        ("gfr", fields::<GfrDef>()),
        ("cap", fields::<CapRowDef>()),
        ("maximum", fields::<MaximumDef>()),
        ("round", fields::<RoundDef>()),
        ("bands", fields::<BandDef>()),
        ("reduce", fields::<ReduceDef>()),
        ("a step of reduce", fields::<StepDef>()),
        ("start", fields::<StartDef>()),
        ("when", fields::<ConditionDef>()),
        ("a range", fields::<RangeDef>()),
        ("loading", fields::<LoadingDef>()),
        ("ends", fields::<EndsDef>()),
        ("[[phase]]", fields::<PhaseDef>()),
        ("begins", fields::<BeginsDef>()),
        ("[eligibility]", fields::<EligibilityDef>()),
        ("[[criterion]]", fields::<CriterionDef>()),
        ("[[rule]]", fields::<RuleDef>()),
        ("rows", fields::<RuleRowDef>()),
        ("[[assessment]]", fields::<AssessmentDef>()),
        ("[[cohort]]", fields::<CohortDef>()),
        ("by_cohort", fields::<CohortDoseDef>()),
        ("[[lifetime]]", fields::<LifetimeDef>()),
        ("lower", fields::<LowerDef>()),
        ("ramp", fields::<RampDef>()),
        ("decay", fields::<DecayDef>()),
        ("dilute", fields::<DiluteDef>()),
        ("[[source]]", fields::<SourceDef>()),
        ("[[example]]", fields::<ExampleDef>()),
        ("delayed", fields::<DelayedDef>()),
        ("subject", fields::<SubjectDef>()),
        ("expect", fields::<ExpectDef>()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::definition::Keys;

    fn alike<T: Keys + for<'de> Deserialize<'de>>() {
        assert_eq!(T::KEYS, fields::<T>());
    }

    #[test]
    fn the_lists_of_keys_are_what_the_reader_accepts() {
        alike::<RegimenDef>();
        alike::<CycleDef>();
        alike::<DefaultsDef>();
        alike::<BodyDef>();
        alike::<PhaseDef>();
        alike::<DrugDef>();
        alike::<EligibilityDef>();
        alike::<CriterionDef>();
        alike::<RuleDef>();
        alike::<LifetimeDef>();
        alike::<AssessmentDef>();
        assert!(tables().iter().all(|(_, keys)| !keys.is_empty()));
    }
}
