//! R021.

rule! {
    /// A drug given on several days or several times a day without its separately typed `cycle_total`.
    ///
    /// Daily doses written as totals, and "once" read for "twice", kill. The total is typed from the protocol and compared with dose × times × days.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1, 8]
    /// missed = "ask"
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
    TOTAL_MISSING, "cycle-total-missing", Block
}
