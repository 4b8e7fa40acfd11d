//! The table of limits, `limits.toml`: the build made it part of the program, and a misspelt limit does not compile.

use crate::finding::Severity;
use crate::quantity::Decimal;

include!(concat!(env!("OUT_DIR"), "/limits.rs"));

/// Every limit, with the version and date of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The version of the table; a changed figure is another version.
    pub version: &'static str,
    /// The day of that version.
    pub date: &'static str,
    /// One row a quantity.
    pub rows: &'static [Row],
    /// One row a laboratory test and unit; `any` for every test.
    pub laboratory: &'static [Row],
    /// The same of the upper limits of normal that laboratories print.
    pub upper_limits: &'static [Row],
    /// What a slip must lead to before it is named.
    pub slips: &'static [SlipRow],
    /// How fast a weight may change.
    pub weight_rate: WeightRate,
}

/// The limits of one quantity. `below` and `above` exclude the limit itself, `from` and `through` include it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // named by what they grade
pub struct Row {
    pub quantity: &'static str,
    pub unit: &'static str,
    pub block_below: Option<Decimal>,
    pub confirm_below: Option<Decimal>,
    pub warn_below: Option<Decimal>,
    pub note_below: Option<Decimal>,
    pub note_above: Option<Decimal>,
    pub warn_above: Option<Decimal>,
    pub block_above: Option<Decimal>,
    pub confirm_above: Option<Decimal>,
    pub note_from: Option<Decimal>,
    pub warn_from: Option<Decimal>,
    pub block_through: Option<Decimal>,
    pub block_from: Option<Decimal>,
    pub confirm_from: Option<Decimal>,
    pub source: &'static str,
}

/// The body a slip must lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SlipRow {
    pub code: &'static str,
    /// Of an adult: the body-mass index of the figures as typed from which the slip is as likely.
    pub typed_bmi: Option<Decimal>,
    /// Of a child: the deviations above which it is.
    pub typed_deviations: Option<Decimal>,
    /// The weight typed is this many times the one on record, or (a lost digit) the other way round.
    pub ratio_from: Option<Decimal>,
    pub ratio_through: Option<Decimal>,
    pub bmi_from: Decimal,
    pub bmi_through: Decimal,
    /// Of a child: within so many standard deviations from the mean of its age.
    pub deviations: Decimal,
    pub source: &'static str,
}

/// `base + factor × ln(1 + months)`, at most `most`, in kg.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct WeightRate {
    pub base: Decimal,
    pub factor: Decimal,
    pub most: Decimal,
    pub source: &'static str,
}

impl Row {
    const NONE: Row = Row {
        quantity: "",
        unit: "",
        block_below: None,
        confirm_below: None,
        warn_below: None,
        note_below: None,
        note_above: None,
        warn_above: None,
        block_above: None,
        confirm_above: None,
        note_from: None,
        warn_from: None,
        block_through: None,
        block_from: None,
        confirm_from: None,
        source: "",
    };
}

impl SlipRow {
    const NONE: SlipRow = SlipRow {
        code: "",
        typed_bmi: None,
        typed_deviations: None,
        ratio_from: None,
        ratio_through: None,
        bmi_from: Decimal::ZERO,
        bmi_through: Decimal::ZERO,
        deviations: Decimal::ZERO,
        source: "",
    };
}

/// The table.
pub fn limits() -> &'static Limits {
    &LIMITS
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grade {
    pub(super) severity: Severity,
    pub(super) side: Side,
    pub(super) limit: Decimal,
    pub(super) unit: &'static str,
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
            passed.then_some(Grade { severity, side, limit, unit: self.unit })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_every_row_says_where_it_comes_from() {
        let limits = limits();
        let laboratory = limits.laboratory.iter().chain(limits.upper_limits);
        for row in laboratory.clone() {
            assert!(crate::quantity::Measured::units().any(|unit| unit == row.unit), "{} {}", row.quantity, row.unit);
        }
        assert!(limits.rows.iter().chain(laboratory).all(|row| !row.source.is_empty()));
        assert!(limits.slips.iter().all(|row| !row.source.is_empty() && row.bmi_from < row.bmi_through));
    }

    #[test]
    fn the_limits_of_a_row_stand_in_order() {
        let limits = limits();
        for row in limits.rows.iter().chain(limits.laboratory).chain(limits.upper_limits) {
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

    /// Read from the text by another way than the build takes.
    #[test]
    fn every_figure_of_the_text_is_in_the_table() {
        let text: toml::Table = toml::from_str(include_str!("limits.toml")).unwrap();
        let figures = |key: &str| -> Vec<(String, String)> {
            let rows = text[key].as_array().unwrap().iter().flat_map(|row| row.as_table().unwrap());
            let figure = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            rows.filter(|(name, value)| !["source", "unit"].contains(&name.as_str()) && figure(value.as_str().unwrap()))
                .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                .collect()
        };
        let of = |rows: &[Row]| format!("{rows:?}");
        let limits = limits();
        for (key, printed) in [
            ("limit", of(limits.rows)),
            ("laboratory", of(limits.laboratory)),
            ("upper_limit", of(limits.upper_limits)),
            ("slip", format!("{:?}", limits.slips)),
        ] {
            for (name, figure) in figures(key) {
                let (bare, optional) = (format!("{name}: {figure}"), format!("{name}: Some({figure})"));
                assert!(printed.contains(&bare) || printed.contains(&optional), "{key} {name} {figure}");
            }
        }
    }
}
