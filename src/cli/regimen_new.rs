//! `posology regimen new ID`: a file to fill in, guided by the checker.
//!
//! Every question of a protocol stands in it as a comment. Nothing clinical is filled in, least of all the
//! expected values of the example: a file that checks itself against the program checks nothing.

use crate::failure::Failure;

const TEMPLATE: &str = include_str!("regimen_new.toml");

/// The text of a new file.
pub fn template(id: &str) -> Result<String, Failure> {
    let short = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let ends = id.starts_with('-') || id.ends_with('-') || id.contains("--");
    if id.is_empty() || ends || !id.chars().all(short) {
        let shown = crate::quantity::number::shown(id);
        let failure = Failure::usage(format!("\"{shown}\" is no id: lower-case letters, digits and single hyphens"));
        return Err(failure.hint("write it like npc-gemcitabine-cisplatin"));
    }
    Ok(TEMPLATE.replace("{id}", id))
}
