//! Bytes as the body of an event of each kind, or edits of a sound one.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_files.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    files::event(&files::body(bytes));
});
