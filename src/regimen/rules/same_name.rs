//! R025.

rule! {
    /// Two drugs, phases or sources of one name.
    ///
    /// A drug given twice in a cycle (bolus and infusion) is two entries, each with an `id` of its own: events are kept by id.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[source]]
    /// id = "trial"
    ///
    /// [[source]]
    /// id = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[source]]
    /// id = "trial"
    /// ```
    SAME_NAME, "same-name", Block
}
