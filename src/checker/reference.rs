//! R024.

rule! {
    /// A name that nothing in the file has: a drug after which another is given, an earlier phase, a drug an example expects.
    ///
    /// A premedication for a misspelt drug would be planned for nobody.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// after = "irinotecam"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "irinotecan"
    /// ```
    REFERENCE, "unknown-name", Block
}
