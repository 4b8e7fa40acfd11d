//! R008.

rule! {
    /// More problems than are listed.
    ///
    /// After a hundred, the rest is left for the next run: most of them follow from the first few.
    TOO_MANY, "too-many", Block
}
