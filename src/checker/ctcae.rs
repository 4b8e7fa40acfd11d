//! R048.

rule! {
    /// Grades without the version of the CTCAE.
    ///
    /// The same toxicity has another grade in another version, so a grade alone does not say when the rule applies. Where no source says which, `ctcae = "unknown"` says so.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[rule]]
    /// grade = "diarrhoea"
    /// drugs = "all"
    /// rows = [{ through = "grade 1", do = "treat" }, { from = "grade 2", do = "hold" }]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[rule]]
    /// grade = "diarrhoea"
    /// ctcae = "5.0"
    /// drugs = "all"
    /// rows = [{ through = "grade 1", do = "treat" }, { from = "grade 2", do = "hold" }]
    /// source = "trial"
    /// ```
    CTCAE, "ctcae-missing", Block
}
