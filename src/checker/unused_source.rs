//! R030.

rule! {
    /// A `[[source]]` that nothing comes from.
    ///
    /// Either a key lost its source, or the table is left over.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[source]]
    /// id = "trial"
    /// title = "A trial"
    ///
    /// [[source]]
    /// id = "label"
    /// title = "A label"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[source]]
    /// id = "trial"
    /// title = "A trial"
    /// ```
    UNUSED_SOURCE, "unused-source", Warn
}
