//! What a dose came from: the kit it was assigned, and its lot.

use serde::{Deserialize, Serialize};

/// The number of a kit and a lot, as they stand on the package; what is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The number of the kit that the study assigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kit: Option<String>,
    /// The lot (batch).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
}

/// More characters stand on no package.
const LONGEST: usize = 40;

impl Product {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.kit.is_none() && self.lot.is_none()
    }

    /// The number of a kit, or a lot: letters, digits, blanks and `- _ . / #`.
    ///
    /// ```
    /// use posology::course::Product;
    /// assert_eq!(Product::number(" AB1234-7 "), Ok("AB1234-7".to_owned()));
    /// assert!(Product::number("").is_err() && Product::number("a; b").is_err());
    /// ```
    pub fn number(text: &str) -> Result<String, String> {
        let text = text.trim();
        let fits = |c: char| c.is_ascii_alphanumeric() || " -_./#".contains(c);
        if !text.chars().all(fits) || !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Err("a kit or a lot is written as on the package: letters, digits, - _ . / and #".to_owned());
        }
        if text.len() > LONGEST {
            return Err(format!("no kit and no lot has more than {LONGEST} characters"));
        }
        Ok(text.to_owned())
    }

    /// Both in one line: `kit 1023 lot AB1234`; what stands alone is the lot.
    ///
    /// ```
    /// use posology::course::Product;
    /// let both = Product::read("Kit 1023, lot AB1234").unwrap();
    /// assert_eq!((both.kit.as_deref(), both.lot.as_deref()), (Some("1023"), Some("AB1234")));
    /// assert_eq!(both.to_string(), "kit 1023, lot AB1234");
    /// assert_eq!(Product::read("AB1234").unwrap().lot.as_deref(), Some("AB1234"));
    /// assert!(Product::read("kit").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, String> {
        let mut parts: [Option<String>; 2] = [None, None];
        let mut at = 1;
        for word in text.split_whitespace() {
            let bare = word.trim_end_matches(',');
            match NAMES.iter().position(|name| bare.eq_ignore_ascii_case(name)) {
                Some(which) if parts[which].is_some() => return Err(format!("the {} is written twice", NAMES[which])),
                Some(which) => {
                    at = which;
                    parts[at] = Some(String::new());
                }
                None => {
                    let part = parts[at].get_or_insert_with(String::new);
                    part.push(' ');
                    part.push_str(bare);
                }
            }
        }
        let [kit, lot] = parts.map(|part| part.map(|part| Self::number(&part)).transpose());
        Ok(Self { kit: kit?, lot: lot? })
    }

    /// Each under its name.
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        let all = NAMES.into_iter().zip([&self.kit, &self.lot]);
        all.filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }

    /// The same, with what another says where this one says nothing.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self { kit: self.kit.or_else(|| other.kit.clone()), lot: self.lot.or_else(|| other.lot.clone()) }
    }
}

/// The names of both.
const NAMES: [&str; 2] = ["kit", "lot"];

impl std::fmt::Display for Product {
    /// `kit 1023, lot AB1234`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<String> = self.figures().iter().map(|(name, value)| format!("{name} {value}")).collect();
        f.write_str(&words.join(", "))
    }
}
