//! R016.

rule! {
    /// A list of days that is empty, names a day twice, or a run that ends before it begins.
    ///
    /// Twice on one day is `times = "twice daily"`, or two entries with an id each.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1, 1]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1]
    /// ```
    DAY_LIST, "day-list", Block
}
