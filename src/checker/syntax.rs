//! R003.

rule! {
    /// The text is no TOML.
    ///
    /// A quote, bracket or comma is missing. Each block between two headers is read alone, so that one such fault hides nothing in the others.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2"
    /// ```
    SYNTAX, "syntax", Block
}
