//! What gives a person away in a text: names, numbers of people, dates of birth, telephones.
//!
//! No rule knows every name, and some of what is found is none: it is asked about, never refused, and never quoted.

use std::fmt;

mod names;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    /// Two words with a capital, or one behind `Mr` or `patient`.
    Name,
    /// Ten digits, the last of which is the check digit of an NHS number.
    NhsNumber,
    /// Eighteen characters, the last of which is the check character of a Chinese identity number.
    ChineseId,
    /// Digits behind `MRN`, or seven and more in a row that are no lot's.
    RecordNumber,
    /// A date behind `born`, or one of a year before 2010.
    BirthDate,
    /// Digits behind `tel`, or written as a telephone number is.
    Telephone,
}

/// `the name of a person`
impl fmt::Display for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Personal::Name => "the name of a person",
            Personal::NhsNumber => "an NHS number",
            Personal::ChineseId => "a Chinese identity number",
            Personal::RecordNumber => "a record number",
            Personal::BirthDate => "a date of birth",
            Personal::Telephone => "a telephone number",
        })
    }
}

/// What a text seems to hold of a person, each kind once.
pub fn in_text(text: &str) -> Vec<Personal> {
    let words = words(text);
    let mut found = numbers(&words);
    found.extend(is_born(&words).then_some(Personal::BirthDate));
    found.extend(names::is_named(&words).then_some(Personal::Name));
    found.extend(CHINESE.iter().filter(|(word, _)| text.contains(word)).map(|(_, kind)| *kind));
    found.sort_unstable();
    found.dedup();
    found
}

/// What a code of a subject seems to hold of a person; `S-014`, `KGP_12` and `SITE3.017` hold nothing.
pub fn in_code(code: &str) -> Option<Personal> {
    let plain = code.replace(['-', '_', '.'], "");
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let year = || code.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4 && before_2010(run));
    if is_nhs(&digits) {
        Some(Personal::NhsNumber)
    } else if is_chinese_id(&plain) {
        Some(Personal::ChineseId)
    } else if digits.len() >= 10 {
        Some(Personal::RecordNumber)
    } else {
        names::in_code(code, year()).then_some(Personal::Name)
    }
}

/// What says it in Chinese, where no blanks part words.
const CHINESE: &[(&str, Personal)] = &[
    ("姓名", Personal::Name),
    ("先生", Personal::Name),
    ("女士", Personal::Name),
    ("身份证", Personal::ChineseId),
    ("病历号", Personal::RecordNumber),
    ("住院号", Personal::RecordNumber),
    ("出生", Personal::BirthDate),
    ("生日", Personal::BirthDate),
    ("电话", Personal::Telephone),
    ("手机", Personal::Telephone),
];

const TELEPHONES: &[&str] = &["tel", "telephone", "phone", "mobile", "cell", "fax", "call", "ring", "whatsapp"];
const RECORDS: &[&str] =
    &["mrn", "nhs", "nhi", "chi", "urn", "ssn", "hospital", "record", "patient", "id", "case", "insurance", "passport"];
const LOTS: &[&str] = &["lot", "batch", "kit", "kits", "serial", "version", "ref", "order", "barcode"];
const BIRTHS: &[&str] = &["born", "birth", "birthday", "birthdate", "dob", "d.o.b", "geb", "geboren", "née", "né"];

/// A word of a text, without what stands around it.
struct Word<'t> {
    bare: &'t str,
    small: String,
    /// A sentence begins with it.
    first: bool,
    /// Punctuation parts it from the next.
    parted: bool,
    /// A plus sign stands before it.
    plus: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut first = true;
    for raw in text.split_whitespace() {
        let bare = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        // The brackets of an area code part nothing: `(0151) 234 5678`.
        let bracketed = raw.starts_with('(') && raw.ends_with(')');
        let parted = raw.ends_with([',', ';', ':', '.', '!', '?', ')']) && !bracketed;
        let plus = raw.trim_start_matches('(').starts_with('+');
        words.push(Word { bare, small: bare.to_lowercase(), first, parted, plus });
        // The full stop of a title or an initial ends no sentence.
        first = raw.ends_with(['.', '!', '?', ';', ':']) && bare.chars().count() > 3;
    }
    words
}

/// Numbers of people. Digits in one word, or in several that nothing parts, are one number.
fn numbers(words: &[Word<'_>]) -> Vec<Personal> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let length = words.iter().skip(at).take_while(|word| is_digits(word.bare)).count();
        let length = 1 + words.iter().skip(at).take(length.saturating_sub(1)).take_while(|word| !word.parted).count();
        let group = words.get(at..at + length).unwrap_or_default();
        let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
        found.extend(number(group, before));
        at += length;
    }
    found
}

/// A number and nothing else: no date, no figure with decimals.
fn is_digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '(' | ')'))
        && date_of(word).is_none()
}

fn number(group: &[Word<'_>], before: &[Word<'_>]) -> Option<Personal> {
    let behind = |list: &[&str]| before.iter().any(|word| list.contains(&word.small.as_str()));
    let first = group.first()?;
    let all: String = group.iter().flat_map(|word| word.bare.chars()).filter(char::is_ascii_digit).collect();
    if is_chinese_id(first.bare) {
        return Some(Personal::ChineseId);
    }
    let longest = first.bare.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    if !is_digits(first.bare) {
        let prefix = first.small.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '/', '#']);
        return (longest >= 7 && !LOTS.contains(&prefix) && !behind(LOTS)).then_some(Personal::RecordNumber);
    }
    let telephone = behind(TELEPHONES) && all.len() >= 5
        || first.plus && all.len() >= 8
        || all.starts_with('0') && (10..=11).contains(&all.len());
    match () {
        () if is_nhs(&all) => Some(Personal::NhsNumber),
        () if telephone => Some(Personal::Telephone),
        () if behind(LOTS) || group.len() == 1 && is_compact_date(&all) => None,
        () if behind(RECORDS) && all.len() >= 5 || longest >= 7 => Some(Personal::RecordNumber),
        () => None,
    }
}

/// `20261207`
fn is_compact_date(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    digits.len() == 8
        && (2010..2100).contains(&part(0, 4))
        && (1..=12).contains(&part(4, 6))
        && (1..=31).contains(&part(6, 8))
}

/// The year of a date in one word: `1971-03-09`, `9.3.1971`, `09-Mar-1971`.
fn date_of(word: &str) -> Option<&str> {
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let month = |part: &str| short(part) || is_month(part);
    match () {
        () if year(one) && month(two) && short(three) => Some(one),
        () if short(one) && month(two) && year(three) => Some(three),
        () => None,
    }
}

fn is_month(word: &str) -> bool {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.get(..3).is_some_and(|three| months.contains(&three.to_ascii_lowercase().as_str()))
}

/// No visit of a subject, and as a rule the birth of one. Children born since are known by the word beside the date.
fn before_2010(year: &str) -> bool {
    year.parse::<u32>().is_ok_and(|year| (1900..2010).contains(&year))
}

fn is_born(words: &[Word<'_>]) -> bool {
    let figure = |word: &Word<'_>| word.bare.contains(|c: char| c.is_ascii_digit());
    (0..words.len()).any(|at| {
        let word = &words[at];
        let next = |by: usize| words.get(at + by);
        BIRTHS.contains(&word.small.as_str()) && (1..=4).filter_map(next).any(figure)
            || date_of(word.bare).is_some_and(before_2010)
            || is_month(word.bare) && next(1).is_some_and(|year| year.bare.len() == 4 && before_2010(year.bare))
    })
}

/// Whether ten digits end in the check digit of an NHS number: the first nine times 10 down to 2, summed, and the
/// remainder by 11 taken from 11; 11 is written 0, 10 is never used (NHS Data Dictionary, NHS NUMBER).
fn is_nhs(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let [nine @ .., check] = digits.as_slice() else { return false };
    let sum: u32 = nine.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    nine.len() == 9 && nine.iter().any(|digit| digit != check) && (11 - sum % 11) % 11 == *check
}

/// Whether a text is 17 digits and their check character by MOD 11-2 (GB 11643-1999; ISO 7064).
fn is_chinese_id(text: &str) -> bool {
    let Some((digits, check)) = text.split_at_checked(17) else { return false };
    let sum: Option<u32> = digits.chars().enumerate().map(|(at, c)| Some(c.to_digit(10)? * WEIGHTS[at])).sum();
    sum.is_some_and(|sum| CHECKS.get(sum as usize % 11).is_some_and(|right| check.eq_ignore_ascii_case(right)))
}

/// 2 to the power of 17 down to 1, by 11.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [&str; 11] = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];

#[cfg(test)]
mod tests {
    use super::*;
    use Personal::{BirthDate, ChineseId, Name, NhsNumber, RecordNumber, Telephone};

    #[test]
    fn people_are_found_in_a_text() {
        for (text, kinds) in [
            (
                "patient Maria Lopez, MRN 12345678, born 9 Mar 1971, tel 0151 2345678",
                &[Name, RecordNumber, BirthDate, Telephone][..],
            ),
            ("seen by her son Tom", &[Name]),
            ("Mrs O'Brien refused", &[Name]),
            ("NHS 943 476 5919", &[NhsNumber]),
            ("number 943-476-5919", &[NhsNumber]),
            // The example of GB 11643-1999, annex A.
            ("11010519491231002X", &[ChineseId]),
            ("11010519491231002x", &[ChineseId]),
            ("call +44 151 234 5678", &[Telephone]),
            ("(0151) 234 5678 after five", &[Telephone]),
            ("dob 2019-04-01", &[BirthDate]),
            ("1971-03-09", &[BirthDate]),
            ("hospital number A1234567", &[RecordNumber]),
            ("患者姓名 李娜", &[Name]),
        ] {
            assert_eq!(in_text(text), kinds, "{text}");
        }
    }

    #[test]
    fn what_a_coordinator_writes_is_asked_nothing() {
        for text in [
            "neutrophils 0.9 x 10^9/L on 2026-12-14, platelets 100,000",
            "Grade 3 neutropenia; delayed by 7 days as of Mon 14-Dec-2026",
            "Delayed Monday. Christmas Day is closed.",
            "lot 12345678, kit 0001234",
            "Batch 20261207; expiry 31-Dec-2027",
            "weighed twice: 64.8 kg and 65 kg",
            "Protocol Amendment 3, section 5.2.1",
            "discussed with Dr Okafor and Prof. Anna Weber",
            "CT Mon 07-Dec-2026: partial response per RECIST 1.1",
            "Given Zofran before the infusion. Vomited once.",
            "criteria of C2D1 met: ANC 1.5, PLT 100, bilirubin 12 umol/L",
            "C3D1 postponed, bank holiday; Good Friday 2027-03-26",
            "Common Terminology Criteria grade 2",
            "the patient refused; patient was unwell",
            "training",
        ] {
            assert_eq!(in_text(text), [], "{text}");
        }
    }

    #[test]
    fn codes_of_studies_hold_nobody() {
        for code in [
            "S-014",
            "NPC-002",
            "s014",
            "01-003",
            "SITE3.017",
            "KGP_12",
            "subject-001",
            "KEYNOTE-189-0012",
            "training-3",
        ] {
            assert_eq!(in_code(code), None, "{code}");
        }
        for (code, kind) in [
            ("MARIA-LOPEZ-1971", Name),
            ("jsmith71", Name),
            ("943-476-5919", NhsNumber),
            ("110105-19491231-002X", ChineseId),
            ("1234-567-8901", RecordNumber),
        ] {
            assert_eq!(in_code(code), Some(kind), "{code}");
        }
    }

    /// Worked out by hand: 9·10+4·9+3·8+4·7+7·6+6·5+5·4+9·3+1·2 = 299; 299 = 27·11 + 2; 11 − 2 = 9.
    #[test]
    fn a_digit_that_does_not_check_is_no_number_of_a_person() {
        assert!(is_nhs("9434765919") && !is_nhs("9434765918") && !is_nhs("943476591") && !is_nhs("0000000000"));
        assert!(is_chinese_id("11010519491231002X") && !is_chinese_id("110105194912310021"));
    }
}
