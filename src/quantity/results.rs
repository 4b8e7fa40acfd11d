//! Laboratory results by test: `platelets 180 10^9/L`.
//!
//! ```
//! use posology::quantity::Results;
//! let results = Results::read("platelets 180 10^9/L; bilirubin 20 umol/L").unwrap();
//! assert_eq!(results.find("Platelets").unwrap().to_string(), "180 10^9/L");
//! assert!(Results::read("platelets 180").is_err()); // no unit
//! ```

use super::measured::Measured;
use super::names::is_same;
use super::number::{self, QuantityError};

/// What the laboratory found, each test once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results(Vec<(String, Measured)>);

const EXAMPLE: &str = "the test, the figure and its unit, such as \"platelets 180 10^9/L\"";

impl Results {
    /// One result: the name ends where the first figure begins.
    pub fn read_one(text: &str) -> Result<(String, Measured), QuantityError> {
        let wrong = |wrong: &str| QuantityError::new(text, wrong, EXAMPLE);
        if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            return Err(wrong("names no test"));
        }
        // A sign belongs to the figure, so that what is wrong with it can be told.
        let figure = |rest: &str| {
            let rest = rest.strip_prefix(['-', '+', '−', '.', ',']).unwrap_or(rest);
            rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\u{ff10}'..='\u{ff19}'))
        };
        let starts = |at: &usize| text.get(*at..).is_some_and(figure);
        let at = text.match_indices(' ').map(|(at, _)| at + 1).find(starts);
        let (name, figure) =
            at.and_then(|at| text.split_at_checked(at)).ok_or_else(|| wrong("holds no figure behind a name"))?;
        let measured = Measured::read(figure).map_err(|error| wrong(&error.wrong))?;
        Ok((name.trim().to_owned(), measured))
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
