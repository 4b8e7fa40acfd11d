//! R033.

rule! {
    /// Keys that exclude each other, or a table that says none of its alternatives.
    ///
    /// Two ways to say one thing can contradict each other, if not today then after the next amendment.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [cycle]
    /// count = { up_to = 8, planned = 6 }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// count = { planned = 6 }
    /// ```
    ONE_OF, "one-of", Block
}
