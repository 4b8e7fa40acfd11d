//! Posology: a regimen in TOML, a height and a weight in; every dated dose and how it came about out.

pub mod calendar;
pub mod course;
pub mod decide;
pub mod dosing;
#[cfg(feature = "app")]
pub mod export;
pub mod finding;
pub mod formula;
#[cfg(feature = "app")]
pub mod journal;
pub mod ledger;
#[cfg(feature = "app")]
pub mod library;
pub mod plan;
pub mod plausibility;
pub mod present;
pub mod quantity;
pub mod regimen;
pub mod subject;
#[cfg(feature = "app")]
pub mod tui;
pub mod verify;

#[cfg(feature = "app")]
pub mod cli;
#[cfg(feature = "app")]
pub mod clock;
#[cfg(feature = "app")]
pub mod failure;
#[cfg(feature = "app")]
pub mod settings;
#[cfg(feature = "app")]
pub mod store;
