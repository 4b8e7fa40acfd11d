//! R036.

rule! {
    /// A reduced dose as a percentage, which does not say of what.
    ///
    /// 80 % twice is 64 % to some and 60 % of the start to others. A ladder names doses; `start` with `percent` is of the capped dose.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["80 %"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["56 mg/m2"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    /// ```
    PERCENT, "percent-of-what", Block
}
