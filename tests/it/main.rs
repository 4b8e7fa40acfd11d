//! The one integration-test binary: a module a topic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on must stop

mod calculator;
mod export_fhir;
mod export_pdf;
mod export_print;
mod export_sample;
mod export_sheets;
mod formula;
mod quantity;
mod vectors;
