//! R110.

rule! {
    /// A number that is not written in plain decimal digits.
    ///
    /// TOML reads `1_5` as 15, `0x0F` as 15 and `0b101` as 5. In a list of days `1_5` is the dash that was meant, and has been misread
    /// as such: a number is written in the digits 0 to 9, with a minus in front of a day before day 1.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// days = [1_0]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// days = [10]
    /// source = "trial"
    /// ```
    NUMBER_PLAIN, "number-not-plain", Block
}
