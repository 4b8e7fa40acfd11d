//! One unit, many spellings: `10⁹/L`, `x10^9/L`, `10E9/L`, `10*9/l` are one.
//!
//! Capitals stay what they are, because a capital makes another unit (`G/L` is 10^9/L, `g/L` is grams); only the litre
//! at the end may be written small.

/// What word processors and web pages put in the place of a plain space or hyphen, made plain again: a hyphen that does not
/// break, a narrow space. Line breaks and tabs stay, for they divide two figures.
///
/// ```
/// use posology::quantity::spelling::tidy;
/// assert_eq!(tidy("7\u{2011}Dec\u{2011}2026"), "7-Dec-2026");
/// assert_eq!(tidy("65\u{a0}kg\u{200b}"), "65 kg");
/// ```
pub fn tidy(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{ad}' => Some('-'),
            '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' => Some(' '),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
            other => Some(other),
        })
        .collect()
}

/// A unit as it is compared.
///
/// ```
/// use posology::quantity::spelling::plain;
/// for text in ["10^9/L", "10⁹/L", "x10^9/L", "× 10⁹ / l", "10E9/L", "10**9/L"] {
///     assert_eq!(plain(text), "10^9/L", "{text}");
/// }
/// assert_ne!(plain("G/L"), plain("g/L"));
/// ```
pub fn plain(unit: &str) -> String {
    litre(&power(&letters(unit)))
}

/// Without spaces, in ASCII: raised digits behind `^`, the sign of times as `x`, the micro sign as `u`.
fn letters(unit: &str) -> String {
    let mut text = String::new();
    let mut raised = false;
    for c in unit.chars().filter(|c| !c.is_whitespace()) {
        let digit = superscript(c);
        if digit.is_some() && !raised {
            text.push('^');
        }
        raised = digit.is_some();
        text.push(digit.unwrap_or(match c {
            '×' | '·' | '⋅' => 'x',
            'µ' | 'μ' => 'u',
            other => other,
        }));
    }
    text
}

fn superscript(c: char) -> Option<char> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = RAISED.iter().position(|raised| *raised == c)?;
    char::from_digit(u32::try_from(digit).ok()?, 10)
}

/// A power of ten, however it was written, as `10^9`.
fn power(unit: &str) -> String {
    let bare = unit.strip_prefix(['x', '*']).filter(|rest| rest.starts_with("10")).unwrap_or(unit);
    let marks = ["10**", "10*", "10E", "10e"];
    let written = marks.iter().find_map(|mark| bare.strip_prefix(mark));
    let exponent = written.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    exponent.map_or_else(|| bare.to_owned(), |rest| format!("10^{rest}"))
}

fn litre(unit: &str) -> String {
    let ends = [("/l", "/L"), ("/dl", "/dL"), ("/ml", "/mL"), ("/ul", "/uL")];
    let small = ends.iter().find_map(|(small, large)| Some(format!("{}{large}", unit.strip_suffix(small)?)));
    small.unwrap_or_else(|| unit.to_owned())
}
