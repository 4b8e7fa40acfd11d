//! R047.

rule! {
    /// A table of rules or doses with a value in two rows.
    ///
    /// Two rows for one value say two things. As a rule the boundary itself stands in both: `from` takes its figure in, `below` and `above` leave it out.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[rule]]
    /// test = "platelets"
    /// drugs = "all"
    /// rows = [{ from = "75 10^9/L", do = "treat" }, { through = "75 10^9/L", do = "delay" }]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[rule]]
    /// test = "platelets"
    /// drugs = "all"
    /// rows = [{ from = "75 10^9/L", do = "treat" }, { below = "75 10^9/L", do = "delay" }]
    /// source = "trial"
    /// ```
    OVERLAP, "table-overlap", Block
}
