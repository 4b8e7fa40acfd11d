//! R090.

rule! {
    /// A worked example that does not come out: another dose, another date, another number of administrations.
    ///
    /// Somebody worked the case out by hand, and the file means something else. One of the two is wrong; until they agree nothing is calculated from the file.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[example]]
    /// expect = [{ cycle = 6, day = 1, date = 2027-02-15, drug = "study-drug", dose = "122 mg" }]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[example]]
    /// expect = [{ cycle = 6, day = 1, date = 2027-02-15, drug = "study-drug", dose = "123 mg" }]
    /// ```
    EXAMPLE, "example-fails", Block
}
