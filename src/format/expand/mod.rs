//! What a file says in one place for many: `[defaults]`, a phase with the drugs of another, what belongs to several drugs. All are written
//! out, table by table, as soon as the text is read, so that nobody behind the reader knows of them: a file with them and the same file
//! written out mean the same.

mod defaults;
mod owners;
mod phases;
mod sources;

use super::definition::Definition;

/// The file with everything written out where it holds.
pub(crate) fn expanded(mut file: Definition) -> Definition {
    phases::write_out(&mut file);
    owners::write_out(&mut file);
    defaults::write_out(&mut file);
    file
}
