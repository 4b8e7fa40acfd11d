//! R027.

rule! {
    /// A figure of which the file does not say where it comes from.
    ///
    /// Each key stands under one source, or under `unverified`, where its figure is shown and marked. Names, order and checks (`id`, `name`, `also`, `formulation`, `product`, `role`, `given`, `for`, `before`, `after`, `with`, `starts`, `cycle_total`, `note`) need none, nor does a key that is `"unknown"` or `"site"`.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round"] }
    /// ```
    NO_SOURCE, "no-source", Block
}
