//! The program checked against figures that others published.
//!
//! [`vectors`] runs the embedded test vectors; `posology selftest` and the test suite print the same report.

pub mod vectors;
