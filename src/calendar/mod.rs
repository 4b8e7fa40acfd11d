//! Civil days, and the hour as the clock on the wall shows it: nothing here asks what day it is. Only where a treatment counts
//! hours does anything follow from one, on the clock of a place.
//!
//! A *cycle day* counts from the first treatment day, which is day 1; the day before it is day -1, so
//! there is no day 0 unless a regimen counts around a named event (a transplant, an infusion of
//! cells), which is then day 0. A *window* is the room around a planned day. A *closure* is a day on
//! which a site does not treat: it is shown, and nothing moves by itself.
//!
//! ```
//! use posology::calendar::{self, DayCount};
//! let start = calendar::read("2026-12-07").unwrap();
//! let day_15 = DayCount::FromOne.date(start, 15).unwrap();
//! assert_eq!(calendar::print(day_15), "21-Dec-2026");
//! ```

mod clock;
mod closure;
mod date;
mod hour;
mod typed;
mod window;

pub use clock::{Clock, Moment};
pub use closure::{Closures, Site};
pub use date::{
    birthday, completed_months, completed_years, days_between, iso, plus, plus_days, print, print_short, read,
    read_weekday, weekday, with_weekday,
};
pub use hour::{hour, read_hour};
pub use jiff::civil::{Date, Time, Weekday};
pub use typed::typed;
pub use window::{DayCount, Window};
