//! R011.

rule! {
    /// A figure that cannot be read, or read in two ways: without a unit, with a comma, with an abbreviation that has been misread.
    ///
    /// `U` has been read as a zero, `µg` as mg, `1,5` as fifteen (ISMP list of error-prone abbreviations).
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2"
    /// ```
    QUANTITY, "unreadable-figure", Block
}
