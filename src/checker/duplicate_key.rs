//! R006.

rule! {
    /// A key or a table that stands twice.
    ///
    /// Which of two doses counts must not depend on the program that reads them.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2"
    /// dose = "60 mg/m2"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2"
    /// ```
    DUPLICATE_KEY, "duplicate-key", Block
}
