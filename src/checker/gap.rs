//! R046.

rule! {
    /// A table of rules or doses with a value in no row.
    ///
    /// For that value nothing is said, and whoever looks it up takes the row above or below. The message names the value; a row with `do = "treat"` says that nothing follows.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[rule]]
    /// test = "neutrophils"
    /// drugs = "all"
    /// rows = [{ from = "1.5 10^9/L", do = "treat" }, { below = "1 10^9/L", do = "hold" }]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[rule]]
    /// test = "neutrophils"
    /// drugs = "all"
    /// rows = [{ from = "1.5 10^9/L", do = "treat" }, { below = "1.5 10^9/L", do = "hold" }]
    /// source = "trial"
    /// ```
    GAP, "table-gap", Block
}
