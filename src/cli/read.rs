//! Readers of single options. An error is a sentence with what would be right; the option is named by whoever prints it.

use std::error::Error;

use crate::calendar::{self, Date};
use crate::clock;
use crate::course::{Part, Text};
use crate::decide::reasons;
use crate::failure::Failure;
use crate::quantity::QuantityError;
use crate::settings::Settings;

/// What a reader of an option fails with: a [`QuantityError`], or a whole [`Failure`].
pub(super) type Wrong = Box<dyn Error + Send + Sync>;

/// Today, or the day that was set for tests and training.
pub(super) fn today() -> Result<Date, Failure> {
    match Settings::read().today {
        None => Ok(clock::today()),
        Some(text) => calendar::read(&text).map_err(|error| Failure::unreadable(format!("POSOLOGY_TODAY: {error}"))),
    }
}

/// A date as the interface reads it, too: `7dec`, `+4`, `mon`, and the full forms.
pub(super) fn date(text: &str) -> Result<Date, Wrong> {
    Ok(calendar::typed(text, today()?)?)
}

/// morning, evening, or a number.
pub(super) fn part(text: &str) -> Result<Part, Failure> {
    <Part as Text>::read(text).map_err(|why| Failure::unreadable(format!("--part: {why}")))
}

/// The code of a warning with the reason that answers it: `weight-changes-doses=weighed twice`.
pub(super) fn answer(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=').map(|(code, reason)| (code.trim(), reason.trim())) {
        Some((code, reason)) if !code.is_empty() && !reason.is_empty() => {
            let reason =
                reasons::chosen(code, reason).map_err(|why| Failure::usage(format!("--accept {code}: {why}")))?;
            Ok((code.to_owned(), reason))
        }
        _ => Err(Failure::usage(format!("--accept: \"{text}\" gives no reason"))
            .hint("write the code and the reason, such as --accept weight-changes-doses=\"weighed twice\"")),
    }
}

/// The code of what is confirmed with the reason: `bmi-range=weighed twice`.
pub(super) fn confirmed(text: &str) -> Result<(String, String), Failure> {
    if text.split_once('=').is_none_or(|(code, reason)| code.trim().is_empty() || reason.trim().is_empty()) {
        let failure = Failure::usage(format!("--confirm: \"{text}\" gives no reason"));
        return Err(failure.hint("write the code and the reason, such as --confirm bmi-range=\"weighed twice\""));
    }
    answer(text)
}

/// A typed quantity that cannot be read: which option, what is wrong, what would be right.
pub(super) fn unreadable(option: &str, error: &QuantityError) -> Failure {
    Failure::unreadable(format!("{option} \"{}\" {}", error.typed, error.wrong)).hint(format!("write {}", error.right))
}

/// The failure behind what the parser says of a value, where one of the readers refused it.
pub(super) fn refused(error: &clap::Error) -> Option<Failure> {
    use clap::error::{ContextKind, ContextValue};
    let source = error.source()?;
    if let Some(failure) = source.downcast_ref::<Failure>() {
        return Some(failure.clone());
    }
    let wrong = source.downcast_ref::<QuantityError>()?;
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else { return None };
    // `--height <H>` is the option, `<DOSE>` the argument without one.
    let named = argument.split_once(' ').map_or(argument.as_str(), |(option, _)| option);
    let option = match named.trim_matches(['<', '>', '[', ']', '.']) {
        option if option.starts_with('-') => option.to_owned(),
        argument => format!("the {}", argument.to_lowercase()),
    };
    Some(unreadable(&option, wrong))
}
