//! R023.

rule! {
    /// Phases beside the tables of a regimen of one phase, or a first phase that says when it begins.
    ///
    /// With `[[phase]]`, every cycle and every drug belongs to one: `[phase.cycle]`, `[[phase.drug]]`. A regimen of one phase has none.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[phase]]
    /// id = "first"
    /// numbering = "continues"
    /// cycle = { length = "14 days", count = { planned = 2 }, next = "from actual day 1", window = "unknown", source = "trial" }
    /// drug = [{ name = "cisplatin", dose = "70 mg", route = "intravenous", over = "1 hour", days = [1], source = "trial" }]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// length = "14 days"
    /// ```
    PHASES, "phases", Block
}
