//! What was read of a date: always shown in full, with the weekday and how far away it is. The command line reads the
//! same dates: [`calendar::typed`].

pub use crate::calendar::typed as read;
use crate::calendar::{self, Date, days_between};

/// `Monday 07-Dec-2026, in 16 days`.
pub fn echo(date: Date, today: Date) -> String {
    let away = match days_between(today, date) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    };
    format!("{} {}, {away}", calendar::weekday(date), calendar::print(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_echo_leaves_no_doubt() {
        let today = calendar::read("2026-11-21").unwrap();
        assert_eq!(echo(calendar::read("2026-12-07").unwrap(), today), "Monday 07-Dec-2026, in 16 days");
        assert_eq!(echo(calendar::read("2026-11-20").unwrap(), today), "Friday 20-Nov-2026, yesterday");
    }
}
