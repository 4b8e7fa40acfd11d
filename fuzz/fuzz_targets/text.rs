//! Any bytes, as a regimen file.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::text(bytes));
