//! R015.

rule! {
    /// A day 0, where nothing names the event it stands for.
    ///
    /// Day 1 is the first treatment day and day -1 the day before it. A day 0 exists only around a named event (a transplant, an infusion of cells), which `day_zero` names.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = [0]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// day_zero = "infusion of cells"
    /// source = { trial = ["length", "count", "day_zero"], unverified = ["next", "window"] }
    ///
    /// [[drug]]
    /// days = [0]
    /// ```
    DAY_ZERO, "day-zero", Block
}
