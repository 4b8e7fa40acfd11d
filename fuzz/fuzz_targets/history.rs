//! Bytes as the doses of the past, or edits of a sound file.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_files.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    files::history(&files::whole_or_edited(&files::sound_history(), bytes));
});
