//! R022.

rule! {
    /// A `cycle_total` that is not dose × times × days.
    ///
    /// One of the figures is not what the protocol says; nothing is calculated until they agree.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1, 8]
    /// missed = "ask"
    /// cycle_total = "70 mg/m2"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1, 8]
    /// missed = "ask"
    /// cycle_total = "140 mg/m2"
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round", "missed"] }
    /// ```
    TOTAL_UNEQUAL, "cycle-total-unequal", Block
}
