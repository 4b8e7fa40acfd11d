//! R010.

rule! {
    /// A key that must be there. Nothing clinical has a default.
    ///
    /// A body-surface formula, a rounding rule, a route, what a delay does: programs that assume one of them silently differ by a vial or a week. Where no source says it, write `"unknown"`; where the site decides, `"site"`.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [body]
    /// # no bsa
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [body]
    /// bsa = "mosteller"
    /// ```
    MISSING, "missing-key", Block
}
