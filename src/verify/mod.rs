//! The program checked against figures that others published, and regimen files against their own examples.
//!
//! [`vectors`] runs the embedded test vectors; `posology selftest` and the test suite print the same report.

mod advised;
mod coverage;
pub mod dosed;
mod example;
mod findings;
mod flat_doses;
pub mod people;
mod row;
mod seen;
mod untouched;
pub mod vectors;

pub use example::{Outcome, course, examples, tried};
pub use flat_doses::flat_doses;
pub use untouched::{MissingRow, Untouched, text as rows_to_work_out};
