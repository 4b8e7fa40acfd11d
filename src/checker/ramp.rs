//! R054.

rule! {
    /// Steps that do not lead up to the full dose.
    ///
    /// Step-up doses rise, and the full dose is above the last of them: steps out of order give the full dose to somebody who has not had the first one.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// ramp = [{ dose = "30 mg/m2", lasts = "1 dose" }, { dose = "10 mg/m2", lasts = "1 dose" }]
    /// source = { trial = ["dose", "route", "days", "over", "ramp"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// ramp = [{ dose = "10 mg/m2", lasts = "1 dose" }, { dose = "30 mg/m2", lasts = "1 dose" }]
    /// source = { trial = ["dose", "route", "days", "over", "ramp"], unverified = ["round"] }
    /// ```
    RAMP, "ramp-does-not-rise", Block
}
