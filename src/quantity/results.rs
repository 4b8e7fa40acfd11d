//! Laboratory results by test: `platelets 180 10^9/L`.
//!
//! ```
//! use posology::quantity::Results;
//! let results = Results::read("platelets 180 10^9/L; bilirubin 20 umol/L").unwrap();
//! assert_eq!(results.find("Platelets").unwrap().to_string(), "180 10^9/L");
//! assert!(Results::read("platelets 180").is_err()); // no unit
//! ```

use super::measured::{self, Measured};
use super::names::is_same;
use super::number::{self, QuantityError};

/// What the laboratory found, each test once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results(Vec<(String, Measured)>);

/// What a result with its name looks like.
pub(crate) const EXAMPLE: &str = "the test, the figure and its unit, such as \"platelets 180 10^9/L\"";

/// Where a figure follows one of these characters. A sign belongs to the figure, so that what is wrong with it can be told.
fn place(text: &str, between: &[char]) -> Option<usize> {
    let figure = |rest: &str| {
        let rest = rest.trim_start_matches(' ');
        let bound = rest.trim_start_matches(['<', '>', '≤', '≥']);
        let rest = if bound == rest { rest } else { bound.trim_start_matches(['=', ' ']) };
        let rest = rest.strip_prefix(['-', '+', '−', '.', ',']).unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\u{ff10}'..='\u{ff19}'))
    };
    text.match_indices(between).map(|(at, _)| at).find(|at| text.get(at + 1..).is_some_and(figure))
}

/// The name before and the result behind the first of these characters that a figure follows.
fn split(text: &str, between: &[char]) -> Result<(String, Measured), QuantityError> {
    let wrong = |wrong: &str| QuantityError::new(text, wrong, EXAMPLE);
    let parts = place(text, between).and_then(|at| text.split_at_checked(at));
    let (name, rest) = parts.ok_or_else(|| wrong("holds no figure behind a name"))?;
    let name = name.trim_end_matches([' ', '=', ':']).trim();
    if name.is_empty() {
        return Err(wrong("names no test"));
    }
    let typed = QuantityError::new(text, "", "").typed;
    let measured = Measured::read(rest.trim_start_matches([' ', '=', ':'])).map_err(|error| {
        let right = if error.right == measured::EXAMPLE { EXAMPLE.to_owned() } else { error.right };
        QuantityError { typed, right, ..error }
    })?;
    Ok((name.to_owned(), measured))
}

impl Results {
    /// One result: the name ends where the first figure begins, behind a space, `=` or `:`.
    ///
    /// ```
    /// # use posology::quantity::Results;
    /// for text in ["neutrophils 0.9 10^9/L", "neutrophils: 0.9 10^9/L", "neutrophils=0.9 10^9/L"] {
    ///     assert_eq!(Results::read_one(text).unwrap().0, "neutrophils");
    /// }
    /// ```
    pub fn read_one(text: &str) -> Result<(String, Measured), QuantityError> {
        if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            return Err(QuantityError::new(text, "names no test", EXAMPLE));
        }
        // A name that holds `:` or `=` itself was always read to the first space before a figure.
        match split(text, &[' ']) {
            Err(_) if text.contains(['=', ':']) => split(text, &['=', ':']),
            read => read,
        }
    }

    /// The name before the first figure, also where the rest cannot be read.
    pub fn name_in(text: &str) -> Option<&str> {
        let at = place(text, &[' ', '=', ':'])?;
        text.get(..at).map(|name| name.trim_end_matches([' ', '=', ':']).trim()).filter(|name| !name.is_empty())
    }

    /// Several, with semicolons between.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let mut results = Self::default();
        for one in text.split(';').map(str::trim).filter(|one| !one.is_empty()) {
            let (name, measured) = Self::read_one(one)?;
            results.add(name, measured)?;
        }
        if results.is_empty() { Err(QuantityError::new(text, "holds no result", EXAMPLE)) } else { Ok(results) }
    }

    /// Adds a test that is not there yet.
    pub fn add(&mut self, name: String, measured: Measured) -> Result<(), QuantityError> {
        if let Some(there) = self.find(&name) {
            let known = self.0.iter().find(|(test, _)| is_same(test, &name)).map_or(name.as_str(), |(test, _)| test);
            let wrong = format!("stands beside {} {there}", number::shown(known));
            return Err(QuantityError::new(
                &format!("{name} {measured}"),
                wrong,
                "each test once, with its newest figure",
            ));
        }
        self.0.push((name, measured));
        Ok(())
    }

    /// The result of a test, by any of its names: `PLT` is `platelets`.
    pub fn find(&self, name: &str) -> Option<&Measured> {
        self.0.iter().find(|(test, _)| is_same(test, name)).map(|(_, measured)| measured)
    }

    /// Every test with its result.
    pub fn iter(&self) -> impl Iterator<Item = &(String, Measured)> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// As [`Results::read`] reads it.
impl std::fmt::Display for Results {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, (name, measured)) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { "; " };
            write!(f, "{between}{name} {} {}", number::plain(measured.value), measured.unit)?;
        }
        Ok(())
    }
}
