//! The time of a day, as the clock on the wall of the site shows it: hours and minutes, no time zone.

use jiff::civil::Time;

use crate::quantity::QuantityError;
use crate::quantity::number::shown;

const EXAMPLE: &str = "a time of 24 hours such as 09:30 or 14:05";

/// Reads `09:30`, `9:30`, `9.30` and `0930`. What is not written with hours and minutes is refused: `9` may be the hour or
/// a slip, and `9 pm` is 21:00.
///
/// ```
/// use posology::calendar::{hour, read_hour};
/// assert_eq!(read_hour(" 9:30 ").map(hour), Ok("09:30".to_owned()));
/// assert_eq!(read_hour("1405").map(hour), Ok("14:05".to_owned()));
/// assert!(["9", "24:00", "12:60", "9:3", "9pm", ""].iter().all(|text| read_hour(text).is_err()));
/// ```
pub fn read_hour(text: &str) -> Result<Time, QuantityError> {
    let bare = text.trim();
    let parts = match bare.split_once([':', '.']) {
        None if bare.len() == 4 && bare.is_ascii() => Some(bare.split_at(2)),
        parts => parts,
    };
    let digits = |text: &str, least: usize| {
        let fits = (least..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse::<i8>().ok()).flatten()
    };
    let read = parts.and_then(|(hours, minutes)| Time::new(digits(hours, 1)?, digits(minutes, 2)?, 0, 0).ok());
    read.ok_or_else(|| QuantityError::new(&shown(text), "is not a time of the day", EXAMPLE))
}

/// `09:30`
pub fn hour(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
