//! R004.

rule! {
    /// A key that the format does not have.
    ///
    /// A misspelt key would otherwise be a rule that nobody applies. The message says which key was probably meant, and in which table a key of that name belongs.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [cycle]
    /// lenght = "14 days"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// length = "14 days"
    /// ```
    UNKNOWN_KEY, "unknown-key", Block
}
