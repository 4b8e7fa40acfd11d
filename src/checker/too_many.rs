//! R008.

rule! {
    /// More problems than are listed.
    ///
    /// After a hundred, the rest is left for the next run: most of them follow from the first few.
    ///
    /// # Without an example
    ///
    /// A file with more than a hundred problems would fill this page, and every one of them has a page of its own.
    TOO_MANY, "too-many", Block
}
