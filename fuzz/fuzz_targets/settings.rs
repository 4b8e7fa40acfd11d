//! Bytes as a file of settings, or edits of a sound one.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_files.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    files::settings(&files::whole_or_edited(&files::sound_settings(), bytes));
});
