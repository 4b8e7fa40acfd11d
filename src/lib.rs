//! Posology: a regimen in TOML, a height and a weight in; every dated dose and how it came about out.

pub mod calendar;
pub mod finding;
pub mod formula;
pub mod plausibility;
pub mod quantity;
pub mod regimen;
pub mod verify;

#[cfg(feature = "app")]
pub mod cli;
#[cfg(feature = "app")]
pub mod clock;
#[cfg(feature = "app")]
pub mod failure;
#[cfg(feature = "app")]
pub mod settings;
