//! R002.

rule! {
    /// The file is empty, or larger than a regimen can be (1 MB).
    ///
    /// An empty file is most often a failed download, a huge one another kind of file.
    SIZE, "size", Block
}
