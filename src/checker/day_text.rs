//! R013.

rule! {
    /// Days written as text, such as `"1-8"`.
    ///
    /// A dash has been read as "through" (eight days) and as "and" (two days); patients have died of four days' dose given on each of four days. Days are lists of whole numbers, or a run that says `through`.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = "1-8"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1, 8]
    /// missed = "ask"
    /// cycle_total = "140 mg/m2"
    /// source = { trial = ["dose", "route", "days", "over"], unverified = ["round", "missed"] }
    /// ```
    DAY_TEXT, "days-as-text", Block
}
