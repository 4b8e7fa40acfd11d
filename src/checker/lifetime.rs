//! R053.

rule! {
    /// A limit over a life that counts nothing, or does not say how.
    ///
    /// Published sets of equivalents differ up to threefold for one drug, so a sum over several drugs names its set. A limit that counts no drug of the regimen, or a lower limit that is not lower, is a slip.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[lifetime]]
    /// name = "topoisomerase inhibitors"
    /// counts = { irinotecan = "1", topotecan = "2" }
    /// limit = "550 mg/m2"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[lifetime]]
    /// name = "topoisomerase inhibitors"
    /// counts = { irinotecan = "1", topotecan = "2" }
    /// equivalence = "an example, 2026"
    /// limit = "550 mg/m2"
    /// source = "trial"
    /// ```
    LIFETIME, "lifetime", Block
}
