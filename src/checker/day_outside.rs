//! R014.

rule! {
    /// A day outside the cycle.
    ///
    /// Day 22 of a cycle of 21 days is day 1 of the next one: either the day or the length is wrong.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = [22]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// days = [14]
    /// ```
    DAY_OUTSIDE, "day-outside-cycle", Block
}
