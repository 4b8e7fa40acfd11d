//! Bytes as a subject from another record, or edits of a sound export.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_files.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    files::import(&files::whole_or_edited(&files::EXPORT, bytes));
});
