//! The table of limits, read once from the text that is part of the program.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use crate::finding::Severity;
use crate::quantity::{Decimal, number};

const TEXT: &str = include_str!("limits.toml");
static LIMITS: LazyLock<Result<Limits, String>> = LazyLock::new(|| read(TEXT));

/// Every limit, with the version and date of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The version of the table; a changed figure is another version.
    pub version: String,
    /// The day of that version.
    pub date: String,
    /// One row a quantity.
    #[serde(rename = "limit")]
    pub rows: Vec<Row>,
    /// One row a laboratory test and unit; `any` for every test.
    #[serde(rename = "laboratory")]
    pub laboratory: Vec<Row>,
    /// The same of the upper limits of normal that laboratories print.
    #[serde(rename = "upper_limit")]
    pub upper_limits: Vec<Row>,
    /// What a slip must lead to before it is named.
    #[serde(rename = "slip")]
    pub slips: Vec<SlipRow>,
    /// How fast a weight may change.
    pub weight_rate: WeightRate,
}

/// The limits of one quantity. `below` and `above` exclude the limit itself, `from` and `through` include it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // named by what they grade
pub struct Row {
    pub quantity: String,
    pub unit: String,
    #[serde(default, deserialize_with = "figure")]
    pub block_below: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub confirm_below: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub warn_below: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub note_below: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub note_above: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub warn_above: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub block_above: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub confirm_above: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub note_from: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub warn_from: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub block_through: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub block_from: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub confirm_from: Option<Decimal>,
    pub source: String,
}

/// The body a slip must lead to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SlipRow {
    pub code: String,
    /// Of an adult: the body-mass index of the figures as typed from which the slip is as likely.
    #[serde(default, deserialize_with = "figure")]
    pub typed_bmi: Option<Decimal>,
    /// Of a child: the deviations above which it is.
    #[serde(default, deserialize_with = "figure")]
    pub typed_deviations: Option<Decimal>,
    /// The weight typed is this many times the one on record, or (a lost digit) the other way round.
    #[serde(default, deserialize_with = "figure")]
    pub ratio_from: Option<Decimal>,
    #[serde(default, deserialize_with = "figure")]
    pub ratio_through: Option<Decimal>,
    #[serde(deserialize_with = "needed")]
    pub bmi_from: Decimal,
    #[serde(deserialize_with = "needed")]
    pub bmi_through: Decimal,
    /// Of a child: within so many standard deviations from the mean of its age.
    #[serde(deserialize_with = "needed")]
    pub deviations: Decimal,
    pub source: String,
}

/// `base + factor × ln(1 + months)`, at most `most`, in kg.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WeightRate {
    #[serde(deserialize_with = "needed")]
    pub base: Decimal,
    #[serde(deserialize_with = "needed")]
    pub factor: Decimal,
    #[serde(deserialize_with = "needed")]
    pub most: Decimal,
    pub source: String,
}

fn needed<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    // Deviations from a mean lie on both sides of nothing, which nobody types.
    let text = String::deserialize(from)?;
    let (sign, digits) =
        text.strip_prefix('-').map_or((Decimal::ONE, text.as_str()), |rest| (Decimal::NEGATIVE_ONE, rest));
    let figure = number::parse(digits).map_err(serde::de::Error::custom)?;
    figure.checked_mul(sign).ok_or_else(|| serde::de::Error::custom("a figure out of range"))
}

fn figure<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    needed(from).map(Some)
}

fn read(text: &str) -> Result<Limits, String> {
    toml::from_str(text).map_err(|fault| format!("the table of limits cannot be read: {}", fault.message()))
}

/// The table; the error is a fault of the program, and nothing is calculated with it.
pub fn limits() -> Result<&'static Limits, &'static str> {
    LIMITS.as_ref().map_err(String::as_str)
}

/// On which side of a limit a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
    /// At the limit or above.
    From,
    /// At the limit or below.
    Through,
}

/// How a figure stands to its limits: the limit it passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grade {
    pub(super) severity: Severity,
    pub(super) side: Side,
    pub(super) limit: Decimal,
    pub(super) unit: String,
}

impl Limits {
    /// The row of a quantity.
    pub fn row(&self, quantity: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.quantity == quantity)
    }

    /// The gravest limit the figure passes.
    pub(super) fn grade(&self, quantity: &str, value: Decimal) -> Option<Grade> {
        self.row(quantity)?.grade(value)
    }

    /// Whether nothing is calculated with the figure as it stands.
    pub(super) fn grave(&self, quantity: &str, value: Decimal) -> bool {
        self.grade(quantity, value).is_some_and(|grade| grade.severity <= Severity::Confirm)
    }

    /// Whether nobody is asked about the figure.
    pub(super) fn ordinary(&self, quantity: &str, value: Decimal) -> bool {
        self.grade(quantity, value).is_none_or(|grade| grade.severity == Severity::Note)
    }
}

impl Row {
    /// The gravest limit the figure passes.
    pub(super) fn grade(&self, value: Decimal) -> Option<Grade> {
        use Severity::{Block, Confirm, Note, Warn};
        let limits = [
            (Block, Side::Through, self.block_through),
            (Block, Side::Below, self.block_below),
            (Block, Side::Above, self.block_above),
            (Block, Side::From, self.block_from),
            (Confirm, Side::Below, self.confirm_below),
            (Confirm, Side::Above, self.confirm_above),
            (Confirm, Side::From, self.confirm_from),
            (Warn, Side::Below, self.warn_below),
            (Warn, Side::Above, self.warn_above),
            (Warn, Side::From, self.warn_from),
            (Note, Side::Below, self.note_below),
            (Note, Side::Above, self.note_above),
            (Note, Side::From, self.note_from),
        ];
        limits.into_iter().find_map(|(severity, side, limit)| {
            let limit = limit?;
            let passed = match side {
                Side::Below => value < limit,
                Side::Above => value > limit,
                Side::From => value >= limit,
                Side::Through => value <= limit,
            };
            passed.then(|| Grade { severity, side, limit, unit: self.unit.clone() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_every_row_says_where_it_comes_from() {
        let limits = read(TEXT).unwrap();
        let laboratory = limits.laboratory.iter().chain(&limits.upper_limits);
        for row in laboratory.clone() {
            assert!(crate::quantity::Measured::units().any(|unit| unit == row.unit), "{} {}", row.quantity, row.unit);
        }
        assert!(limits.rows.iter().chain(laboratory).all(|row| !row.source.is_empty()));
        assert!(limits.slips.iter().all(|row| !row.source.is_empty() && row.bmi_from < row.bmi_through));
    }

    #[test]
    fn the_limits_of_a_row_stand_in_order() {
        let limits = read(TEXT).unwrap();
        for row in limits.rows.iter().chain(&limits.laboratory).chain(&limits.upper_limits) {
            for chain in [
                [
                    row.block_below,
                    row.confirm_below,
                    row.warn_below,
                    row.note_below,
                    row.note_above,
                    row.warn_above,
                    row.confirm_above,
                    row.block_above,
                ]
                .as_slice(),
                &[row.note_from, row.warn_from, row.confirm_from, row.block_from],
            ] {
                let stated: Vec<Decimal> = chain.iter().flatten().copied().collect();
                assert!(stated.is_sorted_by(|a, b| a < b), "{}", row.quantity);
            }
        }
    }

    #[test]
    fn a_misspelt_limit_is_refused() {
        let text = TEXT.replacen("warn_below", "warm_below", 1);
        assert!(read(&text).unwrap_err().contains("warm_below"));
    }
}
