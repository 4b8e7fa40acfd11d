//! R007.

rule! {
    /// The file says a version of the format that this program does not read.
    ///
    /// A newer format may give a key another meaning, so nothing is guessed.
    ///
    /// # Bad
    ///
    /// ```toml
    /// format = 2
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// format = 1
    /// ```
    FORMAT, "format-version", Block
}
