//! What is wrong with a regimen, one rule a file.

pub mod codes;

use super::{Definition, Regimen};
use crate::finding::Finding;

/// Applies every rule.
pub(super) fn apply(_: &Definition, _: Option<&Regimen>, _: &mut Vec<Finding>) {}
