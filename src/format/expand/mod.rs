//! What a file says in one place for many: `[defaults]`, and a phase with the drugs of another. Both are written out, table by
//! table, as soon as the text is read, so that nobody behind the reader knows of them: a file with them and the same file
//! written out mean the same.

mod defaults;
mod phases;
mod sources;

use super::definition::Definition;

/// The file with everything written out where it holds.
pub(crate) fn expanded(mut file: Definition) -> Definition {
    phases::write_out(&mut file);
    defaults::write_out(&mut file);
    file
}
