//! A range of figures.

use crate::quantity::Decimal;

/// A range of plain figures in the unit of what it limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// Lowest, included.
    pub from: Option<Decimal>,
    /// Highest, included.
    pub through: Option<Decimal>,
    /// Upper end, excluded.
    pub below: Option<Decimal>,
    /// Lower end, excluded.
    pub above: Option<Decimal>,
}

impl Range {
    /// The ages of adults, in years.
    pub const ADULTS: Self =
        Self { from: Some(Decimal::from_parts(18, 0, 0, false, 0)), through: None, below: None, above: None };

    /// Whether the figure lies in the range.
    pub fn holds(self, value: Decimal) -> bool {
        self.from.is_none_or(|from| value >= from)
            && self.through.is_none_or(|through| value <= through)
            && self.below.is_none_or(|below| value < below)
            && self.above.is_none_or(|above| value > above)
    }

    /// The lower end, and whether it is left out.
    fn lower(self) -> Option<(Decimal, bool)> {
        self.from.map(|from| (from, false)).or(self.above.map(|above| (above, true)))
    }

    /// The upper end, and whether it is left out.
    fn upper(self) -> Option<(Decimal, bool)> {
        self.through.map(|through| (through, false)).or(self.below.map(|below| (below, true)))
    }

    /// Whether every figure of the other lies in this one.
    pub fn covers(self, other: Range) -> bool {
        let low = self.lower().is_none_or(|low| other.lower().is_some_and(|other| other >= low));
        let high = self.upper().is_none_or(|(high, open)| {
            other.upper().is_some_and(|(other, ends)| other < high || (other == high && (ends || !open)))
        });
        low && high
    }

    /// What lies in both.
    #[must_use]
    pub fn and(self, other: Range) -> Range {
        let low = self.lower().max(other.lower());
        let high = match (self.upper(), other.upper()) {
            (Some((one, ends)), Some((two, _))) if one < two || (one == two && ends) => Some((one, ends)),
            (one, two) => two.or(one),
        };
        let end = |end: Option<(Decimal, bool)>, open: bool| end.filter(|(_, is)| *is == open).map(|(value, _)| value);
        Range { from: end(low, false), above: end(low, true), through: end(high, false), below: end(high, true) }
    }

    /// Whether a figure lies in both.
    ///
    /// ```
    /// # use posology::quantity::Decimal;
    /// # use posology::regimen::Range;
    /// let low = Range { below: Some(Decimal::TEN), ..Range::default() };
    /// let from = Range { from: Some(Decimal::TEN), ..Range::default() };
    /// let above = Range { above: Some(Decimal::ONE), ..Range::default() };
    /// assert_eq!((low.meets(from), low.meets(above), above.covers(from)), (false, true, true));
    /// ```
    pub fn meets(self, other: Range) -> bool {
        let low = self.lower().max(other.lower());
        let ends = |range: Range| {
            low.zip(range.upper())
                .is_none_or(|((low, open), (high, ends))| low < high || (low == high && !open && !ends))
        };
        ends(self) && ends(other)
    }

    /// `18 through 75 years`, `50 mL/min or more`, `above 5 through 20 x ULN`, `below 30 kg`.
    pub fn words(self, unit: &str) -> String {
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let figure = crate::quantity::number::print;
        let lower = self.from.map(figure).or(self.above.map(|above| format!("above {}", figure(above))));
        let only = self.from.is_some() && self.above.is_none();
        match (lower, self.through.map(figure), self.below.map(figure)) {
            (Some(lower), Some(_), _) if self.from == self.through => format!("{lower}{unit}"),
            (Some(lower), Some(through), _) => format!("{lower} through {through}{unit}"),
            (Some(lower), None, Some(below)) => format!("{lower} to below {below}{unit}"),
            (Some(lower), None, None) if only => format!("{lower}{unit} or more"),
            (Some(lower), None, None) => format!("{lower}{unit}"),
            (None, Some(through), _) => format!("{through}{unit} or less"),
            (None, None, Some(below)) => format!("below {below}{unit}"),
            (None, None, None) => "none".to_owned(),
        }
    }
}
