//! Regimens: the file as written ([`definition`]), and what it means ([`model`]).
//!
//! A regimen is a set of drugs given on stated days of repeating cycles. [`Definition`] is the file
//! with every value at its position, possibly wrong; [`Regimen`] cannot be wrong, and code behind
//! `resolve` never checks again.

pub mod definition;
pub mod model;

pub use definition::Definition;
pub use model::Regimen;
