//! R031.

rule! {
    /// A source, or a conflict, of a key that the table does not have.
    ///
    /// The key was renamed or deleted, or its name is misspelt: then the figure has no source.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days", "over", "vial"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round"] }
    /// ```
    SOURCE_OF_NOTHING, "source-of-nothing", Block
}
