//! A date as patients read it.

use crate::calendar::{Date, print, weekday};

/// `Mon`
pub(super) fn short(date: Date) -> &'static str {
    weekday(date).get(..3).unwrap_or_default()
}

/// `Mon 07-Dec-2026`
pub(super) fn whole(date: Date) -> String {
    format!("{} {}", short(date), print(date))
}

/// `Mon 07-Dec`
pub(super) fn without_year(date: Date) -> String {
    format!("{} {}", short(date), crate::calendar::print_short(date))
}
