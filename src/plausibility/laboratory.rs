//! Laboratory results and upper limits of normal: a figure nobody has, and the unit it was meant in.
//!
//! A test is known by its name ([`crate::quantity::names`]) and its unit; of any other nothing is said. What is named is the
//! slip that explains the figure: the same digits in another unit of the test are a result like any other.
//!
//! ```
//! use posology::{plausibility, quantity::Measured};
//! let told = plausibility::result("PLT", &Measured::read("100000 10^9/L").unwrap()).unwrap();
//! assert!(told.text.ends_with("Is it /mm3? 100,000 /mm3 is 100 10^9/L."), "{}", told.text);
//! assert!(plausibility::result("platelets", &Measured::read("100000 /mm3").unwrap()).is_none());
//! ```

use super::findings::LabFigure;
use super::limits::{Grade, Row, limits};
use crate::finding::{Finding, Severity};
use crate::quantity::names::is_same;
use crate::quantity::{Decimal, Measured, decimal};

/// A result that blocks or asks; nothing of one that is like any other.
pub fn result(test: &str, result: &Measured) -> Option<Finding> {
    let limits = limits();
    Looked { test, upper_limit: false, rows: rows(limits.laboratory, test) }.finding(result)
}

/// The same of an upper limit of normal.
pub fn upper_limit(test: &str, limit: &Measured) -> Option<Finding> {
    let rows = limits().upper_limits.iter().filter(|row| is_same(row.quantity, test)).collect();
    Looked { test, upper_limit: true, rows }.finding(limit)
}

/// The rows of a test.
fn rows<'l>(table: &'l [Row], test: &str) -> Vec<&'l Row> {
    let own = table.iter().filter(|row| is_same(row.quantity, test));
    own.chain(table.iter().filter(|row| row.quantity == "any")).collect()
}

/// What a figure is compared with.
struct Looked<'l> {
    test: &'l str,
    upper_limit: bool,
    rows: Vec<&'l Row>,
}

impl Looked<'_> {
    fn finding(&self, measured: &Measured) -> Option<Finding> {
        let (row, grade) = self.grade(measured)?;
        let in_row = measured.in_unit(row.unit).filter(|_| row.unit != measured.unit);
        let in_row = in_row.map(|value| (value, row.unit));
        let figure = LabFigure { test: self.test, measured, in_row, upper_limit: self.upper_limit };
        Some(match self.other_unit(measured) {
            Some(meant) => figure.other_unit(&meant, &grade),
            None => figure.beyond(self.other_scale(measured).as_ref(), &grade),
        })
    }

    /// What blocks or asks of a figure, by the row in whose unit it can be given. A count of zero is a count.
    fn grade(&self, measured: &Measured) -> Option<(&Row, Grade)> {
        let row = self.rows.iter().find(|row| measured.in_unit(row.unit).is_some())?;
        let grade = row.grade(measured.in_unit(row.unit)?)?;
        let asks = match grade.severity {
            Severity::Block | Severity::Confirm => true,
            Severity::Warn => !measured.value.is_zero(),
            Severity::Note => false,
        };
        asks.then_some((row, grade))
    }

    fn is_ordinary(&self, measured: &Measured) -> bool {
        let known = self.rows.iter().any(|row| measured.in_unit(row.unit).is_some());
        known && !measured.value.is_zero() && self.grade(measured).is_none()
    }

    /// The same digits in another unit, where that is a result like any other. A multiple of the upper limit is a guess
    /// for those tests alone that have one.
    fn other_unit(&self, measured: &Measured) -> Option<Measured> {
        let multiples = limits().upper_limits.iter().any(|row| is_same(row.quantity, self.test));
        let units = Measured::units().filter(|unit| *unit != measured.unit);
        let units = units.filter(|unit| multiples || *unit != crate::quantity::measured::ULN);
        units.map(|unit| Measured { value: measured.value, unit }).find(|meant| self.is_ordinary(meant))
    }

    /// The same digits with the decimal point elsewhere.
    fn other_scale(&self, measured: &Measured) -> Option<Measured> {
        let scales = [Decimal::TEN, Decimal::ONE_HUNDRED, Decimal::ONE_THOUSAND];
        let shifted = scales.into_iter().flat_map(|by| {
            [decimal::over(measured.value, by), decimal::times(measured.value, by)].into_iter().flatten()
        });
        shifted
            .map(|value| Measured { value: value.normalize(), unit: measured.unit })
            .find(|meant| self.is_ordinary(meant))
    }
}
