//! The one place that asks what time it is.

use jiff::civil::Date;

/// Today, where this computer stands.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn today() -> Date {
    jiff::Zoned::now().date()
}
