//! The file format: a text in TOML becomes a [`crate::regimen::Regimen`].
//!
//! [`read`] makes of the text a [`Definition`], every value at its position and possibly wrong; [`resolve()`] makes of
//! that a regimen that cannot be wrong. Everything that is wrong is told at once.

pub mod codes;
pub mod definition;
mod expand;
pub(crate) mod parse;
mod resolve;

pub use definition::Definition;
pub use parse::{LIMIT, Read, Tables, Typed, normalised, position, read, read_as, tables};
pub(crate) use parse::{fields, nearest};
use resolve::drug_id;
pub use resolve::{Vocabulary, resolve, vocabularies};
