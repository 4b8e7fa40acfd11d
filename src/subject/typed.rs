//! An age as people type it: completed years, or the date of birth.

use crate::calendar::{self, Date};
use crate::quantity::{Age, QuantityError};

/// Whether it is an age: a date of birth has more digits.
pub(super) fn is_age(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits <= 4 && Age::read(text).is_ok() || digits <= 3
}

/// A day of birth, which has been.
pub(super) fn birth(text: &str, today: Date) -> Result<Date, QuantityError> {
    let born = calendar::read(text)?;
    let right = "the date of birth such as 1980-02-01, or the age in completed years such as 46";
    if born > today { Err(QuantityError::new(text, "lies in the future", right)) } else { Ok(born) }
}
