//! The JSON Schemas that the program prints and that `docs/` holds.
//!
//! They are drawn from the structs that read and write the files, but by a test: the program carries the three
//! texts and no generator. After a change of a format, run the tests once with `POSOLOGY_WRITE_DOCS=1`.

#[cfg(test)]
mod drawn;

/// `posology regimen schema`: regimen files. Draft 7, which the editors' TOML plug-ins read.
pub const REGIMEN: &str = include_str!("../../../docs/regimen.schema.json");

/// `posology study schema`: study files. Draft 7.
pub const STUDY: &str = include_str!("../../../docs/study.schema.json");
