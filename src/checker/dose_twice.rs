//! R018.

rule! {
    /// A dose said in two ways: `dose`, `total` and `dose_per_day` exclude each other.
    ///
    /// The total of a course given as the dose of a day is the classic fatal error; two figures side by side invite it.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose_per_day = "70 mg/m2"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70 mg/m2"
    /// ```
    DOSE_TWICE, "dose-twice", Block
}
