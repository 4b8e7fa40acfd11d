//! R005.

rule! {
    /// A value of the wrong kind: a bare number where a figure with its unit belongs, a text where a list belongs.
    ///
    /// `70` alone can be mg, mg/m2 or mL. A table is never read from a list by the order of its parts.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose = 70
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2"
    /// ```
    WRONG_TYPE, "wrong-type", Block
}
