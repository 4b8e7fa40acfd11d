//! Laboratory results and upper limits of normal.

use super::super::codes as c;
use super::super::limits::Grade;
use super::{p, words};
use crate::finding::{Code, Field, Finding};
use crate::quantity::{Decimal, Measured, number};

/// A laboratory figure: a result, or an upper limit of normal.
pub(in crate::plausibility) struct LabFigure<'a> {
    pub test: &'a str,
    pub measured: &'a Measured,
    /// The same in the unit of the limit, where that is another.
    pub in_row: Option<(Decimal, &'a str)>,
    pub upper_limit: bool,
}

impl LabFigure<'_> {
    fn finding(&self, code: Code, grade: &Grade, more: &str) -> Finding {
        let (what, field) = if self.upper_limit {
            ("The upper limit of normal of", Field::UpperLimit)
        } else {
            ("The result", Field::Lab)
        };
        let figure = match self.in_row {
            Some((value, unit)) => format!("{} ({} {unit})", self.measured, p(value)),
            None => self.measured.to_string(),
        };
        let text = format!("{what} {} {figure} is {}.{more}", number::shown(self.test), words(grade));
        Finding::new(grade.severity, code, text).field(field)
    }

    /// The same digits in another unit are a result like any other.
    pub(in crate::plausibility) fn other_unit(&self, meant: &Measured, grade: &Grade) -> Finding {
        let here = meant.in_unit(self.measured.unit);
        let here = here.map_or_else(String::new, |here| format!(" {meant} is {} {}.", p(here), self.measured.unit));
        let plain = format!("{} {} {}", self.test, number::plain(meant.value), meant.unit);
        self.finding(c::LAB_UNIT, grade, &format!(" Is it {}?{here}", meant.unit))
            .help(format!("type it again with the unit of the report, such as \"{plain}\""))
    }

    /// `meant` is a likelier figure, with the decimal point elsewhere.
    pub(in crate::plausibility) fn beyond(&self, meant: Option<&Measured>, grade: &Grade) -> Finding {
        let more = meant.map_or_else(String::new, |meant| format!(" Was {meant} meant?"));
        self.finding(c::LAB_RANGE, grade, &more)
            .help("compare the figure and its unit with the report, and type it again")
    }
}
