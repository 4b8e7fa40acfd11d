//! R028.

rule! {
    /// A key that stands under two sources.
    ///
    /// One of them says it. Where sources disagree, keep the one that is followed and say so under `conflict`.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round", "over"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round"] }
    /// ```
    TWO_SOURCES, "two-sources", Block
}
