//! R032.

rule! {
    /// A file without a worked example.
    ///
    /// The file tests itself: an `[[example]]` gives a subject and the doses and dates somebody worked out by hand. `regimen new` never fills in expected values, because a program that checks itself against itself checks nothing.
    ///
    /// # Bad
    ///
    /// ```toml
    /// # no [[example]]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[example]]
    /// subject = { height = "170 cm", weight = "65 kg" }
    /// start = 2026-12-07
    /// expect = [{ cycle = 1, day = 1, date = 2026-12-07, drug = "study-drug", dose = "123 mg" }]
    /// ```
    NO_EXAMPLE, "no-example", Block
}
