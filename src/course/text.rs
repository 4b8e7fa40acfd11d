//! How figures and dates stand in a record: as text with their unit, so that no digit and no unit is
//! lost, read back by the same strict readers that read what people type.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::{self, Clock, Date, Time};
use crate::finding::Figure;
use crate::quantity::{
    Age, Amount, Creatinine, Decimal, Gfr, Height, ProtocolDose, Results, Sex, Weight, number::plain,
};
use crate::regimen::HalfDay;

use super::Part;

/// A value with one text form that reads back as itself.
pub trait Text: Sized {
    /// The text.
    fn write(&self) -> String;
    /// The value; the error is a sentence.
    fn read(text: &str) -> Result<Self, String>;
}

macro_rules! text {
    ($type:ty, $value:ident => $write:expr, $read:expr) => {
        impl Text for $type {
            fn write(&self) -> String {
                let $value = self;
                $write
            }
            fn read(text: &str) -> Result<Self, String> {
                $read(text).map_err(|error| error.to_string())
            }
        }
    };
}

text!(Clock, clock => clock.to_string(), Clock::read);
text!(Date, date => calendar::iso(*date), calendar::read);
text!(Time, time => calendar::hour(*time), calendar::read_hour);
text!(Decimal, value => plain(*value), Decimal::from_str_exact);
text!(Amount, amount => format!("{} {}", plain(amount.value), amount.unit), Amount::read);
text!(ProtocolDose, dose => format!("{} {}{}", plain(dose.value), dose.unit, dose.basis.suffix()), ProtocolDose::read);
text!(Height, height => Height::write(*height), Height::read);
text!(Weight, weight => Weight::write(*weight), Weight::read);
text!(Age, age => Age::write(*age), Age::read_corrected);
text!(Sex, sex => sex.written().to_owned(), Sex::read);
text!(Gfr, gfr => match gfr {
    Gfr::Absolute(value) => format!("{} mL/min", plain(*value)),
    Gfr::Indexed(value) => format!("{} mL/min/1.73m2", plain(*value)),
    Gfr::Measured(value, method) => format!("{} mL/min by {}", plain(*value), method.word()),
    Gfr::Dialysis => "dialysis".to_owned(),
}, Gfr::read);
text!(Creatinine, value => {
    let unit = match value.unit() {
        crate::quantity::lab::CreatinineUnit::MgPerDl => "mg/dL",
        crate::quantity::lab::CreatinineUnit::UmolPerL => "umol/L",
    };
    format!("{} {unit}", plain(value.value()))
}, Creatinine::read);
text!(Results, results => results.to_string(), Results::read);
text!(Part, part => part.to_string(), part);
text!(Figure, figure => match figure {
    Figure::Value(value) => plain(*value),
    Figure::Deviations(value) => format!("{} SD", plain(*value)),
}, figure);

fn figure(text: &str) -> Result<Figure, rust_decimal::Error> {
    match text.strip_suffix(" SD") {
        Some(deviations) => Decimal::from_str_exact(deviations).map(Figure::Deviations),
        None => Decimal::from_str_exact(text).map(Figure::Value),
    }
}

fn part(text: &str) -> Result<Part, String> {
    match text {
        "morning" => Ok(Part::Half(HalfDay::Morning)),
        "evening" => Ok(Part::Half(HalfDay::Evening)),
        again if again.starts_with("again ") => again
            .trim_start_matches("again ")
            .parse()
            .map(Part::Again)
            .map_err(|_| format!("\"{again}\" is not a repeated dose")),
        nth => nth.parse().map(Part::Nth).map_err(|_| {
            format!(
                "\"{}\" is not a part of a day; write morning, evening or a number",
                crate::quantity::number::shown(nth)
            )
        }),
    }
}

/// For `#[serde(with = "text")]`.
pub fn serialize<T: Text, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&value.write())
}

/// For `#[serde(with = "text")]`.
pub fn deserialize<'de, T: Text, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::read(&String::deserialize(from)?).map_err(D::Error::custom)
}

/// The same for what may be absent.
pub mod maybe {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer, Text};

    /// For `#[serde(with = "text::maybe")]`.
    #[expect(clippy::ref_option, reason = "the shape serde asks for")]
    pub fn serialize<T: Text, S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Text::write).serialize(to)
    }

    /// For `#[serde(with = "text::maybe")]`.
    pub fn deserialize<'de, T: Text, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| T::read(&text).map_err(D::Error::custom)).transpose()
    }
}
