//! R034.

rule! {
    /// A figure that makes no sense: no cycles, a dose of nothing, a range that ends before it begins.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [cycle]
    /// count = { planned = 0 }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// count = { planned = 6 }
    /// ```
    BOUNDS, "no-sense", Block
}
