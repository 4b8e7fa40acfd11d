//! The program checked against figures that others published, and regimen files against their own examples.
//!
//! [`vectors`] runs the embedded test vectors; `posology selftest` and the test suite print the same report.

mod coverage;
mod example;
mod findings;
mod flat_doses;
pub mod people;
pub mod vectors;

pub use example::{course, examples};
pub use flat_doses::flat_doses;
