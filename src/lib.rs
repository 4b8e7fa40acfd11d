//! Posology: a regimen in TOML, a height and a weight in; every dated dose and how it came about out.

pub mod formula;
pub mod quantity;
pub mod verify;
