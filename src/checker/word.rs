//! R012.

rule! {
    /// A word that means nothing in this place.
    ///
    /// Where the format knows a few words only, each of them decides something; a misspelt one would decide nothing.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [cycle]
    /// next = "from day 1"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// next = "from actual day 1"
    /// ```
    WORD, "unknown-word", Block
}
