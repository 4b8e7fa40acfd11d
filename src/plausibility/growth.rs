//! How a child's figure stands to others of its age and sex: modified z-scores on the CDC growth charts of 2000, below two
//! years the body-mass index on the WHO standards of 2006 (`growth.csv`).
//!
//! A figure X has z = ((X ÷ M)^L − 1) ÷ (L × S). Far out that formula squeezes what is meant to be told apart, so CDC looks for
//! outliers with the *modified* score: the distance from M in units of half the distance between M and the figure at z = ±2 on
//! that side (CDC, "Cut-offs to define outliers in the 2000 CDC growth charts"). The references find slips; they judge no child.

use crate::quantity::{Decimal, Sex, decimal, number};

include!(concat!(env!("OUT_DIR"), "/growth.rs"));

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Height,
    Weight,
    Bmi,
}

impl Measure {
    /// Its row in the table of limits.
    pub(super) fn limits(self) -> &'static str {
        match self {
            Measure::Height => "height-for-age",
            Measure::Weight => "weight-for-age",
            Measure::Bmi => "bmi-for-age",
        }
    }
}

/// L, M and S of a measure at an age.
struct Row {
    measure: Measure,
    sex: Sex,
    months: Decimal,
    lms: [Decimal; 3],
}

/// L, M and S between the two months around an age; `None` outside the reference.
fn lms(measure: Measure, sex: Sex, months: Decimal) -> Option<[Decimal; 3]> {
    let rows = ROWS.iter().filter(|row| row.measure == measure && row.sex == sex);
    let (mut before, mut after): (Option<&Row>, Option<&Row>) = (None, None);
    for row in rows {
        if row.months <= months && before.is_none_or(|known| known.months < row.months) {
            before = Some(row);
        }
        if row.months >= months && after.is_none_or(|known| known.months > row.months) {
            after = Some(row);
        }
    }
    let (before, after) = (before?, after?);
    let between = after.months.checked_sub(before.months)?;
    if between.is_zero() {
        return Some(after.lms);
    }
    let share = months.checked_sub(before.months)?.checked_div(between)?;
    let mut lms = [Decimal::ZERO; 3];
    for ((value, low), high) in lms.iter_mut().zip(before.lms).zip(after.lms) {
        *value = low.checked_add(high.checked_sub(low)?.checked_mul(share)?)?;
    }
    Some(lms)
}

/// The figure at a z-score: `M × (1 + L × S × z)^(1 ÷ L)`.
fn at([l, m, s]: [Decimal; 3], z: Decimal) -> Option<Decimal> {
    let base = l.checked_mul(s)?.checked_mul(z)?.checked_add(Decimal::ONE)?;
    decimal::pow(base, decimal::over(Decimal::ONE, l)?)?.checked_mul(m)
}

/// The modified z-score to two places; `None` where no reference covers the age.
pub(super) fn z(measure: Measure, sex: Sex, months: Decimal, value: Decimal) -> Option<Decimal> {
    let lms = lms(measure, sex, months)?;
    let [_, mean, _] = lms;
    let two = if value < mean { Decimal::NEGATIVE_ONE.checked_mul(Decimal::TWO)? } else { Decimal::TWO };
    let half = decimal::over(at(lms, two)?.checked_sub(mean)?.abs(), Decimal::TWO)?;
    Some(decimal::half_up(decimal::over(value.checked_sub(mean)?, half)?, 2))
}

/// The score nearest to the mean that the figure may have, for an age between two ends and a sex that may not be known: who
/// is ordinary for any of them is not asked.
pub(super) fn nearest(
    measure: Measure,
    sex: Option<Sex>,
    (from, to): (Decimal, Decimal),
    value: Decimal,
) -> Option<Decimal> {
    let sexes = [Sex::Female, Sex::Male].into_iter().filter(|one| sex.is_none_or(|sex| sex == *one));
    let all = sexes.flat_map(|sex| [from, to].into_iter().filter_map(move |months| z(measure, sex, months, value)));
    let all: Vec<Decimal> = all.collect();
    let (least, most) = (all.iter().min()?, all.iter().max()?);
    // Between two ends lies every score between theirs.
    if least.is_sign_negative() != most.is_sign_negative() {
        return Some(Decimal::ZERO);
    }
    Some(if least.abs() < most.abs() { *least } else { *most })
}

/// `+2.1`, as deviations are written.
pub(super) fn shown(z: Decimal) -> String {
    let z = decimal::half_up(z, 1);
    if z.is_sign_negative() { number::print(z) } else { format!("+{}", number::print(z)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(measure: Measure, sex: Sex, months: i64, value: &str) -> String {
        z(measure, sex, Decimal::from(months), Decimal::from_str_exact(value).unwrap()).unwrap().to_string()
    }

    #[test]
    fn every_row_reads_and_the_mean_is_nothing() {
        assert_eq!(ROWS.len(), include_str!("growth.csv").lines().count() - 1);
        assert_eq!(of(Measure::Height, Sex::Male, 0, "49.98888408"), "0");
        assert_eq!(of(Measure::Bmi, Sex::Female, 0, "13.3363"), "0");
        assert!(z(Measure::Height, Sex::Male, Decimal::from(241), Decimal::from(180)).is_none());
    }

    /// Worked in Python from the printed L, M and S, independently of the code.
    #[test]
    fn modified_scores_are_those_of_the_printed_tables() {
        for (measure, sex, months, value, expected) in [
            (Measure::Height, Sex::Male, 36, "95", "0.01"),
            (Measure::Height, Sex::Male, 60, "43", "-14.06"),
            (Measure::Weight, Sex::Female, 12, "25", "13.41"),
            (Measure::Weight, Sex::Male, 47, "14", "-1.32"),
            (Measure::Bmi, Sex::Female, 18, "39.0625", "14.96"),
            (Measure::Bmi, Sex::Male, 96, "34.18", "6.02"),
            (Measure::Bmi, Sex::Male, 96, "15.5", "-0.23"),
            (Measure::Bmi, Sex::Male, 120, "39.6746", "5.75"),
        ] {
            assert_eq!(of(measure, sex, months, value), expected, "{measure:?} {months} {value}");
        }
    }

    #[test]
    fn who_is_ordinary_for_any_of_the_ages_is_ordinary() {
        let ages = (Decimal::from(0), Decimal::from(12));
        assert_eq!(nearest(Measure::Height, None, ages, Decimal::from(60)), Some(Decimal::ZERO));
        assert!(nearest(Measure::Height, None, ages, Decimal::from(100)).unwrap() > Decimal::from(5));
    }
}
