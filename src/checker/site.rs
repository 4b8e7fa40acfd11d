//! R026.

rule! {
    /// A value that the regimen leaves to the site, and that the site file does not say.
    ///
    /// `"site"` stands where the protocol says "per institutional practice". The site's word is printed and hashed with the plan; without it, nothing is assumed.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [body]
    /// bsa = "site"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [body]
    /// bsa = "mosteller"
    /// ```
    SITE, "site-value", Block
}
