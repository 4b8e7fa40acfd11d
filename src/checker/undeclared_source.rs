//! R029.

rule! {
    /// A source without a `[[source]]` table. A name close to a declared one blocks: it is a misspelling.
    ///
    /// A reader must be able to go to the place and look.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// source = { paper = ["dose", "route", "days", "over"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round"] }
    /// ```
    UNDECLARED_SOURCE, "undeclared-source", Warn
}
