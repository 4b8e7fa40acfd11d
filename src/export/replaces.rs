//! Which sheet a patient has already, and gives back for the new one.

use crate::calendar::{self, Date};
use crate::quantity::number::shown;

/// The sheet that a new one takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replaces {
    /// Nobody said: there is room to write it by hand.
    #[default]
    NotSaid,
    /// It is the first.
    Nothing,
    /// This one.
    Sheet {
        /// Its number.
        number: u32,
        /// The day it was made.
        of: Date,
    },
}

impl Replaces {
    /// Reads `none`, or `1 of 01-Dec-2026`; nothing typed is [`Replaces::NotSaid`].
    ///
    /// ```
    /// use posology::export::Replaces;
    /// assert_eq!(Replaces::read("none"), Ok(Replaces::Nothing));
    /// assert!(matches!(Replaces::read("1 of 2026-12-01"), Ok(Replaces::Sheet { number: 1, .. })));
    /// assert!(Replaces::read("the old one").unwrap_err().contains("1 of 01-Dec-2026"));
    /// ```
    ///
    /// # Errors
    ///
    /// A sentence with what to write.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text {
            "" => return Ok(Self::NotSaid),
            "none" => return Ok(Self::Nothing),
            _ => {}
        }
        let wrong = || {
            format!("\"{}\" names no sheet: write its number and day, such as 1 of 01-Dec-2026, or none", shown(text))
        };
        let (number, day) = text.split_once(' ').ok_or_else(wrong)?;
        let number = number.parse().ok().filter(|number| (1..=999).contains(number)).ok_or_else(wrong)?;
        let day = day.trim();
        let of = calendar::read(day.strip_prefix("of ").unwrap_or(day).trim()).map_err(|_| wrong())?;
        Ok(Self::Sheet { number, of })
    }
}
