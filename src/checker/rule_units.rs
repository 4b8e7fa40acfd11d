//! R050.

rule! {
    /// A rule whose figures are in units that do not convert.
    ///
    /// Rows in units that cannot be compared cover nothing that can be shown: one of them would never apply.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[rule]]
    /// test = "bilirubin"
    /// drugs = "all"
    /// rows = [{ through = "1.5 x ULN", do = "treat" }, { above = "26 umol/L", do = "hold" }]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[rule]]
    /// test = "bilirubin"
    /// drugs = "all"
    /// rows = [{ through = "1.5 x ULN", do = "treat" }, { above = "1.5 x ULN", do = "hold" }]
    /// source = "trial"
    /// ```
    RULE_UNITS, "rule-units", Block
}
