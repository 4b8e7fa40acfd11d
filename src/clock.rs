//! The one place that asks what time it is.

use std::time::Duration;

use jiff::civil::Date;

/// Today, where this computer stands.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// How long this day lasts here, also where the clock is set forward or back in it.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn rest_of_today() -> Duration {
    let now = jiff::Zoned::now();
    let midnight = now.tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
    // Beyond the last day that can be written there is no midnight to wait for.
    midnight.map_or(Duration::MAX, |midnight| midnight.duration_since(&now).unsigned_abs())
}

/// Now, as files carry it: `2026-12-07T09:30:00Z`.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn now() -> String {
    whole_seconds(jiff::Timestamp::now())
}

/// Now, and what the wall clock here differs from UTC: `+01:00`.
#[allow(clippy::disallowed_methods)] // the one home of the clock
pub fn now_and_offset() -> (String, String) {
    let now = jiff::Zoned::now();
    (whole_seconds(now.timestamp()), now.strftime("%:z").to_string())
}

/// A time and an offset of a record as the clock on the wall showed it: `07-Dec-2026 10:30:00 +01:00`.
/// What is none stands as it was written.
pub fn local(recorded: &str, offset: &str) -> String {
    let shown = || {
        let time: jiff::Timestamp = recorded.parse().ok()?;
        let there = jiff::fmt::strtime::parse("%:z", offset).ok()?.offset()?;
        Some(there.to_datetime(time).strftime("%d-%b-%Y %H:%M:%S").to_string())
    };
    format!("{} {offset}", shown().as_deref().unwrap_or(recorded))
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
