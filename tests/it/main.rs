//! The one integration-test binary: a module a topic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on must stop

mod calculator;
#[cfg(feature = "app")]
mod cli_calc;
mod formula;
mod plausibility;
mod quantity;
mod vectors;
