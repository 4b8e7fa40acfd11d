//! The one place that asks what time it is.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Today, where this computer stands.
pub fn today() -> Date {
    here().date()
}

/// Now, on the wall clock of this computer.
#[allow(clippy::disallowed_methods)] // the one home of the clock
fn here() -> jiff::Zoned {
    let named = std::env::var_os("TZ");
    let zone = zone(named.as_deref()).unwrap_or_else(TimeZone::system);
    jiff::Timestamp::now().to_zoned(zone)
}

/// The zone of `TZ`, or else of this computer, out of its one file; `None` where that is no such file, which is for the library
/// of zones to sort out. Asked for a zone by its name, that library first reads every folder of zones that there is.
#[allow(clippy::disallowed_methods)] // the zone is part of what time it is
fn zone(named: Option<&OsStr>) -> Option<TimeZone> {
    let file = match named {
        None => PathBuf::from("/etc/localtime"),
        Some(name) => {
            let name = Path::new(name);
            let plain =
                name.components().count() > 1 && name.components().all(|part| matches!(part, Component::Normal(_)));
            Path::new("/usr/share/zoneinfo").join(plain.then_some(name)?)
        }
    };
    TimeZone::tzif("local", &std::fs::read(file).ok()?).ok()
}

/// How long this day lasts here, also where the clock is set forward or back in it.
pub fn rest_of_today() -> Duration {
    let now = here();
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
pub fn now_and_offset() -> (String, String) {
    let now = here();
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
pub fn offset() -> String {
    here().strftime("%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_out_of_its_file_has_the_offset_that_the_library_of_zones_finds() {
        let times = [1_700_000_000, 1_720_000_000, 1_764_500_000, 2_600_000_000]
            .map(|second| jiff::Timestamp::from_second(second).unwrap());
        for name in ["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Asia/Shanghai", "Etc/UTC"] {
            let (Some(ours), Ok(theirs)) = (zone(Some(OsStr::new(name))), TimeZone::get(name)) else { continue };
            for time in times {
                assert_eq!(ours.to_offset(time), theirs.to_offset(time), "{name} {time}");
            }
        }
        let here = here();
        assert_eq!(here.offset(), TimeZone::system().to_offset(here.timestamp()));
    }

    #[test]
    fn what_is_no_plain_name_of_a_zone_is_left_to_the_library() {
        for named in ["", ":Europe/Berlin", "EST5EDT", "../etc/localtime", "/etc/localtime", "Nowhere/Atall"] {
            assert!(zone(Some(OsStr::new(named))).is_none(), "{named}");
        }
    }
}
