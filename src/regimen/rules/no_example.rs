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
    NO_EXAMPLE, "no-example", Block
}
