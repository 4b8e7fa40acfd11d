//! The one integration-test binary: a module a topic.

mod quantity;
mod vectors;
