//! R017.

rule! {
    /// Days by cycle that leave a cycle out, or name one twice.
    ///
    /// A cycle in no row is a cycle in which nothing is planned, and nobody notices. The message names the cycles.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// # no days
    /// by_cycle = [{ from = 1, through = 2, days = [1] }, { from = 4, days = [8] }]
    /// source = { trial = ["dose", "route", "by_cycle", "over"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// # no days
    /// by_cycle = [{ from = 1, through = 3, days = [1] }, { from = 4, days = [8] }]
    /// source = { trial = ["dose", "route", "by_cycle", "over"], unverified = ["round"] }
    /// ```
    BY_CYCLE, "by-cycle-gap", Block
}
