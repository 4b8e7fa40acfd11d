//! R035.

rule! {
    /// Dose bands that do not rise.
    ///
    /// A band ends where the next begins; out of order, a dose would fall into the wrong one.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// round = { bands = [{ from = "100 mg", give = "110 mg" }, { from = "90 mg", give = "120 mg" }] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// round = { bands = [{ from = "90 mg", give = "100 mg" }, { from = "110 mg", give = "120 mg" }] }
    /// ```
    BANDS, "bands", Block
}
