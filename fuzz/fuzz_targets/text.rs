//! Any bytes, as a regimen file.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::text(bytes));
