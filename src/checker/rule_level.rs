//! R049.

rule! {
    /// A rule that lowers a dose level the drug does not have.
    ///
    /// "One level down" of a drug without reduced doses leads nowhere, on the day somebody needs it.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[rule]]
    /// event = "febrile neutropenia"
    /// drugs = ["study-drug"]
    /// rows = [{ do = "one level down" }]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["50 mg/m2"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    ///
    /// [[rule]]
    /// event = "febrile neutropenia"
    /// drugs = ["study-drug"]
    /// rows = [{ do = "one level down" }]
    /// source = "trial"
    /// ```
    RULE_LEVEL, "rule-level", Block
}
