//! The one place that asks what time it is.

use jiff::civil::Date;

/// Today, where this computer stands.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Now, as files carry it: `2026-12-07T09:30:00Z`.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn now() -> String {
    whole_seconds(jiff::Timestamp::now())
}

/// A time as typed, in the same shape; `None` for what is none.
pub fn parse(text: &str) -> Option<String> {
    text.parse::<jiff::Timestamp>().ok().map(whole_seconds)
}

fn whole_seconds(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What the wall clock here differs from UTC: `+01:00`.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn offset() -> String {
    jiff::Zoned::now().strftime("%:z").to_string()
}
