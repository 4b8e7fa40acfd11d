//! A toxicity with its grade, as people write it: `diarrhoea 3`, `diarrhoea G3`, `Gr. 3 diarrhoea`.

use crate::quantity::QuantityError;

/// The highest grade: death (CTCAE 5.0).
const DEATH: u32 = 5;

/// What a grade is, without a figure that could be taken over.
const RIGHT: &str = "the toxicity and then its grade as a whole number";

/// A grade alone: `3`, `G3`, `Gr. 3`, `grade 3`.
///
/// ```
/// use posology::advice::{Observations, ObservationKind};
/// for text in ["3", "G3", "gr. 3", "Grade 3"] {
///     let mut observed = Observations::default();
///     observed.add(ObservationKind::Grade, "diarrhoea", text).unwrap();
///     assert_eq!(observed.grades[0].1, 3, "{text}");
/// }
/// ```
pub(super) fn alone(text: &str) -> Result<u32, QuantityError> {
    let read = last(text.trim()).filter(|(name, _)| name.is_empty()).map(|(_, grade)| grade);
    checked(text, read.ok_or_else(|| unread(text))?)
}

/// A name and its grade, before it or behind it; refused where it could be either.
///
/// ```
/// use posology::advice::{Observations, ObservationKind};
/// let mut observed = Observations::default();
/// for line in ["diarrhoea 3", "diarrhoea G3", "diarrhoea, Gr. 3", "diarrhoea: 3", "3 diarrhoea", "grade 3 diarrhoea"] {
///     observed.add_line(ObservationKind::Grade, line).unwrap();
/// }
/// assert!(observed.grades.iter().all(|one| *one == ("diarrhoea".to_owned(), 3)));
/// assert!(observed.add_line(ObservationKind::Grade, "2 diarrhoea 3").is_err());
/// ```
pub(super) fn with_name(line: &str) -> Result<(String, u32), QuantityError> {
    let text = line.trim();
    let named = |read: Option<(&str, u64)>| {
        read.filter(|(name, _)| !name.is_empty()).map(|(name, grade)| (name.to_owned(), grade))
    };
    let (name, grade) = match (named(first(text)), named(last(text))) {
        (Some(_), Some(_)) => return Err(QuantityError::new(line, "holds two figures", RIGHT)),
        (Some(read), None) | (None, Some(read)) => read,
        (None, None) => return Err(unread(line)),
    };
    Ok((name, checked(line, grade)?))
}

fn unread(text: &str) -> QuantityError {
    QuantityError::new(text, "holds no grade behind a name; grades are 1 to 5 (CTCAE), and 0 for none", RIGHT)
}

fn checked(text: &str, grade: u64) -> Result<u32, QuantityError> {
    let read = u32::try_from(grade).ok().filter(|grade| *grade <= DEATH);
    let wrong = || format!("names grade {grade}; grades are 1 to 5 (CTCAE), and 0 for none");
    read.ok_or_else(|| QuantityError::new(text, wrong(), RIGHT))
}

const BETWEEN: [char; 4] = [' ', ',', ':', '='];

/// The grade at the end, and the name before it.
fn last(text: &str) -> Option<(&str, u64)> {
    let at = text.rfind(BETWEEN).map_or(0, |at| at + 1);
    let (name, word) = text.split_at_checked(at)?;
    let grade = figure(word)?;
    let name = name.trim_end_matches(BETWEEN);
    let before = name.rfind(BETWEEN).map_or(0, |at| at + 1);
    let without = name.get(before..).filter(|word| is_grade(word)).and_then(|_| name.get(..before));
    Some((without.unwrap_or(name).trim_end_matches(BETWEEN), grade))
}

/// The grade at the beginning, and the name behind it.
fn first(text: &str) -> Option<(&str, u64)> {
    let (word, rest) = text.split_once(' ')?;
    if is_grade(word) {
        let (word, rest) = rest.trim_start().split_once(' ')?;
        return Some((rest.trim(), digits(word)?));
    }
    Some((rest.trim(), figure(word)?))
}

fn is_grade(word: &str) -> bool {
    ["grade", "gr", "g"].contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// `3`, `G3`, `Gr.3`.
fn figure(word: &str) -> Option<u64> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let (mark, number) = word.split_at_checked(at)?;
    if mark.is_empty() || is_grade(mark) { digits(number) } else { None }
}

fn digits(word: &str) -> Option<u64> {
    word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().ok())?
}
