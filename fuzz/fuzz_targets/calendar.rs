//! Bytes as the calendar given out before, or edits of a sound one.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_files.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    files::previous_calendar(&files::whole_or_edited(&files::CALENDAR, bytes));
});
