//! What every part of `resolve` works with: the findings so far, the site, and a few readers.

use std::ops::Range;

use serde::Deserialize;

use crate::calendar::Site;
use crate::finding::{Code, Finding, Severity};
use crate::format::codes;
use crate::format::definition::{At, Pruned, TextOr};
use crate::quantity::{Decimal, Period, QuantityError};

/// What was read of a file; nothing where it is wrong, which has been told. `Read<Option<T>>` is a value that may be left
/// out: nothing inside is nothing said.
pub(super) type Read<T> = Option<T>;

/// A table of the file: how it is called in messages, where it stands, and the name under which the
/// site supplies its values.
#[derive(Debug, Clone)]
pub(super) struct TablePath {
    /// `[body]`, `drug irinotecan`.
    pub(super) name: String,
    /// Where the table stands.
    pub(super) span: Range<usize>,
    /// `body`, `drug.irinotecan`.
    pub(super) site: String,
}

impl TablePath {
    pub(super) fn new(name: impl Into<String>, span: &Range<usize>, site: impl Into<String>) -> Self {
        Self { name: name.into(), span: span.clone(), site: site.into() }
    }

    /// A table inside this one.
    pub(super) fn inner(&self, key: &str, span: &Range<usize>) -> Self {
        Self { name: format!("{}: {key}", self.name), span: span.clone(), site: format!("{}.{key}", self.site) }
    }
}

/// The findings, and where to look when the file leaves a value to the site.
pub(super) struct Resolver<'a> {
    pub(super) findings: Vec<Finding>,
    blocked: bool,
    pruned: &'a [Pruned],
    site: &'a Site,
}

/// The most findings that are kept; nobody reads more in one go.
const MOST: usize = 300;

/// The word in place of a value that no source gives.
pub(super) const UNKNOWN: &str = "unknown";

impl<'a> Resolver<'a> {
    pub(super) fn new(pruned: &'a [Pruned], site: &'a Site) -> Self {
        Self { findings: Vec::new(), blocked: false, pruned, site }
    }

    /// Keeps a finding: the first hundreds of them, and in any case one that blocks.
    pub(super) fn tell(&mut self, finding: Finding) {
        let blocking = finding.severity == Severity::Block;
        if self.findings.len() < MOST || (blocking && !self.blocked) {
            self.blocked |= blocking;
            self.findings.push(finding);
        }
    }

    /// A BLOCK at a place, with what to write instead.
    pub(super) fn block(&mut self, code: Code, span: &Range<usize>, text: impl Into<String>, help: &str) {
        self.tell(Finding::block(code, text).at(span.clone(), "").help(help));
    }

    /// Whether the reader could not read this key, and has told so.
    pub(super) fn already_reported(&self, table: &Range<usize>, key: &str) -> bool {
        self.pruned.iter().any(|pruned| pruned.table == *table && pruned.key == key)
    }

    /// Whether the reader could not read some key of this table, or of a table inside it, and has told so: what is
    /// left of the table says less than was meant.
    pub(super) fn was_lost_within(&self, table: &Range<usize>) -> bool {
        self.pruned.iter().any(|pruned| table.start <= pruned.table.start && pruned.table.end <= table.end)
    }

    /// Whether anything at all could not be read: then what is absent proves nothing.
    pub(super) fn anything_pruned(&self) -> bool {
        !self.pruned.is_empty()
    }

    /// Whether an entry of one of these names was lost anywhere: what refers to it is then no fault.
    pub(super) fn was_lost(&self, keys: &[&str]) -> bool {
        self.pruned.iter().any(|pruned| keys.contains(&pruned.key.as_str()))
    }

    /// A resolver whose findings are thrown away.
    pub(super) fn silent(&self) -> Resolver<'a> {
        Resolver { findings: Vec::new(), blocked: false, pruned: self.pruned, site: self.site }
    }

    /// Tells that a key is missing, with a line to paste.
    pub(super) fn missing(&mut self, place: &TablePath, key: &str, line: &str) {
        if self.already_reported(&place.span, key) {
            return;
        }
        let text = format!("{} does not say `{key}`, and nothing clinical has a default", place.name);
        let finding = Finding::block(codes::MISSING, text).at(place.span.clone(), format!("`{key}` is missing"));
        self.tell(finding.help(format!("write for example: {line}")).field(format!("{}.{key}", place.site)));
    }

    /// A key that must be there.
    pub(super) fn need<'d, T>(
        &mut self,
        place: &TablePath,
        key: &str,
        value: Option<&'d T>,
        line: &str,
    ) -> Option<&'d T> {
        if value.is_none() {
            self.missing(place, key, line);
        }
        value
    }

    /// A text that must be there and say something.
    pub(super) fn words(
        &mut self,
        place: &TablePath,
        key: &str,
        value: Option<&At<String>>,
        line: &str,
    ) -> Option<String> {
        let at = self.need(place, key, value, line)?;
        if at.value.trim().is_empty() {
            let text = format!("`{key}` of {} is empty", place.name);
            self.block(codes::MISSING, &at.span, text, &format!("write for example: {line}"));
            return None;
        }
        Some(at.value.clone())
    }

    /// Reads a quantity, or tells what is wrong with it.
    pub(super) fn read<T>(
        &mut self,
        at: &At<String>,
        reader: impl FnOnce(&str) -> Result<T, QuantityError>,
    ) -> Option<T> {
        match reader(&at.value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.unreadable(&at.span, &error);
                None
            }
        }
    }

    /// Tells why a quantity cannot be read.
    pub(super) fn unreadable(&mut self, span: &Range<usize>, error: &QuantityError) {
        let text = format!("\"{}\" {}", error.typed, error.wrong);
        self.block(codes::QUANTITY, span, text, &format!("write {}", error.right));
    }

    /// One word of a closed list.
    pub(super) fn word<T: Copy>(&mut self, at: &At<String>, what: &str, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == at.value).map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.no_word(at, what, &list);
        }
        found
    }

    /// Tells that a word is not one of the list.
    pub(super) fn no_word(&mut self, at: &At<String>, what: &str, words: &[&str]) {
        let shown = crate::quantity::number::shown(&at.value);
        // Between intrathecal and intravenous lies a life: nobody is led from one such route to another.
        let near = crate::format::parse::nearest(&at.value, words)
            .filter(|near| !near.starts_with("intra") || !at.value.to_lowercase().starts_with("intra"));
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"? {}", listed(words)),
            None => listed(words),
        };
        self.block(codes::WORD, &at.span, format!("\"{shown}\" is not a valid {what}"), &help);
    }

    /// The text itself, or what the site says where the text is `"site"`. `None` (told) without the site's word.
    pub(super) fn or_site(&mut self, place: &TablePath, key: &str, at: &At<String>) -> Option<At<String>> {
        if at.value != "site" {
            return Some(at.clone());
        }
        let name = format!("{}.{key}", place.site);
        let found = self.site.values.get(&name).map(|value| At { value: value.clone(), span: at.span.clone() });
        if found.is_none() {
            let text = format!("{} leaves `{key}` to the site, and the site file does not say it", place.name);
            self.block(codes::SITE, &at.span, text, &format!("add \"{name}\" to the values of the site file"));
        }
        found
    }

    /// Like [`Resolver::or_site`] where the value may be a table: the site writes it as in a regimen,
    /// `{ nearest = "1 mg", ties = "up" }`.
    pub(super) fn table_or_site<T>(&mut self, place: &TablePath, key: &str, value: &TextOr<T>) -> Option<TextOr<T>>
    where
        T: Clone + for<'de> Deserialize<'de>,
    {
        let TextOr::Text(text) = value else { return Some(value.clone()) };
        let said = self.or_site(place, key, text)?;
        if !said.value.trim_start().starts_with('{') {
            return Some(TextOr::Text(said));
        }
        let table = toml::de::ValueDeserializer::parse(said.value.trim());
        if let Ok(TextOr::Table(At { value, .. })) = table.and_then(TextOr::<T>::deserialize) {
            Some(TextOr::Table(At { value, span: text.span.clone() }))
        } else {
            let told = format!("the site's value of {}.{key} cannot be read", place.site);
            self.block(codes::SITE, &text.span, told, "write it as it would stand in a regimen file");
            None
        }
    }

    /// A whole number within bounds.
    pub(super) fn number(&mut self, at: &At<i64>, what: &str, least: i64, most: i64) -> Option<i32> {
        if (least..=most).contains(&at.value) {
            return i32::try_from(at.value).ok();
        }
        let text = format!("{} is not a valid {what}", at.value);
        self.block(codes::BOUNDS, &at.span, text, &format!("write a whole number from {least} to {most}"));
        None
    }

    /// The same for what is counted.
    pub(super) fn count(&mut self, at: &At<i64>, what: &str, least: i64, most: i64) -> Option<u32> {
        self.number(at, what, least, most).and_then(|number| u32::try_from(number).ok())
    }

    /// A length of time in whole days.
    pub(super) fn days(&mut self, at: &At<String>) -> Option<i32> {
        let right = "a whole number of days with its unit, such as \"0 days\" or \"3 days\"";
        let read = |text: &str| Period::read(text).map_err(|error| QuantityError { right: right.to_owned(), ..error });
        let period = self.read(at, read)?;
        let days = period.whole_days().filter(|days| (0..=36_500).contains(days));
        if days.is_none() {
            let text = format!("\"{period}\" is not a whole number of days");
            self.block(codes::QUANTITY, &at.span, text, "write a whole number of days, such as \"14 days\"");
        }
        days
    }

    /// A percentage: `5 %`.
    pub(super) fn percent(&mut self, at: &At<String>) -> Option<Decimal> {
        let value = self.read(at, percent)?;
        if value > Decimal::ZERO && value <= Decimal::from(500) {
            return Some(value);
        }
        self.block(
            codes::BOUNDS,
            &at.span,
            format!("\"{}\" is not a percentage", at.value),
            "write one such as \"5 %\"",
        );
        None
    }

    /// Reads a value that may be left out.
    pub(super) fn optional<T, R>(
        &mut self,
        value: Option<&T>,
        reader: impl FnOnce(&mut Self, &T) -> Option<R>,
    ) -> Read<Option<R>> {
        match value {
            None => Some(None),
            Some(value) => reader(self, value).map(Some),
        }
    }

    /// Reads every entry of a list, telling all that is wrong; `None` when anything was.
    pub(super) fn each<T, R>(
        &mut self,
        values: &[T],
        mut reader: impl FnMut(&mut Self, &T) -> Option<R>,
    ) -> Option<Vec<R>> {
        let read: Vec<Option<R>> = values.iter().map(|value| reader(self, value)).collect();
        read.into_iter().collect()
    }
}

/// Reads `5 %` or `5%`.
pub(super) fn percent(text: &str) -> Result<Decimal, QuantityError> {
    let example = "a percentage such as \"5 %\"";
    let parts = crate::quantity::number::split(text, example)?;
    match parts.unit {
        "%" => Ok(parts.value),
        _ => Err(QuantityError::new(text, "is not a percentage", example)),
    }
}

/// A list of words for a message.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.as_slice() {
        [one] => format!("write {one}"),
        [most @ .., last] => format!("write {} or {last}", most.join(", ")),
        [] => String::new(),
    }
}

/// The texts of a list.
pub(super) fn texts(list: Option<&At<Vec<At<String>>>>) -> Vec<String> {
    list.map(|list| list.value.iter().map(|text| text.value.clone()).collect()).unwrap_or_default()
}

/// The text of an optional value.
pub(super) fn text(value: Option<&At<String>>) -> Option<String> {
    value.map(|at| at.value.clone())
}
