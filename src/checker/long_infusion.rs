//! R019.

rule! {
    /// An infusion over more than 24 hours with a plain `dose`, or a shorter one with `total` or `dose_per_day`.
    ///
    /// A plain dose over four days has been given each day. `total` is all of the infusion, `dose_per_day` each 24 hours of it; both are always shown.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// over = "46 hours"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// # no dose
    /// total = "2400 mg/m2"
    /// over = "46 hours"
    /// source = { trial = ["total", "route", "days", "over"], unverified = ["round"] }
    /// ```
    LONG_INFUSION, "long-infusion", Block
}
