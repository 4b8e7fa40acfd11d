//! A shipped regimen file after a few edits that leave most of it a regimen: deeper than any bytes get.

#![no_main]

#[allow(dead_code)] // each target uses some of it
#[path = "../../tests/it/fuzz_bodies.rs"]
mod bodies;

use std::sync::LazyLock;

static SHIPPED: LazyLock<Vec<String>> = LazyLock::new(bodies::shipped);

libfuzzer_sys::fuzz_target!(|edits: &[u8]| {
    bodies::text(bodies::edited(&SHIPPED, edits).as_bytes());
});
