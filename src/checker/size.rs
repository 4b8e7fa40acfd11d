//! R002.

rule! {
    /// The file is empty, or larger than a regimen can be (1 MB).
    ///
    /// An empty file is most often a failed download, a huge one another kind of file.
    ///
    /// # Without an example
    ///
    /// There is nothing to show of an empty file, and a megabyte is no example.
    SIZE, "size", Block
}
