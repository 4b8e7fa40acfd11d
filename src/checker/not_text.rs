//! R001.

rule! {
    /// The file is no UTF-8 text.
    ///
    /// A byte that means one letter to one program and another to the next can change a unit. The message names the byte and its line; save the file as UTF-8.
    ///
    /// # Without an example
    ///
    /// This page is text itself: it cannot show a byte that is none.
    NOT_TEXT, "not-text", Block
}
