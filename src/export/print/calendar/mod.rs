//! What a patient takes home: a calendar of every visit, whom to call, and a page for the medicine of each cycle. In
//! plain words; what neither the study nor the regimen says is a line to write on.

mod advice;
mod counted;
mod day;
mod home;
mod others;
mod overview;
mod parts;
mod visits;

use sha2::{Digest, Sha256};

use crate::calendar::print;
use crate::present::Schedule;
use crate::study::PatientTexts;

use super::super::{Options, Replaces, shared};
use super::leaf::build::{bold, plain};
use super::leaf::{Handout, Leaf, Span};

/// The patient's sheets.
pub(super) fn handout(schedule: &Schedule, options: &Options) -> Handout {
    let mut leaves = vec![overview::leaf(schedule, options)];
    leaves.extend(home::leaves(schedule, options));
    let whose = options.subject.as_ref().map_or(String::new(), |code| format!(", {code}"));
    let word = if is_sample(schedule, options) { "SAMPLE: " } else { "" };
    Handout {
        title: format!("{word}Treatment calendar{whose}: {}", schedule.regimen.name),
        letter: options.letter,
        generated: options.generated.clone(),
        sample: is_sample(schedule, options),
        foot: vec![replaced(options.print.replaces), version(options)],
        code: code(options, &leaves),
        leaves,
    }
}

/// Whether nobody may be handed it: a regimen that is not approved, or words that are not.
fn is_sample(schedule: &Schedule, options: &Options) -> bool {
    shared::banner(schedule).is_some() || !texts_approved(options)
}

fn texts_approved(options: &Options) -> bool {
    options.print.texts.as_ref().is_some_and(PatientTexts::is_approved)
}

/// Which sheet is given back.
fn replaced(replaces: Replaces) -> Vec<Span> {
    match replaces {
        Replaces::Sheet { number, of } => {
            vec![bold(format!("Sheet {} replaces sheet {number} of {}: please return it.", number + 1, print(of)))]
        }
        Replaces::Nothing => vec![plain("First sheet; it replaces no other.")],
        Replaces::NotSaid => vec![
            bold("This sheet replaces sheet "),
            Span::Blank(30.0),
            bold(" of "),
            Span::Blank(80.0),
            bold(": please return it."),
        ],
    }
}

/// Version and approval of the words.
fn version(options: &Options) -> Vec<Span> {
    let texts = options.print.texts.as_ref();
    let mut spans = vec![plain("Text for patients: version ")];
    spans.push(texts.and_then(|texts| texts.version.clone()).map_or(Span::Blank(28.0), plain));
    spans.push(plain(", approved on "));
    spans.push(texts.and_then(|texts| texts.approved).map_or(Span::Blank(70.0), |date| plain(print(date))));
    if !texts_approved(options) {
        spans.push(plain(" (not approved yet)"));
    }
    spans
}

/// The number of the sheet, and a short code made from all that stands on it: two sheets of one code say the same.
fn code(options: &Options, leaves: &[Leaf]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let hash = Sha256::digest(format!("{leaves:?}").as_bytes());
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).map_or('0', |letter| char::from(*letter));
    let short: String = hash.iter().take(4).map(letter).collect();
    let whose: String =
        options.subject.iter().flat_map(|code| code.chars()).filter(char::is_ascii_alphanumeric).collect();
    let number = match options.print.replaces {
        Replaces::Sheet { number, .. } => (number + 1).to_string(),
        Replaces::Nothing => "1".to_owned(),
        Replaces::NotSaid => "____".to_owned(),
    };
    let whose = if whose.is_empty() { String::new() } else { format!("{whose}-") };
    format!("Sheet {number}, code {whose}{short}")
}
